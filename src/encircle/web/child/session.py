"""The child's session: a cookie of its own that ends with the browser, apart from every sign-in of staff."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from encircle.actions.childs_page.own import NotOpen

COOKIE = f"{settings.SECURE_PREFIX}page"
PATH = "/my/"
P = ParamSpec("P")
ChildsView = Callable[Concatenate[HttpRequest, str, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def secret_of(request: HttpRequest) -> str:
    """The secret of the session; empty where there is none."""
    return request.COOKIES.get(COOKIE, "")[:100]


def begin(response: HttpResponse, secret: str) -> None:
    """From now on the browser shows that page, until it is left or the browser ends."""
    response.set_cookie(
        COOKIE,
        secret,
        path=PATH,
        httponly=True,
        samesite="Strict",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )


def end(response: HttpResponse) -> None:
    """Nothing of the page stays in the browser: not its session, its language or the token of its forms."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Strict")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, path=PATH, samesite="Lax")
    response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")


def for_the_child(view: ChildsView[P]) -> View[P]:
    """The view is given the secret of the session; where no page is open any more, the way leads to the code."""

    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        secret = secret_of(request)
        try:
            if secret:
                return view(request, secret, *args, **kwargs)
        except NotOpen:
            pass
        return HttpResponseRedirect(PATH)

    return shown
