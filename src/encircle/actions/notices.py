"""Notices: agencies are told that something waits, by day or by night, and a higher desk when nobody answers.

What is sent says no more than that, and where to look. Each sending is an entry in the journal.
"""

import logging
import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings

from encircle.actions.whose_law import law_for
from encircle.core.hours import is_night
from encircle.core.journal.entry import EntryKind
from encircle.host.mail import MailServer, NotSent, send
from encircle.law.counting import end_of
from encircle.law.law import Law
from encircle.law.sop import TOLD_HIGHER
from encircle.records import journal, notices
from encircle.records.context import with_context
from encircle.records.notices import Mailbox, Unanswered
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput

logger = logging.getLogger(__name__)

AT_ONCE = 50
"""Agencies that are told in one round, and notices of which is asked whether they go higher."""
LEASE = timedelta(minutes=10)
"""Who took notices and never said that they were sent was cut off: after this they are sent again."""
SUBJECT = "Something waits for you in Encircle"


@dataclass(frozen=True, slots=True)
class Round:
    """How many agencies were told by mail, how many have it in Encircle only, and whether the mail server was away."""

    mailed: int
    shown: int
    away: bool


def mail_server() -> MailServer | None:
    """The server that the operator named; None: notices are shown in Encircle only."""
    if settings.SMTP_HOST is None:
        return None
    return MailServer(
        settings.SMTP_HOST,
        settings.SMTP_PORT,
        settings.SMTP_SECURITY,
        settings.SMTP_LOGIN,
        settings.SMTP_PASSWORD,
        settings.SMTP_FROM,
    )


def reach_agency(
    code: str, *, day: str | None, night: str | None, opens: time | None, closes: time | None
) -> Mailbox:
    """Set where and when the agency of that code is reached, what is None staying as it is; what holds now.

    An empty address takes one away. Refuses: BadInput, an agency that is not there or what is no address.
    """
    for address in (day, night):
        if address and not re.fullmatch(r"[!-~]+@[!-~]+", address):
            raise BadInput(code="bad_address", reason="This is no address of mail.", where="address")
    with with_context(agency=None, actor="operator", purpose=Purpose.OPERATE.value) as context:
        box = notices.reach(code, day=day, night=night, opens=opens, closes=closes)
        if box is None:
            raise BadInput(code="no_such_agency", reason="No agency has this code.", where="agency")
        journal.enter(journal.Act(kind=EntryKind.POLICY, outcome="notice_addresses_set"), ctx=context)
    return box


def send_notices() -> Round:
    """Tell each agency for which something is to be sent, once, whatever the number; stops when the server is away."""
    with with_context(agency=None, actor="notifier", purpose=Purpose.SWEEP.value) as context:
        boxes = notices.waiting_to_be_sent(context.now, at_most=AT_ONCE)
    server, mailed, shown = mail_server(), 0, 0
    for box in boxes:
        try:
            if _tell(box, server):
                mailed += 1
            else:
                shown += 1
        except NotSent as refused:
            logger.warning("notice.not_sent", extra={"agency": box.agency, "refused": refused.code})
            if refused.code == "mail_server_away":
                return Round(mailed, shown, away=True)
    return Round(mailed, shown, away=False)


def _tell(box: Mailbox, server: MailServer | None) -> bool:
    """Whether the agency was told by mail. Taken in one transaction, marked in another: cut off between, sent again."""
    with with_context(agency=box.agency, actor="notifier", purpose=Purpose.SWEEP.value) as context:
        taken = notices.lease(box.agency, context.now, until=context.now + LEASE)
        desk, address = _desk(box, context.now)
    if not taken:
        return False
    by_mail = server is not None and bool(address)
    if server is not None and by_mail:
        try:
            send(server, to=address, subject=SUBJECT, text=f"{SUBJECT}.\n\n{settings.ADDRESS}\n")
        except NotSent:
            with with_context(agency=box.agency, actor="notifier", purpose=Purpose.SWEEP.value) as context:
                notices.not_sent(taken, at=context.now)
            raise
    with with_context(agency=box.agency, actor="notifier", purpose=Purpose.SWEEP.value) as context:
        channel = "mail" if by_mail else "window"
        notices.sent(taken, at=context.now, channel=channel, desk=desk if by_mail else None)
        if by_mail:
            journal.enter(
                journal.Act(kind=EntryKind.DISCLOSURE, outcome=f"notice_mailed:{desk}"), ctx=context
            )
    return by_mail


def _desk(box: Mailbox, now: datetime) -> tuple[str, str]:
    """Which desk is told now, and its address. Where one of the two has none, the other one."""
    calendar = law_for(box.country).calendar
    night = is_night(now, opens=box.opens_at, closes=box.closes_at, calendar=calendar)
    if (night and box.by_night) or not box.by_day:
        return "night", box.by_night
    return "day", box.by_day


def tell_higher() -> int:
    """Tell the next desk of what nobody has answered in the time that practice sets; how many notices went higher."""
    with with_context(agency=None, actor="notifier", purpose=Purpose.SWEEP.value) as context:
        due = notices.unanswered(context.now, at_most=AT_ONCE)
        return sum(_higher(one, context.now) for one in due)


def _higher(one: Unanswered, now: datetime) -> int:
    """How many steps it went. Each step once, in its order, also when several are due by now."""
    law, went = law_for(one.country), 0
    for step in range(one.higher + 1, len(TOLD_HIGHER) + 1):
        at = _step_at(law, step, one.made_at)
        if at is None:
            continue
        if at > now:
            notices.ask_again(one.id, at)
            return went
        notices.tell_higher(one.id, step=step)
        went += 1
    notices.ask_again(one.id, None)
    return went


def _step_at(law: Law, step: int, start: datetime) -> datetime | None:
    """When that step is due; None, where the practice of the country sets no number."""
    code = TOLD_HIGHER[step - 1]
    period = next((rule.period for rule in law.sops if rule.code == code), None)
    return None if period is None else end_of(period, start=start, calendar=law.calendar).at
