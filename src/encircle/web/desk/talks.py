"""Talks with those who ask at the door: who waits, and one talk with what is done in it. Reads forms, decides nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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
from encircle.actions.reports.desk import NoReport, NotUnlocked
from encircle.actions.reports.door import LONGEST, Said
from encircle.actions.reports.form import ready_words
from encircle.actions.reports.talk_desk import (
    BECAUSE,
    ListedTalk,
    ReadTalk,
    end,
    give,
    hand_to,
    lines_of,
    read_talk,
    say,
    take,
    talks_at_desk,
)
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.web.desk import unlocking
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.listing import page_asked
from encircle.web.gate import purpose
from encircle.web.page import when
from encircle.web.page.again import asks_again
from encircle.web.page.field import Field, problems_of
from encircle.web.page.staff import for_staff
from encircle.web.page.talk_form import PLAN, TOLD, plan_in_words
from encircle.web.page.why_not import WhyNot

Words = str | Promise
NOTHING_NEW = 204
KEPT = ("words", "summary", "told")
STATES: Mapping[str, Words] = {
    "waits": gettext_lazy("Waits for somebody"),
    "on": gettext_lazy("Somebody answers"),
    "ended": gettext_lazy("Ended"),
    "given": gettext_lazy("It has become a report"),
}
WHY: Mapping[str, Words] = {
    "wanted": gettext_lazy("Who asks wants it"),
    "danger": gettext_lazy("A child is in danger: it has to be, also if they do not want it"),
}
DONE: Mapping[str, Words] = {
    "take": gettext_lazy("You answer in this talk now."),
    "say": gettext_lazy("It is sent."),
    "plan": gettext_lazy("The plan is sent."),
    "over": gettext_lazy("Somebody else answers now."),
    "end": gettext_lazy("The talk is over. If they write again, it waits again."),
    "give": gettext_lazy("It is a report now. Who asks was told first."),
    "unlock": gettext_lazy("Your key is open until you sign out, lock it or leave the page unused."),
}


@dataclass(frozen=True, slots=True)
class TalkView:
    """A talk in words."""

    id: str
    href: str
    since: str
    state: Words
    code: str
    is_call: bool
    language: str
    worker: str
    worker_id: str
    is_mine: bool
    is_ours: bool
    unseen: bool
    lines: int
    rule_hour: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line in words."""

    by: Words
    from_desk: bool
    hour: str
    text: str


@purpose(Purpose.TALK)
@require_safe
@for_staff
def talks(request: HttpRequest, who: Who) -> HttpResponse:
    """Who waits, longest first; and what is over."""
    over = request.GET.get("show") == "over"
    found = talks_at_desk(who, over=over, page=page_asked(request.GET.get("page", "")))
    shown = {
        "talks": tuple(_view(one, found.zone) for one in found.talks),
        "desk": found,
        "over": over,
        "before": found.page - 1,
        "after": found.page + 1 if found.more else 0,
        "query": urlencode({"show": "over"}) if over else "",
    }
    return render(request, "desk/talks.html", shown)


@purpose(Purpose.TALK)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("passphrase", "words", "summary", "told", *(name for name, _label in PLAN))
@for_staff
@asks_again
def one_talk(request: HttpRequest, who: Who, report: UUID) -> HttpResponse:
    """One talk, as far as one's key opens it; each act has its own form on the page."""
    form, do = Asking(asking.sent(request)), request.POST.get("do", "") if request.method == "POST" else ""

    def again(typed: Asking, refused: WhyNot | None, status: int) -> HttpResponse:
        return _shown(request, who, str(report), typed, {"refused": refused}, status=status)

    def act() -> HttpResponse | None:
        if request.GET.get("lines") == str(lines_of(who, str(report))):
            return HttpResponse(status=NOTHING_NEW)
        if do == "unlock":
            return unlocking.unlocked(request, who, KEPT, lambda: again(form, None, 200))
        if do in _ACTS:
            _ACTS[do](who, str(report), form)
            return redirect(f"{reverse('talk', args=[report])}?done={do}")
        return None

    return unlocking.answered(act, again, typed=form)


def _shown(
    request: HttpRequest, who: Who, report: str, form: Asking, told: Mapping[str, object], *, status: int
) -> HttpResponse:
    try:
        seen = read_talk(who, report)
    except NoReport as gone:
        raise Http404(gone.code) from gone
    except NotUnlocked:
        return unlocking.shut(request, form, unlocking.TALK, KEPT, status=status)
    ready = ready_words(seen.listed.open.language)
    asked = _asked(form, seen, dict(ready).get(request.POST.get("ready", ""), ""))
    plan = tuple(form.text(name, label, optional=True) for name, label in PLAN)
    done = request.GET.get("done", "")
    shown = {
        "talk": _view(seen.listed, seen.zone),
        "said": tuple(_line(one, seen.zone) for one in seen.said),
        **asked,
        "plan": plan,
        "longest": LONGEST,
        "problems": problems_of((*asked.values(), *plan)),
        "ready": ready,
        "token": form.token,
        "me_id": who.person,
        "done": DONE.get(done, "") if status == 200 else "",
        **told,
    }
    return render(request, "desk/talk.html", shown, status=status)


def _asked(form: Asking, seen: ReadTalk, put: str) -> dict[str, Field]:
    with override(seen.listed.open.language):
        ready = str(TOLD[form.typed.one("because") or "danger"])
    answer = form.text(
        "words",
        pgettext("to professionals", "Write to them"),
        hint=_("Do not ask for a name, and do not ask what happened. Say what comes next."),
    )
    return {
        "answer": answer if not put else replace(answer, value=f"{answer.value}\n{put}".strip()),
        "summary": form.text("summary", _("What it was about, for desks only"), hint=_("No names.")),
        "because": form.choice(
            "because", _("Why does it become a report?"), [(one, WHY[one]) for one in BECAUSE]
        ),
        "told": form.text("told", _("They are told first, in these words"), value=ready),
        "to": form.choice("to", _("Who answers from now on?"), seen.colleagues),
    }


def _say(who: Who, report: str, form: Asking) -> None:
    say(who, report, form.typed.one("words"), token=form.token)


def _plan(who: Who, report: str, form: Asking) -> None:
    with override(read_talk(who, report).listed.open.language):
        plan = plan_in_words({name: form.typed.one(name) for name, _label in PLAN})
    if not plan:
        raise BadInput(code="no_words", reason="Write something to send.", where="plan_person")
    say(who, report, plan, token=form.token, kind="plan")


def _over(who: Who, report: str, form: Asking) -> None:
    hand_to(who, report, to=form.typed.one("to"), instead_of=form.typed.one("instead_of"))


def _end(who: Who, report: str, form: Asking) -> None:
    end(who, report, form.typed.one("summary"), token=form.token)


def _give(who: Who, report: str, form: Asking) -> None:
    give(who, report, form.typed.one("told"), because=form.typed.one("because"), token=form.token)


_ACTS: Mapping[str, Callable[[Who, str, Asking], None]] = {
    "take": lambda who, report, _form: take(who, report),
    "say": _say,
    "plan": _plan,
    "over": _over,
    "end": _end,
    "give": _give,
}


def _view(listed: ListedTalk, zone: str) -> TalkView:
    one = listed.open
    return TalkView(
        id=one.report,
        href=reverse("talk", args=[one.report]),
        since=when.minute(one.since, zone),
        state=STATES.get(one.state, one.state),
        code=one.state,
        is_call=one.kind == "call",
        language=unlocking.language(one.language),
        worker=listed.worker,
        worker_id=one.worker or "",
        is_mine=listed.is_mine,
        is_ours=listed.is_ours,
        unseen=one.is_unseen,
        lines=one.lines,
        rule_hour=when.minute(one.rule_hour, zone),
    )


_BY: Mapping[str, Words] = {
    "answer": gettext_lazy("A desk wrote"),
    "plan": gettext_lazy("A plan for safety, made together"),
    "note": gettext_lazy("A note for desks"),
    "account": gettext_lazy("They said"),
}


def _line(said: Said, zone: str) -> Line:
    by = _BY.get(said.kind, gettext_lazy("They wrote"))
    return Line(by, said.theirs, "" if said.hour is None else when.minute(said.hour, zone), said.text)
