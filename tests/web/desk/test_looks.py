"""Who has looked: all that was done with a record, by whom and why, for those who may ask; itself a look."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from encircle.actions.journal import prepare_journal, sequence_journal
from encircle.actions.looks import LooksAsked, looks_at, looks_of
from encircle.records.context import with_context
from encircle.records.roots import add_member
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff, loading, make_staff


def take_part(number: str, carla: Staff, other: Staff) -> None:
    with with_context(agency=carla.agency, actor=carla.person, purpose="protect"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT id::text FROM root WHERE number = %s", (number,))
            root = RootId(cursor.fetchone()[0])
        add_member(root, other.agency, relation="team")


def did(staff: Staff, number: str, asked: LooksAsked | None = None) -> list[tuple[str, str, str]]:
    found = looks_at(staff.who, number, purpose=Purpose.ACCOUNT_FOR, asked=asked or LooksAsked())
    return [(line.kind, line.outcome, line.agency_name) for line in found.lines]


def test_looks_of_all_agencies_stand_newest_first(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    dmitri = make_staff("dmitri", Role.POLICE)
    take_part(aino, carla, dmitri)
    for staff in (carla, dmitri):
        assert as_staff(staff).get(f"/records/{aino}/").status_code == 200
    assert did(carla, aino)[:3] == [
        ("look", "shown", "The agency of dmitri"),
        ("look", "visit_begun", "The agency of dmitri"),
        ("look", "shown", "The agency of carla"),
    ]
    assert did(carla, aino)[0] == ("look", "looks_shown", "The agency of carla")
    only = LooksAsked(agency=dmitri.agency)
    assert did(carla, aino, only)[:1] == [("look", "shown", "The agency of dmitri")]
    assert did(carla, aino, LooksAsked(kind="write"))[-1][1] == "loaded"


def test_the_page_tells_who_why_and_which_parts(aino: str, carla: Staff, as_staff: Callable[[Staff], Client]):
    client = as_staff(carla)
    client.get(f"/records/{aino}/")
    answer = client.get(f"/records/{aino}/looks/")
    page = read(answer.content)
    assert (answer.status_code, page.problems, page.count("h1")) == (200, [], 1)
    for words in (carla.login, "The agency of carla", "to protect the child", "the minimum", "Not yet"):
        assert words in page.text


def test_who_may_not_ask_is_told_whom_to_ask_and_eva_gets_nothing(
    aino: str, carla: Staff, eva: Staff, as_staff: Callable[[Staff], Client]
):
    dmitri = make_staff("dmitri", Role.POLICE)
    take_part(aino, carla, dmitri)
    refused = as_staff(dmitri).get(f"/records/{aino}/looks/")
    assert refused.status_code == 403
    assert "Ask the case lead" in read(refused.content).text
    hidden, absent = (as_staff(eva).get(f"/records/{number}/looks/") for number in (aino, "zzzz-zzzz"))
    assert (hidden.status_code, absent.status_code) == (404, 404)


def test_three_looks_cost_as_many_queries_as_one(aino: str, carla: Staff):
    did(carla, aino)
    with CaptureQueriesContext(connection) as one:
        before = len(did(carla, aino))
    for _ in range(2):
        did(carla, aino)
    with CaptureQueriesContext(connection) as more:
        assert len(did(carla, aino)) == before + 3
    assert len(more) == len(one)


def test_older_entries_are_on_the_next_page_and_none_twice(
    aino: str, carla: Staff, monkeypatch: pytest.MonkeyPatch
):
    for _ in range(4):
        did(carla, aino)
    monkeypatch.setattr("encircle.actions.looks.ON_A_PAGE", 2)
    first = looks_at(carla.who, aino, purpose=Purpose.ACCOUNT_FOR, asked=LooksAsked())
    second = looks_at(carla.who, aino, purpose=Purpose.ACCOUNT_FOR, asked=LooksAsked(before=first.next_page))
    assert (len(first.lines), len(second.lines)) == (2, 2)
    assert not {line.id for line in first.lines} & {line.id for line in second.lines}
    assert first.lines[-1].at > second.lines[0].at


def test_what_cannot_be_read_of_the_question_counts_as_not_asked(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    odd = {"kind": "x", "agency": "'", "person": "\0", "before": "2026-01-01/zz"}
    assert as_staff(carla).get(f"/records/{aino}/looks/", odd).status_code == 200


def test_an_entry_says_when_a_signed_head_holds_it(
    own_database: TestDatabase, tmp_path: Path, settings: Settings
):
    settings.JOURNAL_KEY_FILE, settings.JOURNAL_WITNESS = str(tmp_path / "key"), str(tmp_path / "witness")
    prepare_journal()
    carla = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    looks_of(carla.who, purpose=Purpose.WORK_LIST, asked=LooksAsked())
    first = looks_of(carla.who, purpose=Purpose.WORK_LIST, asked=LooksAsked())
    with loading(own_database):
        sequence_journal()
    second = looks_of(carla.who, purpose=Purpose.WORK_LIST, asked=LooksAsked())
    assert [line.signed for line in first.lines] == [False]
    assert [line.signed for line in second.lines] == [True, True]


def test_everybody_sees_what_they_have_done_themselves_and_nobody_else(
    aino: str, carla: Staff, eva: Staff, as_staff: Callable[[Staff], Client]
):
    as_staff(carla).get(f"/records/{aino}/")
    assert aino in read(as_staff(carla).get("/my-looks/").content).text
    page = read(as_staff(eva).get("/my-looks/").content)
    assert (aino in page.text, page.problems) == (False, [])


def test_times_are_those_of_the_law_and_the_person_can_be_chosen(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    dmitri = make_staff("dmitri", Role.POLICE)
    take_part(aino, carla, dmitri)
    for staff in (carla, dmitri):
        as_staff(staff).get(f"/records/{aino}/")
    found = looks_at(carla.who, aino, purpose=Purpose.ACCOUNT_FOR, asked=LooksAsked())
    assert found.zone != "UTC"
    assert {carla.person, dmitri.person} <= set(found.people)
    page = as_staff(carla).get(f"/records/{aino}/looks/", {"person": dmitri.person})
    (table,) = page.content.decode().partition("<tbody>")[2:]
    assert (dmitri.login in table, carla.login in table) == (True, False)
    assert f'value="{dmitri.person}" selected' in page.content.decode()
