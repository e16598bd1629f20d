"""Duties of a page in groups: one for each state, and in it one bundle for each duty. Decides nothing."""

from dataclasses import dataclass

from django.utils.functional import Promise

from encircle.actions.record import Look
from encircle.core.duty import DutyState
from encircle.law.duty import DutyRule
from encircle.web.desk.facts import FactList
from encircle.web.desk.ledger import Duty
from encircle.web.page import wording

OPENED = frozenset({DutyState.OVERDUE, DutyState.BREACHED, DutyState.DUE_SOON})
"""Groups whose rows nobody should have to look for."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The same duty towards several interviews, decisions ..., or at several events: the first, and how many more."""

    first: Duty
    more: tuple[Duty, ...]

    @property
    def of(self) -> DutyRule:
        """The duty of which they are."""
        rule = self.first.row.rule
        return next((one for one in self.first.look.law.duties if one.code == rule.under), rule)

    @property
    def title(self) -> str:
        """What is owed."""
        return wording.told(self.of.title, self.first.language)


@dataclass(frozen=True, slots=True)
class Group:
    """All duties in one state."""

    state: DutyState
    title: str | Promise
    explained: str | Promise
    duties: tuple[Duty, ...]
    opened: bool

    @property
    def bundles(self) -> tuple[Bundle, ...]:
        """Duties of one code, and events under it, together, in the order of codes."""
        by_code: dict[str, list[Duty]] = {}
        for duty in self.duties:
            by_code.setdefault(duty.row.rule.under or duty.code, []).append(duty)
        return tuple(Bundle(duties[0], tuple(duties[1:])) for duties in by_code.values())


def ledger(look: Look, facts: FactList, *, language: str) -> tuple[Group, ...]:
    """The groups that hold any duty, what waits first."""
    rows = look.answer.duties
    return tuple(
        Group(
            state,
            title,
            wording.STATES_EXPLAINED[state],
            tuple(Duty(row, look, facts, language) for row in rows if row.state is state),
            state in OPENED,
        )
        for state, title in wording.STATES.items()
        if any(row.state is state for row in rows)
    )
