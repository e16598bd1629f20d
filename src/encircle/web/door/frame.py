"""How a page of the door is made: without the frame of staff, so that nothing of a session is asked for or set."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi, override

from encircle.actions.help import help_here
from encircle.web.door.reached import dial, reached
from encircle.web.door.read_aloud import heard
from encircle.web.headers import OWN_ICON, PLAYS
from encircle.web.nonce import nonce_of

ICON = "data:image/svg+xml," + quote(
    (Path(__file__).parents[1] / "static" / "page.svg").read_text("utf-8").strip(), safe="/:='"
)
"""A sheet of paper, which tells nobody who looks at the tabs what the page is."""


def languages() -> dict[str, str]:
    """Those of the door: their own names by code."""
    return dict(settings.PUBLIC_LANGUAGES)


def shown(
    request: HttpRequest, template: str, told: Mapping[str, object], *, language: str, status: int = 200
) -> HttpResponse:
    """That page in that language."""
    setattr(request, OWN_ICON, True)
    with override(language):
        here = help_here()
        number = here.emergency.number
        frame = {
            "sos": {"number": number, "dial": dial(number), "free": here.emergency.free},
            "talk": [reached(one, language) for one in here.to_talk()],
            "language": language,
            "direction": "rtl" if get_language_bidi() else "ltr",
            "languages": languages().items(),
            "demo": settings.DEMO,
            "nonce": nonce_of(request),
            "icon": ICON,
            "heard": "",
        }
        page = render_to_string(template, {**frame, **told})
        words = heard(page, language)
        if words:  # made anew with its player; where nothing was recorded, a page is made once and weighs what it weighed
            setattr(request, PLAYS, True)
            page = render_to_string(template, {**frame, **told, "heard": words})
        return HttpResponse(page, status=status)
