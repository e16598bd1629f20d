"""Alarms that nobody answers in time go to the desk that the mandates name: told once, without content, until answered."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from encircle.actions.emergency import Found, emergencies_of, open_in_emergency, review_emergency
from encircle.actions.supervised import alarms_of, answer_alarm
from encircle.actions.told import UNANSWERED, told_to
from encircle.actions.watching import hearing
from encircle.actions.whose_law import law_for
from encircle.core.journal.pattern import Finding
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.actions.test_watching import children, dmitri, house, looked, supervisor, watched
from tests.database import TestDatabase
from tests.web.desk.test_emergency import led_by
from tests.web.reading import read
from tests.web.world import Staff, make_staff

__all__ = ["children", "dmitri", "house", "supervisor"]
WHY = "The child stands at the counter, alone, and needs help before the morning."


@pytest.fixture
def mari(house: TestDatabase) -> Staff:
    return make_staff("mari", Role.COORDINATOR)


def too_late(house: TestDatabase) -> None:
    """The time that practice sets for all answers has passed."""
    with house.connect_as_keeper() as keeper, keeper.transaction():
        for table, column in (("look_alarm", "answer_by"), ("emergency_access", "review_by")):
            keeper.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            keeper.execute(f"UPDATE {table} SET {column} = now() - interval '1 minute'")
            keeper.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def heard(staff: Staff) -> list[tuple[object, str]]:
    items = told_to(staff.who, purpose=Purpose.WORK_LIST).items
    return [(one.waiting, one.acted_name) for one in items if one.kind == UNANSWERED]


def test_looks_that_nobody_explains_in_time_are_told_to_the_coordinator_until_somebody_does(
    house: TestDatabase, mari: Staff, dmitri: Staff, supervisor: Staff, children: Callable[..., None]
):
    children("c", 3, region="near", lead=dmitri)
    looked(house, dmitri, "c", 3, kind="write", outcome="emergency_opened")
    watched(house)
    assert heard(mari) == []
    too_late(house)
    watched(house)
    watched(house)
    assert heard(mari) == [(None, "The agency of dmitri")]
    (alarm,) = alarms_of(supervisor.who).items
    answer_alarm(supervisor.who, alarm.id, found=Finding.MISTAKE, words="He took them for his own cases.")
    watched(house)
    assert heard(mari) == []


def test_an_emergency_that_nobody_reviews_in_time_is_told_too_and_stands_on_the_page_of_figures(
    house: TestDatabase, mari: Staff, dmitri: Staff, as_staff: Callable[[Staff], Client]
):
    carla = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    number = led_by(carla)
    open_in_emergency(dmitri.who, number, reason=WHY, token="8f0d2c1e-7a4b-4c3d-9e2f-1a2b3c4d5e6f")
    watched(house)
    page = read(as_staff(mari).get("/emergency/counted/").content)
    assert ("has not answered in time" in page.text, heard(mari)) == (False, [])
    too_late(house)
    watched(house)
    assert heard(mari) == [(None, "The agency of carla")]
    client = as_staff(mari)
    told = client.get("/notices/")
    assert (
        "An agency has not answered in time" in read(told.content).text,
        number in told.content.decode(),
    ) == (
        True,
        False,
    )
    page = read(client.get("/emergency/counted/").content)
    assert page.problems == []
    for said in ("Your desk was told on", "Your desk was told 1 time in that year"):
        assert said in page.text
    (one,) = emergencies_of(carla.who, number).items
    review_emergency(carla.who, number, one.id, found=Found.NEEDED, words="I called the counter.")
    watched(house)
    assert heard(mari) == []


def test_nobody_else_is_told_and_no_desk_of_another_country(
    house: TestDatabase, dmitri: Staff, children: Callable[..., None]
):
    others = make_staff("others", Role.COORDINATOR)
    with house.connect_as_keeper() as keeper:
        keeper.execute("UPDATE agency SET country = 'FI' WHERE id = %s", (others.agency,))
    children("c", 3, region="near", lead=dmitri)
    looked(house, dmitri, "c", 3, kind="write", outcome="emergency_opened")
    watched(house)
    too_late(house)
    watched(house)
    assert (heard(others), heard(dmitri)) == ([], [])


def test_which_desk_hears_it_is_said_by_the_mandates():
    law = law_for("EE")
    assert hearing(law) == ("coordinator",)
    moved = tuple(
        replace(one, decides=(one.decides - {Decision.HEAR_UNANSWERED}))
        if one.role is Role.COORDINATOR
        else replace(one, decides=one.decides | {Decision.HEAR_UNANSWERED})
        if one.role is Role.OMBUDSPERSON
        else one
        for one in law.mandates
    )
    assert hearing(replace(law, mandates=moved)) == ("ombudsperson",)
