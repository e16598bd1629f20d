"""The language of pages that children and the public read: more of them than staff have, none kept beyond the visit."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import activate
from django.utils.translation.trans_real import parse_accept_lang_header

from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import may_be_for

PUBLIC = (Purpose.DOOR, Purpose.OWN_PAGE)
"""The pages that are there in all of these languages."""


class InPublicLanguage:
    """Middleware: a page for children or the public speaks the language chosen before, else one the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing is known of the page yet."""
        return self._answer(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """The page is known now, and not begun."""
        if is_public(request):
            activate(wished(request))


def is_public(request: HttpRequest) -> bool:
    """Whether the page asked for is one of those."""
    return may_be_for(request, PUBLIC)


def wished(request: HttpRequest) -> str:
    """The code of the language: of the cookie, else the first of the browser's that there is, else the source's."""
    codes = dict(settings.PUBLIC_LANGUAGES)
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    each = [kept, *(one for code, _weight in asked for one in (code, code.partition("-")[0]))]
    return next((code for code in each if code in codes), settings.LANGUAGE_CODE)
