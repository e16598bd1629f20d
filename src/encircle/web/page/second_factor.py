"""Second factor: whether this session was opened with one, which, and how long ago. Outside a demonstration nothing of
a child opens without.

The session says so, not the account: one that was opened by password alone stays outside even when somebody else
sets up a factor for the same account.
"""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from encircle.actions.passkeys import passkey_needed_from
from encircle.actions.post import Post
from encircle.actions.sessions import PROVED, PROVED_AT, SINCE, STEP

__all__ = [
    "PASSKEY",
    "PROVED",
    "PROVED_AT",
    "is_missing",
    "is_recent",
    "lacks_passkey",
    "passkey_due",
    "prove",
]

PASSKEY = "webauthn"


def is_missing(request: HttpRequest) -> bool:
    """Whether a second factor has to be set up before anything else opens."""
    return not settings.DEMO and not request.session.get(PROVED, False)


def lacks_passkey(request: HttpRequest, post: Post, *, at: datetime) -> bool:
    """Whether the agency asks for a passkey by now, and this session was opened without one."""
    since = None if settings.DEMO else passkey_needed_from(post)
    return since is not None and at >= since and request.session.get(STEP) != PASSKEY


def passkey_due(request: HttpRequest, post: Post, *, at: datetime) -> datetime | None:
    """Until when this person still works without a passkey; None where none is asked for, or one was used."""
    since = None if settings.DEMO else passkey_needed_from(post)
    return since if since is not None and at < since and request.session.get(STEP) != PASSKEY else None


def prove(request: HttpRequest, step: str, *, at: datetime) -> None:
    """A second factor was shown in this session: at the sign-in, when it was set up, or once more. `step`: which kind."""
    request.session[PROVED] = True
    request.session[PROVED_AT] = int(at.timestamp())
    request.session[STEP] = step


def is_recent(request: HttpRequest, *, at: datetime) -> bool:
    """Whether it was shown so lately that what is sealed may open. In a demonstration nobody is asked."""
    if settings.DEMO:
        return True
    since = request.session.get(PROVED_AT, request.session.get(SINCE, 0))
    return (
        bool(request.session.get(PROVED, False)) and 0 <= int(at.timestamp()) - since < settings.AGAIN_SECONDS
    )
