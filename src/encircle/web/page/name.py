"""The name by which a child is called on the desk, and the languages it understands. The first page that may show them."""

from encircle.core.child.situation import Situation
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.web.page import wording

_NAMES = ("name_used", "given_names")


def name_of(situation: Situation) -> str:
    """The name used, else the given names; nothing where none is on record."""
    for field in _NAMES:
        for fact in situation.facts_behind(Kind.CHILD, "", field):
            return _text(fact, field)
    return ""


def languages_of(situation: Situation) -> str:
    """Languages that the child understands, best first; nothing where none is on record."""
    found = situation.child["languages"]
    return ", ".join(wording.language(str(code)) for code in found) if isinstance(found, tuple) else ""


def _text(fact: Fact, field: str) -> str:
    value = getattr(fact.payload, field)
    return value if isinstance(value, str) else ""
