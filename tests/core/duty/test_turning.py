"""Turning: when time alone can next change an answer. Rather one instant too many than one too few."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encircle.actions.law import law_of
from encircle.core.child import AsOf
from encircle.core.duty import ledger
from encircle.core.duty.turning import next_turning
from encircle.core.prohibition import alarms
from encircle.law.duty import DutyRule
from encircle.law.law import Law
from encircle.law.prohibition import ProhibitionRule
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.moment import parse_span
from tests.core.duty.world import GUARDIAN_DUTY, alone
from tests.core.world import ZONE, at, duty, fact, folded, instants, prohibition, records

LAW = replace(law_of("ee"), duties=(), prohibitions=())


def law(*rules: DutyRule | ProhibitionRule) -> Law:
    return replace(
        LAW,
        duties=tuple(rule for rule in rules if isinstance(rule, DutyRule)),
        prohibitions=tuple(rule for rule in rules if isinstance(rule, ProhibitionRule)),
    )


def turning(
    facts: tuple[Fact, ...], now: str | datetime, *rules: DutyRule | ProhibitionRule
) -> datetime | None:
    instant = at(now) if isinstance(now, str) else now
    found, of = folded(facts, AsOf(instant)), law(*rules)
    rows = ledger(found, of.duties, calendar=of.calendar)
    return next_turning(facts, found, rows, law=of, now=instant)


def test_where_nothing_lies_ahead_no_time_changes_the_answer():
    assert turning((), "2026-03-05") is None
    assert turning((alone(),), "2026-03-05") is None


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-03-02T12:00", "the day of the fact ends"),
        ("2026-03-03", "a quarter is left"),
        ("2026-03-11", "the last minute"),
        ("2026-03-12", "the last minute"),
    ],
)
def test_a_duty_turns_when_it_is_due_soon_and_when_it_is_due(now: str, then: str):
    told, due = alone(), at("2026-03-12")
    moments = {
        "the day of the fact ends": told.happened.latest,
        "a quarter is left": due - (due - told.happened.earliest) / 4,
        "the last minute": due,
    }
    assert turning((told,), now, GUARDIAN_DUTY) == moments[then]


def test_after_its_time_a_duty_turns_no_more():
    assert turning((alone(),), at("2026-03-12") + timedelta(minutes=1), GUARDIAN_DUTY) is None


def test_what_has_not_happened_yet_turns_when_it_can_have_happened_and_when_it_must_have():
    month = fact("m", "missing_reported", "2026-04", subject="m")
    assert turning((month,), "2026-03-05") == month.happened.earliest
    assert turning((month,), "2026-04-05") == month.happened.latest
    assert turning((month,), month.happened.latest) == month.happened.latest
    assert turning((month,), month.happened.latest + timedelta(minutes=1)) is None


def test_what_has_not_been_learnt_yet_turns_when_it_is():
    knew = {"carla": "2026-03-09T09:00", "bo": "2026-03-07T09:00"}
    told = fact("m", "missing_reported", "2026-03-01", learnt=knew)
    first, second = at(knew["bo"]), at(knew["carla"])
    assert turning((told,), "2026-03-05") == first
    assert turning((told,), first) == first
    assert turning((told,), first + timedelta(minutes=1)) == second
    assert turning((told,), second + timedelta(minutes=1)) is None


def test_a_time_that_a_plan_names_turns():
    planned = fact("i", "interview_planned", "2026-03-01", {"at": "2026-04"}, subject="i")
    month = parse_span("2026-04", ZONE)
    assert turning((planned,), "2026-03-05") == month.earliest
    assert turning((planned,), "2026-04-05") == month.latest


def test_the_eighteenth_birthday_turns():
    said = {"date_of_birth": "2010-05-06", "evidence": "register"}
    born = fact("b", "date_of_birth_recorded", "2026-03-01", said)
    assert turning((born,), "2026-03-05") == parse_span("2028-05-06T00:00", ZONE).earliest


WITHIN = "now < child.parental_care_recorded_at + duration('240h')"
BEFORE = "child.parental_care_recorded_at - duration('72h') < now"
EACH_PLACE = {
    "when it stands": duty(f"child.parental_care_recorded && {WITHIN}"),
    "what it needs": duty("child.parental_care_recorded", needs={"in_time": WITHIN}),
    "what suspends it": duty("child.parental_care_recorded", suspended=WITHIN),
    "what lifts it": duty("child.parental_care_recorded", lifted=WITHIN),
    "what breaches it": duty("child.parental_care_recorded", breached=WITHIN),
    "what is forbidden": prohibition(WITHIN, raised="child.parental_care_recorded"),
    "what clears an alarm": prohibition(
        "child.parental_care_recorded", raised="child.parental_care_recorded", clears=WITHIN
    ),
}


@pytest.mark.parametrize("place", EACH_PLACE)
def test_a_time_on_record_turns_again_after_each_duration_that_a_condition_names(place: str):
    told = alone("2026-03-02T10:00")
    then = told.happened.earliest + timedelta(hours=240)
    assert turning((told,), "2026-03-05", EACH_PLACE[place]) == then
    assert turning((told,), "2026-03-05") is None


def test_a_duration_is_counted_back_too():
    planned = fact("i", "interview_planned", "2026-03-01", {"at": "2026-04-10T10:00"}, subject="i")
    rule = duty("interviews.exists(i, i.at - duration('72h') < now)")
    assert turning((planned,), "2026-03-05", rule) == at("2026-04-07T10:00")


def test_a_record_that_can_be_read_in_two_ways_turns_by_both():
    """What ended in a month and began again in it: read late, the guardian of the second fact is another time."""
    first = fact("g", "guardian_appointed", "2026-03-02", {"capacity": "guardian"}, subject="g")
    other = fact("h", "guardian_appointed", "2026-03", {"capacity": "guardian"}, subject="h")
    asked = "2026-03-20"
    found = folded((first, other), AsOf(at(asked)))
    assert found.latest is not None
    assert turning((first, other), asked) == other.happened.latest


@settings(max_examples=40, deadline=None)
@given(records(), instants, st.floats(0, 1, exclude_max=True))
def test_between_now_and_the_next_turning_nothing_changes(
    facts: tuple[Fact, ...], now: datetime, share: float
):
    of = law_of("ee")

    def stands(moment: datetime) -> list[tuple[object, ...]]:
        found = folded(facts, AsOf(moment))
        duties = [(*row.key, row.state) for row in ledger(found, of.duties, calendar=of.calendar)]
        return duties + [(*alarm.key, alarm.state) for alarm in alarms(found, of.prohibitions)]

    found = folded(facts, AsOf(now))
    rows = ledger(found, of.duties, calendar=of.calendar)
    end = next_turning(facts, found, rows, law=of, now=now) or now + timedelta(days=400)
    assert stands(now + (end - now) * share) == stands(now)
