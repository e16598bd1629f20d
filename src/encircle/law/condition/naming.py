"""What the things in a condition are called, in the language of its `Words`. Knows no statement about them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final, TypeAlias

from encircle.law.condition.checking import Kinds
from encircle.law.condition.schema import Record
from encircle.law.condition.syntax import Attribute, Name, Node
from encircle.law.condition.words import Noun, Words, chosen, filled
from encircle.vocabulary.moment import Span

_MARKS: Final = (("_at", "at"), ("_known", "learnt"), ("_by", "by"))
"""Endings of the attributes that say when and by whom, each with its form."""

Names: TypeAlias = Mapping[str, Noun]
"""What each variable is called."""


class Naming:
    """Names the things of one condition. `lacking`: what the language has had no words for."""

    def __init__(self, kinds: Kinds, words: Words) -> None:
        self._kinds = kinds
        self._words = words
        self.lacking: set[str] = set()

    def subject(self, node: Node, names: Names) -> Noun:
        """What a name stands for: the child, the item of the rule, an element of a list."""
        if isinstance(node, Name) and node.name in names:
            return names[node.name]
        kind = self._kinds.of(node)
        if isinstance(node, Name) and isinstance(kind, Record):
            noun = self.called(kind)
            if node.name == "child":
                return noun
            the = self._words.form("this", noun=noun.noun, the=noun.the, of=noun.of)
            return Noun(noun.noun, the, self._words.form("this_of", noun=noun.noun, the=noun.the, of=noun.of))
        said = self.noun(node, names) if isinstance(node, Attribute) else self.unsaid(node)
        return Noun(said, said, self._words.form("possessive", a=said))

    def called(self, record: Record) -> Noun:
        """What a thing of that kind is called."""
        if record.name in self._words.kinds:
            return self._words.kinds[record.name]
        self.lacking.add(record.name)
        said = self._words.form("word", a=record.name.replace("_", " "))
        return Noun(said, said, self._words.form("possessive", a=said))

    def noun(self, node: Attribute, names: Names) -> str:
        """The attribute as a thing: its own phrase, or that of the statement whose time or source it is."""
        phrase, subject = self.phrase(node), self.subject(node.of, names)
        if phrase is not None:
            return filled(phrase, it=subject.the, its=subject.of)
        for ending, form in _MARKS:
            mark = self.phrase(node, node.name.removesuffix(ending)) if node.name.endswith(ending) else None
            if mark is not None:
                said = filled(chosen(mark, yes=True), it=subject.the, its=subject.of)
                return self._words.form(form, a=said)
        return f"{subject.of} {self.unsaid(node)}"

    def phrase(self, node: Attribute, name: str = "") -> str | None:
        """The phrase of that attribute, or of another of the same thing."""
        record = self._kinds.of(node.of)
        kind = record.name if isinstance(record, Record) else ""
        return self._words.phrase(kind, name or node.name)

    def unsaid(self, node: Node) -> str:
        """A name for which there are no words, in quotation marks."""
        name = node.name if isinstance(node, Name | Attribute) else type(node).__name__
        self.lacking.add(name)
        return self._words.form("word", a=name.replace("_", " "))

    def literal(self, held: bool | int | str | timedelta | Span) -> str:
        """A value that is written out."""
        match held:
            case bool():
                return self._words.form("yes" if held else "not")
            case int():
                return str(held)
            case str():
                return self._code(held)
            case timedelta():
                return self._length(held // timedelta(minutes=1))
            case _:
                return f"{held.earliest:%Y-%m-%d %H:%M} UTC"

    def _code(self, code: str) -> str:
        if code in self._words.codes:
            return self._words.codes[code]
        if len(code) == 2 and code.isupper():
            return code  # a country is shown by its letters
        self.lacking.add(code)
        return self._words.form("word", a=code.replace("_", " "))

    def _length(self, minutes: int) -> str:
        for form, size in (("days", 1440), ("hours", 60)):
            if minutes and minutes % size == 0:
                return self._words.form(form, n=str(minutes // size))
        return self._words.form("minutes", n=str(minutes))
