"""Pages for children and the public speak more languages than the pages of staff, and keep none."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.database import TestDatabase

MORE = [("en", "English"), ("et", "eesti"), ("ar", "العربية"), ("fi", "suomi"), ("fa", "فارسی")]


@pytest.fixture(autouse=True)
def _more_languages(settings: Settings) -> None:
    settings.PUBLIC_LANGUAGES = MORE


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("fi", "fi"),
        ("fi-FI,en;q=0.5", "fi"),
        ("xx, fi;q=0.3, ar;q=0.9", "ar"),
        ("fa-AF", "fa"),
        ("", "en"),
        ("xx", "en"),
        ("é" * 400, "en"),
    ],
)
def test_the_first_of_the_browsers_languages_that_there_is(database: TestDatabase, asked: str, spoken: str):
    page = Client().get("/my/", headers={"accept-language": asked}).content.decode()
    assert f'<html lang="{spoken}"' in page


def test_the_pages_of_staff_keep_theirs(database: TestDatabase):
    page = Client().get("/sign-in/", headers={"accept-language": "fi"}).content.decode()
    assert '<html lang="en"' in page
    assert "suomi" not in page


def test_a_language_from_right_to_left_turns_the_page(database: TestDatabase):
    page = Client().get("/my/", headers={"accept-language": "fa"}).content.decode()
    assert '<html lang="fa" dir="rtl">' in page


def test_what_was_chosen_comes_before_what_the_browser_asks_for(database: TestDatabase):
    client = Client()
    client.post("/my/language/", {"language": "fi", "next": "/my/"})
    assert '<html lang="fi"' in client.get("/my/", headers={"accept-language": "ar"}).content.decode()
    client.post("/my/language/", {"language": "xx", "next": "/my/"})
    assert '<html lang="fi"' in client.get("/my/").content.decode()


def test_the_door_speaks_it_and_sets_no_cookie(database: TestDatabase):
    answer = Client().get("/hello/", headers={"accept-language": "fa"})
    assert '<html lang="fa" dir="rtl">' in answer.content.decode()
    assert not answer.cookies
