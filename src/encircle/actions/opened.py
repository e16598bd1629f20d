"""Opening a part of a record by a decision: to an agency that takes part, for a time, on a basis, with a reason.

Who decides holds the part: its mandate opens it, and names the decision. Nobody opens what is closed to them, nor words
of the child that they do not read. What is opened shows in all pages of the record, and ends by itself.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

from encircle.actions.context import Who
from encircle.actions.heading import Heading, enter_look, heading
from encircle.actions.people import as_basis
from encircle.actions.permit import Permit, permitted
from encircle.core.access import Doing
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records.opened import OpenedPart as OpenedPart
from encircle.records.opened import end_opened, open_part, opened_on
from encircle.records.parts import parts_in
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused

DAYS = (7, 30, 90, 365)
"""For how long a part can be opened."""
MOST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class OpenedParts:
    """What was opened of a record. `agencies`: those that take part, to whom more could be opened; `groups`: which parts who
    looks may open, none where the mandate does not name the decision.
    """

    told: Heading
    items: tuple[OpenedPart, ...]
    agencies: tuple[tuple[AgencyId, str], ...]
    groups: tuple[FieldGroup, ...]
    person: str
    ends_all: bool


class NoSuchOpening(Refused):
    """There is no such decision on this record that one may end."""

    def __init__(self) -> None:
        super().__init__(
            code="no_such_opening",
            reason="There is no such decision that still runs and that you can end. Nothing was changed.",
            instead="Look at the list again.",
        )


def opened_parts(who: Who, number: str) -> OpenedParts:
    """Who may see which parts by decision. Refuses as `permitted`."""
    with permitted(who, number, purpose=Purpose.PROTECT) as permit:
        told = heading(permit)
        enter_look(permit, "opened_parts", told)
        others = {part.agency: part.agency_name for part in parts_in(permit.root.id)}
        return OpenedParts(
            told=told,
            items=opened_on(permit.root.id),
            agencies=tuple((agency, name) for agency, name in others.items() if agency != who.agency),
            groups=_held(permit),
            person=who.person,
            ends_all=Decision.LET_TAKE_PART in permit.allowed.decides,
        )


def open_part_to(
    who: Who,
    number: str,
    agency: AgencyId,
    group: FieldGroup,
    *,
    days: int,
    basis: str,
    reason: str,
    token: str,
) -> bool:
    """Open that part to that agency for so many days. The same form sent again opens nothing more, also after its end.

    Refuses: NotSeen, NotAllowed; BadInput, with the field: an agency that takes no part, a part that who decides does not
    hold, a time that is not offered, no basis, no reason.
    """
    with permitted(who, number, purpose=Purpose.PROTECT, doing=Doing.DECIDE) as permit:
        permit.ask_to_decide(Decision.OPEN_PART)
        inside = {part.agency for part in parts_in(permit.root.id)} - {who.agency}
        if agency not in inside:
            raise BadInput(
                code="not_inside", reason="Choose an agency that takes part in this record.", where="agency"
            )
        if group not in _held(permit):
            raise BadInput(code="not_held", reason="Choose a part that is open to you.", where="group")
        if days not in DAYS:
            raise BadInput(code="no_such_time", reason="Choose for how long.", where="days")
        kept, reason = as_basis(basis), reason.strip()
        if not reason or len(reason) > MOST_WORDS:
            raise BadInput(
                code="no_reason", reason="Say what they need it for, in a sentence.", where="reason"
            )
        made = open_part(
            permit.root.id,
            agency,
            group,
            decision=_decision(permit, token),
            words=group not in permit.by_mandate().summary,
            basis=kept,
            until=permit.context.now + timedelta(days=days),
            reason=reason,
            ctx=permit.context,
        )
        if made:
            _journal(permit, "part_opened", group, agency, reason)
        return made


def end_opened_part(who: Who, number: str, decision: str) -> None:
    """End it now: who decided, or who says who takes part. Refuses: NotSeen, NotAllowed; NoSuchOpening."""
    with permitted(who, number, purpose=Purpose.PROTECT, doing=Doing.DECIDE) as permit:
        found = next((one for one in opened_on(permit.root.id) if one.id == decision), None)
        may = found is not None and (
            found.person == who.person or Decision.LET_TAKE_PART in permit.allowed.decides
        )
        if found is None or not may:
            raise NoSuchOpening
        if end_opened(decision, permit.root.id):
            _journal(permit, "opened_part_ended", found.group, None, "")


def _held(permit: Permit) -> tuple[FieldGroup, ...]:
    """What who looks may open: the parts that are open to them by mandate, where it names the decision."""
    if Decision.OPEN_PART not in permit.allowed.decides:
        return ()
    groups = permit.by_mandate().groups
    return tuple(group for group in FieldGroup if group in groups and group is not FieldGroup.MINIMUM)


def _decision(permit: Permit, token: str) -> str:
    try:
        return str(uuid5(UUID(token), f"{permit.root.id}/opened"))
    except ValueError as wrong:
        raise Refused(
            code="token_unknown",
            reason="This form was not made here. Nothing was saved.",
            instead="Open the page again and repeat what you did.",
        ) from wrong


def _journal(permit: Permit, outcome: str, group: FieldGroup, agency: AgencyId | None, reason: str) -> None:
    act = journal.Act(
        kind=EntryKind.WRITE,
        outcome=outcome,
        root=permit.root.id,
        role=permit.who.role.value,
        legal_basis=permit.allowed.basis,
        field_groups=(group,),
    )
    said = json.dumps({"agency": agency, "reason": reason}, sort_keys=True)
    journal.enter(act, ctx=permit.context, body=said.encode())
