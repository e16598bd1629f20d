"""The nonce of an answer: the word that lets this answer's own scripts run. Made when a page asks for it, else never."""

import secrets

from django.http import HttpRequest

_NONCE = "encircle_nonce"


def nonce_of(request: HttpRequest) -> str:
    """The word, the same through one answer."""
    made = given_nonce(request)
    if not made:
        made = secrets.token_urlsafe(16)
        setattr(request, _NONCE, made)
    return made


def given_nonce(request: HttpRequest) -> str:
    """The word, if the page asked for it; an answer without scripts has none, and no script may run in it."""
    return str(getattr(request, _NONCE, ""))
