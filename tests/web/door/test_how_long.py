"""How long it is kept is told where it is written, in a talk as in a report: by the rule of the country for each."""

from uuid import uuid4

import pytest
from pytest_django import Settings

from encircle.actions.reports import keeping, talk_desk
from encircle.host import clock
from encircle.law.retention import KeptOf
from encircle.web.page import when
from tests.actions.practice_world import a_number, two_of
from tests.database import TestDatabase
from tests.web.desks import always_there, make_desk, opened
from tests.web.door.test_door import Child
from tests.web.world import Staff

AS_LONG_AS_NEEDED = "kept as long as it is needed"
AFTER = "this may be deleted after"


@pytest.fixture
def dora(own_database: TestDatabase, settings: Settings) -> Staff:
    make_desk(own_database, "dirk")
    dora = make_desk(own_database, "dora").first
    always_there(own_database, dora)
    return dora


def asking() -> Child:
    return Child().press("danger").press("", danger="no").press("ask").press("talk")


def day(of: KeptOf) -> str:
    until = keeping.kept_until(of, clock.now().replace(minute=0, second=0, microsecond=0))
    assert until is not None
    return when.written(until.date())


@pytest.mark.usefixtures("dora")
def test_before_the_first_word_of_a_talk_and_after_it_it_is_told_that_it_is_not_kept_for_ever():
    child = asking()
    assert AS_LONG_AS_NEEDED in child.said
    child.press("say", text="Hi")
    for step in ("look", "part"):
        assert AS_LONG_AS_NEEDED in child.press(step).said
    assert AFTER not in child.said


def test_where_the_country_has_a_number_the_day_is_told_of_a_talk_and_of_what_it_became(
    dora: Staff, own_database: TestDatabase
):
    two = two_of(own_database)
    two.adopt(a_number("3", unit="months", code="talk_kept_for"))
    two.adopt(a_number("2", unit="years", code="report_without_case_kept_for"))
    assert AFTER not in asking().said
    child = asking().press("say", text="Hi").press("look")
    assert f"{AFTER} {day(KeptOf.TALK)}" in child.said
    (talk,) = talk_desk.talks_at_desk(dora.who).talks
    with opened(dora):
        talk_desk.take(dora.who, talk.open.report)
        talk_desk.give(dora.who, talk.open.report, "I must pass it on.", because="danger", token=str(uuid4()))
    assert f"{AFTER} {day(KeptOf.REPORT)}" in child.press("look").said
