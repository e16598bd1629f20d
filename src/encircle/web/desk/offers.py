"""Referring a child to an agency, and answering what is referred to one's own: in codes, until it is accepted."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions.context import Who
from encircle.actions.offers import (
    ASKED,
    Asked,
    NoSuchOffer,
    Offer,
    OffersOf,
    accept_offer,
    decline_offer,
    offer_child,
    offer_of,
    offered_to,
    offers_of,
    record_answer,
    withdraw_offer,
)
from encircle.actions.permit import NotAllowed, NotSeen
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.offer import OfferAge, OfferDeclined, OfferNeed, OfferOutcome, OfferUrgency
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.gate import purpose
from encircle.web.page import when, wording
from encircle.web.page.field import Field, FieldKind, problems_of
from encircle.web.page.name import name_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

Words = str | Promise
NEEDS: dict[str, Words] = {
    OfferNeed.SAFE_PLACE.value: gettext_lazy("A safe place to stay"),
    OfferNeed.PROTECTION_NOW.value: gettext_lazy("Protection against danger"),
    OfferNeed.HEALTH_CARE.value: gettext_lazy("Health care"),
    OfferNeed.LEGAL_HELP.value: gettext_lazy("Legal help"),
    OfferNeed.REPRESENTATION.value: gettext_lazy("A guardian or representative"),
    OfferNeed.ASSESSMENT.value: gettext_lazy("An assessment"),
    OfferNeed.INTERVIEW.value: gettext_lazy("An interview with safeguards"),
    OfferNeed.STATUS_DECISION.value: gettext_lazy("A decision on its status"),
    OfferNeed.SCHOOLING.value: gettext_lazy("School"),
    OfferNeed.DAILY_SUPPORT.value: gettext_lazy("Support in daily life"),
}
URGENCIES: dict[str, Words] = {
    OfferUrgency.TODAY.value: gettext_lazy("Today"),
    OfferUrgency.THIS_WEEK.value: gettext_lazy("This week"),
    OfferUrgency.PLANNED.value: gettext_lazy("It can be planned"),
}
AGES: dict[str, Words] = {
    OfferAge.TO_5.value: gettext_lazy("Up to 5 years"),
    OfferAge.TO_11.value: gettext_lazy("6 to 11 years"),
    OfferAge.TO_14.value: gettext_lazy("12 to 14 years"),
    OfferAge.TO_17.value: gettext_lazy("15 to 17 years"),
    OfferAge.OVER.value: gettext_lazy("18 years and over"),
    OfferAge.UNKNOWN.value: gettext_lazy("Not known"),
}
DECLINED: dict[str, Words] = {
    OfferDeclined.NO_PLACE.value: gettext_lazy("We have no place now"),
    OfferDeclined.NOT_OUR_TASK.value: gettext_lazy("It is not our task"),
    OfferDeclined.NOT_OUR_AREA.value: gettext_lazy("It is not our area"),
    OfferDeclined.CONFLICT.value: gettext_lazy("We have a conflict of interest"),
    OfferDeclined.NOT_ENOUGH_KNOWN.value: gettext_lazy("We need to talk first: call us"),
}
OUTCOMES: dict[str, Words] = {
    OfferOutcome.ACCEPTED.value: gettext_lazy("Accepted: it takes part"),
    OfferOutcome.DECLINED.value: gettext_lazy("Declined"),
    OfferOutcome.WITHDRAWN.value: gettext_lazy("Taken back"),
}


@dataclass(frozen=True, slots=True)
class OfferView:
    """One offer in words. `state`: how it stands, for who offered; `may_end`, `may_record`: what they can do with it."""

    id: str
    agency: str
    giver: str
    role: str
    by: str
    asked: Words
    need: Words
    urgency: Words
    age: Words
    basis: str
    offered: str
    until: str
    state: Words
    because: Words
    may_end: bool
    may_record: bool


@purpose(Purpose.PROTECT)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def of_record(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """To whom this child was referred and what came of it; one more; taking one back."""
    form, status, told = Asking(asking.sent(request)), 200, None
    if request.method == "POST":
        try:
            _do(who, number, form, request.POST.get("do", ""))
            return redirect(f"{reverse('offers_of', args=[number])}?done")
        except (NotSeen, NotAllowed):
            raise
        except BadInput as wrong:
            form, status = Asking(form.typed, {wrong.where: str(why_not(wrong))}), 422
        except Refused as refused:
            told, status = why_not(refused), 409
    seen = offers_of(who, number)
    fields = _fields(seen, form)
    shown = {
        "number": seen.told.number,
        "name": name_of(seen.told.situation),
        "items": tuple(_view(one, seen.told.law.zone) for one in seen.items),
        "fields": fields,
        "problems": problems_of(fields),
        "token": form.token,
        "refused": told,
        "may_offer": seen.may_offer,
        "done": "done" in request.GET and told is None,
    }
    return render(request, "desk/offers_of.html", shown, status=status)


@purpose(Purpose.COOPERATE)
@require_safe
@for_staff
def received(request: HttpRequest, who: Who) -> HttpResponse:
    """What is referred to one's agency and waits for an answer."""
    seen = offered_to(who)
    shown = {
        "items": tuple(_view(one, seen.zone) for one in seen.items),
        "declined": "declined" in request.GET,
    }
    return render(request, "desk/offers.html", shown)


@purpose(Purpose.COOPERATE)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def one(request: HttpRequest, who: Who, offer: str) -> HttpResponse:
    """One offer: what is needed to decide, and the answer. One that is not there, or no longer, is not found."""
    form, status = Asking(asking.sent(request)), 200
    try:
        if request.method == "POST" and request.POST.get("do") == "accept":
            return redirect("record", accept_offer(who, offer, token=form.token))
        if request.method == "POST":
            because = {each.value: each for each in OfferDeclined}.get(form.typed.one("because"))
            if because is not None:
                decline_offer(who, offer, because)
                return redirect(f"{reverse('offers')}?declined")
            form, status = Asking(form.typed, {"because": str(_("Say why not."))}), 422
        seen = offer_of(who, offer)
    except NoSuchOffer as gone:
        raise Http404(gone.code) from gone
    field = form.choice("because", _("Why not?"), DECLINED.items())
    shown = {
        "offer": _view(seen.items[0], seen.zone),
        "field": field,
        "problems": problems_of((field,)),
        "token": form.token,
    }
    return render(request, "desk/offer.html", shown, status=status)


def _do(who: Who, number: str, form: Asking, do: str) -> None:
    if do == "offer":
        offer_child(who, number, _asked(form), token=form.token)
        return
    what, _sep, meant = do.partition("-")
    if what == "record":
        record_answer(who, number, meant, token=form.token)
    else:
        withdraw_offer(who, number, meant)


def _asked(form: Asking) -> Asked:
    typed = form.typed
    need = {each.value: each for each in OfferNeed}.get(typed.one("need"))
    urgency = {each.value: each for each in OfferUrgency}.get(typed.one("urgency"))
    if need is None:
        raise BadInput(code="no_such_need", reason=_("Choose what the child needs."), where="need")
    if urgency is None:
        raise BadInput(code="no_such_urgency", reason=_("Choose how soon."), where="urgency")
    return Asked(AgencyId(typed.one("agency")), typed.one("asked"), need, urgency, typed.one("basis"))


def _fields(seen: OffersOf, form: Asking) -> tuple[Field, ...]:
    if not seen.may_offer:
        return ()
    agencies = [("", _("Choose one")), *((str(each.id), each.name) for each in seen.agencies)]
    kinds = [("", _("Choose one")), *((code, wording.titled(code)) for code in ASKED)]
    return (
        form.choice("agency", _("Which agency?"), agencies, kind=FieldKind.SELECT),
        form.choice("asked", _("What do you ask for?"), kinds, kind=FieldKind.SELECT),
        form.choice("need", _("What does the child need?"), NEEDS.items()),
        form.choice("urgency", _("How soon?"), URGENCIES.items()),
        form.line(
            "basis",
            _("On which legal basis?"),
            hint=_("Act and article in short, in Latin letters, such as Child Protection Act 31."),
        ),
    )


def _view(one: Offer, zone: str) -> OfferView:
    state = OUTCOMES.get(one.outcome or "", one.outcome or "")
    if one.outcome is None:
        state = gettext_lazy("Waits for an answer") if one.waits else gettext_lazy("Nobody answered in time")
    return OfferView(
        id=one.id,
        agency=one.agency_name,
        giver=one.giver_name,
        role=wording.titled(one.giver_role),
        by=one.by,
        asked=wording.titled(one.asked),
        need=NEEDS.get(one.need, one.need),
        urgency=URGENCIES.get(one.urgency, one.urgency),
        age=AGES.get(one.age, one.age),
        basis=one.basis,
        offered=when.minute(one.offered_at, zone),
        until=when.minute(one.until, zone),
        state=state,
        because=DECLINED.get(one.because or "", one.because or ""),
        may_end=one.waits,
        may_record=one.outcome == OfferOutcome.DECLINED,
    )
