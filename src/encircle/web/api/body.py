"""Bodies: JSON in UTF-8, each name once, no number that is none, no text that cannot be kept. Knows no fields."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.parser import Parser

from encircle.web.page.problem import problem

MOST_BYTES = 1024 * 1024
_MEDIA_TYPE = "application/json"
_CHARSETS = ("", "utf-8", "utf8")


class StrictParser(Parser):
    """Reads a body once, in one way only."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The values. Refuses (ValueError): what is not JSON in UTF-8, a name twice, NaN, a NUL or half a character."""
        return json.loads(request.body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)


def unreadable(request: HttpRequest) -> HttpResponse | None:
    """The answer to a body that is not even looked at: too large, or not JSON in UTF-8 by its own words."""
    length = request.headers.get("Content-Length", "")
    if length.isascii() and length.isdigit() and int(length) > MOST_BYTES:
        return problem(
            413,
            "too_large",
            title="The request is too large",
            detail=f"The most is {MOST_BYTES:,} bytes. Nothing was saved.",
        )
    if length in ("", "0"):
        return None
    charset = (request.content_params or {}).get("charset", "").lower()
    if request.content_type != _MEDIA_TYPE or charset not in _CHARSETS:
        return problem(
            415,
            "not_json",
            title="This is not JSON in UTF-8",
            detail=f"Send the body as {_MEDIA_TYPE}, in UTF-8. Nothing was saved.",
        )
    return None


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError("a name stands twice")
        for text in (name, *(value if isinstance(value, list) else (value,))):
            if isinstance(text, str):
                _whole(text)
        found[name] = value
    return found


def _whole(text: str) -> None:
    if "\0" in text:
        raise ValueError("a text holds a NUL")
    text.encode("utf-8")


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")
