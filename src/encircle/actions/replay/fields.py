"""Fields of a replay file: text, words, times and choices, each refused in plain words with file and line."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from encircle.law.origin import Origin
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.tree import Fields, Items, Leaf
from encircle.vocabulary.moment import Span, instant_end, parse_span

LONGEST_WORDS = 20_000
LONGEST_WORD = 100
_ALLOWED_CONTROLS = "\n\t"


def unclean(text: str) -> str | None:
    """Why a text can't be kept: control characters or half characters; None if it can."""
    if any(0xD800 <= ord(char) <= 0xDFFF for char in text):
        return "it holds half of a character (a lone surrogate). Write the character itself."
    if any((ord(char) < 32 and char not in _ALLOWED_CONTROLS) or 127 <= ord(char) < 160 for char in text):
        return "it holds a control character. Remove it."
    return None


class Reader:
    """Reads the fields of one part, noting every problem under its line."""

    def __init__(self, tree: Fields, problems: Problems) -> None:
        self.tree = tree
        self.problems = problems

    def only(self, names: Iterable[str]) -> None:
        """Note every field that has no such name."""
        known = tuple(names)
        for name in self.tree.fields:
            if name not in known:
                self.wrong(name, f"no such field here. {meant(name, known)}")

    def wrong(self, name: str, what: str) -> None:
        """Note a problem with that field."""
        self.problems.add(self.place(name), f"{name}: {what}")

    def place(self, name: str) -> Origin:
        """The line of that field."""
        return self.tree.place(name)

    def words(self, name: str, *, required: bool = False, longest: int = LONGEST_WORDS) -> str:
        """Free text; empty where it is not there."""
        part = self.tree.fields.get(name)
        if part is None or (isinstance(part, Leaf) and not (part.text or "").strip()):
            if required:
                self.wrong(name, "missing. Expected a text.")
            return ""
        if not isinstance(part, Leaf) or part.text is None:
            self.wrong(name, "expected one text, not a list or several fields.")
            return ""
        why = unclean(part.text)
        if why is not None:
            self.wrong(name, why)
            return ""
        if len(part.text) > longest:
            self.wrong(name, f"{len(part.text)} characters. Expected at most {longest}.")
            return ""
        return part.text

    def word(self, name: str, *, required: bool = False) -> str:
        """A short name or code; empty where it is not there."""
        text = self.words(name, required=required, longest=LONGEST_WORD)
        if "\n" in text or text != text.strip():
            self.wrong(name, "expected one short word or code.")
            return ""
        return text

    def choice(self, name: str, choices: Iterable[str], *, required: bool = False) -> str | None:
        """One of a closed list."""
        word = self.word(name, required=required)
        known = tuple(choices)
        if word and word not in known:
            self.wrong(name, f"got {word!r}. {meant(word, known)}")
            return None
        return word or None

    def several(self, name: str, choices: Iterable[str] | None = None) -> tuple[str, ...]:
        """One word or a list of words, each of a closed list where there is one; empty where it is not there."""
        part = self.tree.fields.get(name)
        leaves = part.items if isinstance(part, Items) else () if part is None else (part,)
        found = []
        for leaf in leaves:
            if (
                not isinstance(leaf, Leaf)
                or leaf.text is None
                or unclean(leaf.text)
                or len(leaf.text) > LONGEST_WORD
            ):
                self.wrong(name, "expected a word, or a list of words.")
                return ()
            found.append(leaf.text)
        for word in found:
            if choices is not None and word not in (known := tuple(choices)):
                self.wrong(name, f"got {word!r}. {meant(word, known)}")
        return tuple(found)

    def span(self, name: str, zone: str, *, required: bool = False) -> Span | None:
        """A date, time or interval."""
        text = self.word(name, required=required)
        if not text:
            return None
        try:
            return parse_span(text, zone)
        except ValueError as wrong:
            self.wrong(name, str(wrong))
            return None

    def until(self, name: str, zone: str, *, required: bool = False) -> datetime | None:
        """An instant; a date means the end of that day."""
        text = self.word(name, required=required)
        if not text:
            return None
        try:
            return instant_end(text, zone)
        except ValueError as wrong:
            self.wrong(name, str(wrong))
            return None

    def named(self, name: str) -> Iterator[tuple[str, Fields]]:
        """Named parts, such as the agencies by their short names."""
        part = self.tree.fields.get(name)
        if part is None or (isinstance(part, Leaf) and part.text is None):
            return
        if not isinstance(part, Fields):
            self.wrong(name, "expected named entries, such as police: {name: ..., role: police}.")
            return
        for key, inner in part.fields.items():
            if isinstance(inner, Fields) and unclean(key) is None and 0 < len(key) <= LONGEST_WORD:
                yield key, inner
            else:
                what = f"{name}, {key[:40]!r}: expected a short name, and named fields in braces or below."
                self.problems.add(part.place(key), what)
