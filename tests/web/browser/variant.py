"""The ways in which one page is looked at: with a script and without, wide and narrow, in another language, dark, printed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest
from _pytest.mark import ParameterSet


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to look."""

    name: str
    javascript: bool = True
    width: int = 1280
    height: int = 900
    language: str = "en"
    dark: bool = False
    printed: bool = False

    @property
    def direction(self) -> str:
        """How its language is written."""
        return "rtl" if self.language in ("ar", "fa") else "ltr"


PLAIN = Variant("plain")
NO_SCRIPT = Variant("no-script", javascript=False)
PHONE = Variant("phone", width=390, height=844)
ARABIC = Variant("arabic", language="ar")
DARK = Variant("dark", dark=True)
PRINTED = Variant("print", printed=True)
ARABIC_PHONE = replace(PHONE, name="arabic-phone", language="ar", javascript=False, dark=True)

ALL = (PLAIN, NO_SCRIPT, PHONE, ARABIC, DARK, PRINTED, ARABIC_PHONE)
EITHER = (PLAIN, NO_SCRIPT)
"""A walk is walked with a script and without."""
DARK_PHONE = replace(PHONE, name="dark-phone", dark=True)
WALKED = (*EITHER, DARK_PHONE, ARABIC, ARABIC_PHONE)
"""A walk that is also walked on a telephone, in the dark and in Arabic."""


def rest_in_full(every: Iterable[Variant], *at_once: Variant) -> list[ParameterSet]:
    """Ways of which these are looked at with all tests, the rest with those that take minutes."""
    return [pytest.param(one, id=one.name, marks=() if one in at_once else pytest.mark.full) for one in every]
