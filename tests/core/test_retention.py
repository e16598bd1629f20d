"""How long parts of a record are kept: only a number of law that was read, or of practice, makes erasure due."""

from dataclasses import replace
from datetime import timedelta

import pytest

from encircle.actions.law import law_of
from encircle.core.child import AsOf
from encircle.core.child.fold import fold
from encircle.core.retention import Kept, kept_at_the_door, retained
from encircle.law.counting import Counting, Period, Unit
from encircle.law.duty import Standing
from encircle.law.retention import KeptFrom, KeptOf, RetentionRule
from encircle.vocabulary.fact import Fact
from tests.web.desk.looks import NOW, a_fact

LAW = law_of("ee")
(RECORD,) = (rule for rule in LAW.retention if rule.code == "case_record")
CLOSED = a_fact("a", "status_set", "2020-03-01", status="closed")
GROWN = a_fact("b", "date_of_birth_recorded", "2015-06-01", date_of_birth="2001-05-06", evidence="document")
SMALL = a_fact("b", "date_of_birth_recorded", "2020-01-01", date_of_birth="2015-05-06", evidence="document")
OPEN = a_fact("a", "status_set", "2020-03-01", status="presumed_victim")


def with_number(years: int, standing: Standing) -> RetentionRule:
    assert RECORD.keep.sop is not None
    sop = replace(RECORD.keep.sop, period=Period(years, Unit.YEARS, Counting.PLAIN))
    return replace(RECORD, keep=replace(RECORD.keep, sop=sop, standing=standing))


def kept(rule: RetentionRule, *facts: Fact) -> Kept:
    situation = fold(facts, AsOf(NOW), zone=LAW.zone).earliest
    (found,) = retained(situation, rules=(rule,), calendar=LAW.calendar, now=NOW)
    return found.kept


def test_each_rule_of_the_base_says_which_parts_and_from_when_and_no_number_is_invented():
    assert {rule.code: [event.value for event in rule.from_] for rule in LAW.retention} == {
        "account_and_views": ["majority", "closed"],
        "case_record": ["majority", "closed"],
        "health": ["majority", "closed"],
        "location": ["closed"],
        **{code: ["last_words"] for code in ("complaint", "report_without_case", "talk_without_report")},
    }
    every = [part for rule in LAW.retention for part in rule.parts]
    assert len(every) == len(set(every)) == 9
    assert [rule.period for rule in LAW.retention] == [None] * 7
    assert not any(rule.may_be_due for rule in LAW.retention)


@pytest.mark.parametrize("facts", [(OPEN, GROWN), (CLOSED, SMALL), (OPEN, SMALL)])
def test_while_an_event_is_still_to_come_all_is_kept(facts: tuple[Fact, ...]):
    assert kept(with_number(1, Standing.SOP), *facts) is Kept.KEPT


def test_without_a_number_people_look_at_it_and_nothing_is_due():
    assert kept(RECORD, CLOSED, GROWN) is Kept.TO_BE_LOOKED_AT


def test_a_number_of_practice_makes_it_due_when_it_has_passed():
    assert kept(with_number(5, Standing.SOP), CLOSED, GROWN) is Kept.DUE
    assert kept(with_number(50, Standing.SOP), CLOSED, GROWN) is Kept.KEPT


def test_a_number_that_nobody_has_read_only_proposes():
    assert kept(with_number(5, Standing.UNVERIFIED), CLOSED, GROWN) is Kept.TO_BE_LOOKED_AT


def test_an_unknown_age_is_unknown_and_never_due():
    assert kept(with_number(1, Standing.SOP), CLOSED) is Kept.UNKNOWN


def test_the_later_event_counts():
    situation = fold((CLOSED, GROWN), AsOf(NOW), zone=LAW.zone).earliest
    (found,) = retained(situation, rules=(with_number(5, Standing.SOP),), calendar=LAW.calendar, now=NOW)
    assert found.since is not None
    assert found.until is not None
    assert (found.since.year, found.until.year) == (2020, 2025)
    assert found.until - found.since > timedelta(days=1800)
    assert KeptFrom.CLOSED in found.rule.from_


@pytest.mark.parametrize(
    ("standing", "is_closed", "ago", "found"),
    [
        (Standing.SOP, True, 366, Kept.DUE),
        (Standing.SOP, True, 300, Kept.KEPT),
        (Standing.SOP, False, 4000, Kept.KEPT),
        (Standing.WORDS, True, 366, Kept.TO_BE_LOOKED_AT),
    ],
)
def test_what_came_in_at_the_door_is_counted_from_its_last_words_and_kept_until_it_is_closed(
    standing: Standing, is_closed: bool, ago: int, found: Kept
):
    (report,) = (rule for rule in LAW.retention if rule.of is KeptOf.REPORT)
    assert report.keep.sop is not None
    sop = replace(report.keep.sop, period=Period(1, Unit.YEARS, Counting.PLAIN))
    rule = replace(report, keep=replace(report.keep, sop=sop, standing=standing))
    told = kept_at_the_door(
        rule, last_words=NOW - timedelta(days=ago), is_closed=is_closed, calendar=LAW.calendar, now=NOW
    )
    assert told.kept is found


def test_no_record_is_asked_by_a_rule_of_the_door():
    situation = fold((CLOSED, GROWN), AsOf(NOW), zone=LAW.zone).earliest
    found = retained(situation, rules=LAW.retention, calendar=LAW.calendar, now=NOW)
    assert {one.rule.code for one in found} == {"account_and_views", "case_record", "health", "location"}
