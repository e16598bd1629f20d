"""Where a database lies: beside the data, or for root in a system folder of an unprivileged account.

Starts nothing.
"""

import json
import os
import re
import secrets
import shutil
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from encircle.host.database.account import Account, name_of
from encircle.host.database.unavailable import DatabaseUnavailable

SYSTEM_FOLDER = "/var/lib/encircle"
SYSTEM_FOLDER_OPTION = "ENCIRCLE_DATABASE_FOLDER"
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH_BYTES = 107
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._+-]+")
IN_MEMORY = "/dev/shm"  # nosec B108  # parent of folders with random names and mode 0700
SHORT_PARENTS = ("/tmp", "/var/tmp", IN_MEMORY)  # nosec B108  # as above
VOLATILE_ROOM_BYTES = 2_000_000_000
ABOUT = (
    "The database of this data folder lies in the folder named under 'place', as it was started by root. "
    "Moving this folder keeps the tie; deleting it leaves the database behind. See docs/operator/database.md."
)


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one database.

    `home` is in the data folder; `root` is `home`, or for root a system folder.
    """

    home: Path
    root: Path
    account: Account

    @property
    def cluster(self) -> Path:
        """The data of PostgreSQL."""
        return self.root / "cluster"

    @property
    def settings(self) -> Path:
        """The settings, written anew at each start; as root the server's account cannot change them."""
        return self.root / "settings"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.root / "server.log"

    @property
    def socket_record(self) -> Path:
        """The file that names the folder of the socket."""
        return self.home / "socket-folder"


def home_of(data: Path) -> Path:
    """The folder `database` in the data folder; what is missing is made, no other folder is changed.

    Refuses: a path that is not a folder, a folder of another account, a folder that others can write.
    """
    data = data.absolute()
    if data.exists() and not data.is_dir():
        raise _refused("not_a_folder", f"{data} is not a folder.", "Name a folder with --data.")
    data.mkdir(parents=True, exist_ok=True)
    home = data.resolve() / "database"
    try:
        home.mkdir(mode=0o700)
    except FileExistsError:
        _check_home(home)
    return home


def lock_of(home: Path) -> Path:
    """The file whose lock says who runs the database of that home."""
    return home / "lock"


def place_of(home: Path, *, account: Account, environ: Mapping[str, str]) -> Place:
    """Where the database of that home lies. For the holder of the lock only, as it may make the place.

    Refuses: a database that another kind of account began, one that is gone, a copy of a data folder.
    """
    if account.uid == os.geteuid():
        if (home / "place.json").exists():
            raise _another_owner(home, 0)
        return Place(home=home, root=home, account=account)
    if (home / "cluster").exists():
        raise _another_owner(home / "cluster", (home / "cluster").stat().st_uid)
    return Place(home=home, root=_system_place(home, system_folder(environ)), account=account)


def system_folder(environ: Mapping[str, str]) -> Path:
    """The folder that holds the databases and the programs when root starts Encircle."""
    return Path(environ.get(SYSTEM_FOLDER_OPTION) or SYSTEM_FOLDER).resolve()


def make_system_folder(folder: Path) -> None:
    """Make the system folder when it is missing; others may pass through it, not list it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    make_folder(folder, mode=0o711)


def make_folder(folder: Path, *, mode: int, owner: tuple[int, int] | None = None) -> None:
    """Make a folder of ours with exactly that mode and owner; one that is there already is left as it is."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return
    if owner is not None:
        os.chown(folder, *owner)
    folder.chmod(mode)


def socket_folder(place: Place, *, web: Account) -> Path:
    """The folder of the socket: short enough for every system, and closed to all but the permitted accounts.

    Recorded in the data folder. A recorded folder that is gone, or is not what we made, is left alone and
    replaced.
    """
    recorded = recorded_socket_folder(place.home)
    if recorded is not None and _is_ours(recorded, place.account):
        folder = recorded
    else:
        folder = place.root / "run"
        if not _is_short_and_plain(folder):
            folder = _short_folder(place.account)
        make_folder(folder, mode=0o700, owner=(place.account.uid, place.account.gid))
        if not _is_ours(folder, place.account):
            raise _refused(
                "socket_folder", f"{folder} is not a closed folder of {place.account.name}.", "Remove it."
            )
        write(place.socket_record, f"{folder}\n")
    if place.account.uid != os.geteuid():
        _let_in(folder, place.account, web)
    return folder


def recorded_socket_folder(home: Path) -> Path | None:
    """The folder of the socket that the last start recorded, or None."""
    try:
        told = (home / "socket-folder").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return Path(told) if told.startswith("/") else None


def write(path: Path, text: str, *, mode: int = 0o600, gid: int | None = None) -> None:
    """Write a small file of ours whole or not at all."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        if gid is not None:
            os.fchown(descriptor, -1, gid)
        os.fchmod(descriptor, mode)
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    fresh.rename(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last over a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_full(folder: Path, *, below_bytes: int) -> bool:
    """Whether the disk of that folder has less room than that for an account without privileges."""
    room = os.statvfs(folder)
    return room.f_bavail * room.f_frsize < below_bytes


def volatile_parent() -> str:
    """Where a database that need not outlive its test is made: in memory if there is ample room."""
    try:
        told = os.statvfs(IN_MEMORY)
    except OSError:
        return SHORT_PARENTS[0]
    roomy = told.f_bavail * told.f_frsize >= VOLATILE_ROOM_BYTES
    return IN_MEMORY if roomy and not told.f_flag & os.ST_NOEXEC else SHORT_PARENTS[0]


def remove(place: Place) -> None:
    """Delete the database for good, and its folders. Only for a database that is not running."""
    recorded = recorded_socket_folder(place.home)
    if recorded is not None and _is_ours(recorded, place.account):
        shutil.rmtree(recorded, ignore_errors=True)
    shutil.rmtree(place.root, ignore_errors=True)
    shutil.rmtree(place.home, ignore_errors=True)


def _check_home(home: Path) -> None:
    told = home.lstat()
    if not stat.S_ISDIR(told.st_mode):
        raise _refused("not_a_folder", f"{home} is not a folder.", "Move it away, or choose another --data.")
    if told.st_uid != os.geteuid():
        raise _another_owner(home, told.st_uid)
    if stat.S_IMODE(told.st_mode) & 0o022:
        raise _refused("open_folder", f"{home} can be written by other accounts.", f"chmod 700 {home}")


def _system_place(home: Path, system: Path) -> Path:
    """The place in the system folder that is tied to this data folder, both ways."""
    record = home / "place.json"
    if record.exists():
        return _tied(record, home)
    make_system_folder(system)
    databases = system / "databases"
    make_folder(databases, mode=0o711)
    place = databases / secrets.token_hex(6)
    make_folder(place, mode=0o711)
    write(place / "home.json", json.dumps({"data": str(home)}))
    write(record, json.dumps({"place": str(place), "about": ABOUT}, indent=1))
    return place


def _tied(record: Path, home: Path) -> Path:
    """The recorded place, when it names this data folder too; a data folder that was moved is tied anew."""
    place = Path(str(json.loads(record.read_text(encoding="utf-8"))["place"]))
    try:
        tied_to = Path(str(json.loads((place / "home.json").read_text(encoding="utf-8"))["data"]))
    except FileNotFoundError:
        raise _refused(
            "place_gone",
            f"The database of {home.parent} was in {place}, and is not there any more.",
            f"Restore a backup; or, to begin with an empty database, delete {home}.",
        ) from None
    if tied_to == home:
        return place
    if (tied_to / "place.json").exists():
        raise _refused(
            "copied",
            f"{home.parent} is a copy of {tied_to.parent}: both name the database in {place}.",
            f"Restore a backup into a new folder instead; delete {home} to begin with an empty database.",
        )
    write(place / "home.json", json.dumps({"data": str(home)}))
    return place


def _is_ours(folder: Path, account: Account) -> bool:
    """Whether this is a folder (not a link) of that account that strangers cannot enter."""
    try:
        told = folder.lstat()
    except OSError:
        return False
    closed = stat.S_IMODE(told.st_mode) & ~0o710 == 0
    return (
        stat.S_ISDIR(told.st_mode) and told.st_uid == account.uid and closed and _is_short_and_plain(folder)
    )


def _let_in(folder: Path, account: Account, web: Account) -> None:
    """As root: let the group of the web account into the folder of the socket; nobody when it is root."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if os.fstat(descriptor).st_uid == account.uid:
            os.fchown(descriptor, -1, account.gid if web.uid == 0 else web.gid)
            os.fchmod(descriptor, 0o700 if web.uid == 0 else 0o710)
    finally:
        os.close(descriptor)


def _is_short_and_plain(folder: Path) -> bool:
    whole = os.fsencode(folder / SOCKET)
    return len(whole) <= LONGEST_SOCKET_PATH_BYTES and PLAIN_PATH.fullmatch(os.fsdecode(whole)) is not None


def _short_folder(account: Account) -> Path:
    for parent in SHORT_PARENTS:
        try:
            made = Path(tempfile.mkdtemp(prefix="encircle-", dir=parent))
        except OSError:
            continue
        if account.uid != os.geteuid():
            os.chown(made, account.uid, account.gid)
        return made
    raise _refused(
        "socket_folder", "No short folder for the socket could be made in /tmp.", "Make /tmp writable."
    )


def _another_owner(path: Path, uid: int) -> DatabaseUnavailable:
    who = name_of(uid)
    return _refused(
        "another_owner",
        f"{path} belongs to the account {who}, and this is {name_of(os.geteuid())}.",
        f"Start as {who}, or choose another folder with --data.",
    )


def _refused(code: str, reason: str, instead: str) -> DatabaseUnavailable:
    return DatabaseUnavailable(code=code, reason=reason, instead=instead)
