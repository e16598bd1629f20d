"""Credentials of children in the tables, and the transaction of a child's own page. The code itself is never stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import connection

from encircle.records.context import Context, with_context
from encircle.records.seal import childs_code_indexes
from encircle.vocabulary.identifier import AgencyId, RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.unknown import Unknown

ACTOR = "childs_page"
"""Who acts in the journal when a child does."""
HANDLE_SIGNS = 6
"""By so many first signs of a code its wrong attempts are counted."""


@dataclass(frozen=True, slots=True)
class Credential:
    """One credential as those around the child see it. `giver`: the person who gave it, by name."""

    id: str
    given_at: datetime
    giver: str
    agency: str
    company: str
    device: str
    revoked_at: datetime | None
    used_hour: datetime | None

    @property
    def is_live(self) -> bool:
        """Whether it opens the page."""
        return self.revoked_at is None


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The page that is open: of which record, opened by whose credential. `giver`: the first name of who gave it.

    `turns_18`: the latest instant that can be the 18th birthday, as last computed.
    """

    root: RootId
    agency: AgencyId
    country: str
    giver: str
    turns_18: datetime | Unknown
    age_in_doubt: bool
    context: Context


def credentials_of(root: RootId) -> tuple[Credential, ...]:
    """All credentials of this child, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_ROOT, (root,))
        return tuple(Credential(*row) for row in cursor.fetchall())


def add_credential(
    root: RootId,
    code: str,
    *,
    company: str,
    device: str,
    ctx: Context,
    credential: str | None = None,
) -> bool:
    """Give that child a code; False, where the one before was not taken back or another child's begins with the same signs.

    `credential`: its id, random. The loader gives it in the name of the agency that opened the record.
    """
    handle, whole = _indexes(code)[0]
    own = credential or str(uuid4())
    given = (own, root, handle, whole, ctx.agency, root, ctx.actor, company, device)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO child_credential (id, root_id, handle_index, code_index, agency_id, given_by, company, device)"
            " VALUES (%s, %s, %s, %s, coalesce(%s, (SELECT opened_by_id FROM root WHERE id = %s)), %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            given,
        )
        return bool(cursor.rowcount)


def revoke_credentials(root: RootId) -> int:
    """Take back what opens this child's page, as of now; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE child_credential SET revoked_at = now() WHERE root_id = %s AND revoked_at IS NULL",
            (root,),
        )
        return int(cursor.rowcount)


def open_page(code: str, *, session: bytes) -> bool:
    """Whether that code opens a page; then it is open in the session with that hash, and in no other."""
    with connection.cursor() as cursor:
        for handle, whole in _indexes(code):
            cursor.execute("SELECT encircle_open_childs_page(%s, %s, %s)", (handle, whole, session))
            if cursor.fetchone()[0]:
                return True
    return False


@contextmanager
def on_own_page(session: bytes) -> Iterator[OwnPage | None]:
    """One transaction of the page that is open in that session; None, where none is open in it any more."""
    with with_context(agency=None, actor=ACTOR, purpose=Purpose.OWN_PAGE.value) as context:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('encircle.childs_session', %s, true)", (session.hex(),))
            cursor.execute("SELECT encircle_use_childs_page()::text")
            used = cursor.fetchone()[0]
            cursor.execute(_OWN, (used,))
            row = cursor.fetchone()
        yield None if row is None else _own(*row, context=context)


def _own(
    root: str,
    agency: str,
    country: str,
    giver: str,
    turns_18: datetime | None,
    in_doubt: bool | None,
    *,
    context: Context,
) -> OwnPage:
    birthday = turns_18 or Unknown("no date of birth on record")
    return OwnPage(
        RootId(root), AgencyId(agency), country, giver, birthday, in_doubt is not False, context=context
    )


def number_of(root: RootId) -> str:
    """The number of the record whose page is open in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM root WHERE id = %s", (root,))
        return str(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class OwedToChild:
    """How far one duty towards the child has come. `until`: by when, where that is a limit of law or a number of practice."""

    code: str
    state: str
    until: datetime | None


def owed_to(root: RootId) -> tuple[OwedToChild, ...]:
    """The duties of the record whose page is open in this transaction, as far as the page may read them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, state, CASE WHEN kind IN ('law', 'sop') THEN due_latest END FROM duty_row"
            " WHERE root_id = %s ORDER BY code, due_latest, id",
            (root,),
        )
        return tuple(OwedToChild(*row) for row in cursor.fetchall())


def leave_page(session: bytes) -> None:
    """End that session; what was open in it is closed."""
    with (
        with_context(agency=None, actor=ACTOR, purpose=Purpose.OWN_PAGE.value),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT set_config('encircle.childs_session', %s, true)", (session.hex(),))
        cursor.execute("SELECT encircle_leave_childs_page()")


def compute_own_record_soon() -> None:
    """Let the next sweep compute the record of the page that is open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT encircle_compute_childs_record()")


@dataclass(frozen=True, slots=True)
class Visit:
    """Looks at the record by one kind of agency in one role and to one purpose: the last one and how many."""

    role: str
    purpose: str
    last: datetime


def visits(root: RootId) -> tuple[Visit, ...]:
    """Who has opened this record, by role and purpose, the last first. No person and no agency by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT role, purpose, max(at) FROM journal_entry WHERE root_id = %s AND role IS NOT NULL"
            " AND kind IN ('look', 'write', 'disclosure', 'export') GROUP BY role, purpose ORDER BY 3 DESC, 1, 2",
            (root,),
        )
        return tuple(Visit(*row) for row in cursor.fetchall())


def given_name_of(name: str) -> str:
    """The given name of whoever on the staff has just this name; nothing for a name that nobody there has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT given_name FROM person WHERE trim(given_name || ' ' || surname) = %s AND surname <> ''"
            " ORDER BY since, id LIMIT 1",
            (name,),
        )
        row = cursor.fetchone()
    return "" if row is None else str(row[0])


def _indexes(code: str) -> list[tuple[bytes, bytes]]:
    """Beginning and whole, for each installation key, the current one first."""
    handles, codes = childs_code_indexes(f"handle/{code[:HANDLE_SIGNS]}"), childs_code_indexes(f"code/{code}")
    return list(zip(handles, codes, strict=True))


_OF_ROOT = """
    SELECT own.id::text, own.given_at,
           coalesce(nullif(trim(person.given_name || ' ' || person.surname), ''), ''), agency.name,
           own.company, own.device, own.revoked_at, own.used_hour
      FROM child_credential AS own
      JOIN agency ON agency.id = own.agency_id
      LEFT JOIN person ON person.id = CASE WHEN own.given_by ~ '^[0-9a-f-]{36}$' THEN own.given_by::uuid END
     WHERE own.root_id = %s
     ORDER BY own.given_at DESC, own.id
"""

_OWN = """
    SELECT own.root_id::text, own.agency_id::text, agency.country, coalesce(person.given_name, ''), age.turns_18, age.in_doubt
      FROM child_credential AS own
      JOIN agency ON agency.id = own.agency_id
      LEFT JOIN person ON person.id = CASE WHEN own.given_by ~ '^[0-9a-f-]{36}$' THEN own.given_by::uuid END
      LEFT JOIN encircle_childs_age() AS age ON true
     WHERE own.root_id = %s::uuid AND own.revoked_at IS NULL
"""
