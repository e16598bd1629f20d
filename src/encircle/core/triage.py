"""Triage: where a concern stands between its arrival and what followed. Of facts alone; it ranks no child."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from encircle.core.child.as_of import AsOf, standing
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.age import DateOfBirthRecorded
from encircle.vocabulary.facts.concern import (
    AgencyConsulted,
    ConcernLinked,
    ConcernRegistered,
    ConcernReviewed,
    ConcernTriaged,
    SameChildAnswered,
)
from encircle.vocabulary.facts.identity import NameRecorded
from encircle.vocabulary.facts.indicator import IndicatorNoted
from encircle.vocabulary.identifier import SubjectId


class Stage(StrEnum):
    """Where a concern stands."""

    WAITING = "waiting"
    """Nobody has decided yet, and nobody was asked."""
    ASKED = "asked"
    """Other agencies are asked what they know."""
    SECOND = "second"
    """One person decided what would end it here: it waits for a second one."""
    DECIDED = "decided"
    """What follows is decided, and has to be begun."""
    DONE = "done"
    """It has left the board."""


_ENDS_HERE: Final = ("no_action", "advice_given")
"""Outcomes after which nothing follows here."""
_ELSEWHERE: Final = "refer_elsewhere"


@dataclass(frozen=True, slots=True)
class Triage:
    """What stands on record of one concern. `decision`, `review`: the last ones; a review of an older decision is none."""

    stage: Stage
    registered: Fact | None
    decision: Fact | None
    review: Fact | None
    consultations: tuple[Fact, ...]
    signs: tuple[Fact, ...]
    linked: tuple[str, ...]
    told_back: bool
    same: tuple[Fact, ...] = ()
    """What was answered to the question whether it is the same child as that of another record."""
    named: tuple[Fact, ...] = ()
    """The names and dates of birth by which somebody said that the child is known."""

    @property
    def concern(self) -> SubjectId | None:
        """The subject of the concern itself."""
        first = self.registered
        return None if first is None else SubjectId(first.subject or first.id)


def triage_of(facts: Iterable[Fact], *, at: AsOf, asked: bool) -> Triage:
    """Where the concern stands. `asked`: whether any agency was asked what it knows."""
    stated = [fact for event in standing(tuple(facts), at) for fact in event.facts]
    decision = _last(stated, ConcernTriaged)
    review = _last(stated, ConcernReviewed)
    if decision is not None and review is not None and review.recorded < decision.recorded:
        review = None
    consultations = tuple(fact for fact in stated if isinstance(fact.payload, AgencyConsulted))
    linked = tuple(fact.payload.other_record for fact in stated if isinstance(fact.payload, ConcernLinked))
    told_back = any(fact.type == "concern_feedback_given" for fact in stated)
    return Triage(
        stage=_stage(
            decision, review, asked=asked or bool(consultations), linked=bool(linked), told=told_back
        ),
        registered=_last(stated, ConcernRegistered),
        decision=decision,
        review=review,
        consultations=consultations,
        signs=tuple(fact for fact in stated if isinstance(fact.payload, IndicatorNoted)),
        linked=linked,
        told_back=told_back,
        same=tuple(fact for fact in stated if isinstance(fact.payload, SameChildAnswered)),
        named=tuple(fact for fact in stated if isinstance(fact.payload, NameRecorded | DateOfBirthRecorded)),
    )


def _stage(decision: Fact | None, review: Fact | None, *, asked: bool, linked: bool, told: bool) -> Stage:
    """Nobody takes a concern from the board alone: what ends it here, or leads elsewhere, is confirmed by a second person."""
    outcome = decision.payload.outcome if decision and isinstance(decision.payload, ConcernTriaged) else None
    said = review.payload.review_outcome if review and isinstance(review.payload, ConcernReviewed) else None
    if said in ("changed", "reopened") or outcome in (None, "more_information"):
        return Stage.ASKED if asked else Stage.WAITING
    goes_on = linked and outcome not in _ENDS_HERE
    if outcome in (*_ENDS_HERE, _ELSEWHERE) and said != "confirmed" and not goes_on:
        return Stage.SECOND
    if goes_on or outcome in _ENDS_HERE or (outcome == _ELSEWHERE and told):
        return Stage.DONE
    return Stage.DECIDED


def _last(stated: Iterable[Fact], payload: type) -> Fact | None:
    found = [fact for fact in stated if isinstance(fact.payload, payload)]
    return max(found, key=lambda fact: fact.recorded, default=None)
