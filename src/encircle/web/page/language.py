"""The language of the pages: chosen by hand, kept in a cookie; else the one that the browser asks for. Knows nobody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose


@purpose(Purpose.SIGN_IN)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Back to the page from which one came, in that language; another word than one of ours changes nothing."""
    response = HttpResponseRedirect(way(request))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    return response


def way(request: HttpRequest) -> str:
    """The page from which one came, if it is one of ours; else the start."""
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours and asked.startswith("/") else "/"
