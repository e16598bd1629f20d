"""Prohibitions: alarms on what has happened, and the answer at the moment of an act. Nothing of a single prohibition is here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from encircle.core.child.fold import Fold
from encircle.core.child.situation import Item, Situation
from encircle.core.duty.mark import Marked, marked
from encircle.law.prohibition import ProhibitionRule
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import FactId


class AlarmState(StrEnum):
    """An alarm stands until what was missing is there; acknowledging says what was done."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Alarm:
    """A prohibition that the record shows to be crossed: when, by which fact, for which subject."""

    rule: ProhibitionRule
    subject: str | None
    state: AlarmState
    at: Marked | None

    @property
    def key(self) -> tuple[str, str]:
        """Code and subject."""
        return self.rule.code, self.subject or ""

    @property
    def by_fact(self) -> FactId | None:
        """The fact that crossed it."""
        return self.at.facts[0].id if self.at is not None and self.at.facts else None


def alarms(folded: Fold, rules: Iterable[ProhibitionRule]) -> tuple[Alarm, ...]:
    """Every prohibition crossed on record, by code and subject, read from the earliest moment of coarse times."""
    found = (alarm for rule in rules for alarm in _alarms(rule, folded.earliest))
    return tuple(sorted(found, key=lambda alarm: alarm.key))


def crossed_by(before: Iterable[Alarm], after: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """Which prohibitions an act would newly cross: `after` is read with the act added to the record."""
    standing = {alarm.key for alarm in before if alarm.state is not AlarmState.CLEARED}
    return tuple(a for a in after if a.state is AlarmState.RAISED and a.key not in standing)


def _alarms(rule: ProhibitionRule, situation: Situation) -> Iterator[Alarm]:
    items: tuple[Item | None, ...] = (None,) if rule.for_each is None else situation.of(rule.for_each)
    for item in items:
        scope = situation.scope
        if rule.for_each is not None and item is not None:
            scope = {**scope, rule.for_each.value: item}
        if rule.when.holds(scope) is not True:
            continue
        subject = None if item is None else str(item["id"])
        cleared = rule.clears is not None and rule.clears.holds(scope) is True
        state = AlarmState.CLEARED if cleared else _acknowledged(rule.code, subject, situation)
        yield Alarm(rule, subject, state, marked(rule.at, situation, item=item, kind=rule.for_each))


def _acknowledged(code: str, subject: str | None, situation: Situation) -> AlarmState:
    for item in situation.of(Kind.ACKNOWLEDGEMENT):
        if item.get("alarm") == code and item.get("alarm_subject") in (subject, *_nothing(subject)):
            return AlarmState.ACKNOWLEDGED
    return AlarmState.RAISED


def _nothing(subject: str | None) -> tuple[str, ...]:
    return ("",) if subject is None else ()
