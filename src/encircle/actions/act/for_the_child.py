"""Words that are written for a child's page: what may not stand in them. Knows the names on record, and no page."""

import re
from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec

from encircle.actions.act.statement import Problem
from encircle.actions.permit import Permit
from encircle.records.models import Agency, Membership
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.decision import DecisionPutInChildsWords
from encircle.vocabulary.facts.fact_type import Payload

NAMES = ("name", "case_lead_name", "full_name", "family_name")
"""Fields of a person's name: only the last word of it may not stand on the page, since given names do."""
WHOLE = ("address", "telephone", "directions")
"""Fields that may not stand there in any part that says where."""
SHORTEST = 3
"""A shorter word than this is no family name that can be told from other words."""
BENT = 5
"""From this length on a name is also found with an ending of its language."""
_FOUND_BY = re.compile(r"@|https?:|www\.|(?<![.,])\b\d(?:[ \-/()]?\d){5,}\b", re.IGNORECASE)
"""An address of mail or of a page, or six figures and more that are no date with points: somebody could be called by them."""
_WORD = re.compile(r"\w+")


def problems_for_child(
    number: int, payload: Payload | None, *, on_record: Iterable[Fact], permit: Permit
) -> Iterator[Problem]:
    """What is wrong with words for the child's page; of names, only those are looked for that the writer may see."""
    if not isinstance(payload, DecisionPutInChildsWords):
        return
    if not payload.nothing_to_find_the_child_by:
        reason = "Read the words once more for places, schools, family names, addresses and numbers. Then say so here."
        yield Problem(number, "nothing_to_find_the_child_by", "not_read", reason)
    words = payload.childs_words
    if _FOUND_BY.search(words):
        reason = (
            "Leave out numbers and addresses by which somebody can be found. A date with points may stand."
        )
        yield Problem(number, "childs_words", "a_number", reason)
    spoken = [one.casefold() for one in _WORD.findall(words)]
    if any(_stands(name, spoken) for name in (*_names(on_record), *_agencies(permit))):
        reason = (
            "Leave out family names, places and names of offices. Say “your social worker” or “the house”."
        )
        yield Problem(number, "childs_words", "a_name", reason)


def _names(on_record: Iterable[Fact]) -> Iterator[str]:
    for fact in on_record:
        for name, value in msgspec.structs.asdict(fact.payload).items():
            if not isinstance(value, str):
                continue
            if name in NAMES and len(value.split()) > 1:
                yield value.split()[-1]
            elif name == "family_name" or name in WHOLE:
                yield value


def _agencies(permit: Permit) -> Iterator[str]:
    """Names of agencies that take part in the record."""
    taking_part = Membership.objects.filter(root=UUID(permit.root.id)).values("agency")
    yield from Agency.objects.filter(pk__in=taking_part).values_list("name", flat=True)


def _stands(name: str, spoken: list[str]) -> bool:
    """Whether that name stands among these words, one word after the other."""
    parts = [one.casefold() for one in _WORD.findall(name)]
    if not parts or max(len(one) for one in parts) < SHORTEST:
        return False
    if len(parts) == 1 and len(parts[0]) >= BENT:
        return any(one.startswith(parts[0]) for one in spoken)
    return any(spoken[at : at + len(parts)] == parts for at in range(len(spoken) - len(parts) + 1))
