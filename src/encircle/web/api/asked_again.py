"""Asked again, by the API: how often people of the agency took the account of a child once more, and why. Counts of acts."""

from datetime import date, datetime
from typing import Annotated

from ninja import Query

from encircle.actions.asked_again import Counted, Repeat, asked_again
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.caller import Asking
from encircle.web.api.operation import reading
from encircle.web.api.shape import Answer, Page

MaybeDay = Annotated[
    str,
    Query(
        pattern=r"^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        description="A day of the country's time; empty: the last year until today.",
    ),
]


class CountedTold(Answer):
    """One way of taking an account. `how`: purpose of the interview, `not_said`, `outside_an_interview`, `after_a_return`.

    `again`: by the reason on record: decided, set_aside, afterwards, none. `perhaps`: the record does not say whether it was
    told once more. `sessions`: further ones of an interview planned as one.
    """

    how: str
    times: int
    again: dict[str, int]
    perhaps: int
    sessions: int


class RepeatTold(Answer):
    """One time that it was asked again, or perhaps. `words`: of the reason; empty, where none is written."""

    number: str
    how: str
    earliest: datetime
    latest: datetime
    again: str
    reason: str
    words: str


class AskedAgainTold(Answer):
    """The counts from one day to another, both included, and one page of the repeats, the newest first.

    `too_many`: there are too many records for one answer, and nothing was counted.
    """

    since: date
    until: date
    too_many: bool
    counted: list[CountedTold]
    repeats: list[RepeatTold]
    page: int
    more: bool


@reading(
    "/asked-again",
    Purpose.SUPERVISE,
    AskedAgainTold,
    title="How often a child was asked again",
    tag="looks",
)
def asked_again_told(
    request: Asking, since: MaybeDay = "", until: MaybeDay = "", page: Page = 1
) -> AskedAgainTold:
    """How often people of the agency took the account of a child again when one was on record, with each reason."""
    found = asked_again(request.auth.who, since=since, until=until, page=page)
    return AskedAgainTold(
        since=found.since,
        until=found.until,
        too_many=found.too_many,
        counted=[_counted(one) for one in found.counted],
        repeats=[_repeat(one) for one in found.repeats],
        page=found.page,
        more=found.more,
    )


def _counted(one: Counted) -> CountedTold:
    again = {reason.value: times for reason, times in one.again.items()}
    return CountedTold(how=one.how, times=one.times, again=again, perhaps=one.perhaps, sessions=one.sessions)


def _repeat(one: Repeat) -> RepeatTold:
    taking = one.taking
    return RepeatTold(
        number=one.number,
        how=taking.how,
        earliest=taking.happened.earliest,
        latest=taking.happened.latest,
        again=taking.again.value,
        reason=taking.reason.value,
        words=taking.words,
    )
