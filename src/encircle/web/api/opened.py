"""Opened parts by the API: what decisions have opened of a record, to whom, until when. Decided and ended by people alone."""

from datetime import datetime
from typing import Never

from encircle.actions.by_person import ByPerson, refuse_program
from encircle.actions.opened import OpenedPart, opened_parts
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.caller import Asking
from encircle.web.api.operation import reading, refusing
from encircle.web.api.shape import Answer, Number


class OpenedPartTold(Answer):
    """One decision: which part (`group`) was opened to which agency, until when; `words`: its free text too.

    `by_agency`: of who decided. `agreement`: on which it rests, with what may become of it (`onward`). `reason`: none where
    it is erased, or the minimum is not open to the caller.
    """

    id: str
    agency: str
    agency_name: str
    group: str
    words: bool
    basis: str
    since: datetime
    until: datetime
    runs: bool
    by_agency: str
    agreement: str | None
    onward: str | None
    reason: str | None


class OpenedPartsTold(Answer):
    """What decisions have opened of this record: what runs first, then the newest."""

    number: str
    parts: list[OpenedPartTold]


@reading(
    "/records/{number}/people/opened",
    Purpose.PROTECT,
    OpenedPartsTold,
    title="What was opened to whom",
    tag="people",
)
def parts_opened(request: Asking, number: Number) -> OpenedPartsTold:
    """Which parts of the record decisions have opened to agencies beside their mandates, until when and why."""
    seen = opened_parts(request.auth.who, number)
    return OpenedPartsTold(number=seen.told.number, parts=[_told(one) for one in seen.items])


@refusing(
    "/records/{number}/people/opened",
    Purpose.PROTECT,
    title="Open a part, or end that: a person does it",
    tag="people",
)
def open_part(request: Asking, number: Number) -> Never:
    """Never done by a program: a person decides what is opened to whom for how long, says why, and answers for it."""
    refuse_program(request.auth.who, ByPerson.OPEN_PART, number)


def _told(one: OpenedPart) -> OpenedPartTold:
    return OpenedPartTold(
        id=one.id,
        agency=one.agency,
        agency_name=one.agency_name,
        group=one.group.value,
        words=one.words,
        basis=one.basis,
        since=one.since,
        until=one.until,
        runs=one.runs,
        by_agency=one.by_agency,
        agreement=one.agreement,
        onward=None if one.onward is None else one.onward.value,
        reason=one.reason,
    )
