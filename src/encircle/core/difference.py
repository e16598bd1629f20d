"""Differences: what becomes of the duties and alarms of one child under another law. Knows no tables and no packs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from encircle.core.duty import DutyRow
from encircle.core.prohibition import Alarm
from encircle.law.law import Law
from encircle.vocabulary.role import Role

Key = tuple[str, str]


class Turn(StrEnum):
    """In which way one duty or alarm of one child differs."""

    APPEARS = "appears"
    DISAPPEARS = "disappears"
    STATE = "state"
    TIME = "time"
    KIND = "kind of time"
    OWNER = "owner"
    EVIDENCE = "missing evidence"
    BASIS = "basis"


@dataclass(frozen=True, slots=True, order=True)
class Moved:
    """One difference of one rule: in words of closed lists and codes, never with anything of the child."""

    code: str
    turn: Turn
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands for one child under one law."""

    law: Law
    duties: tuple[DutyRow, ...]
    alarms: tuple[Alarm, ...]


def moved(before: Standing, after: Standing) -> tuple[Moved, ...]:
    """Every difference, by code. A duty that stands several times (for each interview) is told once for each."""
    found = [*_duties(before, after), *_alarms(before.alarms, after.alarms)]
    return tuple(sorted(found))


def _duties(before: Standing, after: Standing) -> Iterator[Moved]:
    olds = {row.key: row for row in before.duties}
    news = {row.key: row for row in after.duties}
    yield from _come_and_gone(olds, news)
    for key in olds.keys() & news.keys():
        yield from _of_duty(olds[key], news[key], before.law, after.law)


def _alarms(before: Iterable[Alarm], after: Iterable[Alarm]) -> Iterator[Moved]:
    olds = {alarm.key: alarm for alarm in before}
    news = {alarm.key: alarm for alarm in after}
    yield from _come_and_gone(olds, news)
    for key in olds.keys() & news.keys():
        yield from _differ(key[0], Turn.STATE, olds[key].state.value, news[key].state.value)


def _come_and_gone(
    olds: Mapping[Key, DutyRow | Alarm], news: Mapping[Key, DutyRow | Alarm]
) -> Iterator[Moved]:
    for key in news.keys() - olds.keys():
        yield Moved(key[0], Turn.APPEARS, "", news[key].state.value)
    for key in olds.keys() - news.keys():
        yield Moved(key[0], Turn.DISAPPEARS, olds[key].state.value, "")


def _of_duty(old: DutyRow, new: DutyRow, before: Law, after: Law) -> Iterator[Moved]:
    code = old.rule.code
    yield from _differ(code, Turn.STATE, old.state.value, new.state.value)
    yield from _time(old, new)
    yield from _differ(code, Turn.KIND, _kind(old), _kind(new))
    yield from _differ(code, Turn.OWNER, _owner(old, before), _owner(new, after))
    yield from _differ(code, Turn.EVIDENCE, " ".join(sorted(old.missing)), " ".join(sorted(new.missing)))
    yield from _differ(code, Turn.BASIS, _basis(old, before), _basis(new, after))


def _differ(code: str, turn: Turn, before: str, after: str) -> Iterator[Moved]:
    if before != after:
        yield Moved(code, turn, before, after)


def _time(old: DutyRow, new: DutyRow) -> Iterator[Moved]:
    """Whether the time moves, and to which side; not to when, which would be of the child."""
    was = None if old.due is None else old.due.latest
    will = None if new.due is None else new.due.latest
    if was == will:
        return
    if was is None or will is None:
        side = "a time" if was is None else "no time"
    else:
        side = "earlier" if will < was else "later"
    yield Moved(old.rule.code, Turn.TIME, "no time" if was is None else "a time", side)


def _kind(row: DutyRow) -> str:
    return row.rule.due.standing.value


def _owner(row: DutyRow, law: Law) -> str:
    role: Role = row.rule.owner
    owner = law.owner(role)
    return role.value if owner is None else f"{role.value} ({owner.agency})"


def _basis(row: DutyRow, law: Law) -> str:
    """The acts that bind, each once."""
    return ", ".join(sorted({source.act.code for source in row.rule.basis(law.country, law.on)}))
