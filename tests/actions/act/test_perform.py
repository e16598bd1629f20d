"""An act writes all of its facts or none; each refusal is a value that people can read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from pytest_django import Settings

from encircle.actions.act import (
    AlreadySaved,
    NotTaken,
    Performed,
    Prohibited,
    Statement,
    add_learnt,
    foresee,
    perform,
    withdraw,
)
from encircle.actions.permit import NotAllowed, NotSeen
from encircle.host import clock
from encircle.records.context import with_context
from encircle.records.facts import facts_of
from encircle.records.refusal import Conflict
from encircle.records.roots import open_root
from encircle.records.seen import root_numbered
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.world import Staff, journal_of, make_staff, numbers_seen


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def eva(database: TestDatabase) -> Staff:
    return make_staff("eva", Role.NGO)


@pytest.fixture
def aino(carla: Staff) -> str:
    return open_record(carla)


def open_record(staff: Staff, kind: Kind = Kind.CHILD) -> str:
    """The number of a new record of that agency."""
    before = set(numbers_seen(staff))
    with with_context(agency=staff.agency, actor=staff.person, purpose="record") as ctx:
        open_root(kind, ctx=ctx)
    (number,) = set(numbers_seen(staff)) - before
    return number


def on_record(staff: Staff, number: str) -> tuple[Fact, ...]:
    with with_context(agency=staff.agency, actor=staff.person, purpose="protect"):
        root = root_numbered(number)
        assert root is not None
        return facts_of(root.id)


def state(staff: Staff, number: str, *statements: Statement, token: str | None = None) -> Performed:
    return perform(staff.who, number, statements, token=token or str(uuid4()))


def wrong(staff: Staff, number: str, *statements: Statement) -> list[tuple[int, str, str]]:
    """What is told to be wrong; nothing is saved."""
    before = on_record(staff, number)
    with pytest.raises(NotTaken) as refused:
        state(staff, number, *statements)
    assert on_record(staff, number) == before
    return [(one.statement, one.field, one.code) for one in refused.value.problems]


CARE = Statement(type="parental_care_recorded", values={"parental_care": "absent"})


def test_an_act_is_on_record_with_its_journal_entry_and_tells_what_it_changed(carla: Staff, aino: str):
    done = state(carla, aino, CARE)
    assert on_record(carla, aino) == done.facts
    assert journal_of(carla) == [("write", "parental_care_recorded", "record", "M", True)]
    assert not done.again
    claimed = state(
        carla, aino, Statement(type="age_claimed", values={"claimed_child": True, "claimed_years": 15})
    )
    assert claimed.raised != ()
    assert claimed.alarms == ()


def test_later_statements_name_what_earlier_ones_made(carla: Staff, aino: str):
    done = state(
        carla,
        aino,
        Statement(type="proceeding_opened", values={"proceeding_kind": "criminal_victim"}, label="case"),
        Statement(
            type="interview_planned", values={"at": "2026-12-24", "proceeding": "@case"}, label="interview"
        ),
        Statement(
            type="interview_postponed", values={"postponed_because": "no_guardian"}, subject="@interview"
        ),
    )
    opened, planned, postponed = done.facts
    assert planned.payload.proceeding == opened.id
    assert postponed.subject == planned.id


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_saved(carla: Staff, aino: str):
    assert wrong(
        carla,
        aino,
        CARE,
        Statement(
            type="interview_planned",
            values={"purpose": "chat", "proceeding": str(uuid4()), "interviewer": "@nobody", "colour": "red"},
            happened="soon",
        ),
        Statement(type="guardian_seen"),
    ) == [
        (1, "interviewer", "not_on_record"),
        (1, "proceeding", "not_on_record"),
        (1, "at", "missing_field"),
        (1, "purpose", "wrong_value"),
        (1, "'colour'", "unknown_field"),
        (1, "happened", "not_a_time"),
        (2, "type", "unknown_type"),
    ]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (Statement(type="interview_held", happened="2199"), ("happened", "in_the_future")),
        (Statement(type="interview_held", happened="2026-02-30"), ("happened", "not_a_time")),
        (
            Statement(type="interview_held", happened="2026-05-06", learnt_at="2026-05-05"),
            ("learnt_at", "learnt_before"),
        ),
        (
            Statement(type="interview_held", happened="2026-05-06", learnt_at="2199"),
            ("learnt_at", "in_the_future"),
        ),
        (
            Statement(type="interview_held", happened="2026-05-06", learnt_at="soon"),
            ("learnt_at", "not_a_time"),
        ),
        (Statement(type="interview_held", happened="2001"), ("happened", "before_birth")),
        (Statement(type="interview_held", agency="nobody"), ("agency", "no_such_agency")),
        (Statement(type="interview_held", said_by="Her aunt"), ("said_by", "not_a_code")),
        (Statement(type="interview_held", subject="@case"), ("subject", "not_on_record")),
        (Statement(type="interview_held", corrects=FactId(str(uuid4()))), ("corrects", "not_on_record")),
        (Statement(type="died", subject=str(uuid4())), ("subject", "about_the_child")),
        (
            Statement(type="agency_consulted", values={"asked": str(uuid4()), "answer": "no_answer"}),
            ("asked", "no_such_agency"),
        ),
    ],
)
def test_each_thing_that_cannot_be_is_told_by_its_field(
    carla: Staff, aino: str, statement: Statement, told: tuple[str, str]
):
    state(
        carla,
        aino,
        Statement(type="date_of_birth_recorded", values={"date_of_birth": "2011", "evidence": "document"}),
    )
    assert wrong(carla, aino, statement) == [(0, *told)]


def test_what_only_a_living_child_does_is_not_said_before_birth(carla: Staff, aino: str):
    state(carla, aino, Statement(type="birth_expected", values={"expected": "2027-02"}))
    assert wrong(carla, aino, Statement(type="interview_held")) == [(0, "type", "not_born")]
    state(carla, aino, CARE)


def test_a_thing_of_another_kind_or_of_another_record_is_refused_alike_by_its_field(carla: Staff, aino: str):
    (guardian,) = state(
        carla, aino, Statement(type="guardian_appointed", values={"capacity": "guardian"})
    ).facts
    other = open_record(carla)
    (elsewhere,) = state(
        carla, other, Statement(type="proceeding_opened", values={"proceeding_kind": "criminal_victim"})
    ).facts
    plan = {"at": "2026-12-24"}
    for proceeding, code in ((guardian.id, "of_another_kind"), (elsewhere.id, "not_on_record")):
        statement = Statement(type="interview_planned", values={**plan, "proceeding": proceeding})
        assert wrong(carla, aino, statement) == [(0, "proceeding", code)]


def test_the_same_form_sent_twice_is_saved_once(carla: Staff, aino: str):
    token = str(uuid4())
    first = state(carla, aino, CARE, token=token)
    second = state(carla, aino, CARE, token=token)
    assert (second.facts, second.again) == (first.facts, True)
    assert on_record(carla, aino) == first.facts


def test_the_same_form_with_other_answers_is_told_and_not_lost_in_silence(carla: Staff, aino: str):
    token = str(uuid4())
    first = state(carla, aino, CARE, token=token)
    other = Statement(type="parental_care_recorded", values={"parental_care": "present"})
    with pytest.raises(AlreadySaved):
        state(carla, aino, other, token=token)
    assert on_record(carla, aino) == first.facts


def test_a_token_that_no_form_carries_is_refused(carla: Staff, aino: str):
    with pytest.raises(Refused, match="not made here"):
        state(carla, aino, CARE, token="1; DROP TABLE fact")


def test_a_stale_write_gets_both_and_changes_nothing(carla: Staff, aino: str):
    first = state(carla, aino, Statement(type=CARE.type, values=CARE.values, follows=None))
    stale = Statement(type=CARE.type, values={"parental_care": "present"}, follows=None)
    with pytest.raises(Conflict) as refused:
        state(carla, aino, stale)
    assert refused.value.theirs == first.facts
    assert on_record(carla, aino) == first.facts


def test_an_act_of_several_facts_is_all_or_nothing(carla: Staff, aino: str):
    first = state(carla, aino, CARE)
    stale = Statement(type=CARE.type, values={"parental_care": "present"}, follows=None)
    with pytest.raises(Conflict):
        state(carla, aino, Statement(type="language_recorded", values={"languages": ["et"]}), stale)
    assert on_record(carla, aino) == first.facts
    assert len(journal_of(carla)) == 1


def test_a_plan_that_crosses_a_prohibition_is_refused_with_its_rule(carla: Staff, aino: str):
    plan = Statement(type="interview_planned", values={"at": "2026-12-24", "suspect_expected": True})
    with pytest.raises(Prohibited) as refused:
        state(carla, aino, plan)
    assert [alarm.rule.code for alarm in refused.value.alarms] == ["P1-interview_planned"]
    assert refused.value.by_two_persons
    assert refused.value.instead == "Another time or place, or a video link."
    assert "31(1)(g)" in str(refused.value.source)
    assert on_record(carla, aino) == ()


def test_what_has_happened_already_is_taken_and_alarms(carla: Staff, aino: str):
    held = Statement(type="interview_held", values={"in_presence_of_suspect": True})
    assert [a.rule.code for a in foresee(carla.who, aino, [held], token=str(uuid4())).recorded] == [
        "P1-interview"
    ]
    assert on_record(carla, aino) == ()
    assert state(carla, aino, held).alarms == ("P1-interview",)


def test_a_prohibition_that_stands_already_refuses_no_other_plan(carla: Staff, aino: str):
    state(carla, aino, Statement(type="interview_held", values={"in_presence_of_suspect": True}))
    state(carla, aino, Statement(type="hearing_scheduled", values={"at": "2026-12-24"}))


def test_a_correction_stands_in_and_a_withdrawal_takes_back(carla: Staff, aino: str):
    (first,) = state(carla, aino, Statement(type="guardian_appointed", values={"capacity": "guardian"})).facts
    (second,) = state(
        carla,
        aino,
        Statement(
            type=first.type, values={"capacity": "representative"}, corrects=first.id, follows=first.id
        ),
    ).facts
    assert (second.corrects, second.subject) == (first.id, first.id)
    (third,) = withdraw(
        carla.who, aino, second.id, reasons="The wrong record.", token=str(uuid4()), follows=second.id
    ).facts
    assert (third.withdraws, third.type) == (second.id, "withdrawal")


def test_two_sources_that_differ_both_stand(carla: Staff, eva: Staff, aino: str):
    born = "date_of_birth_recorded"
    values = {"date_of_birth": "2011-03", "evidence": "statement"}
    (ours,) = state(carla, aino, Statement(type=born, values=values)).facts
    (theirs,) = state(
        carla,
        aino,
        Statement(
            type=born,
            values={**values, "date_of_birth": "2009-03"},
            agency=eva.agency,
            certainty=Certainty.REPORTED,
            version_of=ours.id,
            follows=ours.id,
        ),
    ).facts
    assert {one.agency for one in theirs.learnt} == {carla.agency, eva.agency}
    assert (theirs.agency, theirs.version_of) == (eva.agency, ours.id)


def test_a_fact_is_learnt_when_seen_and_when_told(carla: Staff, aino: str):
    seen, told = (
        Statement(type="interview_held", happened="2026-05-06T10:00", certainty=certainty)
        for certainty in (Certainty.OBSERVED, Certainty.REPORTED)
    )
    first, second = state(carla, aino, seen, told).facts
    assert first.learnt[0].at == first.happened.latest
    assert clock.now() - second.learnt[0].at < timedelta(minutes=1)


def test_an_agency_learns_a_fact_once(carla: Staff, aino: str):
    stated = Statement(type="interview_held", happened="2026-05-06", learnt_at="2026-05-10")
    (fact,) = state(carla, aino, stated).facts
    at = datetime(2026, 5, 8, tzinfo=UTC)
    assert [add_learnt(carla.who, aino, fact.id, at=at).again for _ in range(2)] == [False, True]
    (again,) = on_record(carla, aino)
    assert at in [learnt.at for learnt in again.learnt]
    assert add_learnt(carla.who, aino, fact.id).again
    assert on_record(carla, aino) == (again,)


def test_nobody_learns_what_they_may_not_add_to_nor_at_a_time_that_cannot_be(carla: Staff, aino: str):
    (fact,) = state(carla, aino, CARE).facts
    for at, code in (("2199", "in_the_future"), ("some day", "not_a_time")):
        with pytest.raises(NotTaken) as refused:
            add_learnt(carla.who, aino, fact.id, at=at)
        assert [(one.field, one.code) for one in refused.value.problems] == [("learnt_at", code)]
    opened = Statement(type="proceeding_opened", values={"proceeding_kind": "criminal_victim"})
    (seen,) = state(carla, aino, opened).facts
    with pytest.raises(NotAllowed):
        add_learnt(replace(carla.who, role=Role.GUARDIAN), aino, seen.id)


def test_eva_writes_nothing_on_a_record_of_others(carla: Staff, eva: Staff, aino: str):
    with pytest.raises(NotSeen):
        state(eva, aino, CARE)
    assert on_record(carla, aino) == ()
