"""Addresses of the API. Each method of each address declares its purpose; one that lacks it stops the start."""

import re
from collections.abc import Callable, Mapping
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from encircle.web.api import (
    act,
    agreement,
    asked_again,
    calendar,
    caseload,
    concern,
    crossborder,
    document,
    duty,
    emergency,
    fact,
    flag,
    learnt,
    looks,
    meeting,
    meeting_act,
    missing,
    offers,
    opened,
    own,
    people,
    practice,
    record,
    request_act,
    search,
    statistics,
)
from encircle.web.api.body import unreadable
from encircle.web.api.failing import tell_refusals
from encircle.web.api.operation import API, OPERATIONS, Operation
from encircle.web.gate import purposes
from encircle.web.page.problem import problem

_ROOT = "api/v1/"
OFFERED = (
    record,
    act,
    learnt,
    duty,
    missing,
    caseload,
    concern,
    meeting,
    meeting_act,
    people,
    opened,
    emergency,
    calendar,
    crossborder,
    request_act,
    flag,
    fact,
    search,
    looks,
    asked_again,
    statistics,
    own,
    practice,
    agreement,
    offers,
)
"""The modules whose operations are offered: to import one is to register them."""


def guarded(
    view: Callable[..., HttpResponse], operations: Mapping[str, Operation]
) -> Callable[..., HttpResponse]:
    """The view behind what is looked at before any token: the method, the size and the kind of the body."""

    @purposes({method: operation.purpose for method, operation in operations.items()})
    @wraps(view)
    def answer(request: HttpRequest, /, *args: object, **parts: object) -> HttpResponse:
        if request.method not in operations:
            refused = problem(
                405,
                "not_offered",
                title="This is not offered here",
                detail=f"This address can be asked by {', '.join(sorted(operations))}.",
            )
            refused.headers["Allow"] = ", ".join(sorted(operations))
            return refused
        return unreadable(request) or view(request, *args, **parts)

    return answer


def _pages() -> list[URLPattern]:
    tell_refusals()
    by_route = {re.sub(r"{(\w+)}", r"<\1>", route).lstrip("/"): each for route, each in OPERATIONS.items()}
    found: list[URLPattern] = []
    for pattern in API.urls[0]:
        route = str(pattern.pattern)
        if isinstance(pattern, URLPattern) and route in by_route:
            found.append(path(_ROOT + route, guarded(pattern.callback, by_route[route]), name=f"api {route}"))
    return found


PAGES: list[URLPattern] = [
    path(_ROOT, document.page, name="api"),
    path(f"{_ROOT}openapi.json", document.openapi, name="api_document"),
    *_pages(),
]
