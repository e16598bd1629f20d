"""Desks are told that reports, concerns and talks wait; all of them, when none has answered in time. No word is told."""

from collections.abc import Sequence
from datetime import datetime

from encircle.actions.reports.desk import due_of
from encircle.actions.reports.receiving import is_out_of_hours, receivers, roles_for
from encircle.actions.whose_law import law_for
from encircle.law.law import Law
from encircle.records import concern_notices as concerns
from encircle.records import report_notices as rows
from encircle.records import talks
from encircle.records.context import with_context
from encircle.vocabulary.purpose import Purpose


def tell_desks(country: str) -> int:
    """Write a notice for each desk where reports wait, and settle those of what was opened; how many were written.

    Of danger at once; of the rest with the next full hour, so that the time of a mail does not tell the minute of a report.
    Of danger outside the hours of all desks those that are named for such hours are told first, the others when it is late.
    Of somebody who waits in a talk at once too, since they wait now. A talk in which nobody wrote for a full hour is over.
    """
    law = law_for(country)
    with with_context(agency=None, actor="notifier", purpose=Purpose.SWEEP.value) as context:
        rows.settle_told()
        late = tuple(
            (danger, hour)
            for danger, hour in rows.unread_hours()
            if (due := due_of(danger, hour, law)) is not None and due < context.now
        )
        roles, talking = (sorted(roles_for(one)) for one in (Purpose.TRIAGE, Purpose.TALK))
        talks.end_unused(ctx=context)
        talks.settle_told(ctx=context)
        told = talks.tell_waiting(talking) + talks.tell_late(talking, ctx=context)
        told += _tell_concerns(roles, law, context.now)
        is_night = is_out_of_hours(receivers(Purpose.TRIAGE), context.now)
        return told + rows.tell_waiting(roles, is_night=is_night) + rows.tell_late(late, roles)


def _tell_concerns(roles: Sequence[str], law: Law, now: datetime) -> int:
    """The same of concerns at which nobody has looked. A danger that is not known has the time of one that is not there:
    whether it was asked is sealed.
    """
    waiting = concerns.unseen()
    late = tuple(
        one
        for one in waiting
        if (due := due_of("yes" if one.in_danger else "no", one.since, law)) is not None and due < now
    )
    concerns.settle_told(waiting, late)
    return concerns.tell_waiting(waiting, roles) + concerns.tell_late(late, roles)
