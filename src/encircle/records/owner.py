"""Questions to owners: asked of the database, which answers by whom to ask or not at all; listed; answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from encircle.core.linkage import KeyKind, NameKey
from encircle.records import seal
from encircle.records.refusal import rules_told
from encircle.vocabulary.identifier import AgencyId, RootId

NOTICE = "Q1"
"""Under this code the owner is told that somebody asked."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom to ask, and of which record, which is told to nobody."""

    root: RootId
    agency: AgencyId
    name: str


@dataclass(frozen=True, slots=True)
class OwnerQuestion:
    """One question. `owner_name`: empty, where nobody was named. `answer`: None, while there is none."""

    id: str
    agency: AgencyId
    agency_name: str
    person_name: str
    role: str
    visit: str
    asked_at: datetime
    owner_name: str
    answered_at: datetime | None
    answered_by: str
    answer: str | None


def ask_for_owner(
    question: str,
    parts: Sequence[str],
    born: date,
    *,
    visit: str,
    role: str,
    owners: Collection[str],
    a_day: int,
) -> Owner | None:
    """The owner of the one record that has a name with all these parts and that day of birth; None: nobody may be named.

    The same question has the same answer. Refuses: RuleBroken, more questions than a day may have.
    """
    hashed = seal.name_indexes_to_search([NameKey(KeyKind.PART, part).hashed for part in parts])
    keys = [one for of_key in hashed for one in of_key]
    places = [place for of_key in hashed for place, _one in enumerate(of_key)]
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT found.of_root::text, agency.id::text, agency.name"
            " FROM encircle_ask_owner(%s, %s::bytea[], %s::integer[], %s, %s, %s, %s::text[], %s) AS found"
            " JOIN agency ON agency.id = found.of_owner",
            (question, keys, places, born, visit, role, sorted(owners), a_day),
        )
        row = cursor.fetchone()
    return None if row is None else Owner(RootId(row[0]), AgencyId(row[1]), row[2])


def questions_of(person: str, *, at_most: int) -> tuple[OwnerQuestion, ...]:
    """What this person has asked, the newest first."""
    return _questions("asked.person_id::text = %s", person, at_most)


def questions_on(root: RootId, *, at_most: int) -> tuple[OwnerQuestion, ...]:
    """Who has asked about this record, the newest first."""
    return _questions("asked.root_id = %s", root, at_most)


def answer_question(question: str, root: RootId, answer: str) -> bool:
    """Write down the answer; False, where there is no such question on this record. Refuses: RuleBroken, a second one."""
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE owner_question SET answer = %s WHERE id = %s AND root_id = %s", (answer, question, root)
        )
        done = bool(cursor.rowcount)
        cursor.execute(_SETTLE, {"root": root, "code": NOTICE})
    return done


def _questions(of: str, given: str, at_most: int) -> tuple[OwnerQuestion, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_ASKED.format(of=of), (given, at_most))
        return tuple(OwnerQuestion(*row) for row in cursor.fetchall())


_NAME = "coalesce(nullif(trim({0}.given_name || ' ' || {0}.surname), ''), '')"
_ASKED = f"""
    SELECT asked.id::text, asked.agency_id::text, agency.name, {_NAME.format("person")}, asked.role, asked.visit,
           asked.asked_at, coalesce(owner.name, ''), asked.answered_at, {_NAME.format("other")}, asked.answer
      FROM owner_question AS asked
      JOIN agency ON agency.id = asked.agency_id
      JOIN person ON person.id = asked.person_id
      LEFT JOIN agency AS owner ON owner.id = asked.owner_id
      LEFT JOIN person AS other ON other.id = asked.answered_by_id
     WHERE {{of}} ORDER BY asked.asked_at DESC, asked.id LIMIT %s
"""

_SETTLE = """
    UPDATE notice SET settled_at = now(), send_at = NULL, higher_at = NULL
     WHERE root_id = %(root)s AND kind = 'owner_asked' AND code = %(code)s AND settled_at IS NULL
       AND NOT EXISTS (SELECT FROM owner_question WHERE root_id = %(root)s AND answer IS NULL)
"""
