"""What hangs on an installation key, and moving it to another one, some rows at a time. A job; opens no record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from encircle.vocabulary.identifier import RootId

PURPOSE = "rewrap"


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A data key as it lies in the database. `owner`: the record or agency whose it is."""

    id: str
    owner: str
    compartment: str
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Factor:
    """A secret of a second step as it lies in the database: in which row, under which name."""

    row: int
    name: str
    sealed: str


def hanging() -> Mapping[bytes, int]:
    """How many data keys are wrapped under each installation key, by its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substr(wrapped, 1, 8), count(*) FROM data_key WHERE wrapped IS NOT NULL AND kept_by = 'installation'"
            " GROUP BY 1 ORDER BY 1"
        )
        return {bytes(key): int(many) for key, many in cursor.fetchall()}


def wrapped_keys(*, after: str, at_most: int) -> Sequence[Wrapped]:
    """Data keys that hang on an installation key, in the order of their ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text, coalesce(root_id, agency_id)::text, compartment, wrapped FROM data_key"
            " WHERE wrapped IS NOT NULL AND kept_by = 'installation' AND id > %s ORDER BY id LIMIT %s",
            (after, at_most),
        )
        return [
            Wrapped(key, owner, compartment, bytes(wrapped))
            for key, owner, compartment, wrapped in cursor.fetchall()
        ]


def named_roots(*, after: str, at_most: int) -> Sequence[RootId]:
    """Records whose names can be looked for, in the order of their ids; held until the transaction ends.

    Who writes to one of them waits: a name that is stated between the reading of facts and of keys would lose its keys.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT root_id::text FROM name_key WHERE root_id > %s ORDER BY 1 LIMIT %s",
            (after, at_most),
        )
        roots = [RootId(root) for (root,) in cursor.fetchall()]
        cursor.execute(
            "SELECT 1 FROM situation_row WHERE root_id = ANY (%s::uuid[]) ORDER BY root_id FOR UPDATE",
            (roots,),
        )
    return roots


def factors() -> Sequence[Factor]:
    """The sealed secrets of apps and recovery codes of everybody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT own.id, given.key, given.value FROM mfa_authenticator AS own, jsonb_each_text(own.data) AS given"
            " WHERE own.type IN ('totp', 'recovery_codes') AND given.key IN ('secret', 'seed') ORDER BY 1, 2"
        )
        return [Factor(*row) for row in cursor.fetchall()]


def reseal_factor(factor: Factor, *, sealed: str) -> bool:
    """Put the same secret in place of this one; False, where its owner has changed it meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encircle_reseal_factor(%s, %s, %s, %s)", (factor.row, factor.name, factor.sealed, sealed)
        )
        return bool(cursor.fetchone()[0])


def codes_given_before(at: datetime) -> int:
    """How many codes of children's pages run that were given before then, and of reports that came before it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM child_credential WHERE revoked_at IS NULL AND given_at < %s)"
            " + (SELECT count(*) FROM report WHERE hour < %s)",
            (at, at),
        )
        return int(cursor.fetchone()[0])
