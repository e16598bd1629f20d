"""The same facts under today's law and under that of their day: what stands under one alone, and what is another."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace as changed

from encircle.actions.law import law_of, packs_folder
from encircle.actions.replay.answer import ChildAnswer, answer
from encircle.actions.replay.file import read_replay
from encircle.core.child import AsOf
from encircle.core.duty import DutyRow, DutyState
from encircle.core.prohibition import AlarmState
from encircle.core.two_laws import Apart, NumberSince, Way, apart, number_of, numbers_since
from encircle.law.counting import Counting, Period, Unit
from encircle.law.duty import DueRule, Standing
from encircle.law.law import Law
from encircle.law.limit import LimitRule, Sense
from encircle.law.sop import SopRule
from encircle.law.texts import Texts
from tests.law.world import HERE, source

TEN, TWO = Period(10, Unit.DAYS, Counting.PLAIN), Period(2, Unit.DAYS, Counting.PLAIN)
WORDS = Texts.english("in time")


@pytest.fixture(scope="module")
def law() -> Law:
    return law_of("gb")


@pytest.fixture(scope="module")
def given(law: Law) -> ChildAnswer:
    """One child with duties and alarms."""
    case = read_replay(packs_folder() / "base" / "cases" / "8.3.yaml")
    as_of = AsOf(datetime(2019, 1, 1, tzinfo=UTC))
    told = answer(case.facts_of(next(iter(case.children)), as_of=as_of), law=law, as_of=as_of)
    assert told.alarms
    return told


def limit(period: Period) -> LimitRule:
    return LimitRule("a_limit", WORDS, period, Sense.AT_MOST, (source(),), (HERE,))


def sop(period: Period | None) -> SopRule:
    return SopRule("a_number", WORDS, period, (), None, (HERE,))


def due_by(row: DutyRow, rule: DueRule) -> DutyRow:
    return changed(row, rule=replace(row.rule, due=rule))


def test_under_one_law_nothing_differs(given: ChildAnswer, law: Law) -> None:
    both = given.duties, given.alarms
    assert apart(both, both, law_today=law, law_then=law) == ()


def test_what_stands_under_one_law_alone_is_told_first_and_by_which(given: ChildAnswer, law: Law) -> None:
    duty, alarm = given.duties[-1], given.alarms[0]
    less = given.duties[:-1], given.alarms
    found = apart((given.duties, given.alarms[1:]), less, law_today=law, law_then=law)
    assert found == (
        Apart(duty, None, (Way.ONLY_TODAY,)),
        Apart(None, alarm, (Way.ONLY_THEN,)),
    )
    assert [one.row for one in found] == [duty, alarm]


def test_a_number_a_state_and_the_sources_are_told_apart(given: ChildAnswer, law: Law) -> None:
    duty, alarm = given.duties[0], given.alarms[0]
    words = due_by(duty, DueRule(WORDS, limit(TEN), None, Standing.WORDS))
    by_law = due_by(duty, DueRule(WORDS, limit(TEN), None, Standing.LAW))
    assert apart(((by_law,), ()), ((words,), ()), law_today=law, law_then=law) == (
        Apart(by_law, words, (Way.NUMBER,)),
    )
    met = changed(words, state=DutyState.MET)
    assert apart(((by_law,), ()), ((met,), ()), law_today=law, law_then=law) == (
        Apart(by_law, met, (Way.NUMBER, Way.STATE)),
    )
    cleared = replace(alarm, state=AlarmState.CLEARED)
    assert apart(((), (alarm,)), ((), (cleared,)), law_today=law, law_then=law) == (
        Apart(alarm, cleared, (Way.STATE,)),
    )
    bound = replace(source().act, bound=frozenset({"GB"}))
    others = changed(duty, rule=replace(duty.rule, sources=(source(act=bound),)))
    assert apart(((duty,), ()), ((others,), ()), law_today=law, law_then=law) == (
        Apart(duty, others, (Way.SOURCES,)),
    )


def test_the_sources_of_a_law_are_those_in_force_on_its_day(given: ChildAnswer, law: Law) -> None:
    bound = replace(source().act, bound=frozenset({"GB"}), from_=date(2020, 1, 1))
    row = changed(given.duties[0], rule=replace(given.duties[0].rule, sources=(source(act=bound),)))
    then = replace(law, on=date(2019, 1, 1))
    (one,) = apart(((row,), ()), ((row,), ()), law_today=law, law_then=then)
    assert one.ways == (Way.SOURCES,)


@pytest.mark.parametrize(
    ("due", "number"),
    [
        (DueRule(WORDS, limit(TEN), sop(TWO), Standing.LAW), (Standing.LAW, TEN)),
        (DueRule(WORDS, limit(TEN), sop(TWO), Standing.SOP), (Standing.SOP, TWO)),
        (DueRule(WORDS, limit(TEN), None, Standing.UNVERIFIED), (Standing.UNVERIFIED, TEN)),
        (DueRule(WORDS, limit(TEN), sop(None), Standing.WORDS), (Standing.WORDS, None)),
        (DueRule(WORDS, None, None, Standing.WORDS), (Standing.WORDS, None)),
    ],
)
def test_the_number_that_counts_is_told_with_what_sets_it(
    due: DueRule, number: tuple[Standing, Period | None]
) -> None:
    assert number_of(due) == number


def test_a_number_of_practice_that_has_changed_since_is_told_where_a_duty_is_measured_by_it(
    given: ChildAnswer, law: Law
) -> None:
    then, now, others = sop(TEN), sop(TWO), replace(sop(TWO), code="of_no_duty_here")
    rows = (due_by(given.duties[0], DueRule(WORDS, None, then, Standing.SOP)), given.duties[1])
    assert numbers_since(rows, replace(law, sops=(now, others))) == (NumberSince(now, then),)
    assert numbers_since(rows, replace(law, sops=(then,))) == ()
