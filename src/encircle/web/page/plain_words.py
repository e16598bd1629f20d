"""Plain words: what a rule says to a professional, and how to say it to a child of each age. Decides nothing."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from encircle.law.law import Law
from encircle.law.texts import ENGLISH
from encircle.web.page.wording import Told, told


@dataclass(frozen=True, slots=True)
class ForAge:
    """The words for a child: of which age, and what is said."""

    age: str
    says: Told


@dataclass(frozen=True, slots=True)
class PlainWords:
    """A rule in plain words, in the language of the page, else in English and marked so."""

    professional: Told
    child: tuple[ForAge, ...]


def plain_words(law: Law, code: str) -> PlainWords | None:
    """What the packs say of that rule in plain words; None where they say nothing."""
    saying = law.saying(code)
    if saying is None:
        return None
    language = get_language() or ENGLISH
    return PlainWords(
        professional=told(saying.professional, language),
        child=tuple(
            ForAge(_("{ages} years").format(ages=band.value.replace("-", "\u2013")), told(texts, language))
            for band, texts in saying.child.items()
        ),
    )
