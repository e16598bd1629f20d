"""Values that a condition meets, and the operations on them where something is not known. Knows no text."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TypeAlias

from encircle.law.condition.schema import Bool, Duration, Int, ListOf, Record, Str, Time, Type, named
from encircle.vocabulary import moment
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown, join

Value: TypeAlias = "bool | int | str | Span | timedelta | tuple[Value, ...] | Mapping[str, Value] | Unknown"
Scope: TypeAlias = Mapping[str, Value]

_PYTHON: Mapping[type, type] = {Bool: bool, Int: int, Str: str, Time: Span, Duration: timedelta}


def either(first: Value, second: Value) -> Unknown:
    """What is not known in the two, at least one of which is Unknown."""
    if isinstance(first, Unknown):
        return join(first, second) if isinstance(second, Unknown) else first
    if isinstance(second, Unknown):
        return second
    raise TypeError("both are known")


def earlier(first: Span | Unknown, second: Span | Unknown, names: tuple[str, ...]) -> bool | Unknown:
    """Whether the first time lies before the second; `names` are the attributes the two were read from."""
    if isinstance(first, Unknown) or isinstance(second, Unknown):
        return either(first, second)
    answer = moment.before(first, second)
    return answer if answer is True or answer is False else Unknown(moment.EXACT_DATE, names)


def not_later(first: Span | Unknown, second: Span | Unknown, names: tuple[str, ...]) -> bool | Unknown:
    """Whether the first time lies before the second or at the same minute."""
    if isinstance(first, Unknown) or isinstance(second, Unknown):
        return either(first, second)
    answer = moment.at_or_before(first, second)
    return answer if answer is True or answer is False else Unknown(moment.EXACT_DATE, names)


def same_time(first: Span | Unknown, second: Span | Unknown, names: tuple[str, ...]) -> bool | Unknown:
    """Whether both times are the same minute."""
    if isinstance(first, Unknown) or isinstance(second, Unknown):
        return either(first, second)
    answer = moment.same(first, second)
    return answer if answer is True or answer is False else Unknown(moment.EXACT_DATE, names)


def shifted(time: Span | Unknown, length: timedelta | Unknown, sign: int) -> Span | Unknown:
    """The time moved later (sign 1) or earlier (sign -1); Unknown where no calendar reaches."""
    if isinstance(time, Unknown) or isinstance(length, Unknown):
        return either(time, length)
    try:
        return time + length if sign > 0 else time - length
    except OverflowError:
        return Unknown("a time beyond the calendar")


def contains(items: tuple[Value, ...] | Unknown, item: Value) -> bool | Unknown:
    """Whether the item is in the list: true if it is found, unknown if only something unknown could be it."""
    if isinstance(items, Unknown):
        return either(items, item)
    if isinstance(item, Unknown):
        return item if items else False
    if item in items:
        return True
    missing = [one for one in items if isinstance(one, Unknown)]
    return join(*missing) if missing else False


def contains_time(
    items: tuple[Span | Unknown, ...] | Unknown, item: Span | Unknown, names: tuple[str, ...]
) -> bool | Unknown:
    """Whether the time is the same minute as one in the list."""
    if isinstance(items, Unknown):
        return either(items, item)
    answers = [same_time(one, item, names) for one in items]
    if any(answer is True for answer in answers):
        return True
    missing = [answer for answer in answers if isinstance(answer, Unknown)]
    return join(*missing) if missing else False


def misfits(value: object, kind: Type, *, path: str = "") -> tuple[str, ...]:
    """Where a value is not of that type, in plain words; empty if it fits. An Unknown fits everywhere."""
    return tuple(_misfits(value, kind, path))


def _misfits(value: object, kind: Type, path: str) -> Iterator[str]:
    where = path or "the value"
    if isinstance(value, Unknown):
        return
    if isinstance(kind, Record):
        yield from _record_misfits(value, kind, path)
    elif isinstance(kind, ListOf):
        if not isinstance(value, tuple):
            yield f"{where} should be {named(kind)}, but is {value!r}"
            return
        for number, one in enumerate(value):
            yield from _misfits(one, kind.element, f"{path}[{number}]")
    elif type(value) is not _PYTHON[type(kind)]:
        yield f"{where} should be {named(kind)}, but is {value!r}"
    elif isinstance(kind, Str) and kind.choices is not None and value not in kind.choices:
        yield f"{where} is {value!r}, which is not one of {sorted(kind.choices)}"
    elif isinstance(value, timedelta) and value % timedelta(minutes=1):
        yield f"{where} is {value}, which is not a whole number of minutes"


def _record_misfits(value: object, kind: Record, path: str) -> Iterator[str]:
    where = path or kind.name
    if not isinstance(value, Mapping):
        yield f"{where} should be {named(kind)}, but is {value!r}"
        return
    for attribute in sorted(kind.fields.keys() - value.keys()):
        yield f"{where} lacks the attribute '{attribute}'"
    for attribute in sorted(value.keys() - kind.fields.keys()):
        yield f"{where} has '{attribute}', which its schema does not know"
    for attribute in sorted(kind.fields.keys() & value.keys()):
        yield from _misfits(value[attribute], kind.fields[attribute], f"{path}.{attribute}".lstrip("."))
