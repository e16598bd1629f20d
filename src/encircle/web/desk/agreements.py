"""Sharing agreements between agencies: what runs and what waits, one of them, proposing, signing, ending. Decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions.context import Who
from encircle.actions.permit import NotAllowed
from encircle.actions.sharing import (
    SHARED,
    Agreements,
    NoSuchAgreement,
    Standing,
    end_sharing,
    propose_agreement,
    reasons_to_end,
    sharing_agreement,
    sharing_agreements,
    sign_agreement,
)
from encircle.core.sharing import AgreementState
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.onward import Onward
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.vocabulary.visit_purpose import VisitPurpose
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.forms.typed_time import written
from encircle.web.gate import purpose
from encircle.web.page import errors, when, wording
from encircle.web.page.again import asks_again
from encircle.web.page.field import Field, FieldKind, problems_of
from encircle.web.page.staff import for_staff
from encircle.web.page.visit import VISITS
from encircle.web.page.why_not import why_not

Words = str | Promise

STATES: Mapping[AgreementState, Words] = {
    AgreementState.WAITS: gettext_lazy("Waits for a signature"),
    AgreementState.RUNS: gettext_lazy("Runs"),
    AgreementState.COMING: gettext_lazy("Signed, begins later"),
    AgreementState.ENDED: gettext_lazy("Ended"),
    AgreementState.OVER: gettext_lazy("Its time is over"),
    AgreementState.DECLINED: gettext_lazy("Was not signed"),
}
"""In the order in which they are listed."""
_TAGS: Mapping[AgreementState, str] = {AgreementState.WAITS: "due_soon", AgreementState.RUNS: "met"}
ONWARD: Mapping[Onward, Words] = {
    Onward.NOT: gettext_lazy("It is not passed on."),
    Onward.ASK: gettext_lazy("It is passed on only after who shared it has agreed, each time."),
    Onward.SAME_PURPOSE: gettext_lazy(
        "It may be passed on for the same purpose, to who has a mandate for it; who shared it is told."
    ),
}
BECAUSE: Mapping[str, Words] = {
    "declined": gettext_lazy("We do not sign it"),
    "taken_back": gettext_lazy("We take it back"),
    "no_longer_needed": gettext_lazy("It is no longer needed"),
    "other_terms": gettext_lazy("Other terms take its place"),
    "not_kept": gettext_lazy("It was not kept"),
}


@dataclass(frozen=True, slots=True)
class AgreementView:
    """One agreement in words."""

    href: str
    giver: str
    taker: str
    state: Words
    tag: str
    parts: tuple[Words, ...]
    ends: tuple[Words, ...]
    onward: Words
    basis: str
    first: str
    last: str
    waits_for_us: bool


@purpose(Purpose.OWN_DUTIES)
@require_safe
@for_staff
def agreements(request: HttpRequest, who: Who) -> HttpResponse:
    """Those of one's own agency, or of all; what waits for a signature first."""
    of_all = "all" in request.GET
    seen = sharing_agreements(who, of_all=of_all)
    order = list(STATES)
    items = sorted(seen.items, key=lambda one: order.index(one.state))
    shown = {"items": [_view(one, seen) for one in items], "of_all": of_all, "may_propose": bool(seen.others)}
    return render(request, "desk/agreements.html", shown)


@purpose(Purpose.OWN_DUTIES)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
@asks_again
def new_agreement(request: HttpRequest, who: Who) -> HttpResponse:
    """Propose one to another agency."""
    form, status, told = Asking(asking.sent(request)), 200, None
    seen = sharing_agreements(who)
    if not seen.others:
        return redirect("agreements")
    if request.method == "POST":
        try:
            number = _propose(who, form, seen.today)
            return redirect(f"{reverse('agreement', args=[number])}?done")
        except BadInput as wrong:
            form, status = Asking(form.typed, {wrong.where: str(why_not(wrong))}), 422
        except NotAllowed:
            raise
        except Refused as refused:
            told, status = why_not(refused), 409
    fields = _fields(seen, form)
    shown = {"fields": fields, "problems": problems_of(fields), "refused": told, "token": form.token}
    return render(request, "desk/agreement_new.html", shown, status=status)


@purpose(Purpose.OWN_DUTIES)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def agreement(request: HttpRequest, who: Who, agreement: str) -> HttpResponse:
    """One agreement: its terms, who has signed, signing and ending it."""
    form, status, told = Asking(asking.sent(request)), 200, None
    if request.method == "POST":
        try:
            if request.POST.get("do") == "sign":
                sign_agreement(who, agreement)
            else:
                end_sharing(who, agreement, form.typed.one("because"))
            return redirect(f"{reverse('agreement', args=[agreement])}?done")
        except BadInput as wrong:
            form, status = Asking(form.typed, {wrong.where: str(why_not(wrong))}), 422
        except NotAllowed:
            raise
        except Refused as refused:
            told, status = why_not(refused), 409
    try:
        seen, one = sharing_agreement(who, agreement)
    except NoSuchAgreement:
        return errors.not_found(request)
    fields = _ending(one, seen, form)
    shown = {
        "a": _view(one, seen),
        "signatures": _signatures(one, seen),
        "ended": _ended(one, seen),
        "may_sign": one.may_sign,
        "fields": fields,
        "problems": problems_of(fields),
        "refused": told,
        "done": "done" in request.GET and told is None,
    }
    return render(request, "desk/agreement.html", shown, status=status)


def _propose(who: Who, form: Asking, today: date) -> str:
    typed = form.typed
    groups = {group.value: group for group in SHARED}
    ends, onward = {end.value: end for end in VisitPurpose}, {one.value: one for one in Onward}
    return propose_agreement(
        who,
        AgencyId(typed.one("other")),
        gives=typed.one("gives") != "no",
        groups=[groups[one] for one in typed.many("groups") if one in groups],
        ends=[ends[one] for one in typed.many("ends") if one in ends],
        onward=onward.get(typed.one("onward")),
        basis=typed.one("basis"),
        first=_day(typed.one("first"), today),
        last=_day(typed.one("last"), today),
        token=form.token,
    )


def _day(text: str, today: date) -> date | None:
    """The whole day that was typed; None for anything else."""
    try:
        return date.fromisoformat(written(text, now=datetime.combine(today, time()))[:10])
    except ValueError:
        return None


def _fields(seen: Agreements, form: Asking) -> tuple[Field, ...]:
    ways = [("yes", _("We share with them")), ("no", _("They share with us"))]
    day = _("Such as 1.3.2027.")
    return (
        form.choice("other", _("With which agency?"), seen.others, kind=FieldKind.SELECT),
        form.choice("gives", _("Who shares?"), ways, chosen=("yes",)),
        form.choice(
            "groups",
            _("Which parts may be opened?"),
            [(group.value, wording.GROUPS[group]) for group in SHARED],
            kind=FieldKind.CHOICES,
            hint=_("Only what they need. Each part is still opened by a decision about one child."),
        ),
        form.choice(
            "ends", _("What for?"), [(end.value, VISITS[end]) for end in VisitPurpose], kind=FieldKind.CHOICES
        ),
        form.choice("onward", _("What may become of it?"), [(one.value, ONWARD[one]) for one in Onward]),
        form.line(
            "basis",
            _("On which legal basis?"),
            hint=_("Act and article in short, in Latin letters, such as Child Protection Act 31."),
        ),
        form.line("first", _("From which day?"), hint=day),
        form.line(
            "last", _("Until which day?"), hint=_("Five years at most: then somebody looks at it again.")
        ),
    )


def _ending(one: Standing, seen: Agreements, form: Asking) -> tuple[Field, ...]:
    if not one.may_end:
        return ()
    reasons = [(code, BECAUSE[code]) for code in reasons_to_end(one.agreement, seen.own)]
    chosen = [code for code, _words in reasons] if len(reasons) == 1 else []
    return (form.choice("because", _("Why?"), reasons, chosen=chosen),)


def _view(one: Standing, seen: Agreements) -> AgreementView:
    of = one.agreement
    return AgreementView(
        href=reverse("agreement", args=[of.id]),
        giver=of.giver_name,
        taker=of.taker_name,
        state=STATES[one.state],
        tag=_TAGS.get(one.state, ""),
        parts=tuple(wording.GROUPS[group] for group in FieldGroup if group in of.terms.groups),
        ends=tuple(VISITS[end] for end in VisitPurpose if end in of.terms.ends),
        onward=ONWARD[of.terms.onward],
        basis=of.basis,
        first=when.written(of.terms.first),
        last=when.written(of.terms.last),
        waits_for_us=one.state is AgreementState.WAITS and of.waits_for(seen.own),
    )


def _signatures(one: Standing, seen: Agreements) -> tuple[tuple[str, str], ...]:
    """Each side and the day on which it has signed; empty where it has not."""
    of = one.agreement
    sides = ((of.giver_name, of.giver_signed_at), (of.taker_name, of.taker_signed_at))
    return tuple((name, "" if at is None else when.day(at, seen.zone)) for name, at in sides)


def _ended(one: Standing, seen: Agreements) -> tuple[str, Words] | None:
    of = one.agreement
    if of.ended_at is None:
        return None
    return when.day(of.ended_at, seen.zone), BECAUSE.get(of.because or "", "")
