"""Looks at records that no database holds."""

from datetime import UTC, datetime, timedelta

from encircle.actions.asked import Asked
from encircle.actions.law import law_of
from encircle.actions.law_day import todays
from encircle.actions.record import ALL_OPEN, AgencyName, Look
from encircle.actions.replay.answer import answer
from encircle.core.access import Allowed
from encircle.core.child import AsOf
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.fact import Fact, Learnt
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.identifier import AgencyId, FactId, RootId, SubjectId
from encircle.vocabulary.moment import parse_span

ZONE = "Europe/Tallinn"
POLICE, SCHOOL = AgencyId("police"), AgencyId("school")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def a_fact(
    name: str,
    type_name: str,
    happened: str,
    *,
    subject: str | None = None,
    by: AgencyId = POLICE,
    corrects: str | None = None,
    version_of: str | None = None,
    withdraws: str | None = None,
    **payload: object,
) -> Fact:
    """A fact that its source learnt when it was over, recorded a minute later, in the order of the alphabet."""
    span = parse_span(happened, ZONE)
    return Fact(
        id=FactId(name),
        type=type_name,
        root=RootId("aino"),
        subject=None if subject is None else SubjectId(subject),
        happened=span,
        learnt=(Learnt(by, span.latest),),
        recorded=span.latest + timedelta(minutes=ord(name[0])),
        agency=by,
        said_by=None,
        certainty=Certainty.REPORTED,
        payload=read_payload(type_name, payload),
        corrects=None if corrects is None else FactId(corrects),
        version_of=None if version_of is None else FactId(version_of),
        withdraws=None if withdraws is None else FactId(withdraws),
    )


def look_at(
    *facts: Fact,
    at: datetime = NOW,
    known: datetime | None = None,
    by: AgencyId | None = None,
    allowed: Allowed = ALL_OPEN,
) -> Look:
    law = law_of("ee")
    as_of = AsOf(at, known, by)
    return Look(
        number="abcd-efgh",
        kind=Kind.CHILD,
        law=law,
        laws=("ee",),
        now=NOW,
        as_of=as_of,
        asked=Asked(),
        problems={},
        facts=facts,
        erased=(),
        answer=answer(facts, law=law, as_of=as_of),
        agencies={one: AgencyName(one, one.title(), one, "EE") for one in (POLICE, SCHOOL)},
        by_law=todays(law, NOW),
        allowed=allowed,
    )
