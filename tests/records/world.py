"""People with agencies, and facts that nobody has recorded yet."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from django.db import connection

from encircle.records.context import Context, with_context
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.fact import Fact, Learnt
from encircle.vocabulary.facts.fact_type import FACT_TYPES, Payload
from encircle.vocabulary.identifier import AgencyId, FactId, RootId, SubjectId
from encircle.vocabulary.moment import parse_span
from tests.database import as_operator

LONG_AGO = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Actor:
    """Somebody at an agency."""

    id: str
    agency: AgencyId

    def at_work(self, purpose: str = "protect_child") -> AbstractContextManager[Context]:
        return with_context(agency=self.agency, actor=self.id, purpose=purpose)


def make_actor(role: str) -> Actor:
    agency, person = str(uuid4()), str(uuid4())
    with as_operator(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO agency (id, code, name, names, role, country, notice_address, night_address)"
            " VALUES (%s, %s, %s, '{}', %s, 'EE', '', '')",
            (agency, f"a-{agency}", f"An agency ({role})", role),
        )
        cursor.execute(
            "INSERT INTO person (id, agency_id, role, given_name, surname) VALUES (%s, %s, %s, '', '')",
            (person, agency, role),
        )
    return Actor(person, AgencyId(agency))


def a_fact(
    root: RootId,
    payload: Payload,
    *,
    by: Actor,
    type_name: str | None = None,
    subject: str | None = None,
    happened: str = "2026-05-06",
    learnt: datetime = LONG_AGO,
    corrects: FactId | None = None,
    version_of: FactId | None = None,
    withdraws: FactId | None = None,
) -> Fact:
    """A fact that nobody has recorded yet."""
    return Fact(
        id=FactId(str(uuid4())),
        type=type_name or next(name for name, each in FACT_TYPES.items() if each.payload is type(payload)),
        root=root,
        subject=None if subject is None else SubjectId(subject),
        happened=parse_span(happened, "Europe/Tallinn"),
        learnt=(Learnt(by.agency, learnt),),
        recorded=LONG_AGO,
        agency=by.agency,
        said_by="child",
        certainty=Certainty.REPORTED,
        payload=payload,
        corrects=corrects,
        version_of=version_of,
        withdraws=withdraws,
    )
