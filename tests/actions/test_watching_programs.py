"""Looks by a token of the API stand out as those of a person do: told to the supervisors of its agency, never to itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from psycopg.errors import CheckViolation

from encircle.actions.supervised import (
    LooksOfAsked,
    NoSuchAlarm,
    alarms_of,
    answer_alarm,
    looks_of_people,
    looks_to_take_out,
)
from encircle.actions.token import make_token, tokens
from encircle.core.journal.pattern import Finding, Pattern
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.actions.test_watching import (
    a_moment_ago,
    always,
    children,
    dmitri,
    house,
    in_region,
    looked,
    supervisor,
    told,
    watched,
    with_role,
)
from tests.database import TestDatabase
from tests.web.desk.test_told_higher import heard, too_late
from tests.web.world import Staff, journal_of, loading, make_staff

__all__ = ["children", "dmitri", "house", "supervisor"]
WORDS = "Asked who runs it: the import of the year ran twice."


def program_of(house: TestDatabase, staff: Staff, role: Role = Role.POLICE, name: str = "case-file") -> str:
    """A program of that agency: the id of its token."""
    with loading(house):
        make_token(agency=f"a-{staff.agency}", role=role, name=name, purposes=[Purpose.PROTECT])
        return next(one.id for one in tokens(f"a-{staff.agency}") if one.name == name)


def working_with(token: str, staff: Staff, person: str = "") -> Staff:
    """The program as one who acts: with its token, for a person whom the agency knows by a code."""
    return replace(staff, person=f"token:{token}" + (f":{person}" if person else ""))


@pytest.fixture
def token(house: TestDatabase, dmitri: Staff) -> str:
    return program_of(house, dmitri)


@pytest.fixture
def program(token: str, dmitri: Staff) -> Staff:
    return working_with(token, dmitri)


@pytest.mark.parametrize(
    ("pattern", "many", "region", "protection", "kind"),
    [
        (Pattern.MANY, 80, "near", "identified", "look"),
        (Pattern.OUTSIDE, 20, "far", "identified", "look"),
        (Pattern.CLOSED, 10, "near", "closed", "look"),
        (Pattern.NIGHT, 12, "near", "identified", "look"),
        (Pattern.REFUSED, 15, "near", "identified", "refusal"),
    ],
)
def test_looks_by_a_token_stand_out_from_the_number_of_practice_on_and_not_before(
    pattern: Pattern,
    many: int,
    region: str,
    protection: str,
    kind: str,
    house: TestDatabase,
    dmitri: Staff,
    supervisor: Staff,
    token: str,
    program: Staff,
    children: Callable[..., None],
):
    in_region(house, dmitri, "near")
    other = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    lead = other if pattern is Pattern.OUTSIDE else dmitri
    children("c", many, region=region, lead=lead, protection=protection)
    always(house, dmitri, opened=pattern is not Pattern.NIGHT)
    looked(house, program, "c", many - 1, kind=kind)
    assert watched(house).alarms == 0
    with house.connect_as_keeper() as keeper:
        keeper.execute("ALTER TABLE journal_entry DISABLE TRIGGER ALL")
        keeper.execute("DELETE FROM journal_entry")
    looked(house, program, "c", many, kind=kind)
    assert watched(house).alarms == 1
    (alarm,) = alarms_of(supervisor.who).items
    assert (alarm.pattern, alarm.counted, alarm.times, alarm.token, alarm.program) == (
        pattern.value,
        many,
        many,
        token,
        "case-file",
    )
    assert (alarm.person, alarm.person_name, alarm.role) == (None, "", "police")
    assert told(make_staff("eva", Role.SUPERVISOR)) == []


def test_it_is_one_token_whomever_it_works_for_and_no_person_of_the_agency(
    house: TestDatabase,
    dmitri: Staff,
    supervisor: Staff,
    token: str,
    children: Callable[..., None],
):
    children("c", 15, region="near", lead=dmitri)
    looked(house, dmitri, "c", 14, kind="refusal")
    looked(house, working_with(token, dmitri, "worker-17"), "c", 7, kind="refusal")
    other = program_of(house, dmitri, name="letters")
    looked(house, working_with(other, dmitri), "c", 14, kind="refusal")
    assert watched(house).alarms == 0
    looked(house, working_with(token, dmitri, "worker-18"), "c", 8, kind="refusal")
    assert watched(house).alarms == 1
    (alarm,) = alarms_of(supervisor.who).items
    assert (alarm.token, alarm.counted) == (token, 15)


def test_what_a_token_wrote_in_a_closed_record_was_work(
    house: TestDatabase, dmitri: Staff, token: str, children: Callable[..., None]
):
    children("c", 10, region="near", lead=dmitri, protection="closed")
    looked(house, working_with(token, dmitri, "worker-17"), "c", 10)
    looked(house, working_with(token, dmitri, "worker-18"), "c", 10, kind="write", outcome="saved")
    assert watched(house).alarms == 0


def test_nothing_is_counted_twice_and_new_refusals_are(
    house: TestDatabase, dmitri: Staff, supervisor: Staff, program: Staff, children: Callable[..., None]
):
    children("c", 15, region="near", lead=dmitri)
    looked(house, program, "c", 15, kind="refusal")
    assert [watched(house).alarms, watched(house).alarms] == [1, 0]
    looked(house, program, "c", 15, kind="refusal", at=a_moment_ago() + timedelta(minutes=1))
    assert [watched(house).alarms, watched(house).alarms] == [1, 0]
    assert told(supervisor) == [("refused", 15, 15)] * 2


def test_a_token_never_sees_its_own_alarm_though_its_role_supervises(
    house: TestDatabase, dmitri: Staff, supervisor: Staff, children: Callable[..., None]
):
    own, other = (program_of(house, dmitri, name=name) for name in ("of-it", "of-another"))
    children("c", 15, region="near", lead=dmitri)
    looked(house, working_with(own, dmitri), "c", 15, kind="refusal")
    watched(house)
    assert told(supervisor) == [("refused", 15, 15)]
    assert told(working_with(other, supervisor)) == [("refused", 15, 15)]
    assert told(working_with(own, supervisor)) == told(working_with(own, supervisor, "worker-17")) == []


def test_an_alarm_of_a_token_is_answered_and_goes_higher_when_nobody_does(
    house: TestDatabase, dmitri: Staff, supervisor: Staff, program: Staff, children: Callable[..., None]
):
    mari = make_staff("mari", Role.COORDINATOR)
    children("c", 15, region="near", lead=dmitri)
    looked(house, program, "c", 15, kind="refusal")
    watched(house)
    assert heard(mari) == []
    too_late(house)
    watched(house)
    assert heard(mari) == [(None, "The agency of dmitri")]
    (alarm,) = alarms_of(supervisor.who).items
    eva = make_staff("eva", Role.SUPERVISOR)
    with pytest.raises(NoSuchAlarm):
        answer_alarm(eva.who, alarm.id, found=Finding.EXPLAINED, words=WORDS)
    answer_alarm(supervisor.who, alarm.id, found=Finding.EXPLAINED, words=WORDS)
    watched(house)
    assert heard(mari) == []
    (answered,) = alarms_of(supervisor.who, answered=True).items
    assert (answered.program, answered.found, answered.answer) == ("case-file", "explained", WORDS)


def test_the_supervisor_sees_what_a_token_did_whomever_it_worked_for(
    house: TestDatabase, dmitri: Staff, supervisor: Staff, token: str, children: Callable[..., None]
):
    children("c", 2, region="near", lead=dmitri)
    looked(house, dmitri, "c", 1, kind="write", outcome="saved")
    looked(house, working_with(token, dmitri), "c", 1)
    looked(house, working_with(token, dmitri, "worker-17"), "c", 2)
    asked = LooksOfAsked(token=token)
    found = looks_of_people(supervisor.who, asked)
    assert [name.name for name in found.programs.values()] == ["case-file"]
    assert [(line.kind, line.person, line.program) for line in found.lines] == [("look", "", "case-file")] * 3
    assert len(looks_to_take_out(supervisor.who, asked).lines) == 3
    assert journal_of(supervisor)[-2:] == [
        ("look", "supervised_looks_shown", "supervise", "", False),
        ("export", "supervised_looks_taken_out", "supervise", "", False),
    ]
    eva = make_staff("eva", Role.SUPERVISOR)
    elsewhere = looks_of_people(eva.who, asked)
    assert (elsewhere.lines, dict(elsewhere.programs)) == ((), {})
    assert looks_of_people(supervisor.who, LooksOfAsked(token=supervisor.person)).lines == ()


def test_an_agency_above_sees_programs_of_those_that_are_a_part_of_it(
    house: TestDatabase, dmitri: Staff, token: str, program: Staff, children: Callable[..., None]
):
    above = make_staff("head", Role.SUPERVISOR)
    with house.connect_as_keeper() as keeper:
        keeper.execute("UPDATE agency SET part_of_id = %s WHERE id = %s", (above.agency, dmitri.agency))
    children("c", 15, region="near", lead=dmitri)
    looked(house, program, "c", 15, kind="refusal")
    watched(house)
    assert told(above) == [("refused", 15, 15)]
    assert len(looks_of_people(above.who, LooksOfAsked(token=token)).lines) == 15
    assert told(with_role(dmitri, Role.DATA_PROTECTION_OFFICER)) == [("refused", 15, 15)]


@pytest.mark.parametrize("of", ["nobody", "both"])
def test_an_alarm_is_of_a_person_or_of_a_token(house: TestDatabase, dmitri: Staff, token: str, of: str):
    person, its = (dmitri.person, token) if of == "both" else (None, None)
    with house.connect_as_keeper() as keeper, pytest.raises(CheckViolation):
        keeper.execute(
            "INSERT INTO look_alarm (id, pattern, person_id, token_id, agency_id, counted, times, since, through)"
            " VALUES (gen_random_uuid(), 'many', %s, %s, %s, 1, 1, now(), now())",
            (person, its, dmitri.agency),
        )
