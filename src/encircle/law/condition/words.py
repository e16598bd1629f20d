"""Words: what a language needs to say a condition: forms of sentences, nouns, phrases, codes. Knows no condition.

In a form or phrase `{a}` is a place to fill; `[is|is not]` is one way if it is so, and another if it is not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

FORMS: Final = (
    *("comma", "and", "or", "either", "all_of", "any_of", "no", "recorded", "known", "known_either_way"),
    *("is", "one_of", "among", "so", "before", "not_after", "less", "at_most", "starts"),
    *("exists", "none", "all", "exactly_one", "there_is", "only", "each", "entry", "element", "element_of"),
    *(
        "this",
        "this_of",
        "number",
        "possessive",
        "if",
        "whether",
        "plus",
        "minus",
        "days",
        "hours",
        "minutes",
    ),
    *("now", "always", "yes", "not", "at", "learnt", "by", "word"),
)
"""What every language has to have."""

SLOTS: Final = frozenset({"a", "b", "c", "noun", "the", "of", "it", "its", "n"})
"""Every place that may be filled."""

_SLOT: Final = re.compile(r"\{(\w*)\}")
_IDLE: Final = re.compile(r",(?=[).,:;“”]|$)")
_WAYS: Final = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")


@dataclass(frozen=True, slots=True)
class Noun:
    """What a thing is called: an interview, the interview, the interview's (place)."""

    noun: str
    the: str
    of: str


@dataclass(frozen=True, slots=True)
class Words:
    """One language. `attributes`: a phrase by name, or by kind and name where it differs: `step.against`."""

    language: str
    forms: Mapping[str, str]
    kinds: Mapping[str, Noun]
    attributes: Mapping[str, str]
    codes: Mapping[str, str]

    def form(self, name: str, /, *, yes: bool = True, **places: str) -> str:
        """That form, filled."""
        return filled(chosen(self.forms[name], yes=yes), **places)

    def phrase(self, kind: str, name: str) -> str | None:
        """The phrase for that attribute of that kind of thing, if there is one."""
        return self.attributes.get(f"{kind}.{name}") or self.attributes.get(name)


def has_ways(text: str) -> bool:
    """Whether the text says itself how it is if it is not so."""
    return _WAYS.search(text) is not None


def chosen(text: str, *, yes: bool) -> str:
    """The text if it is so, or if it is not."""
    return _WAYS.sub(lambda found: found[1 if yes else 2], text)


def filled(text: str, **places: str) -> str:
    """The text with its places filled, once: what is filled in is not looked at again."""
    return _SLOT.sub(lambda found: places[found[1]], text)


def tidy(text: str) -> str:
    """The text without commas that end a clause where nothing follows."""
    return _IDLE.sub("", text)


def slots(text: str) -> frozenset[str]:
    """The names of the places in a text."""
    return frozenset(_SLOT.findall(text))
