"""Shapes: the fields of each kind of entry, which must be there, and how an upper pack changes them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from encircle.law.saying import Band


class Laying(Enum):
    """What becomes of a field when an upper pack sets it."""

    EXCHANGED = "exchanged"
    BY_KEY = "by key"
    BY_ID = "by id"
    ADDED = "added"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of entry: its word, its folder (or single file), its codes and its fields."""

    word: str
    folder: str
    codes: re.Pattern[str]
    example: str
    fields: Mapping[str, Laying]
    needed: tuple[str, ...]


_E, _K, _A = Laying.EXCHANGED, Laying.BY_KEY, Laying.ADDED
_LOWER = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")

DUTY = Shape(
    word="duty",
    folder="duties",
    codes=re.compile(r"D[0-9]{2}[a-z]?(?:-[a-z0-9]+(?:_[a-z0-9]+)*)?"),
    example="D02b or D02b-asylum",
    fields={
        "title": _K,
        "under": _E,
        "scope": _E,
        "for_each": _E,
        "when": _E,
        "unknown_opens": _E,
        "from": _E,
        "clock": _E,
        "due": _K,
        "owner": _E,
        "evidence": Laying.BY_ID,
        "suspended_by": _A,
        "lifted_by": _A,
        "breached_by": _A,
        "never": _A,
        "sources": Laying.SOURCES,
        "sop_source": _K,
    },
    needed=("title", "when", "due", "owner", "evidence"),
)
PROHIBITION = Shape(
    word="prohibition",
    folder="prohibitions",
    codes=re.compile(r"P[0-9]{1,2}[a-z]?(?:-[a-z0-9]+(?:_[a-z0-9]+)*)?"),
    example="P9",
    fields={
        "title": _K,
        "scope": _E,
        "for_each": _E,
        "when": _E,
        "at": _E,
        "clears": _E,
        "override": _E,
        "instead": _K,
        "sources": Laying.SOURCES,
        "sop_source": _K,
    },
    needed=("title", "when", "at", "override", "instead"),
)
LIMIT = Shape(
    word="limit",
    folder="limits",
    codes=_LOWER,
    example="representative_after_application",
    fields={
        "title": _K,
        "amount": _E,
        "unit": _E,
        "counting": _E,
        "sense": _E,
        "sources": Laying.SOURCES,
    },
    needed=("title", "amount", "unit", "counting", "sources"),
)
SOP = Shape(
    word="sop",
    folder="sops",
    codes=_LOWER,
    example="guardian_appointed_within",
    fields={
        "title": _K,
        "amount": _E,
        "unit": _E,
        "counting": _E,
        "times": _E,
        "no_number": _K,
        "sources": Laying.SOURCES,
        "sop_source": _K,
    },
    needed=("title",),
)
OWNER = Shape(
    word="owner",
    folder="owners",
    codes=_LOWER,
    example="guardianship_authority",
    fields={"agency": _K, "sources": Laying.SOURCES, "sop_source": _K},
    needed=("agency",),
)
MANDATE = Shape(
    word="mandate",
    folder="mandates",
    codes=_LOWER,
    example="police",
    fields={
        "sees": _E,
        "summary": _E,
        "adds": _E,
        "purposes": _E,
        "decides": _E,
        "ledger": _E,
        "regime": _E,
        "widened_by": _E,
        "emergency": _E,
        "visits": _E,
        "crosses": _E,
        "sources": Laying.SOURCES,
        "sop_source": _K,
    },
    needed=("sees", "adds", "purposes"),
)
CHANNEL = Shape(
    word="channel",
    folder="channels",
    codes=_LOWER,
    example="placement_abroad",
    fields={
        "need": _E,
        "title": _K,
        "used_when": _K,
        "instrument": _E,
        "from_roles": _E,
        "to_role": _E,
        "contents": Laying.BY_ID,
        "first": Laying.BY_ID,
        "acknowledge": _K,
        "answer": _K,
        "stopped_by": _A,
        "safeguards": _A,
        "yields_to": _E,
        "sources": Laying.SOURCES,
        "sop_source": _K,
    },
    needed=("need", "title", "used_when", "instrument", "from_roles", "to_role", "contents", "answer"),
)
RETENTION = Shape(
    word="retention",
    folder="retention",
    codes=_LOWER,
    example="case_record",
    fields={
        "title": _K,
        "of": _K,
        "parts": _E,
        "from": _E,
        "keep": _K,
        "sources": Laying.SOURCES,
        "sop_source": _K,
    },
    needed=("title", "from", "keep"),
)
ACT = Shape(
    word="act",
    folder="acts.yaml",
    codes=re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-/.][A-Za-z0-9]+)*"),
    example="EU-2011/36",
    fields={
        "title": _K,
        "short": _K,
        "kind": _E,
        "number": _E,
        "bound": _E,
        "not_bound": _E,
        "from": _E,
        "until": _E,
        "read": _E,
        "mark": _E,
        "remark": _K,
    },
    needed=("title", "kind", "bound", "mark"),
)
GROUP = Shape(
    word="group",
    folder="groups.yaml",
    codes=re.compile(r"[A-Z]{2,8}"),
    example="EU",
    fields={"title": _K, "members": _E, "mark": _E, "read": _E},
    needed=("title", "members", "mark"),
)
TEXT = Shape(
    word="text",
    folder="texts",
    codes=re.compile(f"{DUTY.codes.pattern}|{PROHIBITION.codes.pattern}"),
    example="D02b or P1",
    fields={"professional": _K, **{band.value: _K for band in Band}, "kept_by": _K},
    needed=("professional",),
)
TERM = Shape(
    word="term",
    folder="glossary.yaml",
    codes=_LOWER,
    example="presumed_victim",
    fields={"title": _K, "means": _K, "rules": _A, "see": _A, "sources": Laying.SOURCES},
    needed=("title", "means", "sources"),
)
RESOURCE = Shape(
    word="resource",
    folder="library.yaml",
    codes=_LOWER,
    example="osce_nrm",
    fields={"title": _K, "kind": _E, "by": _E, "year": _E, "about": _K, "sources": Laying.SOURCES},
    needed=("title", "kind", "sources"),
)
QUESTION = Shape(
    word="question",
    folder="forms",
    codes=_LOWER,
    example="child_account",
    fields={
        "form": _E,
        "place": _E,
        "about": _E,
        "takes": _E,
        "needed": _E,
        "ask": _K,
        "hint": _K,
        "answers": Laying.BY_ID,
        "states": _K,
        "sources": Laying.SOURCES,
    },
    needed=("form", "place", "about", "takes", "ask", "states"),
)
INDICATOR = Shape(
    word="indicator",
    folder="indicators",
    codes=re.compile(r"IND-(?:[A-Z]{2}-)?[A-Z][0-9]{1,3}"),
    example="IND-C2 or IND-EE-C2",
    fields={"title": _K, "settings": _A, "seen": _E},
    needed=("title", "settings", "seen"),
)
ROUTE = Shape(
    word="route",
    folder="routes",
    codes=_LOWER,
    example="school",
    fields={"first": Laying.BY_ID, "say": Laying.BY_ID, "never": Laying.BY_ID, "seen": _E},
    needed=("seen",),
)
READY = Shape(
    word="ready",
    folder="ready.yaml",
    codes=_LOWER,
    example="here_until",
    fields={"place": _E, "text": _K, "states": _K},
    needed=("place", "text", "states"),
)

SHAPES: tuple[Shape, ...] = (
    DUTY,
    PROHIBITION,
    LIMIT,
    SOP,
    OWNER,
    MANDATE,
    CHANNEL,
    RETENTION,
    TEXT,
    ACT,
    GROUP,
    TERM,
    RESOURCE,
    QUESTION,
    INDICATOR,
    ROUTE,
    READY,
)
"""Every kind of entry that is read here."""

HELP_FOLDER = "help"
OTHER_FOLDERS = frozenset({"audio", "cases", HELP_FOLDER, "tests", "phrases", "sheets", "words"})
"""Folders of a pack that hold no entries: other parts of the system read them."""

STATING = (DUTY, PROHIBITION, LIMIT, SOP, OWNER, MANDATE, CHANNEL, RETENTION)
"""What makes a pack a law of its own; a pack without any of these rests wholly on those that it extends."""

LOCAL_SHAPES = frozenset({SOP.word, OWNER.word, TEXT.word})
"""What a pack of kind sop may hold, plain words only to `set` them: practice can't change law."""
