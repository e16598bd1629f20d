"""Emergency accesses: a record of others is opened for some hours; who leads it is told; a second person looks at it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import connection

from encircle.records.context import Context
from encircle.records.refusal import rules_told
from encircle.records.seal import DataKey, Erased, Shut, key_of_root, keys
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.identifier import AgencyId, RootId

NOTICE = "E1"
"""Under this code those are told who lead a record that was opened in an emergency."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """One opening. `reason`, `review`: None, where the key is destroyed or nothing was written. `until`: open until then."""

    id: str
    agency: AgencyId
    agency_name: str
    person: str
    person_name: str
    role: str
    membership: str
    began_at: datetime
    until: datetime
    runs: bool
    review_by: datetime | None
    found: str | None
    reviewed_at: datetime | None
    reviewer_name: str
    reason: str | None
    review: str | None


@dataclass(frozen=True, slots=True)
class EmergencyListed:
    """One opening in a list over many records: of which one, by which agency and role, without any words."""

    id: str
    root: RootId
    number: str
    agency: AgencyId
    agency_name: str
    role: str
    began_at: datetime
    until: datetime
    runs: bool
    review_by: datetime | None
    found: str | None
    reviewed_at: datetime | None


@dataclass(frozen=True, slots=True)
class EmergenciesOf:
    """How often people of an agency opened records in an emergency; `late`: not reviewed in time."""

    agency_name: str
    opened: int
    needed: int
    not_needed: int
    late: int


def open_root_in_emergency(number: str, *, membership: str, lasts: timedelta) -> RootId | None:
    """Make who acts a member of the record of that number until then; None: there is none, or none for who acts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encircle_open_in_emergency(%s, %s, %s::interval)::text",
            (number, membership, f"{lasts.total_seconds()} s"),
        )
        (root,) = cursor.fetchone()
    return None if root is None else RootId(root)


def record_emergency(
    root: RootId, *, membership: str, reason: str, review_by: datetime | None, ctx: Context
) -> str:
    """Write down why, sealed under the key of the record, and tell who leads it. The id of the opening."""
    made, key = str(uuid4()), key_of_root(root, Compartment.GENERAL)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO emergency_access (id, root_id, membership_id, agency_id, person_id, review_by,"
            " data_key_id, reason, began_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, now())",
            (
                made,
                root,
                membership,
                ctx.agency,
                ctx.actor,
                review_by,
                key.id,
                key.seal_body(reason.encode(), entry=made),
            ),
        )
        cursor.execute(_TELL, {"root": root, "code": NOTICE})
    return made


def was_opened(membership: str) -> str | None:
    """The number of the record that this form has opened already; None: it has opened none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT root.number FROM membership JOIN root ON root.id = membership.root_id WHERE membership.id = %s",
            (membership,),
        )
        row = cursor.fetchone()
    return None if row is None else str(row[0])


def emergencies_on(root: RootId) -> tuple[Emergency, ...]:
    """Each time that this record was opened in an emergency, the newest first. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_ON, (root,))
        rows = cursor.fetchall()
    found = keys(row[-1] for row in rows)
    return tuple(
        Emergency(
            *(
                *plain,
                _opened(reason, found.get(key), plain[0]),
                _opened(review, found.get(key), f"{plain[0]}/review"),
            )
        )
        for *plain, reason, review, key in rows
    )


def emergencies_since(since: datetime, *, at_most: int) -> tuple[EmergencyListed, ...]:
    """Those since then that the context shows, the newest first; which of them may be told is asked by who calls."""
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, (since, at_most))
        return tuple(
            EmergencyListed(one, RootId(root), number, AgencyId(agency), *rest)
            for one, root, number, agency, *rest in cursor.fetchall()
        )


def open_until(root: RootId, person: str) -> datetime | None:
    """Until when this person has that record open in an emergency."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(until) FROM membership WHERE root_id = %s AND person_id = %s AND relation = 'emergency'"
            " AND until > now()",
            (root, person),
        )
        (until,) = cursor.fetchone()
    return until if isinstance(until, datetime) else None


def waiting_on(root: RootId) -> int:
    """How many times this record was opened in an emergency and nobody has looked at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM emergency_access WHERE root_id = %s AND found IS NULL", (root,))
        return int(cursor.fetchone()[0])


def write_review(emergency: str, root: RootId, *, found: str, words: str) -> bool:
    """Write down what a second person found; False: there is no such opening on this record. Refuses: RuleBroken."""
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT data_key_id::text FROM emergency_access WHERE id = %s AND root_id = %s", (emergency, root)
        )
        row = cursor.fetchone()
        if row is None:
            return False
        key = keys([row[0]]).get(row[0])
        sealed = (
            key.seal_body(words.encode(), entry=f"{emergency}/review") if isinstance(key, DataKey) else None
        )
        cursor.execute(
            "UPDATE emergency_access SET found = %s, review = %s WHERE id = %s", (found, sealed, emergency)
        )
        cursor.execute(_SETTLE, {"root": root, "code": NOTICE})
    return True


def counts_since(since: datetime) -> tuple[EmergenciesOf, ...]:
    """For each agency, how often since then; those with the most first. Under the purpose to account for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agency.name, opened, needed, not_needed, late FROM encircle_emergencies(%s) AS counted"
            " JOIN agency ON agency.id = counted.agency ORDER BY opened DESC, agency.name",
            (since,),
        )
        return tuple(EmergenciesOf(*row) for row in cursor.fetchall())


def _opened(sealed: bytes | None, key: DataKey | Erased | Shut | None, entry: str) -> str | None:
    """What was written there; None, where nothing was or the key is destroyed."""
    if sealed is None or not isinstance(key, DataKey):
        return None
    return key.open_body(bytes(sealed), entry=entry).decode()


_NAME = "coalesce(nullif(trim({0}.given_name || ' ' || {0}.surname), ''), '')"

_ON = f"""
    SELECT opened.id::text, agency.id::text, agency.name, opened.person_id::text, {_NAME.format("person")}, person.role,
           opened.membership_id::text, opened.began_at, part.until, part.until > now(), opened.review_by,
           opened.found, opened.reviewed_at, {_NAME.format("reviewer")},
           opened.reason, opened.review, opened.data_key_id::text
      FROM emergency_access AS opened
      JOIN membership AS part ON part.id = opened.membership_id
      JOIN agency ON agency.id = opened.agency_id
      JOIN person ON person.id = opened.person_id
      LEFT JOIN person AS reviewer ON reviewer.id = opened.reviewed_by_id
     WHERE opened.root_id = %s
     ORDER BY opened.began_at DESC, opened.id
"""

_SINCE = """
    SELECT opened.id::text, root.id::text, root.number, agency.id::text, agency.name, person.role, opened.began_at,
           part.until, part.until > now(), opened.review_by, opened.found, opened.reviewed_at
      FROM emergency_access AS opened
      JOIN root ON root.id = opened.root_id
      JOIN membership AS part ON part.id = opened.membership_id
      JOIN agency ON agency.id = opened.agency_id
      JOIN person ON person.id = opened.person_id
     WHERE opened.began_at >= %s
     ORDER BY opened.began_at DESC, opened.id LIMIT %s
"""

_TELL = """
    INSERT INTO notice (root_id, kind, code, agency_id, acted_id, higher_at)
        SELECT DISTINCT %(root)s::uuid, 'emergency', %(code)s, told.agency, told.agency, now()
          FROM (
            SELECT coalesce(situation_row.case_lead_id, root.opened_by_id) AS agency
              FROM root LEFT JOIN situation_row ON situation_row.root_id = root.id WHERE root.id = %(root)s
             UNION
            SELECT agency_id FROM membership WHERE root_id = %(root)s AND relation IN ('supervisor', 'case_lead')
               AND since <= now() AND (until IS NULL OR until > now())
          ) AS told
    ON CONFLICT DO NOTHING
"""

_SETTLE = """
    UPDATE notice SET settled_at = now(), send_at = NULL, higher_at = NULL
     WHERE root_id = %(root)s AND kind = 'emergency' AND code = %(code)s AND settled_at IS NULL
       AND NOT EXISTS (SELECT FROM emergency_access WHERE root_id = %(root)s AND found IS NULL)
"""
