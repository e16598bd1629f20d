"""Taking: from a field as it was written to a value of its type, or a problem with its line. Knows no law.

A value that can't be taken gives a harmless stand-in and a problem; a pack with a problem is never used.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from encircle.law.pack.layer import names_in
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.tree import Fields, Items, Leaf, Tree
from encircle.law.texts import ENGLISH, Texts

_Word = TypeVar("_Word", bound=StrEnum)
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_COUNTRY = re.compile(r"[A-Z]{2,8}|all")
_WHOLE = re.compile(r"[0-9]{1,6}")
_TRUTH = {"true": True, "false": False}
_NO_DATE = date(1, 1, 1)


class Take:
    """Takes values out of fields; notes what is wrong."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def word(self, body: Fields, name: str) -> str:
        """A text that must be there; numbers count as they are written (12, 12.10)."""
        value = self.maybe_word(body, name)
        if value is None or not value.strip():
            if name not in body.fields:
                self._problems.add(body.origin, f"{name!r} is missing. Add it.")
            elif isinstance(body.fields[name], Leaf):
                self._problems.add(body.place(name), f"{name!r} is empty. Expected a text.")
            return ""
        return value

    def maybe_word(self, body: Fields, name: str) -> str | None:
        """A text, or None where there is none."""
        value = body.fields.get(name)
        if value is None:
            return None
        if not isinstance(value, Leaf):
            self._problems.add(value.origin, f"{name!r} should be a single text.")
            return None
        return value.text

    def choice(self, body: Fields, name: str, of: type[_Word], default: _Word | None = None) -> _Word:
        """One word of a closed list; the default where it is left out."""
        stand_in = next(iter(of)) if default is None else default
        if default is None and not self.word(body, name):
            return stand_in
        return self.maybe_choice(body, name, of) or stand_in

    def maybe_choice(self, body: Fields, name: str, of: type[_Word]) -> _Word | None:
        """One word of a closed list, or None where it is left out or null."""
        said = self.maybe_word(body, name)
        if said is None:
            return None
        known = [one.value for one in of]
        if said in known:
            return of(said)
        advice = meant(said, known) if len(known) > 8 else f"Expected one of {', '.join(known)}."
        self._problems.add(body.place(name), f"{name} {said!r} is not known. {advice}")
        return None

    def choices(self, body: Fields, name: str, of: type[_Word]) -> frozenset[_Word]:
        """Words of a closed list; none where the list is left out."""
        value, known = body.fields.get(name), [one.value for one in of]
        if value is not None and not isinstance(value, Items):
            self._problems.add(value.origin, f"{name!r}: expected a list, such as [{', '.join(known[:2])}].")
        found = () if value is None else names_in(value)
        for word, origin in found:
            if word not in known:
                self._problems.add(origin, f"{name} {word!r} is not known. {meant(word, known)}")
        return frozenset(of(word) for word, _ in found if word in known)

    def truth(self, body: Fields, name: str) -> bool:
        """true or false; false where it is left out."""
        said = self.maybe_word(body, name)
        if said is None:
            return False
        if said not in _TRUTH:
            self._problems.add(body.place(name), f"{name} {said!r}: expected true or false.")
        return _TRUTH.get(said, False)

    def whole(self, body: Fields, name: str) -> int:
        """A whole number from 1."""
        said = self.word(body, name)
        if said and (_WHOLE.fullmatch(said) is None or int(said) < 1):
            self._problems.add(body.place(name), f"{name} {said!r}: expected a whole number from 1.")
            return 1
        return int(said) if said else 1

    def maybe_day(self, body: Fields, name: str) -> date | None:
        """A date such as 2026-11-23, or None where there is none."""
        said = self.maybe_word(body, name)
        if said is None:
            return None
        try:
            return datetime.strptime(said, "%Y-%m-%d").replace(tzinfo=UTC).date()
        except ValueError:
            self._problems.add(body.place(name), f"{name} {said!r}: expected a date such as 2026-11-23.")
            return None

    def day(self, body: Fields, name: str) -> date:
        """A date that must be there."""
        if self.maybe_word(body, name) is None:
            self._problems.add(body.place(name), f"{name!r} is missing. Expected a date such as 2026-11-23.")
            return _NO_DATE
        return self.maybe_day(body, name) or _NO_DATE

    def countries(self, body: Fields, name: str) -> frozenset[str]:
        """Country codes, codes of groups, or "all"; none where it is left out."""
        value = body.fields.get(name)
        if value is None or value == Leaf(None, value.origin):
            return frozenset()
        found = names_in(value)
        if not isinstance(value, Items) or len(found) != len(value.items):
            self._problems.add(value.origin, f"{name!r}: expected a list of countries, such as [DK, IE].")
        for code, origin in found:
            if _COUNTRY.fullmatch(code) is None:
                self._problems.add(
                    origin, f"{name}: {code!r} is no country. Expected a code such as DK, a group, or all."
                )
        return frozenset(code for code, _ in found)

    def texts(self, body: Fields, name: str) -> Texts:
        """A text by language, English among them."""
        value = body.fields.get(name)
        if value is None:
            self._problems.add(body.origin, f"{name!r} is missing. Add it.")
            return Texts.english("")
        return self.texts_of(value, name)

    def maybe_texts(self, body: Fields, name: str) -> Texts | None:
        """A text by language, or None where there is none."""
        value = body.fields.get(name)
        if value is None or (isinstance(value, Leaf) and value.text is None):
            return None
        return self.texts_of(value, name)

    def texts_of(self, value: Tree, name: str) -> Texts:
        """That value as a text by language."""
        if not isinstance(value, Fields):
            self._problems.add(value.origin, f'{name!r}: expected a text by language, such as {{en: "..."}}.')
            return Texts.english("")
        found: dict[str, str] = {}
        for language in value.fields:
            said = self.maybe_word(value, language)
            if _LANGUAGE.fullmatch(language) is None:
                self._problems.add(
                    value.place(language), f"{name}: {language!r} is no language. Expected en, et, ru ..."
                )
            if said is None or not said.strip():
                self._problems.add(value.place(language), f"{name}: the text in {language!r} is empty.")
            else:
                found[language] = " ".join(said.split())
        if ENGLISH not in value.fields:
            self._problems.add(value.origin, f"{name!r} has no English text (en). Add it.")
        return Texts.of({ENGLISH: "", **found})

    def each(self, body: Fields, name: str) -> tuple[Fields, ...]:
        """The entries of a list of entries; none where it is left out."""
        return tuple(self._entries(body, name))

    def _entries(self, body: Fields, name: str) -> Iterable[Fields]:
        value = body.fields.get(name)
        if value is None:
            return
        if not isinstance(value, Items):
            self._problems.add(value.origin, f"{name!r}: expected a list, each item on a line with '- '.")
            return
        for item in value.items:
            if isinstance(item, Fields):
                yield item
            else:
                self._problems.add(item.origin, f"{name!r}: expected named fields in each item.")

    def only(self, body: Fields, known: Iterable[str]) -> None:
        """Note every field that is not among the known."""
        names = tuple(known)
        for name in body.fields:
            if name not in names:
                self._problems.add(body.place(name), f"unknown field {name!r}. {meant(name, names)}")
