"""What an agency was told stands on a page of its own, through the same gate; the message itself names nobody."""

from collections.abc import Callable, Iterator

import msgspec
import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from encircle.actions.notices import send_notices, tell_higher
from encircle.vocabulary.role import Role
from tests.actions.kept import as_jobs, cases
from tests.database import TestDatabase
from tests.mail import PostOffice, post_office
from tests.web.reading import read
from tests.web.world import Staff, journal_of, make_staff

SignedIn = Callable[[Staff], Client]
ALARM = "P1-interview"


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    with post_office() as office:
        settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = "127.0.0.1", office.port, "none"
        yield office


@pytest.fixture
def told(aino: str, carla: Staff, database: TestDatabase) -> str:
    """Carla's agency was told of an alarm on Aino's record; the title of the prohibition stands in the pack."""
    notice_of(aino, carla, database)
    return aino


def notice_of(number: str, staff: Staff, database: TestDatabase, *, step: int = 0, acted: str = "") -> None:
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "INSERT INTO notice (root_id, kind, code, agency_id, acted_id, step)"
            " SELECT id, 'alarm', %s, %s, %s, %s FROM root WHERE number = %s",
            (ALARM, staff.agency, acted or staff.agency, step, number),
        )


def names_of_children() -> Iterator[str]:
    """All words of names of the children of the demonstration that are no slip of two letters."""
    for case in cases():
        for fact in case.facts:
            if fact.type == "name_recorded":
                told = msgspec.to_builtins(fact.payload)
                yield from (word for name in told.values() for word in str(name).split() if len(word) > 2)


def test_the_names_of_the_demonstration_would_be_found():
    assert len(set(names_of_children())) > len(cases())


def test_what_waits_stands_with_its_record_and_where_to_answer(told: str, carla: Staff, as_staff: SignedIn):
    page = read(as_staff(carla).get("/notices/").content)
    assert page.problems == []
    assert {f"/records/{told}/", f"/records/{told}/alarms/{ALARM}/acknowledge/"} <= set(page.links)
    assert "No mail is sent from here" in page.text
    assert ("look", "notices_listed") in {entry[:2] for entry in journal_of(carla)}


def test_what_is_settled_has_left_the_page(
    told: str, carla: Staff, database: TestDatabase, as_staff: SignedIn
):
    assert told in read(as_staff(carla).get("/notices/").content).text
    with database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE notice SET settled_at = now()")
    page = read(as_staff(carla).get("/notices/").content)
    assert "Nothing waits for an answer" in page.text
    assert told not in page.text


def test_eva_sees_nothing_of_what_others_were_told(told: str, eva: Staff, as_staff: SignedIn):
    page = read(as_staff(eva).get("/notices/").content)
    assert "Nothing waits for an answer" in page.text
    assert told not in page.text


def test_a_higher_desk_that_takes_no_part_learns_who_has_not_answered_and_nothing_of_the_child(
    told: str, carla: Staff, database: TestDatabase, as_staff: SignedIn
):
    bo = make_staff("bo", Role.COORDINATOR)
    notice_of(told, bo, database, step=2, acted=carla.agency)
    content = as_staff(bo).get("/notices/").content
    page = read(content)
    assert page.problems == []
    assert "In a record that is not open to you" in page.text
    assert "The agency of carla" in page.text
    assert told.encode() not in content
    assert ALARM.encode() not in content


def test_a_letter_names_nobody_and_no_record(
    told: str, carla: Staff, database: TestDatabase, office: PostOffice
):
    with database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE agency SET notice_address = 'desk@agency.example', night_address = ''")
    with as_jobs(database):
        while send_notices().mailed:
            tell_higher()
    assert office.letters
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM agency UNION SELECT code FROM agency")
        names = {name for (name,) in cursor.fetchall()}
    with database.connect_as_keeper() as keeper:
        names |= {str(number) for (number,) in keeper.execute("SELECT number FROM root").fetchall()}
        names |= {str(code) for (code,) in keeper.execute("SELECT code FROM notice").fetchall()}
    names |= set(names_of_children())
    for letter in office.letters:
        assert [name for name in sorted(names) if name in letter.content] == []
    bodies = {letter.content.partition("\n\n")[2] for letter in office.letters}
    assert len(bodies) == 1
