"""A server that is killed leaves no plain text of what is sealed: not in its files, its log of writing, a dump or our logs.

Every free text of every type of fact is a canary, and so are a name that is looked for and the secret of a second step.
"""

import base64
import logging
import os
import signal
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoDbBlocker

from encircle.actions.keys import seal_second_factor
from encircle.host.database import DatabaseRole, EmbeddedDatabase, temporary_database
from encircle.host.database.binaries import in_wheel
from encircle.records import names
from encircle.records.facts import append
from encircle.records.roots import open_root
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.fact_type import FactType
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.facts.shape import shape
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact
from tests.vocabulary.facts.example import whole
from tests.web.world import Staff, add_factor, make_staff

AsStaff = Callable[[Staff], Client]
NEED_ANOTHER = ("same_child_stated", "withdrawal")
"""Facts about another record or fact; their texts are sealed by the same call."""
READ_AT_ONCE = 1 << 24
OF_BASE64 = 16


@pytest.fixture
def killable(django_db_blocker: DjangoDbBlocker) -> Iterator[TestDatabase]:
    """A cluster of its own, which may be killed."""
    with temporary_database() as cluster, django_db_blocker.unblock():
        own = TestDatabase(cluster, "encircle")
        with own.used_as(DatabaseRole.OWNER):
            call_command("migrate", verbosity=0, skip_checks=True)
        with own.used_as(DatabaseRole.WEB):
            yield own


def canary(number: int) -> str:
    return f"Canary-{number:04}-Kask"


def with_canaries(of: FactType, first: int, agency: str) -> tuple[dict[str, object], list[str]]:
    """A payload of every field of that type, each free text another canary, and which those are."""
    given, used = whole(of), []
    for field in shape(of):
        if field.value in ("text", "identifier"):
            used.append(canary(first + len(used)))
            given[field.name] = used[-1]
        elif field.value in ("ref", "agency"):
            given[field.name] = agency if field.value == "agency" else str(uuid4())
    return given, used


def write_everything(staff: Staff) -> list[str]:
    """One fact of each type with free text, each on a record of its own; the canaries that were written."""
    carla, written = Actor(staff.person, staff.agency), list[str]()
    for name in sorted(FACT_TYPES):
        of = FACT_TYPES[name]
        given, used = with_canaries(of, len(written), staff.agency)
        if not used or name in NEED_ANOTHER:
            continue
        with carla.at_work() as ctx:
            child = open_root(Kind.CHILD, ctx=ctx)
            subject = None if of.about is Kind.CHILD else str(uuid4())
            fact = a_fact(child, read_payload(name, given), by=carla, type_name=name, subject=subject)
            names.follow(append(fact, follows=None, ctx=ctx))
        written += used
    return written


def spellings(word: str) -> set[bytes]:
    """How a word can stand in bytes: as it is, in two bytes a sign, as hexadecimals, as base64 at each of three places."""
    plain = word.encode()
    shifted = {base64.b64encode(b"\0" * skip + plain)[4 : 4 + OF_BASE64] for skip in range(3)}
    return {plain, word.encode("utf-16-le"), plain.hex().encode(), plain.hex().upper().encode(), *shifted}


def found_in(files: Iterable[Path], words: Iterable[str]) -> set[str]:
    """Which of these words stand in those files; one that a server that comes back has cleared away is passed over."""
    wanted = {spelling: word for word in words for spelling in spellings(word)}
    found = set()
    for file in files:
        with suppress(FileNotFoundError), file.open("rb") as opened:
            before = b""
            while block := opened.read(READ_AT_ONCE):
                whole_block = before + block
                found |= {word for spelling, word in wanted.items() if spelling in whole_block}
                before = whole_block[-100:]
    return found


def kill(database: TestDatabase) -> list[Path]:
    """Kill the server as a cut of power would, and give the files that it leaves: tables, log of writing, temporary, logs."""
    cluster = database.cluster
    assert isinstance(cluster, EmbeddedDatabase)
    number = cluster.server_number
    assert number is not None
    os.kill(number, signal.SIGKILL)
    files = [file for file in cluster.place.root.rglob("*") if file.is_file()]
    files += [file for file in cluster.place.home.rglob("*") if file.is_file()]
    return list(dict.fromkeys(files))


def dump(database: TestDatabase, to: Path) -> Path:
    given = database.cluster.keeper_dsn(database.name)
    words = [
        str(in_wheel().folder / "bin" / "pg_dump"),
        "-h",
        given["host"],
        "-p",
        str(given["port"]),
        "-U",
        given["user"],
    ]
    done = subprocess.run([*words, database.name], capture_output=True, check=True)
    to.write_bytes(done.stdout)
    return to


def test_a_killed_server_a_dump_and_the_logs_hold_no_canary(
    killable: TestDatabase, as_staff: AsStaff, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO)
    carla = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    written = write_everything(carla)
    assert len(written) > 90
    browser = as_staff(carla)
    looked_for, secret = "Canary-Looked-For-Kask", "Canary-Second-Step-Kask"
    assert browser.post("/search/", {"asked": looked_for}).status_code == 200
    add_factor(carla.account, "totp", {"secret": seal_second_factor(secret)})
    every = [*written, looked_for, secret]
    dumped = dump(killable, tmp_path / "dump.sql")
    assert dumped.stat().st_size > 100_000
    log = tmp_path / "log"
    log.write_text(caplog.text)
    with killable.connect_as_keeper() as keeper:
        keeper.execute("CREATE TABLE planted (words text)")
        keeper.execute("INSERT INTO planted VALUES ('it was Canary-Planted-Kask')")
    planted = dump(killable, tmp_path / "planted.sql")
    files = kill(killable)
    assert any("pg_wal" in str(file) for file in files)
    assert found_in([*files, dumped, log], [*every, "Canary-Planted-Kask"]) == {"Canary-Planted-Kask"}
    assert found_in([planted], ["Canary-Planted-Kask"]) == {"Canary-Planted-Kask"}


@pytest.mark.parametrize("way", [str.encode, lambda word: word.encode().hex().encode(), None])
def test_a_canary_is_found_however_it_is_spelt(way: Callable[[str], bytes] | None, tmp_path: Path):
    for skip in range(3):
        text = b"." * skip + b"Canary-0001-Kask" + b".."
        file = tmp_path / "file"
        file.write_bytes(base64.b64encode(text) if way is None else b"." * skip + way("Canary-0001-Kask"))
        assert found_in([file], [canary(1), canary(2)]) == {canary(1)}
