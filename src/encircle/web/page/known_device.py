"""Known device: a browser in which somebody has signed in before is counted apart, so that nobody locks them out.

Wrong passwords slow the login down for everybody else; a cookie that was given after a whole sign-in is counted by
itself. It opens nothing, is bound to the account and its password, and ends with all sessions (OWASP, device cookies).
"""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "encircle-device"
AGE_SECONDS = 90 * 24 * 60 * 60
_SALT = "encircle.known-device"
_SIGNS_OF_HASH = 16


def known_device(request: HttpRequest, login: str) -> str:
    """By what this browser is counted, where somebody has signed in with that login before; nothing for all others."""
    try:
        account, device, bound = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=AGE_SECONDS
        )
    except (signing.BadSignature, ValueError):
        return ""
    found = get_user_model().objects.filter(login=login, pk=account).first()
    return str(device) if found is not None and _bound(found) == bound else ""


def remember(response: HttpResponse, account: AbstractBaseUser) -> None:
    """Know this browser from now on: both steps of the sign-in were right."""
    told = [str(account.pk), secrets.token_urlsafe(), _bound(account)]
    response.set_cookie(
        COOKIE,
        signing.dumps(told, salt=_SALT),
        max_age=AGE_SECONDS,
        path=settings.LOGIN_URL,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _bound(account: AbstractBaseUser) -> str:
    """Another one after a new password, and after all sessions were ended."""
    return account.get_session_auth_hash()[:_SIGNS_OF_HASH]
