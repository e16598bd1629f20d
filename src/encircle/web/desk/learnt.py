"""Learnt: one more agency says that it knows an entry now, or since when. The entry itself stays as it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from encircle.actions.act import NotTaken, add_learnt, writing_of
from encircle.actions.context import Who
from encircle.records.refusal import RuleBroken
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk import notice
from encircle.web.desk.acts import named
from encircle.web.desk.forms import act_form
from encircle.web.desk.forms.telling import told
from encircle.web.desk.forms.typed import Typed, typed_in
from encircle.web.desk.forms.typed_time import written
from encircle.web.gate import purpose
from encircle.web.page import errors, wording
from encircle.web.page import when as times
from encircle.web.page.field import Field, problems_of
from encircle.web.page.kept import typed as given_back
from encircle.web.page.name import name_of
from encircle.web.page.staff import for_staff


@purpose(Purpose.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def learnt(request: HttpRequest, who: Who, number: str, fact: str) -> HttpResponse:
    """What the entry says, and since when the writer's agency knows it."""
    writing = writing_of(who, number)
    meant = next((one for one in writing.facts if one.id == fact), None)
    if meant is None:
        return errors.not_found(request)
    sent = request.POST if request.method == "POST" else given_back(request)
    typed = Typed({}) if sent is None else typed_in(sent)
    problem = ""
    if request.method == "POST":
        at = written(typed.one("learnt_at"), now=times.local(writing.now, writing.law.zone)) or None
        try:
            done = add_learnt(who, number, meant.id, at=at)
        except NotTaken as refused:
            problem = " ".join(told(refused.problems, (meant.type,)).values())
        except RuleBroken as refused:
            problem = str(refused)
        else:
            notice.keep(request, done)
            return redirect("record", number=number)
    field = Field(
        "learnt_at",
        _("When did your agency learn it?"),
        hint=_("Empty: now. Else for example 28.11.2026 14:30, yesterday, November 2026 or 2026."),
        value=typed.one("learnt_at"),
        problem=problem,
        optional=True,
    )
    page = {
        "number": number,
        "name": name_of(writing.situation),
        "title": named()[meant.type].title if meant.type in named() else wording.titled(meant.type),
        "answers": act_form.said(meant, writing),
        "field": field,
        "problems": problems_of((field,)),
    }
    return render(request, "desk/forms/learnt.html", page, status=400 if problem else 200)
