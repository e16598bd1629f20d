"""Manner: how a request may come at all: by a method that some page knows, and from programs over HTTPS alone."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from encircle.web.page.problem import is_for_programs, problem

KNOWN = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
"""TRACE and CONNECT are for proxies; others are invented."""


def known_manner(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: refuse what comes in another manner, before anything of it is read."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in KNOWN:
            return HttpResponseNotAllowed(KNOWN)
        if settings.SECURE_SSL_REDIRECT and is_for_programs(request) and not request.is_secure():
            return _only_over_https()
        return get_response(request)

    return answer


def _only_over_https() -> HttpResponse:
    """A program that is led on to HTTPS has sent its token in the clear, and would do so again unnoticed."""
    return problem(
        403,
        "not_over_https",
        title="This is answered over HTTPS only",
        detail="The request came unencrypted: whoever stood on the way has read its token.",
        instead="Have the token revoked and a new one made, and ask over HTTPS.",
    )
