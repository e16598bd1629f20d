"""The pages of keeping what came in at the door: what is over, a hold, and two persons; who may not come sees nothing."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from encircle.actions.journal import prepare_journal
from encircle.actions.reports import door
from encircle.actions.reports.keeping import carry_out_at_door
from encircle.host.database import DatabaseRole
from encircle.vocabulary.role import Role
from tests.actions.door_keeping import CANARY, close, over, sent
from tests.database import TestDatabase
from tests.web.desk.test_record_act import hidden
from tests.web.desks import DeskStaff, make_desk
from tests.web.reading import read
from tests.web.world import Staff, make_staff

AsStaff = Callable[[Staff], Client]
PAGE = "/reports/keeping/"


@pytest.fixture(autouse=True)
def _keys_and_backups(settings: Settings, tmp_path: Path) -> None:
    settings.JOURNAL_KEY_FILE = tmp_path / "journal-signing-key"
    prepare_journal()


@pytest.fixture
def dora(database: TestDatabase) -> DeskStaff:
    return make_desk(database, "dora")


@pytest.fixture
def closed(dora: DeskStaff, database: TestDatabase) -> tuple[str, str]:
    """A report that two desks have closed, and its code."""
    dirk = make_desk(database, "dirk")
    code = sent()
    return close(dora, dirk), code


def do(client: Client, what: str, **typed: str) -> int:
    return client.post(PAGE, {**hidden(client.get(PAGE).content), "do": what, **typed}).status_code


def test_one_asks_another_decides_and_the_page_shows_the_certificate(
    closed: tuple[str, str], dora: DeskStaff, as_staff: AsStaff, database: TestDatabase
):
    report, code = closed
    first, second = as_staff(dora.first), as_staff(dora.second)
    page = read(first.get(PAGE).content)
    assert (page.problems, page.count("h1"), CANARY in page.text) == ([], 1, False)
    assert "no number holds: look whether it is still needed" in page.text
    assert do(first, "ask", chosen=report, basis="EU-2016/679 5(1)(e)") == 302
    found = re.search(r'value="drop-([^"]+)"', first.get(PAGE).content.decode())
    assert found is not None
    assert f'value="decide-{found[1]}"' not in first.get(PAGE).content.decode()
    assert do(first, f"decide-{found[1]}") == 409
    assert do(second, f"decide-{found[1]}") == 302
    with database.used_as(DatabaseRole.JOBS):
        carry_out_at_door()
    page = read(second.get(PAGE).content)
    assert (page.problems, f"erasure {found[1]}" in page.text) == ([], True)
    assert door.open_inbox(code) is None
    assert do(second, f"drop-{found[1]}") == 409


def test_what_is_missing_is_said_at_the_field_and_what_was_chosen_stays(
    closed: tuple[str, str], dora: DeskStaff, as_staff: AsStaff
):
    client = as_staff(dora.first)
    wrong = client.post(
        PAGE, {**hidden(client.get(PAGE).content), "do": "ask", "basis": "GDPR 5", "chosen": "x"}
    )
    assert (wrong.status_code, "Choose at least one whose time has come." in read(wrong.content).text) == (
        422,
        True,
    )
    wrong = client.post(PAGE, {**hidden(client.get(PAGE).content), "do": "ask", "chosen": closed[0]})
    assert wrong.status_code == 422
    assert f'value="{closed[0]}" checked' in wrong.content.decode()
    assert do(client, "hold", chosen=closed[0], hold_basis="CPC 12", until="yesterday") == 422
    assert do(client, "decide-none") == 409
    assert closed[0] in over(dora.first)


def test_a_hold_is_set_and_ended_on_the_page(closed: tuple[str, str], dora: DeskStaff, as_staff: AsStaff):
    client = as_staff(dora.first)
    assert do(client, "hold", chosen=closed[0], hold_basis="CPC 12", until="2030-05-31") == 302
    page = client.get(PAGE).content.decode()
    assert "stopped by a legal hold" in page
    assert do(client, "ask", chosen=closed[0], basis="GDPR 5") == 422
    found = re.search(r'value="end-([^"]+)"', page)
    assert found is not None
    assert do(client, f"end-{found[1]}") == 302
    assert do(client, f"end-{found[1]}") == 409


def test_who_does_not_read_them_comes_to_none_of_the_pages(closed: tuple[str, str], as_staff: AsStaff):
    bo, helper = as_staff(make_staff("bo", Role.GUARDIAN)), as_staff(make_staff("hanna", Role.HELPLINE))
    assert {bo.get(f"/{of}/keeping/").status_code for of in ("reports", "talks", "complaints")} == {403}
    assert [helper.get(f"/{of}/keeping/").status_code for of in ("reports", "talks")] == [403, 200]


def test_the_code_of_an_erased_report_gets_the_answer_of_a_wrong_one(
    closed: tuple[str, str], dora: DeskStaff, as_staff: AsStaff, database: TestDatabase
):
    report, code = closed
    assert "needed. Then it is deleted." in told_at_the_door(code)
    assert do(as_staff(dora.first), "ask", chosen=report, basis="GDPR 5") == 302
    found = re.search(r'value="drop-([^"]+)"', as_staff(dora.first).get(PAGE).content.decode())
    assert found is not None
    assert do(as_staff(dora.second), f"decide-{found[1]}") == 302
    with database.used_as(DatabaseRole.JOBS):
        carry_out_at_door()
    wrong = code.replace(code.split()[0], "zebra" if code.split()[0] != "zebra" else "tiger", 1)
    own, other = told_at_the_door(code), told_at_the_door(wrong)
    assert own.replace(code, "") == other.replace(wrong, "")


def told_at_the_door(code: str) -> str:
    """The page without what is drawn anew for each: the nonce and the signed word of the form."""
    text = Client().post("/hello/", {"step": "inbox", "code": code}).content.decode()
    return re.sub(r'nonce="[^"]*"|name="form" value="[^"]*"', "", text)
