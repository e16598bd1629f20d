"""The answer of the access rule: what is opened, or why not. Knows no tables and no screens."""

from dataclasses import dataclass
from enum import StrEnum

from encircle.vocabulary.field_group import FieldGroup


class Doing(StrEnum):
    """What somebody wants to do with a record."""

    LOOK = "look"
    ADD = "add"
    DECIDE = "decide"
    DISCLOSE = "disclose"


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may be done, with these parts of the record. `source`: the mandate that opens them."""

    groups: frozenset[FieldGroup]
    source: str


@dataclass(frozen=True, slots=True)
class Denied:
    """It may not be done: why, in words for people, on which rule, and what to do instead."""

    code: str
    reason: str
    source: str
    instead: str
