"""Who has looked, by the API: the journal of one record, in codes."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Path, Query

from encircle.actions.looks import LooksAsked, looks_at
from encircle.actions.supervised import LooksOfAsked, looks_of_people
from encircle.records.journal.history import Line
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.caller import Asking, Stopped
from encircle.web.api.failing import NOT_TAKEN
from encircle.web.api.operation import reading
from encircle.web.api.shape import ID_SHAPE, Answer, Number
from encircle.web.page.problem import problem

Kind = Literal["", "look", "write", "refusal", "disclosure", "export"]
MaybeId = Annotated[str, Query(pattern=f"^$|{ID_SHAPE}")]
Before = Annotated[
    str,
    Query(
        pattern=r"^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,15}\+00:00/" + ID_SHAPE[1:],
        description="Where the page before ended: its `next_page`.",
    ),
]

PersonId = Annotated[str, Path(pattern=ID_SHAPE, description="The id of a person at the agency.")]
ProgramId = Annotated[str, Path(pattern=ID_SHAPE, description="The id of its token, as in `actor`.")]
MaybeDay = Annotated[
    str, Query(pattern=r"^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="A day, of the country's time.")
]


class LookTold(Answer):
    """One entry of the journal. `person`: empty for a program; `program`: what its agency calls it.

    `visit`: to what end. `signed`: in a signed head.
    """

    id: str
    at: datetime
    kind: str
    outcome: str
    actor: str
    person: str
    program: str
    agency: str | None
    agency_name: str
    role: str | None
    purpose: str | None
    visit: str | None
    groups: list[str]
    signed: bool


class LooksPage(Answer):
    """One page of entries, the newest first. `next_page`: where the next one begins; empty on the last one."""

    number: str
    looks: list[LookTold]
    next_page: str


class NumberedLook(LookTold):
    """One entry of what a person did. `number`: of the record, where the own agency takes part in it."""

    number: str | None


class LooksOfPersonPage(Answer):
    """One page of what a person did, the newest first."""

    person: str
    looks: list[NumberedLook]
    next_page: str


class LooksOfProgramPage(Answer):
    """One page of what a program did with that token, the newest first."""

    token: str
    looks: list[NumberedLook]
    next_page: str


@reading("/records/{number}/looks", Purpose.ACCOUNT_FOR, LooksPage, title="Who has looked", tag="looks")
def looks(
    request: Asking,
    number: Number,
    kind: Kind = "",
    agency: MaybeId = "",
    person: MaybeId = "",
    before: Before = "",
) -> LooksPage:
    """Every look, writing, refusal and disclosure of this record; itself a look that is written down."""
    if before and not _is_time(before.partition("/")[0]):
        raise Stopped(_no_such_page())
    asked = LooksAsked(kind=kind, agency=agency, person=person, before=before)
    found = looks_at(request.auth.who, number, purpose=Purpose.ACCOUNT_FOR, asked=asked)
    return LooksPage(number=number, looks=[_told(line) for line in found.lines], next_page=found.next_page)


@reading(
    "/people/{person}/looks",
    Purpose.SUPERVISE,
    LooksOfPersonPage,
    title="What a person of the agency looked at",
    tag="looks",
)
def looks_of_person(
    request: Asking,
    person: PersonId,
    kind: Kind = "",
    since: MaybeDay = "",
    until: MaybeDay = "",
    before: Before = "",
) -> LooksOfPersonPage:
    """What one person of the agency, or of a part of it, did; nothing for a person of others, as for one who is not there."""
    asked = LooksOfAsked(person=person, kind=kind, since=since, until=until, before=before)
    looks, next_page = _looks_of(request, asked)
    return LooksOfPersonPage(person=person, looks=looks, next_page=next_page)


@reading(
    "/programs/{program}/looks",
    Purpose.SUPERVISE,
    LooksOfProgramPage,
    title="What a program of the agency looked at",
    tag="looks",
)
def looks_of_program(
    request: Asking,
    program: ProgramId,
    kind: Kind = "",
    since: MaybeDay = "",
    until: MaybeDay = "",
    before: Before = "",
) -> LooksOfProgramPage:
    """What was done with a token of the agency, or of a part of it, for whomever; nothing for a token of others."""
    asked = LooksOfAsked(token=program, kind=kind, since=since, until=until, before=before)
    looks, next_page = _looks_of(request, asked)
    return LooksOfProgramPage(token=program, looks=looks, next_page=next_page)


def _looks_of(request: Asking, asked: LooksOfAsked) -> tuple[list[NumberedLook], str]:
    if asked.before and not _is_time(asked.before.partition("/")[0]):
        raise Stopped(_no_such_page())
    found = looks_of_people(request.auth.who, asked)
    told = [NumberedLook(number=line.number, **_told(line).dict()) for line in found.lines]
    return told, found.next_page


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _no_such_page() -> HttpResponse:
    wrong = {"where": "query.before", "code": "not_understood", "reason": "Send what `next_page` said."}
    detail = "The question could not be understood."
    return problem(422, "not_valid", title=NOT_TAKEN, detail=detail, errors=[wrong])


def _told(line: Line) -> LookTold:
    return LookTold(
        id=line.id,
        at=line.at,
        kind=line.kind,
        outcome=line.outcome,
        actor=line.actor,
        person=line.person,
        program=line.program,
        agency=line.agency,
        agency_name=line.agency_name,
        role=line.role,
        purpose=line.purpose,
        visit=line.visit,
        groups=list(line.groups),
        signed=line.signed,
    )
