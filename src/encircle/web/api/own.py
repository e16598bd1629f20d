"""Own records by the API: what the agency of the caller owes as an agency, or the country; recorded and taken back."""

from typing import Any

from ninja.responses import Status
from pydantic import Field

from encircle.actions.act import Statement
from encircle.actions.own_record import own_record, state
from encircle.records.refusal import Conflict
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.act import ActSaved, Values, told
from encircle.web.api.caller import Asking, Stopped, token_for
from encircle.web.api.duty import DutyTold, duty_told
from encircle.web.api.fact import FactTold, facts_told
from encircle.web.api.operation import reading, writing
from encircle.web.api.shape import Answer, Code, Given, Id, Time
from encircle.web.page.problem import problem


class OwnRecordTold(Answer):
    """What is owed and what is on record of it. Nothing of a child."""

    law: str
    duties: list[DutyTold]
    facts: list[FactTold]


class OwnStatementGiven(Given):
    """What the agency or the country did. `withdraws`: the fact that a withdrawal takes back."""

    type: Code
    values: Values = Field(default_factory=dict)
    happened: Time | None = None
    corrects: Id | None = None
    withdraws: Id | None = None


@reading(
    "/own-duties",
    Purpose.OWN_DUTIES,
    OwnRecordTold,
    title="What the agency owes as an agency",
    tag="own duties",
)
def own_duties(request: Asking) -> OwnRecordTold:
    """The duties of the agency as such, whatever child it works with."""
    return _told(request, Kind.AGENCY)


@writing(
    "/own-duties",
    Purpose.OWN_DUTIES,
    ActSaved,
    title="Record what the agency did, or take an entry back",
    tag="own duties",
)
def record_own(request: Asking, statement: OwnStatementGiven) -> Status[ActSaved]:
    """State one fact about the agency itself."""
    return _saved(request, Kind.AGENCY, statement)


@reading(
    "/countrys-duties",
    Purpose.COUNTRYS_DUTIES,
    OwnRecordTold,
    title="What the country owes as a country",
    tag="own duties",
)
def countrys_duties(request: Asking) -> OwnRecordTold:
    """The duties of the country as such: for its coordinator."""
    return _told(request, Kind.INSTALLATION)


@writing(
    "/countrys-duties",
    Purpose.COUNTRYS_DUTIES,
    ActSaved,
    title="Record what the country did, or take an entry back",
    tag="own duties",
)
def record_countrys(request: Asking, statement: OwnStatementGiven) -> Status[ActSaved]:
    """State one fact about the country itself."""
    return _saved(request, Kind.INSTALLATION, statement)


def _told(request: Asking, whose: Kind) -> OwnRecordTold:
    look = own_record(request.auth.who, whose).look
    situation = look.answer.folded.earliest
    said: dict[str, Any] = {
        "law": look.law.pack,
        "duties": [duty_told(row, situation, look.law, partly=False) for row in look.answer.duties],
        "facts": facts_told(look.facts, look.allowed),
    }
    return OwnRecordTold.model_validate(said)


def _saved(request: Asking, whose: Kind, given: OwnStatementGiven) -> Status[ActSaved]:
    statement = Statement(
        type=given.type,
        values=given.values,
        happened=given.happened,
        corrects=FactId(given.corrects) if given.corrects else None,
        withdraws=FactId(given.withdraws) if given.withdraws else None,
    )
    try:
        return told(state(request.auth.who, whose, statement, token=token_for(request)))
    except Conflict as conflict:
        refused = problem(409, conflict.code, title=conflict.reason, detail=str(conflict))
        raise Stopped(refused) from conflict
