"""Callers: which program asks, by its token, for which purpose, not too often. Decides nothing about records."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from threading import Lock

from django.http import HttpRequest, HttpResponse
from ninja.security import HttpBearer

from encircle.actions.context import Visit
from encircle.actions.token import Caller, ask_for_purpose, caller_of, token_of_request
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.visit_purpose import VisitPurpose
from encircle.web.gate import purpose_of
from encircle.web.page.problem import problem

PURPOSE = "Encircle-Purpose"
PERSON = "Encircle-Person"
VISIT = "Encircle-Visit"
VISITS = {one.value: one for one in VisitPurpose}
KEY = "Idempotency-Key"
PERSON_SHAPE = r"^[a-z0-9][a-z0-9_.-]{0,19}$"
KEY_SHAPE = r"^[A-Za-z0-9_.:-]{8,128}$"


class Asking(HttpRequest):
    """A request whose token was looked at."""

    auth: Caller


class Stopped(Exception):
    """The answer is known before the action is asked."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__(answer.status_code)
        self.answer = answer


class Rate:
    """How often each token asks, in this process only: so many at once, then so many a second."""

    at_once = 200
    a_second = 20.0
    most_tokens = 10_000

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._left: dict[str, tuple[float, float]] = {}

    def wait_seconds(self, token: str) -> int:
        """0: this request may pass, and is counted; else how long to wait."""
        with self._lock:
            now = self._clock()
            left, since = self._left.pop(token, (float(self.at_once), now))
            left = min(float(self.at_once), left + (now - since) * self.a_second)
            may = left >= 1
            self._left[token] = (left - 1 if may else left, now)
            while len(self._left) > self.most_tokens:
                self._left.pop(next(iter(self._left)))
            return 0 if may else max(1, round((1 - left) / self.a_second))


RATE = Rate()


class AgencyToken(HttpBearer):
    """The secret of a token in the header Authorization, as a bearer."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """Who asks; None where nobody can be told by it. Refuses: a purpose that is not open, too many requests."""
        person = request.headers.get(PERSON)
        if person is not None and not re.fullmatch(PERSON_SHAPE, person):
            raise Stopped(_person_unreadable())
        caller = caller_of(token.strip(), person=person or "")
        if caller is None:
            return None
        wait = RATE.wait_seconds(caller.token)
        if wait:
            raise Stopped(_too_many(wait))
        _ask_for_purpose(request, caller)
        return replace(caller, who=replace(caller.who, visit=_visit(request)))


def token_for(request: Asking) -> str:
    """The token under which the action saves what this request brings. Refuses: a key that is missing or was used."""
    key = request.headers.get(KEY, "")
    if not re.fullmatch(KEY_SHAPE, key):
        raise Stopped(
            problem(
                400,
                "key_missing",
                title="This request needs a key",
                detail=f"Send a new random {KEY} of 8 to 128 letters and digits with each new request, "
                "and the same one to repeat it.",
            )
        )
    said = b"\n".join((str(request.method).encode(), request.path.encode(), request.body))
    return token_of_request(request.auth, key, said, purpose=purpose_of(request))


def _ask_for_purpose(request: HttpRequest, caller: Caller) -> None:
    """The request names the purpose of this address, and the token is made for it."""
    serves = purpose_of(request)
    named = request.headers.get(PURPOSE, "")
    if named != serves.value:
        raise Stopped(
            problem(
                400,
                "purpose_missing",
                title="This request does not name its purpose",
                detail=f"This address serves the purpose {serves.value}: send it as {PURPOSE}.",
            )
        )
    try:
        ask_for_purpose(caller, serves)
    except Refused as refused:
        raise Stopped(
            problem(
                403,
                refused.code,
                title="You cannot do this here",
                detail=refused.reason,
                instead=refused.instead,
            )
        ) from refused


def _visit(request: HttpRequest) -> Visit:
    """To what end the request opens a record; not chosen, where it does not say. Refuses: a purpose that there is not."""
    named = request.headers.get(VISIT, "")
    if named and named not in VISITS:
        raise Stopped(
            problem(
                400,
                "visit_unknown",
                title="This purpose of a visit is not known",
                detail=f"{VISIT} is one of {', '.join(VISITS)}.",
            )
        )
    return Visit(VISITS.get(named))


def _person_unreadable() -> HttpResponse:
    return problem(
        400,
        "person_unreadable",
        title="The person cannot be read",
        detail=f"{PERSON} is a code of yours for who asks: a-z, 0-9, _ . - and at most 20 signs. Never a name.",
    )


def _too_many(wait: int) -> HttpResponse:
    answer = problem(
        429,
        "too_many",
        title="Too many requests",
        detail="This token asked too often. Nothing was done.",
        instead=f"Wait {wait} seconds.",
    )
    answer.headers["Retry-After"] = str(wait)
    return answer
