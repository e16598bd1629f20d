"""The addresses of the site, and three with faults, which the proofs of access must find."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import path

from encircle.actions.context import Who
from encircle.actions.permit import permitted
from encircle.config.urls import pages
from encircle.records.facts import facts_of
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose
from encircle.web.page.staff import for_staff

TOLD = {"sign": 0}
"""Of which record the page without a gate tells."""


@purpose(Purpose.PROTECT)
def without_gate(request: HttpRequest, number: str) -> HttpResponse:
    """Shows a record to everybody: as if a query went past permit and row-level security."""
    return HttpResponse(f"zqm{TOLD['sign']}xname")


@purpose(Purpose.PROTECT)
@for_staff
def without_journal(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """Looks by the rule and writes no look down."""
    with permitted(who, number, purpose=Purpose.PROTECT) as permit:
        groups = permit.allowed.groups
        said = [str(fact.payload) for fact in facts_of(permit.root.id) if fact.type == "name_recorded"]
    return HttpResponse(" ".join(said) if "M" in groups else "")


@purpose(Purpose.PROTECT)
def another_absence(request: HttpRequest, number: str) -> HttpResponse:
    """Tells a record that is hidden from one that is not there."""
    return HttpResponseNotFound(f"no {'number' if number == '0000-0000' else 'entry'}")


urlpatterns = [
    *pages(demo=False),
    path("planted/gate/<slug:number>/", without_gate),
    path("planted/journal/<slug:number>/", without_journal),
    path("planted/absence/<slug:number>/", another_absence),
]
handler404 = "encircle.web.page.errors.not_found"
handler403 = "encircle.web.page.errors.forbidden"
