"""Records by the API: the list of those in which the agency takes part, and one of them as of a chosen day."""

from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from ninja import Query
from pydantic import JsonValue

from encircle.actions.asked import Asked
from encircle.actions.record import Look, RecordCard, look, records_of
from encircle.actions.replay.report import situation_data
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.by_law import ByLawTold, LawAsked, by_law_told
from encircle.web.api.caller import Asking, Stopped
from encircle.web.api.duty import AlarmTold, DutyTold, alarm_told, duty_told
from encircle.web.api.fact import FactTold, facts_told
from encircle.web.api.failing import NOT_TAKEN
from encircle.web.api.operation import reading
from encircle.web.api.shape import ID_SHAPE, Answer, Number, Page
from encircle.web.page.problem import problem

Moment = Annotated[
    str,
    Query(max_length=60, description="A day or a time: 2009-05-06, 2009-05-06T14:30. A day means its end."),
]
By = Annotated[
    str, Query(pattern=f"^$|{ID_SHAPE}", description="The id of the agency whose knowledge counts.")
]


class CardTold(Answer):
    """One record of the list. `name`, `protection`: None where not on record or not open. `duties`: how many, by state.

    `restricted`: the use of the record is restricted now; where the caller has no purpose that is left, it has no name.
    """

    number: str
    kind: str
    name: str | None
    protection: str | None
    duties: dict[str, int]
    alarms_raised: int
    restricted: bool


class RecordPage(Answer):
    """One page of records: those with something late first."""

    records: list[CardTold]
    page: int
    more: bool
    at: datetime


class AsOfTold(Answer):
    """The question as it was understood. `known_at`: None for all that is known; `by`: None for anybody."""

    at: datetime
    known_at: datetime | None
    by: str | None


class ErasedTold(Answer):
    """A fact that was erased: that it was there stays."""

    id: str
    type: str
    group: str
    erased_at: datetime


class AgencyTold(Answer):
    """An agency that said or learnt something."""

    id: str
    name: str
    role: str
    country: str


class RecordTold(Answer):
    """One record: what is open of it to the caller, and what follows.

    `situation`: the values of the four axes, the counters, and each thing on record, as in `encircle replay --json`;
    a value that is not open says so. `groups`: the field groups that are open. `figures`: duties by state, for those
    who count all. `read_until`: the last fact that was shown; send it as If-Match when you write.
    """

    number: str
    kind: str
    country: str
    packs: list[str]
    by_law: ByLawTold
    as_of: AsOfTold
    groups: list[str]
    situation: dict[str, JsonValue]
    facts: list[FactTold]
    erased: list[ErasedTold]
    duties: list[DutyTold]
    alarms: list[AlarmTold]
    figures: dict[str, int]
    alarms_raised: int
    agencies: list[AgencyTold]
    read_until: str | None


@reading(
    "/records", Purpose.WORK_LIST, RecordPage, title="Records in which the agency takes part", tag="record"
)
def records(request: Asking, page: Page = 1) -> RecordPage:
    """The records in which the agency takes part: those with something late first, then by what is due soonest.

    To a role that is shown its own duties alone, these alone say what is urgent; of an agency with more than 500 records,
    those opened last come first then.
    """
    found = records_of(request.auth.who, purpose=Purpose.WORK_LIST, page=page)
    return RecordPage(
        records=[_card(card) for card in found.cards], page=found.page, more=found.more, at=found.at
    )


@reading("/records/{number}", Purpose.PROTECT, RecordTold, title="One record", tag="record")
def record(
    request: Asking,
    response: HttpResponse,
    number: Number,
    as_of: Moment = "",
    known_as_of: Moment = "",
    by: By = "",
    law_of: LawAsked = "",
) -> RecordTold:
    """One record, as of a day and as known on a day: situation, facts, duties with reasons and sources, alarms.

    By today's law, or by the law that was in force on that day.
    """
    asked = Asked(as_of=as_of, known_as_of=known_as_of, by=by, law_of=law_of)
    found = look(request.auth.who, number, purpose=Purpose.PROTECT, asked=asked)
    if found.problems:
        raise Stopped(_not_understood(found))
    told = record_told(found)
    response.headers["ETag"] = f'"{told.read_until or "none"}"'
    return told


def record_told(found: Look) -> RecordTold:
    """What is open of that record."""
    situation = found.answer.folded.earliest
    return RecordTold.model_validate(
        {
            "number": found.number,
            "kind": found.kind.value,
            "country": found.law.country,
            "packs": [f"{pack.code} {pack.version}" for pack in found.law.packs],
            "by_law": by_law_told(found.by_law),
            "as_of": {"at": found.as_of.at, "known_at": found.as_of.known_as_of, "by": found.as_of.by},
            "groups": [group.value for group in FieldGroup if group in found.allowed.groups],
            "situation": situation_data(situation),
            "facts": facts_told(found.facts, found.allowed),
            "erased": [
                {"id": one.id, "type": one.type, "group": one.group.value, "erased_at": one.erased.at}
                for one in found.erased
            ],
            "duties": [
                duty_told(row, situation, found.law, partly=row.key in found.partly)
                for row in found.answer.duties
            ],
            "alarms": [
                alarm_told(alarm, found.law, situation.at, partly=alarm.key in found.partly)
                for alarm in found.answer.alarms
            ],
            "figures": {state.value: many for state, many in found.figures.items()},
            "alarms_raised": found.alarms_raised,
            "agencies": [
                {"id": one.id, "name": one.name, "role": one.role, "country": one.country}
                for one in found.agencies.values()
            ],
            "read_until": found.facts[-1].id if found.facts else None,
        }
    )


def _card(card: RecordCard) -> CardTold:
    return CardTold(
        number=card.number,
        kind=card.kind.value,
        name=card.name or None,
        protection=card.protection,
        duties=dict(card.counts),
        alarms_raised=card.raised,
        restricted=card.restricted,
    )


def _not_understood(found: Look) -> HttpResponse:
    wrong = [
        {"where": f"query.{field}", "code": "not_understood", "reason": reason}
        for field, reason in found.problems.items()
    ]
    detail = "The question could not be understood."
    return problem(422, "not_valid", title=NOT_TAKEN, detail=detail, errors=wrong)
