"""Restriction: whether the use of a record is restricted now, and for which purposes it may still be looked at.

Law: GDPR 18; LED 16(3). Who answers for the record still sees who has looked; an emergency is not held up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.data_requests import UseRestricted
from encircle.vocabulary.moment import parse_span
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.visit_purpose import VisitPurpose


@dataclass(frozen=True, slots=True)
class Restriction:
    """A restriction that runs. `still`: the purposes of visits for which the record may be looked at."""

    still: frozenset[VisitPurpose]
    until: datetime | None


def restriction(facts: Iterable[Fact], *, now: datetime) -> Restriction | None:
    """The restriction that runs now, of the facts of that type; None, where none does. What is withdrawn does not count."""
    facts = tuple(facts)
    gone = {fact.withdraws for fact in facts} | {fact.corrects for fact in facts}
    standing = [fact for fact in facts if fact.withdraws is None and fact.id not in gone]
    if not standing:
        return None
    last = max(standing, key=lambda fact: (fact.happened.latest, fact.recorded))
    said = last.payload
    if not isinstance(said, UseRestricted) or said.use_restriction != "restricted":
        return None
    until = None
    if isinstance(said.restricted_until, str):
        until = parse_span(said.restricted_until, last.happened.zone).latest
    if until is not None and until < now:
        return None
    still = said.still_used_for if isinstance(said.still_used_for, tuple) else ()
    return Restriction(frozenset(map(VisitPurpose, still)), until)


def is_open_under(
    found: Restriction | None,
    *,
    purpose: Purpose,
    visit: VisitPurpose | None,
    relations: Iterable[Relation],
) -> bool:
    """Whether one may look in spite of it. A visit whose purpose nobody was asked for counts as one to protect."""
    if found is None or purpose is Purpose.ACCOUNT_FOR or Relation.EMERGENCY in relations:
        return True
    return (visit or VisitPurpose.PROTECT) in found.still
