"""Passwords: neither too long to be looked at whole, nor made of words that anybody guesses who knows this place.

No kind of sign is asked for, and none ends by itself: both lead to worse passwords.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _

from encircle.vocabulary.role import Role

LONGEST = 500
"""As many signs are looked at when somebody signs in."""
LEAST_OF_ONES_OWN = 8
"""So many letters or digits stay when the words of this place are taken out."""
WORDS_OF_THIS_PLACE = frozenset(
    {"encircle", "password", "welcome", "child", "children", "protect", "safe", "guardian"}
)
_WORD = re.compile(r"[^\W_]+")


COMMON = Path(__file__).with_name("common_passwords.txt.gz")
"""The 10,000 most used ones of twelve signs or more among the first million of "10-million-password-list", of SecLists by
Daniel Miessler (github.com/danielmiessler/SecLists, MIT licence); in small letters, by the alphabet. Django's own list has
few of that length."""


class NotCommon(CommonPasswordValidator):
    """None of those that were used most often in published breaches: of Django's list and of the longer ones."""

    def __init__(self) -> None:
        super().__init__()
        self.passwords |= CommonPasswordValidator(password_list_path=COMMON).passwords

    def get_help_text(self) -> str:
        """What is asked for."""
        return hint()


class NotTooLong:
    """No more than is looked at: what is cut off would protect nobody."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Refuses (ValidationError): a longer one."""
        MaxLengthValidator(LONGEST)(password)

    def get_help_text(self) -> str:
        """What is asked for."""
        return hint()


class NotOfThisPlace:
    """Something of one's own beside the words of this place: its name, roles, the login."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Refuses (ValidationError): one of which little is left without those words."""
        left = password.casefold()
        for word in sorted(words_of_this_place(user), key=len, reverse=True):
            left = left.replace(word, " ")
        if sum(len(word) for word in _WORD.findall(left)) < LEAST_OF_ONES_OWN:
            raise ValidationError(hint(), code="password_of_this_place")

    def get_help_text(self) -> str:
        """What is asked for."""
        return hint()


def hint() -> str:
    """What makes a good one."""
    return _("At least 12 characters. A few words that belong to no saying are good.")


def words_of_this_place(user: AbstractBaseUser | None = None) -> frozenset[str]:
    """The words that count for nothing: of the program, of the roles, of this login."""
    return frozenset({*WORDS_OF_THIS_PLACE, *_of_roles(), *_of_login(user)})


def _of_roles() -> Iterator[str]:
    for role in Role:
        yield from (word for word in role.value.split("_") if len(word) > 2)


def _of_login(user: AbstractBaseUser | None) -> Iterator[str]:
    login = "" if user is None else user.get_username().casefold()
    yield from (word for word in _WORD.findall(login) if len(word) > 2)
