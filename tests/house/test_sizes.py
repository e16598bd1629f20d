"""Size budgets: a file that grows past them holds two nouns and is split by noun."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Python, python_files, read_python

FILE_LINES = 400
FUNCTION_LINES = 60
PURE_FUNCTION_LINES = 40
CLASS_LINES = 200


def oversize(file: Python) -> Iterator[str]:
    """What in this file is over its budget; migrations are written by a tool and read once."""
    if "/migrations/" in file.path:
        return
    if len(file.lines) > FILE_LINES:
        yield f"{file.path}: {len(file.lines)} lines, at most {FILE_LINES}"
    pure = file.path.startswith(("src/encircle/law/", "src/encircle/core/"))
    for node in ast.walk(file.tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                budget = PURE_FUNCTION_LINES if pure else FUNCTION_LINES
            case ast.ClassDef():
                budget = CLASS_LINES
            case _:
                continue
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > budget:
            yield f"{file.path}:{node.lineno} {node.name}: {lines} lines, at most {budget}"


def test_every_file_function_and_class_is_within_its_budget():
    assert [finding for file in python_files() for finding in oversize(file)] == []


def function(lines: int) -> str:
    return "def f():\n" + "    x = 1\n" * (lines - 1)


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("src/encircle/web/a.py", "x = 1\n" * 400, []),
        ("src/encircle/web/a.py", "x = 1\n" * 401, ["src/encircle/web/a.py: 401 lines, at most 400"]),
        ("src/encircle/web/a.py", function(60), []),
        ("src/encircle/web/a.py", function(61), ["src/encircle/web/a.py:1 f: 61 lines, at most 60"]),
        ("src/encircle/law/a.py", function(40), []),
        ("src/encircle/law/a.py", function(41), ["src/encircle/law/a.py:1 f: 41 lines, at most 40"]),
        ("src/encircle/core/a.py", function(41), ["src/encircle/core/a.py:1 f: 41 lines, at most 40"]),
        ("src/encircle/web/a.py", "class A:\n" + "    x = 1\n" * 199, []),
        (
            "src/encircle/web/a.py",
            "class A:\n" + "    x = 1\n" * 200,
            ["src/encircle/web/a.py:1 A: 201 lines, at most 200"],
        ),
        ("src/encircle/records/migrations/0001_initial.py", "x = 1\n" * 900, []),
    ],
)
def test_a_planted_oversize_is_caught(path: str, text: str, found: list[str]):
    assert list(oversize(read_python(path, text))) == found
