"""A concern of a professional: registered with what was seen or heard, sent to those who decide what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F

from encircle.actions.act import Statement, perform_in
from encircle.actions.context import Who, at_work
from encircle.actions.opening import may_open, opening
from encircle.actions.permit import permitted
from encircle.actions.record import AgencyName
from encircle.actions.reports.receiving import at_night, is_open, receivers
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records.models import Agency
from encircle.records.roots import add_member, members
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role

RECEIVING = (Role.TRIAGE_TEAM, Role.CHILD_PROTECTION_SERVICE, Role.REPORTING_CHANNEL)
"""Agencies to which a concern can be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """What somebody noticed. `danger_now`: None, where it is not known. `account`: the four questions of a first account.

    `signs`: indicators of the common list, each with how it is known; nobody adds them up. `about`: the number of the
    record of a child who is known already. `recipient`: who decides what follows.
    """

    text: str
    recipient: AgencyId
    danger_now: bool | None = None
    certainty: Certainty = Certainty.OBSERVED
    account: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, Certainty] = field(default_factory=dict)
    happened: str | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A concern as its reporter sees it afterwards."""

    number: str
    recipients: tuple[str, ...]


ACCOUNT = ("exact_words", "who_was_present", "where_noticed", "questions_asked")
"""What is asked of a first account, so that nobody has to ask the child again."""


def recipients(who: Who) -> tuple[AgencyName, ...]:
    """Those to whom a concern can be sent in this country, those of one's own region first. Refuses: NotAllowed."""
    may_open(who, purpose=Purpose.RECORD)
    with at_work(who, Purpose.RECORD):
        own = Agency.objects.filter(pk=who.agency).values_list("country", "region").get()
        found = (
            Agency.objects.filter(role__in=[role.value for role in RECEIVING], country=own[0], ended_at=None)
            .order_by(F("region").asc(nulls_last=True), "name", "pk")
            .values_list("pk", "name", "role", "country", "region")
        )
        near = sorted(found, key=lambda one: one[4] != own[1])
    return tuple(
        AgencyName(AgencyId(str(pk)), name, role, country) for pk, name, role, country, _region in near
    )


def register(who: Who, concern: Concern, *, token: str) -> str:
    """Open a record of the concern and let its recipient take part; its number. The same form registers it once.

    Danger that comes outside the hours of the recipient goes at once to the desks that are there then, too.

    Refuses: NotAllowed; NotTaken, with all problems; an agency to which no concern can be sent.
    """
    if concern.recipient not in {one.id for one in recipients(who)}:
        raise Refused(
            code="no_recipient",
            reason="A concern cannot be sent to this agency. Nothing was saved.",
            instead="Choose one of the agencies of the list.",
        )
    with opening(who, Kind.CONCERN, token=token, purpose=Purpose.RECORD) as permit:
        known = {agency for agency, _relation in members(permit.root.id)}
        for agency in dict.fromkeys((concern.recipient, *_at_once(concern, permit.context.now))):
            if agency not in known:
                add_member(permit.root.id, agency, relation=Relation.REFERRED)
        perform_in(permit, _statements(who, concern), token=token)
        return permit.root.number


def sent(who: Who, number: str) -> Sent:
    """What the reporter is shown afterwards: the number, and who has it now. Refuses: NotSeen, NotAllowed."""
    with permitted(who, number, purpose=Purpose.RECORD) as permit:
        ids = [agency for agency, relation in members(permit.root.id) if relation == Relation.REFERRED]
        names = Agency.objects.filter(pk__in=ids).order_by("name").values_list("name", flat=True)
        told = tuple(names)
        act = journal.Act(
            kind=EntryKind.LOOK,
            outcome="concern_sent",
            root=permit.root.id,
            role=who.role.value,
            legal_basis=permit.allowed.basis,
            regime=permit.allowed.regime,
        )
        journal.enter(act, ctx=permit.context)
    return Sent(number, told)


def _at_once(concern: Concern, at: datetime) -> tuple[AgencyId, ...]:
    """The desks named for such hours, where somebody is in danger and nobody is at the desk of the recipient."""
    if concern.danger_now is not True:
        return ()
    own = Agency.objects.filter(pk=concern.recipient).values_list(
        "opens_at", "closes_at", "hours_set", "country"
    )
    opens, closes, are_set, country = own.get()
    if is_open(opens if are_set else None, closes if are_set else None, country, at):
        return ()
    return tuple(one.agency for one in at_night(receivers(Purpose.TRIAGE)))


def _statements(who: Who, concern: Concern) -> tuple[Statement, ...]:
    account = {name: concern.account[name] for name in ACCOUNT if concern.account.get(name)}
    danger = {} if concern.danger_now is None else {"danger_now": concern.danger_now}
    said = {"text": concern.text} if concern.text else {}
    registered = Statement(
        type="concern_registered",
        values={
            "channel": "other_agency",
            "raised_by": "professional",
            "reporter_role": who.role.value,
            **danger,
            **said,
            **account,
        },
        label="concern",
        happened=concern.happened,
        certainty=concern.certainty,
    )
    linked = Statement(type="concern_linked", subject="@concern", values={"other_record": concern.about})
    return (
        registered,
        *(
            Statement(type="indicator_noted", values={"indicator": sign}, certainty=certainty)
            for sign, certainty in concern.signs.items()
        ),
        *((linked,) if concern.about else ()),
        Statement(type="concern_acknowledged", subject="@concern"),
    )
