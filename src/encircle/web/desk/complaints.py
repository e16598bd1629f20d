"""Complaints at the body that answers them: what waits, and one complaint with what people do about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions.context import Who
from encircle.actions.own_key import held_by_visit
from encircle.actions.people_keys import unlock, with_unlocked
from encircle.actions.permit import NotAllowed
from encircle.actions.reports.body import (
    OUTCOMES,
    Listed,
    Read,
    complaints,
    conclude,
    give_on,
    promise_answer,
    read_complaint,
    write_to,
)
from encircle.actions.reports.desk import NoReport, NotUnlocked
from encircle.actions.reports.door import Said
from encircle.actions.reports.trial import PASSPHRASE
from encircle.host import clock
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.forms.typed_time import written
from encircle.web.desk.listing import page_asked
from encircle.web.gate import purpose
from encircle.web.page import held_key, when
from encircle.web.page.again import asks_again
from encircle.web.page.complaint_words import ABOUT
from encircle.web.page.field import Field, FieldKind, problems_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

Words = str | Promise
NOT_SAID = gettext_lazy("Not said about whom")
BY: Mapping[str, Words] = {
    "child": gettext_lazy("A child complains"),
    "guardian": gettext_lazy("A guardian complains"),
    "other": gettext_lazy("Somebody else complains"),
}
FOUND: Mapping[str, Words] = {
    "right": gettext_lazy("The one who complained is right"),
    "partly_right": gettext_lazy("Right in a part of it"),
    "not_right": gettext_lazy("Nothing was done wrong"),
    "not_ours": gettext_lazy("Another body answers for this"),
}
DONE: Mapping[str, Words] = {
    "promise": gettext_lazy("Who complained sees that it arrived and when the answer comes."),
    "write": gettext_lazy("It is sent. Who complained reads it with their code, or on the child's page."),
    "conclude": gettext_lazy("The answer is sent. If something new is written, it comes back."),
    "give_on": gettext_lazy("It is put down that those complained of were told."),
    "unlock": gettext_lazy("Your key is open until you sign out, lock it or leave the page unused."),
}
KEPT = ("words", "answer", "outcome", "promised")


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """A complaint in words. `due`: by when it is acknowledged or answered; empty, once it is."""

    href: str
    hour: str
    about: Words
    by: Words
    language: str
    unread: bool
    acknowledged: bool
    promised: str
    outcome: Words
    given_on: str
    done: bool
    due: str
    late: bool


@purpose(Purpose.COMPLAINTS)
@require_safe
@for_staff
def received(request: HttpRequest, who: Who) -> HttpResponse:
    """What waits for an answer; and what is answered."""
    done = request.GET.get("show") == "done"
    found = complaints(who, done=done, page=page_asked(request.GET.get("page", "")))
    shown = {
        "complaints": tuple(_view(one, found.zone, found.at) for one in found.complaints),
        "desk": found,
        "done": done,
        "before": found.page - 1,
        "after": found.page + 1 if found.more else 0,
        "query": urlencode({"show": "done"}) if done else "",
    }
    return render(request, "desk/complaints.html", shown)


@purpose(Purpose.COMPLAINTS)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("passphrase", "words", "answer")
@for_staff
@asks_again
def one_complaint(request: HttpRequest, who: Who, complaint: UUID) -> HttpResponse:
    """One complaint, as far as one's key opens it; each act has its own form on the page."""
    form, status = Asking(asking.sent(request)), 200
    do = request.POST.get("do", "") if request.method == "POST" else ""
    refused = None
    try:
        if do == "unlock":
            return _unlocked(request, who, str(complaint), form)
        if do in _ACTS:
            _ACTS[do](who, str(complaint), form)
            return redirect(f"{_address(str(complaint))}?done={do}")
    except BadInput as wrong:
        where = "answer" if do == "conclude" and wrong.where == "words" else wrong.where
        form, status = Asking(form.typed, {where: str(why_not(wrong))}), 422
    except NotAllowed:
        raise
    except NoReport as gone:
        raise Http404(gone.code) from gone
    except NotUnlocked:
        status = 409
    except Refused as why:
        refused, status = why_not(why), 409
    return _shown(request, who, str(complaint), form, {"refused": refused}, status=status)


def _shown(
    request: HttpRequest, who: Who, complaint: str, form: Asking, told: Mapping[str, object], *, status: int
) -> HttpResponse:
    try:
        seen = read_complaint(who, complaint)
    except NoReport as gone:
        raise Http404(gone.code) from gone
    except NotUnlocked:
        return _shut(request, form, status=status)
    asked = _questions(form, seen)
    shown = {
        "complaint": _view(seen.listed, seen.zone, None),
        "said": tuple(_message(one, seen.zone) for one in seen.said),
        "record": next((one.picked[0] for one in seen.said if one.picked), ""),
        **asked,
        "problems": problems_of(asked.values()),
        "token": form.token,
        "done": DONE.get(request.GET.get("done", ""), "") if status == 200 else "",
        **told,
    }
    return render(request, "desk/complaint.html", shown, status=status)


def _questions(form: Asking, seen: Read) -> dict[str, Field]:
    latest = when.written(seen.latest) if seen.latest is not None else ""
    hint = _("For example 2026-12-24.")
    if latest:
        hint = _("By practice not later than %(day)s. For example 2026-12-24.") % {"day": latest}
    plain = _(
        "Short sentences, no word of law. No place, no school, no full name: somebody else may look on."
    )
    return {
        "promised": form.line("promised", _("By which day do they get an answer?"), hint=hint),
        "write": form.text("words", _("Write to them"), hint=plain),
        "outcome": form.choice("outcome", _("What did you find?"), [(one, FOUND[one]) for one in OUTCOMES]),
        "answer": form.text(
            "answer",
            _("The answer, in words that they understand"),
            hint=_("What you found and why, what changes now, and what they can do if they do not agree."),
        ),
        "agreed": form.choice(
            "agreed",
            _("Before you give it on"),
            [("yes", _("Who complained agreed to it, and knows what will be told to whom"))],
            kind=FieldKind.CHOICES,
        ),
    }


def _shut(request: HttpRequest, form: Asking, *, status: int) -> HttpResponse:
    before = {name: form.typed.one(name) for name in KEPT}
    shown = {"problem": form.problems.get("passphrase", ""), "typed": before, "token": form.token}
    if settings.DEMO:
        shown["told"] = PASSPHRASE
    return render(request, "desk/complaint_shut.html", shown, status=status)


def _unlocked(request: HttpRequest, who: Who, complaint: str, form: Asking) -> HttpResponse:
    """The complaint, with what was typed before the key was shut."""
    session = request.session.session_key or ""
    held = unlock(who, request.POST.get("passphrase", ""), session=session)
    held_key.keep(request, held)
    if not any(form.typed.one(name) for name in KEPT):
        return redirect(f"{_address(complaint)}?done=unlock")
    with with_unlocked(held_by_visit(held, session=session, person=who.person)):
        return _shown(request, who, complaint, form, {}, status=200)


def _promise(who: Who, complaint: str, form: Asking) -> None:
    today = clock.now().date()
    promise_answer(who, complaint, _day(form.typed.one("promised"), today))


def _write(who: Who, complaint: str, form: Asking) -> None:
    write_to(who, complaint, form.typed.one("words"), token=form.token)


def _conclude(who: Who, complaint: str, form: Asking) -> None:
    outcome, words = form.typed.one("outcome"), form.typed.one("answer")
    conclude(who, complaint, outcome=outcome, words=words, token=form.token)


def _give_on(who: Who, complaint: str, form: Asking) -> None:
    give_on(who, complaint, agreed=form.typed.one("agreed") == "yes")


_ACTS: Mapping[str, Callable[[Who, str, Asking], None]] = {
    "promise": _promise,
    "write": _write,
    "conclude": _conclude,
    "give_on": _give_on,
}


def _day(text: str, today: date) -> date | None:
    try:
        return date.fromisoformat(written(text, now=datetime.combine(today, time()))[:10])
    except ValueError:
        return None


def _address(complaint: str) -> str:
    return reverse("complaint", args=[complaint])


def _view(listed: Listed, zone: str, at: datetime | None) -> ComplaintView:
    one, standing, due = listed.open, listed.open.standing, listed.due
    return ComplaintView(
        href=_address(one.id),
        hour=when.minute(one.hour, zone),
        about=ABOUT.get(standing.about, NOT_SAID),
        by=BY.get(standing.complainant, BY["other"]),
        language=_language(one.language),
        unread=one.unread_since is not None,
        acknowledged=standing.acknowledged_hour is not None,
        promised="" if standing.promised_by is None else when.written(standing.promised_by),
        outcome=FOUND.get(standing.outcome or "", ""),
        given_on="" if standing.given_on_hour is None else when.minute(standing.given_on_hour, zone),
        done=one.state == "closed",
        due="" if due is None else when.day(due, zone),
        late=due is not None and at is not None and due < at,
    )


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it came."""

    from_body: bool
    hour: str
    text: str


def _message(said: Said, zone: str) -> Message:
    return Message(said.theirs, "" if said.hour is None else when.minute(said.hour, zone), said.text)


def _language(code: str) -> str:
    try:
        return str(_(get_language_info(code)["name"]))
    except KeyError:
        return code
