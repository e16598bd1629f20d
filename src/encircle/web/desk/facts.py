"""Facts on the page: numbered in order of time, with what corrects, withdraws or differs from them side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

import msgspec
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from encircle.actions.record import AgencyName, Look
from encircle.core.access import groups_of, text_is_open
from encircle.core.child.as_of import standing
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.shape import FieldShape, shape
from encircle.vocabulary.identifier import AgencyId, FactId
from encircle.vocabulary.moment import parse_span
from encircle.web.desk.acts import named
from encircle.web.desk.as_of import joined, link
from encircle.web.desk.ways import Link
from encircle.web.page import when, wording


class Counts(Enum):
    """Whether a fact counts in the answer as of the chosen time and knowledge, and if not, why."""

    COUNTS = "counts"
    LATER = "later"
    NOT_KNOWN = "not_known"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    WITHDRAWAL = "withdrawal"


COUNTS_WORDS: dict[Counts, str | Promise] = {
    Counts.COUNTS: gettext_lazy("counts"),
    Counts.LATER: gettext_lazy("had not happened yet"),
    Counts.NOT_KNOWN: gettext_lazy("was not known then"),
    Counts.CORRECTED: gettext_lazy("corrected by another"),
    Counts.WITHDRAWN: gettext_lazy("withdrawn"),
    Counts.WITHDRAWAL: gettext_lazy("takes another back"),
}


CHANGES: Mapping[str, str | Promise] = {
    "correct": gettext_lazy("Correct"),
    "withdraw": gettext_lazy("Take back"),
    "learnt": gettext_lazy("My agency learns this today"),
}
"""What can be done about a fact, by the name of the page."""

LATEST = 8
"""How many facts the home of a record shows."""


@dataclass(frozen=True, slots=True)
class Said:
    """One field of a fact, in words."""

    label: wording.Told
    value: str
    closed: bool = False


@dataclass(frozen=True)
class FactView:
    """One fact as it is shown. What a page does not show of it is not put into words: a record has hundreds of them."""

    number: int
    fact: Fact
    title: str
    counts: Counts
    relation: str
    """How it belongs to another fact: corrects 3, another account of 3, takes 3 back."""
    page: str
    look: Look = field(repr=False)
    numbers: Mapping[FactId, int] = field(repr=False)
    may_change: bool = False
    """Whether who looks may write into the part in which it lies."""

    @property
    def href(self) -> str:
        """Where it is told in full."""
        return f"{self.page}#fact-{self.number}"

    @cached_property
    def happened(self) -> str:
        """When it happened, as exactly as that is known."""
        return when.span(self.fact.happened)

    @cached_property
    def recorded(self) -> str:
        """When it was written down."""
        return when.minute(self.fact.recorded, self.look.law.zone)

    @cached_property
    def learnt(self) -> tuple[tuple[str, str], ...]:
        """Which agency learnt it when."""
        zone = self.look.law.zone
        return tuple((_agency(one.agency, self.look), when.learnt(one.at, zone)) for one in self.fact.learnt)

    @cached_property
    def source(self) -> str:
        """The agency that says so."""
        return _agency(self.fact.agency, self.look)

    @cached_property
    def said_by(self) -> str:
        """Who told that agency."""
        return wording.plain(self.fact.said_by or "")

    @property
    def certainty(self) -> str | Promise:
        """Observed, reported or inferred."""
        return wording.CERTAINTIES[self.fact.certainty]

    @property
    def doc(self) -> str:
        """What a fact of this type states."""
        return FACT_TYPES[self.fact.type].doc

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """What it says, field by field; of what is sealed to people and not unlocked, that it is."""
        if self.fact.is_shut:
            words = _("Unlock your key to read it: Your sign-in, Your key to sealed parts.")
            return (Said(wording.Told(_("Sealed part")), words, closed=True),)
        fields = shape(FACT_TYPES[self.fact.type])
        return tuple(
            _said(self.fact, one, self.look, self.numbers) for one in fields if _is_set(self.fact, one)
        )

    @property
    def why_not(self) -> str | Promise:
        """Why it does not count."""
        return COUNTS_WORDS[self.counts]

    @property
    def does_count(self) -> bool:
        """Whether it counts."""
        return self.counts is Counts.COUNTS

    @property
    def ways(self) -> tuple[Link, ...]:
        """What who looks may do about it: correct it, take it back, say that one's own agency learns it."""
        if not self.may_change or self.counts in (Counts.CORRECTED, Counts.WITHDRAWN):
            return ()
        names = ["withdraw"]
        if self.fact.type in named() and not any(said.closed for said in self.said):
            names.insert(0, "correct")
        if self.look.own is not None and self.look.own not in {one.agency for one in self.fact.learnt}:
            names.append("learnt")
        about = [self.look.number, self.fact.id]
        return tuple(Link(CHANGES[name], self.title, reverse(name, args=about)) for name in names)


@dataclass(frozen=True, slots=True)
class Event:
    """One event: a fact, and all that corrects it, takes it back or tells it otherwise."""

    accounts: tuple[FactView, ...]

    @property
    def is_told_otherwise(self) -> bool:
        """Whether there is more than one account of it."""
        return len(self.accounts) > 1


@dataclass(frozen=True, slots=True)
class FactList:
    """All facts of a record."""

    events: tuple[Event, ...]
    by_id: Mapping[FactId, FactView]
    page: str
    """Where all of them are told in full, for the same question."""

    @property
    def latest(self) -> tuple[FactView, ...]:
        """The few that were recorded last, the newest first."""
        views = sorted(self.by_id.values(), key=lambda view: (view.fact.recorded, view.number), reverse=True)
        return tuple(views[:LATEST])

    def numbers(self, ids: tuple[FactId, ...] | list[FactId]) -> tuple[int, ...]:
        """The numbers of these facts, as far as they are on the page."""
        return tuple(sorted({self.by_id[one].number for one in ids if one in self.by_id}))


def fact_list(look: Look, *, page: str | None = None) -> FactList:
    """Every fact on record, also those that do not count as of the chosen time: they say so.

    `page`: where they are told in full; None: on the page of the record for it.
    """
    ordered = sorted(look.facts, key=lambda f: (f.happened.earliest, f.happened.latest, f.recorded, f.id))
    numbers = {fact.id: number for number, fact in enumerate(ordered, start=1)}
    counts = _counts(look)
    group_of = groups_of(look.facts)
    if page is None:
        page = f"{reverse('facts', args=(look.number,))}{joined(link(look.asked, zoom='all'), {})}"
    views = {
        fact.id: FactView(
            number=numbers[fact.id],
            fact=fact,
            title=wording.titled(fact.type),
            counts=counts[fact.id],
            relation=_relation(fact, numbers),
            page=page,
            look=look,
            numbers=numbers,
            may_change=group_of[fact.id] in look.allowed.adds,
        )
        for fact in ordered
    }
    groups: dict[FactId, list[FactView]] = {}
    by_id = {fact.id: fact for fact in ordered}
    for fact in ordered:
        groups.setdefault(_first(fact, by_id).id, []).append(views[fact.id])
    return FactList(tuple(Event(tuple(group)) for group in groups.values()), views, page)


def _first(fact: Fact, by_id: Mapping[FactId, Fact]) -> Fact:
    """The fact with which the event began on record."""
    seen = {fact.id}
    while True:
        other = fact.corrects or fact.version_of or fact.withdraws
        if other is None or other in seen or other not in by_id:
            return fact
        seen.add(other)
        fact = by_id[other]


def _counts(look: Look) -> Mapping[FactId, Counts]:
    events = standing(look.facts, look.as_of)
    standing_ids = {fact.id for event in events for fact in event.facts}
    counting = {fact.id for event in events if event.earliest <= look.as_of.at for fact in event.facts}
    known = [fact for fact in look.facts if look.as_of.knows(fact)]
    withdrawn = {fact.withdraws for fact in known if fact.withdraws is not None}
    found: dict[FactId, Counts] = {}
    for fact in look.facts:
        if not look.as_of.knows(fact):
            found[fact.id] = Counts.NOT_KNOWN
        elif fact.id in counting:
            found[fact.id] = Counts.COUNTS if fact.withdraws is None else Counts.WITHDRAWAL
        elif fact.withdraws is not None:
            found[fact.id] = Counts.WITHDRAWAL
        elif fact.id in standing_ids:
            found[fact.id] = Counts.LATER
        else:
            found[fact.id] = Counts.WITHDRAWN if fact.id in withdrawn else Counts.CORRECTED
    return found


def _agency(agency: AgencyId, look: Look) -> str:
    known: AgencyName | None = look.agencies.get(agency)
    return agency if known is None else known.name


def _relation(fact: Fact, numbers: Mapping[FactId, int]) -> str:
    if fact.corrects is not None:
        return _("corrects fact {n}").format(n=numbers.get(fact.corrects, "?"))
    if fact.version_of is not None:
        return _("another account of fact {n}").format(n=numbers.get(fact.version_of, "?"))
    if fact.withdraws is not None:
        return _("takes fact {n} back").format(n=numbers.get(fact.withdraws, "?"))
    return ""


def _is_set(fact: Fact, field: FieldShape) -> bool:
    return getattr(fact.payload, field.name) is not msgspec.UNSET


def _said(fact: Fact, field: FieldShape, look: Look, numbers: Mapping[FactId, int]) -> Said:
    value = getattr(fact.payload, field.name)
    label = _label(field)
    if field.value in ("text", "identifier"):
        if not text_is_open(FACT_TYPES[fact.type].compartment, look.allowed):
            return Said(label, _("written down; not shown on this page"), closed=True)
        return Said(label, str(value))
    if field.value == "bool":
        return Said(label, _("yes") if value else _("no"))
    if field.value == "codes":
        return Said(label, ", ".join(wording.plain(str(one)) for one in value))
    if field.value == "agency":
        return Said(label, _agency(AgencyId(value), look))
    if field.value == "when":
        return Said(label, when.span(parse_span(value, fact.happened.zone)))
    if field.value == "ref":
        return Said(label, _named(str(value), look, numbers))
    return Said(label, wording.plain(str(value)))


def _label(field: FieldShape) -> wording.Told:
    """The name of a field in English; in another language what it holds."""
    held = wording.asked(field.doc)
    if not held.lang and not wording.is_english():
        return held
    name = wording.Told(wording.titled(field.name))
    name.lang = held.lang
    return name


def _named(subject: str, look: Look, numbers: Mapping[FactId, int]) -> str:
    """What a fact names: told by the number of the first fact about it."""
    about = [numbers[fact.id] for fact in look.facts if subject in (fact.subject, fact.id)]
    return (
        _("see fact {n}").format(n=min(about)) if about else _("not on this record, or not open to your role")
    )
