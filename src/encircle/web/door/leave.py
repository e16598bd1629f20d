"""Leaving at once: a link through a page of ours that tells the browser to forget, to something else to read."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from encircle.vocabulary.purpose import Purpose
from encircle.web.door.frame import languages, shown
from encircle.web.gate import purpose

FORGET = '"cache", "storage"'
"""What the browser is told to forget. Not the cookies: the door has none, and those of staff are not its business."""


@purpose(Purpose.DOOR)
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """To something else, and forget."""
    response: HttpResponseRedirect = redirect("sea")
    response.headers["Clear-Site-Data"] = FORGET
    return response


@purpose(Purpose.DOOR)
@require_safe
def sea(request: HttpRequest) -> HttpResponse:
    """Something to read, about nothing of this."""
    known = get_language() or ""
    return shown(request, "door/sea.html", {}, language=known if known in languages() else "en")
