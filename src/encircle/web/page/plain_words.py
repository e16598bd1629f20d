"""Plain words: what a rule says to a professional, and how to say it to a child of each age. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from encircle.law.law import Law
from encircle.law.saying import Band, Saying
from encircle.law.texts import ENGLISH
from encircle.web.page.wording import Told, told


@dataclass(frozen=True, slots=True)
class ForAge:
    """The words for a child: of which age, and what is said."""

    age: str
    says: Told


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The words for a child in another language, for one who talks with a child that speaks it. `name` in itself."""

    code: str
    name: str
    direction: str
    child: tuple[ForAge, ...]


@dataclass(frozen=True, slots=True)
class PlainWords:
    """A rule in plain words, in the language of the page, else in English and marked so."""

    professional: Told
    child: tuple[ForAge, ...]
    others: tuple[Elsewhere, ...]


def plain_words(law: Law, code: str) -> PlainWords | None:
    """What the packs say of that rule in plain words; None where they say nothing."""
    saying = law.saying(code)
    if saying is None:
        return None
    language = get_language() or ENGLISH
    return PlainWords(
        professional=told(saying.professional, language),
        child=tuple(
            ForAge(_("{ages} years").format(ages=_ages(band)), told(texts, language))
            for band, texts in saying.child.items()
        ),
        others=tuple(_others(saying, language)),
    )


def _others(saying: Saying, language: str) -> Iterator[Elsewhere]:
    """The languages other than that of the page in which a child of every age is spoken to."""
    shared = set.intersection(*(set(texts.languages) for texts in saying.child.values()))
    shown = language if language in shared else ENGLISH
    for code in sorted(shared - {shown}):
        info = get_language_info(code)
        yield Elsewhere(
            code,
            str(info["name_local"]),
            "rtl" if info["bidi"] else "ltr",
            tuple(ForAge(_ages(band), told(texts, code)) for band, texts in saying.child.items()),
        )


def _ages(band: Band) -> str:
    return band.value.replace("-", "\u2013")
