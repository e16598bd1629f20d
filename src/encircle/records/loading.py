"""Loading: many whole records at once, in a statement for each table. Only for examples; people write one fact at a time.

The same rules of the database hold as for single facts. Facts that correct, withdraw or link others are not loaded so.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from django.db import connection

from encircle.records import names, seal
from encircle.records import payload as payloads
from encircle.records.array import as_array
from encircle.records.calendar import CALENDAR_COLUMNS
from encircle.records.projection import ALARM_COLUMNS, DUTY_COLUMNS, Rows
from encircle.records.roots import new_number
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId, FactId, RootId


@dataclass(frozen=True, slots=True)
class LoadedFact:
    """A fact with its ids as in the database. `subject`: what it is about; `plain`: the payload in its stored format."""

    fact: Fact
    subject: str
    follows: FactId | None
    plain: bytes


@dataclass(frozen=True, slots=True)
class Member:
    """An agency that takes part, beside the one that opened the record."""

    agency: AgencyId
    relation: str
    since: datetime


@dataclass(frozen=True, slots=True)
class LoadedRecord:
    """One record, with everything that follows from its facts."""

    root: RootId
    kind: Kind
    opened_by: AgencyId
    made: datetime
    members: tuple[Member, ...]
    facts: tuple[LoadedFact, ...]
    rows: Rows

    def again(
        self, root: RootId, new_id: Callable[[str], str], payloads_of: Mapping[str, bytes]
    ) -> "LoadedRecord":
        """The same history once more, under another root and other ids; payloads of these types are as given."""
        ids = {self.root: root} | {
            old: new_id(old) for one in self.facts for old in (one.fact.id, one.subject) if old != self.root
        }
        named = [old for old in ids if any(old.encode() in one.plain for one in self.facts)]

        def renamed(plain: bytes) -> bytes:
            for old in named:
                plain = plain.replace(old.encode(), ids[old].encode())
            return plain

        return replace(
            self,
            root=root,
            facts=tuple(
                LoadedFact(
                    replace(one.fact, id=FactId(ids[one.fact.id]), root=root),
                    ids[one.subject],
                    None if one.follows is None else FactId(ids[one.follows]),
                    payloads_of.get(one.fact.type) or renamed(one.plain),
                )
                for one in self.facts
            ),
            rows=Rows(
                duties=[_renamed(row, ids) for row in self.rows.duties],
                alarms=[_renamed(row, ids) for row in self.rows.alarms],
                calendar=[_renamed(row, ids) for row in self.rows.calendar],
                situation=self.rows.situation,
            ),
        )


def add_records(records: Sequence[LoadedRecord], *, at: datetime) -> int:
    """Add those of the records that are not there yet; how many were added. `at`: when their rows were computed."""
    new = _missing(records)
    if new:
        _insert_roots(new)
        _insert_members(new)
        _insert_facts(new)
        _insert_rows(new, at)
    return len(new)


def _missing(records: Sequence[LoadedRecord]) -> list[LoadedRecord]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text FROM root WHERE id = ANY(%s::uuid[])", ([one.root for one in records],)
        )
        there = {row[0] for row in cursor.fetchall()}
    return [one for one in records if one.root not in there]


def _renamed(row: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    changed = dict(row)
    for column in ("subject_id", "by_fact_id"):
        if changed.get(column) is not None:
            changed[column] = ids[changed[column]]
    if "by_facts" in changed:
        changed["by_facts"] = [ids[fact] for fact in changed["by_facts"]]
    return changed


def _insert(statement: str, rows: Iterable[Sequence[object]]) -> None:
    columns = [as_array(column) for column in zip(*rows, strict=True)]
    if columns:
        with connection.cursor() as cursor:
            cursor.execute(statement, columns)


def _insert_roots(records: Sequence[LoadedRecord]) -> None:
    _insert(_ROOTS, ((one.root, one.kind.value, new_number(), one.opened_by, one.made) for one in records))
    subjects = {
        (known.subject, one.root): (FACT_TYPES[known.fact.type].about.value, known.fact.recorded)
        for one in records
        for known in reversed(one.facts)
        if known.subject != one.root
    }
    _insert(_SUBJECTS, ((*ids, *rest) for ids, rest in subjects.items()))


def _insert_members(records: Sequence[LoadedRecord]) -> None:
    _insert(
        _MEMBERS,
        (
            (one.root, member.agency, member.relation, member.since)
            for one in records
            for member in one.members
        ),
    )


def _insert_facts(records: Sequence[LoadedRecord]) -> None:
    wanted = {
        (one.root, FACT_TYPES[known.fact.type].compartment): None for one in records for known in one.facts
    }
    if not wanted:
        return
    keys = seal.new_keys(wanted)
    _insert(_FACTS, (_columns(one.root, known, keys) for one in records for known in one.facts))
    _insert(
        _LEARNT,
        (
            (known.fact.id, learnt.agency, learnt.at, max(learnt.at, known.fact.recorded))
            for one in records
            for known in one.facts
            for learnt in known.fact.learnt
        ),
    )
    names.index_new(_as_sealed(known) for one in records for known in one.facts if names.names_in(known.fact))


def _as_sealed(known: LoadedFact) -> Fact:
    """The fact with the payload that is sealed: of a history that stands for another child it is not the one told."""
    payload = payloads.from_bytes(known.plain, type_name=known.fact.type, payload_format=payloads.FORMAT)
    return replace(known.fact, payload=payload)


def _columns(
    root: RootId, known: LoadedFact, keys: Mapping[tuple[RootId, Compartment], seal.DataKey]
) -> tuple[object, ...]:
    fact, of_type = known.fact, FACT_TYPES[known.fact.type]
    if fact.corrects or fact.version_of or fact.withdraws:
        raise ValueError("a fact that refers to another one is not loaded in bulk")
    key = keys[root, of_type.compartment]
    return (
        fact.id,
        root,
        known.subject,
        fact.type,
        fact.happened.earliest,
        fact.happened.latest,
        fact.happened.precision.value,
        fact.happened.zone,
        fact.agency,
        fact.said_by,
        fact.certainty.value,
        of_type.group_of(fact.payload).value,
        of_type.regime.value,
        of_type.compartment.value,
        key.id,
        known.follows,
        payloads.FORMAT,
        key.seal_payload(known.plain, fact=fact.id, payload_format=payloads.FORMAT),
        fact.recorded,
    )


def _insert_rows(records: Sequence[LoadedRecord], at: datetime) -> None:
    duties = [{**row, "root_id": one.root} for one in records for row in one.rows.duties]
    alarms = [{**row, "root_id": one.root} for one in records for row in one.rows.alarms]
    _write(_derived("duty_row", tuple(DUTY_COLUMNS.items())), duties, at)
    _write(_derived("alarm_row", tuple(ALARM_COLUMNS.items())), alarms, at)
    ahead = [{**row, "root_id": one.root} for one in records for row in one.rows.calendar]
    _write(_derived("calendar_row", tuple(CALENDAR_COLUMNS.items())), ahead, at)
    _write(_SITUATIONS, [_situation(one) for one in records], at)


def _situation(one: LoadedRecord) -> dict[str, Any]:
    return {**one.rows.situation, "root_id": one.root}


def _write(statement: str, rows: list[dict[str, Any]], at: datetime) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"rows": msgspec.json.encode(rows).decode(), "at": at})


@lru_cache(maxsize=4)
def _derived(table: str, columns: tuple[tuple[str, str], ...]) -> str:
    names = ", ".join(name for name, _ in columns)
    typed = ", ".join(f"{name} {kind}" for name, kind in columns)
    return f"""
        INSERT INTO {table} (root_id, {names}, through_seq, computed_at)
            SELECT root_id, {names}, (SELECT max(seq) FROM fact WHERE fact.root_id = given.root_id), %(at)s
              FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (root_id uuid, {typed})
    """  # nosec B608  # names of our own columns


_ROOTS = """
    INSERT INTO root (id, kind, number, opened_by_id, made_at)
        SELECT * FROM unnest(%s::uuid[], %s::varchar[], %s::varchar[], %s::uuid[], %s::timestamptz[])
"""

_SUBJECTS = """
    INSERT INTO subject (id, root_id, kind, made_at)
        SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::varchar[], %s::timestamptz[])
"""

_MEMBERS = """
    INSERT INTO membership (id, root_id, agency_id, relation, since)
        SELECT gen_random_uuid(), given.* FROM unnest(%s::uuid[], %s::uuid[], %s::varchar[], %s::timestamptz[]) AS given
"""

_FACTS = """
    INSERT INTO fact (id, root_id, subject_id, type, happened_earliest, happened_latest, precision, zone, agency_id,
        said_by, certainty, field_group, regime, compartment, data_key_id, follows_id, payload_format, payload, recorded_at)
        SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::varchar[], %s::timestamptz[], %s::timestamptz[],
            %s::varchar[], %s::varchar[], %s::uuid[], %s::varchar[], %s::varchar[], %s::varchar[], %s::varchar[],
            %s::varchar[], %s::uuid[], %s::uuid[], %s::smallint[], %s::bytea[], %s::timestamptz[])
"""

_LEARNT = """
    INSERT INTO fact_learnt (fact_id, agency_id, at, recorded_at)
        SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::timestamptz[], %s::timestamptz[])
"""

_SITUATIONS = """
    UPDATE situation_row
       SET (protection, age_basis, parental_care, location, region, case_lead_id, facts, codes, urgency, due_at, pack,
            next_change_at, through_seq, computed_at)
         = ROW (given.protection, given.age_basis, given.parental_care, given.location, given.region, given.case_lead,
            given.facts, given.codes, given.urgency, given.due_at, given.pack, given.next_change_at,
            coalesce((SELECT max(seq) FROM fact WHERE fact.root_id = given.root_id), 0), %(at)s)
      FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (root_id uuid, protection varchar, age_basis varchar,
           parental_care varchar, location varchar, region varchar, case_lead uuid, facts integer, codes jsonb,
           urgency smallint, due_at timestamptz, pack varchar, next_change_at timestamptz)
     WHERE situation_row.root_id = given.root_id
"""
