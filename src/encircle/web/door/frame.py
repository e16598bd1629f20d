"""How a page of the door is made: without the frame of staff, so that nothing of a session is asked for or set."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi, override

from encircle.web.nonce import nonce_of

LANGUAGES = dict(settings.LANGUAGES)


def shown(
    request: HttpRequest, template: str, told: Mapping[str, object], *, language: str, status: int = 200
) -> HttpResponse:
    """That page in that language."""
    with override(language):
        frame = {
            "language": language,
            "direction": "rtl" if get_language_bidi() else "ltr",
            "languages": LANGUAGES.items(),
            "demo": settings.DEMO,
            "nonce": nonce_of(request),
        }
        return HttpResponse(render_to_string(template, {**frame, **told}), status=status)
