"""Complaints at the body that received them: listed without their words, opened with one's key, acknowledged, answered.

The body is not the agency complained of. Nobody of the record sees that there is a complaint, unless the child agreed.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from encircle.actions.context import Who, at_work
from encircle.actions.form_token import id_of_form
from encircle.actions.permit import NotAllowed, mandates
from encircle.actions.reports.desk import NoReport, key_at_desk
from encircle.actions.reports.door import LONGEST, Said, said_in
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
from encircle.records.people_keys import agency_keys_open
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput

ON_A_PAGE: Final = 50
OUTCOMES: Final = ("right", "partly_right", "not_right", "not_ours")
"""What a body can find: that who complained is right, partly, not; or that another body answers for it."""
LONGEST_PROMISE: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Listed:
    """A complaint as lists show it. `due`: by when it has to be acknowledged, later answered; None, once it is."""

    open: OpenComplaint
    due: datetime | None


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
            complaints=tuple(Listed(one, due_of(one, law)) for one in found[:ON_A_PAGE]),
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
        return Read(Listed(now, due_of(now, law)), said, law.zone, _day(context.now, law), latest)


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
