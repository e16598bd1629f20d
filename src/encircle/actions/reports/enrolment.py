"""Which agencies receive reports from the door: the operator says, since it is the country that decides."""

import re
from dataclasses import dataclass
from typing import Final

from encircle.actions.permit import mandates
from encircle.actions.reports.receiving import nobody_at_night, receivers, roles_for
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records import reports as rows
from encircle.records.context import with_context
from encircle.records.models import Agency
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,63}")


@dataclass(frozen=True, slots=True)
class Enrolled:
    """An agency that receives reports. `ready`: its key is in use, so that they are sealed to it; `talks`: only talks are.

    `out_of_hours`: it is there when no other desk is. `region`: empty, the whole country.
    """

    code: str
    name: str
    ready: bool
    talks: bool = False
    out_of_hours: bool = False
    region: str = ""


def let_receive(code: str) -> Enrolled:
    """Let reports be sealed to the agency of that code from now on. Refuses: BadInput, none, or one that may read neither."""
    with with_context(agency=None, actor="operator", purpose=Purpose.OPERATE.value) as context:
        agency = _agency(code)
        if rows.add_recipient(AgencyId(str(agency.pk)), by=context.actor):
            journal.enter(
                journal.Act(kind=EntryKind.POLICY, outcome="report_recipient_enrolled"), ctx=context
            )
        return Enrolled(code, agency.name, _is_ready(agency), _talks(agency))


def set_desk(code: str, *, out_of_hours: bool | None = None, region: str | None = None) -> None:
    """Say whether that desk is there when no other one is, and of which region it is; an empty one: the whole country.

    Refuses: BadInput, an agency that receives no reports, or a region that is no code.
    """
    if region and not _CODE.fullmatch(region):
        raise BadInput(
            code="bad_region", reason="--region: expected a short code, such as harju.", where="--region"
        )
    with with_context(agency=None, actor="operator", purpose=Purpose.OPERATE.value) as context:
        agency = AgencyId(str(_agency(code).pk))
        if agency not in rows.enrolled():
            raise BadInput(code="no_desk", reason="This agency receives no reports.", where="agency")
        if out_of_hours is not None:
            rows.set_out_of_hours(agency, is_there=out_of_hours)
            outcome = "desk_out_of_hours_named" if out_of_hours else "desk_out_of_hours_ended"
            journal.enter(journal.Act(kind=EntryKind.POLICY, outcome=outcome), ctx=context)
        if region is not None:
            Agency.objects.filter(pk=agency).update(region=region or None)
            journal.enter(journal.Act(kind=EntryKind.POLICY, outcome="desk_region_set"), ctx=context)


def stop_receiving(code: str) -> bool:
    """Seal nothing more to it; what it could read it still can. False, where it did not receive any. Refuses: BadInput."""
    with with_context(agency=None, actor="operator", purpose=Purpose.OPERATE.value) as context:
        ended = rows.end_recipient(AgencyId(str(_agency(code).pk)))
        if ended:
            journal.enter(journal.Act(kind=EntryKind.POLICY, outcome="report_recipient_ended"), ctx=context)
        return ended


def who_receives() -> tuple[Enrolled, ...]:
    """All that are enrolled, by name."""
    with with_context(agency=None, actor="operator", purpose=Purpose.OPERATE.value):
        ready = {one.agency: one.out_of_hours for one in rows.recipients()}
        found = Agency.objects.filter(pk__in=rows.enrolled()).order_by("name", "pk")
        return tuple(
            Enrolled(
                one.code or "",
                one.name,
                AgencyId(str(one.pk)) in ready,
                _talks(one),
                ready.get(AgencyId(str(one.pk)), False),
                one.region or "",
            )
            for one in found
        )


def lacks_a_desk_at_night() -> bool:
    """Whether reports are received, and there are hours in which no desk is there that does triage."""
    with with_context(agency=None, actor="operator", purpose=Purpose.OPERATE.value) as context:
        desks = receivers(Purpose.TRIAGE)
        return bool(desks) and nobody_at_night(desks, context.now)


def _agency(code: str) -> Agency:
    found = Agency.objects.filter(code=code, ended_at=None).first()
    if found is None:
        raise BadInput(code="no_such_agency", reason="No agency has this code.", where="agency")
    mandate = mandates().get(Role(found.role))
    if mandate is None or mandate.purposes.isdisjoint({Purpose.TRIAGE, Purpose.TALK}):
        raise BadInput(
            code="no_triage",
            reason="An agency of this kind does no triage and has no talks at the door, so it receives nothing.",
            where="agency",
        )
    return found


def _talks(agency: Agency) -> bool:
    """Whether talks are sealed to it, and no reports."""
    return Role(agency.role) not in roles_for(Purpose.TRIAGE)


def _is_ready(agency: Agency) -> bool:
    return AgencyId(str(agency.pk)) in {one.agency for one in rows.recipients()}
