"""The test world of the database: a folder, an account, and processes that can be killed.

Each scenario runs in a forked child, as root or as a plain account. It is forked and not started anew, as the
interpreter may lie in a home that the plain account cannot enter: all modules are loaded before the account
changes.
"""

import codecs
import ctypes
import os
import pickle
import resource
import shutil
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import psycopg

from encircle.host.database import DatabaseRole, EmbeddedDatabase, account, binaries, embedded, process
from encircle.host.database import folder as folders
from encircle.host.database.account import Account
from encircle.host.database.binaries import Binaries
from encircle.host.leaving import leave_on_signals

Answer = TypeVar("Answer")

PLAIN = "nobody"
STRANGER = "daemon"
CLONE_NEWNS = 0x00020000
CLONE_NEWUSER = 0x10000000
MS_RDONLY = 1
MS_REMOUNT = 32
MS_BIND = 4096
MS_REC_PRIVATE = 0x4000 | 0x40000

for encoding in ("ascii", "latin-1", "idna"):
    codecs.lookup(encoding)

_libc = ctypes.CDLL(None, use_errno=True)


class Failed(AssertionError):
    """A scenario failed in its child; the text is the child's own traceback."""


@dataclass(frozen=True)
class World:
    """A place for one test: its folder, who the scenario runs as, and what the launcher is told."""

    folder: Path
    runs_as: Account
    environ: dict[str, str]
    programs: Binaries

    @property
    def data(self) -> Path:
        """The data folder of most tests."""
        return self.folder / "data"

    @property
    def server(self) -> Account:
        """The account of the server: our own, or for root the unprivileged one."""
        found = account.named(PLAIN)
        assert found is not None
        return found if self.runs_as.uid == 0 else self.runs_as

    def open(self, data: Path | None = None, **more: object) -> EmbeddedDatabase:
        """Start the database, as the launcher's caller would."""
        how = {"environ": self.environ, "binaries": self.programs, **more}
        return embedded.open_embedded(data or self.data, **how)

    def run(
        self, scenario: Callable[["World"], Answer], *, disk: int | None = None, owner: Account | None = None
    ) -> Answer:
        """Run a scenario in a child as this world's account; its answer, or Failed with its traceback.

        `disk` puts the world on a disk of its own of so many bytes, which nobody else sees.
        """

        def in_child() -> Answer:
            if disk is not None:
                mount_disk(self.folder, size=disk, owner=owner or self.runs_as)
            become(self.runs_as)
            return scenario(self)

        return forked(in_child)


def forked(work: Callable[[], Answer]) -> Answer:
    """Do the work in a forked child and bring its answer back."""
    answers = os.memfd_create("answer")
    number = os.fork()
    if number == 0:
        _answer(work, answers)
    _, status = os.waitpid(number, 0)
    with os.fdopen(answers, "rb") as file:
        file.seek(0)
        told = file.read()
    if not told:
        raise Failed(f"the scenario ended without an answer: {os.waitstatus_to_exitcode(status)}")
    kind, value = pickle.loads(told)
    if kind == "failed":
        raise Failed(value)
    return value


def _answer(work: Callable[[], object], answers: int) -> None:
    told = b""
    try:
        told = pickle.dumps(("answer", work()))
    finally:
        os.write(answers, told or pickle.dumps(("failed", traceback.format_exc())))
        os._exit(0)


def become(wanted: Account) -> None:
    """Become that account for good."""
    if os.geteuid() != wanted.uid:
        os.setgroups([wanted.gid])
        os.setresgid(wanted.gid, wanted.gid, wanted.gid)
        os.setresuid(wanted.uid, wanted.uid, wanted.uid)


@dataclass(frozen=True)
class Serving:
    """A process of Encircle that runs a database until it is told to leave."""

    number: int
    server: int

    def tell(self, what: signal.Signals) -> int:
        """Send a signal and wait for its end; the exit code, or minus the signal."""
        os.kill(self.number, what)
        return self.end()

    def end(self) -> int:
        """Wait for its end."""
        return os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])


def serve(world: World, data: Path | None = None) -> Serving:
    """Start a process that opens the database and serves; it is ready when this returns."""
    reading, writing = os.pipe()
    number = os.fork()
    if number == 0:
        os.close(reading)
        _serve_until_told(world, data, writing)
    os.close(writing)
    with os.fdopen(reading, "rb", buffering=0) as told:
        server = told.read(20)
    if not server:
        raise Failed("the serving process ended before it was ready")
    return Serving(number=number, server=int(server))


def _serve_until_told(world: World, data: Path | None, writing: int) -> None:
    code = 70
    try:
        leave_on_signals()
        with world.open(data) as database:
            os.write(writing, str(database.server_number).encode())
            while True:
                signal.pause()
    except SystemExit as left:
        code = int(left.code or 0)
    finally:
        if code == 70:
            traceback.print_exc()
        os._exit(code)


def processes_of(world: World, cluster: Path) -> tuple[int, ...]:
    """The process numbers of the server of that cluster."""
    return tuple(one.number for one in process.of_server(cluster, account=world.server))


def connect(database: EmbeddedDatabase, role: DatabaseRole = DatabaseRole.OWNER) -> psycopg.Connection:
    """A connection in that role, each statement its own transaction."""
    return psycopg.connect(**database.dsn(role), autocommit=True)


def mount_disk(folder: Path, *, size: int, owner: Account) -> None:
    """Put a small disk in memory on that folder, for this process and its children only."""
    _own_view()
    how = f"size={size},mode=0711,uid={owner.uid},gid={owner.gid}".encode()
    _must(_libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", ctypes.c_ulong(0), how), "mount")


def _own_view() -> None:
    """From now on what this process mounts is seen by it and its children only."""
    uid, gid = os.geteuid(), os.getegid()
    _must(_libc.unshare(CLONE_NEWNS if uid == 0 else CLONE_NEWNS | CLONE_NEWUSER), "unshare")
    if uid != 0:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
    _must(_libc.mount(b"none", b"/", None, ctypes.c_ulong(MS_REC_PRIVATE), None), "mount")


def show_copy_of_etc(copy: Path) -> None:
    """Let this process and its children see a copy of /etc, so that an account can be made in it."""
    shutil.copytree("/etc", copy, symlinks=True)
    _own_view()
    _must(_libc.mount(os.fsencode(copy), b"/etc", None, ctypes.c_ulong(MS_BIND), None), "bind")


def make_read_only(folder: Path) -> None:
    """Mount the disk of that folder read-only; only where it is a mount of ours and we may."""
    flags = ctypes.c_ulong(MS_REMOUNT | MS_RDONLY)
    _must(_libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", flags, None), "remount")


def may_mount() -> bool:
    """Whether this machine lets us put small disks into a view of our own."""

    def attempt() -> bool:
        with tempfile.TemporaryDirectory() as folder:
            mount_disk(Path(folder), size=1_000_000, owner=account.own())
            _must(_libc.umount(os.fsencode(folder)), "umount")
        return True

    try:
        return forked(attempt)
    except Failed:
        return False


def limit_file_size(size: int) -> None:
    """From now on no file of this process and its children may grow beyond that (works for every account)."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@contextmanager
def world_of(kind: str, *, parent: str | None = None) -> Iterator[World]:
    """A world for root (its server has an unprivileged account) or a plain account; removed at the end."""
    am_root = os.geteuid() == 0
    folder = Path(tempfile.mkdtemp(prefix="enc-", dir=parent or folders.volatile_parent()))
    folder.chmod(0o711)
    plain = account.named(PLAIN)
    assert plain is not None
    runs_as = plain if am_root and kind == "plain" else account.own()
    programs = binaries.in_wheel()
    if am_root and programs.major_version(plain) is None:
        programs = binaries.usable_by(plain, programs, programs=folder / "programs")[0]
    os.chown(folder, runs_as.uid, runs_as.gid)
    environ = {"ENCIRCLE_DATABASE_ACCOUNT": PLAIN, "ENCIRCLE_DATABASE_FOLDER": str(folder / "system")}
    try:
        yield World(folder=folder, runs_as=runs_as, environ=environ, programs=programs)
    finally:
        _end_what_is_left(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _end_what_is_left(folder: Path) -> None:
    """A failed test must not leave servers behind: end those whose data lies in the folder of its world."""
    for name in os.listdir("/proc"):
        found = process.at(int(name)) if name.isdigit() else None
        if found is not None and any(str(folder) + "/" in word for word in found.command):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(found.number, signal.SIGQUIT)


def _must(result: int, what: str) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")
