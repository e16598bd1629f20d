"""What becomes of the duties of one child under another law: each difference once, in words of closed lists."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace as changed

from encircle.actions.law import law_of, packs_folder
from encircle.actions.replay.answer import answer
from encircle.actions.replay.file import read_replay
from encircle.core.child import AsOf
from encircle.core.difference import Moved, Standing, Turn, moved
from encircle.core.duty import DutyState
from encircle.core.prohibition import AlarmState
from encircle.law.duty import Standing as Due


@pytest.fixture(scope="module")
def standing() -> Standing:
    """One child with duties that are timed, met and open, and with alarms, under the law of England."""
    law, case = law_of("gb"), read_replay(packs_folder() / "base" / "cases" / "8.3.yaml")
    as_of = AsOf(datetime(2019, 1, 1, tzinfo=UTC))
    child = next(iter(case.children))
    given = answer(case.facts_of(child, as_of=as_of), law=law, as_of=as_of)
    assert given.alarms
    return Standing(law, given.duties, given.alarms)


def test_the_same_law_moves_nothing(standing: Standing) -> None:
    assert moved(standing, standing) == ()


def test_a_duty_or_alarm_that_is_new_appears_and_one_that_is_gone_disappears(standing: Standing) -> None:
    duty, alarm = standing.duties[0], standing.alarms[0]
    less = Standing(standing.law, standing.duties[1:], standing.alarms[1:])
    assert moved(less, standing) == tuple(
        sorted(
            (
                Moved(duty.rule.code, Turn.APPEARS, "", duty.state.value),
                Moved(alarm.rule.code, Turn.APPEARS, "", alarm.state.value),
            )
        )
    )
    assert {one.turn for one in moved(standing, less)} == {Turn.DISAPPEARS}


def test_a_time_that_moves_is_told_by_its_side_and_never_by_its_day(standing: Standing) -> None:
    timed = next(row for row in standing.duties if row.due is not None and row.due.latest is not None)
    assert timed.due is not None
    assert timed.due.latest is not None

    def turned(days: int | None) -> tuple[str, str]:
        assert timed.due is not None
        assert timed.due.latest is not None
        latest = None if days is None else timed.due.latest + timedelta(days=days)
        row = changed(timed, due=changed(timed.due, latest=latest))
        (one,) = moved(replace(standing, duties=(timed,)), replace(standing, duties=(row,)))
        assert (one.code, one.turn) == (timed.rule.code, Turn.TIME)
        return one.before, one.after

    assert [turned(1), turned(-1), turned(None)] == [
        ("a time", "later"),
        ("a time", "earlier"),
        ("a time", "no time"),
    ]


def test_a_time_that_is_set_for_the_first_time_is_told(standing: Standing) -> None:
    timed = next(row for row in standing.duties if row.due is not None and row.due.latest is not None)
    before = replace(standing, duties=(changed(timed, due=None),))
    assert moved(before, replace(standing, duties=(timed,))) == (
        Moved(timed.rule.code, Turn.TIME, "no time", "a time"),
    )


def test_a_state_an_owner_and_a_basis_that_change_are_told(standing: Standing) -> None:
    duty = next(row for row in standing.duties if standing.law.owner(row.rule.owner) is not None)
    others = [state for state in DutyState if state is not duty.state]
    after = replace(
        standing,
        law=replace(standing.law, country="ZZ", owners=()),
        duties=(changed(duty, state=others[0]),),
    )
    found = {one.turn: one for one in moved(replace(standing, duties=(duty,)), after)}
    assert set(found) == {Turn.STATE, Turn.OWNER, Turn.BASIS}
    assert found[Turn.OWNER].after == duty.rule.owner.value
    assert found[Turn.STATE] == Moved(duty.rule.code, Turn.STATE, duty.state.value, others[0].value)


def test_evidence_that_is_asked_for_in_addition_is_told(standing: Standing) -> None:
    duty = next(row for row in standing.duties if len(row.found) > 1)
    before, after = (
        replace(standing, duties=(changed(duty, found=found),))
        for found in ((True,) * len(duty.found), (False,) * len(duty.found))
    )
    names = " ".join(sorted(one.id for one in duty.rule.evidence))
    assert moved(before, after) == (Moved(duty.rule.code, Turn.EVIDENCE, "", names),)


def test_words_that_become_a_number_of_practice_are_told(standing: Standing) -> None:
    duty = next(row for row in standing.duties if row.rule.due.standing is Due.WORDS)
    rule = replace(duty.rule, due=replace(duty.rule.due, standing=Due.SOP))
    after = replace(standing, duties=(changed(duty, rule=rule),))
    assert moved(replace(standing, duties=(duty,)), after) == (
        Moved(duty.rule.code, Turn.KIND, "words", "sop"),
    )


def test_an_alarm_that_is_cleared_is_told(standing: Standing) -> None:
    alarm = standing.alarms[0]
    other = next(state for state in AlarmState if state is not alarm.state)
    after = replace(standing, alarms=(replace(alarm, state=other),))
    assert moved(replace(standing, alarms=(alarm,)), after) == (
        Moved(alarm.rule.code, Turn.STATE, alarm.state.value, other.value),
    )
