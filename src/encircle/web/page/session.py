"""Session: ends after some time without use, and after a working day whatever is done. Knows nobody."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from encircle.actions.sessions import DEVICE, SEEN, SINCE
from encircle.actions.told_of_sign_in import wrong_since_last
from encircle.web.page.device import device_of

WRONG = "encircle_wrong_attempts"
"""How many wrong passwords and codes there were before it."""
BY_ITSELF = "Encircle-By-Itself"
"""The header of a page that looks by itself whether something is new: that is no use, and keeps no visit open."""
SEEN_ANEW_SECONDS = 60
"""The last use is written down no oftener than this, so that a look does not always write."""


def begin(session: SessionBase, *, at: datetime) -> None:
    """Count from now."""
    session[SINCE] = session[SEEN] = int(at.timestamp())


def end_if_over(request: HttpRequest, *, at: datetime) -> None:
    """Sign out a session that was not used for too long, or that is too old; else note that it is used.

    One that says it was used in the future is over too: the clock was set back, and nobody can tell how old it is.
    """
    session, now = request.session, int(at.timestamp())
    if SINCE not in session:
        begin(session, at=at)
        session[DEVICE] = device_of(request)
        session[WRONG] = wrong_since_last(UUID(str(request.user.pk)))
    elif _is_over(age=now - session[SINCE], unused=now - session[SEEN]):
        auth.logout(request)
    elif now - session[SEEN] >= SEEN_ANEW_SECONDS and BY_ITSELF not in request.headers:
        session[SEEN] = now


def _is_over(*, age: int, unused: int) -> bool:
    is_from_the_future = min(age, unused) < -SEEN_ANEW_SECONDS
    return age >= settings.SESSION_COOKIE_AGE or unused >= settings.IDLE_SECONDS or is_from_the_future
