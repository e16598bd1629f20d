"""The clock is an argument: one file looks at it. The pure floors throw no dice either."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Python, python_files, read_python

THE_CLOCK = "src/encircle/host/clock.py"
PURE = ("src/encircle/vocabulary/", "src/encircle/law/", "src/encircle/core/")
_DATES = {"datetime", "date", "timezone", "dt"}
_LOOKS = {"now", "today", "utcnow", "localdate", "localtime"}
_TIME = {"time", "time_ns", "localtime", "gmtime", "ctime"}
_DICE = {"uuid1", "uuid4", "uuid6", "uuid7", "uuid8", "urandom", "getrandom"}


def looks_at_the_clock(file: Python) -> Iterator[str]:
    """Each place that asks the machine for the present time."""
    for node in ast.walk(file.tree):
        match node:
            case ast.Call(func=ast.Attribute(value=of, attr=name)) if name in _LOOKS and _last(of) in _DATES:
                yield f"{file.path}:{node.lineno} {_last(of)}.{name}()"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="time"), attr=name)) if name in _TIME:
                yield f"{file.path}:{node.lineno} time.{name}()"
            case ast.ImportFrom(module="time", names=names) if _TIME & {alias.name for alias in names}:
                yield f"{file.path}:{node.lineno} from time import"
            case ast.ImportFrom(module="django.utils.timezone", names=of) if _LOOKS & {a.name for a in of}:
                yield f"{file.path}:{node.lineno} from django.utils.timezone import"


def throws_dice(file: Python) -> Iterator[str]:
    """Each name that would make an answer different the second time."""
    for node in ast.walk(file.tree):
        match node:
            case ast.Attribute(attr=name) | ast.Name(id=name) | ast.alias(name=name) if name in _DICE:
                yield f"{file.path}:{getattr(node, 'lineno', 0)} {name}"


def _last(node: ast.expr) -> str:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def test_only_one_file_looks_at_the_clock():
    found = [
        place for file in python_files("src") if file.path != THE_CLOCK for place in looks_at_the_clock(file)
    ]
    assert found == []


def test_the_pure_floors_throw_no_dice():
    pure = (file for file in python_files("src") if file.path.startswith(PURE))
    assert [place for file in pure for place in throws_dice(file)] == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("datetime.now(UTC)", ["a.py:1 datetime.now()"]),
        ("datetime.datetime.now()", ["a.py:1 datetime.now()"]),
        ("datetime.utcnow()", ["a.py:1 datetime.utcnow()"]),
        ("date.today()", ["a.py:1 date.today()"]),
        ("timezone.now()", ["a.py:1 timezone.now()"]),
        ("time.time()", ["a.py:1 time.time()"]),
        ("from time import time_ns", ["a.py:1 from time import"]),
        ("from django.utils.timezone import now", ["a.py:1 from django.utils.timezone import"]),
        ("datetime.fromisoformat(text)", []),
        ("time.monotonic()", []),
        ("clock.now()", []),
    ],
)
def test_a_planted_look_at_the_clock_is_caught(line: str, found: list[str]):
    assert list(looks_at_the_clock(read_python("a.py", line))) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("uuid.uuid4()", ["a.py:1 uuid4"]),
        ("from uuid import uuid4", ["a.py:1 uuid4"]),
        ("os.urandom(16)", ["a.py:1 urandom"]),
        ("uuid.UUID(text)", []),
        ("uuid.uuid5(space, name)", []),
    ],
)
def test_planted_dice_are_caught(line: str, found: list[str]):
    assert list(throws_dice(read_python("a.py", line))) == found
