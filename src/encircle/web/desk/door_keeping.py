"""How long what came in at the door is kept: what is over, legal holds, erasures by two persons. Decides nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from encircle.actions.context import Who
from encircle.actions.permit import NotAllowed
from encircle.actions.reports import keeping
from encircle.actions.reports.keeping import DoorKeeping, ReportErasureRow, Silent
from encircle.core.retention import Kept
from encircle.law.retention import KeptOf, RetentionRule
from encircle.vocabulary.moment import instant_end
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.gate import purpose
from encircle.web.page import when, wording
from encircle.web.page.again import asks_again
from encircle.web.page.field import Field, Words, problems_of
from encircle.web.page.length import period
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

Page = Callable[..., HttpResponse]
TITLES: dict[KeptOf, str | Promise] = {
    KeptOf.REPORT: gettext_lazy("How long reports are kept"),
    KeptOf.TALK: gettext_lazy("How long talks are kept"),
    KeptOf.COMPLAINT: gettext_lazy("How long complaints are kept"),
}
BACK: dict[KeptOf, tuple[str, str | Promise]] = {
    KeptOf.REPORT: ("reports", gettext_lazy("Reports from the door")),
    KeptOf.TALK: ("talks", gettext_lazy("Talks")),
    KeptOf.COMPLAINT: ("complaints", gettext_lazy("Complaints")),
}
KEPT: dict[Kept, str | Promise] = {
    Kept.KEPT: gettext_lazy("is kept"),
    Kept.DUE: gettext_lazy("the time has passed: decide"),
    Kept.TO_BE_LOOKED_AT: gettext_lazy("no number holds: look whether it is still needed"),
}


@dataclass(frozen=True, slots=True)
class SilentView:
    """One that is over. `hold`: the id of a hold that one may end."""

    id: str
    hour: str
    last: str
    state: str | Promise
    until: str
    hold: str
    may_go: bool
    ticked: bool


@dataclass(frozen=True, slots=True)
class ErasureView:
    """One erasure. `may_decide`: who looks can be the second person now; `note`: the certificate."""

    id: str
    asked: str
    decided: str
    basis: str
    count: int
    state: str
    is_open: bool
    may_decide: bool
    note: str


def _page(of: KeptOf, to: Purpose) -> Page:
    @purpose(to)
    @require_http_methods(["GET", "HEAD", "POST"])
    @for_staff
    @asks_again
    def kept(request: HttpRequest, who: Who) -> HttpResponse:
        """What is over, and what becomes of it."""
        return _shown(request, who, of)

    return kept


def _shown(request: HttpRequest, who: Who, of: KeptOf) -> HttpResponse:
    form, status, refused = Asking(asking.sent(request)), 200, None
    if request.method == "POST":
        try:
            _do(who, of, form, request.POST.get("do", ""))
            return redirect(f"{reverse(request.resolver_match.url_name or '')}?done")  # type: ignore[union-attr]  # it was resolved
        except NotAllowed:
            raise
        except BadInput as wrong:
            form, status = Asking(form.typed, {wrong.where: str(why_not(wrong))}), 422
        except Refused as told:
            refused, status = why_not(told), 409
    seen = keeping.keeping_at_door(who, of)
    ask, hold = _ask_fields(form), _hold_fields(form)
    back, back_words = BACK[of]
    shown = {
        "title": TITLES[of],
        "back": reverse(back),
        "back_words": back_words,
        "rule": None if seen.rule is None else _rule(seen.rule),
        "silent": tuple(_silent(one, seen.zone, form.typed.many("chosen")) for one in seen.silent),
        "more": seen.more,
        "erasures": tuple(_erasure(one, seen) for one in seen.erasures),
        "ask": ask,
        "hold": hold,
        "problems": (*_of_choice(form), *problems_of((*ask, *hold))),
        "refused": refused,
        "done": "done" in request.GET and refused is None and status == 200,
        "token": form.token,
    }
    return render(request, "desk/door_keeping.html", shown, status=status)


def _do(who: Who, of: KeptOf, form: Asking, do: str) -> None:
    typed = form.typed
    what, _dash, one = do.partition("-")
    chosen, token = typed.many("chosen"), typed.one("token")
    if do == "hold":
        try:
            keeping.hold_at_door(
                who, of, chosen, basis=typed.one("hold_basis"), until=_day(typed.one("until")), token=token
            )
        except BadInput as wrong:
            where = "hold_basis" if wrong.where == "basis" else wrong.where
            raise BadInput(code=wrong.code, reason=wrong.reason, where=where) from wrong
    elif do == "ask":
        keeping.ask_erasure_at_door(who, of, chosen, basis=typed.one("basis"), token=token)
    elif what == "end":
        keeping.end_hold_at_door(who, of, one)
    elif what == "decide":
        keeping.decide_erasure_at_door(who, of, one)
    else:
        keeping.drop_erasure_at_door(who, of, one)


def _day(text: str) -> datetime | None:
    try:
        return instant_end(text, "UTC")
    except ValueError:
        return None


def _ask_fields(form: Asking) -> tuple[Field, ...]:
    hint = _("Act and article in short, in Latin letters.")
    return (form.line("basis", _("On which legal basis?"), hint=hint),)


def _hold_fields(form: Asking) -> tuple[Field, ...]:
    hint = _("Act and article in short, in Latin letters.")
    return (
        form.line("hold_basis", _("On which legal basis?"), hint=hint),
        form.line("until", _("Until which day?"), hint=_("As in 2027-05-31.")),
    )


def _of_choice(form: Asking) -> tuple[tuple[str, Words], ...]:
    problem = form.problems.get("chosen")
    return () if problem is None else (("chosen", problem),)


def _rule(rule: RetentionRule) -> dict[str, object]:
    return {
        "words": str(rule.keep.words.in_(get_language() or "en")),
        "length": "" if rule.period is None else period(rule.period),
        "standing": wording.STANDINGS[rule.keep.standing],
    }


def _silent(one: Silent, zone: str, ticked: tuple[str, ...]) -> SilentView:
    held = one.over.held_until
    return SilentView(
        id=one.over.id,
        hour=when.minute(one.over.hour, zone),
        last=when.minute(one.over.last_words, zone),
        state=KEPT[one.retained.kept] if held is None else _("stopped by a legal hold"),
        until="" if (end := held or one.retained.until) is None else when.day(end, zone),
        hold=one.over.hold or "",
        may_go=one.may_go,
        ticked=one.over.id in ticked,
    )


def _erasure(row: ReportErasureRow, seen: DoorKeeping) -> ErasureView:
    is_open = row.done_at is None and not row.is_dropped
    return ErasureView(
        id=row.id,
        asked=f"{when.day(row.asked_at, seen.zone)}, {row.asked_name}",
        decided=""
        if row.decided_at is None
        else f"{when.day(row.decided_at, seen.zone)}, {row.decided_name}",
        basis=row.basis,
        count=row.asked if row.reports is None else row.reports,
        state=_state(row),
        is_open=is_open,
        may_decide=is_open and row.decided_at is None and row.asked_by != seen.person,
        note=row.note or "",
    )


def _state(row: ReportErasureRow) -> str:
    if row.done_at is not None:
        return _("erased")
    if row.is_dropped:
        return _("put aside")
    return _("waits for a second person") if row.decided_at is None else _("decided, will be erased")


reports_kept = _page(KeptOf.REPORT, Purpose.TRIAGE)
talks_kept = _page(KeptOf.TALK, Purpose.TALK)
complaints_kept = _page(KeptOf.COMPLAINT, Purpose.COMPLAINTS)
