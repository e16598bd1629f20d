"""Prohibitions: an alarm when the record shows one crossed, until it is cleared; acknowledged says what was done."""

import pytest

from encircle.core.prohibition import Alarm, AlarmState, alarms, crossed_by
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from tests.core.world import as_of, fact, folded, prohibition

CHARGED = prohibition(
    "step.taken && step.step == 'charge' && !assessments.exists(a, a.made)",
    code="P90",
    for_each=Kind.STEP,
    raised="step.taken",
    clears=None,
)
AMONG_ADULTS = prohibition(
    "placement.started && placement.adults_present",
    code="P91-adults",
    for_each=Kind.PLACEMENT,
    raised="placement.started",
    clears="placement.ended",
)


def placed(happened: str = "2026-03-02", name: str = "p1") -> Fact:
    payload = {"placement_kind": "adult_reception_centre", "adults_present": True}
    return fact(name, "placement_started", happened, payload, subject=name)


def ended(happened: str, name: str = "p1") -> Fact:
    return fact(f"{name}-end", "placement_ended", happened, {"ended_because": "moved"}, subject=name)


def acknowledged(happened: str, code: str = "P91", by_fact: str | None = None) -> Fact:
    payload = {"prohibition": code, "done": "A place for children was found."}
    return fact("ack", "alarm_acknowledged", happened, payload | ({"by_fact": by_fact} if by_fact else {}))


def raised(*facts: Fact, day: str = "2026-11-23") -> dict[str, str]:
    return {
        str(alarm.subject): alarm.state.value for alarm in alarms(folded(facts, as_of(day)), [AMONG_ADULTS])
    }


def test_an_alarm_says_when_by_which_fact_and_for_which_subject() -> None:
    told = placed()
    (alarm,) = alarms(folded([told]), [AMONG_ADULTS])
    assert (alarm.key, alarm.state, alarm.by_fact) == (("P91-adults", "p1"), AlarmState.RAISED, "p1")
    assert alarm.at is not None
    assert (alarm.at.at, alarm.at.known, alarm.at.facts) == (
        told.happened,
        alarm.at.known,
        (told,),
    )


def test_nothing_is_raised_before_it_has_happened_or_where_it_is_not_known() -> None:
    assert raised(placed(), day="2026-03-01") == {}
    unknown = fact("p1", "placement_started", "2026-03-02", {"placement_kind": "foster"}, subject="p1")
    assert raised(unknown) == {}


def test_an_alarm_stands_until_what_clears_it_is_there() -> None:
    assert raised(placed(), ended("2026-03-09"), day="2026-03-08") == {"p1": "raised"}
    assert raised(placed(), ended("2026-03-09"), day="2026-03-09") == {"p1": "cleared"}


@pytest.mark.parametrize(
    ("acknowledgement", "state"),
    [
        (acknowledged("2026-03-05"), "acknowledged"),
        (acknowledged("2026-03-05", "P91", "p1"), "acknowledged"),
        (acknowledged("2026-03-05", "P91", "another-fact"), "raised"),
        (acknowledged("2026-03-05", "P9"), "raised"),
        (acknowledged("2026-03-01"), "raised"),
        (acknowledged("2026-03-02"), "acknowledged"),
    ],
)
def test_an_alarm_is_acknowledged_by_its_code_for_its_fact_and_not_beforehand(
    acknowledgement: Fact, state: str
) -> None:
    assert raised(placed(), acknowledgement) == {"p1": state}


def test_acknowledging_one_alarm_leaves_the_next_one_raised() -> None:
    facts = [placed(), ended("2026-03-04"), placed("2026-04-02", "p2"), acknowledged("2026-03-03")]
    assert raised(*facts, day="2026-03-03") == {"p1": "acknowledged"}
    assert raised(*facts) == {"p1": "cleared", "p2": "raised"}
    for_one = [placed(), placed("2026-03-02", "p2"), acknowledged("2026-03-03", by_fact="p2")]
    assert raised(*for_one) == {"p1": "raised", "p2": "acknowledged"}


def test_a_coarse_time_raises_from_its_first_moment_and_clears_with_its_last() -> None:
    assert raised(placed("2026-03"), day="2026-03-02") == {"p1": "raised"}
    facts = [placed("2026-03-02"), ended("2026")]
    assert raised(*facts, day="2026-06-01") == {"p1": "raised"}
    assert raised(*facts, day="2026-12-31") == {"p1": "cleared"}


def test_an_act_crosses_what_it_newly_raises() -> None:
    def read(*facts: Fact) -> tuple[Alarm, ...]:
        return alarms(folded(facts), [AMONG_ADULTS, CHARGED])

    before = read(placed())
    act = fact("s1", "step_taken", "2026-03-05", {"step": "charge"}, subject="s1")
    assert [alarm.key for alarm in crossed_by(before, read(placed(), act))] == [("P90", "s1")]
    assert crossed_by(before, read(placed(), ended("2026-03-05"))) == ()
    again = (placed(), ended("2026-03-05"))
    assert crossed_by(read(*again), read(*again)) == ()


def test_alarms_come_in_the_order_of_codes_and_subjects() -> None:
    facts = [
        placed("2026-03-02", "p2"),
        placed("2026-04-02", "p1"),
        fact("s", "step_taken", "2026-03-05", {"step": "charge"}, subject="s1"),
    ]
    found = alarms(folded(facts), [AMONG_ADULTS, CHARGED])
    assert [alarm.key for alarm in found] == [("P90", "s1"), ("P91-adults", "p1"), ("P91-adults", "p2")]
