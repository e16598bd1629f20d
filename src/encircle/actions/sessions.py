"""Sessions of staff: which are open, and an end to one, to all others, or to all of a colleague. Each end is journalled.

An ended session opens nothing from the next click on: its row is gone.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now

from encircle.actions.colleague import colleague_of, keeps_people
from encircle.actions.context import Who, at_work
from encircle.actions.second_factor import journal_sign_in
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records.context import in_session, with_own_session
from encircle.records.models import Account, StaffSession
from encircle.records.sessions import DEVICE, NO_STEP, PROVED, PROVED_AT, SEEN, SINCE, STEP, hashed, proof_of
from encircle.vocabulary.purpose import Purpose

__all__ = [
    "DEVICE",
    "NO_STEP",
    "PROVED",
    "PROVED_AT",
    "SEEN",
    "SINCE",
    "STEP",
    "Session",
    "end_other_sessions",
    "end_session",
    "end_sessions_of_colleague",
    "in_session",
    "proof_of",
    "sessions_of",
    "with_own_session",
]


@dataclass(frozen=True, slots=True)
class Session:
    """One open session. `mine`: the one in which is asked; `step`, `device`: codes."""

    id: str
    begun_at: datetime
    seen_at: datetime
    step: str
    device: str
    mine: bool


def sessions_of(account: UUID, *, own: str) -> tuple[Session, ...]:
    """The open sessions of this account, the one used last first. `own`: the key of the session that asks."""
    rows = StaffSession.objects.filter(_open(account)).order_by("-seen_at", "session_key")
    return tuple(
        Session(
            row.session_key, row.begun_at, row.seen_at, row.step, row.device, row.session_key == hashed(own)
        )
        for row in rows
        if row.begun_at is not None and row.seen_at is not None
    )


def end_session(account: UUID, session: str) -> bool:
    """End one of one's own; whether it was still there."""
    gone, _each = StaffSession.objects.filter(account=account, session_key=session).delete()
    if gone:
        journal_sign_in(account, "session_ended")
    return gone > 0


def end_other_sessions(account: UUID, *, own: str) -> int:
    """End all of one's own but the one that asks; how many there were."""
    gone, _each = StaffSession.objects.filter(account=account).exclude(session_key=hashed(own)).delete()
    journal_sign_in(account, "other_sessions_ended")
    return int(gone)


def end_sessions_of_colleague(who: Who, person: str) -> None:
    """Everything that is open for somebody of one's own agency ends. Refuses: NoColleague, NotAPeopleKeeper."""
    keeps_people(who)
    with at_work(who, Purpose.SIGN_IN) as context:
        colleague = colleague_of(who, person)
        Account.objects.filter(pk=colleague.account).update(signed_out_at=Now())
        StaffSession.objects.filter(account=colleague.account).delete()
        act = journal.Act(kind=EntryKind.SIGN_IN, outcome="colleague_signed_out", role=who.role.value)
        journal.enter(act, ctx=context, body=json.dumps({"person": colleague.person}).encode())


def _open(account: UUID) -> Q:
    """Neither over by its day nor idle for too long."""
    return Q(
        account=account,
        expire_date__gt=Now(),
        begun_at__gt=Now() - timedelta(seconds=settings.SESSION_COOKIE_AGE),
        seen_at__gt=Now() - timedelta(seconds=settings.IDLE_SECONDS),
    )
