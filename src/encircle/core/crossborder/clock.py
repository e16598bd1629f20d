"""Clocks: how a request stands on both sides, and when its answer is due. Knows no country's law but the channel's."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from encircle.core.child.situation import Item
from encircle.law.calendar import Calendar
from encircle.law.channel import Channel
from encircle.law.deadline import due as due_of
from encircle.law.duty import DueRule, Standing
from encircle.vocabulary.moment import Span


class RequestState(StrEnum):
    """Where a request stands; late is what nobody has answered or excused in time."""

    PREPARED = "prepared"
    WAITING = "waiting"
    LATE = "late"
    DELAYED = "delayed"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"


@dataclass(frozen=True, slots=True)
class RequestClock:
    """One request in time. `ours`: this country has to answer; else the other one.

    `due`: when the answer is due, None where there are words alone; `standing`: what that time is.
    """

    state: RequestState
    ours: bool
    due: datetime | None
    standing: Standing
    acknowledge_due: datetime | None = None
    acknowledge_late: bool = False


def clock_of(
    item: Item, *, channel: Channel | None, pair: tuple[str, str], calendar: Calendar, now: datetime
) -> RequestClock:
    """How this request stands now. `pair`: from which country it goes, to which.

    A time that the request itself states goes before that of the law: it was agreed with the other side.
    """
    ours = item["received"] is True
    start = item["received_at"] if ours else item["sent_at"]
    if not isinstance(start, Span):
        return RequestClock(RequestState.PREPARED, ours, None, Standing.WORDS)
    answered = item["answered_at"] if item["answered"] is True else None
    counts = answered.earliest if isinstance(answered, Span) else now
    due, standing = _due(item, channel, pair, start, calendar, counts)
    first, _ = (
        (None, None)
        if channel is None or channel.acknowledge is None
        else _ends(channel, channel.acknowledge.at(counts), pair, start, calendar)
    )
    acknowledged = item["acknowledged"] is True or item["answered"] is True
    return RequestClock(
        state=_state(item, due, now),
        ours=ours,
        due=due,
        standing=standing,
        acknowledge_due=first,
        acknowledge_late=first is not None and first < now and not acknowledged,
    )


def _due(
    item: Item,
    channel: Channel | None,
    pair: tuple[str, str],
    start: Span,
    calendar: Calendar,
    counts: datetime,
) -> tuple[datetime | None, Standing]:
    """`counts`: the instant whose number of practice it is measured by."""
    stated = item["due"]
    if isinstance(stated, Span):
        return stated.latest, Standing.SOP
    if channel is None:
        return None, Standing.WORDS
    return _ends(channel, channel.answer.at(counts), pair, start, calendar)


def _ends(
    channel: Channel, rule: DueRule, pair: tuple[str, str], start: Span, calendar: Calendar
) -> tuple[datetime | None, Standing]:
    on = calendar.day_of(start.latest)
    standing = channel.standing(rule, pair, on)
    found = due_of(DueRule(rule.words, rule.limit, rule.sop, standing), start=start, calendar=calendar)
    return found.latest, found.kind


def _state(item: Item, due: datetime | None, now: datetime) -> RequestState:
    answered = item["answered_at"]
    if item["answered"] is True and isinstance(answered, Span):
        late = due is not None and due < answered.earliest
        return RequestState.ANSWERED_LATE if late else RequestState.ANSWERED
    if due is not None and due < now:
        return RequestState.DELAYED if item["delayed"] is True else RequestState.LATE
    return RequestState.WAITING
