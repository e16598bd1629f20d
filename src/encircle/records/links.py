"""Links: "these two records are the same child" as rows, so that both are read together. Made of facts."""

from django.db import connection

from encircle.records.refusal import RuleBroken
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.identity import SameChildStated


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
