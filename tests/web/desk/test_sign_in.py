"""Signing in: by login and password, told nothing else, journalled, and never led away from this site."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import PASSWORD, Staff, journal_of


def attempt(client: Client, login: str, password: str, way: str = "") -> object:
    return client.post("/sign-in/", {"login": login, "password": password, "next": way})


def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back(aino: str, carla: Staff, settings: Settings):
    settings.DEMO = True
    client = Client()
    asked = f"/records/{aino}/?as_of=2018-10-25"
    response = client.get(asked)
    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"/sign-in/?next=%2Frecords%2F{aino}%2F%3Fas_of%3D2018-10-25",
    )
    response = attempt(client, carla.login, PASSWORD, asked)
    assert (response.status_code, response.headers["Location"]) == (302, asked)
    assert client.get(asked).status_code == 200


def test_the_sign_in_is_journalled(carla: Staff):
    attempt(Client(), carla.login, PASSWORD)
    assert journal_of(carla) == [("sign_in", "ok", "sign_in", "", False)]


@pytest.mark.parametrize(
    "way", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "records"]
)
def test_a_sign_in_leads_nowhere_else(carla: Staff, way: str):
    assert attempt(Client(), carla.login, PASSWORD, way).headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_login_get_the_same_words(database: TestDatabase, carla: Staff):
    wrong = attempt(Client(), carla.login, "wrong")
    unknown = attempt(Client(), "nobody", "wrong")
    assert (wrong.status_code, unknown.status_code) == (400, 400)
    assert read(wrong.content).text == read(unknown.content).text
    assert "Login and password do not belong together." in read(wrong.content).text


def test_what_was_typed_is_kept_but_the_password(carla: Staff):
    page = attempt(Client(), carla.login, "wrong password").content.decode()
    assert f'value="{carla.login}"' in page
    assert "wrong password" not in page


def test_a_login_with_signs_that_no_database_takes_is_refused_like_another(database: TestDatabase):
    assert attempt(Client(), "no\0body", "x").status_code == 400


def test_signing_out_ends_the_session(aino: str, carla: Staff, settings: Settings):
    settings.DEMO = True
    client = Client()
    attempt(client, carla.login, PASSWORD)
    assert client.get("/").status_code == 200
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert client.get("/").status_code == 302


def test_a_form_without_its_token_is_refused_in_plain_words(carla: Staff):
    client = Client(enforce_csrf_checks=True)
    response = attempt(client, carla.login, PASSWORD)
    assert response.status_code == 403
    assert "This form was open for too long" in read(response.content).text


@pytest.mark.parametrize("problem", [False, True])
def test_the_page_is_well_formed(database: TestDatabase, problem: bool):
    response = attempt(Client(), "nobody", "x") if problem else Client().get("/sign-in/")
    page = read(response.content)
    assert (page.problems, page.count("h1")) == ([], 1)


def test_who_has_no_account_finds_the_way_to_the_door(database: TestDatabase):
    page = read(Client().get("/sign-in/").content)
    ways = [one for one in page.links if one in {"/hello/", "/report/"}]
    assert ways == ["/hello/", "/report/"]
    assert [Client().get(way).status_code for way in ways] == [200, 200]


def test_no_log_names_a_login(carla: Staff, caplog: pytest.LogCaptureFixture):
    caplog.set_level("DEBUG")
    for password in ("wrong", PASSWORD):
        attempt(Client(), carla.login, password)
    attempt(Client(enforce_csrf_checks=True), carla.login, PASSWORD)
    assert "Forbidden" in caplog.text
    statements = [record for record in caplog.records if record.name == "django.db.backends"]
    told = "".join(record.getMessage() for record in caplog.records if record not in statements)
    assert carla.login not in told
