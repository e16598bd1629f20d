"""Complaints at the body that received them: listed without their words, opened with one's key, acknowledged, answered.

The body is not the agency complained of. Nobody of the record sees that there is a complaint, unless the child agreed.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from encircle.actions.context import Who, at_work
from encircle.actions.form_token import id_of_form
from encircle.actions.permit import NotAllowed, mandates
from encircle.actions.reports.desk import Looked, NoReport, file_of, key_at_desk, looked
from encircle.actions.reports.door import LONGEST, Said, said_in
from encircle.actions.reports.files import File, plain_bytes
from encircle.actions.whose_law import law_for
from encircle.core.access import Denied
from encircle.core.access.rule import source_of
from encircle.core.journal.entry import EntryKind
from encircle.crypto import report as sealing
from encircle.law.counting import end_of
from encircle.law.law import Law
from encircle.law.sop import COMPLAINT_ACKNOWLEDGED, COMPLAINT_ANSWERED
from encircle.records import complaints as rows
from encircle.records import journal, reports
from encircle.records.complaints import OpenComplaint
from encircle.records.context import Context, with_context
from encircle.records.models import Agency
from encircle.records.people_keys import agency_keys_open
from encircle.records.reports import Recipient, Seal
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput

ON_A_PAGE: Final = 50
OUTCOMES: Final = ("right", "partly_right", "not_right", "not_ours")
"""What a body can find: that who complained is right, partly, not; or that another body answers for it."""
SOON_SHARE: Final = 4
"""It is due soon once no more than this part of the time is left, as duties are."""
LONGEST_PROMISE: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Listed:
    """A complaint as lists show it. `due`: by when it has to be acknowledged, later answered; None, once it is.

    `soon`: no more than a quarter of the time is left. `owner`: the body that answers for it, by name; `is_ours`: one's own.
    """

    open: OpenComplaint
    due: datetime | None
    soon: bool = False
    owner: str = ""
    is_ours: bool = True


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits, or is done. `is_unlocked`: whether who looks could open it now. `at`: when it was looked at."""

    complaints: tuple[Listed, ...]
    is_unlocked: bool
    page: int
    more: bool
    at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Read:
    """A complaint that is open: all that was said, as it came. `latest`: the day by which practice wants it answered."""

    listed: Listed
    said: tuple[Said, ...]
    zone: str
    today: date
    latest: date | None
    others: tuple[tuple[AgencyId, str], ...] = ()
    """Other bodies that are not complained of, to which it can be given."""


def reads_complaints(who: Who) -> bool:
    """Whether the mandate of the role answers complaints; a program never does."""
    mandate = mandates().get(who.role)
    return not who.is_program and mandate is not None and Purpose.COMPLAINTS in mandate.purposes


def complaints(who: Who, *, done: bool = False, page: int = 1) -> Desk:
    """What is open of the complaints that are sealed to one's agency. Refuses: NotAllowed."""
    _ask(who)
    with at_work(who, Purpose.COMPLAINTS) as context:
        skip, most = (page - 1) * ON_A_PAGE, ON_A_PAGE + 1
        found = rows.complaints_of(who.agency, done=done, skip=skip, at_most=most)
        law = law_for(settings.COUNTRY)
        _enter(who, EntryKind.LOOK, "complaints_listed", context)
        return Desk(
            complaints=_listed(found[:ON_A_PAGE], who, law, at=context.now),
            is_unlocked=bool(agency_keys_open(who.agency)),
            page=page,
            more=len(found) > ON_A_PAGE,
            at=context.now,
            zone=law.zone,
        )


def read_complaint(who: Who, complaint: str) -> Read:
    """Open it; who complained sees that a person has read it. Refuses: NotAllowed, NoReport, NotUnlocked."""
    with _opened(who, complaint) as (found, key, context):
        said = tuple(said_in(found.id, key))
        reports.mark_read(found.id)
        _enter(who, EntryKind.LOOK, "complaint_read", context, complaint=found.id)
        now, law = rows.complaint_numbered(complaint) or found, law_for(settings.COUNTRY)
        limit = _end(COMPLAINT_ANSWERED, found.hour, law)
        latest = None if limit is None else _day(limit, law)
        (listed,) = _listed((now,), who, law, at=context.now)
        others = tuple(_names(one.agency for one in _other_bodies(now, who)).items())
        return Read(listed, said, law.zone, _day(context.now, law), latest, others)


def look_at_complaint_file(who: Who, complaint: str, file: str, *, veiled: bool = False) -> Looked:
    """A file of a complaint without what is hidden in it. Refuses as `read_complaint`; NoReport, no such file in it."""
    with _opened(who, complaint) as (found, key, context):
        named = file_of(found.id, key, file)
        _enter(who, EntryKind.LOOK, "complaint_file_seen", context, complaint=found.id)
        plain = plain_bytes(named)
    return looked(named, plain, veiled=veiled)


def original_of_complaint(who: Who, complaint: str, file: str) -> tuple[File, bytes]:
    """A file as it came. Refuses as `look_at_complaint_file`."""
    with _opened(who, complaint) as (found, key, context):
        named = file_of(found.id, key, file)
        _enter(who, EntryKind.LOOK, "complaint_original_taken", context, complaint=found.id)
        return named, plain_bytes(named)


def promise_answer(who: Who, complaint: str, by: date | None) -> None:
    """Tell who complained that it arrived and by which day the answer comes. A later promise takes its place.

    Refuses as `read_complaint`; BadInput, no day, one that is over or more than a year away.
    """
    with _opened(who, complaint) as (found, _key, context):
        today = _day(context.now, law_for(settings.COUNTRY))
        if by is None or not today <= by <= today + LONGEST_PROMISE:
            raise BadInput(
                code="no_day", reason="Give a day from today on, at most a year away.", where="promised"
            )
        rows.promise(found.id, by, ctx=context)
        _enter(who, EntryKind.WRITE, "complaint_acknowledged", context, complaint=found.id)


def write_to(who: Who, complaint: str, words: str, *, token: str) -> None:
    """Ask or tell who complained something. The same form writes once. Refuses as `read_complaint`; BadInput, no words."""
    with _opened(who, complaint) as (found, key, context):
        _write(who, found, key, words, token, context)
        _enter(who, EntryKind.WRITE, "complaint_written_to", context, complaint=found.id)


def conclude(who: Who, complaint: str, *, outcome: str, words: str, token: str) -> None:
    """Answer it: what was found, in words that who complained understands. Refuses as `write_to`; BadInput, no outcome."""
    if outcome not in OUTCOMES:
        raise BadInput(code="no_outcome", reason="Choose what you found.", where="outcome")
    with _opened(who, complaint) as (found, key, context):
        _write(who, found, key, words, token, context)
        rows.conclude(found.id, outcome, ctx=context)
        _enter(who, EntryKind.WRITE, "complaint_answered", context, complaint=found.id)


def give_on(who: Who, complaint: str, *, agreed: bool) -> None:
    """Put down that those complained of were told; only where who complained agreed. Refuses as `write_to`."""
    if not agreed:
        raise BadInput(
            code="not_agreed",
            reason="Ask first. Nothing is given on unless the one who complained agreed.",
            where="agreed",
        )
    with _opened(who, complaint) as (found, _key, context):
        rows.give_on(found.id, ctx=context)
        _enter(who, EntryKind.WRITE, "complaint_given_on", context, complaint=found.id)


def hand_on(who: Who, complaint: str, *, to: str, told: str, token: str) -> None:
    """Let another body answer for it, which is not complained of; who complained is told in these words, first.

    It waits there as one that nobody has read. Refuses as `write_to`; BadInput, no such body.
    """
    with _opened(who, complaint) as (found, key, context):
        body = next((one for one in _other_bodies(found, who) if one.agency == to), None)
        if body is None:
            raise BadInput(code="no_body", reason="Choose the body that answers from now on.", where="to")
        _write(who, found, key, told, token, context)
        sealed = sealing.seal_report_key(key, body.public_key, report=found.id)
        reports.add_seal_anew(found.id, Seal(body.agency, sealed.recipient_key, sealed.sealed))
        rows.hand_on(found.id, body.agency, ctx=context)
        _enter(who, EntryKind.WRITE, "complaint_handed_on", context, complaint=found.id)


def _other_bodies(found: OpenComplaint, who: Who) -> tuple[Recipient, ...]:
    roles = {role.value for role, one in mandates().items() if Purpose.COMPLAINTS in one.purposes}
    return tuple(one for one in rows.bodies(roles, about=found.standing.about) if one.agency != who.agency)


def _listed(found: Iterable[OpenComplaint], who: Who, law: Law, *, at: datetime) -> tuple[Listed, ...]:
    several = tuple(found)
    names = _names(one.owner for one in several if one.owner is not None)
    return tuple(
        Listed(
            one,
            due := due_of(one, law),
            is_soon(one, due, at=at),
            "" if one.owner is None else names.get(one.owner, ""),
            one.owner == who.agency,
        )
        for one in several
    )


def is_soon(one: OpenComplaint, due: datetime | None, *, at: datetime) -> bool:
    """Whether a quarter of its time is left, or less: since it arrived, or since an answer was promised."""
    since = one.standing.acknowledged_hour or one.hour
    return due is not None and due - (due - since) / SOON_SHARE <= at


def _names(agencies: Iterable[AgencyId]) -> dict[AgencyId, str]:
    named = Agency.objects.filter(pk__in=set(agencies)).order_by("name").values_list("pk", "name")
    return {AgencyId(str(pk)): name for pk, name in named}


def due_of(one: OpenComplaint, law: Law) -> datetime | None:
    """By when it has to be acknowledged, and once it is, answered; None, when it is answered or no number is set."""
    standing = one.standing
    if one.state == "closed":
        return None
    if standing.acknowledged_hour is None:
        return _end(COMPLAINT_ACKNOWLEDGED, one.hour, law)
    if standing.promised_by is None or standing.answered_hour is not None:
        return None
    end = datetime.combine(standing.promised_by, datetime.max.time(), ZoneInfo(law.zone))
    return end.replace(microsecond=0)


def tell_bodies(country: str) -> int:
    """Write a notice for each body where complaints wait or are late, and settle the others; how many were written."""
    law = law_for(country)
    with with_context(agency=None, actor="notifier", purpose=Purpose.SWEEP.value) as context:
        return rows.tell_bodies() + rows.tell_late(
            acknowledged_from=_began(COMPLAINT_ACKNOWLEDGED, context.now, law),
            answered_from=_began(COMPLAINT_ANSWERED, context.now, law),
            today=_day(context.now, law),
        )


def _write(who: Who, found: OpenComplaint, key: bytes, words: str, token: str, context: Context) -> None:
    if not words.strip():
        raise BadInput(code="no_words", reason="Write something to send.", where="words")
    if len(words) > LONGEST:
        raise BadInput(code="too_long", reason="This is too long to be sent at once.", where="words")
    part = id_of_form(token, f"{who.agency}/{found.id}/complaint")
    plain = json.dumps({"text": words}).encode("utf-8")
    sealed = sealing.seal_part(plain, key=key, report=found.id, part=part, kind="answer")
    reports.add_part(found.id, part, "answer", sealed, ctx=context)
    reports.mark_read(found.id)


def _end(code: str, start: datetime, law: Law) -> datetime | None:
    period = next((rule.period for rule in law.sops if rule.code == code), None)
    return None if period is None else end_of(period, start=start, calendar=law.calendar).at


def _began(code: str, now: datetime, law: Law) -> datetime | None:
    """What arrived before this hour is late now; to the hour, by the length of the period from now on."""
    end = _end(code, now, law)
    return None if end is None else now - (end - now)


def _day(at: datetime, law: Law) -> date:
    return at.astimezone(ZoneInfo(law.zone)).date()


@contextmanager
def _opened(who: Who, complaint: str) -> Iterator[tuple[OpenComplaint, bytes, Context]]:
    _ask(who)
    with at_work(who, Purpose.COMPLAINTS) as context:
        found = rows.complaint_numbered(complaint)
        if found is None:
            raise NoReport
        yield found, key_at_desk(found.id, who), context


def _ask(who: Who) -> None:
    """Refuses: NotAllowed, a role that answers no complaints."""
    if not reads_complaints(who):
        mandate = mandates().get(who.role)
        source = "" if mandate is None else source_of(mandate)
        reason = "This is not among the purposes of your role."
        raise NotAllowed(Denied("purpose", reason, source, "Ask the body that answers complaints."), "")


def _enter(who: Who, kind: EntryKind, outcome: str, context: Context, *, complaint: str = "") -> None:
    body = json.dumps({"complaint": complaint}).encode() if complaint else None
    journal.enter(journal.Act(kind=kind, outcome=outcome, role=who.role.value), ctx=context, body=body)
