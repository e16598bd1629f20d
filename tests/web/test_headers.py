"""Headers: every answer forbids the browser foreign scripts, third parties, frames and keeping."""

import gzip
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from encircle.web.headers import HEADERS, POLICY, POLICY_WITH_SCRIPTS
from tests.database import TestDatabase
from tests.web.world import Staff


@pytest.mark.parametrize("path", ["/sign-in/", "/nowhere/", "/-/live"])
def test_every_answer_has_them_and_is_not_kept(database: TestDatabase, path: str):
    response = Client().get(path)
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert response.headers["Cache-Control"] in (
        "no-store",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )


def test_nothing_but_our_own_styles_and_pictures_may_load():
    rules = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
    assert rules == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


def test_the_style_is_kept_for_a_year_under_the_digest_of_what_it_holds(database: TestDatabase):
    page = Client().get("/sign-in/").content.decode()
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    response = Client().get(address)
    response.close()
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "max-age=31536000, public")
    assert response.headers["Content-Security-Policy"] == POLICY


def nonces(content: str) -> set[str]:
    return set(re.findall(r'nonce(?::inherited)?="([^"]+)"', content))


def test_scripts_run_only_with_the_word_of_this_answer(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    seen = set()
    for _ in range(2):
        response = client.get(f"/records/{aino}/")
        found = nonces(response.content.decode())
        assert len(found) == 1
        nonce = found.pop()
        assert response.headers["Content-Security-Policy"] == POLICY_WITH_SCRIPTS.format(nonce=nonce)
        seen.add(nonce)
    assert len(seen) == 2


def test_no_script_may_do_more_than_ask_this_site():
    rules = dict(rule.strip().split(" ", 1) for rule in POLICY_WITH_SCRIPTS.format(nonce="word").split(";"))
    without = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
    assert rules == without | {
        "script-src": "'nonce-word'",
        "connect-src": "'self'",
        "trusted-types": "htmx",
    }


@pytest.mark.parametrize("path", ["/sign-in/", "/nowhere/"])
def test_a_page_without_scripts_lets_none_run(database: TestDatabase, path: str):
    response = Client().get(path)
    assert b"<script" not in response.content
    assert response.headers["Content-Security-Policy"] == POLICY


def test_styles_are_small():
    sheets = {path.name: path.stat().st_size for path in settings.STATIC_ROOT.rglob("*.css")}
    assert sheets.keys() == {
        "child.css",
        "door.css",
        "designsystemet.css",
        "encircle.css",
        "meeting.css",
        "parts.css",
        "record.css",
        "work.css",
    }
    assert max(sheets.values()) <= 30_000
    assert (
        sum(
            len(gzip.compress(path.read_bytes()))
            for path in settings.STATIC_ROOT.rglob("*.css")
            if path.name != "door.css"
        )
        <= 18_000
    )


def test_the_style_of_the_door_is_small_alone_and_stands_alone():
    assert len(gzip.compress((settings.STATIC_ROOT / "door.css").read_bytes())) <= 1_500


def test_styles_are_sent_compressed(database: TestDatabase):
    page = Client().get("/sign-in/").content.decode()
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    response = Client().get(address, headers={"Accept-Encoding": "gzip"})
    sent = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a file is streamed
    response.close()
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(sent) * 4 < len(gzip.decompress(sent))
