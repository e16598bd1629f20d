"""Headers: every answer forbids the browser scripts, third parties, frames and keeping."""

import pytest
from django.conf import settings
from django.test import Client

from encircle.web.headers import HEADERS, POLICY
from tests.database import TestDatabase


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


def test_the_style_is_small():
    assert (settings.STATIC_ROOT / "encircle.css").stat().st_size <= 20_000
