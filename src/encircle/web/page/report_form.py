"""What the door asks, as data: pictures to choose, and one free account. A test forbids questions that lead.

Never who did something, what was done, to which part of a body, how often or when: the account is free, and it is asked
for once.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Picture:
    """A choice with a picture. `code`: how it is kept; `icon`: one of the sprite, as an old phone may have no emoji."""

    code: str
    icon: str
    words: Words


WHO = (
    Picture("me", "user", _("For me")),
    Picture("other_child", "users", _("For another child")),
)
PICTURES = (
    Picture("talk", "message-circle", _("I want to talk to somebody")),
    Picture("afraid", "face-afraid", _("I am afraid")),
    Picture("place", "house", _("I need a safe place")),
    Picture("food", "bowl", _("I need food or clothes")),
    Picture("doctor", "plus", _("I need a doctor")),
    Picture("work", "broom", _("I have to work")),
    Picture("go", "lock", _("I may not go where I want")),
    Picture("papers", "file-text", _("Somebody has my papers")),
    Picture("other", "circle-help", _("Something else")),
)
ACCOUNT = _("Do you want to tell us more? Write it in your own words.")
ACCOUNT_HINT = _("Any language. Mistakes do not matter. You can leave it empty.")
FREE = (ACCOUNT, ACCOUNT_HINT)
"""All that is asked about what happened."""
