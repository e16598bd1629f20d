"""Addresses of all pages, room by room. No page without a declared purpose: one that lacks it stops the start."""

from django.conf import settings
from django.urls import URLPattern

from encircle.web import gate
from encircle.web.api import urls as api
from encircle.web.child import urls as child
from encircle.web.crossborder import urls as crossborder
from encircle.web.desk import urls as desk
from encircle.web.door import urls as door
from encircle.web.law import urls as law
from encircle.web.page import errors, lost
from encircle.web.page import urls as page
from encircle.web.steering import urls as steering

ROOMS = (
    child.PAGES,
    crossborder.PAGES,
    desk.PAGES,
    door.PAGES,
    law.PAGES,
    page.PAGES,
    steering.PAGES,
    api.PAGES,
)


def pages(*, demo: bool) -> list[URLPattern]:
    """All addresses of an installation in that mode."""
    everywhere = [pattern for room in ROOMS for pattern in room]
    return [*everywhere, *desk.DEMONSTRATION, *page.DEMONSTRATION] if demo else everywhere


urlpatterns = pages(demo=settings.DEMO)
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = lost.broken

gate.check(urlpatterns)
