"""Prohibitions: alarms on what has happened, and what an act would cross. Nothing of a single prohibition is here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from encircle.core.child.fold import Fold
from encircle.core.child.situation import Item, Situation
from encircle.core.duty.mark import Marked, Marks
from encircle.law.prohibition import ProhibitionRule
from encircle.vocabulary.facts.acknowledgement import AlarmAcknowledged
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.moment import Span


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
    """Every prohibition crossed on record, by code and subject.

    Coarse times are read as early as they can be; an alarm is cleared or acknowledged only where that is certain.
    """
    rules = tuple(rules)
    first = {alarm.key: alarm for alarm in _alarms(folded.earliest, rules)}
    if folded.latest is not None:
        for alarm in _alarms(folded.latest, rules):
            if alarm.state is AlarmState.RAISED and alarm.key in first:
                first[alarm.key] = alarm
    return tuple(first[key] for key in sorted(first))


def crossed_by(before: Iterable[Alarm], after: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """Which prohibitions an act would newly cross: `after` is read with the act added to the record."""
    standing = {alarm.key for alarm in before if alarm.state is not AlarmState.CLEARED}
    return tuple(a for a in after if a.state is AlarmState.RAISED and a.key not in standing)


def _alarms(situation: Situation, rules: Iterable[ProhibitionRule]) -> Iterator[Alarm]:
    marks = Marks(situation)
    for rule in rules:
        for item, scope in situation.scopes(rule.for_each):
            if rule.when.holds(scope) is True:
                cleared = rule.clears is not None and rule.clears.holds(scope) is True
                found = marks.earliest(rule.at, item)
                at = None if found is None else marks.kept(found)
                state = _alarm_state(rule.code, at, situation, cleared=cleared)
                yield Alarm(rule, None if item is None else str(item["id"]), state, at)


def _alarm_state(code: str, at: Marked | None, situation: Situation, *, cleared: bool) -> AlarmState:
    if cleared:
        return AlarmState.CLEARED
    return AlarmState.ACKNOWLEDGED if _is_acknowledged(code, at, situation) else AlarmState.RAISED


def _is_acknowledged(code: str, at: Marked | None, situation: Situation) -> bool:
    """Whether somebody acknowledged it: this code or the code without its suffix, for this fact or for none by name.

    An acknowledgement that lies before the alarm answers an earlier one.
    """
    names = {code, code.partition("-")[0]}
    raised_by = {str(fact.id) for fact in at.facts} if at is not None else set()
    for item in situation.of(Kind.ACKNOWLEDGEMENT):
        when = item["acknowledged_at"]
        if item["prohibition"] not in names or not isinstance(when, Span):
            continue
        if at is not None and when.latest < at.at.earliest:
            continue
        if raised_by & _named_facts(situation, item) or not _names_a_fact(item):
            return True
    return False


def _names_a_fact(item: Item) -> bool:
    return item["by_fact"] is True


def _named_facts(situation: Situation, item: Item) -> set[str]:
    """The facts that an acknowledgement names; conditions see only that one is named, so the payload is read."""
    behind = situation.facts_behind(Kind.ACKNOWLEDGEMENT, str(item["id"]), "by_fact")
    payloads = [fact.payload for fact in behind if isinstance(fact.payload, AlarmAcknowledged)]
    return {payload.by_fact for payload in payloads if payload.by_fact is not msgspec.UNSET}
