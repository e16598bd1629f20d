"""What the children on a list are called: their names alone are read and folded, nothing else of their records."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from encircle.core.child import AsOf, Fold, fold
from encircle.records.seen import name_facts_of_each
from encircle.vocabulary.facts.identity import NameRecorded
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import RootId

_FIELDS = ("name_used", "given_names")


def called(roots: Sequence[RootId], *, now: datetime) -> Mapping[RootId, Fold]:
    """What is on record of the name of each of these, corrections and withdrawals applied. A few queries for all."""
    facts = name_facts_of_each(roots)
    return {root: fold(facts[root], AsOf(now), zone="UTC") for root in roots}


def name_in(folded: Fold) -> str:
    """The name used, else the given names; nothing where none is on record."""
    for field in _FIELDS:
        for fact in folded.earliest.facts_behind(Kind.CHILD, "", field):
            value = getattr(fact.payload, field) if isinstance(fact.payload, NameRecorded) else None
            if isinstance(value, str):
                return value
    return ""
