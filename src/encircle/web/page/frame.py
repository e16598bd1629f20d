"""The frame around every page: its style, its language and direction, who is signed in. Knows nothing of a child."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_bidi

from encircle.actions.post import Post
from encircle.actions.whose_law import law_for
from encircle.host.clock import now
from encircle.web.nonce import nonce_of
from encircle.web.page import second_factor, when, wording
from encircle.web.page.again import way_to_open
from encircle.web.page.front import recognised
from encircle.web.page.kept import note_of
from encircle.web.page.navigation import main_ways, record_ways
from encircle.web.page.public_language import is_public
from encircle.web.page.sign_in_told import sign_in_told
from encircle.web.page.terms import words_of_page
from encircle.web.page.theme import THEMES, theme_of
from encircle.web.page.visit import shown


@dataclass(frozen=True, slots=True)
class Language:
    """A language to choose, by its own name."""

    code: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """A light to choose."""

    code: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Me:
    """Who is signed in, as the header tells it. `place`: the region, where the agency's name does not tell it."""

    name: str
    role: str
    agency: str
    place: str


def frame(request: HttpRequest) -> dict[str, object]:
    """What every template may use. `here`: the page to come back to when another language is chosen."""
    language = get_language() or settings.LANGUAGE_CODE
    post = recognised(request)
    theme = theme_of(request)
    return {
        "nonce": SimpleLazyObject(lambda: nonce_of(request)),
        "theme": theme,
        "appearances": [Theme(code, str(name), code == theme) for code, name in THEMES.items()],
        "main_ways": main_ways(request, post),
        "record_ways": record_ways(request, post),
        "language": language,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "languages": [Language(code, name, code == language) for code, name in _languages(request)],
        "here": request.get_full_path() if request.method in ("GET", "HEAD") else "/",
        "demo": settings.DEMO,
        "me": _me(post),
        "kept": note_of(request),
        "passkey_by": _passkey_by(request, post),
        "sign_in_told": sign_in_told(request, post),
        "way_to_open": way_to_open(request),
        "words": "" if post is None else words_of_page(request),
        "visit": shown(request),
    }


def _passkey_by(request: HttpRequest, post: Post | None) -> str:
    """The day from which the agency asks for a passkey, on the pages where one begins; nothing elsewhere."""
    match = request.resolver_match
    if post is None or match is None or match.url_name not in ("work", "mfa_index"):
        return ""
    due = second_factor.passkey_due(request, post, at=now())
    return "" if due is None else when.day(due, law_for(settings.COUNTRY).zone)


def _languages(request: HttpRequest) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = settings.PUBLIC_LANGUAGES if is_public(request) else settings.LANGUAGES
    return found


def _me(post: Post | None) -> Me | None:
    if post is None:
        return None
    region = wording.titled(post.region) if post.region else ""
    place = "" if region.lower() in post.agency.lower() else region
    return Me(post.name, wording.plain(post.who.role.value), post.agency, place)
