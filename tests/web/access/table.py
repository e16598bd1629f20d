"""The table of access as a lawyer reads it, and what it says of one question. Knows no rule of the program."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from tests.core.access.test_who_sees_what import MAY_ALSO_BE
from tests.core.access.test_who_sees_what import TABLE as SEES

HERE = Path(__file__).parent
_SAID: Mapping[str, Any] = yaml.safe_load((HERE / "who_comes_for.yaml").read_text("utf-8"))
COMES_FOR: Mapping[str, str] = _SAID["roles"]
STANDINGS: tuple[str, ...] = tuple(_SAID["standings"])
HIDDEN = frozenset(name for name, sees in _SAID["standings"].items() if sees == "nothing")
IN_EMERGENCY: Mapping[str, str] = _SAID["emergency"]
LEADS = frozenset(_SAID["leads"])
ENDS: Mapping[str, Mapping[str, str]] = _SAID["ends"]
PURPOSES: Mapping[str, Purpose] = {
    "W": Purpose.WORK_LIST,
    "P": Purpose.PROTECT,
    "R": Purpose.RECORD,
    "S": Purpose.SEARCH,
    "C": Purpose.COOPERATE,
    "X": Purpose.CROSS_BORDER,
    "T": Purpose.TRIAGE,
    "O": Purpose.OPEN_CASE,
    "K": Purpose.CHILDS_PAGE,
    "J": Purpose.ACCOUNT_FOR,
    "E": Purpose.EMERGENCY,
    "Z": Purpose.COUNTRYS_DUTIES,
    "U": Purpose.SUPERVISE,
    "Q": Purpose.ASK_OWNER,
    "Y": Purpose.COMPLAINTS,
    "L": Purpose.TALK,
    "D": Purpose.CASELOAD,
}
OPENED = "H"
"""What a decision has opened to who stands so to a record."""
PROTECT = "protect"
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")


class Answer(StrEnum):
    """How a question has to be answered."""

    ABSENT = "as what is not there"
    REFUSED = "no, with the reason"
    OPEN = "with what is open, and nothing else"
    EITHER = "taken or refused, with nothing that is closed"
    NOTHING = "in any way that tells nothing of a child"
    NOT_OFFERED = "not by this method"


@dataclass(frozen=True)
class Row:
    """One address. `offered`: by method, for what one comes there. `things`: what stands in the address by which name."""

    api: bool
    route: str
    about: str
    offered: Mapping[str, str]
    shows: str = ""
    of: str = ""
    unless: str = ""
    text: bool = False
    asks: bool = False
    repeats: bool = False
    early: bool = False
    maybe: bool = False
    stale: bool = False
    by: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    things: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    json: object = None

    @property
    def name(self) -> str:
        """The address as it is reported."""
        return f"/api/v1/{self.route}" if self.api else f"/{self.route}"


@dataclass(frozen=True)
class Expected:
    """What the table says. `parts`: of which parts the words stand there; `open`: of which they may."""

    answer: Answer
    parts: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()


def rows(text: str | None = None) -> tuple[Row, ...]:
    """All rows of the table of addresses."""
    said = yaml.safe_load(text or (HERE / "addresses.yaml").read_text("utf-8"))
    return tuple(
        Row(
            api=kind == "api",
            route=route,
            about=given["about"],
            by=tuple(given.get("by", ())),
            owners=tuple(given.get("owners", ())),
            offered={method: given[method] for method in ("GET", "POST") if method in given},
            things=given.get("with", {}),
            **{name: given[name] for name in _PLAIN if name in given},
        )
        for kind in ("pages", "api")
        for route, given in said[kind].items()
    )


_PLAIN = ("shows", "of", "unless", "text", "asks", "repeats", "early", "maybe", "stale", "form", "json")


def questions(found: tuple[Row, ...]) -> tuple[tuple[Row, str], ...]:
    """Every address by every method; what shows nothing of a child is only looked at."""
    return tuple(
        (row, method)
        for row in found
        for method in (METHODS if row.about not in ("nothing", "child") else METHODS[:1])
    )


def ends_of(role: Role, standing: str) -> tuple[str, ...]:
    """To which ends somebody opens a record: by the own row, and by that which the relation gives."""
    return tuple(
        dict.fromkeys(end for one in acts_as(role, standing) for end in ENDS.get(one, {PROTECT: ""}))
    )


def _row_for(role: str, end: str) -> str:
    """The row of that role, as far as it is open to that end; no end: in a list."""
    whole = SEES[role]
    opens = ENDS.get(role, {PROTECT: whole.upper()}).get(end, "") if end else whole.upper()
    return "".join(one if one.upper() in opens else "." for one in whole)


def parts_of(role: Role, standing: str, end: str) -> str:
    """What is open of the record to that role which stands so to it, in letters; small: without the child's words."""
    if standing in HIDDEN:
        return ""
    if standing == "emergency":
        return IN_EMERGENCY.get(role.value, "")
    found = "".join(sorted(set(_widest(_row_for(one, end) for one in acts_as(role, standing))) - {"."}))
    return found + OPENED if standing == "opened" and OPENED not in found else found


def acts_as(role: Role, standing: str) -> tuple[str, ...]:
    """Whose rows of the table count: the own one, and that which the relation gives."""
    gives = standing in set(Relation) and Relation(standing) in MAY_ALSO_BE.get(role, ())
    return (role.value, standing) if gives else (role.value,)


def _widest(found: Iterable[str]) -> Iterator[str]:
    for column in zip(*found, strict=True):
        yield next((one for one in sorted(column) if one != "."), ".")


def comes_for(role: Role, standing: str) -> frozenset[str]:
    """For what somebody comes: by the own role, and by that which the relation gives."""
    return frozenset("".join(COMES_FOR[one] for one in acts_as(role, standing))) - {"."}


def expected(row: Row, method: str, role: Role, standing: str, end: str) -> Expected:
    """What the table says to that question of somebody who stands so to the record, and opens it to that end."""
    asked = "GET" if method == "HEAD" and not row.api else method
    if row.about in ("nothing", "child"):
        return Expected(Answer.NOTHING)
    if asked not in row.offered:
        return Expected(Answer.NOT_OFFERED)
    in_emergency = standing == "emergency"
    if row.about == "record" and (standing in HIDDEN or (row.api and in_emergency)):
        return Expected(Answer.ABSENT)
    open_to = (
        ""
        if row.about == "lists" and in_emergency
        else parts_of(role, standing, end if row.about == "record" else "")
    )
    words, codes = frozenset(filter(str.isupper, open_to)), frozenset(open_to.upper())
    if row.early:
        return Expected(Answer.EITHER, open=words)
    alone = row.api or row.about != "record"
    letter = row.offered[asked]
    if letter not in (frozenset(COMES_FOR[role.value]) if alone else comes_for(role, standing)):
        return Expected(Answer.NOTHING if letter == "W" else Answer.REFUSED)
    if row.about == "own":
        return Expected(Answer.NOTHING)
    if row.by and (in_emergency or not set(row.by) & set(acts_as(role, standing))):
        return Expected(Answer.REFUSED)
    if row.about == "record" and not _has(row, codes, acts_as(role, standing), standing):
        return Expected(Answer.ABSENT)
    if row.text and row.of not in words:
        return Expected(Answer.REFUSED)
    return _open(row, asked, role, words)


def _open(row: Row, asked: str, role: Role, words: frozenset[str]) -> Expected:
    if row.asks != (asked == "POST"):
        return Expected(Answer.EITHER, open=words)
    parts = frozenset(row.shows) & words
    return Expected(Answer.OPEN, parts & frozenset(SEES[role.value]) if row.api else parts, words)


def _has(row: Row, codes: frozenset[str], roles: tuple[str, ...], standing: str) -> bool:
    """Whether the thing in the address is there for them."""
    if row.of == "leads":
        return standing != "emergency" and bool((LEADS | set(row.owners)) & set(roles))
    return not row.unless and (not row.of or row.of in codes)
