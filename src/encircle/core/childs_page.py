"""The child's page: what of a situation the child is told there. Knows no place, no text of staff and no law.

Codes, times and names leave this file, and of free texts only what was written for the child and read for places and
names: an address in a note cannot slip through.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from encircle.core.calendar import Standpoint, calendar
from encircle.core.child.situation import Item, Situation
from encircle.vocabulary.facts.decision import DecisionPutInChildsWords
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.moment import Span

TOLD_AHEAD = ("interview", "hearing", "examination")
"""What is coming that the child is told of."""
STILL_SHOWN = timedelta(days=1)
"""How long something stays on the page after its time, while nobody has said that it took place."""
WORKS_FOR = (
    (Kind.GUARDIAN, "appointed", "guardian"),
    (Kind.LAWYER, "appointed", "lawyer"),
    (Kind.SUPPORT_PERSON, "named", "support_person"),
)


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that happens next: interview, hearing or examination, and when."""

    what: str
    at: Span


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who works for the child. `name` as it stands on record; who shows it takes the given name alone."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that the child was told in person before.

    `thought_of`: what was weighed; `followed`: how the child's word counted; each as codes. `words`: what somebody wrote
    of it for the child, in `language`; empty, while nobody did.
    """

    about: str
    outcome: str
    at: Span | None
    thought_of: tuple[str, ...]
    followed: str
    disagree_until: Span | None
    challenged: bool
    after_review: str
    words: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """Something that the child wrote on this page. `state`: what became of it. The words are not shown again."""

    about: str
    at: Span | None
    state: str


@dataclass(frozen=True, slots=True)
class ChildsPage:
    """All that the page tells."""

    coming: tuple[Coming, ...]
    helpers: tuple[Helper, ...]
    decided: tuple[Decided, ...]
    said: tuple[Written, ...]
    complaints: tuple[Written, ...]


def childs_page(situation: Situation, *, zone: str) -> ChildsPage:
    """What the child is told. `zone` (IANA) is where days are counted."""
    return ChildsPage(
        coming=tuple(_coming(situation, zone)),
        helpers=tuple(_helpers(situation)),
        decided=tuple(_decided(situation)),
        said=tuple(_said(situation)),
        complaints=tuple(_complaints(situation)),
    )


def _coming(situation: Situation, zone: str) -> Iterator[Coming]:
    """Not what somebody has put off telling for safety or health: a person tells it."""
    silent = set(_put_off(situation))
    for entry in calendar(situation, (), zone=zone).entries:
        ahead = entry.standpoint is Standpoint.AHEAD and entry.at.latest >= situation.at - STILL_SHOWN
        if ahead and entry.with_child and entry.what in TOLD_AHEAD and entry.what not in silent:
            yield Coming(entry.what, entry.at)


def _put_off(situation: Situation) -> Iterator[str]:
    for item in situation.of(Kind.INFORMATION):
        until = item["postponed_until"]
        over = isinstance(until, Span) and until.latest < situation.at
        if item["postponed"] is True and not over and item["given"] is not True:
            yield _code(item, "topic")


def _helpers(situation: Situation) -> Iterator[Helper]:
    for kind, mark, role in WORKS_FOR:
        for item in situation.of(kind):
            if item[mark] is True and item["ended"] is not True and item.get("conflict_found") is not True:
                yield Helper(role, _name(situation, kind, str(item["id"]), "name"))
    if situation.child["case_lead_named"] is True:
        yield Helper("case_lead", _name(situation, Kind.CHILD, "", "case_lead_name"))


def _name(situation: Situation, kind: Kind, subject: str, field: str) -> str:
    for fact in situation.facts_behind(kind, subject, field):
        name = getattr(fact.payload, field, None)
        if isinstance(name, str):
            return name
    return ""


def _decided(situation: Situation) -> Iterator[Decided]:
    told = {_code(item, "decision") for item in situation.of(Kind.INFORMATION) if item["given"] is True}
    told |= {_code(item, "decision") for item in situation.of(Kind.VIEW) if item["answered"] is True}
    for item in situation.of(Kind.DECISION):
        if item["made"] is True and (str(item["id"]) in told or _is_told_itself(item)):
            words, language = _childs_words(situation, str(item["id"]))
            yield Decided(
                about=_code(item, "decision_kind"),
                outcome=_code(item, "outcome"),
                at=_time(item, "made_at"),
                thought_of=_codes(item, "elements"),
                followed=_followed(situation, str(item["id"])),
                disagree_until=_time(item, "remedy_until"),
                challenged=item["challenged"] is True,
                after_review=_code(item, "review_outcome"),
                words=words,
                language=language,
            )


def _childs_words(situation: Situation, decision: str) -> tuple[str, str]:
    """What was last written of it for the child, once somebody has read it for places and names."""
    for fact in situation.facts_behind(Kind.DECISION, decision, "childs_words"):
        payload = fact.payload
        if isinstance(payload, DecisionPutInChildsWords) and payload.nothing_to_find_the_child_by:
            return payload.childs_words, payload.childs_words_language
    return "", ""


def _is_told_itself(item: Item) -> bool:
    notified = item["notified"] is True and "child" in _codes(item, "notified_to")
    return notified or item["explained_in_person"] is True


def _followed(situation: Situation, decision: str) -> str:
    views = (item for item in situation.of(Kind.VIEW) if _code(item, "decision") == decision)
    return next((_code(item, "followed") for item in views if item["weighed"] is True), "")


def _said(situation: Situation) -> Iterator[Written]:
    for item in situation.of(Kind.VIEW):
        if item["heard"] is True and _code(item, "method") == "in_writing":
            state = (
                "answered" if item["answered"] is True else "weighed" if item["weighed"] is True else "saved"
            )
            yield Written(_code(item, "about"), _time(item, "heard_at"), state)


def _complaints(situation: Situation) -> Iterator[Written]:
    for item in situation.of(Kind.COMPLAINT):
        if item["made"] is True and _code(item, "complainant") == "child":
            got = "arrived" if item["acknowledged"] is True else "saved"
            state = "answered" if item["answered"] is True else got
            yield Written(_code(item, "about"), _time(item, "made_at"), state)


def _code(item: Item, name: str) -> str:
    value = item[name]
    return value if isinstance(value, str) else ""


def _codes(item: Item, name: str) -> tuple[str, ...]:
    value = item[name]
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, tuple) else ()


def _time(item: Item, name: str) -> Span | None:
    value = item[name]
    return value if isinstance(value, Span) else None
