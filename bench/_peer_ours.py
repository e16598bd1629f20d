"""Our own side of bench/peers.py: the twelve duties as the law was loaded, asked in three ways."""

import re
from datetime import datetime, timedelta
from typing import Any

from bench._peer_children import AT, FIRST_DAY
from bench._peer_inputs import BY_DAY, BY_MINUTE, CODES, day, flat, minute, scope_for_cel, start_of
from encircle.core.child import AsOf, Fold, fold
from encircle.core.duty import DutyRow, DutyState, ledger
from encircle.law.condition import Condition
from encircle.law.condition.value import Scope
from encircle.law.deadline import due
from encircle.law.duty import DutyRule, Ground
from encircle.law.law import Law
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown

Answer = dict[str, bool | int | str]
"""Of each duty: not open (False), open (True), or open and when it is due: a day, or a minute."""

_OPEN = frozenset({DutyState.OPEN, DutyState.DUE_SOON, DutyState.OVERDUE})
_DAYS = 400


class Ours:
    """The twelve rules and the children."""

    def __init__(self, law: Law, facts: tuple[tuple[Fact, ...], ...]) -> None:
        self.law, self.facts = law, facts
        self.rules = {rule.code: rule for rule in law.duties if rule.code in CODES}
        self.twelve = tuple(self.rules.values())
        self._asked_of = tuple((rule, _ended_by(rule), _needs(rule)) for rule in self.twelve)
        self.folded = [self._fold(one) for one in facts]
        self._starts = [
            {code: start_of(self.rules[code], folded.earliest) for code in (*BY_DAY, *BY_MINUTE)}
            for folded in self.folded
        ]

    def same_question(self) -> list[Answer]:
        """What the peers are asked, from what the peers are given: which are open, and those with a number until when."""
        return [self._asked(folded, begun) for folded, begun in zip(self.folded, self._starts, strict=True)]

    def ledgers(self) -> list[tuple[DutyRow, ...]]:
        """Whole rows from the situation: state, clock, each proof, the facts behind, and when time alone moves it."""
        return [ledger(folded, self.twelve, calendar=self.law.calendar) for folded in self.folded]

    def from_facts(self) -> list[tuple[DutyRow, ...]]:
        """The same from the facts, which the peers are spared."""
        return [ledger(self._fold(one), self.twelve, calendar=self.law.calendar) for one in self.facts]

    def answers(self) -> list[Answer]:
        """What the ledger says, to compare. Stops, if a child is read two ways, or a duty is not known."""
        return [self._answer(folded, rows) for folded, rows in zip(self.folded, self.ledgers(), strict=True)]

    def told(self) -> dict[str, Any]:
        """What the peers are told, once."""
        conditions = [one for rule in self.twelve for one in (rule.when, *_needs(rule), *_ended_by(rule))]
        names = frozenset(re.split(r"[.\[]", name)[0] for one in conditions for name in one.reads)
        days = ((FIRST_DAY + timedelta(days=number)).date() for number in range(_DAYS))
        return {
            "holidays": [one.isoformat() for one in days if self.law.calendar.is_holiday(one)],
            "rules": [_told(rule) for rule in self.twelve],
            "children": [
                {
                    "flat": flat(folded.earliest),
                    "starts": {code: self._plain(code, start) for code, start in begun.items() if start},
                    "scope": scope_for_cel(folded.earliest, names),
                }
                for folded, begun in zip(self.folded, self._starts, strict=True)
            ],
        }

    def _fold(self, facts: tuple[Fact, ...]) -> Fold:
        return fold(facts, AsOf(AT), zone=self.law.zone)

    def _asked(self, folded: Fold, begun: dict[str, Span | None]) -> Answer:
        situation = folded.earliest
        found: Answer = dict.fromkeys(CODES, False)
        for rule, ended_by, needs in self._asked_of:
            for _, scope in situation.scopes(rule.for_each):
                opens = rule.when.holds(scope)
                if opens is False or (isinstance(opens, Unknown) and not rule.unknown_opens):
                    continue
                if _stands(ended_by, needs, scope):
                    start = begun.get(rule.code)
                    found[rule.code] = True if start is None else self._ends(rule, start)
        return found

    def _ends(self, rule: DutyRule, start: Span) -> int | str:
        ends = due(rule.due, start=start, calendar=self.law.calendar).latest
        assert ends is not None
        return self._written(rule.code, ends)

    def _answer(self, folded: Fold, rows: tuple[DutyRow, ...]) -> Answer:
        if folded.latest is not None or any(row.state is DutyState.UNKNOWN for row in rows):
            raise SystemExit(
                "A child of the bench is not known well enough for peers that know yes and no only."
            )
        found: Answer = dict.fromkeys(CODES, False)
        for row in rows:
            if row.state in _OPEN:
                ends = None if row.due is None else row.due.latest
                found[row.rule.code] = True if ends is None else self._written(row.rule.code, ends)
        return found

    def _plain(self, code: str, start: Span) -> int | str:
        return self._written(code, start.earliest)

    def _written(self, code: str, at: datetime) -> int | str:
        return day(at, self.law.zone) if code in BY_DAY else minute(at)


def _stands(ended_by: tuple[Condition, ...], needs: tuple[Condition, ...], scope: Scope) -> bool:
    """Whether a duty that was opened is neither ended nor met."""
    for ground in ended_by:
        if ground.holds(scope) is True:
            return False
    missing = False
    for proof in needs:
        if proof.holds(scope) is not True:
            missing = True
            break
    return missing


def _needs(rule: DutyRule) -> tuple[Condition, ...]:
    return tuple([one.needs for one in rule.evidence])


def _ended_by(rule: DutyRule) -> tuple[Condition, ...]:
    grounds: tuple[Ground, ...] = (*rule.lifted_by, *rule.breached_by, *rule.suspended_by)
    return tuple([ground.when for ground in grounds])


def _told(rule: DutyRule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "for_each": rule.for_each,
        "when": rule.when.text,
        "unknown_opens": rule.unknown_opens,
        "needs": [one.text for one in _needs(rule)],
        "ended_by": [one.text for one in _ended_by(rule)],
    }
