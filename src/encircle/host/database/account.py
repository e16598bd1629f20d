"""Accounts of the operating system: who runs the database server, and who may use which role.

Knows no folders.
"""

import grp
import os
import pwd
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from encircle.host.database.unavailable import DatabaseUnavailable

DATABASE_ACCOUNT = "encircle"
DATABASE_ACCOUNT_OPTION = "ENCIRCLE_DATABASE_ACCOUNT"
WEB_ACCOUNT_OPTION = "ENCIRCLE_WEB_ACCOUNT"
MAKE_WITHOUT_HOME = (
    "--system",
    "--no-create-home",
    "--home-dir=/nonexistent",
    "--shell=/usr/sbin/nologin",
)


@dataclass(frozen=True, slots=True)
class Account:
    """An account of this machine, with its primary group."""

    name: str
    uid: int
    gid: int


def own() -> Account:
    """The account that this process runs as. Refuses: an account without a name, as PostgreSQL needs one."""
    uid = os.geteuid()
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise DatabaseUnavailable(
            code="account_without_name",
            reason=f"The account that runs Encircle (uid {uid}) has no name on this machine.",
            instead="Give it a line in /etc/passwd, or set DATABASE_URL.",
        ) from None
    return Account(name=entry.pw_name, uid=uid, gid=os.getegid())


def for_server(environ: Mapping[str, str]) -> Account:
    """The account that runs the server: our own, or for root an unprivileged one (made when it is missing).

    Refuses: root for the server, an account that is missing and cannot be made.
    """
    me = own()
    if me.uid != 0:
        return me
    name = environ.get(DATABASE_ACCOUNT_OPTION) or DATABASE_ACCOUNT
    found = named(name)
    if found is None:
        _make(name)
        found = named(name)
    if found is None:
        raise _cannot_make(name, "it is still missing afterwards")
    if found.uid == 0:
        raise DatabaseUnavailable(
            code="server_as_root",
            reason=f"The database server does not run as root, and {DATABASE_ACCOUNT_OPTION} names {name}.",
            instead="Name an account without privileges.",
        )
    return found


def for_web(environ: Mapping[str, str]) -> Account:
    """The account that web, door and jobs run as: our own, or for root the one that the operator named."""
    me = own()
    name = environ.get(WEB_ACCOUNT_OPTION)
    if me.uid != 0 or not name:
        return me
    found = named(name)
    if found is None:
        raise DatabaseUnavailable(
            code="no_web_account",
            reason=f"{WEB_ACCOUNT_OPTION} names the account {name}, which does not exist.",
            instead="Make it, or leave the option out.",
        )
    return found


def named(name: str) -> Account | None:
    """The account of that name, or None when this machine has none."""
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid)


def name_of(uid: int) -> str:
    """The name of that account, or its number where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"


def _make(name: str) -> None:
    """Make a system account without a home and without a shell."""
    tool = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if tool is None:
        raise _cannot_make(name, "useradd is not on this machine")
    group = ["--gid", name] if _has_group(name) else ["--user-group"]
    made = subprocess.run(
        [tool, *MAKE_WITHOUT_HOME, *group, "--", name],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/sbin:/sbin:/usr/bin:/bin", "LC_ALL": "C"},
    )
    if made.returncode != 0:
        raise _cannot_make(name, (made.stderr.strip().splitlines() or ["useradd refused"])[-1])


def _has_group(name: str) -> bool:
    try:
        grp.getgrnam(name)
    except KeyError:
        return False
    return True


def _cannot_make(name: str, why: str) -> DatabaseUnavailable:
    return DatabaseUnavailable(
        code="no_account",
        reason=f"Started by root, the database runs as the account {name}, which cannot be made: {why}.",
        instead=f"Make it by hand, name another one in {DATABASE_ACCOUNT_OPTION}, or set DATABASE_URL.",
    )
