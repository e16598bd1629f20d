"""A second person looks at a plan that a prohibition forbids: agrees with the named basis, or does not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from encircle.actions.act import Asking, NotAlone, Writing, answer_override, askings, writing_of
from encircle.actions.context import Who
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk import notice
from encircle.web.desk.acts import named
from encircle.web.desk.forms import act_form
from encircle.web.desk.forms.typed import typed_in
from encircle.web.gate import purpose
from encircle.web.page import errors, when, wording
from encircle.web.page.kept import typed as given_back
from encircle.web.page.name import name_of
from encircle.web.page.staff import for_staff


@purpose(Purpose.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def override(request: HttpRequest, who: Who, number: str, asked: str) -> HttpResponse:
    """What is asked, by which role, on which basis; and the answer of the second person."""
    writing = writing_of(who, number)
    found = next((one for one in askings(writing.facts) if one.asked.id == asked and one.waits), None)
    if found is None:
        return errors.not_found(request)
    sent = request.POST if request.method == "POST" else given_back(request)
    typed = act_form.begun(writing) if sent is None else typed_in(sent)
    problem = ""
    if request.method == "POST":
        agrees = request.POST.get("do") == "agree"
        try:
            done = answer_override(
                who, number, found.asked.id, agrees=agrees, why=typed.one("why"), token=typed.one("token")
            )
        except NotAlone:
            problem = _(
                "You asked for this yourself. A second person who takes part in this case has to answer."
            )
        else:
            notice.keep(request, done)
            return redirect("record", number=number)
    shown = {
        **_page(found, writing),
        "token": typed.one("token"),
        "why": typed.one("why"),
        "problem": problem,
    }
    return render(request, "desk/forms/override.html", shown, status=403 if problem else 200)


def _page(asking: Asking, writing: Writing) -> dict[str, object]:
    rules = [one for one in writing.law.prohibitions if one.code.partition("-")[0] == asking.said.prohibition]
    act = named().get(asking.said.for_act)
    return {
        "number": writing.number,
        "name": name_of(writing.situation),
        "rules": tuple(wording.told(rule.title, "en") for rule in rules[:1]),
        "code": asking.said.prohibition,
        "planned": act.title if act else wording.titled(asking.said.for_act),
        "basis": asking.said.basis,
        "role": wording.plain(asking.said.first_role.value),
        "at": when.minute(asking.asked.recorded, writing.law.zone),
    }
