"""The parts of the child's page: one thing each. Times and codes come in, words for a child go out."""

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions.childs_page.own import (
    NotOpen,
    OwedToChild,
    Own,
    Visit,
    own_page,
    own_rights,
    say,
    who_looked,
)
from encircle.core.childs_page import Coming, Decided, Helper
from encircle.law.law import Law
from encircle.law.saying import Band
from encircle.law.texts import ENGLISH
from encircle.vocabulary.moment import Span
from encircle.vocabulary.purpose import Purpose
from encircle.web.child import kept, words
from encircle.web.child.session import for_the_child, secret_of
from encircle.web.child.words import Right, Words
from encircle.web.gate import purpose
from encircle.web.page import when
from encircle.web.page.wording import Told, told

ON_A_SCREEN = 5


def home(request: HttpRequest, secret: str) -> HttpResponse:
    """The ways to all parts; and what is next, so that one need not look for it. Refuses: NotOpen."""
    own = own_page(secret, "home")
    parts = [{"part": part, "href": reverse(part.name)} for part in words.PARTS]
    soon = [{**_coming(one, own), "when": _day(one.at)} for one in own.told.coming[:1]]
    return render(request, "child/home.html", {"parts": parts, "soon": soon})


@purpose(Purpose.OWN_PAGE)
@require_safe
@for_the_child
def coming(request: HttpRequest, secret: str) -> HttpResponse:
    """What happens next, and when; never where."""
    own = own_page(secret, "next")
    band = asked_band(request) or own.band
    shown = {"coming": [_coming(one, own, band) for one in own.told.coming], **ways_to_say(band)}
    return _page(request, "child/next.html", shown)


@purpose(Purpose.OWN_PAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Who works for the child, by first names. POST: the child asks for a talk with one of them."""
    return _ask_for_a_talk(request) if request.method == "POST" else _people(request)


@for_the_child
def _people(request: HttpRequest, secret: str) -> HttpResponse:
    own = own_page(secret, "people")
    band = asked_band(request) or own.band
    shown = {
        "people": people_told(own, band),
        **ways_to_say(band),
        "token": str(uuid4()),
        "saved": "saved" in request.GET,
        "giver": words.REACH["giver"],
    }
    return _page(request, "child/people.html", shown)


def _ask_for_a_talk(request: HttpRequest) -> HttpResponse:
    """On record, once a form, in the words of the button: in the child's language and in English."""
    wish = words.REACH.get(request.POST.get("who", ""))
    try:
        if wish is not None:
            say(secret_of(request), in_both(wish), about="services", token=token_of(request))
    except NotOpen:
        return kept.closed(request)
    return HttpResponseRedirect(reverse("my_people") + ("" if wish is None else "?saved"))


@purpose(Purpose.OWN_PAGE)
@require_safe
@for_the_child
def card(request: HttpRequest, secret: str) -> HttpResponse:
    """What is next, on one card to print: what, when, who helps, what one may say. No name, no place, nothing of why."""
    own = own_page(secret, "card")
    soon = [_coming(one, own) for one in own.told.coming[:1]]
    shown = {"soon": soon, "people": [one["title"] for one in people_told(own) if one["role"] != "giver"]}
    return _page(request, "child/card.html", shown)


@purpose(Purpose.OWN_PAGE)
@require_safe
@for_the_child
def decided(request: HttpRequest, secret: str) -> HttpResponse:
    """What was decided, what was thought of, and how one can disagree."""
    own = own_page(secret, "decided")
    return _page(
        request, "child/decided.html", {"decided": [decision(one) for one in own.told.decided][::-1]}
    )


@purpose(Purpose.OWN_PAGE)
@require_safe
@for_the_child
def rights(request: HttpRequest, secret: str) -> HttpResponse:
    """What adults owe a child, in the words for this child's age, or in simpler or fuller ones if asked."""
    own, owed = own_rights(secret)
    band = asked_band(request) or own.band
    all_of_them = [
        {**_right(one, own.law, band), "now": far(one, owed, own.law.zone)} for one in words.RIGHTS
    ]
    more = request.GET.get("more") == "1"
    first = all_of_them[:ON_A_SCREEN]
    shown = {
        "rights": all_of_them[ON_A_SCREEN:] if more else first,
        "more": more,
        **ways_to_say(band),
        "keep": "&more=1" if more else "",
    }
    return _page(request, "child/rights.html", shown)


@purpose(Purpose.OWN_PAGE)
@require_safe
@for_the_child
def seen(request: HttpRequest, secret: str) -> HttpResponse:
    """Which kinds of people opened the file, why, and when last."""
    visits, zone = who_looked(secret)
    return _page(request, "child/seen.html", {"seen": visitors(visits, zone)})


def _page(request: HttpRequest, template: str, shown: Mapping[str, object]) -> HttpResponse:
    return render(request, template, {**shown})


def _coming(one: Coming, own: Own, band: Band | None = None) -> dict[str, object]:
    return {**_right(words.COMING[one.what], own.law, band or own.band), "when": when.span(one.at)}


def ways_to_say(band: Band) -> dict[str, str]:
    """The band, and those in which the same can be read in simpler or in fuller words; empty, where there is none."""
    bands = list(Band)
    place = bands.index(band)
    return {
        "band": band,
        "keep": "",
        "simpler": bands[place - 1] if place else "",
        "fuller": bands[place + 1] if place + 1 < len(bands) else "",
    }


def asked_band(request: HttpRequest) -> Band | None:
    """In whose words the child asked to read; None where it did not."""
    asked = request.GET.get("words", "")
    return Band(asked) if asked in list(Band) else None


def _right(right: Right, law: Law, band: Band) -> dict[str, object]:
    sayings = [law.saying(code) for code in right.rules]
    owed = [told(saying.child[band], get_language() or ENGLISH) for saying in sayings if saying is not None]
    first = [Told(right.says[band])] if right.says else []
    return {"icon": right.icon, "title": right.title, "texts": [*first, *owed]}


def far(right: Right, owed: Iterable[OwedToChild], zone: str) -> Words:
    """How far it has come in this child's own case; nothing, where that is not known or nothing is owed now."""
    own = [one for one in owed if one.code in right.rules]
    for state in words.FAR:
        found = next((one for one in own if one.state == state), None)
        if found is not None:
            until = "" if found.until is None or state not in words.WITH_DAY else when.day(found.until, zone)
            return words.WITH_DAY[state] % {"day": until} if until else words.FAR[state]
    return ""


def in_both(text: Words) -> str:
    """The child's words as they are put on record: in its language, and in English for who must answer."""
    with override(ENGLISH):
        english = str(text)
    own = str(text)
    return own if own == english else f"{own}\n{english}"


def token_of(request: HttpRequest) -> UUID:
    """The id of the form, so that what is sent twice is saved once."""
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        return uuid4()


def people_told(own: Own, band: Band | None = None) -> list[dict[str, Words]]:
    """Who works for the child, by first names, in words for its age or for the band that it asked for."""
    helpers = [*own.told.helpers, *([Helper("giver", "")] if own.giver else [])]
    return [
        {
            "role": one.role,
            "icon": words.HELPER_ICONS.get(one.role, "user"),
            "reach": words.REACH[one.role],
            "title": words.HELPERS[one.role][0],
            "does": words.HELPERS[one.role][1][band or own.band],
            "name": own.giver if one.role == "giver" else own.names.get(one.name, ""),
        }
        for one in helpers
    ]


def decision(one: Decided) -> dict[str, object]:
    """One decision in words for a child."""
    return {
        "title": words.ABOUT.get(one.about, words.ABOUT["other"]),
        "when": "" if one.at is None else _day(one.at),
        "words": one.words,
        "language": one.language,
        "outcome": words.OUTCOMES.get(one.outcome, words.NO_OUTCOME),
        "thought_of": [words.THOUGHT_OF[code] for code in one.thought_of if code in words.THOUGHT_OF],
        "followed": words.FOLLOWED.get(one.followed, ""),
        "until": "" if one.disagree_until is None else _day(one.disagree_until),
        "challenged": one.challenged,
        "review": words.REVIEWS.get(one.after_review, ""),
    }


def _day(time: Span) -> str:
    """The day is enough; the hour of a decision tells a child nothing."""
    return when.day(time.earliest, time.zone) if time.is_point else when.span(time)


def visitors(visits: Iterable[Visit], zone: str) -> list[dict[str, object]]:
    """Who opened the file, by kind of people, the last first; each reason once."""
    found: dict[str, dict[str, object]] = {}
    reasons: dict[str, dict[str, Words]] = {}
    for one in visits:
        who = str(words.WHO.get(one.role, words.SOMEBODY))
        found.setdefault(who, {"who": who, "last": when.day(one.last, zone)})
        why = words.WHY.get(one.purpose, words.OTHER_REASON)
        reasons.setdefault(who, {}).setdefault(str(why), why)
    return [{**shown, "why": list(reasons[who].values())} for who, shown in found.items()]
