"""Problems: what programs are answered when something is not done (RFC 9457). Plain words, no data of anybody."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

API = "/api/"
"""Below this address programs are answered, not people."""
MEDIA_TYPE = "application/problem+json"
_TYPE = "/api/v1/#"
"""The readable page of the API says under this anchor what each kind of problem means."""


def is_for_programs(request: HttpRequest) -> bool:
    """Whether it is a program that asks, so that an answer has to be one that it can read."""
    return request.path.startswith(API)


def problem(
    status: int, code: str, *, title: str | Promise, detail: str | Promise, **more: object
) -> HttpResponse:
    """The answer with that problem; the same problem gives the same bytes."""
    said = {
        "type": f"{_TYPE}{code}",
        "title": str(title),
        "status": status,
        "detail": str(detail),
        "code": code,
        **more,
    }
    return HttpResponse(
        json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"),
        status=status,
        content_type=MEDIA_TYPE,
    )
