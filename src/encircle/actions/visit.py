"""Visits: to what end somebody opens one record, asked once for each visit where the mandate allows several."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.conf import settings

from encircle.actions.context import Visit, Who
from encircle.actions.law import law_of
from encircle.actions.permit import mandates, permitted
from encircle.core.access import visits_open
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records.journal.history import last_visit
from encircle.records.relations import standing_to
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.visit_purpose import VisitPurpose


@dataclass(frozen=True, slots=True)
class Choices:
    """To which ends who asks may visit that record, and what each opens. `last`: that of their last visit, else the first."""

    number: str
    opens: Mapping[VisitPurpose, frozenset[FieldGroup]]
    last: VisitPurpose


def visit_choices(who: Who, number: str) -> Choices:
    """What there is to choose from. Shows nothing of the record. Refuses: NotSeen, NotAllowed."""
    with permitted(replace(who, visit=None), number, purpose=Purpose.PROTECT) as permit:
        stands = standing_to((permit.root.id,), ctx=permit.context)[permit.root.id]
        opens = visits_open(role=who.role, relations=stands.relations, mandates=mandates())
        before = last_visit(permit.root.id, who.person)
        last = next((one for one in opens if one.value == before), next(iter(opens)))
        return Choices(permit.root.number, opens, last)


def begin_visit(who: Who, number: str, purpose: VisitPurpose) -> None:
    """Open the record to that end, from now on. Refuses: NotSeen, NotAllowed; VisitNotChosen, one that is not allowed."""
    visit = Visit(purpose, None if who.visit is None else who.visit.duty)
    with permitted(replace(who, visit=visit), number, purpose=Purpose.PROTECT) as permit:
        act = journal.Act(
            kind=EntryKind.LOOK,
            outcome="visit_begun",
            root=permit.root.id,
            role=who.role.value,
            legal_basis=permit.allowed.basis,
            regime=permit.allowed.regime,
        )
        journal.enter(act, ctx=permit.context)


def serving(who: Who, duty: str) -> Who:
    """The same person, whose visit serves that duty from now on; as they are, where there is no such duty."""
    known = any(one.code == duty for one in law_of(settings.COUNTRY).duties)
    return replace(who, visit=replace(who.visit, duty=duty)) if known and who.visit is not None else who
