"""Second factor: whether this session was opened with one. Outside a demonstration nothing of a child opens without.

The session says so, not the account: one that was opened by password alone stays outside even when somebody else
sets up a factor for the same account.
"""

from django.conf import settings
from django.http import HttpRequest

PROVED = "encircle_second_factor"


def is_missing(request: HttpRequest) -> bool:
    """Whether a second factor has to be set up before anything else opens."""
    return not settings.DEMO and not request.session.get(PROVED, False)


def prove(request: HttpRequest) -> None:
    """A second factor was shown in this session: at the sign-in, or when it was set up."""
    request.session[PROVED] = True
