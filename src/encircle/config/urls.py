"""Addresses of all pages. No page without a declared purpose: one that lacks it stops the start."""

from django.conf import settings
from django.urls import URLPattern, path

from encircle.web import gate
from encircle.web.desk.case import record
from encircle.web.desk.listing import records
from encircle.web.desk.sign_in import enter, leave
from encircle.web.desk.step_in import step_in
from encircle.web.page import errors
from encircle.web.page.health import live, ready
from encircle.web.page.language import choose

PAGES = [
    path("", records, name="records"),
    path("records/<slug:number>/", record, name="record"),
    path("sign-in/", enter, name="sign_in"),
    path("sign-out/", leave, name="sign_out"),
    path("language/", choose, name="language"),
    path("-/live", live, name="live"),
    path("-/ready", ready, name="ready"),
]
DEMONSTRATION = [path("step-in/", step_in, name="step_in")]
"""Pages that are there in a demonstration only; elsewhere their addresses lead nowhere."""


def pages(*, demo: bool) -> list[URLPattern]:
    """All addresses of an installation in that mode."""
    return [*PAGES, *DEMONSTRATION] if demo else PAGES


urlpatterns = pages(demo=settings.DEMO)
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken

gate.check(urlpatterns)
