"""Processes of a database server: started so that they end with us, found again, ended. Knows no SQL.

A server is recognised by three things together: its account, its command line (program, data folder and our
mark in `cluster_name`), and for its children the title that PostgreSQL gives them, which carries the same
mark. A process number alone proves nothing: numbers are used again, most of all in containers.
"""

import ctypes
import hashlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from encircle.host.database.account import Account

PR_SET_PDEATHSIG = 1
ASK_AGAIN_SECONDS = 0.02
CLEAN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}

Child = subprocess.Popen[bytes]

_prctl = ctypes.CDLL(None, use_errno=True).prctl


@dataclass(frozen=True, slots=True)
class Process:
    """A process as /proc tells it; `started` (ticks since boot) tells it from a later one of its number."""

    number: int
    started: int
    uid: int
    command: tuple[str, ...]


def mark_of(cluster: Path) -> str:
    """The mark that the processes of the server of this cluster carry in their titles."""
    return "encircle-" + hashlib.sha256(os.fsencode(cluster)).hexdigest()[:12]


def start(
    command: Sequence[str | Path], *, account: Account, output: int, when_we_end: signal.Signals
) -> Child:
    """Start a child as that account, in its own session; it gets the signal when the calling thread ends.

    The kernel sends that signal, so it also comes when we are killed without a chance to clean up.
    """
    parent = os.getpid()
    another = account.uid != os.geteuid()
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd="/",
        env=CLEAN_ENVIRONMENT,
        start_new_session=True,
        umask=0o077,
        preexec_fn=lambda: _end_with_parent(parent, when_we_end),  # noqa: PLW1509  takes no lock
        user=account.uid if another else None,
        group=account.gid if another else None,
        extra_groups=(account.gid,) if another else None,
    )


def run(command: Sequence[str | Path], *, account: Account) -> tuple[int, str]:
    """Run a program as that account to its end; how it ended and what it said."""
    child = start(command, account=account, output=subprocess.PIPE, when_we_end=signal.SIGKILL)
    said, _ = child.communicate()
    return child.returncode, said.decode(errors="replace")


def of_server(cluster: Path, *, account: Account) -> tuple[Process, ...]:
    """Every living process of the server of this cluster: the postmaster and its children."""
    mark = mark_of(cluster)
    return tuple(
        process for process in _all() if process.uid == account.uid and _serves(process, cluster, mark)
    )


def at(number: int) -> Process | None:
    """The living process with that number, or None."""
    try:
        told = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
        command = Path(f"/proc/{number}/cmdline").read_bytes()
        uid = Path(f"/proc/{number}").stat().st_uid
    except OSError:
        return None
    fields = told.rpartition(")")[2].split()
    if fields[0] in ("Z", "X"):
        return None
    words = tuple(os.fsdecode(word) for word in command.rstrip(b"\0").split(b"\0"))
    return Process(number=number, started=int(fields[19]), uid=uid, command=words)


def is_a_server(process: Process) -> bool:
    """Whether this is a postmaster of any cluster."""
    return Path(process.command[0]).name == "postgres" and "-D" in process.command


def cluster_of(process: Process) -> Path:
    """The data folder that a postmaster names in its command line."""
    return Path(process.command[process.command.index("-D") + 1])


def send(processes: Iterable[Process], what: signal.Signals) -> None:
    """Send a signal to those that are still the same processes."""
    for process in processes:
        still = at(process.number)
        if still is not None and still.started == process.started:
            _kill(process.number, what)


def gone_within(seconds: float, which: Callable[[], tuple[Process, ...]]) -> bool:
    """Whether the processes that `which` lists are all gone before the time is over."""
    until = time.monotonic() + seconds
    while which():
        if time.monotonic() > until:
            return False
        time.sleep(ASK_AGAIN_SECONDS)
    return True


def _all() -> Iterable[Process]:
    for name in os.listdir("/proc"):
        if name.isdigit():
            process = at(int(name))
            if process is not None:
                yield process


def _serves(process: Process, cluster: Path, mark: str) -> bool:
    if process.command[0].startswith(f"postgres: {mark}:"):
        return True
    return (
        is_a_server(process) and str(cluster) in process.command and f"cluster_name={mark}" in process.command
    )


def _kill(number: int, what: signal.Signals) -> None:
    try:
        os.kill(number, what)
    except ProcessLookupError:
        return


def _end_with_parent(parent: int, what: signal.Signals) -> None:
    """In the child: ask the kernel for a signal when the parent ends, and leave if it has ended already."""
    if _prctl(PR_SET_PDEATHSIG, int(what), 0, 0, 0) != 0 or os.getppid() != parent:
        os._exit(1)
