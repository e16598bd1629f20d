"""The held part of the reports: a page of what came in a suspected flood. Reads the form, decides nothing."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from encircle.actions.context import Who
from encircle.actions.reports.desk import NotUnlocked
from encircle.actions.reports.held import ON_A_PAGE, held_reports, look_through
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.listing import page_asked
from encircle.web.desk.reports import view_of
from encircle.web.gate import purpose
from encircle.web.page.again import asks_again
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not


@purpose(Purpose.TRIAGE)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
@asks_again
def held(request: HttpRequest, who: Who) -> HttpResponse:
    """What is held, page by page; of each page, what is real is ticked and the rest was seen."""
    refused, status = None, 200
    if request.method == "POST":
        try:
            out, seen = look_through(who, _ids(request, "shown"), real=_ids(request, "real"))
        except NotUnlocked as shut:
            refused, status = why_not(shut), 409
        else:
            return redirect(f"{reverse('held_reports')}?out={out}&seen={seen}")
    page = held_reports(who, page=page_asked(request.GET.get("page", "")))
    shown = {
        "desk": page,
        "reports": tuple(
            {"is": view_of(one.listed, zone=page.zone, at=page.at), "begins": one.begins}
            for one in page.reports
        ),
        "before": page.page - 1,
        "after": page.page + 1 if page.more else 0,
        "refused": refused,
        "ticked": _ids(request, "real") if refused else (),
        "done": _done(request) if status == 200 else "",
    }
    return render(request, "desk/held_reports.html", shown, status=status)


def _done(request: HttpRequest) -> str:
    """What was done just now, in words; nothing, where the address does not say so."""
    out, seen = (request.GET.get(name, "") for name in ("out", "seen"))
    if not all(one.isascii() and one.isdecimal() and int(one) <= ON_A_PAGE for one in (out[:3], seen[:3])):
        return ""
    taken, looked = int(out[:3]), int(seen[:3])
    told = [
        ngettext("{n} report was taken out.", "{n} reports were taken out.", taken).format(n=taken),
        ngettext(
            "{n} was looked through and stays held.", "{n} were looked through and stay held.", looked
        ).format(n=looked),
    ]
    return " ".join(told)


def _ids(request: HttpRequest, name: str) -> tuple[str, ...]:
    """The ids of that name in the form; what is none is left out."""
    found = []
    for one in request.POST.getlist(name)[:ON_A_PAGE]:
        try:
            found.append(str(UUID(one)))
        except ValueError:
            continue
    return tuple(found)
