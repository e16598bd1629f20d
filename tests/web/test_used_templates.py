"""No template that nobody uses: each is named by a view, or by a template that is used."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import allauth
import pytest
from django.conf import settings

from tests.house.source import ROOT, text_files

FOLDER = Path(settings.WEB) / "templates"
COMPONENTS = "cotton"
# What our sign-in rests on names its own templates; ours of the same name take their place.
GIVEN = Path(allauth.__file__).parent / "templates"
_NAMED = re.compile(r"""["']([a-z0-9_/]+\.html)["']""")
_COMPONENT = re.compile(r"<c-([a-z][a-z0-9._-]*)")
# A folder whose templates are chosen by a word: f"cotton/field/{kind}.html", or the folder alone as a constant.
_FOLDER = re.compile(r"""["']([a-z0-9_]+(?:/[a-z0-9_]+)+)(?:["']|/\{[^}]+\}\.html["'])""")


def names_in(text: str) -> set[str]:
    """The templates that this text names: by path, or as a component."""
    components = {
        f"{COMPONENTS}/{name.rstrip('.').replace('.', '/').replace('-', '_')}.html"
        for name in _COMPONENT.findall(text)
        if name not in ("vars", "slot")
    }
    return {*_NAMED.findall(text), *components}


def folders_in(text: str) -> set[str]:
    """The folders that this text names to choose from."""
    return {f"{folder}/" for folder in _FOLDER.findall(text)}


def unused(templates: Mapping[str, str], code: Iterable[str], given: Iterable[str] = ()) -> list[str]:
    """Templates that neither the code nor a used template names. A component may stand as name.html or name/index.html."""
    texts = [*code]
    chosen = tuple(folder for text in texts for folder in folders_in(text))
    waiting = {name for text in texts for name in names_in(text)} | set(given)
    waiting |= {name for name in templates if name.startswith(chosen)}
    used: set[str] = set()
    while waiting:
        name = waiting.pop()
        waiting |= {name.replace(".html", "/index.html")} - used if "/index" not in name else set()
        used.add(name)
        waiting |= names_in(templates.get(name, "")) - used
    return sorted(set(templates) - used)


def ours() -> dict[str, str]:
    return {
        path.relative_to(FOLDER).as_posix(): path.read_text("utf-8")
        for path in sorted(FOLDER.rglob("*.html"))
    }


def test_each_template_is_used():
    given = [path.relative_to(GIVEN).as_posix() for path in GIVEN.rglob("*.html")]
    code = [text for _, text in text_files("src/encircle/**/*.py")]
    assert unused(ours(), code, given) == []


def test_each_template_that_is_named_is_there():
    templates = ours()
    named = {
        (name, path)
        for path, text in [*templates.items(), *text_files("src/encircle/**/*.py")]
        for name in names_in(text)
    }
    known = {*templates, *(name.replace("/index.html", ".html") for name in templates)}
    absent = [pair for pair in sorted(named) if pair[0] not in known and not (GIVEN / pair[0]).exists()]
    assert absent == []


PLANTED = {
    "page.html": '{% include "part.html" %}<c-duty-row />',
    "part.html": "",
    "cotton/duty_row.html": "",
    "parts/field/day.html": "",
    "forgotten.html": '{% extends "under_it.html" %}',
    "under_it.html": "",
}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (
            'render(request, "page.html"); f"some/field/{kind}.html"',
            ["forgotten.html", "parts/field/day.html", "under_it.html"],
        ),
        ('render(request, "page.html"); f"parts/field/{kind}.html"', ["forgotten.html", "under_it.html"]),
        (
            'render(request, "forgotten.html")',
            ["cotton/duty_row.html", "page.html", "part.html", "parts/field/day.html"],
        ),
    ],
)
def test_a_planted_template_that_nobody_uses_is_found(code: str, found: list[str]):
    assert unused(PLANTED, [code]) == found


def test_the_folder_that_is_read_holds_our_templates():
    assert "base.html" in ours()
    assert FOLDER.is_relative_to(ROOT)
