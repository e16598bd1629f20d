"""An expired sign-in in the middle of a long form: nothing is lost, nothing is saved, and nobody else reads it."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from encircle.actions.keys import FormMark, KeptForm, open_kept, open_mark, seal_kept, seal_mark
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.page.kept_urls import saved
from tests.web.reading import read
from tests.web.world import PASSWORD, Staff, make_staff

NOTE = "She sleeps at her aunt's.\nThe lock is <broken> & the neighbour knows."


@pytest.fixture(autouse=True)
def _pages(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.web.page.kept_urls"
    settings.DEMO = True  # a password alone opens; with a second step: tests/web/desk/test_second_factor.py
    saved.clear()


def hidden(content: bytes, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', content.decode())
    return found[1] if found else ""


def fields(content: bytes) -> dict[str, str]:
    """What the form carries beside what is typed."""
    names = ("csrfmiddlewaretoken", "form_mark", "carried", "kept")
    return {name: value for name in names if (value := hidden(content, name))}


def signed_out(client: Client) -> None:
    """The session is gone; the browser and its page are not."""
    del client.cookies[django_settings.SESSION_COOKIE_NAME]


def sign_in(client: Client, staff: Staff, page: bytes) -> bytes:
    answer = client.post("/sign-in/", {"login": staff.login, "password": PASSWORD, **fields(page)})
    assert answer.status_code == 200
    return answer.content


def typed_and_signed_out(client: Client, address: str = "/visit/", to: str = "/visit/") -> bytes:
    """The sign-in page that came instead of saving."""
    open_form = client.get(address).content
    signed_out(client)
    answer = client.post(to, {"note": NOTE, "token": "t-0b9a", "do": "check", **fields(open_form)})
    assert answer.status_code == 403
    return answer.content


@pytest.fixture
def browser(as_staff: Callable[[Staff], Client], carla: Staff) -> Client:
    client = as_staff(carla)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    return strict


def test_a_form_that_is_sent_while_signed_in_is_saved(browser: Client, carla: Staff):
    page = browser.get("/visit/").content
    browser.post("/visit/", {"note": NOTE, **fields(page)})
    assert saved == [(carla.person, NOTE)]


def test_what_was_typed_comes_back_after_signing_in_again_and_is_not_saved_by_itself(
    browser: Client, carla: Staff
):
    page = typed_and_signed_out(browser)
    assert "what you typed is kept in this page" in read(page).text
    page = sign_in(browser, carla, page)
    assert 'action="/visit/"' in page.decode()
    back = browser.post("/visit/", fields(page))
    assert "What you typed is here again" in read(back.content).text
    assert read(back.content).problems == []
    assert NOTE in read(back.content).text
    assert saved == []
    browser.post("/visit/", {"note": NOTE, **fields(back.content)})
    assert saved == [(carla.person, NOTE)]


def test_a_wrong_password_on_the_way_loses_nothing(browser: Client, carla: Staff):
    page = typed_and_signed_out(browser)
    wrong = browser.post("/sign-in/", {"login": carla.login, "password": "wrong", **fields(page)})
    assert wrong.status_code == 400
    page = sign_in(browser, carla, wrong.content)
    assert NOTE in read(browser.post("/visit/", fields(page)).content).text


def test_signed_out_once_more_on_the_way_back_loses_nothing(browser: Client, carla: Staff):
    page = sign_in(browser, carla, typed_and_signed_out(browser))
    signed_out(browser)
    again = browser.post("/visit/", fields(page))
    assert again.status_code == 403
    page = sign_in(browser, carla, again.content)
    assert NOTE in read(browser.post("/visit/", fields(page)).content).text


def test_nothing_that_was_typed_can_be_read_in_the_page_that_waits_for_the_sign_in(browser: Client):
    assert "aunt" in NOTE
    assert "aunt" not in typed_and_signed_out(browser).decode()


def test_another_person_at_the_same_browser_gets_only_the_word_that_it_is_gone(browser: Client):
    dmitri = make_staff("dmitri", Role.POLICE)
    waiting = typed_and_signed_out(browser)
    page = sign_in(browser, dmitri, waiting)
    assert "A form of somebody else was discarded" in read(page).text
    answer = browser.post("/visit/", {**fields(page), "kept": hidden(waiting, "carried")})
    assert answer.status_code == 403
    assert "aunt" not in page.decode() + answer.content.decode()
    assert saved == []


def test_a_form_of_somebody_else_is_not_saved_under_the_next_sign_in(browser: Client):
    form = browser.get("/visit/").content
    dmitri = make_staff("dmitri", Role.POLICE)
    browser.post("/sign-in/", {"login": dmitri.login, "password": PASSWORD, **fields(form)})
    mine = fields(browser.get("/visit/").content)
    answer = browser.post("/visit/", {"note": NOTE, **mine, "form_mark": hidden(form, "form_mark")})
    assert (answer.status_code, saved) == (403, [])
    assert "aunt" not in answer.content.decode()


def test_a_form_that_was_open_for_too_long_keeps_what_was_typed(browser: Client):
    form = fields(browser.get("/visit/").content)
    answer = browser.post("/visit/", {"note": NOTE, **form, "csrfmiddlewaretoken": "x" * 64})
    assert answer.status_code == 403
    assert "For safety, a form can be sent only for a while." in read(answer.content).text
    back = browser.post("/visit/", fields(answer.content))
    assert NOTE in read(back.content).text
    assert saved == []


def test_without_any_cookie_a_form_keeps_what_was_typed(browser: Client, carla: Staff):
    form = fields(browser.get("/visit/").content)
    browser.cookies.clear()
    answer = browser.post("/visit/", {"note": NOTE, **form})
    page = sign_in(browser, carla, answer.content)
    assert NOTE in read(browser.post("/visit/", fields(page)).content).text


def test_a_forged_form_is_neither_saved_nor_shown(browser: Client):
    for mark in ("", "made-up", seal_mark(FormMark("11111111-1111-1111-1111-111111111111", "/visit/"))):
        answer = browser.post("/visit/", {"note": NOTE, "form_mark": mark})
        assert answer.status_code == 403
        assert "aunt" not in answer.content.decode()
        assert hidden(answer.content, "kept") == ""
    assert saved == []


def test_a_page_that_does_not_take_it_shows_it_for_copying(browser: Client, carla: Staff):
    page = sign_in(browser, carla, typed_and_signed_out(browser, "/visit/deaf/", "/visit/only-sent/"))
    back = browser.post("/visit/deaf/", fields(page))
    text = read(back.content).text
    assert ("This is what you typed." in text, "The lock is <broken>" in text) == (True, True)
    assert ["t-0b9a" in text, "check" in text] == [False, False]
    assert saved == []


def test_a_page_that_cannot_be_shown_again_still_shows_it_for_copying(browser: Client, carla: Staff):
    page = sign_in(browser, carla, typed_and_signed_out(browser))
    back = browser.post("/visit/only-sent/", fields(page))
    text = read(back.content).text
    assert ("This is what you typed." in text, "The lock is <broken>" in text) == (True, True)
    assert saved == []


def test_no_sign_in_stands_inside_a_part_of_a_page(browser: Client):
    form = fields(browser.get("/visit/").content)
    signed_out(browser)
    part = browser.get("/visit/", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (200, "/sign-in/?next=%2Fvisit%2F")
    sent = browser.post("/visit/", {"note": NOTE, **form}, headers={"HX-Request": "true"})
    assert (sent.headers["HX-Retarget"], hidden(sent.content, "carried") != "") == ("body", True)


def test_passwords_are_never_kept(browser: Client, carla: Staff):
    form = fields(browser.get("/visit/").content)
    signed_out(browser)
    answer = browser.post("/visit/", {"note": NOTE, "new_password": "secret", **form})
    kept = open_kept(hidden(answer.content, "carried"), account=carla.account)
    assert kept == KeptForm("/visit/", "/visit/", (("note", (NOTE,)),), files=False)


def test_who_is_not_signed_in_gets_forms_without_a_mark(database: TestDatabase):
    assert hidden(Client().get("/sign-in/").content, "form_mark") == ""


def test_what_is_sealed_to_one_account_opens_for_no_other():
    form = KeptForm("/a/", "/b/", (("note", ("one", "two")),), files=True)
    sealed = seal_kept(form, account="carla")
    assert open_kept(sealed, account="carla") == form
    assert open_kept(sealed, account="dmitri") is None
    assert open_kept(sealed[:-4], account="carla") is None
    assert open_kept("ä", account="carla") is None
    assert open_mark(sealed) is None
    assert open_mark(seal_mark(FormMark("carla", "/a/"))) == FormMark("carla", "/a/")
