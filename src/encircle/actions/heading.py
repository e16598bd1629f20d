"""What the pages of one record begin with: whose record it is, and what is known of it now to who looks."""

from dataclasses import dataclass
from datetime import datetime

from encircle.actions.permit import Permit
from encircle.actions.replay.answer import answer
from encircle.actions.whose_law import law_for
from encircle.core.access import Shown, shown
from encircle.core.child import AsOf
from encircle.core.child.situation import Situation
from encircle.core.journal.entry import EntryKind
from encircle.law.law import Law
from encircle.records import journal
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@dataclass(frozen=True, slots=True)
class Heading:
    """Whose record this is: its number and kind, the law by which it is read, and what of it is open to who looks, now."""

    number: str
    kind: Kind
    law: Law
    shown: Shown
    now: datetime

    @property
    def situation(self) -> Situation:
        """What is known, without what is closed to who looks."""
        return self.shown.situation


def heading(permit: Permit) -> Heading:
    """What of that record is open to who looks, as of now: computed from all of it, as on every page."""
    law, now = law_for(permit.root.country), permit.context.now
    whole = permit.whole()
    told = answer(whole.facts, law=law, as_of=AsOf(now), child=permit.root.id)
    what = shown(
        whole.facts,
        told.folded.earliest,
        told.duties,
        told.alarms,
        law=law,
        allowed=permit.allowed,
        agency=permit.who.agency,
    )
    return Heading(permit.root.number, permit.root.kind, law, what, now)


def enter_look(permit: Permit, page: str, told: Heading) -> None:
    """Write down that this page of the record was shown, with the parts that are open. `page`: a code."""
    groups = {FieldGroup.MINIMUM, *told.shown.groups} & permit.allowed.groups
    act = journal.Act(
        kind=EntryKind.LOOK,
        outcome=page,
        root=permit.root.id,
        role=permit.who.role.value,
        legal_basis=permit.allowed.basis,
        regime=permit.allowed.regime,
        field_groups=tuple(group for group in FieldGroup if group in groups),
    )
    journal.enter(act, ctx=permit.context)
