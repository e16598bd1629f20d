"""What the child writes: what it thinks, and complaints. Saved once, however often it is sent."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from encircle.actions.childs_page.own import NotOpen, complain, own_page, say
from encircle.core.childs_page import Written
from encircle.vocabulary.purpose import Purpose
from encircle.web.child import kept, words
from encircle.web.child.form import FORMS, form_shown
from encircle.web.child.session import for_the_child, secret_of
from encircle.web.gate import purpose
from encircle.web.page import when

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
    own = own_page(secret, name)
    before = own.told.said if name == "say" else own.told.complaints
    shown = {
        **form_shown(name, record=own.record),
        "saved": "saved" in request.GET,
        "before": [written_before(name, one) for one in before][::-1],
    }
    return render(request, "child/write.html", shown)


def _sent(request: HttpRequest, name: str) -> HttpResponse:
    typed = request.POST.get("words", "").replace("\r\n", "\n").strip()
    about = request.POST.get("about", "")
    secret = secret_of(request)
    try:
        if not typed:
            record = own_page(secret, name).record
            page = form_shown(
                name, record=record, about=about, token=request.POST.get("token", ""), wrong=True
            )
            return render(request, "child/write.html", page, status=_NOT_TAKEN)
        write = say if name == "say" else complain
        write(secret, typed, about=about, token=token_of(request))
    except NotOpen:
        return kept.closed(request)
    return HttpResponseRedirect(f"{reverse(FORMS[name].route)}?saved")


def token_of(request: HttpRequest) -> UUID:
    """The id of the form, so that what is sent twice is saved once."""
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        return uuid4()


def written_before(name: str, one: Written) -> dict[str, words.Words]:
    """What was written before, by its title, day and state; the words themselves are not shown again."""
    about = words.ABOUT if name == "say" else {code: text for code, text in words.COMPLAIN_ABOUT if code}
    title = about.get(one.about, words.ABOUT["other"])
    return {
        "title": title,
        "when": "" if one.at is None else when.day(one.at.earliest, one.at.zone),
        "state": words.COMPLAINED[one.state] if name == "complain" else words.SAID[one.state],
    }
