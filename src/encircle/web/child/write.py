"""What the child writes: what it thinks, and complaints. Saved once, however often it is sent."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from encircle.actions.childs_page.complaining import (
    NobodyReceives,
    complain_sealed,
    complaint_page,
    somebody_receives,
)
from encircle.actions.childs_page.own import NotOpen, Own, complain, own_page, say
from encircle.actions.reports.complaint import NOT_SAID, Told
from encircle.core.childs_page import Written
from encircle.vocabulary.purpose import Purpose
from encircle.web.child import kept, words
from encircle.web.child.form import FORMS, form_shown
from encircle.web.child.pages import token_of
from encircle.web.child.session import for_the_child, secret_of
from encircle.web.gate import purpose
from encircle.web.page import when
from encircle.web.page.complaint_words import state

_NOT_TAKEN = 422


@purpose(Purpose.OWN_PAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def thinks(request: HttpRequest) -> HttpResponse:
    """Say what I think."""
    return _sent(request, "say") if request.method == "POST" else _asked(request, name="say")


@purpose(Purpose.OWN_PAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def complains(request: HttpRequest) -> HttpResponse:
    """Something is not right."""
    return _sent(request, "complain") if request.method == "POST" else _asked(request, name="complain")


@for_the_child
def _asked(request: HttpRequest, secret: str, *, name: str) -> HttpResponse:
    """The form, and below what was written before and what became of it."""
    if name == "complain":
        return _ask_complaint(request, secret)
    own = own_page(secret, name)
    shown = {
        **form_shown(name, record=own.record, band=own.band),
        "saved": "saved" in request.GET,
        "before": [written_before(name, one) for one in own.told.said][::-1],
    }
    return render(request, "child/write.html", shown)


def _ask_complaint(request: HttpRequest, secret: str) -> HttpResponse:
    own, sealed = complaint_page(secret)
    shown = {
        **form_shown(
            "complain" if somebody_receives() else "complain_on_record", record=own.record, band=own.band
        ),
        "saved": "saved" in request.GET,
        "before": complaints_before(own, sealed),
    }
    return render(request, "child/write.html", shown)


def complaints_before(own: Own, sealed: Sequence[Told]) -> list[dict[str, object]]:
    """What became of each complaint, with what the body answered; one that is also on record stands once."""
    told = {(_about(one), one.hour) for one in sealed}
    on_record = [
        written_before("complain", one)
        for one in own.told.complaints
        if one.at is None
        or (one.about, one.at.earliest.replace(minute=0, second=0, microsecond=0)) not in told
    ]
    return [*(sealed_before(one, own.law.zone) for one in sealed), *on_record[::-1]]


def _about(one: Told) -> str:
    return "" if one.standing.about == NOT_SAID else one.standing.about


def _sent(request: HttpRequest, name: str) -> HttpResponse:
    typed = request.POST.get("words", "").replace("\r\n", "\n").strip()
    about = request.POST.get("about", "")
    secret = secret_of(request)
    way = request.POST.get("way", name) if name == "complain" else name
    way = way if way in FORMS and FORMS[way].route == FORMS[name].route else name
    try:
        if not typed:
            return _again(request, secret, way, wrong=True)
        _write(request, secret, way, typed, about)
    except NotOpen:
        return kept.closed(request)
    except NobodyReceives:
        return _again(request, secret, "complain_on_record", typed=typed, gone=True)
    return HttpResponseRedirect(f"{reverse(FORMS[name].route)}?saved")


def _write(request: HttpRequest, secret: str, way: str, typed: str, about: str) -> None:
    token = token_of(request)
    if way == "complain":
        may = {name: name in request.POST for name, _text in FORMS[way].may}
        language = get_language() or "en"
        complain_sealed(secret, typed, about=about or NOT_SAID, language=language, token=token, **may)
    elif way == "complain_on_record":
        complain(secret, typed, about=about, token=token)
    else:
        say(secret, typed, about=about, token=token)


def _again(
    request: HttpRequest, secret: str, way: str, *, typed: str = "", wrong: bool = False, gone: bool = False
) -> HttpResponse:
    """The form once more, nothing is saved: it was empty, or (`gone`) no body receives it now and others would read it."""
    own = own_page(secret, "say" if way == "say" else "home")
    about, token = request.POST.get("about", ""), request.POST.get("token", "")
    may = tuple(name for name, _text in FORMS[way].may if name in request.POST)
    page = form_shown(
        way,
        record=own.record,
        band=own.band,
        about=about,
        typed=typed,
        token=token,
        wrong=wrong,
        chosen=may,
    )
    return render(request, "child/write.html", {**page, "gone": gone}, status=_NOT_TAKEN)


def sealed_before(one: Told, zone: str) -> dict[str, object]:
    """A complaint that a body has: how far it has come, and what the body wrote."""
    standing = one.standing
    titles = {code: text for code, text in words.COMPLAIN_ABOUT if code}
    promised = "" if standing.promised_by is None else when.written(standing.promised_by)
    return {
        "title": titles.get(standing.about, words.ABOUT["other"]),
        "when": when.day(one.hour, zone),
        "state": state(is_read=one.is_read, outcome=standing.outcome, promised=promised),
        "answers": [said.text for said in one.answers if said.text],
    }


def written_before(name: str, one: Written) -> dict[str, object]:
    """What was written before, by its title, day and state; the words themselves are not shown again."""
    about = words.ABOUT if name == "say" else {code: text for code, text in words.COMPLAIN_ABOUT if code}
    title = about.get(one.about, words.ABOUT["other"])
    return {
        "title": title,
        "when": "" if one.at is None else when.day(one.at.earliest, one.at.zone),
        "state": words.COMPLAINED[one.state] if name == "complain" else words.SAID[one.state],
    }
