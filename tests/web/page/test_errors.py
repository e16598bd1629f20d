"""Errors: calm pages in plain words, without a trace of what was asked for, also when the database is gone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import OperationalError, connections
from django.http import HttpResponse
from django.template import engines
from django.test import Client, RequestFactory

from encircle.actions.reports import door
from encircle.records.refusal import Unavailable
from encircle.vocabulary.refusal import Refused
from encircle.web.page import errors, lost
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff


@contextmanager
def no_database() -> Iterator[None]:
    """The server is gone, and nothing answers at its address."""
    chosen = settings.DATABASES["default"]
    before = dict(chosen)
    connections.close_all()
    chosen.update(HOST="/nonexistent/the-server-is-gone")
    try:
        yield
    finally:
        connections.close_all()
        chosen.update(before)


def request() -> WSGIRequest:
    return RequestFactory().get("/records/abcd-efgh/")


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.form_too_old, 403),
        (errors.not_found, 404),
        (lost.broken, 500),
    ],
)
def test_each_page_is_well_formed_and_tells_nothing_of_the_record(
    view: Callable[[WSGIRequest], HttpResponse], status: int
):
    response = view(request())
    page = read(response.content)
    assert (response.status_code, page.problems, page.count("h1")) == (status, [], 1)
    assert b"abcd-efgh" not in response.content
    assert str(status) not in page.text


def test_a_refusal_that_no_page_told_becomes_a_page():
    told = lost.TellRefusals(lambda _: HttpResponse())
    refused = told.process_exception(request(), Refused(code="no", reason="words about a child"))
    away = told.process_exception(request(), Unavailable(code="database_lost", reason="lost"))
    assert refused is not None
    assert away is not None
    assert (refused.status_code, away.status_code) == (403, 503)
    assert b"words about a child" not in refused.content


def test_a_database_lost_before_any_page_began_is_told_as_unavailable():
    try:
        raise OperationalError("the connection is lost")
    except OperationalError:
        assert lost.broken(request()).status_code == 503


def test_a_surprise_is_left_to_be_a_fault_of_ours():
    assert lost.TellRefusals(lambda _: HttpResponse()).process_exception(request(), KeyError("x")) is None


def test_with_a_database_the_installation_is_ready_and_says_that_the_door_is_shut(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(door, "FEWEST", 1_000)
    ready_but_shut = b"ready\nthe door is shut: fewer than two agencies receive reports\n"
    ready, live = Client().get("/-/ready"), Client().get("/-/live")
    assert [(one.status_code, one.content) for one in (ready, live)] == [
        (200, ready_but_shut),
        (200, b"live\n"),
    ]


def test_without_a_database_pages_say_so_and_the_process_still_lives(
    database: TestDatabase, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    with no_database():
        page, ready, live = client.get("/"), client.get("/-/ready"), client.get("/-/live")
    assert [one.status_code for one in (page, ready, live)] == [503, 503, 200]
    assert "Encircle cannot answer just now" in read(page.content).text
    assert page.headers["Retry-After"] == "10"
    assert client.get("/").status_code == 200


def test_a_refusal_that_cannot_be_journalled_is_not_answered_but_told_as_unavailable(
    carla: Staff, as_staff: Callable[[Staff], Client], monkeypatch: pytest.MonkeyPatch
):
    client = as_staff(carla)
    lost = Unavailable(code="database_lost", reason="lost")

    def refuse(*_: object, **__: object) -> None:
        raise lost

    monkeypatch.setattr("encircle.web.page.staff.refuse", refuse)
    assert client.get("/records/zzzz-zzzz/").status_code == 503


def test_an_unknown_variable_in_a_template_is_not_passed_over():
    template = engines["django"].from_string("{{ nobody_gave_this }}")
    with pytest.raises(pytest.fail.Exception, match="nobody_gave_this"):
        template.render({})
