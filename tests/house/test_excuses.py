"""No check is silenced without code and reason, nothing is caught wholesale, nothing is left for later."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

import pytest

from tests.house.source import ROOT, Python, python_files, read_python, text_files

_NOQA = re.compile(r"#\s*noqa\b(?!:\s*[A-Z]+[0-9]+(?:\s*,\s*[A-Z]+[0-9]+)*[\s#:,-]+\w+\W+\w+)", re.IGNORECASE)
_TYPE_IGNORE = re.compile(r"#\s*type:\s*ignore\b(?!\[[a-z0-9, -]+\][\s#:,-]+\w+\W+\w+)")
_NOSEC = re.compile(r"#\s*nosec\b(?!:?\s*B[0-9]{3}\s+#\s*\w+\W+\w+)")
_NO_COVER = re.compile(r"#\s*pragma:\s*no cover")
_LATER = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3, "HACK"]) + r")\b")
_EVERYTHING = {"Exception", "BaseException"}


def excuses(file: Python) -> Iterator[str]:
    """Each silenced check without a code and a reason, each catch of everything, each note to do it later."""
    for token in tokenize.generate_tokens(io.StringIO(file.text).readline):
        if token.type == tokenize.COMMENT:
            place = f"{file.path}:{token.start[0]}"
            for name, pattern in (
                ("noqa without code and reason", _NOQA),
                ("type: ignore without code and reason", _TYPE_IGNORE),
                ("nosec without code and reason", _NOSEC),
                ("pragma: no cover", _NO_COVER),
                ("left for later", _LATER),
            ):
                if pattern.search(token.string):
                    yield f"{place} {name}"
    for node in ast.walk(file.tree):
        match node:
            case ast.ExceptHandler(type=caught, body=[*_, last]) if _swallows(caught, last):
                yield f"{file.path}:{node.lineno} catches everything"
            case ast.Raise(exc=raised) if raised and "NotImplementedError" in _names(raised):
                yield f"{file.path}:{node.lineno} is a stub"


def _swallows(caught: ast.expr | None, last: ast.stmt) -> bool:
    """Whether all errors end here; one that tidies up and raises again lets them pass."""
    passes_on = isinstance(last, ast.Raise) and last.exc is None
    return not passes_on and (caught is None or bool(_EVERYTHING & _names(caught)))


def _names(node: ast.expr) -> set[str]:
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}


def test_no_check_is_silenced_without_code_and_reason_and_nothing_is_caught_wholesale():
    assert [finding for file in python_files() for finding in excuses(file)] == []


def test_nothing_is_left_for_later_in_docs_and_packs():
    places = (
        f"{path}:{number}"
        for path, text in text_files("*.md", "docs/**/*.md", "packs/**/*.yaml", "Makefile", "tools/*.sh")
        for number, line in enumerate(text.splitlines(), 1)
        if _LATER.search(line)
    )
    assert list(places) == []


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "services", "managers", "misc"])
def test_no_room_is_a_junk_drawer(name: str):
    package = ROOT / "src" / "encircle"
    assert [path for path in package.rglob(f"{name}*") if path.stem == name] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x = 1  # no" + "qa", ["a.py:1 noqa without code and reason"]),
        ("x = 1  # no" + "qa: E501", ["a.py:1 noqa without code and reason"]),
        ("x = 1  # no" + "qa: E501 the address cannot be broken", []),
        ("x = 1  # no" + "qa: DTZ001  # local, its zone comes with it", []),
        ("x = 1  # no" + "qa: S603, S607 - our own program", []),
        ("x = 1  # type: ig" + "nore", ["a.py:1 type: ignore without code and reason"]),
        ("x = 1  # type: ig" + "nore[attr-defined]", ["a.py:1 type: ignore without code and reason"]),
        ("x = 1  # type: ig" + "nore[attr-defined]  # the stubs lack it", []),
        ("x = 1  # no" + "sec", ["a.py:1 nosec without code and reason"]),
        ("x = 1  # no" + "sec B608 the name is our own", ["a.py:1 nosec without code and reason"]),
        ("x = 1  # no" + "sec B608  # the name is our own", []),
        ("x = 1  # pragma: no" + " cover", ["a.py:1 pragma: no cover"]),
        ("x = 1  # TO" + "DO: later", ["a.py:1 left for later"]),
        ("try:\n    f()\nexcept Exception:\n    g()", ["a.py:3 catches everything"]),
        ("try:\n    f()\nexcept (OSError, BaseException) as e:\n    g()", ["a.py:3 catches everything"]),
        ("try:\n    f()\nexcept:\n    g()", ["a.py:3 catches everything"]),
        ("try:\n    f()\nexcept BaseException:\n    g()\n    raise", []),
        ("try:\n    f()\nexcept OSError:\n    g()", []),
        ("def f():\n    raise NotImplementedError", ["a.py:2 is a stub"]),
    ],
)
def test_a_planted_excuse_is_caught(text: str, found: list[str]):
    assert list(excuses(read_python("a.py", text))) == found
