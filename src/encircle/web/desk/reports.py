"""Reports from the door: what waits, and one report with what people do about it. Reads forms, decides nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions.context import Who
from encircle.actions.reports.desk import (
    REASONS,
    Desk,
    Listed,
    NoReport,
    NotUnlocked,
    Read,
    answer_report,
    read_report,
    reports,
    review_report,
    set_report_aside,
    take_over,
    take_report,
)
from encircle.actions.reports.door import LONGEST, Said
from encircle.actions.reports.form import answers_of
from encircle.actions.reports.held import hold_again, take_out, waiting
from encircle.actions.reports.professional import Part, parts_of
from encircle.law.question import AskedOf
from encircle.law.texts import ENGLISH
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk import unlocking
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.listing import page_asked
from encircle.web.desk.report_files import FileView, file_view, original
from encircle.web.gate import purpose
from encircle.web.page import when
from encircle.web.page.again import asks_again
from encircle.web.page.field import problems_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import WhyNot

Words = str | Promise
DANGER: Mapping[str, Words] = {
    "yes": gettext_lazy("Danger now"),
    "no": gettext_lazy("Not in danger now"),
    "unknown": gettext_lazy("Danger not known"),
}
STATES: Mapping[str, Words] = {
    "arrived": gettext_lazy("New"),
    "read": gettext_lazy("Opened"),
    "set_aside": gettext_lazy("Another agency has to look at it as well"),
    "concern": gettext_lazy("A concern was opened"),
    "closed": gettext_lazy("Nothing more follows"),
}
BECAUSE: Mapping[str, Words] = {
    "advice_given": gettext_lazy("Advice was given, and nobody needs more now"),
    "other_service": gettext_lazy("It was told which other service helps"),
    "known_already": gettext_lazy("It belongs to a concern that is open already"),
    "nobody_in_need": gettext_lazy("It tells of nobody who needs help"),
}
DONE: Mapping[str, Words] = {
    "answer": gettext_lazy("It is sent. Who reported reads it with their code."),
    "file": gettext_lazy("The file is sent, cleaned. Who reported opens it with their code."),
    "take": gettext_lazy("Your agency answers for this report now."),
    "aside": gettext_lazy("Another agency is asked to look at it as well."),
    "agree": gettext_lazy("Two agencies see nothing more to do. If something new is written, it comes back."),
    "back": gettext_lazy("It waits again."),
    "out": gettext_lazy("It stands among the reports that wait."),
    "hold": gettext_lazy("It stands in the held part."),
    "unlock": gettext_lazy("Your key is open until you sign out, lock it or leave the page unused."),
}


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report in words. `due`: when a desk has to have opened it; empty, once one has."""

    id: str
    href: str
    hour: str
    danger: Words
    in_danger: bool
    state: Words
    code: str
    language: str
    owner: str
    is_ours: bool
    unread: bool
    due: str
    late: bool
    concern: str
    because: Words
    held: bool
    out_of_hours: bool


@dataclass(frozen=True, slots=True)
class Message:
    """One message in words. `about`: for whom; `pictures`: what was chosen; `parts`: of a professional, kept apart."""

    from_desk: bool
    hour: str
    about: Words
    pictures: tuple[Words, ...]
    text: str
    parts: tuple[Part, ...] = ()
    file: FileView | None = None


@purpose(Purpose.TRIAGE)
@require_safe
@for_staff
def received(request: HttpRequest, who: Who) -> HttpResponse:
    """What waits at one's desk; and what is done."""
    done = request.GET.get("show") == "done"
    found = reports(who, done=done, page=page_asked(request.GET.get("page", "")))
    shown = {
        "reports": tuple(_view(one, found) for one in found.reports),
        "desk": found,
        "done": done,
        "before": found.page - 1,
        "after": found.page + 1 if found.more else 0,
        "held": waiting(who),
        "query": urlencode({"show": "done"}) if done else "",
    }
    return render(request, "desk/reports.html", shown)


@purpose(Purpose.TRIAGE)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("passphrase", "words")
@for_staff
@asks_again
def one_report(request: HttpRequest, who: Who, report: UUID) -> HttpResponse:
    """One report, as far as one's key opens it; each act has its own form on the page."""
    form, do = Asking(asking.sent(request)), request.POST.get("do", "") if request.method == "POST" else ""

    def again(typed: Asking, refused: WhyNot | None, status: int) -> HttpResponse:
        return report_again(request, who, str(report), typed, {"refused": refused}, status=status)

    def act() -> HttpResponse | None:
        if do == "unlock":
            return unlocking.unlocked(request, who, ("words",), lambda: again(form, None, 200))
        if do in _ACTS:
            return redirect(_ACTS[do](who, str(report), form))
        return original(request, who, str(report)) if do == "original" else None

    return unlocking.answered(act, again, typed=form)


def report_again(
    request: HttpRequest, who: Who, report: str, form: Asking, told: Mapping[str, object], *, status: int
) -> HttpResponse:
    """The page of that report with what was typed and why it was not taken."""
    try:
        seen = read_report(who, report)
    except NoReport as gone:
        raise Http404(gone.code) from gone
    except NotUnlocked:
        return unlocking.shut(request, form, unlocking.REPORT, ("words", "because"), status=status)
    words = form.text(
        "words",
        pgettext("to professionals", "Write to them"),
        hint=_("Short and plain. Ask nothing about what happened. Say who reads, and what comes next."),
    )
    because = form.choice(
        "because", _("Why does nothing more follow?"), [(one, BECAUSE[one]) for one in REASONS]
    )
    file = form.line(
        "file",
        _("A picture, a PDF, a sound or a video, at most 5 MB"),
        hint=_("Nothing by which a place or a person can be found: somebody else may look on."),
    )
    done = request.GET.get("done", "")
    shown = {
        "report": _view(seen.listed, seen),
        "said": tuple(message(one, seen.zone) for one in seen.said),
        "answer": words,
        "because": because,
        "file": file,
        "longest": LONGEST,
        "problems": problems_of((words, because, file)),
        "token": form.token,
        "ours_aside": seen.set_aside_by_us,
        "done": DONE.get(done, "") if status == 200 else "",
        **told,
    }
    return render(request, "desk/report.html", shown, status=status)


def _answer(who: Who, report: str, form: Asking) -> str:
    answer_report(who, report, form.typed.one("words"), token=form.token)
    return f"{_address(report)}?done=answer"


def _take(who: Who, report: str, form: Asking) -> str:
    take_report(who, report)
    return f"{_address(report)}?done=take"


def _concern(who: Who, report: str, form: Asking) -> str:
    return reverse("triage_concern", args=[take_over(who, report)])


def _aside(who: Who, report: str, form: Asking) -> str:
    set_report_aside(who, report, form.typed.one("because"))
    return f"{_address(report)}?done=aside"


def _agree(who: Who, report: str, form: Asking) -> str:
    review_report(who, report, agrees=True)
    return f"{_address(report)}?done=agree"


def _back(who: Who, report: str, form: Asking) -> str:
    review_report(who, report, agrees=False)
    return f"{_address(report)}?done=back"


def _out(who: Who, report: str, form: Asking) -> str:
    take_out(who, report)
    return f"{_address(report)}?done=out"


def _hold(who: Who, report: str, form: Asking) -> str:
    hold_again(who, report)
    return f"{_address(report)}?done=hold"


_ACTS: Mapping[str, Callable[[Who, str, Asking], str]] = {
    "answer": _answer,
    "take": _take,
    "concern": _concern,
    "aside": _aside,
    "agree": _agree,
    "back": _back,
    "out": _out,
    "hold": _hold,
}


def _address(report: str) -> str:
    return reverse("report", args=[report])


def _view(listed: Listed, of: Desk | Read) -> ReportView:
    return view_of(listed, zone=of.zone, at=of.at if isinstance(of, Desk) else None)


def view_of(listed: Listed, *, zone: str, at: datetime | None) -> ReportView:
    """A report in words; `at`: when a list was looked at, None on its own page."""
    one, due = listed.open, listed.open_by
    return ReportView(
        id=one.id,
        href=_address(one.id),
        hour=when.minute(one.hour, zone),
        danger=DANGER.get(one.danger, DANGER["unknown"]),
        in_danger=one.danger == "yes",
        state=STATES.get(one.state, one.state),
        code=one.state,
        language=unlocking.language(one.language),
        owner=listed.owner,
        is_ours=listed.is_ours,
        unread=one.unread_since is not None,
        due="" if due is None else when.minute(due, zone),
        late=due is not None and at is not None and due < at,
        concern=one.concern,
        because=BECAUSE.get(one.because or "", ""),
        held=one.held,
        out_of_hours=one.out_of_hours,
    )


def message(said: Said, zone: str) -> Message:
    """One message in words."""
    language = get_language() or ENGLISH
    words = {code: text.in_(language) for code, text in answers_of(AskedOf.CHILD).items()}
    return Message(
        from_desk=said.theirs,
        hour="" if said.hour is None else when.minute(said.hour, zone),
        about=words.get(said.who, ""),
        pictures=tuple(words[code] for code in said.picked if code in words),
        text="" if said.parts else said.text,
        parts=parts_of(said.parts, language),
        file=None if said.file is None else file_view(said.file),
    )
