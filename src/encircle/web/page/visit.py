"""The visit: to what end this person has opened this record, kept in their session for some hours. Not in any address.

Where the mandate allows several ends, the page asks once, and leads on to where the person wanted to go. A form that was
sent meanwhile travels along, sealed, as after a sign-in (`page/kept.py`).
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encircle.actions.context import Visit, Who
from encircle.actions.permit import VisitNotChosen
from encircle.actions.visit import visit_choices
from encircle.host.clock import now
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.visit_purpose import VisitPurpose
from encircle.web.page import kept, wording
from encircle.web.page.field import Field, FieldKind, Option
from encircle.web.page.front import recognised

IDLE_SECONDS = 4 * 3600
SEEN_ANEW_SECONDS = 300
MOST = 40
_VISITS, _SHOWN = "encircle_visits", "encircle_visit"

VISITS: dict[VisitPurpose, Promise] = {
    VisitPurpose.PROTECT: _("Keep the child safe and help it"),
    VisitPurpose.INVESTIGATE: _("Investigate an offence"),
    VisitPurpose.JUDGE: _("Decide in court"),
    VisitPurpose.REPRESENT: _("Speak for the child"),
    VisitPurpose.TREAT: _("Examine and treat"),
    VisitPurpose.RESIDE: _("Decide on asylum or residence"),
    VisitPurpose.REQUEST: _("Ask or answer another country"),
    VisitPurpose.OVERSEE: _("Answer for the work, or look into it"),
}


@dataclass(frozen=True, slots=True)
class VisitShown:
    """What the head of each page of the record says. `change`: the way to choose another purpose."""

    text: Promise
    change: str


def of_request(request: HttpRequest, who: Who, number: str) -> Who:
    """The same person with the visit to that record: as it was chosen, or not chosen yet."""
    visit = _stored(request, number, now())
    if visit.purpose is not None:
        way = f"{reverse('visit', args=[number])}?{urlencode({'next': _here(request)})}"
        setattr(request, _SHOWN, VisitShown(VISITS[visit.purpose], way))
    return replace(who, visit=visit)


def shown(request: HttpRequest) -> VisitShown | None:
    """What the head of this page says of the visit; None where nothing was chosen."""
    found = getattr(request, _SHOWN, None)
    return found if isinstance(found, VisitShown) else None


def keep(request: HttpRequest, number: str, visit: Visit) -> None:
    """Remember it for this session."""
    kept_ones = {
        key: one for key, one in request.session.get(_VISITS, {}).items() if key != _key(request, number)
    }
    newest = sorted(kept_ones.items(), key=lambda pair: -int(pair[1][2]))[: MOST - 1]
    purpose = "" if visit.purpose is None else visit.purpose.value
    mine = [purpose, visit.duty or "", int(now().timestamp())]
    request.session[_VISITS] = {**dict(newest), _key(request, number): mine}


def ask(request: HttpRequest, who: Who, refused: VisitNotChosen) -> HttpResponse:
    """The way to the question and back; for a form that was sent, with what was typed."""
    carried = kept.carried_of(request)
    if carried:
        return kept.whole(request, page(request, who, refused.number, carried=carried))
    way = f"{reverse('visit', args=[refused.number])}?{urlencode({'next': _here(request)})}"
    return kept.led(request, way)


def page(
    request: HttpRequest,
    who: Who,
    number: str,
    *,
    way: str = "",
    carried: str = "",
    problem: str | Promise = "",
) -> HttpResponse:
    """The question: why do you open this record? Refuses: NotSeen, NotAllowed."""
    choices = visit_choices(who, number)
    options = tuple(
        Option(one.value, VISITS[one], chosen=one is choices.last, hint=_opens(groups))
        for one, groups in choices.opens.items()
    )
    field = Field(
        "visit", _("Why do you open this record?"), kind=FieldKind.CHOICE, options=options, problem=problem
    )
    told = {"number": choices.number, "field": field, "way": way, "carried": carried}
    return render(request, "desk/visit.html", told, status=422 if problem else 200)


def _opens(groups: frozenset[FieldGroup]) -> str:
    return ", ".join(str(wording.GROUPS[group]) for group in FieldGroup if group in groups)


def _stored(request: HttpRequest, number: str, at: datetime) -> Visit:
    found = request.session.get(_VISITS, {}).get(_key(request, number))
    seconds = int(at.timestamp())
    if found is None or seconds - int(found[2]) >= IDLE_SECONDS:
        return Visit()
    known = {one.value: one for one in VisitPurpose}
    visit = Visit(known.get(found[0]), found[1] or None)
    if seconds - int(found[2]) >= SEEN_ANEW_SECONDS:
        keep(request, number, visit)
    return visit


def _key(request: HttpRequest, number: str) -> str:
    """A record in the session: not by its number, and not for another person who signs in to the same session."""
    post = recognised(request)
    person = "" if post is None else post.who.person
    return hashlib.sha256(f"{person}/{number}".encode()).hexdigest()[:24]


def _here(request: HttpRequest) -> str:
    return request.get_full_path() if request.method in ("GET", "HEAD") else request.path
