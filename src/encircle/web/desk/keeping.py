"""How long a record is kept: rules, legal holds, erasures by two persons, certificates. Decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions import retention
from encircle.actions.context import Who
from encircle.actions.permit import NotAllowed, NotSeen
from encircle.actions.retention import ASKED_FOR, ErasureRow, Keeping
from encircle.core.retention import Kept, Retained
from encircle.host.document import Paper, Section, as_pdf
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.moment import instant_end
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.gate import purpose
from encircle.web.page import when, wording
from encircle.web.page.errors import not_found
from encircle.web.page.field import Field, problems_of
from encircle.web.page.name import name_of
from encircle.web.page.paper import attached, paper_view
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

PARTS: dict[Compartment, str | Promise] = {
    Compartment.GENERAL: gettext_lazy("care, duties and proceedings"),
    Compartment.IDENTITY: gettext_lazy("names and papers"),
    Compartment.ACCOUNT: gettext_lazy("what happened to the child"),
    Compartment.LOCATION: gettext_lazy("where the child is"),
    Compartment.HEALTH: gettext_lazy("health"),
    Compartment.CRIMINAL: gettext_lazy("suspects and intelligence"),
    Compartment.ASYLUM: gettext_lazy("asylum and residence"),
    Compartment.VIEWS: gettext_lazy("the child's views"),
    Compartment.PRIVILEGED: gettext_lazy("confidential talks"),
}
KEPT: dict[Kept, str | Promise] = {
    Kept.KEPT: gettext_lazy("is kept"),
    Kept.DUE: gettext_lazy("the time has passed: decide"),
    Kept.TO_BE_LOOKED_AT: gettext_lazy("no number holds: look whether it is still needed"),
    Kept.UNKNOWN: gettext_lazy("not known: a fact is missing"),
}


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule on this record, in words."""

    code: str
    title: str
    parts: str
    state: str | Promise
    words: str
    standing: str | Promise
    until: str


@dataclass(frozen=True, slots=True)
class HoldView:
    """One legal hold."""

    id: str
    basis: str
    since: str
    until: str
    runs: bool
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ErasureView:
    """One erasure. `may_decide`: who looks can be the second person now."""

    id: str
    parts: str
    ground: str
    basis: str
    asked: str
    decided: str
    state: str
    is_open: bool
    may_decide: bool
    is_done: bool


@purpose(Purpose.ACCOUNT_FOR)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("reason")
@for_staff
def keeping(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """How long the parts of this record are kept; setting a hold, asking for an erasure, deciding on one."""
    form, status, told = Asking(asking.sent(request)), 200, None
    if request.method == "POST":
        try:
            _do(who, number, form, request.POST.get("do", ""))
            return redirect(f"{reverse('keeping', args=[number])}?done")
        except (NotSeen, NotAllowed):
            raise
        except BadInput as wrong:
            form, status = Asking(form.typed, {wrong.where: str(why_not(wrong))}), 422
        except Refused as refused:
            told, status = why_not(refused), 409
    seen = retention.keeping_of(who, number)
    hold, ask = _hold_fields(form), _ask_fields(seen, form)
    shown = {
        "number": number,
        "name": name_of(seen.told.situation),
        "rules": tuple(_rule(one, seen) for one in seen.rules),
        "holds": tuple(_hold(one, seen.told.law.zone) for one in seen.holds),
        "erasures": tuple(_erasure(one, seen) for one in seen.erasures),
        "is_held": seen.is_held,
        "may_decide": seen.may_decide,
        "hold": hold,
        "ask": ask,
        "problems": problems_of((*hold, *ask)),
        "refused": told,
        "done": "done" in request.GET and told is None,
        "token": form.token,
    }
    return render(request, "desk/keeping.html", shown, status=status)


@purpose(Purpose.ACCOUNT_FOR)
@require_safe
@for_staff
def erasure_certificate(request: HttpRequest, who: Who, number: str, erasure: str) -> HttpResponse:
    """The certificate of an erasure."""
    try:
        row = retention.certificate(who, number, erasure)
    except retention.NoSuchErasure:
        return not_found(request)
    shown = {"number": number, "erasure": row.id, "paper": paper_view(_paper(row))}
    return render(request, "desk/certificate.html", shown)


@purpose(Purpose.ACCOUNT_FOR)
@require_safe
@for_staff
def erasure_certificate_pdf(request: HttpRequest, who: Who, number: str, erasure: str) -> HttpResponse:
    """The same to be printed."""
    try:
        return attached(as_pdf(_paper(retention.certificate(who, number, erasure))), "certificate.pdf")
    except retention.NoSuchErasure:
        return not_found(request)


def _paper(row: ErasureRow) -> Paper:
    return Paper(
        title=_("Certificate of erasure"),
        language=get_language() or "en",
        lead=(
            _(
                "The keys of these parts were destroyed. What they sealed cannot be read by anybody, here or in a backup,"
                " once the last backup that can hold a key has expired."
            ),
            _("Two persons decided it. That something was recorded, and when, stays; so does the journal."),
        ),
        sections=(
            Section(_("Which parts"), items=tuple(str(PARTS[part]) for part in row.parts)),
            Section(
                _("As signed by this installation"),
                (_("Keep these lines as they are: the signature is over each letter of them."),),
                items=tuple(line for line in (row.note or "").splitlines() if line),
            ),
        ),
    )


def _do(who: Who, number: str, form: Asking, do: str) -> None:
    typed = form.typed
    what, _dash, one = do.partition("-")
    if do == "hold":
        basis, reason = typed.one("hold_basis"), typed.one("reason")
        try:
            retention.set_hold(
                who,
                number,
                basis=basis,
                until=_day(typed.one("until")),
                reason=reason,
                token=typed.one("token"),
            )
        except BadInput as wrong:
            raise _at(wrong, "hold_basis") from wrong
    elif do == "ask":
        retention.ask_erasure(
            who, number, typed.one("ground"), basis=typed.one("basis"), token=typed.one("token")
        )
    elif what == "end":
        retention.end_hold(who, number, one)
    elif what == "decide":
        retention.decide_erasure(who, number, one)
    else:
        retention.drop_erasure(who, number, one)


def _at(wrong: BadInput, basis: str) -> BadInput:
    """The same refusal at the field of this form: two of them ask for a basis."""
    if wrong.where != "basis":
        return wrong
    return BadInput(code=wrong.code, reason=wrong.reason, where=basis, instead=wrong.instead)


def _day(text: str) -> datetime | None:
    try:
        return instant_end(text, "UTC")
    except ValueError:
        return None


def _hold_fields(form: Asking) -> tuple[Field, ...]:
    return (
        form.line(
            "hold_basis", _("On which legal basis?"), hint=_("Act and article in short, in Latin letters.")
        ),
        form.line("until", _("Until which day?"), hint=_("As in 2027-05-31.")),
        form.text("reason", _("What needs the record?")),
    )


def _ask_fields(seen: Keeping, form: Asking) -> tuple[Field, ...]:
    grounds = [
        (one.rule.code, str(one.rule.title.in_(get_language() or "en")))
        for one in seen.rules
        if one.kept in (Kept.DUE, Kept.TO_BE_LOOKED_AT)
    ]
    grounds.append((ASKED_FOR, _("All of it: the person it is about asked for it")))
    return (
        form.choice("ground", _("What is no longer needed?"), grounds),
        form.line("basis", _("On which legal basis?"), hint=_("Act and article in short, in Latin letters.")),
    )


def _rule(one: Retained, seen: Keeping) -> RuleView:
    zone, language = seen.told.law.zone, get_language() or "en"
    return RuleView(
        code=one.rule.code,
        title=str(one.rule.title.in_(language)),
        parts=_parts(one.rule.parts),
        state=KEPT[one.kept],
        words=str(one.rule.keep.words.in_(language)),
        standing=wording.STANDINGS[one.rule.keep.standing],
        until="" if one.until is None else when.day(one.until, zone),
    )


def _hold(one: retention.Hold, zone: str) -> HoldView:
    return HoldView(
        id=one.id,
        basis=one.basis,
        since=when.day(one.since, zone),
        until=when.day(one.until, zone),
        runs=one.runs,
        by=one.by,
        reason=one.reason or _("What was written is erased."),
    )


def _erasure(row: ErasureRow, seen: Keeping) -> ErasureView:
    zone, is_open = seen.told.law.zone, row.done_at is None and not row.is_dropped
    titles = {one.rule.code: str(one.rule.title.in_(get_language() or "en")) for one in seen.rules}
    return ErasureView(
        id=row.id,
        parts=_parts(row.parts),
        ground=titles.get(row.ground, _("the person it is about asked for it")),
        basis=row.basis,
        asked=f"{when.day(row.asked_at, zone)}, {row.asked_name}",
        decided="" if row.decided_at is None else f"{when.day(row.decided_at, zone)}, {row.decided_name}",
        state=_state(row, is_held=seen.is_held),
        is_open=is_open and seen.may_decide,
        may_decide=is_open
        and seen.may_decide
        and row.decided_at is None
        and row.asked_by != seen.person
        and not seen.is_held,
        is_done=row.done_at is not None,
    )


def _state(row: ErasureRow, *, is_held: bool) -> str:
    if row.done_at is not None:
        return _("erased")
    if row.is_dropped:
        return _("put aside")
    if is_held:
        return _("stopped by a legal hold")
    return _("waits for a second person") if row.decided_at is None else _("decided, will be erased")


def _parts(parts: Iterable[Compartment]) -> str:
    found = set(parts)
    return ", ".join(str(words) for part, words in PARTS.items() if part in found)
