"""Copies of agencies' private keys for recovery, each sealed to two of three institutions. The server opens none.

For each two institutions there is one copy: sealed to the second, and that seal sealed to the first. No arithmetic of
shares is ours; each copy opens with both private keys, in that order, and with nothing less.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from uuid import uuid4

from django.db import connection
from django.db.models import Q

from encircle.crypto.people import KeyPair, bound_to, open_with, seal_to
from encircle.crypto.sealed import seal_broken
from encircle.records.models import RecoveryKey
from encircle.vocabulary.identifier import AgencyId

SEATS = 3


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy as it lies: of which agency's key, for which two institutions. `public`: what it has to turn out to be."""

    agency: AgencyId
    key: str
    public: bytes = field(repr=False)
    outer: str
    inner: str
    sealed: bytes = field(repr=False)


def keep_copies(pair: KeyPair, *, agency: AgencyId, key: str) -> int:
    """Seal this agency's key to each two of the three institutions; those that stand are left. How many were made."""
    seats = list(RecoveryKey.objects.filter(Q(ended_at=None)).order_by("seat"))
    if len(seats) < SEATS:
        return 0
    made = 0
    with connection.cursor() as cursor:
        for outer, inner in combinations(seats, 2):
            where = (str(outer.pk), str(inner.pk))
            cursor.execute(
                "SELECT 1 FROM recovery_share WHERE agency_key_id = %s AND outer_id = %s AND inner_id = %s",
                (key, *where),
            )
            if cursor.fetchone() is not None:
                continue
            within = seal_to(bytes(inner.public), pair.private, bound=_bound("inner", agency, key, where))
            sealed = seal_to(bytes(outer.public), within, bound=_bound("outer", agency, key, where))
            cursor.execute(
                "INSERT INTO recovery_share (id, agency_key_id, agency_id, outer_id, inner_id, sealed)"
                " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (agency_key_id, outer_id, inner_id) DO NOTHING",
                (str(uuid4()), key, agency, *where, sealed),
            )
            made += 1
    return made


def copies(institutions: Sequence[str], *, agency: AgencyId | None = None) -> tuple[Copy, ...]:
    """The copies that open with the keys of these two, of all agencies or of one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT share.agency_id::text, key.id::text, key.public, share.outer_id::text, share.inner_id::text,"
            " share.sealed FROM recovery_share AS share JOIN agency_key AS key ON key.id = share.agency_key_id"
            " WHERE key.ended_at IS NULL AND share.outer_id = ANY(%s::uuid[]) AND share.inner_id = ANY(%s::uuid[])"
            " AND (%s::uuid IS NULL OR share.agency_id = %s::uuid) ORDER BY share.agency_id, key.id",
            (list(institutions), list(institutions), agency, agency),
        )
        return tuple(
            Copy(AgencyId(whose), key, bytes(public), outer, inner, bytes(sealed))
            for whose, key, public, outer, inner, sealed in cursor.fetchall()
        )


def open_copy(copy: Copy, outer: KeyPair, inner: KeyPair) -> KeyPair:
    """The agency's pair. Refuses: SealBroken, also where what comes out is not the key of that agency."""
    where = (copy.outer, copy.inner)
    within = open_with(outer, copy.sealed, bound=_bound("outer", copy.agency, copy.key, where))
    pair = KeyPair.of(open_with(inner, within, bound=_bound("inner", copy.agency, copy.key, where)))
    if pair.public != copy.public:
        raise seal_broken()
    return pair


def agencies_without_copy() -> tuple[str, ...]:
    """Codes of agencies with a key of which not every two of the three institutions in office have a copy."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency.code FROM agency_key AS key JOIN agency ON agency.id = key.agency_id WHERE"
            " (SELECT count(*) FROM recovery_share AS share JOIN recovery_key AS one ON one.id = share.outer_id"
            " JOIN recovery_key AS other ON other.id = share.inner_id WHERE share.agency_key_id = key.id"
            " AND one.ended_at IS NULL AND other.ended_at IS NULL) < %s AND key.ended_at IS NULL"
            " GROUP BY agency.code ORDER BY agency.code",
            (SEATS,),
        )
        return tuple(str(code) for (code,) in cursor.fetchall())


def has_copies(key: str) -> bool:
    """Whether each two of the three institutions in office have a copy of that key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM recovery_share AS share JOIN recovery_key AS one ON one.id = share.outer_id"
            " JOIN recovery_key AS other ON other.id = share.inner_id WHERE share.agency_key_id = %s"
            " AND one.ended_at IS NULL AND other.ended_at IS NULL",
            (key,),
        )
        (count,) = cursor.fetchone()
        return int(count) >= SEATS


def drop_copies_of(institution_key: str) -> int:
    """Delete the copies that this key helps to open; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM recovery_share WHERE outer_id = %s OR inner_id = %s",
            (institution_key, institution_key),
        )
        return int(cursor.rowcount)


def _bound(seal: str, agency: str, key: str, where: tuple[str, str]) -> bytes:
    return bound_to("recovery", seal, agency, key, *where)
