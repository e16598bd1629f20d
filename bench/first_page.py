"""Bench: from a fresh clone to the first page, and what the product takes at rest. Prints one JSON object.

    python bench/first_page.py [--runs 1] [--rest-seconds 20]

Goals: at most 120 s without caches, 60 s with a warm package cache; at rest at most 450 MB (sum of PSS), database included.
The clone is made of the committed state in a temporary folder; its package caches are its own, first empty, then warm.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READY = "Encircle is ready:"
PATIENCE_SECONDS = 300


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _demo(clone: Path, caches: Path, port: int, system: Path) -> "Iterator[subprocess.Popen[str]]":
    environ = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("VIRTUAL_ENV", "ENCIRCLE_"))
        },
        "PIP_CACHE_DIR": str(caches / "pip"),
        "UV_CACHE_DIR": str(caches / "uv"),
        "ENCIRCLE_DATABASE_FOLDER": str(system),
    }
    words = ["make", "--silent", "demo", f"ARGS=--bind 127.0.0.1:{port} --data {clone / 'data'}"]
    process = subprocess.Popen(
        words,
        cwd=clone,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)


def _until_first_page(process: "subprocess.Popen[str]", port: int, since: float) -> float:
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if line.startswith(READY):
            break
        if time.monotonic() - since > PATIENCE_SECONDS:
            break
    else:
        raise SystemExit("The demonstration ended by itself:\n" + "".join(said[-15:]))
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as page:
        page.read()
    return time.monotonic() - since


def _pss_mb(group: int) -> tuple[float, int]:
    """The sum of PSS of all processes of the session, in MB, and how many they are."""
    total = found = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(stat[3]) != group and not _is_child_of(folder, group):
                continue
            rollup = (folder / "smaps_rollup").read_text()
        except (OSError, IndexError):
            continue
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        found += 1
    return total / 1024, found


def _is_child_of(folder: Path, group: int) -> bool:
    """Whether the process descends from the session (the database begins a session of its own)."""
    number = int(folder.name)
    while number > 1:
        stat = (Path("/proc") / str(number) / "stat").read_text().rpartition(")")[2].split()
        if int(stat[3]) == group:
            return True
        number = int(stat[1])
    return False


def _once(caches: Path, rest_seconds: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="encircle-first-page-") as folder:
        Path(folder).chmod(0o711)
        clone = Path(folder) / "encircle"
        port = _free_port()
        since = time.monotonic()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        with _demo(clone, caches, port, Path(folder) / "system") as process:
            seconds = _until_first_page(process, port, since)
            time.sleep(rest_seconds)
            megabytes, processes = _pss_mb(process.pid)
        return {"seconds": round(seconds, 1), "pss_mb": round(megabytes, 1), "processes": processes}


def main() -> int:
    """Measure without caches, then with the caches that this filled."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--rest-seconds", type=int, default=20)
    asked = parser.parse_args()
    cold, warm = [], []
    for _ in range(asked.runs):
        caches = Path(tempfile.mkdtemp(prefix="encircle-caches-"))
        try:
            cold.append(_once(caches, asked.rest_seconds))
            warm.append(_once(caches, asked.rest_seconds))
        finally:
            shutil.rmtree(caches)
    figures = {
        "with": "uv" if shutil.which("uv") else "pip",
        "without_caches_seconds": statistics.median(run["seconds"] for run in cold),
        "warm_cache_seconds": statistics.median(run["seconds"] for run in warm),
        "at_rest_pss_mb": statistics.median(run["pss_mb"] for run in (*cold, *warm)),
        "processes": warm[-1]["processes"],
        "runs": asked.runs,
        "goals": {"without_caches_seconds": 120, "warm_cache_seconds": 60, "at_rest_pss_mb": 450},
    }
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
