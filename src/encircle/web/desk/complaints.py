"""Complaints at the body that answers them: what waits, and one complaint with what people do about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions.context import Who
from encircle.actions.reports.body import (
    OUTCOMES,
    Listed,
    Read,
    complaints,
    conclude,
    give_on,
    hand_on,
    promise_answer,
    read_complaint,
    write_to,
)
from encircle.actions.reports.desk import NoReport, NotUnlocked
from encircle.actions.reports.door import Said
from encircle.host import clock
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk import unlocking
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.forms.typed_time import written
from encircle.web.desk.listing import page_asked
from encircle.web.desk.report_files import COMPLAINT, FileView, file_view, original
from encircle.web.gate import purpose
from encircle.web.page import when
from encircle.web.page.again import asks_again
from encircle.web.page.complaint_words import ABOUT, HANDED_ON
from encircle.web.page.field import Field, FieldKind, problems_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import WhyNot

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
    "hand_on": gettext_lazy("The other body answers for it now. Who complained was told first."),
    "unlock": gettext_lazy("Your key is open until you sign out, lock it or leave the page unused."),
}
KEPT = ("words", "answer", "outcome", "promised", "to", "told")


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
    soon: bool
    owner: str
    """The other body that answers for it; empty, where it is one's own."""


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
@sensitive_post_parameters("passphrase", "words", "answer", "told")
@for_staff
@asks_again
def one_complaint(request: HttpRequest, who: Who, complaint: UUID) -> HttpResponse:
    """One complaint, as far as one's key opens it; each act has its own form on the page."""
    form, do = Asking(asking.sent(request)), request.POST.get("do", "") if request.method == "POST" else ""

    def again(typed: Asking, refused: WhyNot | None, status: int) -> HttpResponse:
        return _shown(request, who, str(complaint), typed, {"refused": refused}, status=status)

    def act() -> HttpResponse | None:
        if do == "unlock":
            return unlocking.unlocked(request, who, KEPT, lambda: again(form, None, 200))
        if do == "original":
            return original(request, who, str(complaint), COMPLAINT)
        if do in _ACTS:
            _ACTS[do](who, str(complaint), form)
            return redirect(f"{_address(str(complaint))}?done={do}")
        return None

    renamed = {"conclude": {"words": "answer"}, "hand_on": {"words": "told"}}.get(do, {})
    return unlocking.answered(act, again, typed=form, renamed=renamed)


def _shown(
    request: HttpRequest, who: Who, complaint: str, form: Asking, told: Mapping[str, object], *, status: int
) -> HttpResponse:
    try:
        seen = read_complaint(who, complaint)
    except NoReport as gone:
        raise Http404(gone.code) from gone
    except NotUnlocked:
        return unlocking.shut(request, form, unlocking.COMPLAINT, KEPT, status=status)
    asked = _questions(form, seen)
    shown = {
        "complaint": _view(seen.listed, seen.zone, clock.now()),
        "said": tuple(_message(one, seen.zone, complaint) for one in seen.said),
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
    with override(seen.listed.open.language):
        ready = str(HANDED_ON)
    return {
        "to": form.choice("to", _("Which body answers from now on?"), seen.others),
        "told": form.text("told", _("They are told first, in these words"), value=ready),
        "promised": form.line("promised", _("By which day do they get an answer?"), hint=hint),
        "write": form.text("words", pgettext("to professionals", "Write to them"), hint=plain),
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


def _hand_on(who: Who, complaint: str, form: Asking) -> None:
    hand_on(who, complaint, to=form.typed.one("to"), told=form.typed.one("told"), token=form.token)


_ACTS: Mapping[str, Callable[[Who, str, Asking], None]] = {
    "promise": _promise,
    "write": _write,
    "conclude": _conclude,
    "give_on": _give_on,
    "hand_on": _hand_on,
}


def _day(text: str, today: date) -> date | None:
    try:
        return date.fromisoformat(written(text, now=datetime.combine(today, time()))[:10])
    except ValueError:
        return None


def _address(complaint: str) -> str:
    return reverse("complaint", args=[complaint])


def _view(listed: Listed, zone: str, at: datetime) -> ComplaintView:
    one, standing, due = listed.open, listed.open.standing, listed.due
    return ComplaintView(
        href=_address(one.id),
        hour=when.minute(one.hour, zone),
        about=ABOUT.get(standing.about, NOT_SAID),
        by=BY.get(standing.complainant, BY["other"]),
        language=unlocking.language(one.language),
        unread=one.unread_since is not None,
        acknowledged=standing.acknowledged_hour is not None,
        promised="" if standing.promised_by is None else when.written(standing.promised_by),
        outcome=FOUND.get(standing.outcome or "", ""),
        given_on="" if standing.given_on_hour is None else when.minute(standing.given_on_hour, zone),
        done=one.state == "closed",
        due="" if due is None else when.day(due, zone),
        late=due is not None and due < at,
        soon=listed.soon,
        owner="" if listed.is_ours else listed.owner,
    )


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it came."""

    from_body: bool
    hour: str
    text: str
    file: FileView | None
    look: str


def _message(said: Said, zone: str, complaint: str) -> Message:
    look = "" if said.file is None else reverse("complaint_file", args=[complaint, said.file.id])
    hour = "" if said.hour is None else when.minute(said.hour, zone)
    return Message(said.theirs, hour, said.text, None if said.file is None else file_view(said.file), look)
