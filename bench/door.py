"""Bench: the door of a server on this machine: reports a second, how long one takes, the inbox, memory. One JSON object.

    python bench/door.py [--reports 2500] [--looks 1000] [--idle 200] [--slow 0,8,32,64] [--slow-only]

It starts a demonstration of its own, served as `encircle serve` does, in a temporary folder, with two agencies that
receive reports and fsync as it comes. Server, database and clients share the processors. One report is the final POST of
7 kB, sealed to both agencies and to its code; its form was fetched before, unmeasured, as the child reads between. So many
are sent by 1, 4, 16 and 64 clients each, while idle connections are held open beside them. Each code that was shown is
then opened once, and what it shows is compared with what was sent. The load of the machine stands beside each figure.
Goals: 25 reports a second (aim 50) and p95 400 ms at 16 clients, no error at 64; the inbox 100 a second and p95 150 ms at
16 clients; beside slow uploads, each 1 kB a second, the p95 of a page within twice what it is without;
150 MiB resident for each process at rest and 250 MiB after 10,000 reports.
"""

import argparse
import html
import http.client
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench._slow import PATIENCE_SECONDS, uploading

CLIENTS, STEPS = 16, (1, 4, 16, 64)
TEXT = ("Some words of somebody who writes. " * 210)[:7_000]
FEWER = "country:social-west"
"""The third of the agencies that receive reports in a demonstration: here it does not."""
_FORM = re.compile(r'name="form" value="([^"]+)"')
_CODE = re.compile(r'class="code" dir="ltr">([0-9 ]+)<')
_PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Done:
    """One request: how long it took, and what it brought; nothing, where it failed."""

    seconds: float
    brought: str


class Door:
    """The pages of the door at one address. Each thread keeps its connection, until `close`."""

    def __init__(self, port: int, *, patience: float = _PATIENCE_SECONDS) -> None:
        self._host, self._patience = f"127.0.0.1:{port}", patience
        self._own = threading.local()
        self._all: list[http.client.HTTPConnection] = []

    def close(self) -> None:
        """Give up all connections."""
        for one in self._all:
            one.close()

    def form(self) -> str:
        """A new form."""
        found = _FORM.search(self._asked("GET", ""))
        return html.unescape(found[1]) if found else ""

    def page(self) -> Done:
        """The first page."""
        begin = time.perf_counter()
        found = _FORM.search(self._asked("GET", ""))
        return Done(time.perf_counter() - begin, found[1] if found else "")

    def report(self, form: str, number: int) -> Done:
        """Send one report; its code."""
        return self._timed(
            {"step": "send", "form": form, "danger": "no", "text": f"Number {number}. {TEXT}"}, _CODE
        )

    def inbox(self, code: str, number: int) -> Done:
        """Open it again; its number, where it is that one."""
        return self._timed({"step": "inbox", "code": code}, re.compile(rf"(Number {number})\. Some words"))

    def _timed(self, fields: dict[str, str], expected: re.Pattern[str]) -> Done:
        body = urllib.parse.urlencode(fields)
        begin = time.perf_counter()
        found = expected.search(self._asked("POST", body))
        return Done(time.perf_counter() - begin, found[1] if found else "")

    def _asked(self, method: str, body: str) -> str:
        """What the server answered; nothing for an answer that is none. A connection that was closed is opened anew."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = http.client.HTTPConnection(self._host, timeout=self._patience)
            self._all.append(connection)
        try:
            connection.request(method, "/hello/", body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            connection.close()
            return ""
        return text if answer.status == 200 else ""


@contextmanager
def served(folder: Path, **given: str) -> Iterator[tuple[int, int]]:
    """A demonstration with two agencies that receive reports: its port and its process. What it says lies in the folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENCIRCLE_")}
    environ = {**kept, **given, "ENCIRCLE_DATABASE_FOLDER": str(folder / "system")}
    if os.geteuid() == 0:
        environ["ENCIRCLE_DATABASE_ACCOUNT"] = "nobody"
    own, data = [sys.executable, "-m", "encircle"], ("--data", str(folder / "data"))
    words = [*own, "demo", "--children", "0", "--bind", f"127.0.0.1:{port}", *data]
    log = (folder / "log").open("a")
    process = subprocess.Popen(words, env=environ, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        assert process.stdout is not None
        if not any(line.startswith("Encircle is ready") for line in process.stdout):
            raise SystemExit(f"The server did not start: {(folder / 'log').read_text()[-2000:]}")
        subprocess.run(
            [*own, "agency", "reports", FEWER, "--stop", *data], env=environ, check=True, stdout=log
        )
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_PATIENCE_SECONDS)
        log.close()
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def _idle(port: int, many: int) -> Iterator[None]:
    """So many connections that have asked once and stay open."""
    with ExitStack() as held:
        for _ in range(many):
            one = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
            held.callback(one.close)
            one.request("GET", "/-/live")
            one.getresponse().read()
        yield


def memory(process: int) -> dict[str, float]:
    """MiB resident of the largest of our processes, of the largest of the database, and the sum of shares (PSS) of all."""
    ours, database, shares = 0.0, 0.0, 0.0
    for one in (process, *descendants(process)):
        with suppress(OSError):  # one of the database may have ended since
            words = Path(f"/proc/{one}/cmdline").read_bytes()
            resident = _kib(one, "status", "VmRSS:") / 1024
            shares += _kib(one, "smaps_rollup", "Pss:") / 1024
            if b"postgres" in words.split(b"\0")[0]:
                database = max(database, resident)
            else:
                ours = max(ours, resident)
    return {"ours_mib": round(ours), "database_mib": round(database), "shares_of_all_mib": round(shares)}


def descendants(process: int) -> list[int]:
    """All that this process and what it has started have started, by whatever thread; none of one that has ended."""
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found += [child, *descendants(child)]
    return found


def _kib(process: int, file: str, name: str) -> int:
    lines = Path(f"/proc/{process}/{file}").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)


def _run(clients: int, of_each: Callable[[int], Done], many: int) -> tuple[dict[str, object], Sequence[Done]]:
    load, begin = os.getloadavg()[0], time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        done = list(pool.map(of_each, range(many)))
    took = time.perf_counter() - begin
    times = sorted(one.seconds * 1000 for one in done)
    figures: dict[str, object] = {
        "clients": clients,
        "requests": many,
        "a_second": round(many / took, 1),
        "p50_ms": round(statistics.median(times)),
        "p95_ms": round(times[int(many * 0.95)]),
        "longest_ms": round(times[-1]),
        "failed": sum(not one.brought for one in done),
        "load_before": round(load, 1),
    }
    return figures, done


def measured(port: int, process: int, *, reports: int, looks: int, idle: int) -> dict[str, object]:
    """Reports by more and more clients, then the inbox, then each code once more; memory before and after."""
    door = Door(port)
    told: dict[str, object] = {"figure": "door", "at_rest": memory(process)}
    codes: dict[int, str] = {}
    steps = []
    with _idle(port, idle):
        for first, clients in zip(range(0, reports * len(STEPS), reports), STEPS, strict=True):
            forms = [door.form() for _ in range(reports)]
            figures, done = _run(
                clients, lambda at, forms=forms, first=first: door.report(forms[at], first + at), reports
            )
            steps.append(figures)
            codes |= {first + at: one.brought for at, one in enumerate(done) if one.brought}
    known = sorted(codes)
    told["reports"], told["after_reports"] = steps, memory(process)
    told["inbox"], _ = _run(
        CLIENTS, lambda at: door.inbox(codes[known[at % len(known)]], known[at % len(known)]), looks
    )
    whole, _ = _run(CLIENTS, lambda at: door.inbox(codes[known[at]], known[at]), len(known))
    told |= {"codes_given": len(known), "codes_that_do_not_open_their_report": whole["failed"]}
    return {**told, "codes_that_are_the_same": len(known) - len(set(codes.values()))}


def slow_uploads(port: int, many: Sequence[int], *, rounds: int = 40) -> list[dict[str, object]]:
    """For each number of slow uploads: how long the first page and a report take beside them, in bounded time."""
    told: list[dict[str, object]] = []
    for uploads in many:
        door = Door(port, patience=PATIENCE_SECONDS)
        form, forms = door.form(), [door.form() for _ in range(rounds)]
        pages, reports, begin = [], [], time.perf_counter()
        with uploading(port, form, uploads):
            for number, one in enumerate(forms):
                pages.append(door.page())
                reports.append(door.report(one, number))
                if time.perf_counter() - begin > 6 * PATIENCE_SECONDS:
                    break
        door.close()
        told.append({"slow_uploads": uploads, "page": _times(pages), "report": _times(reports)})
    return told


def _times(done: Sequence[Done]) -> dict[str, int]:
    times = sorted(one.seconds * 1000 for one in done)
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    failed = sum(not one.brought for one in done)
    return {
        "requests": len(done),
        "p50_ms": round(statistics.median(times)),
        "p95_ms": round(p95),
        "failed": failed,
    }


def main() -> None:
    """Serve, measure and print."""
    parser = argparse.ArgumentParser(description="Measure the door of a server on this machine.")
    parser.add_argument("--reports", type=int, default=2_500)
    parser.add_argument("--looks", type=int, default=1_000)
    parser.add_argument("--idle", type=int, default=200)
    parser.add_argument("--slow", default="0,8,32,64")
    parser.add_argument("--slow-only", action="store_true")
    asked = parser.parse_args()
    slow = [int(one) for one in asked.slow.split(",") if one]
    with tempfile.TemporaryDirectory(prefix="encircle-door-") as made:
        folder = Path(made)
        folder.chmod(0o711)
        with served(folder) as (port, process):
            found: dict[str, object] = {"figure": "door", "at_rest": memory(process)}
            found["slow"] = slow_uploads(port, slow)
            if not asked.slow_only:
                found |= measured(port, process, reports=asked.reports, looks=asked.looks, idle=asked.idle)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
