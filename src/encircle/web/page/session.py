"""Session: ends after some time without use, and after a working day whatever is done. Knows nobody."""

from datetime import datetime

from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

SINCE, SEEN = "encircle_since", "encircle_seen"
SEEN_ANEW_SECONDS = 60
"""The last use is written down no oftener than this, so that a look does not always write."""


def begin(session: SessionBase, *, at: datetime) -> None:
    """Count from now."""
    session[SINCE] = session[SEEN] = int(at.timestamp())


def end_if_over(request: HttpRequest, *, at: datetime) -> None:
    """Sign out a session that was not used for too long, or that is too old; else note that it is used."""
    session, now = request.session, int(at.timestamp())
    if SINCE not in session:
        begin(session, at=at)
    elif now - session[SINCE] >= settings.SESSION_COOKIE_AGE or now - session[SEEN] >= settings.IDLE_SECONDS:
        auth.logout(request)
    elif now - session[SEEN] >= SEEN_ANEW_SECONDS:
        session[SEEN] = now
