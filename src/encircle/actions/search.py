"""Search among the records in which one's agency takes part: by name in any script, or by number. A look, journalled.

The index gives candidates; their names decide. What was typed is kept nowhere but sealed in the journal.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from encircle.actions.context import Who, at_work
from encircle.actions.naming import name_in
from encircle.actions.permit import ask_for_purpose, look_at_many, opened_of_each, opens, opens_status
from encircle.core.access import Allowed
from encircle.core.child import AsOf, fold
from encircle.core.linkage import Heard, Likeness, Match, Part, keys_to_search, likeness, parts_of
from encircle.records import journal, names
from encircle.records.context import Context
from encircle.records.names import Candidate
from encircle.records.seen import name_facts_of_each
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose

ON_A_PAGE = 20
MOST_COMPARED = 40
"""Candidates whose names are opened and compared: two pages."""
LONGEST = 200
SHORTEST_NUMBER = 4

_NUMBER = re.compile(r"[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{1,4})?")
_MISREAD = str.maketrans("oil", "011")
"""Letters that a number never has, as what they were taken for."""


class Answer(StrEnum):
    """What became of a search."""

    NOT_ASKED = "not_asked"
    """Nothing was typed."""
    TOO_SHORT = "too_short"
    """One letter, or signs that are no letters."""
    NOBODY = "nobody"
    """Nobody in the records of this agency; whether in others, is not told."""
    FOUND = "found"


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """One record that was found. `why`: None, where its number was typed. `alike`: the name that was found, where it
    is not the one used.
    """

    number: str
    kind: Kind
    name: str
    protection: str | None
    status_is_open: bool
    """Whether the mandate opens the status; `protection` is nothing where it does not."""
    age_basis: str | None
    why: Likeness | None
    alike: str
    restricted: bool = False
    """The use of the record is restricted now. Where no purpose of who looks is left, only its number finds it."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found. `asked`: as it was typed, cut where it was very long. `all_shown`: no other
    record can be meant than those on the pages.
    """

    answer: Answer
    asked: str
    records: tuple[FoundRecord, ...] = ()
    page: int = 1
    more: bool = False
    all_shown: bool = True


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed, its parts, and the words that were taken apart for it: the same names come again and again."""

    text: str
    parts: tuple[Part, ...]
    heard: Heard

    def likeness_to(self, names_of_one: Sequence[str]) -> Match | None:
        """The likeness of what was typed to these names together."""
        known = [part for name in names_of_one for part in parts_of(name, self.heard)]
        return likeness(self.parts, known, self.heard)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A candidate that is alike; the order of hits is their order on the page."""

    match: Match | None
    candidate: Candidate
    stated: tuple[str, ...]
    facts: tuple[Fact, ...]
    status_is_open: bool
    restricted: bool

    @property
    def order(self) -> tuple[int, int, str]:
        """Numbers first, then by likeness, then what leaves the fewest parts over."""
        if self.match is None:
            return (-1, 0, self.candidate.root.number)
        return (self.match.likeness, self.match.left, self.candidate.root.number)


def search(who: Who, text: str, *, purpose: Purpose, page: int = 1) -> Found:
    """The records of the agency that have this number, or a name like this; the most alike first.

    Nobody is told of records of others: absent and hidden are one answer. Refuses: NotAllowed, a purpose that is not of
    the role.
    """
    ask_for_purpose(who, purpose)
    asked = text.replace("\0", "").strip()[:LONGEST]
    if not asked:
        return Found(Answer.NOT_ASKED, "")
    heard: Heard = {}
    sought = _Asked(asked, parts_of(asked, heard), heard)
    if sum(len(part.spelling) for part in sought.parts) < 2:
        return Found(Answer.TOO_SHORT, asked)
    with at_work(who, purpose) as context:
        hits, all_shown = _hits(who, sought, context)
        shown = hits[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
        records = tuple(_record(hit, sought, context) for hit in shown)
        _journal(who, asked, records, found=len(hits), context=context)
    if not hits:
        return Found(Answer.NOBODY, asked)
    return Found(Answer.FOUND, asked, records, page, len(hits) > page * ON_A_PAGE, all_shown)


def number_in(asked: str) -> str | None:
    """A case number, or at least its first four signs, in what was typed; None, where it can be none."""
    signs = re.sub(r"\s", "", asked).lower().replace("-", "")
    if not (signs.isascii() and SHORTEST_NUMBER <= len(signs) <= 2 * SHORTEST_NUMBER):
        return None
    if any(sign.isdigit() for sign in signs) or "-" in asked:
        signs = signs.translate(_MISREAD)
    number = signs[:4] + (f"-{signs[4:]}" if signs[4:] else "")
    return number if _NUMBER.fullmatch(number) else None


def _hits(who: Who, asked: _Asked, context: Context) -> tuple[list[_Hit], bool]:
    """Those that are alike and whose name is open to who looks, in their order; and whether none was left out."""
    number = number_in(asked.text)
    by_number = () if number is None else names.numbered(number, at_most=MOST_COMPARED)
    by_name = names.candidates(keys_to_search(asked.parts), at_most=MOST_COMPARED)
    seen = {candidate.root.id: candidate for candidate in (*by_number, *by_name)}
    opened = opened_of_each(who, list(seen), context=context)
    named = [root for root in seen if opens(opened[root], FieldGroup.MINIMUM)]
    facts = name_facts_of_each(named) if named else {}
    numbered = {candidate.root.id for candidate in by_number}
    limited = {root for root, one in opened.items() if isinstance(one, Allowed) and one.restricted}
    hits = []
    for root, candidate in seen.items():
        status = opens_status(opened[root], candidate.protection)
        if root in numbered and root in {*named, *limited}:
            hits.append(_Hit(None, candidate, (), facts.get(root, ()), status, root in limited))
            continue
        if root not in facts:
            continue
        best = _best(asked, facts[root])
        if best is not None:
            hits.append(_Hit(best[0], candidate, best[1], facts[root], status, root in limited))
    return sorted(hits, key=lambda hit: hit.order), max(len(by_number), len(by_name)) < MOST_COMPARED


def _best(asked: _Asked, facts: Sequence[Fact]) -> tuple[Match, tuple[str, ...]] | None:
    """The likeness to the most alike of the statements of a name that stand on record, and the names in it."""
    found = []
    for fact in names.names_standing(facts):
        stated = names.names_in(fact)
        match = asked.likeness_to(stated)
        if match is not None:
            found.append((match, stated))
    return min(found, default=None)


def _alike(asked: _Asked, stated: Sequence[str]) -> str:
    """The one of these names that is most alike; all of them, where only together they are."""
    one = [(match, name) for name in stated if (match := asked.likeness_to([name])) is not None]
    whole = [(match, name) for match, name in one if match.likeness is not Likeness.PART]
    return min(whole)[1] if whole else " ".join(dict.fromkeys(" ".join(stated).split()))


def _record(hit: _Hit, asked: _Asked, context: Context) -> FoundRecord:
    name = name_in(fold(hit.facts, AsOf(context.now), zone="UTC"))
    alike = "" if hit.match is None else _alike(asked, hit.stated)
    return FoundRecord(
        number=hit.candidate.root.number,
        kind=hit.candidate.root.kind,
        name=name,
        protection=hit.candidate.protection if hit.status_is_open else None,
        status_is_open=hit.status_is_open,
        age_basis=hit.candidate.age_basis,
        why=None if hit.match is None else hit.match.likeness,
        alike="" if alike == name else alike,
        restricted=hit.restricted,
    )


def _journal(who: Who, asked: str, records: Sequence[FoundRecord], *, found: int, context: Context) -> None:
    """What was typed and which records were shown stand in the sealed body alone."""
    act = look_at_many(who, "searched", {FieldGroup.MINIMUM} if records else ())
    body = {"asked": asked, "found": found, "numbers": [record.number for record in records]}
    journal.enter(act, ctx=context, body=json.dumps(body, ensure_ascii=False, sort_keys=True).encode())
