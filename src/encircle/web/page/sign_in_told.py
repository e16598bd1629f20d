"""Told of one's sign-in, where one begins: wrong attempts since the last time, and what was changed elsewhere."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encircle.actions.post import Post
from encircle.actions.sessions import SINCE
from encircle.actions.told_of_sign_in import changed_lately
from encircle.actions.whose_law import law_for
from encircle.host.clock import now
from encircle.web.page import when
from encircle.web.page.session import WRONG

CHANGED_HERE = "encircle_changed_here"
"""In the session: when something was changed in it."""
PAGES = ("work", "mfa_index", "my_sessions")
TOLD_SECONDS, SAME_SECONDS = 900, 5
CHANGES: dict[str, str | Promise] = {
    "password_changed": _("Your password was changed."),
    "password_reset": _("An operator gave you a new password."),
    "second_factor_added": _("A second step was added."),
    "second_factor_removed": _("A second step was removed."),
    "second_factor_reset": _("An operator removed your second steps."),
    "recovery_codes_made": _("New recovery codes were made."),
    "key_ended": _("Your key to sealed parts was ended, as its passphrase was forgotten."),
    "identity_linked": _("A sign-in of your organisation was linked."),
    "identity_unlinked": _("A sign-in of your organisation was let go."),
}


@dataclass(frozen=True, slots=True)
class SignInTold:
    """`wrong`: how many wrong passwords and codes, 0: none; `changed`, `at`: what was changed and when."""

    wrong: int
    changed: str | Promise
    at: str


def sign_in_told(request: HttpRequest, post: Post | None) -> SignInTold | None:
    """What is to be told on this page; None on all others, and where there is nothing."""
    match = request.resolver_match
    if post is None or match is None or match.url_name not in PAGES:
        return None
    session, at = request.session, int(now().timestamp())
    wrong = session.get(WRONG, 0) if at - session.get(SINCE, 0) < TOLD_SECONDS else 0
    found = changed_lately(getattr(request, "user", None))
    if found is not None and found.at.timestamp() <= session.get(CHANGED_HERE, 0) + SAME_SECONDS:
        found = None
    if found is None:
        return SignInTold(wrong, "", "") if wrong else None
    minute = when.minute(found.at, law_for(settings.COUNTRY).zone)
    return SignInTold(wrong, CHANGES.get(found.what, ""), minute)


def done_here(request: HttpRequest) -> None:
    """A change was made in this session: it is not told of in it."""
    request.session[CHANGED_HERE] = int(now().timestamp())
