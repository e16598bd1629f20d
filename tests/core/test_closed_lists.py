"""Closed lists of the core, word by word, and what stands where nothing is said.

The words stand in tables, journals, exports and addresses of pages: one that changes in silence would no longer be
read where it was written. What is left out of a value opens nothing and claims nothing.
"""

from dataclasses import MISSING, fields
from enum import Enum

import pytest

from encircle.core.access import Allowed, Denied, Doing
from encircle.core.access.policies import Basis
from encircle.core.age import AgeFacts
from encircle.core.calendar import Entry, Standpoint
from encircle.core.child import AsOf
from encircle.core.child.as_of import Reading
from encircle.core.child.template import How
from encircle.core.crossborder import ReasonKind, Request, RequestClock, RequestState, Verdict
from encircle.core.crossborder.advice import Bar, Closed
from encircle.core.crossborder.sending import Reason
from encircle.core.difference import Turn
from encircle.core.disclosure.catalogue import Table, Theme, Unit
from encircle.core.duty import DutyRow, DutyState
from encircle.core.duty.urgency import Urgency
from encircle.core.journal.entry import EntryKind
from encircle.core.journal.verify import Fault
from encircle.core.linkage.key import KeyKind
from encircle.core.linkage.likeness import Likeness
from encircle.core.prohibition import AlarmState
from encircle.core.triage import Stage
from encircle.law.duty import Standing
from encircle.law.mandate import LedgerSeen
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.moment import point
from encircle.vocabulary.need import Need
from encircle.vocabulary.regime import Regime
from tests.core.duty.world import GUARDIAN_DUTY
from tests.core.world import ZONE, at

WORDS: dict[type[Enum], str] = {
    Doing: "look add decide disclose weigh",
    Standpoint: "ahead done off",
    Reading: "earliest latest",
    How: "plain word words given time",
    ReasonKind: "flag prohibition ground first content child_not_informed closed",
    Verdict: "stopped unknown incomplete clear",
    RequestState: "prepared waiting late delayed answered answered_late",
    Bar: "not_bound not_in_force yields",
    Unit: "child report",
    Theme: "children duties reports",
    DutyState: "unknown open due_soon overdue met suspended lifted breached not_applicable",
    AlarmState: "raised acknowledged cleared",
    Stage: "waiting asked second decided done",
    KeyKind: "pair part sound start",
    EntryKind: "look write refusal disclosure sign_in export policy pack",
}


@pytest.mark.parametrize("closed_list", WORDS, ids=lambda each: each.__name__)
def test_a_closed_list_has_these_words_in_this_order(closed_list: type[Enum]):
    assert " ".join(one.value for one in closed_list) == WORDS[closed_list]


def test_what_differs_between_two_laws_is_told_in_these_words():
    assert [turn.value for turn in Turn] == [
        *("appears", "disappears", "state", "time", "kind of time", "owner", "missing evidence", "basis")
    ]


def test_what_is_wrong_with_a_journal_is_told_in_these_words():
    assert [fault.value for fault in Fault] == [
        "no entry stands at this position",
        "a second entry stands at this position",
        "the entry is not the one that was journalled",
        "the leaf is not the one that was journalled",
        "the entry and its leaf do not belong together",
        "one of these entries was rewritten, put in or moved, together with its leaf",
        "two signed heads of one size differ: the log was told in two ways",
    ]


def test_what_is_worse_and_what_is_surer_comes_first():
    assert [(one.name, one.value) for one in Urgency] == [
        *(("LATE", 0), ("DATED", 1), ("UNDATED", 2), ("UNKNOWN", 3))
    ]
    assert [(one.name, one.value) for one in Likeness] == [
        *(("SAME", 0), ("SPELLED", 1), ("BEGINS", 2), ("SOUNDS", 3), ("NEAR", 4), ("PART", 5))
    ]


def test_who_is_allowed_something_is_allowed_nothing_more():
    groups = frozenset({FieldGroup.MINIMUM})
    assert Allowed(groups, "a mandate") == Allowed(
        groups=groups,
        source="a mandate",
        summary=frozenset(),
        adds=frozenset(),
        decides=frozenset(),
        ledger=LedgerSeen.OWN,
        regime=Regime.GDPR,
        basis="mandate",
        roles=frozenset(),
    )


def test_a_refusal_tells_that_there_is_a_record_unless_it_says_otherwise():
    assert Denied("code", "Why.", "The source.", "What to do.").hidden is False


def test_a_basis_that_nobody_has_read_says_so():
    assert Basis("CRC", "3(1)").read is None


def test_nothing_on_record_about_an_age_is_nothing():
    assert AgeFacts() == AgeFacts(
        born=None,
        claimed_born=None,
        claimed_years=None,
        claimed_at=None,
        claimed_child=None,
        presumed=False,
        doubted=False,
        under_assessment=False,
        determined=None,
        final=False,
        unborn=False,
    )


def test_a_question_asks_of_all_knowledge_unless_it_names_some():
    assert AsOf(at("2026-03-02")) == AsOf(at("2026-03-02"), known_as_of=None, by=None, recorded_as_of=None)


def test_a_row_says_no_more_than_it_was_told():
    assert DutyRow(GUARDIAN_DUTY, None, DutyState.UNKNOWN) == DutyRow(
        rule=GUARDIAN_DUTY,
        subject=None,
        state=DutyState.UNKNOWN,
        started=None,
        due=None,
        found=(),
        met_at=None,
        late=False,
        unknown=None,
        because=None,
        next_change_at=None,
    )


def test_an_entry_of_the_calendar_is_of_no_duty_unless_it_says_so():
    then = point(at("2026-03-02"), ZONE)
    entry = Entry("hearing", None, then, Standpoint.AHEAD, "other", None, with_child=True, facts=())
    assert entry.duty is None


def test_a_request_of_which_nothing_more_is_said_holds_nothing():
    assert Request(need=Need.TRACING, to_country="FI") == Request(
        need=Need.TRACING,
        to_country="FI",
        about_person=None,
        contents=frozenset(),
        informed=None,
        informed_reasons=False,
        id="",
    )


def test_a_clock_without_a_time_to_acknowledge_is_not_late():
    assert RequestClock(RequestState.WAITING, True, None, Standing.WORDS) == RequestClock(
        RequestState.WAITING, True, None, Standing.WORDS, acknowledge_due=None, acknowledge_late=False
    )


def test_a_reason_holds_what_it_is_about_and_nothing_else():
    assert Reason(ReasonKind.CHILD_NOT_INFORMED, Verdict.INCOMPLETE) == Reason(
        ReasonKind.CHILD_NOT_INFORMED,
        Verdict.INCOMPLETE,
        flag=None,
        prohibition=None,
        ground=None,
        first=None,
        content=None,
        missing=(),
    )


def test_a_closed_channel_names_what_it_knows():
    unless_told = {one.name: one.default for one in fields(Closed) if one.default is not MISSING}
    assert unless_told == {"source": None, "country": None, "before": None}


def test_a_published_table_adds_up_and_is_guarded_unless_it_says_otherwise():
    table = Table("protection", Theme.CHILDREN, Unit.CHILD, "region", "protection")
    assert (table.whole, table.guarded) == (True, True)
