"""Is the child of a report known already: a name that it tells, and which records could be of the same child."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from encircle.actions.act import NotTaken
from encircle.actions.context import Who
from encircle.actions.reports.desk import NoReport, NotUnlocked, read_report
from encircle.actions.reports.known import Told, compared, concern_of_named
from encircle.actions.same_child import Question
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.web.desk import unlocking
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.reports import message, view_of
from encircle.web.desk.same_child import why
from encircle.web.gate import purpose
from encircle.web.page.again import asks_again
from encircle.web.page.field import Words, problems_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import WhyNot


@dataclass(frozen=True, slots=True)
class Asked:
    """One record that may be of the same child, and why, in words."""

    number: str
    name: str
    href: str
    is_concern: bool
    why: tuple[Words, ...]


@purpose(Purpose.TRIAGE)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@for_staff
@asks_again
def report_same_child(request: HttpRequest, who: Who, report: UUID) -> HttpResponse:
    """The page; what may be the same child as one of that name; a concern that is opened by it."""
    form = Asking(asking.sent(request))
    do = request.POST.get("do", "") if request.method == "POST" else ""
    told = Told(form.typed.one("name"), form.typed.one("born"))

    def again(typed: Asking, refused: WhyNot | None, status: int) -> HttpResponse:
        return _shown(request, who, str(report), typed, refused=refused, status=status)

    def act() -> HttpResponse | None:
        if do == "unlock":
            return unlocking.unlocked(request, who, ("name", "born"), lambda: again(form, None, 200))
        if do == "concern":
            return redirect("same_child", _concern(who, str(report), told, form.token))
        if do == "ask":
            return _shown(request, who, str(report), form, found=compared(who, str(report), told))
        return None

    return unlocking.answered(act, again, typed=form)


def _concern(who: Who, report: str, told: Told, token: str) -> str:
    try:
        return concern_of_named(who, report, told, token=token)
    except NotTaken as wrong:
        raise BadInput(
            code="bad_date", reason="Write it like 2011, 2011-05 or 2011-05-06.", where="born"
        ) from wrong


def _shown(
    request: HttpRequest,
    who: Who,
    report: str,
    form: Asking,
    *,
    found: tuple[Question, ...] | None = None,
    refused: WhyNot | None = None,
    status: int = 200,
) -> HttpResponse:
    try:
        seen = read_report(who, report)
    except NoReport as gone:
        raise Http404(gone.code) from gone
    except NotUnlocked:
        return unlocking.shut(request, form, unlocking.REPORT, ("name", "born"), status=status)
    fields = (
        form.line("name", _("Name of the child, as the report tells it"), hint=_("In any script.")),
        form.line(
            "born",
            _("Date of birth, if it is told"),
            hint=_("For example 2011, 2011-05 or 2011-05-06."),
            optional=True,
        ),
    )
    shown = {
        "report": view_of(seen.listed, zone=seen.zone, at=None),
        "said": tuple(message(one, seen.zone) for one in seen.said),
        "naming": fields,
        "asked": None if found is None else tuple(_asked(one) for one in found),
        "problems": problems_of(fields),
        "refused": refused,
        "token": form.token,
    }
    return render(request, "desk/report_same_child.html", shown, status=status)


def _asked(one: Question) -> Asked:
    is_concern = one.kind is Kind.CONCERN
    href = reverse("triage_concern" if is_concern else "record", args=[one.number])
    return Asked(one.number, one.name, href, is_concern, why(one.why))
