"""Links: "these two records are the same child" as rows, so that both are read together. Made of facts."""

from collections.abc import Iterable
from dataclasses import replace

import msgspec
from django.db import connection

from encircle.records.refusal import RuleBroken
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.concern import ConcernLinked, SameChildAnswered
from encircle.vocabulary.facts.identity import SameChildStated

NOT_TOLD = "…"
"""Stands for the number of another record where the agency takes no part in it: that number is as if it were not there."""


def follow(fact: Fact) -> None:
    """After a fact is added: make the link that it states, and take away that of a fact it withdraws or corrects.

    Refuses: RuleBroken, if the other record is not there for this agency, or is this one.
    """
    replaced = fact.withdraws or fact.corrects
    if replaced is not None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM link WHERE fact_id = %s", (replaced,))
    if isinstance(fact.payload, SameChildStated):
        _link(fact, fact.payload.other_record)


def _link(fact: Fact, other_number: str) -> None:
    """The policy of the table asks once more that the agency is a member of both records."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO link (fact_id, root_id, other_id)"
            " SELECT %s, %s, id FROM root WHERE number = %s AND id <> %s",
            (fact.id, fact.root, other_number.strip().lower(), fact.root),
        )
        if cursor.rowcount != 1:
            raise RuleBroken(
                code="link_joins_two_roots",
                reason="There is no other record with this number that your agency takes part in.",
                instead="Look at the number again, or ask the agency that told you of it.",
            )


def told_of(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The same facts; of other records they name only those that the context shows. One query, where any is named."""
    facts = tuple(facts)
    named = {_named(fact) for fact in facts} - {None}
    if not named:
        return facts
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM root WHERE number = ANY(%s)", (sorted(filter(None, named)),))
        shown = {str(number) for (number,) in cursor.fetchall()}
    return tuple(_untold(fact) if _named(fact) not in {None, *shown} else fact for fact in facts)


def _named(fact: Fact) -> str | None:
    said = fact.payload
    if isinstance(said, SameChildAnswered):
        return said.asked_of.strip().lower()
    return said.other_record.strip().lower() if isinstance(said, SameChildStated | ConcernLinked) else None


def _untold(fact: Fact) -> Fact:
    hidden = (
        {"asked_of": NOT_TOLD} if isinstance(fact.payload, SameChildAnswered) else {"other_record": NOT_TOLD}
    )
    return replace(fact, payload=msgspec.structs.replace(fact.payload, **hidden))
