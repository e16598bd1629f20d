"""Flagged: requests abroad that must stay with who leads the case, because contact there, or telling there, endangers.

What the authorities that exchange requests handle is a part of its own (X). A request against which a do-not-contact
flag stands, or of which a State found that disclosure endangers, is not exchanged: it falls back among the plans (V).
"""

from collections.abc import Iterable

from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.crossborder import RequestPrepared, RequestReceived, RequestSent
from encircle.vocabulary.facts.do_not_contact import DoNotContactLifted, DoNotContactSet
from encircle.vocabulary.facts.fact_type import UNSET
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import FactId, SubjectId

_NAMED = ("to_country", "from_country", "about_person")


def flagged(facts: Iterable[Fact]) -> frozenset[SubjectId]:
    """The requests of this record that a standing flag, or a finding of a State, keeps from those who exchange.

    What is not known closes: a flag counts as long as its lifting is not on record, in each version that was told of it.
    """
    facts = tuple(facts)
    requests = [fact for fact in facts if FACT_TYPES[fact.type].about is Kind.REQUEST]
    if not requests:
        return frozenset()
    taken = {fact.withdraws for fact in facts if fact.withdraws is not None}
    flags = _standing(facts, taken)
    return frozenset(_about(fact) for fact in requests if fact.id not in taken and _is_closed(fact, flags))


def _standing(facts: Iterable[Fact], taken: set[FactId]) -> tuple[DoNotContactSet, ...]:
    there = [fact for fact in facts if fact.id not in taken]
    lifted = {_about(fact) for fact in there if isinstance(fact.payload, DoNotContactLifted)}
    return tuple(
        fact.payload
        for fact in there
        if isinstance(fact.payload, DoNotContactSet) and _about(fact) not in lifted
    )


def _is_closed(fact: Fact, flags: Iterable[DoNotContactSet]) -> bool:
    said = fact.payload
    if not isinstance(said, RequestPrepared | RequestSent | RequestReceived):
        return False
    if isinstance(said, RequestReceived) and said.disclosure_endangers == "endangers":
        return True
    named = {getattr(said, name, UNSET) for name in _NAMED} - {UNSET}
    return any(_covers(flag, named) for flag in flags)


def _covers(flag: DoNotContactSet, named: set[object]) -> bool:
    """A flag covers what it names; one that names nothing covers every country."""
    meant = {flag.country, flag.person} - {UNSET}
    return bool(meant & named) if meant else True


def _about(fact: Fact) -> SubjectId:
    return SubjectId(fact.subject or fact.id)


def is_of(fact: Fact, subjects: frozenset[SubjectId]) -> bool:
    """Whether the fact is about one of these."""
    return bool(subjects) and _about(fact) in subjects
