"""Roots and who is a member of them: opening a record, letting an agency take part, ending its part."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.db import connection

from encircle.records.context import Context
from encircle.records.refusal import rules_told
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId, RootId

_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: nothing that is misread on paper or misheard by telephone."""


def new_number() -> str:
    """A case number: 8 random signs in two groups (40 bits)."""
    signs = [secrets.choice(_SIGNS) for _ in range(8)]
    return "".join(signs[:4]) + "-" + "".join(signs[4:])


def open_root(
    kind: Kind, *, ctx: Context, root_id: RootId | None = None, made: datetime | None = None
) -> RootId:
    """Open a record of a child or a concern; the agency in the context becomes its first member.

    `root_id` may be made before (random); `made` counts only for the loader of example cases.
    """
    opened = root_id or RootId(str(uuid4()))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO root (id, kind, number, opened_by_id, made_at) VALUES (%s, %s, %s, %s, %s)",
            (opened, kind.value, new_number(), ctx.agency, made),
        )
    return opened


def open_own(kind: Kind, root: RootId, *, ctx: Context) -> bool:
    """Open the own record of the agency in the context, or of the installation, unless it is there; whether it was not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO root (id, kind, number, opened_by_id) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (root, kind.value, new_number(), ctx.agency),
        )
        return bool(cursor.rowcount)


def add_member(
    root: RootId,
    agency: AgencyId,
    *,
    relation: str,
    basis: str | None = None,
    since: datetime | None = None,
    person: str | None = None,
    membership: str | None = None,
) -> str:
    """Let an agency take part from now on. Only a member can; whether it may is the access rule's to say.

    `person`: this one of the agency alone. `since` counts only for the loader of example cases. `membership`: its id,
    where the same form must not make two.
    """
    membership = membership or str(uuid4())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO membership (id, root_id, agency_id, relation, basis, since, person_id)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (membership, root, agency, relation, basis, since, person),
        )
    return membership


def end_membership(membership: str) -> bool:
    """End a part as of now; False, if there is no such membership that one may see and that still runs."""
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE membership SET until = now() WHERE id = %s AND (until IS NULL OR until > now())",
            (membership,),
        )
        return bool(cursor.rowcount)


def has_roots(ids: Sequence[RootId]) -> bool:
    """Whether all of these records are there, as far as the context may see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM root WHERE id = ANY(%s::uuid[])", (list(ids),))
        return bool(cursor.fetchone()[0] == len(ids))


def members(root: RootId) -> tuple[tuple[AgencyId, str], ...]:
    """Which agencies take part now, and in which relation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency_id::text, relation FROM membership WHERE root_id = %s AND since <= now()"
            " AND (until IS NULL OR until > now()) ORDER BY since, relation, agency_id",
            (root,),
        )
        return tuple((AgencyId(agency), relation) for agency, relation in cursor.fetchall())
