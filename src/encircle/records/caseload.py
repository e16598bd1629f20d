"""Reviews of a caseload in the tables: started, listed, answered. Words and own numbers are sealed; nothing is added up."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from encircle.records import seal
from encircle.records.refusal import rules_told
from encircle.records.seal import DataKey
from encircle.records.seen import SeenRoot
from encircle.vocabulary.caseload import CaseloadOutcome
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId, RootId


@dataclass(frozen=True, slots=True)
class Review:
    """One review. `looked`, `of`: how many children have an answer, and how many there are; `numbers`: own numbers kept.

    `found`: how many have which answer.
    """

    id: str
    setting: str
    started_at: datetime
    started_by: str
    of: int
    looked: int
    numbers: int
    found: Mapping[str, int]

    @property
    def is_finished(self) -> bool:
        """Whether each child was looked at."""
        return self.looked == self.of


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer. `number`: the how manieth for its child; `concern`: the number of the concern that was opened with it.

    `said`: marks and words as they were sealed; None, where they are erased.
    """

    number: int
    outcome: str
    again_on: date | None
    concern: str | None
    said: bytes | None
    answered_at: datetime
    answered_by: str


@dataclass(frozen=True, slots=True)
class ReviewChild:
    """A child of a review. `root`: its record; else `reference`, the agency's own number: None, where it was deleted."""

    id: str
    review: str
    place: int
    root: SeenRoot | None
    reference: str | None
    last: Answered | None

    @property
    def is_looked_at(self) -> bool:
        """Whether it has an answer that was not taken back."""
        return self.last is not None and self.last.outcome != CaseloadOutcome.TAKEN_BACK


def start(
    review: str,
    agency: AgencyId,
    *,
    setting: str,
    with_records: bool,
    without: Sequence[RootId],
    references: Sequence[str],
) -> bool:
    """Write down a review of the children of the agency's records and of these own numbers; False: this form did so before.

    `without`: records that are not there for who starts it.
    """
    with rules_told(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM caseload_review WHERE id = %s", (review,))
        if cursor.fetchone() is not None:
            return False
        cursor.execute(
            "INSERT INTO caseload_review (id, agency_id, setting, started_by) VALUES (%s, %s, %s, '')",
            (review, agency, setting),
        )
        held = 0
        if with_records:
            cursor.execute(_RECORDS, {"review": review, "agency": agency, "without": list(without)})
            held = max(int(cursor.rowcount), 0)
        if references:
            cursor.execute("SELECT gen_random_uuid()::text FROM generate_series(1, %s)", (len(references),))
            ids = [str(row[0]) for row in cursor.fetchall()]
            key = seal.key_of_agency(agency)
            sealed = [
                key.seal_body(text.encode(), entry=child) for child, text in zip(ids, references, strict=True)
            ]
            places = list(range(held + 1, held + len(references) + 1))
            cursor.execute(
                "INSERT INTO caseload_child (id, review_id, agency_id, place, data_key_id, reference)"
                " SELECT id, %s, %s, place, %s, said FROM unnest(%s::uuid[], %s::integer[], %s::bytea[])"
                " AS given (id, place, said)",
                (review, agency, key.id, ids, places, sealed),
            )
    return True


def records_to_review(agency: AgencyId, without: Sequence[RootId]) -> int:
    """How many children's records of the agency a review would have."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_CHILDREN_OF}", {"agency": agency, "without": list(without)})
        return int(cursor.fetchone()[0])


def reviews_of(agency: AgencyId, *, without: Sequence[RootId], skip: int, at_most: int) -> tuple[Review, ...]:
    """The reviews of the agency, the newest first."""
    given = {"agency": agency, "without": list(without), "skip": skip, "at_most": at_most, "review": None}
    return _reviews(given)


def review_numbered(review: str, agency: AgencyId, *, without: Sequence[RootId]) -> Review | None:
    """That one of them; None: there is none, or it is of others."""
    given = {"agency": agency, "without": list(without), "skip": 0, "at_most": 1, "review": review}
    found = _reviews(given)
    return found[0] if found else None


def children_of(
    review: str, *, without: Sequence[RootId], outcome: str, skip: int, at_most: int
) -> tuple[ReviewChild, ...]:
    """The children of that review in their order. `outcome`: those alone whose last answer it is; empty, all."""
    where = "child.review_id = %(review)s AND (%(outcome)s = '' OR last.outcome = %(outcome)s)"
    given = {"review": review, "outcome": outcome, "without": list(without), "skip": skip, "at_most": at_most}
    return _children(where, "child.place", given)


def child_numbered(review: str, child: str, *, without: Sequence[RootId]) -> ReviewChild | None:
    """That child of that review; None: there is none, or it is not there for who asks."""
    where = "child.review_id = %(review)s AND child.id = %(child)s"
    given = {"review": review, "child": child, "without": list(without), "skip": 0, "at_most": 1}
    found = _children(where, "child.place", given)
    return found[0] if found else None


def next_to_look_at(review: str, *, after: int, without: Sequence[RootId]) -> str | None:
    """The next child without an answer: after that place, else from the start; None: each was looked at."""
    given: dict[str, Any] = {"review": review, "without": list(without), "after": after}
    given["back"] = CaseloadOutcome.TAKEN_BACK.value
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, given)
        row = cursor.fetchone()
    return None if row is None else str(row[0])


def due_again(
    agency: AgencyId, *, today: date, without: Sequence[RootId], skip: int, at_most: int
) -> tuple[ReviewChild, ...]:
    """The children whose day to look again has come, the longest waiting first, over all reviews of the agency."""
    where = "child.agency_id = %(agency)s AND last.again_on <= %(today)s"
    given = {"agency": agency, "today": today, "without": list(without), "skip": skip, "at_most": at_most}
    return _children(where, "last.again_on, child.id", given)


def answers_of(child: ReviewChild) -> tuple[Answered, ...]:
    """All answers for that child, the last first."""
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS, {"child": child.id})
        rows = cursor.fetchall()
    held = seal.keys(str(row[-1]) for row in rows)
    return tuple(_answered(row[1:-1], held.get(str(row[-1])), str(row[0])) for row in rows)


def answered_before(answer: str) -> bool:
    """Whether this form has answered already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM caseload_answer WHERE id = %s", (answer,))
        return cursor.fetchone() is not None


def give_answer(
    answer: str,
    child: ReviewChild,
    agency: AgencyId,
    *,
    outcome: CaseloadOutcome,
    again_on: date | None,
    concern: RootId | None,
    said: bytes,
) -> None:
    """Add an answer after the last one that was read. Refuses: RuleBroken, where somebody has answered meanwhile."""
    root = None if child.root is None else child.root.id
    key = seal.key_of_agency(agency) if root is None else seal.key_of_root(root, Compartment.GENERAL)
    number = 1 if child.last is None else child.last.number + 1
    sealed = key.seal_body(said, entry=answer)
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO caseload_answer (id, child_id, agency_id, root_id, number, outcome, again_on, concern_id,"
            " data_key_id, said, answered_by) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '')",
            (answer, child.id, agency, root, number, outcome.value, again_on, concern, key.id, sealed),
        )


def forget_numbers(review: str) -> int:
    """Delete the own numbers of that review for good; how many there were."""
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE caseload_child SET reference = NULL WHERE review_id = %s AND root_id IS NULL"
            " AND reference IS NOT NULL",
            (review,),
        )
        return max(int(cursor.rowcount), 0)


def _reviews(given: Mapping[str, Any]) -> tuple[Review, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_REVIEWS, {**given, "back": CaseloadOutcome.TAKEN_BACK.value})
        return tuple(
            Review(review, setting, at, by, of, looked, numbers, json.loads(found))
            for review, setting, at, by, of, looked, numbers, found in cursor.fetchall()
        )


def _children(where: str, order: str, given: Mapping[str, Any]) -> tuple[ReviewChild, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_CHILDREN.format(where=where, order=order), dict(given))
        rows = cursor.fetchall()
    held = seal.keys(str(key) for row in rows for key in (row[8], row[-1]) if key is not None)
    return tuple(_child(row, held) for row in rows)


def _child(row: Sequence[Any], held: Mapping[str, Any]) -> ReviewChild:
    child, review, place, root, number, kind, country, reference, key, answer, *last, last_key = row
    own = held.get(str(key))
    return ReviewChild(
        id=child,
        review=review,
        place=place,
        root=None if root is None else SeenRoot(RootId(root), number, Kind(kind), country),
        reference=own.open_body(bytes(reference), entry=child).decode()
        if reference is not None and isinstance(own, DataKey)
        else None,
        last=None if answer is None else _answered(last, held.get(str(last_key)), answer),
    )


def _answered(row: Sequence[Any], key: object, answer: str) -> Answered:
    number, outcome, again_on, concern, said, at, by = row
    opened = key.open_body(bytes(said), entry=answer) if isinstance(key, DataKey) else None
    return Answered(number, outcome, again_on, concern, opened, at, by)


_CHILDREN_OF = """
      FROM root_of_agency AS own JOIN root ON root.id = own.root_id
     WHERE own.agency_id = %(agency)s AND root.kind = 'child' AND own.root_id <> ALL (%(without)s::uuid[])
"""
_RECORDS = f"""
    INSERT INTO caseload_child (id, review_id, agency_id, place, root_id)
    SELECT gen_random_uuid(), %(review)s::uuid, own.agency_id, row_number() OVER (ORDER BY own.made_at, own.root_id),
           own.root_id {_CHILDREN_OF}
"""
_LAST = """
    LEFT JOIN LATERAL (
        SELECT id, number, outcome, again_on, concern_id, said, answered_at, answered_by, data_key_id
          FROM caseload_answer WHERE child_id = child.id ORDER BY number DESC LIMIT 1) AS last ON true
"""
_THERE = "(child.root_id IS NULL OR child.root_id <> ALL (%(without)s::uuid[]))"
_NAME = "coalesce(nullif(trim(person.given_name || ' ' || person.surname), ''), '')"

_REVIEWS = f"""
    SELECT review.id::text, review.setting, review.started_at, {_NAME}, counted.of, counted.looked, counted.numbers,
           coalesce(counted.found, '{{}}'::jsonb)::text
      FROM caseload_review AS review
      LEFT JOIN person ON person.id::text = review.started_by
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(each.n), 0)::integer AS of,
               coalesce(sum(each.n) FILTER (WHERE each.outcome IS NOT NULL), 0)::integer AS looked,
               coalesce(sum(each.numbers), 0)::integer AS numbers,
               jsonb_object_agg(each.outcome, each.n) FILTER (WHERE each.outcome IS NOT NULL) AS found
          FROM (SELECT nullif(last.outcome, %(back)s) AS outcome, count(*) AS n, count(child.reference) AS numbers
                  FROM caseload_child AS child {_LAST}
                 WHERE child.review_id = review.id AND {_THERE}
                 GROUP BY 1) AS each) AS counted
     WHERE review.agency_id = %(agency)s AND (%(review)s::uuid IS NULL OR review.id = %(review)s::uuid)
     ORDER BY review.started_at DESC, review.id LIMIT %(at_most)s OFFSET %(skip)s
"""

_CHILDREN = f"""
    SELECT child.id::text, child.review_id::text, child.place, root.id::text, root.number, root.kind, opener.country,
           child.reference, child.data_key_id::text, last.id::text, last.number, last.outcome, last.again_on,
           concern.number, last.said, last.answered_at, {_NAME}, last.data_key_id::text
      FROM caseload_child AS child {_LAST}
      LEFT JOIN root ON root.id = child.root_id
      LEFT JOIN agency AS opener ON opener.id = root.opened_by_id
      LEFT JOIN root AS concern ON concern.id = last.concern_id
      LEFT JOIN person ON person.id::text = last.answered_by
     WHERE {{where}} AND {_THERE}
     ORDER BY {{order}} LIMIT %(at_most)s OFFSET %(skip)s
"""

_ANSWERS = f"""
    SELECT last.id::text, last.number, last.outcome, last.again_on, concern.number, last.said, last.answered_at, {_NAME},
           last.data_key_id::text
      FROM caseload_answer AS last
      LEFT JOIN root AS concern ON concern.id = last.concern_id
      LEFT JOIN person ON person.id::text = last.answered_by
     WHERE last.child_id = %(child)s ORDER BY last.number DESC
"""

_NEXT = f"""
    SELECT child.id::text FROM caseload_child AS child {_LAST}
     WHERE child.review_id = %(review)s AND {_THERE} AND coalesce(last.outcome, %(back)s) = %(back)s
     ORDER BY child.place <= %(after)s, child.place LIMIT 1
"""
