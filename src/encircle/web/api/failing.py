"""Failing: each refusal as a problem, journalled by the edge where it is about a record. A surprise is not caught."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from ninja.errors import AuthenticationError, HttpError, ValidationError

from encircle.actions.act import AlreadySaved, NotTaken, Prohibited
from encircle.actions.by_person import ByPerson, NeedsPerson
from encircle.actions.caseload.review import NoSuchReview
from encircle.actions.crossborder import NoSuchRequest
from encircle.actions.meeting import NoSuchAction, NoSuchMeeting
from encircle.actions.offers import NoSuchOffer
from encircle.actions.people import NoSuchPart
from encircle.actions.permit import NotAllowed, NotSeen, VisitNotChosen
from encircle.actions.record import refuse
from encircle.core.prohibition import Alarm
from encircle.records.refusal import RuleBroken, Unavailable
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.web.api.caller import VISIT, Asking, Stopped
from encircle.web.api.operation import API
from encircle.web.gate import purpose_of
from encircle.web.page import errors
from encircle.web.page.lost import SECONDS
from encircle.web.page.problem import problem

TFailed = TypeVar("TFailed", bound=Exception)
MOST_TOLD = 50
"""Faults of one request that are told."""
_GOT = re.compile(r"([a-z_]+: )?got .*[.?] (?=Expected )", re.IGNORECASE | re.DOTALL)
NOT_TAKEN = "Something cannot be right"
STATUS: dict[type[Refused], int] = {
    AlreadySaved: 422,
    RuleBroken: 422,
    BadInput: 422,
    NoSuchRequest: 404,
    NoSuchMeeting: 404,
    NoSuchAction: 404,
    NoSuchPart: 404,
    NoSuchOffer: 404,
    NoSuchReview: 404,
}
"""How a refusal is answered that is not told in a way of its own; 409 where none is named."""
PAGES: dict[ByPerson, str] = {
    ByPerson.BEGIN_EMERGENCY: "emergency",
    ByPerson.ANSWER_EMERGENCY: "emergencies",
    ByPerson.OPEN_PART: "opened_parts",
}
"""On which page a person does what no program does."""


def tell_refusals() -> None:
    """Make the API answer all of them so."""
    _answer(Stopped, _stopped)
    _answer(AuthenticationError, _nobody)
    _answer(HttpError, _unreadable)
    _answer(ValidationError, _not_valid)
    _answer(NotSeen, _not_seen)
    _answer(NotAllowed, _not_allowed)
    _answer(NeedsPerson, _needs_person)
    _answer(VisitNotChosen, _visit_not_chosen)
    _answer(NotTaken, _not_taken)
    _answer(Prohibited, _prohibited)
    _answer(Refused, _refused)
    for lost in (Unavailable, OperationalError, InterfaceError):
        _answer(lost, _unavailable)


def prohibitions_told(alarms: Sequence[Alarm]) -> list[dict[str, object]]:
    """Each prohibition once: what it forbids, on which source, what to do instead, who could set it aside."""
    language = get_language() or "en"
    rules = {alarm.rule.code: alarm.rule for alarm in alarms}
    return [
        {
            "code": rule.code,
            "title": rule.title.in_(language),
            "instead": rule.instead.in_(language),
            "sources": [source.cite(language) for source in rule.sources],
            "override": rule.override.value,
        }
        for rule in rules.values()
    ]


def _answer(of: type[TFailed], how: Callable[[Any, TFailed], HttpResponse]) -> None:
    def answer(request: HttpRequest, failed: TFailed | type[TFailed]) -> HttpResponse:
        assert isinstance(failed, of)
        return how(request, failed)

    API.add_exception_handler(of, answer)


def _stopped(request: HttpRequest, stopped: Stopped) -> HttpResponse:
    return stopped.answer


def _nobody(request: HttpRequest, failed: AuthenticationError) -> HttpResponse:
    """No token, an unknown one, one that is over or revoked: the same bytes."""
    answer = problem(
        401,
        "no_token",
        title="There is no token that opens this",
        detail="Send a token of your agency that is still good, as Authorization: Bearer.",
    )
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _unreadable(request: HttpRequest, failed: HttpError) -> HttpResponse:
    return problem(
        400,
        "unreadable",
        title="This cannot be read",
        detail="The body is not JSON in UTF-8, names a field twice, or holds a sign that cannot be kept. Nothing was saved.",
    )


def _not_valid(request: HttpRequest, failed: ValidationError) -> HttpResponse:
    """Each fault by its field; what was sent is not repeated."""
    found = [
        {"where": ".".join(str(part) for part in one["loc"]), "code": one["type"], "reason": one["msg"]}
        for one in failed.errors[:MOST_TOLD]
    ]
    return problem(
        422, "not_valid", title=NOT_TAKEN, detail="Some fields are not as the document says.", errors=found
    )


def _not_seen(request: Asking, refused: NotSeen) -> HttpResponse:
    """Not there, or not to be seen: the same bytes, after it was written down."""
    refuse(request.auth.who, refused, purpose=purpose_of(request))
    return errors.not_found(request)


def _not_allowed(request: Asking, refused: NotAllowed) -> HttpResponse:
    refuse(request.auth.who, refused, purpose=purpose_of(request))
    reason, instead = errors.NOT_ALLOWED.get(refused.code, (refused.reason, refused.instead or ""))
    return problem(
        403,
        refused.code,
        title="You cannot do this here",
        detail=reason,
        instead=str(instead),
        source=refused.source or "",
    )


def _needs_person(request: Asking, refused: NeedsPerson) -> HttpResponse:
    """It is said where a person does it; after it was written down that a program tried."""
    refuse(request.auth.who, refused, purpose=purpose_of(request))
    return problem(
        403,
        refused.code,
        title="This needs a person",
        detail=refused.reason,
        instead=refused.instead or "",
        page=reverse(PAGES[refused.act], args=[refused.number] if refused.number else []),
    )


def _visit_not_chosen(request: Asking, refused: VisitNotChosen) -> HttpResponse:
    """The mandate opens this record to other ends, or to several: those are told to one who may open it."""
    return problem(
        403,
        refused.code,
        title="This request does not say to what end it opens the record",
        detail=f"Send one of these as {VISIT}: {', '.join(one.value for one in refused.choices)}.",
        source=refused.source or "",
        visits=[one.value for one in refused.choices],
    )


def _not_taken(request: HttpRequest, refused: NotTaken) -> HttpResponse:
    found = [
        {"where": f"statements.{one.statement}.{one.field}", "code": one.code, "reason": _unsaid(one.reason)}
        for one in refused.problems[:MOST_TOLD]
    ]
    return problem(422, refused.code, title=NOT_TAKEN, detail=refused.reason, errors=found)


def _unsaid(reason: str) -> str:
    """The same without the value that was given: programs keep errors."""
    return _GOT.sub("This is not what the field takes. ", reason)


def _prohibited(request: HttpRequest, refused: Prohibited) -> HttpResponse:
    return problem(
        409,
        refused.code,
        title="What is planned is prohibited",
        detail="It would cross a prohibition that protects the child. Nothing was saved.",
        prohibitions=prohibitions_told(refused.alarms),
    )


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    status = next((STATUS[of] for of in type(refused).__mro__ if of in STATUS), 409)
    return answered(refused, status=status)


def answered(refused: Refused, *, status: int) -> HttpResponse:
    """A refusal as it stands."""
    more = {"instead": refused.instead, "source": refused.source}
    return problem(
        422 if refused.code == "key_used" else status,
        refused.code,
        title="This was not done",
        detail=refused.reason,
        **{name: words for name, words in more.items() if words},
    )


def _unavailable(request: HttpRequest, lost: Exception) -> HttpResponse:
    """Whether it was saved may not be certain: with its key the request can be sent again all the same."""
    again = "Wait a moment and send the same request again, with the same key."
    told = problem(
        503,
        "unavailable",
        title="The database does not answer",
        detail=lost.reason if isinstance(lost, Unavailable) else "The database does not answer just now.",
        instead=again,
    )
    told.headers["Retry-After"] = SECONDS
    return told


not_there = partial(answered, status=404)
"""The answer where something is not there that is no record: a meeting, a table, an alarm."""
