"""What became of requests abroad, by the API: arrived, late, answered, gone already; one received, a contact made."""

from collections.abc import Mapping
from typing import Annotated, Literal

from ninja import Path
from ninja.responses import Status
from pydantic import Field

from encircle.actions.act import performed_before
from encircle.actions.crossborder import RequestAct, has_been_sent, requests_of, state
from encircle.vocabulary.need import Need
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.web.api.act import ActSaved, told
from encircle.web.api.caller import Asking, Stopped, token_for
from encircle.web.api.crossborder import Contents, Country, no_need, to_send
from encircle.web.api.failing import answered
from encircle.web.api.operation import writing
from encircle.web.api.shape import ID_SHAPE, Code, Given, Number, Text, Time

RequestId = Annotated[str, Path(pattern=ID_SHAPE, description="The id of the request.")]


class ArrivedGiven(Given):
    """When the side that was asked said that it has the request; left out, now."""

    happened: Time | None = None


class DelayGiven(Given):
    """Why the answer will be late. Silence is no reason."""

    reasons: Text
    exceptional: bool = False
    happened: Time | None = None


class AnsweredGiven(Given):
    """How it was answered."""

    answer: Literal["information", "consent", "refusal", "acceptance", "no_information"]
    happened: Time | None = None


class GoneGiven(Given):
    """When it went, with what, and until when an answer is asked for."""

    happened: Time
    contents: Contents = Field(default_factory=list)
    informed: Code | None = None
    due: Time | None = None


class ReceivedGiven(Given):
    """What another country asks. `disclosure_endangers`: what that State found; it is honoured here."""

    from_country: Country
    need: Code
    disclosure_endangers: Literal["not_determined", "endangers", "no_danger"] | None = None
    due: Time | None = None
    happened: Time | None = None


class ContactGiven(Given):
    """A contact that was made, also one that should not have been: it then raises an alarm."""

    contact_kind: Literal[
        "message",
        "call",
        "matching_query",
        "visa_check",
        "consular_check",
        "document_check",
        "family_call",
        "other",
    ]
    country: Country
    with_authority: bool | None = None
    child_named: bool | None = None
    happened: Time | None = None


@writing(
    "/records/{number}/requests/{sent}/acknowledged",
    Purpose.CROSS_BORDER,
    ActSaved,
    title="Record that a request has arrived",
    tag="across borders",
)
def acknowledge_request(
    request: Asking, number: Number, sent: RequestId, arrived: ArrivedGiven
) -> Status[ActSaved]:
    """Record that the side that was asked says that it has the request."""
    return _became(request, number, sent, RequestAct.ACKNOWLEDGED, {}, happened=arrived.happened)


@writing(
    "/records/{number}/requests/{sent}/delayed",
    Purpose.CROSS_BORDER,
    ActSaved,
    title="Record that an answer will be late",
    tag="across borders",
)
def delay_request(request: Asking, number: Number, sent: RequestId, delay: DelayGiven) -> Status[ActSaved]:
    """Record that the answer will be late, with the reason."""
    values = {"exceptional": delay.exceptional, "delay_reasons": delay.reasons}
    return _became(request, number, sent, RequestAct.DELAYED, values, happened=delay.happened)


@writing(
    "/records/{number}/requests/{sent}/answered",
    Purpose.CROSS_BORDER,
    ActSaved,
    title="Record the answer",
    tag="across borders",
)
def answer_request(
    request: Asking, number: Number, sent: RequestId, answer: AnsweredGiven
) -> Status[ActSaved]:
    """Record how a request was answered. What was told is used only for what it was asked for."""
    values = {"answer": answer.answer}
    return _became(request, number, sent, RequestAct.ANSWERED, values, happened=answer.happened)


@writing(
    "/records/{number}/requests/{sent}/gone",
    Purpose.CROSS_BORDER,
    ActSaved,
    title="Record that a request has gone already",
    tag="across borders",
)
def request_has_gone(request: Asking, number: Number, sent: RequestId, gone: GoneGiven) -> Status[ActSaved]:
    """Record that a prepared request has gone already. Never refused for what it was: it raises an alarm."""
    who, token = request.auth.who, token_for(request)
    done = performed_before(who, number, token=token, purpose=Purpose.CROSS_BORDER)
    if done is None:
        draft = to_send(who, number, sent, contents=gone.contents, informed=gone.informed)
        done = has_been_sent(who, number, draft, happened=gone.happened, due=gone.due, token=token)
    return told(done)


@writing(
    "/records/{number}/requests/received",
    Purpose.CROSS_BORDER,
    ActSaved,
    title="Register a request from another country",
    tag="across borders",
)
def receive_request(request: Asking, number: Number, received: ReceivedGiven) -> Status[ActSaved]:
    """Register what another country asks, so that its answer has an owner and a time."""
    who, token = request.auth.who, token_for(request)
    if received.need not in list(Need):
        raise Stopped(answered(no_need(), status=422))
    done = performed_before(who, number, token=token, purpose=Purpose.CROSS_BORDER)
    if done is None:
        seen = requests_of(who, number, page="request_act_begun")
        channel = seen.received_by(received.need, received.from_country)
        values = _given(
            from_country=received.from_country,
            request_kind=received.need,
            instrument="other" if channel is None else str(channel.instrument),
            channel=None if channel is None else channel.code,
            disclosure_endangers=received.disclosure_endangers,
            due=received.due,
        )
        done = state(who, number, "request_received", values, happened=received.happened, token=token)
    return told(done)


@writing(
    "/records/{number}/contacts",
    Purpose.CROSS_BORDER,
    ActSaved,
    title="Record a contact that was made",
    tag="across borders",
)
def record_contact(request: Asking, number: Number, contact: ContactGiven) -> Status[ActSaved]:
    """Record a contact with another country that was made, also if it should not have been."""
    values = _given(
        contact_kind=contact.contact_kind,
        country=contact.country,
        with_authority=contact.with_authority,
        child_named=contact.child_named,
    )
    who, token = request.auth.who, token_for(request)
    return told(state(who, number, "contact_made", values, happened=contact.happened, token=token))


def _became(
    request: Asking,
    number: str,
    sent: str,
    act: RequestAct,
    values: Mapping[str, object],
    *,
    happened: str | None,
) -> Status[ActSaved]:
    """Once: what the same request had saved is told again, also after the answer."""
    who, token = request.auth.who, token_for(request)
    done = performed_before(who, number, token=token, purpose=Purpose.CROSS_BORDER)
    if done is None:
        seen = requests_of(who, number, page="request_act_begun")
        one = seen.one(sent)
        if seen.may_write and not seen.opens(act, one):
            raise _not_now()
        of = f"request_{act.value}"
        done = state(who, number, of, values, subject=one.id, happened=happened, token=token)
    return told(done)


def _not_now() -> Refused:
    return Refused(
        code="request_not_open",
        reason="This request has not gone yet, has its answer, or has this on record already. Nothing was saved.",
        instead="Read the requests again.",
    )


def _given(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}
