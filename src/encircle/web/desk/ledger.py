"""The duty ledger on the page: rows by state, each with owner, time, why, source, what is missing. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from encircle.actions.record import Look
from encircle.actions.replay.report import why_data
from encircle.core.access import CLOSED
from encircle.core.duty import DutyRow, DutyState
from encircle.core.duty.row import STANDING
from encircle.core.two_laws import LawOf
from encircle.law.source import Source
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.unknown import Unknown
from encircle.web.desk.as_of import joined, link
from encircle.web.desk.duty_line import duty_line, time_and_kind
from encircle.web.desk.facts import FactList
from encircle.web.desk.timeline import anchor
from encircle.web.desk.ways import Link, record_it
from encircle.web.page import when, wording
from encircle.web.page.cited import cited
from encircle.web.page.html import isolated
from encircle.web.page.in_words import in_words
from encircle.web.page.practice import adopted


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
    """One source. `cite`: a link to its instrument."""

    cite: SafeString
    notes: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence, whether it is there."""

    text: str
    found: bool
    words: str


@dataclass(frozen=True)
class Duty:
    """One duty. What a page does not show of it is not put into words."""

    row: DutyRow = field(repr=False)
    look: Look = field(repr=False)
    facts: FactList = field(repr=False)
    language: str

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return anchor(self.row)

    @property
    def code(self) -> str:
        """The code of the law for it."""
        return self.row.rule.code

    @property
    def state(self) -> DutyState:
        """Where it stands."""
        return self.row.state

    @property
    def state_words(self) -> str | Promise:
        """Where it stands, in words."""
        return wording.STATES[self.row.state]

    @cached_property
    def href(self) -> str:
        """Its own page, which says why, what is missing, and by which source."""
        asked = link(self.look.asked, zoom="all")
        of = {} if self.row.subject is None else {"of": str(self.row.subject)}
        return f"{reverse('duty', args=(self.look.number, self.code))}{joined(asked, of)}"

    @property
    def in_law(self) -> str:
        """The page of the law browser about it, by the law that this record is read by."""
        return f"{reverse('law_duty', args=(self.code,))}?law={self.look.law.pack}"

    @cached_property
    def title(self) -> str:
        """What is owed."""
        return wording.told(self.row.rule.title, self.language)

    @cached_property
    def about(self) -> str:
        """Which interview, proceeding ... it is for."""
        return about(self.row.subject, self.look, self.facts)

    @cached_property
    def owner(self) -> str:
        """Who owes it: the agency of this country, else the role."""
        role = self.row.rule.owner
        owner = self.look.law.owner(role)
        return wording.titled(role.value) if owner is None else wording.told(owner.agency, self.language)

    @property
    def owner_role(self) -> str:
        """The role, where the agency stands in its place."""
        role = self.row.rule.owner
        return "" if self.look.law.owner(role) is None else wording.plain(role.value)

    @property
    def since(self) -> str:
        """Since when it stands."""
        return "" if self.row.started is None else when.span(self.row.started.at)

    @property
    def since_facts(self) -> tuple[int, ...]:
        """The facts from which its time runs."""
        started = self.row.started
        return () if started is None else self.facts.numbers([fact.id for fact in started.facts])

    @property
    def known(self) -> str:
        """When that was first learnt."""
        started = self.row.started
        if started is None or started.known is None:
            return ""
        return when.learnt(started.known.earliest, self.look.law.zone)

    @cached_property
    def due(self) -> str:
        """Until when."""
        return _due(self.row, self.look.law.zone)

    @property
    def due_kind(self) -> str | Promise:
        """Whether that is a limit of law, a number of practice, or words alone."""
        row = self.row
        return wording.STANDINGS[row.rule.due.standing if row.due is None else row.due.kind]

    @property
    def due_by(self) -> str:
        """By which proposal its number of practice holds, where one has set it."""
        return adopted(self.row.rule.due.sop, self.look.law.zone)

    @property
    def due_is_number(self) -> bool:
        """Whether there is a time at all."""
        return self.row.due is not None and self.row.due.latest is not None

    @property
    def words(self) -> str:
        """The words of the law."""
        return wording.told(self.row.rule.due.words, self.language)

    @property
    def because(self) -> str:
        """The ground on which it is lifted, on hold, or can no longer be met."""
        return "" if self.row.because is None else wording.told(self.row.because, self.language)

    @property
    def unknown(self) -> str:
        """What is not known, and what would tell."""
        return "" if self.row.unknown is None else unknown_words(self.row.unknown)

    @cached_property
    def met(self) -> str:
        """When it was met."""
        return _met(self.row, self.look.law.zone)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it stands."""
        return tuple(_reasons(self.row, self.look, self.facts))

    @property
    def told(self) -> tuple[Reason, ...]:
        """Why it stands, in words: what was asked of the record, and its answer."""
        return tuple(replace(reason, depth=0) for reason in self.reasons if not reason.is_code)

    @property
    def rule(self) -> tuple[Reason, ...]:
        """The parts of the rule as the packs write them, for whoever checks it."""
        return tuple(reason for reason in self.reasons if reason.is_code)

    @property
    def in_words(self) -> SafeString:
        """When it arises."""
        return in_words(self.row.rule.when)

    @cached_property
    def sources(self) -> tuple[Basis, ...]:
        """By which law."""
        return sources(self.row.rule.sources, self.look, self.language)

    @cached_property
    def proofs(self) -> tuple[Proof, ...]:
        """Each proof that it asks for."""
        return tuple(_proofs(self.row, self.language))

    @property
    def lacking(self) -> tuple[Proof, ...]:
        """The proofs that are still missing, where somebody still has to give them."""
        return tuple(one for one in self.proofs if not one.found) if self.row.state in STANDING else ()

    @cached_property
    def ways(self) -> tuple[Link, ...]:
        """The forms that give what is missing, as far as they are open to who looks."""
        return (
            record_it(self.look.number, self.row, self.look.allowed.adds)
            if self.row.state in STANDING
            else ()
        )

    @property
    def line(self) -> SafeString:
        """The line of the ledger that leads to it."""
        return duty_line(
            state=self.state.value,
            anchor=self.anchor,
            href=self.href,
            code=self.code,
            title=self.title,
            about=self.about,
            owner=self.owner,
            time=self.met or (time_and_kind(self.due, self.due_kind) if self.due else isolated(self.words)),
            lacking=[proof.text for proof in self.lacking],
            ways=self.ways,
        )

    @property
    def never(self) -> tuple[str, ...]:
        """What must not be done in its name."""
        return tuple(wording.told(text, self.language) for text in self.row.rule.never)

    @property
    def where(self) -> tuple[str, ...]:
        """Where the packs say so."""
        return tuple(str(origin) for origin in self.row.rule.origins)


def duties_of(look: Look, facts: FactList, code: str, subject: str, *, language: str) -> tuple[Duty, ...]:
    """The rows of that code, or the one towards that subject; none, where the ledger has none that one may see."""
    rows = [row for row in look.answer.duties if row.rule.code == code]
    return tuple(
        Duty(row, look, facts, language) for row in rows if not subject or str(row.subject or "") == subject
    )


def sources(given: tuple[Source, ...], look: Look, language: str) -> tuple[Basis, ...]:
    """The sources of a rule: whether each binds here, was in force then, and was read by one of us."""
    return tuple(
        Basis(cited(one, look.law, language), tuple(_notes(one, look)), one.is_read) for one in given
    )


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
        if look.by_law.law_of is LawOf.THEN:
            yield _("was not in force on the chosen day")
        else:
            yield _("was not in force on the chosen day; told by the law of today")
