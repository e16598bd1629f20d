"""What somebody needs to have read before writing: the open facts of a record, the law, the agencies to name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, When

from encircle.actions.context import Who
from encircle.actions.permit import NotAllowed, Permit, permitted
from encircle.actions.record import AgencyName
from encircle.actions.replay.answer import answer
from encircle.actions.whose_law import law_for
from encircle.core.access import Allowed, Denied, Doing, groups_of, shown, text_is_open
from encircle.core.child import AsOf, Situation
from encircle.core.duty import DutyRow
from encircle.core.journal.entry import EntryKind
from encircle.core.prohibition import Alarm
from encircle.law.law import Law
from encircle.records import journal
from encircle.records.models import Agency
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId, FactId
from encircle.vocabulary.purpose import Purpose

MOST_AGENCIES = 60
"""A form that offered more would be too heavy."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A record as its writer may see it. `read_until`: its last open fact, None where there is none."""

    number: str
    kind: Kind
    law: Law
    now: datetime
    own: AgencyId
    allowed: Allowed
    facts: tuple[Fact, ...]
    situation: Situation
    duties: tuple[DutyRow, ...]
    alarms: tuple[Alarm, ...]
    agencies: Mapping[AgencyId, AgencyName]
    read_until: FactId | None

    def opens_text(self, fact: Fact) -> bool:
        """Whether free text of that fact may be read."""
        return text_is_open(FACT_TYPES[fact.type].compartment, self.allowed)

    def partly_closed(self) -> NotAllowed:
        """The refusal to say anew an entry of which a part is closed: it would be lost."""
        denied = Denied(
            code="partly_closed",
            reason="Part of what this entry says is closed to you, so you cannot say it anew.",
            source=self.allowed.source,
            instead="Tell who wrote it what should be corrected, or write beside it what you know yourself.",
        )
        return NotAllowed(denied, self.number)


def opened_of(who: Who, number: str, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Of facts that are on that record, those in parts that are open: to which part one belongs, the whole record says.

    Refuses: NotSeen, NotAllowed.
    """
    with permitted(who, number, purpose=Purpose.RECORD, doing=Doing.ADD) as permit:
        group_of = groups_of(permit.whole().facts)
        return tuple(fact for fact in facts if group_of.get(fact.id) in permit.allowed.groups)


def writing_of(who: Who, number: str, *, purpose: Purpose = Purpose.RECORD) -> Writing:
    """What is open of that record to one who adds to it; journalled as a look. Refuses: NotSeen, NotAllowed."""
    with permitted(who, number, purpose=purpose, doing=Doing.ADD) as permit:
        whole = permit.whole().facts
        law = law_for(permit.root.country)
        now = permit.context.now
        told = answer(whole, law=law, as_of=AsOf(now), child=permit.root.id)
        what = shown(
            whole,
            told.folded.earliest,
            told.duties,
            told.alarms,
            law=law,
            allowed=permit.allowed,
            agency=who.agency,
        )
        act = journal.Act(
            kind=EntryKind.LOOK,
            outcome="shown",
            root=permit.root.id,
            role=who.role.value,
            legal_basis=permit.allowed.basis,
            regime=permit.allowed.regime,
            field_groups=what.groups,
        )
        journal.enter(act, ctx=permit.context)
        agencies = _agencies(permit, what.facts)
    return Writing(
        number=permit.root.number,
        kind=permit.root.kind,
        law=law,
        now=now,
        own=who.agency,
        allowed=permit.allowed,
        facts=what.facts,
        situation=what.situation,
        duties=what.duties,
        alarms=what.alarms,
        agencies=agencies,
        read_until=what.facts[-1].id if what.facts else None,
    )


def _agencies(permit: Permit, facts: Iterable[Fact]) -> Mapping[AgencyId, AgencyName]:
    """Agencies that a fact can name as its source: those known on the record first, then others of the country."""
    known = {fact.agency for fact in facts} | {permit.who.agency}
    country = Agency.objects.filter(pk=permit.who.agency).values("country")
    order = Case(When(pk__in=known, then=0), When(country__in=country, then=1), default=2)
    found = Agency.objects.filter(ended_at=None).order_by(order, "name", "pk")
    return {
        AgencyId(str(pk)): AgencyName(AgencyId(str(pk)), name, role, country)
        for pk, name, role, country in found.values_list("pk", "name", "role", "country")[:MOST_AGENCIES]
    }
