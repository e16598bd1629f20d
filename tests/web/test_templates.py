"""The templates hold no inline style, script or handler and no address of others, and each is used."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted((settings.WEB / "templates").rglob("*.html"))
_RULES = {
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "script without a nonce": re.compile(r"<script\b(?![^>]*\snonce=\"{{ nonce }}\")", re.IGNORECASE),
    "handler": re.compile(r"\son[a-z]+\s*=|\shx-on|javascript:|hx-vals=['\"]js:", re.IGNORECASE),
    "address of others": re.compile(r"(?:src|href|action|url)\s*[=(]\s*[\"']?(?:https?:)?//", re.IGNORECASE),
    "htmx without a nonce": re.compile(r"<[^>]*\shx-(?!nonce)(?![^>]*hx-nonce)[a-z-]+[:=]", re.IGNORECASE),
}


def faults(text: str) -> Iterator[str]:
    return (name for name, rule in _RULES.items() if rule.search(text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_nothing_inline_and_leads_to_nobody_else(path: Path):
    assert list(faults(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ('<p style="color: red">', "inline style"),
        ("<style>p {}</style>", "inline style"),
        ('<script nonce="{{ nonce }}">go()</script>', "inline script"),
        ('<script src="/static/x.js"></script>', "script without a nonce"),
        ('<a href="/" onclick="go()">', "handler"),
        ('<a href="javascript:go()">', "handler"),
        ('<img src="https://example.org/x.png">', "address of others"),
        ('<link href="//example.org/x.css">', "address of others"),
        ('<a hx-get="/x/">', "htmx without a nonce"),
    ],
)
def test_a_planted_fault_is_caught(planted: str, fault: str):
    assert fault in list(faults(planted))


@pytest.mark.parametrize("sheet", sorted(settings.STATIC_ROOT.rglob("*.css")), ids=lambda path: path.name)
def test_a_style_loads_nothing_from_elsewhere_and_no_inlined_picture(sheet: Path):
    assert re.findall(r"@import|url\(\s*[\"']?(?:https?:|//|data:)", sheet.read_text("utf-8")) == []
