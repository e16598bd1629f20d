"""How an agency and one person of it stand to records: as memberships and decisions say. Reads, decides nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from encircle.core.access import NOTHING, Opened
from encircle.records.context import Context
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, RootId
from encircle.vocabulary.relation import Relation

_KNOWN = {relation.value: relation for relation in Relation}
_GROUPS = {group.value.lower(): group for group in FieldGroup}


@dataclass(frozen=True, slots=True)
class Standing:
    """The relations to one record, and what decisions have opened of it."""

    relations: frozenset[Relation] = frozenset()
    opened: Opened = NOTHING


def standing_to(roots: Sequence[RootId], *, ctx: Context) -> Mapping[RootId, Standing]:
    """How who acts in the context stands to each of these records. One query, whatever their number.

    A membership that names a person counts for that person alone; a word that is no relation counts for nobody.
    """
    found: dict[RootId, tuple[set[Relation], set[FieldGroup], set[FieldGroup]]] = {
        root: (set(), set(), set()) for root in roots
    }
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, (list(roots), ctx.agency, ctx.actor, list(roots), ctx.agency))
        for root, code, words in cursor.fetchall():
            relations, groups, read = found[RootId(root)]
            if words is None and code in _KNOWN:
                relations.add(_KNOWN[code])
            elif words is not None and code in _GROUPS:
                groups.add(_GROUPS[code])
                read.update({_GROUPS[code]} if words else ())
    return {
        root: Standing(
            frozenset(relations), Opened(frozenset(groups), frozenset(read)) if groups else NOTHING
        )
        for root, (relations, groups, read) in found.items()
    }


def kept_from(agency: AgencyId) -> tuple[RootId, ...]:
    """Records in which the agency takes part that are not there for who acts in the context: so lists do not count them.

    It stands against the child; or its part names other people of it alone. Who leads a case takes part besides.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, {"agency": agency})
        return tuple(RootId(root) for (root,) in cursor.fetchall())


_KEPT = """
    WITH part AS MATERIALIZED (
        SELECT root_id, relation, (person_id IS NULL OR person_id::text = encircle_actor()) AS own FROM membership
         WHERE agency_id = %(agency)s AND since <= now() AND (until IS NULL OR until > now())
           AND (relation = 'adverse' OR (person_id IS NOT NULL AND relation <> 'case_lead'))
    )
    SELECT root_id::text FROM part WHERE relation = 'adverse' AND own
     UNION
    SELECT root_id::text FROM part WHERE NOT own AND NOT EXISTS (
        SELECT FROM membership AS other WHERE other.root_id = part.root_id AND other.agency_id = %(agency)s
           AND other.since <= now() AND (other.until IS NULL OR other.until > now()) AND other.relation <> 'adverse'
           AND (other.person_id IS NULL OR other.person_id::text = encircle_actor()))
"""

_STANDING = """
    SELECT root_id::text, relation, NULL::boolean FROM membership
     WHERE root_id = ANY (%s::uuid[]) AND agency_id = %s AND (person_id IS NULL OR person_id::text = %s)
       AND since <= now() AND (until IS NULL OR until > now())
     UNION ALL
    SELECT root_id::text, field_group, words FROM opened_part
     WHERE root_id = ANY (%s::uuid[]) AND agency_id = %s AND until > now() AND NOT EXISTS (
           SELECT FROM sharing_agreement WHERE id = agreement_id AND ended_at IS NOT NULL)
"""
