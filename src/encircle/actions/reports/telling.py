"""Desks are told that reports, concerns and talks wait; others too, when none answers in time or none is there. No word."""

from collections.abc import Sequence
from datetime import datetime

from encircle.actions.reports.desk import due_of
from encircle.actions.reports.receiving import is_open, is_out_of_hours, receivers, roles_for
from encircle.actions.whose_law import law_for
from encircle.law.law import Law
from encircle.records import concern_notices as concerns
from encircle.records import report_notices as rows
from encircle.records import talks
from encircle.records.concern_notices import Holder
from encircle.records.context import with_context
from encircle.records.reports import Receiver
from encircle.vocabulary.identifier import AgencyId
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
    """The same of concerns at which nobody has looked, by the clock that stands on the board.

    One of danger that came when nobody was there who has it is told at once to other desks too: where it is, and no more.
    """
    waiting = concerns.unseen()
    late = tuple(
        one for one in waiting if (due := due_of(one.danger, one.since, law)) is not None and due < now
    )
    desks, had_by = (
        receivers(Purpose.TRIAGE),
        concerns.holders([one.root for one in waiting if one.in_danger]),
    )
    alone = tuple(one for one in waiting if one.in_danger and is_alone(had_by[one.root], desks, one.since))
    concerns.settle_told(waiting, late, alone)
    told = concerns.tell_waiting(waiting, roles) + concerns.tell_late(late, roles)
    for one in alone:
        if is_alone(had_by[one.root], desks, now):
            told += concerns.tell_alone(one.root, told_instead(had_by[one.root], desks))
    return told


def is_alone(had_by: Sequence[Holder], desks: Sequence[Receiver], at: datetime) -> bool:
    """Whether nobody is there at that instant who has the concern, nor a desk among them that is named for such hours."""
    named = {one.agency for one in desks if one.out_of_hours}
    return not any(
        one.agency in named or is_open(one.opens_at, one.closes_at, one.country, at) for one in had_by
    )


def told_instead(had_by: Sequence[Holder], desks: Sequence[Receiver]) -> tuple[AgencyId, ...]:
    """The other desks of the region of who has it; where it has none, those of the whole country; else all."""
    regions, own = {one.region for one in had_by}, {one.agency for one in had_by}
    others = tuple(one for one in desks if one.agency not in own)
    near = tuple(one for one in others if one.region is not None and one.region in regions)
    national = tuple(one for one in others if one.region is None)
    return tuple(one.agency for one in near or national or others)
