"""Keeping and erasing: a hold stops it, two persons decide, a job destroys the keys, and the certificate is signed."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from encircle.actions.act.statement import Statement
from encircle.actions.journal import prepare_journal
from encircle.actions.retention import (
    carry_out_erasures,
    certificate_of,
    due_everywhere,
    is_genuine,
    keeping_of,
)
from encircle.host.database import DatabaseRole
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import state
from tests.database import TestDatabase
from tests.web.desk.test_emergency import led_by
from tests.web.desk.test_record_act import hidden
from tests.web.reading import read
from tests.web.world import Staff, colleague_of, journal_of, make_staff

pytestmark = pytest.mark.usefixtures("database")
SignedIn = Callable[[Staff], Client]
NAMED = Statement(type="name_recorded", values={"name_used": "Aino"}, happened="2019-03-01")
BORN = Statement(
    type="date_of_birth_recorded",
    values={"date_of_birth": "2001-05-06", "evidence": "document"},
    happened="2019-03-02",
)


@pytest.fixture(autouse=True)
def _keys_and_backups(settings: Settings, tmp_path: Path) -> None:
    settings.JOURNAL_KEY_FILE = tmp_path / "journal-signing-key"
    settings.BACKUP_DAYS = 35
    prepare_journal()


@pytest.fixture
def carl(carla: Staff) -> Staff:
    return colleague_of(carla)


@pytest.fixture
def aino(carla: Staff) -> str:
    number = led_by(carla)
    state(carla, number, NAMED)
    return number


def sent(client: Client, number: str, **typed: str) -> int:
    address = f"/records/{number}/keeping/"
    return client.post(address, {**hidden(client.get(address).content), **typed}).status_code


def asked(client: Client, number: str) -> str:
    """The id of an erasure of everything that was asked for."""
    assert sent(client, number, do="ask", ground="asked_for", basis="EU-2016/679 17") == 302
    (found,) = re.findall(r'value="drop-([^"]+)"', client.get(f"/records/{number}/keeping/").content.decode())
    return str(found)


def carried_out(database: TestDatabase) -> list[str]:
    with database.used_as(DatabaseRole.JOBS):
        return [row.id for row in carry_out_erasures()]


def test_two_persons_decide_and_the_job_destroys_the_keys(
    aino: str, carla: Staff, carl: Staff, as_staff: SignedIn, database: TestDatabase
):
    erasure = asked(as_staff(carla), aino)
    assert "Aino" in as_staff(carla).get(f"/records/{aino}/facts/").content.decode()
    assert erasure not in carried_out(database)
    assert sent(as_staff(carla), aino, do=f"decide-{erasure}") == 409
    assert sent(as_staff(carl), aino, do=f"decide-{erasure}") == 302
    assert erasure in carried_out(database)
    assert erasure not in carried_out(database)
    assert "Aino" not in as_staff(carla).get(f"/records/{aino}/facts/").content.decode()
    page = read(as_staff(carla).get(f"/records/{aino}/keeping/").content)
    assert (page.problems, "erased" in page.text) == ([], True)
    assert {("write", "erasure_asked"), ("look", "keeping")} <= {entry[:2] for entry in journal_of(carla)}


def test_the_certificate_names_parts_persons_and_the_day_of_the_last_backup_and_is_signed(
    aino: str, carla: Staff, carl: Staff, as_staff: SignedIn, database: TestDatabase
):
    erasure = asked(as_staff(carla), aino)
    assert as_staff(carla).get(f"/records/{aino}/keeping/{erasure}/").status_code == 404
    sent(as_staff(carl), aino, do=f"decide-{erasure}")
    carried_out(database)
    with database.used_as(DatabaseRole.JOBS):
        row = certificate_of(erasure)
    assert row is not None
    assert row.note is not None
    assert is_genuine(row.note)
    for said in (f"record {aino}", carla.person, carl.person, "keys destroyed", "expires 20"):
        assert said in row.note
    for never in ("Aino", carla.login):
        assert never not in row.note
    client = as_staff(carla)
    page = read(client.get(f"/records/{aino}/keeping/{erasure}/").content)
    assert (page.problems, f"erasure {erasure}" in page.text) == ([], True)
    assert client.get(f"/records/{aino}/keeping/{erasure}/pdf/").content.startswith(b"%PDF-")
    assert not is_genuine(row.note.replace("keys destroyed", "keys destroyed 9"))


def test_a_legal_hold_stops_it_also_after_the_decision(
    aino: str, carla: Staff, carl: Staff, as_staff: SignedIn, database: TestDatabase
):
    erasure = asked(as_staff(carla), aino)
    sent(as_staff(carl), aino, do=f"decide-{erasure}")
    hold = {"hold_basis": "CPC 12", "until": "2027-05-31", "reason": "A claim for compensation."}
    assert sent(as_staff(carla), aino, do="hold", **hold) == 302
    assert erasure not in carried_out(database)
    page = as_staff(carla).get(f"/records/{aino}/keeping/")
    assert "stopped by a legal hold" in read(page.content).text
    (end,) = re.findall(r'value="(end-[^"]+)"', page.content.decode())
    assert sent(as_staff(carl), aino, do=end) == 302
    assert erasure in carried_out(database)


def test_under_a_hold_nobody_decides(aino: str, carla: Staff, carl: Staff, as_staff: SignedIn):
    erasure = asked(as_staff(carla), aino)
    hold = {"hold_basis": "CPC 12", "until": "2027-05-31", "reason": "A claim for compensation."}
    assert sent(as_staff(carla), aino, do="hold", **hold) == 302
    assert sent(as_staff(carl), aino, do=f"decide-{erasure}") == 409


def test_what_is_put_aside_is_not_erased(
    aino: str, carla: Staff, carl: Staff, as_staff: SignedIn, database: TestDatabase
):
    erasure = asked(as_staff(carla), aino)
    assert sent(as_staff(carla), aino, do=f"drop-{erasure}") == 302
    assert [sent(as_staff(carl), aino, do=f"{do}-{erasure}") for do in ("decide", "drop")] == [409, 409]
    assert [sent(as_staff(carl), aino, do=do) for do in ("end-x", "decide-x", "x")] == [409, 409, 409]
    assert erasure not in carried_out(database)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            {"do": "ask", "ground": "case_record", "basis": "EU-2016/679 17"},
            "Choose a rule whose time has come",
        ),
        ({"do": "ask", "ground": "asked_for", "basis": ""}, "legal basis"),
        ({"do": "hold", "hold_basis": "", "until": "2027-05-31", "reason": "x"}, "legal basis"),
        (
            {"do": "hold", "hold_basis": "CPC 12", "until": "soon", "reason": "x"},
            "Give a day in the next ten years",
        ),
        (
            {"do": "hold", "hold_basis": "CPC 12", "until": "2027-05-31", "reason": ""},
            "what needs the record",
        ),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    aino: str, carla: Staff, as_staff: SignedIn, typed: dict[str, str], said: str
):
    client, address = as_staff(carla), f"/records/{aino}/keeping/"
    answer = client.post(address, {**hidden(client.get(address).content), **typed})
    page = read(answer.content)
    assert (answer.status_code, page.problems, said in page.text) == (422, [], True)


def test_a_closed_record_of_somebody_who_has_grown_up_is_listed_by_its_number(own_database: TestDatabase):
    carla = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    aino = led_by(carla)
    assert {one.kept.value for one in keeping_of(carla.who, aino).rules} == {"kept"}
    state(carla, aino, BORN)
    state(carla, aino, Statement(type="status_set", values={"status": "closed"}, happened="2020-01-01"))
    with own_database.used_as(DatabaseRole.JOBS):
        found = {line.retained.rule.code for line in due_everywhere() if line.number == aino}
    assert found == {"account_and_views", "case_record", "health", "location"}


def test_eva_finds_no_such_page(aino: str, eva: Staff, as_staff: SignedIn):
    assert as_staff(eva).get(f"/records/{aino}/keeping/").status_code == 404
    assert as_staff(eva).post(f"/records/{aino}/keeping/", {"do": "ask"}).status_code == 404
