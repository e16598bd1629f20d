"""Acts by the API: statements about a record, alarms acknowledged. What crosses a prohibition is told and not saved."""

import re
from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import uuid4

from django.http import HttpResponse
from ninja import Path
from ninja.responses import Status
from pydantic import Field, JsonValue

from encircle.actions.act import (
    READ_NOW,
    Performed,
    ReadUntil,
    Statement,
    foresee,
    opened_of,
    perform,
    writing_of,
)
from encircle.actions.context import Who
from encircle.core.access import groups_of
from encircle.records.refusal import Conflict
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.identifier import AgencyId, FactId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.web.api.caller import Asking, Stopped, token_for
from encircle.web.api.fact import fact_told
from encircle.web.api.failing import not_there, prohibitions_told
from encircle.web.api.operation import asking, writing
from encircle.web.api.shape import ID_SHAPE, RULE_SHAPE, Answer, Code, Given, Id, Number, Text, Time
from encircle.web.page.problem import problem

MATCH = "If-Match"
MATCH_SHAPE = rf'^(\*|"none"|"{ID_SHAPE[1:-1]}")$'
MOST_STATEMENTS = 40

Values = Annotated[
    dict[str, JsonValue],
    Field(
        description="The fields of that type: see /fact-types. A field that names a thing may name a label: @label."
    ),
]


class StatementGiven(Given):
    """One fact that is stated. `follows`: the last fact of the matter that was read; left out: what If-Match says."""

    type: Code
    values: Values = Field(default_factory=dict)
    subject: Annotated[str, Field(pattern=rf"^@[a-z0-9_]{{1,32}}$|{ID_SHAPE}")] | None = None
    label: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,32}$")] | None = None
    happened: Time | None = None
    certainty: Literal["observed", "reported", "inferred"] = "observed"
    agency: Id | None = None
    said_by: Code | None = None
    learnt_at: Time | None = None
    corrects: Id | None = None
    version_of: Id | None = None
    withdraws: Id | None = None
    follows: Id | None = None


class ActGiven(Given):
    """What is stated together: all of it is saved, or nothing."""

    statements: Annotated[list[StatementGiven], Field(min_length=1, max_length=MOST_STATEMENTS)]


class AcknowledgementGiven(Given):
    """What was done about an alarm. `by_fact`: which fact raised it, where there are several."""

    done: Text
    by_fact: Id | None = None
    happened: Time | None = None


class SavedFact(Answer):
    """A fact that is on record now. `subject`: the thing that it is about, or that it made."""

    id: str
    type: str
    subject: str | None


class ActSaved(Answer):
    """What is on record now. `again`: the same request had saved it before.

    `met`, `raised`, `alarms`: codes of duties that became met or newly stand, and of prohibitions newly raised;
    none that is closed to the caller.
    """

    number: str
    again: bool
    facts: list[SavedFact]
    met: list[str]
    raised: list[str]
    alarms: list[str]


class ProhibitionTold(Answer):
    """A prohibition: what it forbids, on which sources, what to do instead, who could set it aside."""

    code: str
    title: str
    instead: str
    sources: list[str]
    override: str


class Foreseen(Answer):
    """`planned`: what would be refused. `recorded`: what has happened already and would raise an alarm."""

    planned: list[ProhibitionTold]
    recorded: list[ProhibitionTold]


@writing(
    "/records/{number}/acts",
    Purpose.RECORD,
    ActSaved,
    title="Record what happened or is planned",
    tag="acts",
    follows=True,
)
def record_act(request: Asking, number: Number, act: ActGiven) -> Status[ActSaved]:
    """State facts about the record. A plan that crosses a prohibition is refused; what has happened is never refused."""
    stated = statements(act.statements, read_until=read_until(request))
    return saved(request, number, stated)


@asking(
    "/records/{number}/acts/foresee",
    Purpose.RECORD,
    Foreseen,
    title="What an act would cross",
    tag="acts",
)
def foresee_act(request: Asking, number: Number, act: ActGiven) -> Foreseen:
    """Which prohibitions these statements would cross; nothing is saved."""
    stated = statements(act.statements, read_until=None)
    found = foresee(request.auth.who, number, stated, token=str(uuid4()))
    return Foreseen.model_validate(
        {"planned": prohibitions_told(found.planned), "recorded": prohibitions_told(found.recorded)}
    )


@writing(
    "/records/{number}/alarms/{code}/acknowledge",
    Purpose.RECORD,
    ActSaved,
    title="Acknowledge an alarm",
    tag="acts",
)
def acknowledge_alarm(
    request: Asking,
    number: Number,
    code: Annotated[str, Path(pattern=RULE_SHAPE, max_length=32)],
    acknowledgement: AcknowledgementGiven,
) -> Status[ActSaved]:
    """Say what was done about an alarm."""
    raised = [alarm for alarm in writing_of(request.auth.who, number).alarms if alarm.rule.code == code]
    if not raised:
        raise Stopped(not_there(_no_such_alarm()))
    values: dict[str, object] = {"prohibition": code.partition("-")[0], "done": acknowledgement.done}
    by = acknowledgement.by_fact or (raised[0].by_fact if len(raised) == 1 else None)
    if by is not None:
        values["by_fact"] = by
    said = Statement(type="alarm_acknowledged", values=values, happened=acknowledgement.happened)
    return saved(request, number, [said])


def saved(request: Asking, number: str, stated: Sequence[Statement]) -> Status[ActSaved]:
    """Perform it under the key of the request: 201, or 200 where it had been saved before."""
    who, token = request.auth.who, token_for(request)
    try:
        done = perform(who, number, stated, token=token)
    except Conflict as conflict:
        raise Stopped(stale(conflict, who, number)) from conflict
    return told(done)


def told(done: Performed) -> Status[ActSaved]:
    """The answer to an act that was performed."""
    answer = ActSaved(
        number=done.number,
        again=done.again,
        facts=[SavedFact(id=fact.id, type=fact.type, subject=fact.subject or fact.id) for fact in done.facts],
        met=list(done.met),
        raised=list(done.raised),
        alarms=list(done.alarms),
    )
    return Status(200 if done.again else 201, answer)


def read_until(request: Asking) -> ReadUntil | None:
    """Up to which fact the caller had read the record; None: whatever stands there now. Refuses: not told."""
    given = request.headers.get(MATCH, "")
    if not re.fullmatch(MATCH_SHAPE, given):
        raise Stopped(
            problem(
                428,
                "not_read",
                title="Say what you had read",
                detail=f'Send {MATCH}: the ETag of the record as you read it, "none" where nothing stood on it, '
                "or * to write whatever stands there now.",
            )
        )
    if given == "*":
        return None
    fact = given.strip('"')
    return ReadUntil(None if fact == "none" else FactId(fact))


def statements(given: Sequence[StatementGiven], *, read_until: ReadUntil | None) -> list[Statement]:
    """What is stated, as the action takes it."""
    return [
        Statement(
            type=one.type,
            values=one.values,
            subject=one.subject,
            label=one.label,
            happened=one.happened,
            certainty=Certainty(one.certainty),
            agency=None if one.agency is None else AgencyId(one.agency),
            said_by=one.said_by,
            learnt_at=one.learnt_at,
            corrects=None if one.corrects is None else FactId(one.corrects),
            version_of=None if one.version_of is None else FactId(one.version_of),
            withdraws=None if one.withdraws is None else FactId(one.withdraws),
            follows=FactId(one.follows) if one.follows is not None else read_until or READ_NOW,
        )
        for one in given
    ]


def stale(conflict: Conflict, who: Who, number: str) -> HttpResponse:
    """Theirs and yours, as far as they are open to who writes."""
    writing = writing_of(who, number)
    both = (conflict.yours, *opened_of(who, number, conflict.theirs))
    group_of = groups_of((*writing.facts, *both))
    yours, *theirs = (fact_told(fact, writing.allowed, group_of).model_dump(mode="json") for fact in both)
    return problem(
        409,
        conflict.code,
        title="Somebody else has written about this",
        detail=conflict.reason,
        instead="Read the record again and send it as a correction, as another version, or with the new ETag.",
        yours=yours,
        theirs=theirs,
    )


def _no_such_alarm() -> Refused:
    return Refused(
        code="no_such_alarm",
        reason="There is no such alarm on this record, or none that is open to you.",
        instead="Read the record again.",
    )
