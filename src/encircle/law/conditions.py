"""All conditions of a law, each with the rule it belongs to and what it decides there. Knows no facts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from encircle.law.channel import Channel
from encircle.law.condition import Condition
from encircle.law.duty import DutyRule, Evidence, Ground
from encircle.law.law import Law
from encircle.law.origin import Origin
from encircle.law.prohibition import ProhibitionRule
from encircle.vocabulary.facts.kind import Kind


class Deciding(StrEnum):
    """What a condition decides about its rule."""

    WHEN = "when"
    EVIDENCE = "evidence"
    SUSPENDED_BY = "suspended_by"
    LIFTED_BY = "lifted_by"
    BREACHED_BY = "breached_by"
    CLEARS = "clears"
    FIRST = "first"
    STOPPED_BY = "stopped_by"


@dataclass(frozen=True, slots=True)
class Placed:
    """One condition: the code of its rule, what it decides, for each of what, and the line of the pack.

    `whose`: of what the record is of which it is asked.
    """

    code: str
    deciding: Deciding
    condition: Condition
    for_each: Kind | None
    origin: Origin
    whose: Kind = Kind.CHILD


def conditions_of(law: Law) -> Iterator[Placed]:
    """Those of duties, of prohibitions and of channels, in the order of the law."""
    for duty in law.duties:
        yield from (replace(one, whose=duty.scope.record) for one in of_duty(duty))
    for prohibition in law.prohibitions:
        yield from of_prohibition(prohibition)
    for channel in law.channels:
        yield from of_channel(channel)


def conditions_of_rule(law: Law, code: str) -> tuple[Placed, ...]:
    """Those of the duty, prohibition or channel of that code; none where there is none."""
    return tuple(one for one in conditions_of(law) if one.code == code)


def of_duty(rule: DutyRule) -> Iterator[Placed]:
    """The conditions of one duty."""
    yield Placed(rule.code, Deciding.WHEN, rule.when, rule.for_each, rule.origins[0])
    yield from _evidence(rule.code, Deciding.EVIDENCE, rule.evidence, rule.for_each)
    yield from _grounds(rule.code, Deciding.SUSPENDED_BY, rule.suspended_by, rule.for_each)
    yield from _grounds(rule.code, Deciding.LIFTED_BY, rule.lifted_by, rule.for_each)
    yield from _grounds(rule.code, Deciding.BREACHED_BY, rule.breached_by, rule.for_each)


def of_prohibition(rule: ProhibitionRule) -> Iterator[Placed]:
    """The conditions of one prohibition."""
    yield Placed(rule.code, Deciding.WHEN, rule.when, rule.for_each, rule.origins[0])
    if rule.clears is not None:
        yield Placed(rule.code, Deciding.CLEARS, rule.clears, rule.for_each, rule.origins[0])


def of_channel(channel: Channel) -> Iterator[Placed]:
    """The conditions of one channel."""
    yield from _evidence(channel.code, Deciding.FIRST, channel.first, None)
    yield from _grounds(channel.code, Deciding.STOPPED_BY, channel.stopped_by, None)


def _evidence(
    code: str, deciding: Deciding, several: tuple[Evidence, ...], each: Kind | None
) -> Iterator[Placed]:
    for one in several:
        yield Placed(code, deciding, one.needs, each, one.origin)


def _grounds(
    code: str, deciding: Deciding, several: tuple[Ground, ...], each: Kind | None
) -> Iterator[Placed]:
    for one in several:
        yield Placed(code, deciding, one.when, each, one.origin)
