"""The words of a condition: names, numbers, strings and signs, each with its place. Knows no grammar."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from encircle.law.condition.fault import ConditionError, Place
from encircle.law.condition.schema import NAME

LONGEST: Final = 4000
LARGEST: Final = 2**63 - 1


class Sort(Enum):
    """What a token is."""

    NAME = "a name"
    NUMBER = "a number"
    STRING = "a string"
    SIGN = "a sign"
    END = "the end"


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the text. For a string the text is what stands between the quotes, escapes resolved."""

    sort: Sort
    text: str
    at: Place

    def shown(self) -> str:
        """How to speak of it in a message."""
        if self.sort is Sort.END:
            return "the end of the condition"
        return f"the string '{self.text}'" if self.sort is Sort.STRING else f"'{self.text}'"


_SHAPES: Final = (
    (Sort.NAME, re.compile(r"[A-Za-z_][A-Za-z0-9_]*")),
    (Sort.NUMBER, re.compile(r"[0-9][0-9A-Za-z_]*(?:\.[0-9]+)?")),
    (Sort.STRING, re.compile(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")),
    (Sort.SIGN, re.compile(r"&&|\|\||==|!=|<=|>=|[<>!?:.,()\[\]+-]")),
)
_ESCAPE: Final = re.compile(r"\\(.)")
# What is invisible, unassigned or turns the reading direction round.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MENDS: Final = {
    "&": "Write '&&' for 'and'.",
    "|": "Write '||' for 'or'.",
    "=": "Write '==' to compare.",
    "*": "Only + and - are understood.",
    "/": "Only + and - are understood.",
    "%": "Only + and - are understood.",
    "'": "The quote is never closed.",
    '"': "The quote is never closed.",
}


def tokens(text: str) -> Iterator[Token]:
    """The tokens of the text, the last one being the end.

    Refuses: more than 4,000 characters, characters that cannot be seen, and what is no word (ConditionError).
    """
    if len(text) > LONGEST:
        sentence = f"The condition has {len(text):,} characters; at most {LONGEST:,} are allowed."
        raise ConditionError(sentence, place=Place(1, 1))
    line, start, position = 1, 0, 0
    while position < len(text):
        at = Place(line, position - start + 1)
        if text[position] == "\n":
            line, start, position = line + 1, position + 1, position + 1
        elif text[position] == " ":
            position += 1
        else:
            token, position = _token(text, position, at)
            yield token
    yield Token(Sort.END, "", Place(line, position - start + 1))


def _token(text: str, position: int, at: Place) -> tuple[Token, int]:
    for sort, shape in _SHAPES:
        match = shape.match(text, position)
        if match is not None:
            return Token(sort, _checked(sort, match[0], at), at), match.end()
    _refuse_unseen(text[position], at)
    mend = _MENDS.get(
        text[position], "Conditions are made of names, numbers, 'strings' and && || ! == < > in."
    )
    raise ConditionError(f"{text[position]!r} has no meaning here. {mend}", place=at)


def _checked(sort: Sort, text: str, at: Place) -> str:
    if sort is Sort.NAME and not (NAME.fullmatch(text) or text in ("true", "false")):
        sentence = f"'{text}' cannot be a name: names begin with a small letter and have single underscores."
        raise ConditionError(sentence, place=at)
    if sort is Sort.NUMBER and (not text.isdecimal() or int(text) > LARGEST):
        raise ConditionError(f"'{text}' is not a whole number up to {LARGEST}.", place=at)
    if sort is not Sort.STRING:
        return text
    for offset, character in enumerate(text):
        _refuse_unseen(character, Place(at.line, at.column + offset))
    for escape in _ESCAPE.finditer(text):
        if escape[1] not in "\\'\"":
            place = Place(at.line, at.column + escape.start())
            raise ConditionError(f"'{escape[0]}' has no meaning: only \\\\, \\' and \\\" do.", place=place)
    return _ESCAPE.sub(r"\1", text[1:-1])


def _refuse_unseen(character: str, at: Place) -> None:
    if unicodedata.category(character) in _UNSEEN:
        sentence = f"The character U+{ord(character):04X} cannot be seen and is not allowed in a condition."
        raise ConditionError(sentence, place=at)
