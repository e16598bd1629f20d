"""The data of the embedded server: made whole or not at all, checked, freed of what a crash left."""

import shutil
import signal
import time
from pathlib import Path

from encircle.host.database import process
from encircle.host.database.account import name_of
from encircle.host.database.binaries import Binaries
from encircle.host.database.folder import SOCKET, Place, is_full, make_folder, sync_folder
from encircle.host.database.role import KEEPER
from encircle.host.database.unavailable import FULL_BELOW_BYTES, DatabaseUnavailable, from_server_words

POSTMASTER_FILE = "postmaster.pid"
HALF_MADE = "cluster.new"
INITDB_OPTIONS = (
    "--auth-local=peer",
    "--auth-host=reject",
    "--data-checksums",
    "--encoding=UTF8",
    "--no-locale",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    "--no-clean",
)
PATIENCE_SECONDS = 30.0
HARSH_SECONDS = 10.0


def ensure(place: Place, *, binaries: Binaries, major_version: int) -> None:
    """A cluster of our version is there; an empty one is made when there is none.

    It is made under another name, synced to disk by initdb, then renamed, so that a half made one is never
    used. Refuses: a cluster of another major version, one of another account, a folder that is no cluster, a
    full disk.
    """
    _remove_half_made(place)
    if place.cluster.exists():
        _check(place, major_version)
        return
    fresh = place.root / HALF_MADE
    make_folder(fresh, mode=0o700, owner=(place.account.uid, place.account.gid))
    command: list[str | Path] = [binaries.initdb, "-D", fresh, "--username", KEEPER, *INITDB_OPTIONS]
    ended, said = process.run(command, account=place.account)
    if ended != 0:
        full = is_full(place.root, below_bytes=FULL_BELOW_BYTES)
        _remove_half_made(place)
        raise from_server_words(said, place=place.root, disk_is_full=full)
    fresh.rename(place.cluster)
    sync_folder(place.root)


def clear_what_a_crash_left(place: Place, *, sockets: Path) -> None:
    """Before a start, by the holder of the lock: end an earlier server of this cluster, remove its files.

    With the lock held, no supervisor lives, so a server that lives lost its own. It is asked to end (fast),
    then told (immediate), then killed. Its postmaster.pid is removed only when no process of it is left;
    where that cannot be told, nothing is removed and the start is refused.
    """
    end_server(place, patience_seconds=PATIENCE_SECONDS)
    file = place.cluster / POSTMASTER_FILE
    number = postmaster_number(place.cluster)
    if number is not None:
        _refuse_if_it_may_serve(number, place)
    file.unlink(missing_ok=True)
    for name in (SOCKET, f"{SOCKET}.lock"):
        (sockets / name).unlink(missing_ok=True)


def end_server(place: Place, *, patience_seconds: float) -> None:
    """End every process of the server of this cluster: fast, then immediate, then by force.

    Refuses: one that stays.
    """

    def left() -> tuple[process.Process, ...]:
        return process.of_server(place.cluster, account=place.account)

    steps = (
        (signal.SIGINT, patience_seconds),
        (signal.SIGQUIT, HARSH_SECONDS),
        (signal.SIGKILL, HARSH_SECONDS),
    )
    for what, seconds in steps:
        found = left()
        if not found:
            return
        masters = tuple(one for one in found if process.is_a_server(one))
        process.send(found if what is signal.SIGKILL else masters, what)
        if process.gone_within(seconds if masters else HARSH_SECONDS / 2, left):
            return
    raise DatabaseUnavailable(
        code="still_in_use",
        reason=f"Processes of an earlier database server of {place.root} cannot be ended.",
        instead="Restart the machine, or look what holds them (a disk that does not answer?).",
    )


def postmaster_number(cluster: Path) -> int | None:
    """The process number in postmaster.pid, or None when the file is missing or empty."""
    lines = _postmaster_lines(cluster)
    return int(lines[0]) if lines and lines[0].strip().isdigit() else None


def is_ready(cluster: Path, *, number: int) -> bool:
    """Whether the postmaster with that number says that it takes connections."""
    lines = _postmaster_lines(cluster)
    return len(lines) >= 8 and lines[0].strip() == str(number) and lines[7].strip() == "ready"


def _postmaster_lines(cluster: Path) -> list[str]:
    try:
        return (cluster / POSTMASTER_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []


def _refuse_if_it_may_serve(number: int, place: Place) -> None:
    """Refuses when the process in postmaster.pid may serve this cluster under another path."""
    living = process.at(number)
    if living is None or living.uid != place.account.uid or not process.is_a_server(living):
        return
    named = process.cluster_of(living)
    if named.exists() and not named.samefile(place.cluster):
        return
    raise DatabaseUnavailable(
        code="still_in_use",
        reason=f"A database server (process {number}) may still use {place.cluster}.",
        instead=f"End it (kill -INT {number}) and start again.",
    )


def _check(place: Place, major_version: int) -> None:
    owner = place.cluster.stat().st_uid
    if owner != place.account.uid:
        raise DatabaseUnavailable(
            code="another_owner",
            reason=f"The database files in {place.cluster} belong to the account {name_of(owner)}, "
            f"and the server would run as {place.account.name}.",
            instead=f"Start it for {name_of(owner)} (as root: ENCIRCLE_DATABASE_ACCOUNT={name_of(owner)}).",
        )
    try:
        found = (place.cluster / "PG_VERSION").read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        raise DatabaseUnavailable(
            code="not_a_cluster",
            reason=f"{place.cluster} is not a database (it has no PG_VERSION); it is left untouched.",
            instead="Restore a backup into a new folder.",
        ) from None
    if found != str(major_version):
        raise DatabaseUnavailable(
            code="another_major_version",
            reason=f"The database in {place.cluster} was made by PostgreSQL {found}; "
            f"this release of Encircle brings PostgreSQL {major_version}.",
            instead="Dump it with the release that made it, restore that dump into a new folder with this one: see "
            "docs/operator/database.md.",
        )


def _remove_half_made(place: Place) -> None:
    """Remove what an interrupted first start left; a program of it may need a moment to notice."""
    fresh = place.root / HALF_MADE
    for _ in range(50):
        if not fresh.exists():
            return
        shutil.rmtree(fresh, ignore_errors=True)
        if fresh.exists():
            time.sleep(0.1)
    raise DatabaseUnavailable(
        code="half_made",
        reason=f"{fresh}, left by a first start that was interrupted, cannot be removed.",
        instead=f"Remove it: rm -r {fresh}",
    )
