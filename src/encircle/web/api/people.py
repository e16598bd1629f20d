"""People by the API: who takes part in a record and on which basis, who stands at the child's side, who leads."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Path
from ninja.responses import Status
from pydantic import Field

from encircle.actions import people as acts
from encircle.actions.act import performed_before
from encircle.actions.people import AtSide, people_of
from encircle.core.child.situation import Item
from encircle.records.parts import Part
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.moment import Span
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.web.api.act import ActSaved, told
from encircle.web.api.caller import Asking, token_for
from encircle.web.api.operation import reading, writing
from encircle.web.api.record import AgencyTold
from encircle.web.api.shape import ID_SHAPE, Answer, Given, Id, Number

PartId = Annotated[str, Path(pattern=ID_SHAPE, description="The id of the part.")]


class PartTold(Answer):
    """An agency, or one person of it, that takes part. `person`: None for the whole team."""

    id: str
    agency: str
    agency_name: str
    role: str
    relation: str
    basis: str
    since: datetime
    person: str | None
    person_name: str


class SideTold(Answer):
    """Somebody at the child's side: guardian, lawyer, support person."""

    kind: str
    id: str
    name: str | None
    since: str | None


class AroundTold(Answer):
    """A person around the child who is named on the record."""

    id: str
    relation: str | None
    since: str | None


class ColleagueTold(Answer):
    """Somebody who works at the own agency."""

    id: str
    name: str


class PeopleTold(Answer):
    """Who takes part, who stands at the child's side, who is around it, as far as they are open.

    `may_let`, `may_lead`: whether the mandate lets the caller let others in, and name who leads; then `agencies` and
    `staff` are those to choose from.
    """

    number: str
    parts: list[PartTold]
    at_side: list[SideTold]
    around: list[AroundTold]
    may_let: bool
    may_lead: bool
    agencies: list[AgencyTold]
    staff: list[ColleagueTold]


class PartGiven(Given):
    """Which agency is let in, as what, on which legal basis: act and article, such as Child Protection Act 31."""

    agency: Id
    relation: Literal["team", "referred", "guardian", "lawyer", "supervisor"]
    basis: Annotated[str, Field(min_length=1, max_length=200)]


class EndGiven(Given):
    """Nothing has to be said: the part ends as of now."""


class LeadGiven(Given):
    """Which person of the own agency leads the case from now on."""

    person: Id


class PartSaved(Answer):
    """`again`: it stood so before; nothing had to be changed."""

    number: str
    again: bool


@reading("/records/{number}/people", Purpose.PROTECT, PeopleTold, title="Who takes part", tag="people")
def people(request: Asking, number: Number) -> PeopleTold:
    """Who takes part in the record since when and on which basis, who stands at the child's side, who is around it."""
    seen = people_of(request.auth.who, number)
    situation = seen.told.situation
    choose = seen.agencies if seen.may_let else ()
    return PeopleTold(
        number=seen.told.number,
        parts=[_part(one) for one in seen.parts],
        at_side=[_side(one) for one in acts.at_side(situation)],
        around=[_around(item) for item in situation.of(Kind.PERSON)],
        may_let=seen.may_let,
        may_lead=seen.may_lead,
        agencies=[AgencyTold(id=one.id, name=one.name, role=one.role, country=one.country) for one in choose],
        staff=[ColleagueTold(id=person, name=name) for person, name in seen.staff],
    )


@writing(
    "/records/{number}/people", Purpose.PROTECT, PartSaved, title="Let an agency take part", tag="people"
)
def let_in(request: Asking, number: Number, part: PartGiven) -> Status[PartSaved]:
    """Let an agency take part from now on, on a legal basis. Twice is once."""
    now = acts.let_take_part(
        request.auth.who,
        number,
        AgencyId(part.agency),
        relation=Relation(part.relation),
        basis=part.basis,
        token=token_for(request),
    )
    return _saved(number, now=now)


@writing("/records/{number}/people/{part}/end", Purpose.PROTECT, PartSaved, title="End a part", tag="people")
def end_part(request: Asking, number: Number, part: PartId, end: EndGiven) -> Status[PartSaved]:
    """End a part as of now. The last of those who lead the case stays. Twice is once."""
    token_for(request)
    return _saved(number, now=acts.end_part(request.auth.who, number, part))


@writing("/records/{number}/lead", Purpose.PROTECT, ActSaved, title="Name the case lead", tag="people")
def name_lead(request: Asking, number: Number, lead: LeadGiven) -> Status[ActSaved]:
    """Name the person of the own agency who leads the case from now on; who led before does so no more."""
    who, token = request.auth.who, token_for(request)
    done = performed_before(who, number, token=token, purpose=Purpose.PROTECT)
    return told(done or acts.name_lead(who, number, lead.person, token=token))


def _saved(number: str, *, now: bool) -> Status[PartSaved]:
    return Status(201 if now else 200, PartSaved(number=number, again=not now))


def _part(one: Part) -> PartTold:
    return PartTold(
        id=one.id,
        agency=one.agency,
        agency_name=one.agency_name,
        role=one.agency_role,
        relation=one.relation,
        basis=one.basis,
        since=one.since,
        person=one.person,
        person_name=one.person_name,
    )


def _side(one: AtSide) -> SideTold:
    since = None if one.since is None else one.since.text()
    return SideTold(kind=one.kind.value, id=one.id, name=one.name, since=since)


def _around(item: Item) -> AroundTold:
    relation, at = item["relation"], item["recorded_at"]
    return AroundTold(
        id=str(item["id"]),
        relation=relation if isinstance(relation, str) else None,
        since=at.text() if isinstance(at, Span) else None,
    )
