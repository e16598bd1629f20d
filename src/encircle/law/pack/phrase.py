"""Phrases: the texts of a law in the languages of a country, kept beside the rules and found by their English.

A country says a title, a proof or a reason of the packs below in its own language without stating the rule anew.
English that was changed is no longer found: the old phrase is named as unused, and what it said as not translated.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from encircle.law.origin import Origin
from encircle.law.pack.merge import Laid, Merged
from encircle.law.pack.problem import Problems
from encircle.law.pack.read import read_file
from encircle.law.pack.take import Take
from encircle.law.pack.tree import Fields, Items, Leaf, Tree
from encircle.law.texts import ENGLISH

FOLDER = "phrases"
_PLAIN = "words"
"""The one text that may be written without its language."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One English text in other languages."""

    pack: str
    english: str
    said: Fields


def phrases_of(folder: Path, pack: str, problems: Problems) -> tuple[Phrase, ...]:
    """The phrases of one pack; notes what is wrong with their files."""
    found: dict[str, Phrase] = {}
    for file in sorted((folder / pack / FOLDER).glob("*")):
        name = f"{folder.name}/{pack}/{FOLDER}/{file.name}"
        if file.suffix != ".yaml":
            problems.add(Origin(name, 1), "not a .yaml file. Expected files that end in .yaml here.")
            continue
        tree = read_file(file, name=name, problems=problems)
        for english, said in _entries(tree, problems):
            if english in found:
                first = found[english].said.origin
                problems.add(
                    said.origin, f"{english!r} stands twice in this pack; first in {first}. Keep one."
                )
            else:
                found[english] = Phrase(pack, english, said)
    return tuple(found.values())


def _entries(tree: Tree | None, problems: Problems) -> Iterable[tuple[str, Fields]]:
    """Each English text of a file, with what it is in other languages."""
    if tree is None:
        return
    if not isinstance(tree, Fields):
        problems.add(tree.origin, 'expected English texts, each with others: "English": {et: "..."}.')
        return
    take = Take(problems)
    for english, said in tree.fields.items():
        if not isinstance(said, Fields) or not said.fields or ENGLISH in said.fields:
            problems.add(said.origin, f'{english!r}: expected other languages, such as {{et: "..."}}.')
            continue
        take.texts_of(_with_english(said, Leaf(english, tree.place(english))), english)
        yield english, said


def _with_english(said: Fields, english: Leaf) -> Fields:
    return Fields(
        {**said.fields, ENGLISH: english}, {**said.at, ENGLISH: english.origin}, said.origin, said.over
    )


@dataclass(slots=True)
class Phrasebook:
    """The phrases of all packs of a law, those of upper packs first. Remembers which were needed."""

    phrases: Mapping[str, tuple[Phrase, ...]]
    needed: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, phrases: Iterable[Phrase], *, elsewhere: Iterable[str] = ()) -> "Phrasebook":
        """The phrases of packs, the lowest pack first. `elsewhere`: English that is needed beside the law, at the door."""
        found: dict[str, tuple[Phrase, ...]] = {}
        for phrase in phrases:
            found[phrase.english] = (phrase, *found.get(phrase.english, ()))
        return cls(found, {english for english in elsewhere if english in found})

    def translated(self, merged: Merged) -> Merged:
        """All entries with the texts that they lack in some language. What an entry says itself stays."""
        return {
            word: {code: self._laid(laid) for code, laid in entries.items()}
            for word, entries in merged.items()
        }

    def said(self, body: Fields) -> Fields:
        """That part of a file with the texts that it lacks in some language. What it says itself stays."""
        return self._fields(body)

    def idle(self) -> tuple[Phrase, ...]:
        """The phrases whose English no text of this law has."""
        return tuple(
            phrase
            for english, phrases in self.phrases.items()
            if english not in self.needed
            for phrase in phrases
        )

    def _laid(self, laid: Laid) -> Laid:
        aside = laid.aside
        return replace(
            laid,
            body=self._fields(laid.body),
            changes=tuple(
                replace(one, because=None if one.because is None else self._tree(one.because))
                for one in laid.changes
            ),
            aside=None if aside is None else replace(aside, body=self._fields(aside.body)),
        )

    def _tree(self, tree: Tree) -> Tree:
        if isinstance(tree, Fields):
            return self._fields(tree)
        if isinstance(tree, Items):
            return Items(tuple(self._tree(item) for item in tree.items), tree.origin)
        return tree

    def _fields(self, fields: Fields) -> Fields:
        english = fields.text(ENGLISH)
        if english is not None:
            return self._text(fields, " ".join(english.split()))
        values = {name: self._tree(value) for name, value in fields.fields.items()}
        plain = values.get(_PLAIN)
        if isinstance(plain, Leaf) and plain.text is not None:
            values[_PLAIN] = self._fields(
                Fields({ENGLISH: plain}, {ENGLISH: plain.origin}, fields.place(_PLAIN))
            )
        return Fields(values, fields.at, fields.origin, fields.over)

    def _text(self, text: Fields, english: str) -> Fields:
        values, at = dict(text.fields), dict(text.at)
        for phrase in self.phrases.get(english, ()):
            self.needed.add(english)
            for language, said in phrase.said.fields.items():
                if language not in values:
                    values[language], at[language] = said, phrase.said.place(language)
        return Fields(values, at, text.origin, text.over)


def english_in(tree: Tree) -> Iterator[str]:
    """Every English text of that part of a file, as a phrase names it."""
    if isinstance(tree, Items):
        for item in tree.items:
            yield from english_in(item)
    elif isinstance(tree, Fields):
        english = tree.text(ENGLISH)
        if english is not None:
            yield " ".join(english.split())
        for value in tree.fields.values():
            yield from english_in(value)
