"""Sending: whether a request may go to another country now, and every reason against it. A decision is a value."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from encircle.core.child.situation import Item, Situation
from encircle.core.child.template import TEMPLATES
from encircle.core.crossborder.flag import Flag, flags_against
from encircle.core.crossborder.request import Request
from encircle.law.channel import Channel, Content
from encircle.law.duty import Evidence, Ground
from encircle.law.prohibition import ProhibitionRule
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.moment import point
from encircle.vocabulary.unknown import Unknown

TOLD = "informed"
TOLD_WHY_NOT = "not_informed_with_reason"


class Verdict(StrEnum):
    """What the reasons come to, the hardest first."""

    STOPPED = "stopped"
    """It must not go."""
    UNKNOWN = "unknown"
    """Whether it may go depends on a fact that is not on record: until then it does not go."""
    INCOMPLETE = "incomplete"
    """It may go once what is missing is there."""
    CLEAR = "clear"
    """Nothing on record stands against it."""


class ReasonKind(StrEnum):
    """What a reason is about."""

    FLAG = "flag"
    PROHIBITION = "prohibition"
    GROUND = "ground"
    FIRST = "first"
    CONTENT = "content"
    CHILD_NOT_INFORMED = "child_not_informed"
    CLOSED = "closed"
    """It rests on what is not open to who asks, and weighs the same."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands against the request, and what it weighs. `missing`: the facts that would answer.

    By its kind it holds the flag, the prohibition, the ground, what must be on record first, or the missing content.
    """

    kind: ReasonKind
    verdict: Verdict
    flag: Flag | None = None
    prohibition: ProhibitionRule | None = None
    ground: Ground | None = None
    first: Evidence | None = None
    content: Content | None = None
    missing: tuple[str, ...] = ()


def verdict(reasons: Iterable[Reason]) -> Verdict:
    """The hardest of them; clear where there is none."""
    order = tuple(Verdict)
    return min((reason.verdict for reason in reasons), key=order.index, default=Verdict.CLEAR)


def may_send(
    situation: Situation, request: Request, *, channel: Channel, prohibitions: Iterable[ProhibitionRule]
) -> tuple[Reason, ...]:
    """Every reason against sending this request by this channel now; none where it may go.

    `situation`: of the whole record, so that a closed fact protects the child too.
    """
    reasons = [
        *_of_flags(situation, request, channel),
        *_of_prohibitions(situation, request, prohibitions),
        *_of_grounds(situation, channel),
        *_of_first(situation, channel),
        *_of_contents(request, channel),
        *_of_informing(request),
    ]
    order = tuple(Verdict)
    return tuple(sorted(reasons, key=lambda reason: order.index(reason.verdict)))


def _of_flags(situation: Situation, request: Request, channel: Channel) -> Iterator[Reason]:
    for flag in flags_against(situation, request, to_role=channel.to_role):
        yield Reason(ReasonKind.FLAG, Verdict.STOPPED, flag=flag)


def _of_prohibitions(
    situation: Situation, request: Request, prohibitions: Iterable[ProhibitionRule]
) -> Iterator[Reason]:
    """What the law forbids of a request that is prepared: each rule is asked as if this one stood on record."""
    scope = {**situation.scope, Kind.REQUEST.value: _as_prepared(situation, request)}
    for rule in prohibitions:
        if rule.for_each is Kind.REQUEST:
            answer = rule.when.holds(scope)
            if isinstance(answer, Unknown):
                yield Reason(
                    ReasonKind.PROHIBITION, Verdict.UNKNOWN, prohibition=rule, missing=answer.missing
                )
            elif answer:
                yield Reason(ReasonKind.PROHIBITION, Verdict.STOPPED, prohibition=rule)


def _as_prepared(situation: Situation, request: Request) -> Item:
    now = point(situation.at, "UTC")
    item = {
        **TEMPLATES[Kind.REQUEST],
        "id": request.id,
        "prepared": True,
        "prepared_at": now,
        "prepared_known": now,
        "request_kind": request.need.value,
        "to_country": request.to_country,
    }
    if request.about_person is not None:
        item["about_person"] = request.about_person
    return item


def _of_grounds(situation: Situation, channel: Channel) -> Iterator[Reason]:
    for ground in channel.stopped_by:
        answer = ground.when.holds(situation.scope)
        if isinstance(answer, Unknown):
            yield Reason(ReasonKind.GROUND, Verdict.UNKNOWN, ground=ground, missing=answer.missing)
        elif answer:
            yield Reason(ReasonKind.GROUND, Verdict.STOPPED, ground=ground)


def _of_first(situation: Situation, channel: Channel) -> Iterator[Reason]:
    for first in channel.first:
        answer = first.needs.holds(situation.scope)
        if isinstance(answer, Unknown):
            yield Reason(ReasonKind.FIRST, Verdict.INCOMPLETE, first=first, missing=answer.missing)
        elif not answer:
            yield Reason(ReasonKind.FIRST, Verdict.INCOMPLETE, first=first)


def _of_contents(request: Request, channel: Channel) -> Iterator[Reason]:
    for content in channel.contents:
        if content.id not in request.contents:
            yield Reason(ReasonKind.CONTENT, Verdict.INCOMPLETE, content=content)


def _of_informing(request: Request) -> Iterator[Reason]:
    told = request.informed == TOLD or (request.informed == TOLD_WHY_NOT and request.informed_reasons)
    if not told:
        yield Reason(ReasonKind.CHILD_NOT_INFORMED, Verdict.INCOMPLETE)
