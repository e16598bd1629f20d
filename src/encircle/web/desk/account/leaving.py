"""Leaving: what a colleague would leave behind, shown before it moves; and the hand-over. Decides nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from encircle.actions.context import Who
from encircle.actions.leaving import Leaving, hand_over, leaving_of
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.gate import purpose
from encircle.web.page import wording
from encircle.web.page.again import asks_again
from encircle.web.page.field import Field, problems_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not


@purpose(Purpose.SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
@asks_again
def leave_agency(request: HttpRequest, who: Who, person: str) -> HttpResponse:
    """What moves, to whom; then it moves."""
    form, status = Asking(asking.sent(request)), 200
    if request.method == "POST":
        try:
            hand_over(who, person, to=form.typed.one("successor"))
            return redirect("colleagues")
        except BadInput as wrong:
            form, status = Asking(form.typed, {wrong.where: str(why_not(wrong))}), 422
    told = leaving_of(who, person)
    fields = _asked(form, told)
    shown = {
        "told": told,
        "role": wording.titled(told.role.value),
        "fields": fields,
        "problems": problems_of(fields),
    }
    return render(request, "desk/leaving.html", shown, status=status)


def _asked(form: Asking, told: Leaving) -> tuple[Field, ...]:
    if not told.successors:
        return ()
    return (form.choice("successor", _("Who takes over?"), told.successors),)
