"""What somebody types at the door or on a child's page is not kept by the browser in its file of open tabs."""

import re
from pathlib import Path

import pytest

from tools.messages import PUBLIC_PLACES, WEB

FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
FIELD = re.compile(r'<(?:textarea|select|input(?![^>]*type="(?:hidden|password)"))\b')
OWN = re.compile(r"<(?:textarea|select)\b(?:\{%.*?%\}|\{\{.*?\}\}|[^>])*>")
OFF = 'autocomplete="off"'


def templates() -> list[Path]:
    """The templates of the pages for children and the public."""
    return [path for name in PUBLIC_PLACES for path in sorted((WEB / name).rglob("*.html"))]


def kept(page: str) -> list[str]:
    """Forms whose fields, and fields whose words, a browser would keep.

    Chromium asks the form; Firefox asks the form for inputs, and a textarea or select itself.
    """
    forms = [form[: form.index(">") + 1] for form in FORM.findall(page) if FIELD.search(form)]
    return [tag for tag in (*forms, *OWN.findall(page)) if OFF not in tag]


def test_no_field_of_the_public_pages_is_kept_by_the_browser():
    pages = templates()
    assert len(pages) > 30
    assert {path.name: found for path in pages if (found := kept(path.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (f'<form {OFF}><textarea name="a" rows="{{{{ 3 > 2 }}}}"></textarea></form>', 1),
        (f'<form {OFF}><select name="a"></select></form>', 1),
        ('<form><input type="radio" name="a"></form>', 1),
        ('<form><input type="hidden" name="a"><button>Go</button></form>', 0),
        (f'<form {OFF}><textarea name="a" {OFF}></textarea><input name="b"></form>', 0),
    ],
)
def test_a_planted_field_is_found(page: str, found: int):
    assert len(kept(page)) == found
