"""A new key of an agency: what is sealed to an older one is sealed anew, and then that one ends for all.

In each transaction a seal to the new key takes the place of one to the older key, so that at no moment something is
sealed to neither. Needs the purpose under which the table shows an agency all its own seals (sign_in).
"""

from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from encircle.crypto.people import KeyPair, open_with, seal_to
from encircle.crypto.sealed import SealBroken
from encircle.records.models import AgencyKeyShare
from encircle.records.people_keys import Recipient, bound_of_data_key
from encircle.vocabulary.identifier import AgencyId

_PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Moved:
    """So many seals were made anew; `broken`: so many do not open with the older key, and stand."""

    done: int
    broken: int


def nobody_else_has(agency: AgencyId, which: Q) -> bool:
    """Whether without these shares a key of that agency, of today or older, would be with nobody who works there."""
    held = AgencyKeyShare.objects.filter(Q(agency=agency))
    in_office = Q(member_key__person__until=None) | Q(member_key__person__until__gt=Now())
    going = set(held.filter(which).values_list("agency_key_id", flat=True))
    others = held.filter(in_office).exclude(pk__in=held.filter(which).values("pk"))
    return not going <= set(others.values_list("agency_key_id", flat=True))


def retire(key: str) -> None:
    """From now on nothing is sealed to this key; what was stays readable."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE agency_key SET retired_at = clock_timestamp() WHERE id = %s AND retired_at IS NULL",
            (key,),
        )


def add_key(public: bytes, *, agency: AgencyId, reason: str) -> str:
    """The public half of a new key, in use at once; its id."""
    key = str(uuid4())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO agency_key (id, agency_id, public, in_use_at, reason)"
            " VALUES (%s, %s, %s, clock_timestamp(), %s)",
            (key, agency, public, reason),
        )
    return key


def seals_to(key: str) -> int:
    """How many data keys are sealed to that key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM data_key_share WHERE agency_key_id = %s", (key,))
        (count,) = cursor.fetchone()
        return int(count)


def seals_to_in_the_end(key: str) -> int:
    """The same, once nobody is sealing to it: who does is waited for, and who begins waits for the end of this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s::uuid::text, 46))", (key,))
    return seals_to(key)


def move_seals(pair: KeyPair, *, old: str, to: Recipient, at_most: int) -> Moved:
    """Seal anew what is sealed to the old key, whose pair this is; one that does not open is left as it is."""
    done, broken, after = 0, 0, None
    while done < at_most:
        with connection.cursor() as cursor:
            cursor.execute(_NEXT, (old, after, after, min(_PAGE, at_most - done)))
            rows = cursor.fetchall()
            for share, data_key, root, sealed in rows:
                try:
                    bound = bound_of_data_key(to.agency, old, root, data_key)
                    secret = open_with(pair, bytes(sealed), bound=bound)
                except SealBroken:
                    broken += 1
                    continue
                anew = seal_to(to.public, secret, bound=bound_of_data_key(to.agency, to.key, root, data_key))
                cursor.execute(_ANEW, (str(uuid4()), data_key, to.key, root, to.agency, anew))
                cursor.execute("DELETE FROM data_key_share WHERE id = %s", (share,))
                done += 1
        if not rows:
            break
        after = rows[-1][0]
    return Moved(done, broken)


def end_key(key: str) -> None:
    """Nobody has the private half any more: the shares of people and the copies for recovery are deleted.

    The database refuses it while something is sealed to that key.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE agency_key SET ended_at = clock_timestamp() WHERE id = %s AND ended_at IS NULL", (key,)
        )
        cursor.execute("DELETE FROM agency_key_share WHERE agency_key_id = %s", (key,))
        cursor.execute("DELETE FROM recovery_share WHERE agency_key_id = %s", (key,))


_NEXT = """
    SELECT id::text, data_key_id::text, root_id::text, sealed FROM data_key_share
     WHERE agency_key_id = %s AND (%s::uuid IS NULL OR id > %s::uuid) ORDER BY id LIMIT %s
"""
_ANEW = """
    INSERT INTO data_key_share (id, data_key_id, agency_key_id, root_id, agency_id, sealed)
    VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (data_key_id, agency_key_id) DO NOTHING
"""
