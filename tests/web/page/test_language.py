"""The language of the pages: as the browser asks, or as somebody chose; right to left where it is written so."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from encircle.web.page import wording
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff
from tools.messages import LOCALE, PLURALS, read_po

LANGUAGES = {"en": "ltr", "et": "ltr", "ar": "rtl"}
COOKIE = settings.LANGUAGE_COOKIE_NAME


def in_language(client: Client, path: str, language: str) -> str:
    response = client.get(path, headers={"accept-language": language})
    return response.content.decode()


def plain_texts(language: str) -> dict[str, str]:
    """Texts of the window that stand on a page as they are, without anything filled in, by what they say in English."""
    entries = read_po((LOCALE / language / "LC_MESSAGES" / "django.po").read_text("utf-8"))
    return {
        message.text: words[0]
        for message, words in entries.items()
        if message.text and not message.context and not re.search(r"[{%]", message.text)
    }


def texts_on(page: str) -> set[str]:
    """Each piece of text between two tags, without what is marked as English."""
    bare = re.sub(r'<(\w+)[^>]* lang="en"[^>]*>.*?</\1>', "", page.partition("<body")[2])
    return {piece.strip() for piece in re.findall(r">([^<>]+)<", bare)} - {""}


@pytest.mark.parametrize(("language", "direction"), LANGUAGES.items())
@pytest.mark.parametrize(
    "path", ["/sign-in/", "/", "/records/{}/", "/records/{}/?as_of=rubbish", "/nowhere/"]
)
def test_each_page_says_its_language_and_direction_and_is_well_formed(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client], path: str, language: str, direction: str
):
    content = in_language(as_staff(carla), path.format(aino), language)
    page = read(content.encode())
    assert f'<html lang="{language}" dir="{direction}">' in content
    assert (page.problems, page.count("h1")) == ([], 1)


@pytest.mark.parametrize("language", PLURALS)
@pytest.mark.parametrize(
    "path", ["/sign-in/", "/", "/records/{}/", "/records/{}/?as_of=rubbish", "/nowhere/"]
)
def test_no_text_of_the_window_stays_english_on_a_page(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client], path: str, language: str
):
    client, path = as_staff(carla), path.format(aino)
    english = set(plain_texts(language))
    assert english & texts_on(in_language(client, path, "en"))
    assert english & texts_on(in_language(client, path, language)) == set()


@pytest.mark.parametrize(("language", "direction"), LANGUAGES.items())
def test_the_page_to_step_into_a_role_is_told_in_the_language(
    carla: Staff, as_staff: Callable[[Staff], Client], settings: Settings, language: str, direction: str
):
    settings.DEMO, settings.ROOT_URLCONF = True, "tests.web.demonstration_urls"
    content = in_language(as_staff(carla), "/step-in/", language)
    english = set(plain_texts("et"))
    assert f'<html lang="{language}" dir="{direction}">' in content
    assert read(content.encode()).problems == []
    assert bool(english & texts_on(content)) is (language == "en")


@pytest.mark.parametrize("language", PLURALS)
def test_a_form_without_its_token_is_refused_in_the_language(database: TestDatabase, language: str):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/sign-in/", {"login": "carla"}, headers={"accept-language": language})
    assert response.status_code == 403
    assert f'<html lang="{language}"' in response.content.decode()
    assert set(plain_texts(language)) & texts_on(response.content.decode()) == set()


@pytest.mark.parametrize("language", PLURALS)
def test_an_error_message_beside_a_sign_in_is_told_in_the_language(database: TestDatabase, language: str):
    page = Client().post(
        "/sign-in/", {"login": "nobody", "password": "x"}, headers={"accept-language": language}
    )
    assert set(plain_texts(language)) & texts_on(page.content.decode()) == set()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("et", ["Vaatad seisu: 25. oktoober 2018", "Kohustused selle lapse ees", "Mureteade registreeritud"]),
        ("ar", ["تنظر إلى: 25 أكتوبر 2018", "الواجبات تجاه هذا الطفل", "سُجّل بلاغ القلق"]),
    ],
)
def test_dates_states_and_titles_are_told_in_the_language(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client], language: str, words: list[str]
):
    page = in_language(as_staff(carla), f"/records/{aino}/?as_of=2018-10-25", language)
    assert [one for one in words if one not in page] == []


def test_duties_have_the_titles_of_the_packs_in_estonian(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    pages = [in_language(client, f"/records/{aino}/", language) for language in ("en", "et")]
    title = '<span class="duty-title"><bdi>{}</bdi>'
    assert [title.format("Individual assessment") in page for page in pages] == [True, False]
    assert [title.format("Individuaalne hindamine") in page for page in pages] == [False, True]


def test_a_text_that_the_pack_has_in_english_alone_is_marked_as_english(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    pages = [in_language(as_staff(carla), f"/records/{aino}/", language) for language in LANGUAGES]
    marked = '<span class="duty-title"><bdi lang="en">Individual assessment</bdi>'
    assert [marked in page for page in pages] == [False, False, True]


def test_time_runs_from_left_to_right_in_arabic_too(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    assert '<div class="drawing" dir="ltr"' in in_language(as_staff(carla), f"/records/{aino}/", "ar")


def test_a_choice_is_kept_and_leads_back(database: TestDatabase):
    client = Client()
    response = client.post("/language/", {"language": "ar", "next": "/sign-in/?next=%2F"})
    assert (response.status_code, response.headers["Location"]) == (302, "/sign-in/?next=%2F")
    kept = response.cookies[COOKIE]
    assert (kept.value, kept["httponly"], kept["samesite"]) == ("ar", True, "Lax")
    assert '<html lang="ar" dir="rtl">' in in_language(client, "/sign-in/", "et")


def test_every_page_but_an_error_offers_the_languages_by_their_own_names(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    for path in ("/sign-in/", "/", f"/records/{aino}/"):
        page = in_language(client, path, "et")
        assert [name in page for name in ("English", "eesti", "العربية")] == [True] * 3
        assert '<span lang="et" aria-current="true">eesti</span>' in page
    assert "العربية" not in in_language(client, "/nowhere/", "et")


@pytest.mark.parametrize(
    "way", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""]
)
def test_a_choice_leads_nowhere_else(database: TestDatabase, way: str):
    assert Client().post("/language/", {"language": "et", "next": way}).headers["Location"] == "/"


@pytest.mark.parametrize("language", ["xx", "", "en\r\nSet-Cookie: a=b"])
def test_a_language_that_is_not_ours_changes_nothing(database: TestDatabase, language: str):
    response = Client().post("/language/", {"language": language, "next": "/sign-in/"})
    assert (response.status_code, dict(response.cookies)) == (302, {})


def test_the_choice_cannot_be_made_by_a_link(database: TestDatabase):
    assert Client().get("/language/?language=ar").status_code == 405


@pytest.mark.parametrize("code", ["guardian", "presumed_victim", "case_lead", "none"])
def test_a_code_is_told_in_the_language_of_the_page(code: str):
    told = set()
    for language in LANGUAGES:
        with translation.override(language):
            told.add(wording.plain(code))
    assert len(told) == len(LANGUAGES)
