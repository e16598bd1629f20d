"""Across borders by the API: the requests of one record, by which channel one could go, what stands against it."""

from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from ninja import Path
from ninja.responses import Status
from pydantic import Field

from encircle.actions.act import performed_before
from encircle.actions.context import Who
from encircle.actions.crossborder import (
    Draft,
    NotSent,
    OnRecord,
    Requests,
    draft_of,
    prepare,
    requests_of,
    send,
    stands_against,
)
from encircle.core.crossborder import Offered, Reason, Request, verdict
from encircle.vocabulary.need import Need
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.web.api.act import ActSaved, told
from encircle.web.api.caller import Asking, Stopped, token_for
from encircle.web.api.failing import answered
from encircle.web.api.operation import asking, reading, writing
from encircle.web.api.shape import ID_SHAPE, Answer, Code, Given, Id, Number, Text, Time
from encircle.web.page.problem import problem

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2.")]
Contents = Annotated[list[Code], Field(max_length=40)]


class RequestGiven(Given):
    """What is asked of another country. `channel`: one of those offered; left out where only one is."""

    need: Code
    to_country: Country
    channel: Code | None = None
    about_person: Id | None = None
    contents: Contents = Field(default_factory=list)
    informed: Code | None = None
    informed_reasons: Text | None = None


class SendingGiven(Given):
    """With what it goes. `due`: until when an answer is asked for."""

    contents: Contents = Field(default_factory=list)
    informed: Code | None = None
    due: Time | None = None


class RequestTold(Answer):
    """One request: by which channel, with which country, and its clock. `ours`: whether we have to answer."""

    id: str
    need: str
    country: str
    channel: str | None
    state: str
    ours: bool
    due: datetime | None


class RequestsTold(Answer):
    """The requests of one record that are open to the caller."""

    number: str
    requests: list[RequestTold]


class ChannelTold(Answer):
    """A channel that is open for this need: whom it reaches, on which sources."""

    code: str
    instrument: str
    to_role: str
    sources: list[str]


class ReasonAgainst(Answer):
    """One thing that stands against it. `prohibition`: its code, where it is one. `closed` reasons are not told."""

    kind: str
    verdict: str
    prohibition: str | None
    missing: list[str]


class CheckTold(Answer):
    """By which channels it could go, and for the one chosen: what stands against it."""

    channels: list[ChannelTold]
    channel: str | None
    verdict: str | None
    reasons: list[ReasonAgainst]


@reading(
    "/records/{number}/requests",
    Purpose.CROSS_BORDER,
    RequestsTold,
    title="Requests to and from other countries",
    tag="across borders",
)
def requests(request: Asking, number: Number) -> RequestsTold:
    """All requests of that record, with their clocks."""
    found = requests_of(request.auth.who, number)
    return RequestsTold(number=number, requests=[_told(one) for one in found.requests])


@asking(
    "/records/{number}/requests/check",
    Purpose.CROSS_BORDER,
    CheckTold,
    title="Which channel, and what stands against it",
    tag="across borders",
)
def check_request(request: Asking, number: Number, asked: RequestGiven) -> CheckTold:
    """By which channels it could go today, and everything that stands against it. Nothing is saved."""
    who = request.auth.who
    offered = _offered(requests_of(who, number), asked)
    chosen = _chosen(offered, asked.channel)
    reasons = () if chosen is None else stands_against(who, number, _draft(asked, chosen))
    return CheckTold(
        channels=[_channel(one) for one in offered],
        channel=None if chosen is None else chosen.channel.code,
        verdict=None if chosen is None else verdict(reasons).value,
        reasons=[_against(reason) for reason in reasons],
    )


@writing(
    "/records/{number}/requests",
    Purpose.CROSS_BORDER,
    ActSaved,
    title="Prepare a request",
    tag="across borders",
)
def prepare_request(request: Asking, number: Number, asked: RequestGiven) -> Status[ActSaved]:
    """Put a request on record, not yet sent. What is forbidden is refused."""
    who, token = request.auth.who, token_for(request)
    done = performed_before(who, number, token=token, purpose=Purpose.CROSS_BORDER)
    if done is not None:
        return told(done)
    chosen = _chosen(_offered(requests_of(who, number), asked), asked.channel)
    if chosen is None:
        raise Stopped(answered(_no_channel(), status=422))
    try:
        return told(prepare(who, number, _draft(asked, chosen), token=token))
    except NotSent as refused:
        raise Stopped(_not_sent(refused)) from refused


@writing(
    "/records/{number}/requests/{sent}/send",
    Purpose.CROSS_BORDER,
    ActSaved,
    title="Mark a request as sent",
    tag="across borders",
)
def send_request(
    request: Asking,
    number: Number,
    sent: Annotated[str, Path(pattern=ID_SHAPE)],
    sending: SendingGiven,
) -> Status[ActSaved]:
    """Mark a prepared request as sent now. Whatever stands against it is told, and it does not go."""
    who, token = request.auth.who, token_for(request)
    done = performed_before(who, number, token=token, purpose=Purpose.CROSS_BORDER)
    if done is None:
        draft = to_send(who, number, sent, contents=sending.contents, informed=sending.informed)
        try:
            done = send(who, number, draft, due=sending.due, token=token)
        except NotSent as refused:
            raise Stopped(_not_sent(refused)) from refused
    return told(done)


def to_send(who: Who, number: str, sent: str, *, contents: list[str], informed: str | None) -> Draft:
    """The prepared request of that id, as it would go now. Refuses: one that is not there, has gone, has no channel."""
    seen = requests_of(who, number, page="request_act_begun")
    one = seen.one(sent)
    if not seen.may_go(one):
        raise Refused(
            code="request_sent",
            reason="This request has gone already, or came from another country. Nothing was saved.",
            instead="Read the requests again.",
        )
    need = one.word("request_kind")
    offered = seen.advice(Need(need), one.country).offered if need in list(Need) else ()
    chosen = _chosen(offered, one.word("channel"))
    if chosen is None:
        raise Stopped(answered(_no_channel(), status=422))
    return draft_of(one, chosen, contents=frozenset(contents), informed=informed or "")


def _offered(seen: Requests, asked: RequestGiven) -> tuple[Offered, ...]:
    if asked.need not in list(Need):
        raise Stopped(answered(no_need(), status=422))
    return seen.advice(Need(asked.need), asked.to_country).offered


def _chosen(offered: tuple[Offered, ...], code: str | None) -> Offered | None:
    if code is None:
        return offered[0] if len(offered) == 1 else None
    return next((one for one in offered if one.channel.code == code), None)


def _draft(asked: RequestGiven, offered: Offered) -> Draft:
    request = Request(
        need=Need(asked.need),
        to_country=asked.to_country,
        about_person=asked.about_person,
        contents=frozenset(asked.contents),
        informed=asked.informed,
        informed_reasons=bool(asked.informed_reasons),
    )
    return Draft(request=request, offered=offered, informed_reasons=asked.informed_reasons or "")


def _told(one: OnRecord) -> RequestTold:
    return RequestTold(
        id=one.id,
        need=one.word("request_kind"),
        country=one.country,
        channel=None if one.channel is None else one.channel.code,
        state=one.clock.state.value,
        ours=one.clock.ours,
        due=one.clock.due,
    )


def _channel(one: Offered) -> ChannelTold:
    return ChannelTold(
        code=one.channel.code,
        instrument=str(one.channel.instrument),
        to_role=one.channel.to_role.value,
        sources=[source.cite() for source in one.basis],
    )


def _against(reason: Reason) -> ReasonAgainst:
    return ReasonAgainst(
        kind=reason.kind.value,
        verdict=reason.verdict.value,
        prohibition=None if reason.prohibition is None else reason.prohibition.code,
        missing=list(reason.missing),
    )


def _not_sent(refused: NotSent) -> HttpResponse:
    return problem(
        409,
        refused.code,
        title="This must not go, or not yet",
        detail=refused.reason,
        instead=refused.instead,
        reasons=[_against(reason).model_dump() for reason in refused.reasons],
    )


def _no_channel() -> Refused:
    return Refused(
        code="no_channel",
        reason="No channel of that code is open for this, or several are and none was named.",
        instead="Ask /requests/check which channels are open, and name one.",
    )


def no_need() -> Refused:
    """The refusal of a need that no list names."""
    return Refused(
        code="no_such_need",
        reason="There is no such need.",
        instead=f"Name one of: {', '.join(need.value for need in Need)}.",
    )
