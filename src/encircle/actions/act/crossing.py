"""Prohibitions at the moment of the act: what a plan would cross, and of what a recording would raise an alarm."""

from collections.abc import Sequence
from dataclasses import dataclass

from encircle.core.child import AsOf, fold
from encircle.core.prohibition import Alarm, AlarmState, alarms, crossed_by
from encircle.law.law import Law
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES


@dataclass(frozen=True, slots=True)
class Crossed:
    """`planned`: what the plans among the facts would cross, which refuses them; `recorded`: what has happened already."""

    planned: tuple[Alarm, ...] = ()
    recorded: tuple[Alarm, ...] = ()


def crossed(on_record: Sequence[Fact], proposed: Sequence[Fact], *, law: Law, as_of: AsOf) -> Crossed:
    """Which prohibitions these facts would newly cross.

    A correction or a withdrawal is no plan: what it brings to light is recorded, and alarms.
    """

    def standing(facts: Sequence[Fact]) -> tuple[Alarm, ...]:
        return alarms(fold(facts, as_of, zone=law.zone), law.prohibitions)

    ahead = {fact.id for fact in proposed if FACT_TYPES[fact.type].plan and fact.corrects is None}
    done = [fact for fact in proposed if fact.id not in ahead]
    with_all = standing((*on_record, *proposed))
    if not any(alarm.state is AlarmState.RAISED for alarm in with_all):
        return Crossed()
    before = standing(on_record)
    with_done = standing((*on_record, *done)) if ahead and done else before if ahead else with_all
    return Crossed(planned=crossed_by(with_done, with_all), recorded=crossed_by(before, with_done))
