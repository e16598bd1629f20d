"""Proposals as data, for a terminal and for programs: what is to be set, what it changes, its effect, what became of it."""

from collections.abc import Mapping
from typing import Any

from encircle.actions.pack_diff import rule_changes
from encircle.actions.practice.draft import Problem
from encircle.actions.practice.reading import Seen
from encircle.law.law import Law
from encircle.law.practice import Amendment
from encircle.records.practice import Counted, Proposal, Step

WAITING = "waiting"


def proposal_data(one: Proposal) -> dict[str, Any]:
    """One proposal with its steps. Who made a step is told by the role, never by name."""
    decided = one.decided
    return {
        "number": one.number,
        "pack": one.pack,
        "state": WAITING if decided is None else decided.kind,
        "sets": amendment_data(one.amendment),
        "why": one.why,
        "valid_from": one.valid_from,
        "replaces": one.replaces,
        "proposed_as": one.role.value,
        "proposed_at": one.made_at,
        "steps": [_step(step) for step in one.steps],
    }


def amendment_data(amendment: Amendment) -> dict[str, Any]:
    """What is to be set. A number: `amount` is None where none is to hold any longer."""
    return {
        "part": amendment.part.value,
        "code": amendment.code,
        "amount": amendment.amount,
        "unit": None if amendment.unit is None else amendment.unit.value,
        "counting": None if amendment.counting is None else amendment.counting.value,
        "field": amendment.field or None,
        "texts": dict(amendment.texts),
        "basis": dict(amendment.basis),
    }


def seen_data(seen: Seen) -> dict[str, Any]:
    """The proposal with its difference in the rules, what the check of the law says, and its effect."""
    return {
        **proposal_data(seen.proposal),
        "agency": seen.agency,
        "changes": changes_data(seen.before, seen.after),
        "problems": problems_data(seen.problems),
        "warnings": [f"{one.origin}: {one.what}" for one in seen.warnings],
        "effect": None if seen.effect is None else effect_data(seen.effect),
        "superseded_by": seen.superseded,
        "may_decide": seen.may_decide,
    }


def changes_data(before: Law | None, after: Law | None) -> list[dict[str, str]]:
    """Each line of a rule that is another with it; none, where the two laws were not made."""
    if before is None or after is None:
        return []
    return [
        {"code": one.code, "says": one.says, "before": one.before, "after": one.after}
        for one in rule_changes(before, after)
    ]


def problems_data(problems: Mapping[str, Problem]) -> list[dict[str, Any]]:
    """What is wrong, by field: a code, and what the check of the law says with the line of a pack."""
    return [
        {"field": name, "what": problem.what.value, "says": list(problem.says)}
        for name, problem in problems.items()
    ]


def effect_data(effect: Counted) -> list[dict[str, Any]]:
    """Figures, each rounded so that it tells of no child; those of all: compared, moved."""
    return [
        {"code": one.code, "turn": one.turn, "before": one.before, "after": one.after, "figure": one.figure}
        for one in effect.figures
    ]


def _step(step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "at": step.at,
        "role": None if step.role is None else step.role.value,
        "why": step.why,
        "since": step.since,
    }
