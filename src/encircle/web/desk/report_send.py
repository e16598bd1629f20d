"""A file that a desk sends to who reported: read from the form, cleaned and sealed by the action. Decides nothing."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from encircle.actions.context import Who
from encircle.actions.reports.desk import NotUnlocked
from encircle.actions.reports.sent_file import send_file
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.reports import report_again
from encircle.web.desk.unlocking import answered
from encircle.web.gate import purpose
from encircle.web.page.again import asks_again
from encircle.web.page.sealed_files import seal_files, taken_in
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import WhyNot


# The check against forged forms reads the form: it comes after the files have somewhere to go.
@csrf_exempt
@purpose(Purpose.TRIAGE)
@require_POST
def report_send(request: HttpRequest, report: UUID) -> HttpResponse:
    """Send it, and go back to the report."""
    seal_files(request)
    return _sent(request, report=report)


@csrf_protect
@for_staff
@asks_again
def _sent(request: HttpRequest, who: Who, report: UUID) -> HttpResponse:
    def again(typed: Asking, refused: WhyNot | None, status: int) -> HttpResponse:
        return report_again(request, who, str(report), typed, {"refused": refused}, status=status)

    def act() -> HttpResponse:
        try:
            send_file(who, str(report), taken_in(request))
        except NotUnlocked:
            return redirect("report", report)
        return redirect(f"{reverse('report', args=[report])}?done=file")

    return answered(act, again, typed=Asking(asking.sent(request)))
