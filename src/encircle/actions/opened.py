"""Opening a part of a record by a decision: to an agency that takes part, for a time, on a basis, with a reason.

Who decides holds the part: its mandate opens it, and names the decision. Nobody opens what is closed to them, nor words
of the child that they do not read. What is opened shows in all pages of the record, and ends by itself.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from encircle.actions.by_person import ByPerson, ask_for_person
from encircle.actions.context import Who
from encircle.actions.form_token import id_of_form
from encircle.actions.heading import Heading, enter_look, heading
from encircle.actions.people import as_basis
from encircle.actions.permit import Permit, permitted
from encircle.actions.sealed_parts import pass_on_in
from encircle.actions.whose_law import law_for
from encircle.core.access import Doing
from encircle.core.journal.entry import EntryKind
from encircle.core.sharing import AgreementState, covers, state_of
from encircle.law.calendar import zone_of
from encircle.law.law import Law
from encircle.records import journal
from encircle.records.opened import OpenedPart as OpenedPart
from encircle.records.opened import end_opened, open_part, opened_on
from encircle.records.parts import parts_in
from encircle.records.sharing import Agreement, agreements
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
    looks may open, none where the mandate does not name the decision; `agreements`: on which it could rest.
    """

    told: Heading
    items: tuple[OpenedPart, ...]
    agencies: tuple[tuple[AgencyId, str], ...]
    groups: tuple[FieldGroup, ...]
    agreements: tuple[Agreement, ...]
    own: AgencyId
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
        groups, items = _held(permit), opened_on(permit.root.id)
        if FieldGroup.MINIMUM not in permit.allowed.groups:
            items = tuple(replace(one, reason=None) for one in items)
        return OpenedParts(
            told=told,
            items=items,
            agencies=tuple((agency, name) for agency, name in others.items() if agency != who.agency),
            groups=groups,
            agreements=_running(permit, others) if groups else (),
            own=who.agency,
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
    agreement: str = "",
) -> bool:
    """Open that part to that agency for so many days. The same form sent again opens nothing more, also after its end.

    `agreement`: the id of one between the two agencies, on which it rests; then that gives the basis, and the last day.
    Refuses: NotSeen, NotAllowed; BadInput, with the field: an agency that takes no part, a part that who decides does not
    hold, a time that is not offered, an agreement that does not cover it, no basis, no reason.
    """
    with permitted(who, number, purpose=Purpose.PROTECT, doing=Doing.DECIDE) as permit:
        ask_for_person(who, ByPerson.OPEN_PART, number)
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
        until = permit.context.now + timedelta(days=days)
        found = _covering(permit, agreement, agency, group)
        if found is not None:
            basis, until = found.basis, min(until, _end_of(found.terms.last, law_for(permit.root.country)))
        kept, reason = as_basis(basis), reason.strip()
        if not reason or len(reason) > MOST_WORDS:
            raise BadInput(
                code="no_reason", reason="Say what they need it for, in a sentence.", where="reason"
            )
        made = open_part(
            permit.root.id,
            agency,
            group,
            decision=id_of_form(token, f"{permit.root.id}/opened"),
            words=group not in permit.by_mandate().summary,
            basis=kept,
            until=until,
            reason=reason,
            agreement=None if found is None else found.id,
            ctx=permit.context,
        )
        if made:
            _journal(permit, "part_opened", group, agency, reason)
            pass_on_in(permit)
        return made


def end_opened_part(who: Who, number: str, decision: str) -> None:
    """End it now: who decided, or who says who takes part. Refuses: NotSeen, NotAllowed; NoSuchOpening."""
    with permitted(who, number, purpose=Purpose.PROTECT, doing=Doing.DECIDE) as permit:
        ask_for_person(who, ByPerson.OPEN_PART, number)
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


def _running(permit: Permit, others: Collection[AgencyId]) -> tuple[Agreement, ...]:
    """The agreements on which one's agency can share with those that take part, today."""
    today = _today(permit)
    return tuple(
        one
        for one in agreements(giver=permit.who.agency)
        if one.taker in others and state_of(one.terms, one.signed, on=today) is AgreementState.RUNS
    )


def _covering(permit: Permit, asked: str, agency: AgencyId, group: FieldGroup) -> Agreement | None:
    """The agreement that was chosen; None where none was. Refuses: BadInput, one that does not cover this."""
    if not asked:
        return None
    found = next((one for one in _running(permit, (agency,)) if one.id == asked), None)
    if found is None or not covers(found.terms, found.signed, group, on=_today(permit)):
        raise BadInput(
            code="not_covered",
            reason="That agreement does not cover this agency and this part.",
            where="agreement",
        )
    return found


def _today(permit: Permit) -> date:
    return permit.context.now.astimezone(zone_of(law_for(permit.root.country).zone)).date()


def _end_of(last: date, law: Law) -> datetime:
    return datetime.combine(last + timedelta(days=1), time(), zone_of(law.zone))


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
