"""Opening a record of others in an emergency: by number, for some hours, with a reason; seen at once, reviewed by another.

What the mandates call `emergency` is what opens. Everything is journalled: the opening with its reason, each look after it,
the end, the review, and each attempt that opened nothing (by the edge).
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings

from encircle.actions.by_person import ByPerson, ask_for_person
from encircle.actions.context import Who, at_work
from encircle.actions.form_token import id_of_form
from encircle.actions.heading import Heading, enter_look, heading
from encircle.actions.permit import (
    NotAllowed,
    NotSeen,
    Permit,
    ask_for_purpose,
    look_at_many,
    mandates,
    opened_of_each,
    permit_in,
    permitted,
)
from encircle.actions.whose_law import law_for
from encircle.core.access import Allowed, Denied
from encircle.core.journal.entry import EntryKind
from encircle.law.counting import end_of
from encircle.law.mandate import LedgerSeen
from encircle.law.sop import EMERGENCY_LASTS, EMERGENCY_REVIEWED
from encircle.records import journal, look_alarms
from encircle.records.context import Context
from encircle.records.emergency import (
    EmergenciesOf,
    EmergencyListed,
    counts_since,
    emergencies_on,
    emergencies_since,
    open_root_in_emergency,
    open_until,
    record_emergency,
    waiting_on,
    was_opened,
    write_review,
)
from encircle.records.emergency import (
    Emergency as Emergency,
)
from encircle.records.look_alarms import AlarmsOf, Higher
from encircle.records.roots import end_membership
from encircle.records.seen import root_numbered
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.vocabulary.role import Role

LASTS = timedelta(hours=4)
"""How long, where the practice of a country sets no number; at most a day, which the database holds to as well."""
LONGEST = timedelta(hours=24)
LEAST_WORDS = 20
"""Signs that a reason has at least: one word explains nothing to who reviews it."""
MOST_WORDS = 2000
_NUMBER = re.compile(r"[0-9a-z-]{1,64}")
COUNTED = timedelta(days=365)
MOST_LISTED = 1_000
"""Openings that are looked through for a list; a country with more of them in a year has another problem."""


class Found(StrEnum):
    """What a second person found of an opening."""

    NEEDED = "needed"
    NOT_NEEDED = "not_needed"


class NotOpened(Refused):
    """Nothing was opened: there is no such record, or none for who asks. Which of the two is not told."""

    def __init__(self) -> None:
        super().__init__(
            code="not_opened",
            reason="There is no record of that number that you can open.",
            instead="Look at the number again, or call whoever gave it to you.",
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """What opening in an emergency would mean for who asks: which parts open, for how long; reviewed until when."""

    groups: frozenset[FieldGroup]
    lasts: timedelta
    reviewed_within: timedelta | None


@dataclass(frozen=True, slots=True)
class Emergencies:
    """How a record was opened in emergencies, the newest first. `may_review`: of those of others."""

    told: Heading
    items: tuple[Emergency, ...]
    person: str
    may_review: bool


def offer_to(who: Who) -> Offer:
    """Refuses: NotAllowed, a role whose mandate names nothing for an emergency."""
    groups = _groups(who)
    with at_work(who, Purpose.EMERGENCY) as context:
        ends, review = _times(context.now)
    return Offer(groups, ends - context.now, None if review is None else review - context.now)


def open_in_emergency(who: Who, number: str, *, reason: str, token: str) -> str:
    """Open the record of that number for some hours; its number. The same form sent again opens it once.

    Refuses: NotAllowed, a role that cannot; BadInput, a reason that says nothing; NotOpened; a record in which one
    takes part already, which is simply opened.
    """
    groups, reason = _groups(who), reason.strip()
    if not LEAST_WORDS <= len(reason) <= MOST_WORDS:
        raise BadInput(
            code="reason_too_short" if len(reason) < LEAST_WORDS else "reason_too_long",
            reason="Say in a sentence or two why this cannot wait: who needs what, and when.",
            where="reason",
        )
    number, membership = number.strip().lower(), id_of_form(token, f"{who.person}/emergency")
    if not _NUMBER.fullmatch(number):
        raise NotOpened
    with at_work(who, Purpose.EMERGENCY) as context:
        if (before := was_opened(membership)) is not None:
            return before
        if root_numbered(number) is not None and _takes_part(context, who, number):
            return number
        ends, review = _times(context.now)
        root = open_root_in_emergency(number, membership=membership, lasts=ends - context.now)
        if root is None:
            raise NotOpened
        record_emergency(root, membership=membership, reason=reason, review_by=review, ctx=context)
        own = mandates()[who.role]
        act = journal.Act(
            kind=EntryKind.WRITE,
            outcome="emergency_opened",
            root=root,
            role=who.role.value,
            legal_basis=own.basis,
            regime=own.regime,
            field_groups=tuple(group for group in FieldGroup if group in groups),
        )
        journal.enter(act, ctx=context, body=reason.encode())
    return number


def emergencies_of(who: Who, number: str) -> Emergencies:
    """How that record was opened in emergencies. Who opened it sees the own ones, who leads all of them."""
    with permitted(who, number, purpose=Purpose.PROTECT) as permit:
        told = heading(permit)
        enter_look(permit, "emergencies", told)
        leads = _leads(permit)
        items = (one for one in emergencies_on(permit.root.id) if leads or one.person == who.person)
        if FieldGroup.MINIMUM not in permit.allowed.groups:
            items = (replace(one, reason=None, review=None) for one in items)
        return Emergencies(told, tuple(items), who.person, may_review=leads)


def emergencies_led(who: Who) -> tuple[EmergencyListed, ...]:
    """The last year's, on the records that the agency of who asks leads or answers for; the newest first, without words.

    Refuses: NotAllowed, a role that does not account for looks.
    """
    with at_work(who, Purpose.ACCOUNT_FOR) as context:
        ask_for_purpose(who, Purpose.ACCOUNT_FOR)
        found = emergencies_since(context.now - COUNTED, at_most=MOST_LISTED)
        stands = opened_of_each(who, {one.root for one in found}, context=context)
        journal.enter(look_at_many(who, "emergencies_listed"), ctx=context)
        return tuple(one for one in found if is_led(stands[one.root]))


def close_emergency(who: Who, number: str, emergency: str) -> None:
    """End it before its time: who opened it, or who leads the case. Twice is once. Refuses: NoSuchEmergency."""
    with permitted(who, number, purpose=Purpose.PROTECT) as permit:
        ask_for_person(who, ByPerson.ANSWER_EMERGENCY, number)
        one = _one(permit, emergency)
        if one.person != who.person and not _leads(permit):
            raise NoSuchEmergency
        if one.runs and end_membership(one.membership):
            _journal(permit, "emergency_closed")


def review_emergency(who: Who, number: str, emergency: str, *, found: Found, words: str) -> None:
    """Say whether it was needed. Refuses: NotSeen, NotAllowed; NoSuchEmergency; BadInput, no words; RuleBroken, one's own."""
    with permitted(who, number, purpose=Purpose.PROTECT) as permit:
        ask_for_person(who, ByPerson.ANSWER_EMERGENCY, number)
        words = words.strip()
        _one(permit, emergency)
        if not _leads(permit):
            raise NoSuchEmergency
        if not words or len(words) > MOST_WORDS:
            raise BadInput(
                code="review_without_words",
                reason="Say in a sentence what you looked at and what you found.",
                where="words",
            )
        write_review(emergency, permit.root.id, found=found.value, words=words)
        _journal(permit, f"emergency_reviewed:{found.value}")


@dataclass(frozen=True, slots=True)
class InEmergency:
    """What the page of a record says of it. `until`: open to who looks until then, by that alone. `waiting`: how many times
    it was opened by others and nobody has looked at why; told to who leads.
    """

    until: datetime | None = None
    waiting: int = 0


def in_emergency(permit: Permit) -> InEmergency:
    """What of emergencies the page of that record tells who looks. One query at most."""
    if permit.opened_in_emergency:
        return InEmergency(until=open_until(permit.root.id, permit.who.person))
    return InEmergency(waiting=waiting_on(permit.root.id)) if _leads(permit) else InEmergency()


@dataclass(frozen=True, slots=True)
class Counted:
    """How often in the last year, by agency: records opened in an emergency, and looks that stood out.

    `higher`: what one's own desk was told because an agency had not answered in time.
    """

    emergencies: tuple[EmergenciesOf, ...]
    looks: tuple[AlarmsOf, ...]
    higher: Higher
    zone: str


def counted_by_agency(who: Who) -> Counted:
    """How often in the last year, by agency. Refuses: NotAllowed, a role that does not account for others."""
    with at_work(who, Purpose.ACCOUNT_FOR) as context:
        if not may_count(who.role):
            raise _not_for(
                who.role, reason="These figures are for those who answer for the work of agencies."
            )
        act = journal.Act(kind=EntryKind.LOOK, outcome="emergencies_counted", role=who.role.value)
        journal.enter(act, ctx=context)
        since = context.now - COUNTED
        higher = look_alarms.told_higher(who.agency, since=since)
        counted = counts_since(since), look_alarms.counts_since(since)
        return Counted(*counted, higher, law_for(settings.COUNTRY).zone)


class NoSuchEmergency(Refused):
    """There is no such opening on this record, or it is not one's own to end or to review."""

    def __init__(self) -> None:
        super().__init__(
            code="no_such_emergency",
            reason="There is no such opening of this record that you can act on. Nothing was changed.",
            instead="Look at the list again.",
        )


def may_open(role: Role) -> bool:
    """Whether somebody in that role can open a record of others in an emergency."""
    own = mandates().get(role)
    return own is not None and bool(own.emergency)


def may_count(role: Role) -> bool:
    """Whether somebody in that role sees how often agencies open records so: who accounts for more than the own duties.

    Those are figures of the whole country: not for who accounts for one child alone, as a guardian does.
    """
    own = mandates().get(role)
    if own is None or not {Purpose.ACCOUNT_FOR, Purpose.STATISTICS} <= own.purposes:
        return False
    return own.ledger is not LedgerSeen.OWN or Decision.HEAR_UNANSWERED in own.decides


def hears(role: Role) -> bool:
    """Whether that role is told when an agency has not answered in time."""
    own = mandates().get(role)
    return own is not None and Decision.HEAR_UNANSWERED in own.decides


def _groups(who: Who) -> frozenset[FieldGroup]:
    ask_for_person(who, ByPerson.BEGIN_EMERGENCY)
    own = mandates().get(who.role)
    if own is None or not own.emergency:
        raise _not_for(who.role, reason="Your role opens no record of others in an emergency.")
    return own.emergency


def _not_for(role: Role, *, reason: str) -> NotAllowed:
    denied = Denied(
        code="no_emergency",
        reason=reason,
        source=f"The mandate of the role {role.value} does not name it.",
        instead="Call the case lead, or the duty desk of the child protection service.",
    )
    return NotAllowed(denied, "")


def _times(now: datetime) -> tuple[datetime, datetime | None]:
    """Until when it would be open, and until when it is reviewed, by the practice of the country."""
    law = law_for(settings.COUNTRY)
    periods = {rule.code: rule.period for rule in law.sops}
    ends, review = (
        None if period is None else end_of(period, start=now, calendar=law.calendar).at
        for period in (periods.get(EMERGENCY_LASTS), periods.get(EMERGENCY_REVIEWED))
    )
    return min(ends or now + LASTS, now + LONGEST), review


def _takes_part(context: Context, who: Who, number: str) -> bool:
    """Whether the record opens to who asks without any emergency."""
    try:
        return not permit_in(context, who, number, purpose=Purpose.PROTECT).opened_in_emergency
    except (NotSeen, NotAllowed):
        return False


def _leads(permit: Permit) -> bool:
    """Who leads the case or answers for it: sees all duties, and decides."""
    return is_led(permit.allowed)


def is_led(answer: Allowed | Denied) -> bool:
    """Whether who is answered so leads the record or answers for it."""
    return isinstance(answer, Allowed) and answer.ledger is LedgerSeen.ALL and bool(answer.decides)


def _one(permit: Permit, emergency: str) -> Emergency:
    found = next((one for one in emergencies_on(permit.root.id) if one.id == emergency), None)
    if found is None:
        raise NoSuchEmergency
    return found


def _journal(permit: Permit, outcome: str) -> None:
    act = journal.Act(
        kind=EntryKind.WRITE,
        outcome=outcome,
        root=permit.root.id,
        role=permit.who.role.value,
        legal_basis=permit.allowed.basis,
    )
    journal.enter(act, ctx=permit.context)
