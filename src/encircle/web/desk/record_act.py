"""Record an act: form, check answers, save. The prohibition is shown at the moment of the act; what was typed is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from encircle.actions.act import (
    AlreadySaved,
    NotLifted,
    NotTaken,
    Prohibited,
    Statement,
    Writing,
    ask_override,
    foresee,
    opened_of,
    perform,
    withdraw,
    writing_of,
)
from encircle.actions.context import Who
from encircle.actions.permit import NotAllowed
from encircle.actions.record import refuse
from encircle.records.refusal import Conflict, RuleBroken
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk import notice
from encircle.web.desk.acts import Act, named
from encircle.web.desk.forms import act_form
from encircle.web.desk.forms.telling import told
from encircle.web.desk.forms.typed import Typed, typed_in
from encircle.web.desk.refusal import Forbidden, forbidden
from encircle.web.gate import purpose
from encircle.web.page import errors
from encircle.web.page.again import could_open
from encircle.web.page.field import problems_of
from encircle.web.page.kept import typed as given_back
from encircle.web.page.name import name_of
from encircle.web.page.staff import for_staff


@dataclass(frozen=True, slots=True)
class At:
    """Where an act is recorded: by whom, on which record, and where its form is sent."""

    request: HttpRequest
    who: Who
    writing: Writing
    act: Act
    address: str

    def show(self, template: str, *, status: int = 200, **more: object) -> HttpResponse:
        """One page of the act."""
        name = name_of(self.writing.situation)
        about = {"act": self.act, "number": self.writing.number, "name": name, "address": self.address}
        return render(self.request, template, {**about, **more}, status=status)


@purpose(Purpose.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def record_act(request: HttpRequest, who: Who, number: str, slug: str) -> HttpResponse:
    """The form of one act, its answers to check, and the saving of it."""
    meant = named().get(slug)
    if meant is None:
        return errors.not_found(request)
    writing = writing_of(who, number)
    at = At(request, who, writing, meant, reverse("act", args=[number, slug]))
    if request.method == "POST":
        return answered(at, typed_in(request.POST), do=request.POST.get("do", ""))
    back = given_back(request)
    if back is not None:
        return _form(at, typed_in(back))
    asked = typed_in(request.GET).answers
    return _form(at, Typed({**asked, **act_form.begun(writing).answers}))


@purpose(Purpose.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def correct(request: HttpRequest, who: Who, number: str, fact: str) -> HttpResponse:
    """Say anew what an entry says: as a correction, or as the account of another source."""
    writing = writing_of(who, number)
    meant = _fact(writing, fact)
    act = None if meant is None else named().get(meant.type)
    if meant is None or act is None:
        return errors.not_found(request)
    if not act_form.is_whole(meant, writing):
        raise writing.partly_closed()
    at = At(request, who, writing, act, reverse("correct", args=[number, fact]))
    if request.method == "POST":
        return answered(at, typed_in(request.POST).also(other=meant.id), do=request.POST.get("do", ""))
    back = given_back(request)
    return _form(
        at, act_form.begun_from(writing, meant) if back is None else typed_in(back).also(other=meant.id)
    )


@purpose(Purpose.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def acknowledge(request: HttpRequest, who: Who, number: str, code: str) -> HttpResponse:
    """Say what was done about an alarm: the act that acknowledges, with the prohibition filled in."""
    writing = writing_of(who, number)
    raised = [alarm for alarm in writing.alarms if alarm.rule.code == code]
    if not raised:
        return errors.not_found(request)
    act = named()["acknowledge"]
    at = At(request, who, writing, act, reverse("acknowledge", args=[number, code]))
    if request.method == "POST":
        return answered(at, typed_in(request.POST), do=request.POST.get("do", ""))
    back = given_back(request)
    if back is not None:
        return _form(at, typed_in(back), about=forbidden(raised, writing.law))
    begun = act_form.begun(writing)
    filled = {"alarm_acknowledged-prohibition": code.partition("-")[0]}
    by = [alarm.by_fact for alarm in raised if alarm.by_fact is not None]
    if len(by) == 1 and len(raised) == 1:
        filled["alarm_acknowledged-by_fact"] = by[0]
    return _form(at, begun.also(**filled), about=forbidden(raised, writing.law))


@purpose(Purpose.RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def take_back(request: HttpRequest, who: Who, number: str, fact: str) -> HttpResponse:
    """Take an entry back, with the reasons. It stays to be read and counts no more."""
    writing = writing_of(who, number)
    meant = _fact(writing, fact)
    if meant is None:
        return errors.not_found(request)
    sent = request.POST if request.method == "POST" else given_back(request)
    typed = act_form.begun(writing) if sent is None else typed_in(sent)
    problem, status = "", 400
    if request.method == "POST":
        try:
            done = withdraw(
                who,
                number,
                meant.id,
                reasons=typed.one("reasons"),
                token=typed.one("token"),
                follows=act_form.read_until(typed),
            )
        except NotTaken:
            problem = _("Write why it is taken back, at most 20,000 characters.")
        except Conflict as conflict:
            problem = str(conflict)
        except AlreadySaved as refused:
            problem, status = str(refused), 409
        else:
            notice.keep(request, done)
            return redirect("record", number=number)
    page = {
        "number": number,
        "name": name_of(writing.situation),
        "answers": act_form.said(meant, writing),
        "title": named()[meant.type].title if meant.type in named() else _("An entry taken back"),
        "token": typed.one("token"),
        "read": typed.one("read"),
        "reasons": typed.one("reasons"),
        "problem": problem,
    }
    return render(request, "desk/forms/withdraw.html", page, status=status if problem else 200)


def answered(at: At, typed: Typed, *, do: str) -> HttpResponse:
    """What follows when the form was sent: looked at, saved, or opened again to change it."""
    if do == "change":
        return _form(at, typed)
    if typed.one("other") and typed.one("relation") not in (act_form.CORRECTS, act_form.VERSION_OF):
        return _form(at, typed, problems={"relation": _("Choose one of the two.")})
    stated = act_form.statements(at.act, at.writing, typed)
    if not stated:
        return _form(at, typed, problems={"": _("Nothing was entered yet.")})
    try:
        return _STEPS.get(do, _check)(at, stated, typed)
    except NotTaken as refused:
        return _form(at, typed, problems=told(refused.problems, act_form.types_of(stated)))
    except Prohibited as refused:
        return _form(at, typed, refusal=forbidden(refused.alarms, at.writing.law), status=403)
    except Conflict as conflict:
        return _conflict(at, typed, conflict)
    except NotAllowed as refused:
        if could_open(at.who, refused):
            raise
        refuse(at.who, refused, purpose=Purpose.RECORD)
        return _form(at, typed, problems={"": str(refused)}, status=403)
    except (AlreadySaved, NotLifted, RuleBroken) as refused:
        return _form(at, typed, problems={"": str(refused)}, status=409)


def _check(at: At, stated: tuple[Statement, ...], typed: Typed) -> HttpResponse:
    crossed = foresee(at.who, at.writing.number, stated, token=typed.one("token"))
    if crossed.planned:
        raise Prohibited(crossed.planned)
    asked = act_form.form(at.act, at.writing, typed, {})
    return at.show(
        "desk/forms/check.html",
        answers=act_form.answers(asked),
        kept=tuple(typed.pairs()),
        alarms=forbidden(crossed.recorded, at.writing.law),
    )


def _save(at: At, stated: tuple[Statement, ...], typed: Typed) -> HttpResponse:
    done = perform(at.who, at.writing.number, stated, token=typed.one("token"))
    notice.keep(at.request, done)
    return redirect("record", number=at.writing.number)


def _ask(at: At, stated: tuple[Statement, ...], typed: Typed) -> HttpResponse:
    """One person names the basis; the plan waits for a second one, and what was typed stays here."""
    basis = typed.one("override_basis")
    found = foresee(at.who, at.writing.number, stated, token=typed.one("token")).planned
    rules = forbidden(found, at.writing.law)
    if not basis:
        words = _("Name the legal basis and the reasons for which this should be done all the same.")
        return _form(at, typed, problems={"override_basis": words}, refusal=rules, status=403)
    ask_override(at.who, at.writing.number, stated, basis=basis, token=typed.one("token"))
    return _form(at, typed, refusal=rules, asked=True, status=200)


_STEPS = {"save": _save, "ask": _ask}


def _form(
    at: At,
    typed: Typed,
    *,
    problems: Mapping[str, str] | None = None,
    refusal: tuple[Forbidden, ...] = (),
    about: tuple[Forbidden, ...] = (),
    asked: bool = False,
    status: int = 400,
) -> HttpResponse:
    form = act_form.form(at.act, at.writing, typed, problems or {})
    of_fields = problems_of(form.fields)
    beside = {field.name for field in form.fields}
    others = tuple((name or "form", words) for name, words in (problems or {}).items() if name not in beside)
    return at.show(
        "desk/forms/act.html",
        form=form,
        asked=asked,
        basis=typed.one("override_basis"),
        may_ask=bool(refusal) and all(one.by_two for one in refusal),
        problems=(*others, *of_fields),
        refusal=refusal,
        about=about,
        status=status if problems or refusal else 200,
    )


def _conflict(at: At, typed: Typed, conflict: Conflict) -> HttpResponse:
    """Theirs and yours side by side, and what can be done: nothing was saved, nothing is lost.

    What is not open to the writer is not shown and can be neither corrected nor told otherwise; that it is there is told.
    """
    opened = opened_of(at.who, at.writing.number, conflict.theirs)
    theirs = opened[-1] if opened else None
    source = None if theirs is None else at.writing.agencies.get(theirs.agency)
    asked = act_form.form(at.act, at.writing, typed, {})
    return at.show(
        "desk/forms/conflict.html",
        status=409,
        theirs=None if theirs is None else act_form.said(theirs, at.writing),
        theirs_by=source.name if source else "",
        closed=len(opened) < len(conflict.theirs),
        yours=act_form.answers(asked),
        choices=tuple(
            (name, words, tuple(kept.pairs()))
            for name, words, kept in _ways_on(at, typed.also(read=conflict.theirs[-1].id), theirs)
        ),
    )


def _ways_on(at: At, now: Typed, theirs: Fact | None) -> tuple[tuple[str, str, Typed], ...]:
    """What can be done about an entry of others: each choice with the form that is sent for it."""
    if theirs is None:
        return (("again", _("Save mine as well"), now),)
    again = ("again", _("Both are right: save mine as well"), now)
    if theirs.withdraws is not None or len(at.act.steps) > 1:
        return (again,)
    correction = now.also(other=theirs.id, relation=act_form.CORRECTS)
    version = now.also(other=theirs.id, relation=act_form.VERSION_OF)
    return (
        ("correct", _("Theirs is wrong: save mine as a correction of it"), correction),
        ("version", _("Our sources differ: save mine beside theirs"), version),
        again,
    )


def _fact(writing: Writing, fact: str) -> Fact | None:
    return next((one for one in writing.facts if one.id == fact), None)
