"""Data protection: the record of processing and the file of the impact assessment, as a page and to be printed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.privacy import impact_assessment, record_of_processing
from encircle.host.document import as_pdf
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose
from encircle.web.law.room import entered, whose
from encircle.web.page.errors import not_found
from encircle.web.page.paper import attached, paper_view
from encircle.web.page.staff import for_staff

PAPERS = {"record": record_of_processing, "assessment": impact_assessment}


@purpose(Purpose.LAW)
@require_safe
@for_staff
def law_privacy(request: HttpRequest, who: Who) -> HttpResponse:
    """Both papers, of the country that was chosen."""
    room = entered(request, who)
    shown = {
        "page": {"room": room, "fields": (whose(room),)},
        "papers": tuple((name, paper_view(make(room.code))) for name, make in PAPERS.items()),
    }
    return render(request, "law/privacy.html", shown)


@purpose(Purpose.LAW)
@require_safe
@for_staff
def law_privacy_pdf(request: HttpRequest, who: Who, paper: str) -> HttpResponse:
    """One of them to be printed."""
    room = entered(request, who)
    if paper not in PAPERS:
        return not_found(request)
    return attached(as_pdf(PAPERS[paper](room.code)), f"{paper}.pdf")
