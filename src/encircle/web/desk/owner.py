"""Asking whose child it is, and answering who has asked. The answer is whom to ask, or nothing. Decides nothing."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from encircle.actions.context import Who
from encircle.actions.owner import (
    Answer,
    Asked,
    OwnerQuestion,
    Questions,
    ask_owner,
    asked_by,
    decline_who_asked,
    let_in_who_asked,
    questions_about,
)
from encircle.actions.people import INVITED
from encircle.actions.permit import NotAllowed, NotSeen
from encircle.host.clock import now
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.visit_purpose import VisitPurpose
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.forms.typed import Typed
from encircle.web.desk.forms.typed_time import written
from encircle.web.desk.people import RELATIONS
from encircle.web.gate import purpose
from encircle.web.page import when, wording
from encircle.web.page.field import Field, FieldKind, problems_of
from encircle.web.page.name import name_of
from encircle.web.page.staff import for_staff
from encircle.web.page.visit import VISITS
from encircle.web.page.why_not import why_not

ANSWERS: dict[str, str | Promise] = {
    Answer.LET_IN.value: gettext_lazy("Takes part now"),
    Answer.CALL_US.value: gettext_lazy("Call us first"),
    Answer.IN_HANDS.value: gettext_lazy("What is needed is being done by others"),
    Answer.NO_BASIS.value: gettext_lazy("The purpose gives no basis to be told"),
}


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question in words. `fields`: the form of the answer, for who may give it."""

    id: str
    who: str
    role: str
    why: str | Promise
    at: str
    owner: str
    answer: str | Promise
    answered: str
    fields: tuple[Field, ...] = ()


@purpose(Purpose.ASK_OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("name", "born")
@for_staff
def ask(request: HttpRequest, who: Who) -> HttpResponse:
    """The question; whom to ask, or nothing; and what one has asked before."""
    form, status, answered, owner = Asking(asking.sent(request)), 200, False, None
    if request.method == "POST":
        try:
            owner = _asked(who, form)
            form, answered = Asking(Typed({})), True
        except BadInput as wrong:
            form, status = Asking(form.typed, {wrong.where: str(why_not(wrong))}), 422
        except (NotSeen, NotAllowed):
            raise
        except Refused as refused:
            form, status = Asking(form.typed, {"name": str(why_not(refused).reason)}), 429
    seen = asked_by(who)
    fields = _fields(seen, form)
    shown = {
        "fields": fields,
        "problems": problems_of(fields),
        "token": form.token,
        "answered": answered,
        "owner": owner,
        "left": seen.left,
        "items": tuple(_view(one, seen.zone) for one in seen.items),
    }
    return render(request, "desk/owner_ask.html", shown, status=status)


@purpose(Purpose.PROTECT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@for_staff
def questions(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """Who has asked about this child, and the answer."""
    form, status, told = Asking(asking.sent(request)), 200, None
    if request.method == "POST":
        do, _sep, meant = request.POST.get("do", "").partition("-")
        try:
            _answer(who, number, do, meant, form)
            return redirect(f"{reverse('owner_questions', args=[number])}?done")
        except (NotSeen, NotAllowed):
            raise
        except BadInput as wrong:
            form, status = Asking(form.typed, {f"{wrong.where}-{meant}": str(why_not(wrong))}), 422
        except Refused as refused:
            told, status = why_not(refused), 409
    seen = questions_about(who, number)
    views = tuple(_view(one, seen.told.law.zone, _answer_fields(one, seen, form)) for one in seen.items)
    shown = {
        "number": seen.told.number,
        "name": name_of(seen.told.situation),
        "items": views,
        "may_answer": seen.may_answer,
        "problems": problems_of(field for view in views for field in view.fields),
        "refused": told,
        "done": "done" in request.GET and told is None,
    }
    return render(request, "desk/owner_questions.html", shown, status=status)


def _asked(who: Who, form: Asking) -> str | None:
    known = {one.value: one for one in VisitPurpose}
    visit = known.get(form.typed.one("visit"))
    if visit is None:
        raise BadInput(code="no_such_visit", reason=_("Choose what you need it for."), where="visit")
    born = _born(form.typed.one("born"))
    return ask_owner(who, form.typed.one("name"), born, visit=visit, token=form.token)


def _born(typed: str) -> date:
    try:
        return date.fromisoformat(written(typed, now=now()))
    except ValueError as wrong:
        raise BadInput(
            code="no_day", reason=_("Write the day of birth like 6.5.2010."), where="born"
        ) from wrong


def _answer(who: Who, number: str, do: str, meant: str, form: Asking) -> None:
    typed = form.typed
    if do == "let":
        relation = {one.value: one for one in INVITED}.get(typed.one(f"relation-{meant}"), Relation.TEAM)
        let_in_who_asked(who, number, meant, relation=relation, basis=typed.one(f"basis-{meant}"))
        return
    known = {one.value: one for one in Answer}
    decline_who_asked(who, number, meant, known.get(typed.one(f"answer-{meant}"), Answer.LET_IN))


def _fields(seen: Asked, form: Asking) -> tuple[Field, ...]:
    visits = [(one.value, VISITS[one]) for one in seen.visits]
    return (
        form.line("name", _("Whole name of the child"), hint=_("Given name and family name.")),
        form.line("born", _("Day of birth"), hint=_("The day, such as 6.5.2010.")),
        form.choice("visit", _("What do you need it for?"), visits),
    )


def _answer_fields(one: OwnerQuestion, seen: Questions, form: Asking) -> tuple[Field, ...]:
    if not seen.may_answer or one.answer is not None:
        return ()
    relations = [(relation.value, RELATIONS[relation]) for relation in INVITED]
    declined = [(code, words) for code, words in ANSWERS.items() if code != Answer.LET_IN.value]
    return (
        form.choice(f"relation-{one.id}", _("What is its part?"), relations, kind=FieldKind.SELECT),
        form.line(
            f"basis-{one.id}",
            _("On which legal basis?"),
            hint=_("Act and article in short, in Latin letters, such as Child Protection Act 31."),
        ),
        form.choice(f"answer-{one.id}", _("What do you answer?"), declined),
    )


def _view(one: OwnerQuestion, zone: str, fields: tuple[Field, ...] = ()) -> QuestionView:
    why = {visit.value: words for visit, words in VISITS.items()}.get(one.visit, one.visit)
    answered = "" if one.answered_at is None else when.minute(one.answered_at, zone)
    return QuestionView(
        id=one.id,
        who=", ".join(word for word in (one.person_name, one.agency_name) if word),
        role=wording.titled(one.role),
        why=why,
        at=when.minute(one.asked_at, zone),
        owner=one.owner_name,
        answer="" if one.answer is None else ANSWERS.get(one.answer, one.answer),
        answered=", ".join(word for word in (one.answered_by, answered) if word),
        fields=fields,
    )
