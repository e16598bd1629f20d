"""Opening a record of others in an emergency, and what a second person finds of it. Decides nothing."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions.context import Who
from encircle.actions.emergency import (
    Emergencies,
    Emergency,
    Found,
    NotOpened,
    close_emergency,
    counted_by_agency,
    emergencies_of,
    offer_to,
    open_in_emergency,
    review_emergency,
)
from encircle.actions.permit import NotAllowed, NotSeen
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.gate import purpose
from encircle.web.page import when, wording
from encircle.web.page.again import asks_again
from encircle.web.page.field import Field, problems_of
from encircle.web.page.name import name_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

FOUND: dict[str, str | Promise] = {
    Found.NEEDED.value: gettext_lazy("It was needed"),
    Found.NOT_NEEDED.value: gettext_lazy("It was not needed"),
}


@dataclass(frozen=True, slots=True)
class EmergencyView:
    """One opening. `fields`: the form of the review, for who may review it. `may_close`: it still runs."""

    id: str
    who: str
    role: str
    began: str
    until: str
    runs: bool
    may_close: bool
    reason: str
    found: str | Promise
    review: str
    reviewed: str
    review_by: str
    fields: tuple[Field, ...]


@purpose(Purpose.EMERGENCY)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("number", "reason")
@for_staff
@asks_again
def emergency(request: HttpRequest, who: Who) -> HttpResponse:
    """The form; and the record, when it has opened."""
    form, status = Asking(asking.sent(request)), 200
    offer = offer_to(who)
    if request.method == "POST":
        typed = form.typed
        try:
            number = open_in_emergency(who, typed.one("number"), reason=typed.one("reason"), token=form.token)
            return redirect("record", number)
        except BadInput as wrong:
            form, status = Asking(typed, {wrong.where: str(why_not(wrong))}), 422
        except NotOpened as refused:
            form, status = Asking(typed, {"number": str(why_not(refused))}), 404
    fields = _asked(form)
    shown = {
        "fields": fields,
        "problems": problems_of(fields),
        "token": form.token,
        "groups": [wording.GROUPS[group] for group in FieldGroup if group in offer.groups],
        "lasts": _hours(offer.lasts),
        "reviewed": "" if offer.reviewed_within is None else _hours(offer.reviewed_within),
    }
    return render(request, "desk/emergency.html", shown, status=status)


@purpose(Purpose.PROTECT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@for_staff
def emergencies(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """How that record was opened in emergencies; closing one earlier; what a second person found."""
    form, status, told = Asking(asking.sent(request)), 200, None
    if request.method == "POST":
        do, _sep, meant = request.POST.get("do", "").partition("-")
        try:
            if do == "close":
                close_emergency(who, number, meant)
                return _done(who, number)
            _review(who, number, meant, form)
            return redirect(f"{reverse('emergencies', args=[number])}?done")
        except (NotSeen, NotAllowed):
            raise
        except BadInput as wrong:
            form, status = Asking(form.typed, {f"{wrong.where}-{meant}": str(why_not(wrong))}), 422
        except Refused as refused:
            told, status = why_not(refused), 409
    seen = emergencies_of(who, number)
    views = tuple(_view(one, seen, form) for one in seen.items)
    shown = {
        "number": seen.told.number,
        "name": name_of(seen.told.situation),
        "items": views,
        "may_review": seen.may_review,
        "problems": problems_of(field for view in views for field in view.fields),
        "refused": told,
        "done": "done" in request.GET and told is None,
        "token": form.token,
    }
    return render(request, "desk/emergencies.html", shown, status=status)


@purpose(Purpose.ACCOUNT_FOR)
@require_safe
@for_staff
def counted(request: HttpRequest, who: Who) -> HttpResponse:
    """How often in the last year people opened records in an emergency, by agency."""
    found = counted_by_agency(who)
    since = found.higher.waits_since
    shown = {
        "agencies": found.emergencies,
        "looks": found.looks,
        "told_higher": found.higher.times,
        "waits_since": None if since is None else when.minute(since, found.zone),
    }
    return render(request, "desk/emergencies_counted.html", shown)


def _review(who: Who, number: str, meant: str, form: Asking) -> None:
    found = form.typed.one(f"found-{meant}")
    if found not in FOUND:
        raise BadInput(
            code="not_found_out", reason="Say whether it was needed.", where="found", instead="Choose one."
        )
    review_emergency(who, number, meant, found=Found(found), words=form.typed.one(f"words-{meant}"))


def _done(who: Who, number: str) -> HttpResponse:
    """Back to the list; to the work list, where the record has closed with it."""
    try:
        emergencies_of(who, number)
    except (NotSeen, NotAllowed):
        return redirect("work")
    return redirect(f"{reverse('emergencies', args=[number])}?done")


def _asked(form: Asking) -> tuple[Field, ...]:
    return (
        form.line(
            "number",
            _("Case number"),
            hint=_("Eight signs, such as 7k2m-9p4x. Whoever calls you about the child may have it."),
        ),
        form.text(
            "reason",
            _("Why can it not wait?"),
            hint=_("Who needs what, and when. Those who lead the case read this."),
        ),
    )


def _view(one: Emergency, seen: Emergencies, form: Asking) -> EmergencyView:
    zone = seen.told.law.zone
    asks = seen.may_review and one.found is None and one.person != seen.person
    return EmergencyView(
        id=one.id,
        who=", ".join(word for word in (one.person_name, one.agency_name) if word),
        role=wording.titled(one.role),
        began=when.minute(one.began_at, zone),
        until=when.minute(one.until, zone),
        runs=one.runs,
        may_close=one.runs,
        reason=one.reason or _("What was written is erased."),
        found="" if one.found is None else FOUND.get(one.found, ""),
        review=one.review or "",
        reviewed=_reviewed(one, zone),
        review_by="" if one.review_by is None else when.minute(one.review_by, zone),
        fields=_review_fields(one.id, form) if asks else (),
    )


def _reviewed(one: Emergency, zone: str) -> str:
    if one.reviewed_at is None:
        return ""
    return ", ".join(word for word in (one.reviewer_name, when.minute(one.reviewed_at, zone)) if word)


def _review_fields(emergency: str, form: Asking) -> tuple[Field, ...]:
    return (
        form.choice(f"found-{emergency}", _("Was it needed?"), FOUND.items()),
        form.text(f"words-{emergency}", _("What did you look at, and what did you find?")),
    )


def _hours(span: timedelta) -> str:
    hours = round(span.total_seconds() / 3600)
    return ngettext("{n} hour", "{n} hours", hours).format(n=hours)
