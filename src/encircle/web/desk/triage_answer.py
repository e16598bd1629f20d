"""What one's own agency knows of a concern, on its own legal basis. "Nothing known" is an answer too."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from encircle.actions.context import Who
from encircle.actions.triage import answer_for_agency
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.forms.typed import Typed
from encircle.web.gate import purpose
from encircle.web.page.field import Words, problems_of
from encircle.web.page.staff import for_staff

ANSWERS: Mapping[str, Words] = {
    "information_given": gettext_lazy("We know something"),
    "nothing_known": gettext_lazy("We know nothing"),
    "not_allowed": gettext_lazy("The law does not let us say"),
}


@purpose(Purpose.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def triage_answer(request: HttpRequest, who: Who, concern: str) -> HttpResponse:
    """What one's own agency knows, on its own legal basis."""
    form = Asking(asking.sent(request))
    if request.method == "POST":
        problems = _answer_problems(form.typed)
        if not problems:
            answer_for_agency(
                who,
                concern,
                answer=form.typed.one("answer"),
                legal_basis=form.typed.one("legal_basis"),
                information=form.typed.one("information"),
                token=form.token,
            )
            return redirect(f"{reverse('happened', args=[concern])}?answered")
        form = Asking(form.typed, problems)
    fields = (
        form.choice("answer", _("What can your agency say?"), ANSWERS.items()),
        form.text(
            "information",
            _("What do you know?"),
            hint=_("Only what helps to decide whether this child needs help."),
            optional=True,
        ),
        form.line(
            "legal_basis",
            _("On which legal basis does your agency say or withhold it?"),
            hint=_("The law and the section."),
        ),
    )
    shown = {"number": concern, "fields": fields, "problems": problems_of(fields), "token": form.token}
    return render(request, "desk/triage_answer.html", shown, status=422 if form.problems else 200)


def _answer_problems(typed: Typed) -> dict[str, Words]:
    found: dict[str, Words] = {}
    if typed.one("answer") not in ANSWERS:
        found["answer"] = _("Choose an answer.")
    if not typed.one("legal_basis"):
        found["legal_basis"] = _("Name the law on which your agency answers.")
    return found
