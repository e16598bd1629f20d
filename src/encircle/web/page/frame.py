"""The frame around every page: its style, its language and direction, who is signed in. Knows nothing of a child."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

from encircle.actions.post import Post
from encircle.web.page import wording
from encircle.web.page.front import recognised
from encircle.web.page.kept import note_of

STYLE, ICON, PASSKEY_SCRIPT = "encircle.css", "encircle.svg", "passkey.js"


@dataclass(frozen=True, slots=True)
class Language:
    """A language to choose, by its own name."""

    code: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Me:
    """Who is signed in, as the header tells it. `place`: the region, where one is told; else the agency."""

    name: str
    role: str
    place: str


def frame(request: HttpRequest) -> dict[str, object]:
    """What every template may use. `here`: the page to come back to when another language is chosen."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "style": _address(STYLE),
        "icon": _address(ICON),
        "passkey_script": _address(PASSKEY_SCRIPT),
        "language": language,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "languages": [Language(code, name, code == language) for code, name in settings.LANGUAGES],
        "here": request.get_full_path() if request.method in ("GET", "HEAD") else "/",
        "demo": settings.DEMO,
        "me": _me(recognised(request)),
        "kept": note_of(request),
    }


def _me(post: Post | None) -> Me | None:
    if post is None:
        return None
    place = wording.plain(post.region) if post.region else post.agency
    return Me(post.name, wording.plain(post.who.role.value), place)


@lru_cache(maxsize=8)
def _address(name: str) -> str:
    """The address of a file with its digest, so that a browser may keep it for a year and still has the newest."""
    held = (Path(settings.STATIC_ROOT) / name).read_bytes()
    return f"{settings.STATIC_URL}{name}?v={hashlib.sha256(held).hexdigest()[:12]}"
