"""Relations: how an agency and one person of it stand to records, as memberships say. Reads, decides nothing."""

from collections.abc import Mapping, Sequence

from django.db import connection

from encircle.records.context import Context
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.relation import Relation

_KNOWN = {relation.value: relation for relation in Relation}


def relations_to(roots: Sequence[RootId], *, ctx: Context) -> Mapping[RootId, frozenset[Relation]]:
    """The relations to each of these records of who acts in the context. One query, whatever their number.

    A membership that names a person counts for that person alone; a word that is no relation counts for nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RELATIONS, (list(roots), ctx.agency, ctx.actor))
        found: dict[RootId, set[Relation]] = {root: set() for root in roots}
        for root, relation in cursor.fetchall():
            if relation in _KNOWN:
                found[RootId(root)].add(_KNOWN[relation])
    return {root: frozenset(relations) for root, relations in found.items()}


_RELATIONS = """
    SELECT root_id::text, relation FROM membership
     WHERE root_id = ANY (%s::uuid[]) AND agency_id = %s AND (person_id IS NULL OR person_id::text = %s)
       AND since <= now() AND (until IS NULL OR until > now())
"""
