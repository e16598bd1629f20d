"""The onion address: the pages of the door once more, over Tor, for whom the ordinary address is watched or blocked.

Tor itself encrypts and proves the address, so nothing is sent on to HTTPS there and no browser is told to ask for it.
Only the pages of the door are there: for anything else the address is as one that does not exist.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import may_be_for

HEADER = "Onion-Location"
"""By which Tor Browser offers the onion address on the ordinary one, over HTTPS alone."""
HSTS = "Strict-Transport-Security"
_OF_THE_DOOR = (Purpose.DOOR,)


def is_onion(request: HttpRequest) -> bool:
    """Whether it came to the onion address of this installation."""
    return bool(settings.ONION) and request.META.get("HTTP_HOST", "").partition(":")[0] == settings.ONION


class OverTor:
    """Middleware around Django's: at the onion address nothing leads to HTTPS, and nothing but the door is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass it on. Over Tor it came as safely as by HTTPS, which is what Django asks for."""
        over_tor = is_onion(request)
        if over_tor:
            request.META["HTTP_X_FORWARDED_PROTO"] = "https"
        answer = self._get_response(request)
        if over_tor:
            del answer.headers[HSTS]
        elif settings.ONION and request.is_secure() and may_be_for(request, _OF_THE_DOOR):
            answer.headers[HEADER] = f"http://{settings.ONION}{request.path}"
        return answer

    def process_view(self, request: HttpRequest, _view: object, _args: Any, _named: Any) -> None:
        """Refuses (Http404) what is no page of the door, at the onion address."""
        if is_onion(request) and not may_be_for(request, _OF_THE_DOOR):
            raise Http404(request.path)
