"""Rows of facts, read and opened. Two queries: facts with who learnt them when, and the keys they need."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from encircle.records import payload as payloads
from encircle.records import seal
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.fact import Fact, Learnt
from encircle.vocabulary.facts.fact_type import FACT_TYPES, Payload
from encircle.vocabulary.facts.kind import WHOLE
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, FactId, RootId, SubjectId
from encircle.vocabulary.moment import Precision, Span


@dataclass(frozen=True, slots=True)
class ErasedFact:
    """A fact whose payload nobody can read any more; that it was there, and when, stays."""

    id: FactId
    type: str
    root: RootId
    subject: SubjectId | None
    happened: Span
    agency: AgencyId
    compartment: Compartment
    group: FieldGroup
    erased: seal.Erased


class Row(NamedTuple):
    """A row as the query gives it. Times are texts: fromisoformat is ten times as fast as the driver here."""

    id: str
    root: str
    subject: str
    type: str
    earliest: str
    latest: str
    precision: str
    zone: str
    agency: str
    said_by: str | None
    certainty: str
    field_group: str
    compartment: str
    data_key: str
    corrects: str | None
    version_of: str | None
    withdraws: str | None
    payload_format: int
    payload: bytes
    recorded: str
    learnt_by: Sequence[str] | None
    learnt_at: Sequence[str] | None


COLUMNS = """
    fact.id::text, fact.root_id::text, fact.subject_id::text, fact.type, fact.happened_earliest::text,
    fact.happened_latest::text, fact.precision, fact.zone, fact.agency_id::text, fact.said_by, fact.certainty,
    fact.field_group, fact.compartment, fact.data_key_id::text, fact.corrects_id::text, fact.version_of_id::text,
    fact.withdraws_id::text, fact.payload_format, fact.payload, fact.recorded_at::text, learnt.by, learnt.at
"""
LEARNT = """
    LEFT JOIN LATERAL (
        SELECT array_agg(agency_id::text) AS by, array_agg(at::text) AS at
          FROM fact_learnt WHERE fact_id = fact.id
    ) AS learnt ON true
"""

_utc = datetime.fromisoformat
"""Of the times as the connection writes them, which is in UTC."""

_PRECISION = {precision.value: precision for precision in Precision}
_CERTAINTY = {certainty.value: certainty for certainty in Certainty}


def read_rows(query: str, given: tuple[Any, ...]) -> tuple[tuple[Fact, ...], tuple[ErasedFact, ...]]:
    """The facts that this query finds, in its order: those that can be read, and those that are erased.

    Refuses: SealBroken, if a payload was altered or moved; KeyMissing, if the installation key is not here.
    """
    with connection.cursor() as cursor:
        cursor.execute(query.format(columns=COLUMNS, learnt=LEARNT), given)
        rows = [Row(*row) for row in cursor.fetchall()]
    keys = seal.keys(row.data_key for row in rows) if rows else {}
    return _opened(rows, keys)


def _opened(
    rows: Iterable[Row], keys: Mapping[str, seal.DataKey | seal.Erased | seal.Shut]
) -> tuple[tuple[Fact, ...], tuple[ErasedFact, ...]]:
    facts, erased = [], []
    for row in rows:
        key = keys[row.data_key]
        if isinstance(key, seal.Erased):
            erased.append(_erased(row, key))
        else:
            facts.append(_fact(row, key))
    return tuple(facts), tuple(erased)


def _fact(row: Row, key: seal.DataKey | seal.Shut) -> Fact:
    fact_id = FactId(row.id)
    return Fact(
        id=fact_id,
        type=row.type,
        root=RootId(row.root),
        subject=_subject(row),
        happened=_span(row),
        learnt=_learnt(row),
        recorded=_utc(row.recorded),
        agency=AgencyId(row.agency),
        said_by=row.said_by,
        certainty=_CERTAINTY[row.certainty],
        payload=_payload(row, key),
        corrects=_maybe(row.corrects),
        version_of=_maybe(row.version_of),
        withdraws=_maybe(row.withdraws),
        is_shut=isinstance(key, seal.Shut),
    )


def _payload(row: Row, key: seal.DataKey | seal.Shut) -> Payload:
    """What it says; nothing at all, where its key is shut: types that are sealed to people can be told with no field."""
    if isinstance(key, seal.Shut):
        return FACT_TYPES[row.type].payload()
    plain = key.open_payload(row.payload, fact=FactId(row.id), payload_format=row.payload_format)
    return payloads.from_bytes(plain, type_name=row.type, payload_format=row.payload_format)


def _erased(row: Row, key: seal.Erased) -> ErasedFact:
    return ErasedFact(
        id=FactId(row.id),
        type=row.type,
        root=RootId(row.root),
        subject=_subject(row),
        happened=_span(row),
        agency=AgencyId(row.agency),
        compartment=Compartment(row.compartment),
        group=FieldGroup(row.field_group),
        erased=key,
    )


def _subject(row: Row) -> SubjectId | None:
    """None where the fact named none: about the child itself, or the first word about a new thing."""
    if row.subject == row.id or (row.subject == row.root and FACT_TYPES[row.type].about in WHOLE):
        return None
    return SubjectId(row.subject)


def _span(row: Row) -> Span:
    earliest = _utc(row.earliest)
    latest = earliest if row.latest == row.earliest else _utc(row.latest)
    return Span(earliest, latest, _PRECISION[row.precision], row.zone)


def _learnt(row: Row) -> tuple[Learnt, ...]:
    """Who learnt it, the first first; sorted here, as the database would sort each fact's few rows by itself."""
    if row.learnt_by is None or row.learnt_at is None:
        return ()
    if len(row.learnt_at) == 1:
        return (Learnt(AgencyId(row.learnt_by[0]), _utc(row.learnt_at[0])),)
    found = sorted((_utc(at), by) for by, at in zip(row.learnt_by, row.learnt_at, strict=True))
    return tuple(Learnt(AgencyId(by), at) for at, by in found)


def _maybe(fact_id: str | None) -> FactId | None:
    return None if fact_id is None else FactId(fact_id)
