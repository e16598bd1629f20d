"""Facts: into the tables and out of them. Only ever added; stale writes are told, not lost."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from encircle.records import links, names, seal
from encircle.records import payload as payloads
from encircle.records.context import Context
from encircle.records.people_keys import Recipient
from encircle.records.reading import ErasedFact, read_rows
from encircle.records.refusal import Conflict, RuleBroken, rule_broken, rules_told
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.fact import Fact, Learnt
from encircle.vocabulary.facts.fact_type import FACT_TYPES, FactType
from encircle.vocabulary.facts.kind import WHOLE, Kind
from encircle.vocabulary.identifier import FactId, RootId, SubjectId, is_random_id
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.regime import Regime

ALL = tuple(Compartment)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a child: its facts in the order of their recording, and what is erased of it."""

    facts: tuple[Fact, ...]
    erased: tuple[ErasedFact, ...]
    held_back: bool = False
    """What stands on a linked record is left out: its use is restricted."""


def facts_of(root: RootId, compartments: Collection[Compartment] = ALL) -> tuple[Fact, ...]:
    """The facts of this root, and of roots linked to it as the same child; the first recorded comes first.

    Two queries, whatever their number. What is erased is left out; `read` tells of it.
    """
    return read(root, compartments).facts


def read(root: RootId, compartments: Collection[Compartment] = ALL) -> Reading:
    """As `facts_of`, with what is on record but erased."""
    return Reading(*read_rows(_OF_ROOTS, (root, [one.value for one in compartments])))


def facts_of_each(roots: Sequence[RootId]) -> Mapping[RootId, tuple[Fact, ...]]:
    """The facts of these roots, each by itself: for roots that are linked to no other. Two queries.

    What is erased is left out. Refuses as `facts_of`.
    """
    found: dict[RootId, list[Fact]] = {root: [] for root in roots}
    for fact in read_rows(_OF_EACH, (list(roots),))[0]:
        found[fact.root].append(fact)
    return {root: tuple(facts) for root, facts in found.items()}


def append(
    fact: Fact,
    *,
    follows: FactId | None,
    ctx: Context,
    regime: Regime | None = None,
    episode: SubjectId | None = None,
    to: Sequence[Recipient] | None = None,
) -> Fact:
    """Add a fact; returned as recorded: with the database's time (but for the loader of example cases).

    `follows`: the last fact of the same matter (root, type, subject; for a withdrawal that of what it
    withdraws) that the writer had read; None, if there was none.
    `episode`: to which episode a new subject belongs. `to`: the agencies to which it is sealed under a key of its
    own; None: under that of its compartment, which the server opens.
    Refuses: Conflict, if somebody wrote about the matter since; RuleBroken.
    """
    of_type = _type_of(fact)
    subject = subject_of(fact, of_type)
    with rules_told(), connection.cursor() as cursor:
        if subject != fact.root:
            _know_subject(subject, fact.root, of_type.about, episode=episode, recorded=fact.recorded)
        key = _key(fact, of_type.compartment, to)
        sealed = key.seal_payload(
            payloads.to_bytes(fact.payload), fact=fact.id, payload_format=payloads.FORMAT
        )
        cursor.execute(
            _INSERT,
            {
                **_columns(fact),
                "subject": subject,
                "field_group": of_type.group_of(fact.payload).value,
                "regime": (regime or of_type.regime).value,
                "compartment": of_type.compartment.value,
                "data_key": key.id,
                "follows": follows,
                "payload_format": payloads.FORMAT,
                "payload": sealed,
            },
        )
        row = cursor.fetchone()
        if row is None:
            raise _refused(fact, since(matter_of(fact, subject), follows))
        _insert_learnt(fact.id, fact.learnt, recorded=fact.recorded)
    links.follow(fact)
    names.follow(fact)
    return replace(fact, recorded=row[0])


def _key(fact: Fact, compartment: Compartment, to: Sequence[Recipient] | None) -> seal.DataKey:
    if to is None:
        return seal.key_of_root(fact.root, compartment)
    return seal.key_for_people(fact.id, fact.root, compartment, to)


def add_learnt(fact: FactId, learnt: Learnt, *, recorded: datetime | None = None) -> None:
    """Record that an agency learnt a fact. `recorded` counts only for the loader. Refuses: RuleBroken."""
    with rules_told():
        _insert_learnt(fact, (learnt,), recorded=recorded)


def version(fact: Fact) -> FactId | None:
    """The last fact of the matter of this fact: what a writer who has read all names as `follows`."""
    return last_of(matter_of(fact, subject_of(fact, _type_of(fact))))


def last_of(matter: str, *, until: FactId | None = None) -> FactId | None:
    """The last fact of that matter, or the last before that fact was recorded; None where nobody wrote about it."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_OF, (matter, until, until))
        row = cursor.fetchone()
    return None if row is None else FactId(row[0])


def recorded_by(fact: FactId) -> str | None:
    """Who recorded that fact, as the journal names people; None where the fact is not on a record that is seen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT recorded_by FROM fact WHERE id = %s", (fact,))
        row = cursor.fetchone()
    return None if row is None else str(row[0])


def since(matter: str, read_until: FactId | None) -> tuple[Fact, ...]:
    """What was written about this matter after that fact, or all of it."""
    return read_rows(_OF_MATTER, (matter, read_until, read_until))[0]


def matter_of(fact: Fact, subject: str) -> str:
    """The id of the matter, as the database counts it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce((SELECT matter FROM fact WHERE id = %s), encircle_matter(%s, %s, %s))::text",
            (fact.withdraws, fact.root, fact.type, subject),
        )
        matter: str = cursor.fetchone()[0]
    return matter


def _refused(fact: Fact, theirs: tuple[Fact, ...]) -> Refused:
    """Why it was not added: the same fact came twice, or another one came between."""
    if any(their.id == fact.id for their in theirs):
        return rule_broken("fact_pkey")
    return Conflict(yours=fact, theirs=theirs)


def _type_of(fact: Fact) -> FactType:
    """The type of a fact whose ids can be stored and whose payload is of that type."""
    of_type = FACT_TYPES.get(fact.type)
    if of_type is None:
        raise RuleBroken(
            code="fact_of_a_known_type", reason=f"There is no type of fact called {fact.type!r}."
        )
    if type(fact.payload) is not of_type.payload:
        raise RuleBroken(
            code="fact_says_what_its_type_says", reason=f"This is not the payload of {fact.type}."
        )
    for named in (fact.id, fact.root, fact.subject, fact.corrects, fact.version_of, fact.withdraws):
        if named is not None and not is_random_id(named):
            raise RuleBroken(
                code="fact_ids_are_random", reason="A fact is named by the id that it was given."
            )
    return of_type


def subject_of(fact: Fact, of_type: FactType) -> str:
    """What a fact is about in its row: the root if about the child, itself if the first of a new thing."""
    if fact.subject is not None:
        return fact.subject
    return fact.root if of_type.about in WHOLE else fact.id


def _know_subject(
    subject: str, root: RootId, kind: Kind, *, episode: SubjectId | None, recorded: datetime
) -> None:
    """The subject has its row, of this root and kind. Refuses: RuleBroken, if it is of another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH made AS (INSERT INTO subject (id, root_id, kind, episode_id, made_at)"
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING kind)"
            " SELECT kind FROM made UNION ALL SELECT kind FROM subject WHERE id = %s AND root_id = %s",
            (subject, root, kind.value, episode, recorded, subject, root),
        )
        row = cursor.fetchone()
    if row is None:
        raise RuleBroken(
            code="fact_subject_of_its_root", reason="The thing that this is about is on another record."
        )
    if row[0] != kind.value:
        raise RuleBroken(
            code="fact_subject_of_its_kind",
            reason=f"This is about one thing ({kind.value}), but that is another ({row[0]}).",
        )


def _columns(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "root": fact.root,
        "type": fact.type,
        "earliest": fact.happened.earliest,
        "latest": fact.happened.latest,
        "precision": fact.happened.precision.value,
        "zone": fact.happened.zone,
        "agency": fact.agency,
        "said_by": fact.said_by,
        "certainty": fact.certainty.value,
        "corrects": fact.corrects,
        "version_of": fact.version_of,
        "withdraws": fact.withdraws,
        "recorded": fact.recorded,
    }


def _insert_learnt(fact: FactId, learnt: tuple[Learnt, ...], *, recorded: datetime | None) -> None:
    if not learnt:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fact_learnt (fact_id, agency_id, at, recorded_at)"
            " SELECT %s, agency, at, %s FROM unnest(%s::uuid[], %s::timestamptz[]) AS given (agency, at)",
            (fact, recorded, [each.agency for each in learnt], [each.at for each in learnt]),
        )


# The unique constraint waits for a writer who is just writing the same matter, then answers with no row.
_INSERT = """
    INSERT INTO fact (id, root_id, subject_id, type, happened_earliest, happened_latest, precision, zone,
        agency_id, said_by, certainty, field_group, regime, compartment, data_key_id, corrects_id,
        version_of_id, withdraws_id, follows_id, payload_format, payload, recorded_at)
    VALUES (%(id)s, %(root)s, %(subject)s, %(type)s, %(earliest)s, %(latest)s, %(precision)s, %(zone)s,
        %(agency)s, %(said_by)s, %(certainty)s,
        coalesce((SELECT field_group FROM fact WHERE id = %(withdraws)s), %(field_group)s), %(regime)s,
        %(compartment)s, %(data_key)s,
        %(corrects)s, %(version_of)s, %(withdraws)s, %(follows)s, %(payload_format)s, %(payload)s,
        %(recorded)s)
    ON CONFLICT ON CONSTRAINT fact_followed_once DO NOTHING
    RETURNING recorded_at
"""

_OF_ROOTS = """
    WITH RECURSIVE same (root) AS (
        SELECT %s::uuid
        UNION
        SELECT CASE WHEN link.root_id = same.root THEN link.other_id ELSE link.root_id END
          FROM same JOIN link ON same.root IN (link.root_id, link.other_id)
    )
    SELECT {columns} FROM fact {learnt}
     WHERE fact.root_id = ANY (ARRAY(SELECT root FROM same)) AND fact.compartment = ANY(%s)
     ORDER BY fact.seq
"""

_OF_EACH = """
    SELECT {columns} FROM fact {learnt} WHERE fact.root_id = ANY (%s::uuid[]) ORDER BY fact.seq
"""

_LAST_OF = """
    SELECT id::text FROM fact
     WHERE matter = %s AND (%s::uuid IS NULL OR seq <= (SELECT seq FROM fact WHERE id = %s))
     ORDER BY seq DESC LIMIT 1
"""

_OF_MATTER = """
    SELECT {columns} FROM fact {learnt}
     WHERE fact.matter = %s AND (%s::uuid IS NULL OR fact.seq > (SELECT seq FROM fact WHERE id = %s))
     ORDER BY fact.seq
"""
