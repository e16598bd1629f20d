"""Data keys that agencies keep: sealed to their public keys, opened with the key that somebody has unlocked.

Sealing needs nothing unlocked; the server has no way back from what is sealed so.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from django.db import connection

from encircle.crypto.people import KeyPair, bound_to, open_with, seal_to
from encircle.records.unlocked import Unlocked, unlocked
from encircle.vocabulary.compartment import SEALED_TO_PEOPLE, Compartment
from encircle.vocabulary.identifier import AgencyId, RootId

_AGENCY_KEY, _DATA_KEY = "agency-key", "data-key"


@dataclass(frozen=True, slots=True)
class Recipient:
    """The public key of an agency to which is sealed."""

    agency: AgencyId
    key: str
    public: bytes = field(repr=False)


def recipients_of(
    root: RootId, *, roles: Collection[str], opened: str | None = None, in_emergency: Collection[str] = ()
) -> tuple[Recipient, ...] | None:
    """The keys of all agencies of this record whose people may read; None, if one of them has no key in use yet.

    `roles`: those whose mandate opens the part; `opened`: the part, for agencies to which a decision has opened it;
    `in_emergency`: roles to which an emergency opens it: those count only where they have a key.
    """
    rows = _readers(root, roles, opened, in_emergency)
    if not rows or any(key is None and regular for _, key, _, regular in rows):
        return None
    return _with_keys(rows)


def readers_with_keys(
    root: RootId, *, roles: Collection[str], opened: str | None = None, in_emergency: Collection[str] = ()
) -> tuple[Recipient, ...]:
    """The same agencies, as far as they have a key in use: to whom is passed on what others hold already."""
    return _with_keys(_readers(root, roles, opened, in_emergency))


def bound_of_data_key(agency: str, key: str, root: str, data_key: str) -> bytes:
    """The place of a data key that is sealed to a key of an agency."""
    return bound_to(_DATA_KEY, agency, key, root, data_key)


def seal_data_key(secret: bytes, *, data_key: str, root: RootId, to: Sequence[Recipient]) -> int:
    """Seal this data key to each of them; those that have it already are left out. How many there were."""
    with connection.cursor() as cursor:
        for one in to:
            bound = bound_of_data_key(one.agency, one.key, root, data_key)
            cursor.execute(
                "INSERT INTO data_key_share (id, data_key_id, agency_key_id, root_id, agency_id, sealed)"
                " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (data_key_id, agency_key_id) DO NOTHING",
                (str(uuid4()), data_key, one.key, root, one.agency, seal_to(one.public, secret, bound=bound)),
            )
    return len(to)


def open_data_keys(ids: Iterable[str]) -> Mapping[str, bytes]:
    """Those of these data keys that open with what is unlocked in this request; nothing, where nothing is.

    Refuses: SealBroken, if a seal was altered or moved.
    """
    mine, wanted = unlocked(), sorted(set(ids))
    if mine is None or not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SHARES, (mine.id, wanted))
        rows = cursor.fetchall()
    pairs: dict[str, KeyPair] = {}
    found = {}
    for data_key, root, agency, key, sealed, own in rows:
        if key not in pairs:
            pairs[key] = open_agency_key(bytes(own), agency=agency, key=key, mine=mine)
        bound = bound_of_data_key(agency, key, root, data_key)
        found[data_key] = open_with(pairs[key], bytes(sealed), bound=bound)
    return found


def shut_keys_of(root: RootId, compartments: Collection[Compartment]) -> tuple[str, ...]:
    """The data keys of these compartments that only people open, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text FROM data_key WHERE root_id = %s AND compartment = ANY(%s) AND kept_by = 'recipients'"
            " AND destroyed_at IS NULL ORDER BY made_at, id",
            (root, [one.value for one in compartments]),
        )
        return tuple(str(key) for (key,) in cursor.fetchall())


def holders_of(root: RootId, compartments: Collection[Compartment] = SEALED_TO_PEOPLE) -> tuple[str, ...]:
    """The agencies that can open what is sealed to people on this record, in any of these compartments, by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT agency.name FROM data_key_share AS share JOIN agency ON agency.id = share.agency_id"
            " JOIN data_key AS key ON key.id = share.data_key_id"
            " WHERE share.root_id = %s AND key.compartment = ANY(%s) ORDER BY agency.name",
            (root, [one.value for one in compartments]),
        )
        return tuple(str(name) for (name,) in cursor.fetchall())


def agency_keys_open(agency: AgencyId) -> tuple[KeyPair, ...]:
    """The keys of this agency that open with what is unlocked in this request; nothing, where nothing is.

    Refuses: SealBroken, if a seal was altered or moved.
    """
    mine = unlocked()
    if mine is None:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency_key_id::text, sealed FROM agency_key_share WHERE agency_id = %s AND member_key_id = %s"
            " ORDER BY agency_key_id",
            (agency, mine.id),
        )
        rows = cursor.fetchall()
    return tuple(open_agency_key(bytes(sealed), agency=agency, key=key, mine=mine) for key, sealed in rows)


def roots_to_seal() -> tuple[tuple[RootId, Compartment], ...]:
    """Where a key of what is to be sealed to people still lies here; for the job that seals it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT root_id::text, compartment FROM data_key WHERE root_id IS NOT NULL"
            " AND compartment = ANY(%s) AND wrapped IS NOT NULL ORDER BY 1, 2",
            ([one.value for one in SEALED_TO_PEOPLE],),
        )
        return tuple((RootId(root), Compartment(compartment)) for root, compartment in cursor.fetchall())


def seal_agency_key(pair: KeyPair, *, agency: AgencyId, key: str, member_key: str, public: bytes) -> None:
    """Seal the private key of an agency to the key of one of its people."""
    sealed = seal_to(public, pair.private, bound=bound_to(_AGENCY_KEY, agency, key, member_key))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO agency_key_share (id, agency_key_id, member_key_id, agency_id, sealed)"
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (member_key_id, agency_key_id) DO NOTHING",
            (str(uuid4()), key, member_key, agency, sealed),
        )


def open_agency_key(sealed: bytes, *, agency: str, key: str, mine: Unlocked) -> KeyPair:
    """The private key of an agency, with that of one of its people. Refuses: SealBroken."""
    return KeyPair.of(open_with(mine.pair, sealed, bound=bound_to(_AGENCY_KEY, agency, key, mine.id)))


def _readers(
    root: RootId, roles: Collection[str], opened: str | None, in_emergency: Collection[str]
) -> Sequence[tuple[str, str | None, bytes | None, bool]]:
    given = {"root": root, "roles": list(roles), "opened": opened, "in_emergency": list(in_emergency)}
    with connection.cursor() as cursor:
        cursor.execute(_RECIPIENTS, given)
        rows: Sequence[tuple[str, str | None, bytes | None, bool]] = cursor.fetchall()
    return rows


def _with_keys(rows: Iterable[tuple[str, str | None, bytes | None, bool]]) -> tuple[Recipient, ...]:
    return tuple(
        Recipient(AgencyId(agency), key, bytes(public))
        for agency, key, public, _ in rows
        if key is not None and public is not None
    )


# An adverse party is never asked for a key; who is in for an emergency only where it has one.
_RECIPIENTS = """
    WITH inside AS (
        SELECT part.agency_id, bool_or(part.relation <> 'emergency') AS regular
          FROM membership AS part
         WHERE part.root_id = %(root)s AND part.since <= now() AND (part.until IS NULL OR part.until > now())
           AND part.relation <> 'adverse'
           AND EXISTS (
               SELECT FROM person
                WHERE person.agency_id = part.agency_id AND (part.person_id IS NULL OR part.person_id = person.id)
                  AND person.since <= now() AND (person.until IS NULL OR person.until > now())
                  AND person.role = ANY (CASE WHEN part.relation = 'emergency' THEN %(in_emergency)s::varchar[]
                                              ELSE %(roles)s::varchar[] END))
         GROUP BY part.agency_id
         UNION
        SELECT opened.agency_id, true FROM opened_part AS opened
         WHERE opened.root_id = %(root)s AND opened.field_group = %(opened)s AND opened.words AND opened.until > now()
    )
    SELECT inside.agency_id::text, key.id::text, key.public, bool_or(inside.regular)
      FROM inside LEFT JOIN agency_key AS key ON key.agency_id = inside.agency_id AND key.in_use_at IS NOT NULL
                                                 AND key.retired_at IS NULL
     GROUP BY inside.agency_id, key.id, key.public
     ORDER BY inside.agency_id
"""

_SHARES = """
    SELECT share.data_key_id::text, share.root_id::text, share.agency_id::text, share.agency_key_id::text,
           share.sealed, own.sealed
      FROM agency_key_share AS own
      JOIN data_key_share AS share ON share.agency_key_id = own.agency_key_id
     WHERE own.member_key_id = %s AND share.data_key_id = ANY(%s::uuid[])
     ORDER BY share.data_key_id
"""
