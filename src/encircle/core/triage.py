"""Triage: where a concern stands between its arrival and what followed. Of facts alone; it ranks no child."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from encircle.core.child.as_of import AsOf, standing
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.concern import (
    AgencyConsulted,
    ConcernLinked,
    ConcernRegistered,
    ConcernReviewed,
    ConcernTriaged,
)
from encircle.vocabulary.facts.indicator import IndicatorNoted
from encircle.vocabulary.identifier import SubjectId


class Stage(StrEnum):
    """Where a concern stands."""

    WAITING = "waiting"
    """Nobody has decided yet, and nobody was asked."""
    ASKED = "asked"
    """Other agencies are asked what they know."""
    SECOND = "second"
    """One person decided that nothing follows: it waits for a second one."""
    DECIDED = "decided"
    """What follows is decided, and has to be begun."""
    DONE = "done"
    """It has left the board."""


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
    )


def _stage(decision: Fact | None, review: Fact | None, *, asked: bool, linked: bool, told: bool) -> Stage:
    """Nobody takes a concern from the board alone: that nothing follows is confirmed by a second person."""
    outcome = decision.payload.outcome if decision and isinstance(decision.payload, ConcernTriaged) else None
    said = review.payload.review_outcome if review and isinstance(review.payload, ConcernReviewed) else None
    if said in ("changed", "reopened") or outcome in (None, "more_information"):
        return Stage.ASKED if asked else Stage.WAITING
    if outcome == "no_action":
        return Stage.DONE if said == "confirmed" else Stage.SECOND
    if linked or (outcome == "refer_elsewhere" and told):
        return Stage.DONE
    return Stage.DECIDED


def _last(stated: Iterable[Fact], payload: type) -> Fact | None:
    found = [fact for fact in stated if isinstance(fact.payload, payload)]
    return max(found, key=lambda fact: fact.recorded, default=None)
