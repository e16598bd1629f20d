"""Reports while the database is killed, the disk is full and a request is cut: none acknowledged is lost, no word stands."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from bench.door import descendants, served
from tests.web.door.test_door_killed import CANARY, found_in, new_form, sent, written_once

REPORTS = int(os.environ.get("REPORTS", "1000"))
CLIENTS, DISK_MB, WAIT_SECONDS = 8, 700, 120
FILLED_WITH = 1 << 20


@pytest.fixture
def disk() -> Iterator[Path]:
    """A small disk of its own, so that it can be full. Only root can make one."""
    if os.geteuid() != 0:
        pytest.skip("A disk that can be full is mounted, which this account may not.")
    made = Path(tempfile.mkdtemp(prefix="encircle-door-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=0711", "tmpfs", str(made)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        made.rmdir()
        pytest.skip("A disk that can be full cannot be mounted on this machine.")
    yield made
    subprocess.run(["umount", str(made)], check=True)
    made.rmdir()


@pytest.mark.full
def test_every_error_on_the_way_loses_no_report_that_was_acknowledged_and_leaves_no_word(disk: Path):
    temporary = disk / "temporary"
    temporary.mkdir(mode=0o777)
    temporary.chmod(0o777)
    codes: dict[str, str] = {}
    with served(disk, TMPDIR=str(temporary)) as (port, process):
        for disturb in (kill_database, fill_disk, cut_request, lambda *_: None):
            forms = [new_form(port) for _ in range(REPORTS // 4)]
            assert all(forms)
            with ThreadPoolExecutor(CLIENTS) as pool:
                waiting = {form: pool.submit(sent, port, form) for form in forms}
                assert waiting[forms[0]].result(), "it is taken before anything is disturbed"
                disturb(port, process, disk)
                codes |= {form: one.result() for form, one in waiting.items()}
            assert answers_again(port)
            codes |= {form: sent(port, form) for form, code in codes.items() if not code}
        assert all(codes.values())
        assert len(set(codes.values())) == len(codes) == REPORTS // 4 * 4
        with ThreadPoolExecutor(CLIENTS) as pool:
            once = list(pool.map(lambda code: written_once(port, code), codes.values()))
        assert [code for code, found in zip(codes.values(), once, strict=True) if not found] == []
        assert found_in(disk, CANARY) == [], "while it runs: tables, WAL, temporary files, log"
    assert found_in(disk, CANARY) == []
    assert found_in(disk, "encircle"), "the files were read"
    (disk / "planted").write_text(f"so {CANARY} is found")
    assert found_in(disk, CANARY) == [disk / "planted"]


def kill_database(_port: int, process: int, _disk: Path) -> None:
    """The database's first process, at once; its supervisor starts another."""
    os.kill(of(process, lambda words: words[0].endswith(b"postgres") and b"-D" in words), signal.SIGKILL)


def fill_disk(port: int, _process: int, disk: Path) -> None:
    """Not a byte is left; a report that comes then gets a kind page and no code, or waits. Then there is room again."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * FILLED_WITH)
    refused = [form for form in (new_form(port) for _ in range(40)) if not form or not sent(port, form)]
    time.sleep(2)
    filler.unlink()
    assert len(refused) <= 40


def cut_request(port: int, process: int, _disk: Path) -> None:
    """Half of a request is there when the process that serves the pages is killed; another takes its place."""
    with socket.create_connection(("127.0.0.1", port), 10) as half:
        half.sendall(
            b"POST /hello/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: 9000\r\n\r\nstep=send&text=" + f"{CANARY} ".encode() * 200
        )
        time.sleep(0.5)
        os.kill(of(process, lambda words: any(b"worker-1" in word for word in words)), signal.SIGKILL)


def of(process: int, fits: Callable[[list[bytes]], bool]) -> int:
    """The first process below that one whose words fit."""
    for one in descendants(process):
        with suppress(OSError):
            words = Path(f"/proc/{one}/cmdline").read_bytes().split(b"\0")
            if fits(words):
                return one
    raise AssertionError("There is no such process.")


def answers_again(port: int) -> bool:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        form = new_form(port)
        if form and sent(port, form):
            return True
        time.sleep(0.5)
    return False
