"""In and out: the code, the language, leaving at once, and the page that stands there afterwards."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from encircle.actions.childs_page.code import is_short
from encircle.actions.childs_page.own import NotOpen, leave_own_page, open_own_page, record_open_in
from encircle.vocabulary.purpose import Purpose
from encircle.web.child import kept, pages
from encircle.web.child.session import PATH, begin, end, secret_of
from encircle.web.gate import purpose
from encircle.web.page.language import way

COVER = "/read/"
_REFUSED = 403


@purpose(Purpose.OWN_PAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The page, where it is open; else the question for the code. Each code that opens nothing has the same answer."""
    if request.method == "POST":
        return _entered(request)
    try:
        if secret_of(request):
            return pages.home(request, secret_of(request))
    except NotOpen:
        return _asked(request)
    return _asked(request)


def _entered(request: HttpRequest) -> HttpResponse:
    if is_short(request.POST.get("code", "")):
        return HttpResponseRedirect(COVER)
    secret = open_own_page(request.POST.get("code", ""))
    if secret is None:
        return _asked(request, wrong=True)
    carried = kept.given(request, record=record_open_in(secret)) if kept.CARRIED in request.POST else None
    response = HttpResponseRedirect(PATH) if carried is None else kept.shown(request, carried)
    begin(response, secret)
    return response


def _asked(request: HttpRequest, *, wrong: bool = False) -> HttpResponse:
    carried = request.POST.get(kept.CARRIED, "")
    status = _REFUSED if wrong else 200
    return kept.code_page(request, wrong=wrong, carried=carried, demo=bool(settings.DEMO), status=status)


@purpose(Purpose.OWN_PAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Close the page and show another one. A link is enough: it only ever closes."""
    if secret_of(request):
        leave_own_page(secret_of(request))
    response = HttpResponseRedirect(COVER)
    end(response)
    return response


@purpose(Purpose.OWN_PAGE)
@require_safe
def cover(request: HttpRequest) -> HttpResponse:
    """Something to read, about nothing of this."""
    return render(request, "child/cover.html")


@purpose(Purpose.OWN_PAGE)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """In that language until the browser ends; nothing of it stays."""
    back = way(request)
    response = HttpResponseRedirect(back if back.startswith((PATH, COVER)) else PATH)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.PUBLIC_LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            path=PATH,
            httponly=True,
            samesite="Lax",
            secure=bool(settings.LANGUAGE_COOKIE_SECURE),
        )
    return response


@purpose(Purpose.OWN_PAGE)
@require_safe
def elsewhere(request: HttpRequest, rest: str) -> HttpResponse:
    """An address under the page that is none of its parts leads to its start."""
    return HttpResponseRedirect(PATH)
