"""Choosing to what end one opens a record: one question, then on to where one wanted to go. Decides nothing."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from encircle.actions.context import Visit, Who
from encircle.actions.permit import VisitNotChosen
from encircle.actions.visit import begin_visit
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.visit_purpose import VisitPurpose
from encircle.web.gate import purpose
from encircle.web.page import kept
from encircle.web.page.front import recognised
from encircle.web.page.staff import for_staff
from encircle.web.page.visit import keep, page

KNOWN = {one.value: one for one in VisitPurpose}


@purpose(Purpose.PROTECT)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def visit(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """The question; and who has answered it goes on."""
    if request.method != "POST":
        return page(request, who, number, way=_way(request, number, request.GET.get("next", "")))
    way, carried = _way(request, number, request.POST.get("way", "")), request.POST.get(kept.CARRIED, "")
    chosen = KNOWN.get(request.POST.get("visit", ""))
    try:
        if chosen is None:
            raise VisitNotChosen(number, {})
        begin_visit(who, number, chosen)
    except VisitNotChosen:
        return page(request, who, number, way=way, carried=carried, problem=_("Choose one of these."))
    keep(request, number, Visit(chosen, None if who.visit is None else who.visit.duty))
    post = recognised(request)
    if carried and post is not None:
        return kept.after_sign_in(request, carried, account=str(post.account), reason="asked")
    return HttpResponseRedirect(way)


def _way(request: HttpRequest, number: str, asked: str) -> str:
    """The page that was asked for, if it is one of ours; else the record."""
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours and asked.startswith("/") else reverse("record", args=[number])
