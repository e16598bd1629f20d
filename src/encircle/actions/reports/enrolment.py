"""Which agencies receive reports from the door: the operator says, since it is the country that decides."""

from dataclasses import dataclass

from encircle.actions.permit import mandates
from encircle.actions.reports.receiving import roles_for
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records import reports as rows
from encircle.records.context import with_context
from encircle.records.models import Agency
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role


@dataclass(frozen=True, slots=True)
class Enrolled:
    """An agency that receives reports. `ready`: its key is in use, so that they are sealed to it; `talks`: only talks are."""

    code: str
    name: str
    ready: bool
    talks: bool = False


def let_receive(code: str) -> Enrolled:
    """Let reports be sealed to the agency of that code from now on. Refuses: BadInput, none, or one that may read neither."""
    with with_context(agency=None, actor="operator", purpose=Purpose.OPERATE.value) as context:
        agency = _agency(code)
        if rows.add_recipient(AgencyId(str(agency.pk)), by=context.actor):
            journal.enter(
                journal.Act(kind=EntryKind.POLICY, outcome="report_recipient_enrolled"), ctx=context
            )
        return Enrolled(code, agency.name, _is_ready(agency), _talks(agency))


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
        ready = {one.agency for one in rows.recipients()}
        found = Agency.objects.filter(pk__in=rows.enrolled()).order_by("name", "pk")
        return tuple(
            Enrolled(one.code or "", one.name, AgencyId(str(one.pk)) in ready, _talks(one)) for one in found
        )


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
