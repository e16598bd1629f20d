"""Second factor: whether this session was opened with one, which, and how long ago. Outside a demonstration nothing of
a child opens without.

The session says so, not the account: one that was opened by password alone stays outside even when somebody else
sets up a factor for the same account.
"""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from encircle.actions.sessions import SINCE, STEP

PROVED, PROVED_AT = "encircle_second_factor", "encircle_second_factor_at"


def is_missing(request: HttpRequest) -> bool:
    """Whether a second factor has to be set up before anything else opens."""
    return not settings.DEMO and not request.session.get(PROVED, False)


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
