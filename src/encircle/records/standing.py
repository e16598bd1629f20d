"""Standing rows: which roots have rows that say already what they should. Reads them as the lines of text of a COPY.

A line that differs only in how it is written counts as different, so that it is compared again by the statement that
writes: nothing is left as it is by mistake.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection

from encircle.vocabulary.identifier import RootId

_NULL = "\\N"
_SIGNS = re.compile(r'[\\\s{},"]')
"""What stands otherwise in such a line, or would make of two words one."""


def differing(
    table: str,
    columns: Mapping[str, str],
    roots: Sequence[RootId],
    rows: Iterable[Mapping[str, Any]],
    *,
    named: Mapping[str, str],
) -> frozenset[RootId]:
    """Roots whose rows in that table are not these.

    `columns`: those that follow from facts, with their types. `named`: what some are called in the table.
    """
    values, written = itemgetter(*columns), [_WRITTEN[kind] for kind in columns.values()]
    wanted: dict[str, list[str]] = {root: [] for root in roots}
    for row in rows:
        said = [to_text(value) for to_text, value in zip(written, values(row), strict=True)]
        wanted[row["root_id"]].append("\t".join(said))
    held = _held(table, [named.get(name, name) for name in columns], roots)
    return frozenset(
        RootId(root) for root, lines in wanted.items() if sorted(lines) != sorted(held.get(root, ()))
    )


def _held(table: str, columns: Collection[str], roots: Sequence[RootId]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    ids = ",".join([str(UUID(root)) for root in roots])  # a COPY takes no parameters
    statement = (
        f"COPY (SELECT root_id, {', '.join(columns)} FROM {table}"  # nosec B608  # our own columns, and ids
        f" WHERE root_id = ANY ('{{{ids}}}'::uuid[])) TO STDOUT"
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for line in b"".join(copy).decode().split("\n"):
            root, given, said = line.partition("\t")
            if given:
                found.setdefault(root, []).append(said)
    return found


@lru_cache(maxsize=8192)
def _word(value: str | None) -> str:
    if value is None:
        return _NULL
    return str(value) if value and not _SIGNS.search(value) else repr(value)


def _words(values: Iterable[str]) -> str:
    return _joined(tuple(values))


@lru_cache(maxsize=8192)
def _joined(values: tuple[str, ...]) -> str:
    return "{" + ",".join([_word(value) for value in values]) + "}"


def _id(value: str | None) -> str:
    return _NULL if value is None else value


def _flag(value: bool | None) -> str:
    return _NULL if value is None else "ft"[value]


def _number(value: int | None) -> str:
    return _NULL if value is None else str(int(value))


@lru_cache(maxsize=8192)
def _time(at: datetime | None) -> str:
    """As the connection writes it, which is in UTC and without zeros at the end."""
    if at is None:
        return _NULL
    text = at.astimezone(UTC).isoformat(" ")[:-6]
    return f"{text.rstrip('0') if at.microsecond else text}+00"


def _json(value: Any) -> str:
    """As the database writes jsonb: the names in order of their length."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return _quoted(value)
        case datetime():
            return f'"{value.astimezone(UTC).isoformat()[:-6]}Z"'
        case dict():
            named = [f"{_quoted(name)}: {_json(value[name])}" for name in _in_order(tuple(value))]
            return "{" + ", ".join(named) + "}"
    return "[" + ", ".join([_json(one) for one in value]) + "]"


@lru_cache(maxsize=1024)
def _in_order(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (len(name.encode()), name.encode())))


@lru_cache(maxsize=8192)
def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)


_WRITTEN: Mapping[str, Callable[[Any], str]] = {
    "varchar": _word,
    "uuid": _id,
    "varchar[]": _words,
    "uuid[]": _words,
    "boolean": _flag,
    "smallint": _number,
    "integer": _number,
    "bigint": _number,
    "jsonb": _json,
    "timestamptz": _time,
}
