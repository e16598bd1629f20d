"""Asked again: how often an account that was on record was taken from a child once more, and why. Counts acts alone.

Of a talk at the door nothing is known here: it is sealed, and its desk does not ask what happened. Times that are known
coarsely are read as early as they can be. Law: Directive 2011/36, 15(3)(e); the prohibition P3 of the packs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import msgspec

from encircle.core.child.event import Event, resolved
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.account import AccountTold
from encircle.vocabulary.facts.acknowledgement import OverrideAsked, OverrideUsed
from encircle.vocabulary.facts.concern import ConcernRegistered
from encircle.vocabulary.facts.interviews import InterviewHeld, InterviewNecessityDecided, InterviewPlanned
from encircle.vocabulary.facts.missing import ReturnInterviewHeld
from encircle.vocabulary.identifier import AgencyId, RootId
from encircle.vocabulary.moment import Span

TAKINGS = ("interview_held", "account_told", "return_interview_held")
"""The facts by which somebody says that a child told what happened."""
READ = (
    *TAKINGS,
    *("concern_registered", "interview_planned", "interview_necessity_decided"),
    *("override_asked", "override_used"),
)
"""What is read to count them."""
PROHIBITION = "P3"
OUTSIDE, AFTER_RETURN, NOT_SAID = "outside_an_interview", "after_a_return", "not_said"
"""How an account was taken, where it was not in an interview; or in one whose purpose is not on record."""
_OF_ANOTHER_EVENT = "return_after_missing"
_NOT_OF_THE_EVENT = frozenset({"asylum", "assessment"})
"""Interviews of which the record does not say whether the child had to tell of the event once more: P3 leaves them out."""


class Again(StrEnum):
    """Whether the child had told it before: yes; perhaps, which the record does not say; no, it was the first time."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


class Reason(StrEnum):
    """Why it was asked again, on record: decided before, set aside by two persons, written only afterwards; nothing."""

    DECIDED = "decided"
    SET_ASIDE = "set_aside"
    AFTERWARDS = "afterwards"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Taking:
    """One time that the account of a child was taken, or more of one planned interview: then it is `session` of a series.

    `how`: the purpose of the interview, or `OUTSIDE`, `AFTER_RETURN`, `NOT_SAID`. `words`: of the reason.
    """

    root: RootId
    agency: AgencyId
    happened: Span
    how: str
    again: Again
    session: bool = False
    reason: Reason = Reason.NONE
    words: str = ""


def takings(facts: Iterable[Fact]) -> tuple[Taking, ...]:
    """Each time that the account of this child was taken, in order of time. `facts`: of the types in `READ`, of one child.

    A talk after a return is again one where the same time of being missing has had one; it is no account of the event.
    """
    facts = tuple(facts)
    events = sorted(
        resolved(facts, every=facts, by=None), key=lambda one: (one.earliest, one.recorded, one.id)
    )
    told, perhaps_told = False, False
    series: set[str] = set()
    returned: set[str] = set()
    found = []
    for event in events:
        said = event.facts[0].payload
        if isinstance(said, ReturnInterviewHeld):
            found.append(_taking(event, AFTER_RETURN, Again.YES if event.subject in returned else Again.NO))
            returned.add(event.subject)
            continue
        tells, asked = _tells_and_asked(event)
        if asked is not Again.NO:
            how = _how(event)
            name = said.series if isinstance(said, InterviewHeld) else msgspec.UNSET
            if isinstance(name, str) and name in series:
                found.append(_taking(event, how, Again.NO, session=True))
                continue
            series.update({name} if isinstance(name, str) else ())
            found.append(_with_reason(_taking(event, how, _again(asked, told, perhaps_told)), event, events))
        told, perhaps_told = told or tells is Again.YES, perhaps_told or tells is Again.PERHAPS
    return tuple(found)


def _tells_and_asked(event: Event) -> tuple[Again, Again]:
    """Whether the child told of the event there, and whether it was asked to."""
    said = event.facts[0].payload
    if isinstance(said, InterviewHeld):
        if said.purpose == _OF_ANOTHER_EVENT:
            return Again.NO, Again.NO
        found = Again.PERHAPS if said.purpose in _NOT_OF_THE_EVENT else Again.YES
        return found, found
    if isinstance(said, AccountTold):
        by_itself = {
            fact.payload.spontaneous for fact in event.facts if isinstance(fact.payload, AccountTold)
        }
        if by_itself == {True}:
            return Again.YES, Again.NO
        return Again.YES, Again.YES if by_itself == {False} else Again.PERHAPS
    if isinstance(said, ConcernRegistered):
        by_child = said.raised_by == "child" and isinstance(said.text, str)
        return Again.YES if by_child or isinstance(said.exact_words, str) else Again.NO, Again.NO
    return Again.NO, Again.NO


def _how(event: Event) -> str:
    said = event.facts[0].payload
    if not isinstance(said, InterviewHeld):
        return OUTSIDE
    return said.purpose if isinstance(said.purpose, str) else NOT_SAID


def _again(asked: Again, told: bool, perhaps_told: bool) -> Again:
    if asked is Again.YES and told:
        return Again.YES
    return Again.PERHAPS if told or perhaps_told else Again.NO


def _taking(event: Event, how: str, again: Again, *, session: bool = False) -> Taking:
    fact = event.facts[0]
    return Taking(fact.root, fact.agency, fact.happened, how, again, session)


def _with_reason(taking: Taking, event: Event, events: Sequence[Event]) -> Taking:
    """With why it was asked again, as far as that is on record; a decision counts if it was there at the interview."""
    if taking.again is Again.NO:
        return taking
    decided = [
        (one.earliest, said.lacking)
        for one in events
        if isinstance(said := one.facts[0].payload, InterviewNecessityDecided)
        and one.subject == event.subject
    ]
    if before := [words for at, words in decided if at <= event.earliest]:
        return replace(taking, reason=Reason.DECIDED, words=before[-1])
    if (basis := _set_aside(event, events)) is not None:
        return replace(taking, reason=Reason.SET_ASIDE, words=basis)
    return replace(taking, reason=Reason.AFTERWARDS, words=decided[0][1]) if decided else taking


def _set_aside(event: Event, events: Sequence[Event]) -> str | None:
    """The basis on which two persons set the prohibition aside for the plan of this interview; None, they did not."""
    plans = {
        fact.id
        for one in events
        if isinstance(one.facts[0].payload, InterviewPlanned) and one.subject == event.subject
        for fact in one.facts
    }
    used = {
        one.subject
        for one in events
        if isinstance(said := one.facts[0].payload, OverrideUsed) and said.used_for in plans
    }
    for one in events:
        said = one.facts[0].payload
        if isinstance(said, OverrideAsked) and one.subject in used and said.prohibition == PROHIBITION:
            return said.basis
    return None
