"""What children have written on their own pages and nobody has answered: which record, when, never the words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from encircle.records.childs_page import ACTOR
from encircle.records.seen import SeenRoot
from encircle.records.waiting import EVERY, LED, MINE, Among, has_few
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId, RootId, SubjectId

ANSWERS = {
    "view_heard": ("view_answered",),
    "complaint_made": ("complaint_acknowledged", "complaint_answered"),
}
"""By type of what the child wrote, the types of facts that answer it."""

NEWEST = 500
"""So many of the newest are looked through for an agency with very many records."""


@dataclass(frozen=True, slots=True)
class ChildsWord:
    """One thing that a child wrote and that waits for an answer."""

    root: SeenRoot
    type: str
    subject: SubjectId
    at: datetime


def words_waiting(agency: AgencyId, *, at_most: int, among: Among = EVERY) -> tuple[ChildsWord, ...]:
    """Of the records in which the agency takes part, what waits longest first. One or two queries, whatever their number.

    Where it takes part in very many, the newest are looked through; the others stand on each record.
    """
    if among.root is not None:
        which = "said.root_id = %(root)s"
    elif among.person is not None:
        which = f"said.root_id = ANY (ARRAY({LED}))"
    elif has_few(agency):
        which = f"said.root_id = ANY (ARRAY({MINE}))"
    else:
        which = "true"
    given: Mapping[str, Any] = {
        "agency": agency,
        "person": among.person,
        "root": among.root,
        "at_most": at_most,
        "newest": NEWEST,
        "without": among.kept,
    }
    with connection.cursor() as cursor:
        open_to_them = f"{which} AND said.root_id <> ALL (%(without)s::uuid[])"
        cursor.execute(_WORDS.format(which=open_to_them), given)
        return tuple(_word(*row) for row in cursor.fetchall())


def decisions_unexplained(agency: AgencyId, *, at_most: int, among: Among = EVERY) -> tuple[ChildsWord, ...]:
    """Decisions of which nothing is written for the child yet, where the child has its page; the oldest first. One query.

    `among` as for `words_waiting`; in each record that has a page.
    """
    given: Mapping[str, Any] = {
        "agency": agency,
        "person": among.person,
        "root": among.root,
        "at_most": at_most,
        "without": among.kept,
    }
    which = "said.root_id = %(root)s" if among.root is not None else "true"
    if among.root is None and among.person is not None:
        which = f"said.root_id = ANY (ARRAY({LED}))"
    with connection.cursor() as cursor:
        cursor.execute(_DECISIONS.format(which=which), given)
        return tuple(_word(*row) for row in cursor.fetchall())


def _word(
    root: str, number: str, kind: str, country: str, type_: str, subject: str, at: datetime
) -> ChildsWord:
    seen = SeenRoot(RootId(root), number, Kind(kind), country)
    return ChildsWord(seen, type_, SubjectId(subject), at.astimezone(UTC))


# The condition of the index fact_childs_words, word for word, so that the index serves.
WRITTEN = f"said.recorded_by = '{ACTOR}' AND said.type IN ('view_heard', 'complaint_made')"

_ANSWERED = " OR ".join(
    f"(said.type = '{said}' AND later.type IN ({', '.join(repr(one) for one in answers)}))"
    for said, answers in ANSWERS.items()
)

_WORDS = (
    """
    SELECT root.id::text, root.number, root.kind, opener.country, said.type, said.subject_id::text, said.recorded_at
      FROM (
        SELECT said.* FROM fact AS said WHERE """
    + WRITTEN
    + """ AND {which}
         ORDER BY said.recorded_at DESC, said.id LIMIT %(newest)s
      ) AS said
      JOIN root ON root.id = said.root_id
      JOIN agency AS opener ON opener.id = root.opened_by_id
     WHERE NOT EXISTS (
        SELECT FROM fact AS later
         WHERE later.root_id = said.root_id
           AND (later.withdraws_id = said.id OR later.subject_id = said.subject_id AND ("""
    + _ANSWERED
    + """))
           AND NOT EXISTS (
             SELECT FROM fact AS undone WHERE undone.root_id = later.root_id AND undone.withdraws_id = later.id
           )
     )
     ORDER BY said.recorded_at, said.id LIMIT %(at_most)s
"""
)

_DECISIONS = """
    SELECT root.id::text, root.number, root.kind, opener.country, said.type, coalesce(said.subject_id, said.id)::text,
           said.recorded_at
      FROM fact AS said
      JOIN root ON root.id = said.root_id
      JOIN agency AS opener ON opener.id = root.opened_by_id
     WHERE said.root_id IN (SELECT root_id FROM child_credential WHERE revoked_at IS NULL)
       AND said.type = 'decision_made' AND {which} AND said.root_id <> ALL (%(without)s::uuid[])
       AND NOT EXISTS (
        SELECT FROM fact AS later
         WHERE later.root_id = said.root_id
           AND (later.withdraws_id = said.id OR later.corrects_id = said.id
                OR later.type = 'decision_put_in_childs_words' AND later.subject_id = coalesce(said.subject_id, said.id))
           AND NOT EXISTS (
             SELECT FROM fact AS undone WHERE undone.root_id = later.root_id AND undone.withdraws_id = later.id
           )
     )
     ORDER BY said.recorded_at, said.id LIMIT %(at_most)s
"""
