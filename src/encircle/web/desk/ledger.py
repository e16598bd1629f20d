"""The duty ledger on the page: rows by state, each with owner, time, why, source, what is missing. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from encircle.actions.record import Look
from encircle.actions.replay.report import why_data
from encircle.core.access import CLOSED
from encircle.core.duty import DutyRow, DutyState
from encircle.core.duty.row import STANDING
from encircle.law.source import Source
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.unknown import Unknown
from encircle.web.desk.facts import FactList
from encircle.web.desk.timeline import anchor
from encircle.web.desk.ways import Link, record_it
from encircle.web.page import when, wording

OPENED = frozenset({DutyState.OVERDUE, DutyState.BREACHED, DutyState.DUE_SOON})
"""Groups whose rows nobody should have to look for."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of why a duty stands: what was asked of the record, what it says, which facts are behind it."""

    depth: int
    text: str
    answer: str
    facts: tuple[int, ...]
    is_code: bool


@dataclass(frozen=True, slots=True)
class Basis:
    """One source."""

    cite: str
    notes: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence, whether it is there."""

    text: str
    found: bool
    words: str


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty."""

    anchor: str
    code: str
    title: str
    about: str
    state: DutyState
    state_words: str | Promise
    owner: str
    owner_role: str
    since: str
    since_facts: tuple[int, ...]
    known: str
    due: str
    due_kind: str | Promise
    due_is_number: bool
    words: str
    because: str
    unknown: str
    met: str
    reasons: tuple[Reason, ...]
    sources: tuple[Basis, ...]
    proofs: tuple[Proof, ...]
    ways: tuple[Link, ...]
    never: tuple[str, ...]
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The same duty towards several interviews, decisions ...: the first, and how many more."""

    first: Duty
    more: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All duties in one state."""

    state: DutyState
    title: str | Promise
    explained: str | Promise
    duties: tuple[Duty, ...]
    opened: bool

    @property
    def bundles(self) -> tuple[Bundle, ...]:
        """Duties of one code together, in the order of codes."""
        by_code: dict[str, list[Duty]] = {}
        for duty in self.duties:
            by_code.setdefault(duty.code, []).append(duty)
        return tuple(Bundle(duties[0], tuple(duties[1:])) for duties in by_code.values())


def ledger(look: Look, facts: FactList, *, language: str) -> tuple[Group, ...]:
    """The groups that hold any duty, what waits first."""
    rows = look.answer.duties
    return tuple(
        Group(
            state,
            title,
            wording.STATES_EXPLAINED[state],
            tuple(_duty(row, look, facts, language) for row in rows if row.state is state),
            state in OPENED,
        )
        for state, title in wording.STATES.items()
        if any(row.state is state for row in rows)
    )


def sources(given: tuple[Source, ...], look: Look, language: str) -> tuple[Basis, ...]:
    """The sources of a rule: whether each binds here, was in force then, and was read by one of us."""
    return tuple(Basis(one.cite(language), tuple(_notes(one, look)), one.is_read) for one in given)


def about(subject: str | None, look: Look, facts: FactList) -> str:
    """Which interview, proceeding ... a row is about, told by the first fact about it."""
    if subject is None:
        return ""
    own = [view for view in facts.by_id.values() if subject in (view.fact.subject, view.fact.id)]
    if not own:
        return ""
    first = min(own, key=lambda view: view.number)
    kind = wording.titled(FACT_TYPES[first.fact.type].about.value)
    return _("{kind} of fact {n}, {time}").format(kind=kind, n=first.number, time=first.happened)


def unknown_words(value: Unknown) -> str:
    """What is not known, and which facts would tell."""
    titles = [
        wording.titled(name) if name in FACT_TYPES else wording.attribute(name) for name in value.missing
    ]
    if not titles:
        return wording.unknown(value.reason)
    reason = wording.unknown(value.reason)
    return _("{reason}. It would be told by: {facts}").format(reason=reason, facts=", ".join(titles))


def _duty(row: DutyRow, look: Look, facts: FactList, language: str) -> Duty:
    rule = row.rule
    owner = look.law.owner(rule.owner)
    zone = look.law.zone
    return Duty(
        anchor=anchor(row),
        code=rule.code,
        title=wording.told(rule.title, language),
        about=about(row.subject, look, facts),
        state=row.state,
        state_words=wording.STATES[row.state],
        owner=wording.titled(rule.owner.value) if owner is None else wording.told(owner.agency, language),
        owner_role="" if owner is None else wording.plain(rule.owner.value),
        since="" if row.started is None else when.span(row.started.at),
        since_facts=() if row.started is None else facts.numbers([fact.id for fact in row.started.facts]),
        known=""
        if row.started is None or row.started.known is None
        else when.learnt(row.started.known.earliest, zone),
        due=_due(row, zone),
        due_kind=wording.STANDINGS[row.rule.due.standing if row.due is None else row.due.kind],
        due_is_number=row.due is not None and row.due.latest is not None,
        words=wording.told(rule.due.words, language),
        because="" if row.because is None else wording.told(row.because, language),
        unknown="" if row.unknown is None else unknown_words(row.unknown),
        met=_met(row, zone),
        reasons=tuple(_reasons(row, look, facts)),
        sources=sources(rule.sources, look, language),
        proofs=tuple(_proofs(row, language)),
        ways=record_it(look.number, row, look.allowed.adds) if row.state in STANDING else (),
        never=tuple(wording.told(text, language) for text in rule.never),
        where=tuple(str(origin) for origin in rule.origins),
    )


def _due(row: DutyRow, zone: str) -> str:
    if row.due is None or row.due.earliest is None or row.due.latest is None:
        return ""
    return when.between(row.due.earliest, row.due.latest, zone)


def _met(row: DutyRow, zone: str) -> str:
    if row.met_at is None:
        return ""
    words = _("met on {time}, after the time was over") if row.late else _("met on {time}")
    return words.format(time=when.minute(row.met_at, zone))


def _proofs(row: DutyRow, language: str) -> Iterator[Proof]:
    for found, evidence in zip(row.evidence, row.rule.evidence, strict=False):
        if isinstance(found.found, Unknown):
            yield Proof(wording.told(evidence.text, language), False, _("not known"))
        else:
            yield Proof(
                wording.told(evidence.text, language),
                found.found,
                _("on record") if found.found else _("missing"),
            )


def _reasons(row: DutyRow, look: Look, facts: FactList) -> Iterator[Reason]:
    partly = row.key in look.partly
    for part in why_data(row, look.answer.folded.earliest):
        assert isinstance(part, dict)
        path, behind = part.get("path"), part["facts"]
        if partly and (not path or _is_closed(part["value"])):
            continue
        text = str(part["text"])
        numbers = facts.numbers([FactId(str(one)) for one in behind]) if isinstance(behind, list) else ()
        told = wording.attribute(str(path)) if path else text
        yield Reason(int(str(part["depth"])), told, _answer(part["value"]), numbers, not path)
    if partly:
        yield Reason(0, _("More"), _("rests on facts that are not open to your role"), (), False)


def _is_closed(value: object) -> bool:
    return isinstance(value, dict) and value.get("unknown") == CLOSED.reason


def _answer(value: object) -> str:
    if isinstance(value, dict):
        missing = [str(name) for name in value.get("missing", ())]
        return unknown_words(Unknown(str(value["unknown"]), tuple(missing)))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else wording.plain(str(value))


def _notes(source: Source, look: Look) -> Iterator[str]:
    if not source.is_read:
        yield _("not verified: nobody of us has read this text yet")
    if not source.reaches(look.law.country):
        yield _("does not bind here; it explains what binds")
    if not source.in_force(when.local(look.as_of.at, look.law.zone).date()):
        yield _("was not in force on the chosen day; told by the law of today")
