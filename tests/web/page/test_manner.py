"""The manner of requests and answers: methods, types, origins, proxies, size; and what a fault of ours tells and logs."""

import json
import logging
from collections.abc import Callable

import pytest
from django.conf import settings as installed
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, path
from pytest_django import Settings

from encircle.config.log_line import LogLine
from encircle.config.urls import pages, urlpatterns
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.urls import PAGES as API
from encircle.web.gate import purpose
from encircle.web.headers import HEADERS
from encircle.web.page import lost
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff

AsStaff = Callable[[Staff], Client]
SECRET = "Aino lives with her aunt"


@purpose(Purpose.PROTECT)
def breaks(request: HttpRequest) -> HttpResponse:
    raise LookupError(SECRET)


@purpose(Purpose.PROTECT)
def tells(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        f"{request.is_secure()} {request.get_host()}", content_type="text/plain; charset=utf-8"
    )


planted = [*urlpatterns, path("planted/breaks/", breaks), path("planted/tells/", tells)]
handler500 = lost.broken


class Planted:
    """Addresses with two more."""

    urlpatterns = planted
    handler500 = staticmethod(lost.broken)


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "TRACK", "PROPFIND"])
@pytest.mark.parametrize("address", ["/", "/sign-in/", "/-/live", "/api/v1/records", "/static/encircle.css"])
def test_a_method_that_nobody_needs_is_refused(database: TestDatabase, method: str, address: str):
    answer = Client().generic(method, address, headers={"X-Secret": "word"})
    assert (answer.status_code, b"word" in answer.content) == (405, False)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_each_answer_says_what_it_is(aino: str, carla: Staff, as_staff: AsStaff):
    client = as_staff(carla)
    kinds = {
        "/": "text/html; charset=utf-8",
        f"/records/{aino}/": "text/html; charset=utf-8",
        "/nowhere/": "text/html; charset=utf-8",
        "/-/live": "text/plain; charset=utf-8",
        "/calendar/download/": "text/calendar; charset=utf-8",
        "/api/v1/records": "application/problem+json",
        "/api/v1/openapi.json": "application/json; charset=utf-8",
        "/static/encircle.svg": "image/svg+xml",
        "/static/encircle.css": 'text/css; charset="utf-8"',
    }
    told = {}
    for address in kinds:
        answer = client.get(address)
        told[address] = answer.headers["Content-Type"]
        answer.close()
    assert told == kinds


@pytest.mark.parametrize("address", ["/sign-in/", "/-/live", "/api/v1/records", "/static/encircle.css"])
@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_nobody_elsewhere_may_read_an_answer(database: TestDatabase, address: str, origin: str):
    for client_asks in (Client().get, Client().options):
        answer = client_asks(address, headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
        assert [name for name in answer.headers if name.lower().startswith("access-control")] == []
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        answer.close()


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/.git/config",
            "/.env",
            "/pyproject.toml",
            "/static/",
            "/static/vendor/",
            "/static/../settings.py",
        ),
        *("/static/%2e%2e/headers.py", "/static/..%2fheaders.py", "/sign-in/x.css", "/static/nothing.css"),
    ],
)
def test_no_folder_is_listed_and_nothing_beside_the_styles_is_served(database: TestDatabase, address: str):
    answer = Client().get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")
    assert (read(answer.content).count("h1"), b"def " in answer.content) == (1, False)


def test_a_form_that_is_too_large_is_refused(database: TestDatabase):
    large = Client().post("/sign-in/", {"login": "x" * 3_000_000})
    many = Client().post("/sign-in/", {str(number): "x" for number in range(1_001)})
    assert (large.status_code, many.status_code) == (400, 400)
    assert read(large.content).problems == []


def test_what_a_proxy_would_say_is_not_believed_without_one(database: TestDatabase, settings: Settings):
    settings.ROOT_URLCONF = Planted
    said = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "elsewhere.example",
        "X-Forwarded-For": "203.0.113.9",
        "Forwarded": "proto=https;host=elsewhere.example",
    }
    assert Client().get("/planted/tells/", headers=said).content == b"False testserver"
    assert Client().get("/planted/tells/", headers={"Host": "elsewhere.example"}).status_code == 400


def test_a_fault_of_ours_tells_nothing_and_is_logged(
    database: TestDatabase, settings: Settings, caplog: pytest.LogCaptureFixture
):
    settings.ROOT_URLCONF = Planted
    client = Client(raise_request_exception=False)
    answer = client.get("/planted/breaks/")
    page = read(answer.content)
    assert (answer.status_code, page.problems, page.count("h1")) == (500, [], 1)
    told = [
        word for word in (SECRET, "LookupError", "Traceback", "planted") if word in answer.content.decode()
    ]
    assert told == []
    (record,) = [one for one in caplog.records if one.exc_info]
    written = LogLine().format(record)
    assert json.loads(written)["fault"] == ["LookupError"]
    assert SECRET not in written
    assert client.get("/-/live").status_code == 200, "the process goes on"


def test_a_line_break_in_an_address_makes_no_line_in_the_log(
    database: TestDatabase, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO)
    Client().get("/nowhere%0aERROR%20forged%0d%1b[2K/")
    (record,) = [one for one in caplog.records if "nowhere" in one.getMessage()]
    assert len(LogLine().format(record).splitlines()) == 1


DOOR = ("hello/", "hello/read/", "report/<slug:setting>/")
CHECKED_ONCE_FILES_ARE_SEALED = ("reports/<uuid:report>/send/",)
"""The token is asked for within, after the files of the form have somewhere to go: tests/web/door/test_sent_file.py."""


def test_only_programs_providers_and_the_door_write_without_the_token_of_a_form():
    """The token of programs comes in a header that no browser sends by itself; a provider that ends a session signs what
    it says; the door knows nobody, and has no cookie."""
    every: list[URLPattern] = pages(demo=True)
    programs = {str(pattern.pattern) for pattern in API}
    exempt = {str(one.pattern) for one in every if getattr(one.callback, "csrf_exempt", False)}
    assert exempt <= {*programs, *DOOR, *CHECKED_ONCE_FILES_ARE_SEALED, "sign-in/with/<slug:provider>/ended/"}
    assert "django.middleware.csrf.CsrfViewMiddleware" in installed.MIDDLEWARE


@pytest.mark.parametrize("address", ["/sign-out/", "/theme/", "/language/"])
def test_no_page_is_done_by_a_link(carla: Staff, as_staff: AsStaff, address: str):
    client = as_staff(carla)
    assert client.get(address).status_code == 405
    assert client.get("/").status_code == 200


def test_signing_out_asks_the_browser_to_forget(carla: Staff, as_staff: AsStaff):
    assert as_staff(carla).post("/sign-out/").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_each_page_of_the_navigation_lets_one_sign_out(aino: str, carla: Staff, as_staff: AsStaff):
    client = as_staff(carla)
    first = read(client.get("/").content)
    ways = {link for link in first.links if link.startswith("/") and "?" not in link and "#" not in link}
    assert len(ways) >= 6
    for way in (*sorted(ways), f"/records/{aino}/", "/account/"):
        answer = client.get(way)
        if answer.headers["Content-Type"].startswith("text/html") and answer.status_code == 200:
            assert 'action="/sign-out/"' in answer.content.decode(), way
