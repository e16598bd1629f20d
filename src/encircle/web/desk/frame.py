"""The frame around every page: its style, its direction. Tells nothing about who looks."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

STYLE, ICON = "encircle.css", "encircle.svg"


def frame(request: HttpRequest) -> dict[str, object]:
    """What every template may use."""
    return {
        "style": _address(STYLE),
        "icon": _address(ICON),
        "language": get_language() or settings.LANGUAGE_CODE,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "demo": settings.DEMO,
    }


@lru_cache(maxsize=8)
def _address(name: str) -> str:
    """The address of a file with its digest, so that a browser may keep it for a year and still has the newest."""
    held = (Path(settings.STATIC_ROOT) / name).read_bytes()
    return f"{settings.STATIC_URL}{name}?v={hashlib.sha256(held).hexdigest()[:12]}"
