"""Light or dark: as the system says, or as chosen by hand and kept in a cookie. Needs no script and knows nobody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose
from encircle.web.page.language import way

THEMES: dict[str, str | Promise] = {"": _("As the system"), "light": _("Light"), "dark": _("Dark")}
"""What can be chosen; the first is what holds where nothing was chosen."""
COOKIE = f"{settings.HOST_PREFIX}encircle-theme"


def theme_of(request: HttpRequest) -> str:
    """What was chosen; nothing where the system decides."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in THEMES else ""


@purpose(Purpose.SIGN_IN)
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Back to the page from which one came, in that light; another word than one of ours changes nothing."""
    response = HttpResponseRedirect(way(request))
    theme = request.POST.get("theme")
    if theme in THEMES:
        response.set_cookie(
            COOKIE,
            theme,
            max_age=settings.LANGUAGE_COOKIE_AGE if theme else 0,
            httponly=True,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    return response
