"""No form of the desk loses what was typed: not when the sign-in has ended, nor when the database goes away."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from pytest_django import Settings

from encircle.vocabulary.fact import Fact
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import on_record, open_record
from tests.database import TestDatabase
from tests.records.test_connection import backend, end
from tests.web.desk.test_record_act import ALONE, hidden, post
from tests.web.reading import read
from tests.web.world import PASSWORD, Staff, make_staff

pytestmark = pytest.mark.usefixtures("database")
SignedIn = Callable[[Staff], Client]
NOTE = "She sleeps at her aunt's. The lock is <broken>."
CARE = {"parental_care_recorded-parental_care": "absent", "parental_care_recorded-care_note": NOTE}


@pytest.fixture(autouse=True)
def _a_password_alone_opens(settings: Settings) -> None:
    settings.DEMO = True


@dataclass
class Opened:
    """A form in the browser of somebody who has typed something into it."""

    client: Client
    staff: Staff
    number: str
    address: str
    answers: dict[str, object]

    def send(self, do: str = "save", **more: str) -> bytes:
        """What came instead of saving."""
        answer = self.client.post(self.address, {**more, **self.answers, "do": do})
        self.status = answer.status_code
        return answer.content

    def facts(self) -> tuple[Fact, ...]:
        return on_record(self.staff, self.number)


def act(staff: Staff, number: str, client: Client) -> tuple[str, dict[str, object]]:
    return f"/records/{number}/record/care/", CARE


def correct(staff: Staff, number: str, client: Client) -> tuple[str, dict[str, object]]:
    post(client, f"/records/{number}/record/care/", {**CARE, "parental_care_recorded-care_note": ""}, "save")
    (fact,) = on_record(staff, number)
    return f"/records/{number}/facts/{fact.id}/correct/", {**CARE, "relation": "corrects"}


def withdraw(staff: Staff, number: str, client: Client) -> tuple[str, dict[str, object]]:
    correct(staff, number, client)
    (fact,) = on_record(staff, number)
    return f"/records/{number}/facts/{fact.id}/withdraw/", {"reasons": NOTE}


def acknowledge(staff: Staff, number: str, client: Client) -> tuple[str, dict[str, object]]:
    held = {"interview_held-in_presence_of_suspect": "yes"}
    post(client, f"/records/{number}/record/interview-held/", held, "save")
    answers: dict[str, object] = {
        "alarm_acknowledged-prohibition": "P1",
        "alarm_acknowledged-done": NOTE,
    }
    return f"/records/{number}/alarms/P1-interview/acknowledge/", answers


def override(staff: Staff, number: str, client: Client) -> tuple[str, dict[str, object]]:
    address = f"/records/{number}/record/plan-interview/"
    post(client, address, {**ALONE, "override_basis": "Her own wish."}, "ask")
    found = read(client.get(f"/records/{number}/record/").content).links
    return next(link for link in found if "/overrides/" in link), {"why": NOTE}


FORMS = {
    "act": (Role.CHILD_PROTECTION_SERVICE, act),
    "correct": (Role.CHILD_PROTECTION_SERVICE, correct),
    "withdraw": (Role.CHILD_PROTECTION_SERVICE, withdraw),
    "acknowledge": (Role.POLICE, acknowledge),
    "override": (Role.POLICE, override),
}


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest, as_staff: SignedIn) -> Opened:
    """Each form of the desk, opened and filled in."""
    role, made = FORMS[request.param]
    staff = make_staff("dmitri", role)
    number, client = open_record(staff), as_staff(staff)
    address, answers = made(staff, number, client)
    page = client.get(address)
    assert page.status_code == 200
    return Opened(client, staff, number, address, {**hidden(page.content), **answers})


def brought_back(form: Opened, page: bytes) -> str:
    """The form as it comes back, and that it holds its token and all that was typed."""
    back = form.client.post(action(page), hidden(page))
    if action(back.content).endswith("/purpose/"):
        asked = {**hidden(back.content), "visit": "investigate"}
        page = form.client.post(action(back.content), asked).content
        back = form.client.post(action(page), hidden(page))
    assert (back.status_code, read(back.content).problems) == (200, [])
    assert "What you typed is here again" in read(back.content).text
    assert hidden(back.content)["token"] == form.answers["token"]
    assert "aunt&#x27;s. The lock is &lt;broken&gt;." in back.content.decode()
    return back.content.decode()


def action(page: bytes) -> str:
    """Where the form with what was typed is sent."""
    return page.decode().split('<form method="post" action="', 2)[-1].split('"')[0]


def test_what_was_typed_comes_back_into_its_form_after_the_sign_in_had_ended(form: Opened):
    before = form.facts()
    del form.client.cookies[django_settings.SESSION_COOKIE_NAME]
    asked = form.send()
    assert (form.status, "aunt" in asked.decode()) == (403, False)
    signed_in = form.client.post(
        "/sign-in/", {"login": form.staff.login, "password": PASSWORD, **hidden(asked)}
    )
    assert signed_in.status_code == 200
    brought_back(form, signed_in.content)
    assert form.facts() == before


def test_what_was_typed_comes_back_into_its_form_after_the_database_went_away(
    form: Opened, database: TestDatabase
):
    before = form.facts()
    end(backend(), database)
    lost = form.send()
    connection.close()  # as a server does before its next request
    page = read(lost)
    assert (form.status, page.problems) == (503, [])
    assert "Nothing was saved; what you typed is kept" in page.text
    assert "try again" in page.text
    brought_back(form, lost)
    assert form.facts() == before


@contextmanager
def lost_once_a_fact_is_written(database: TestDatabase, *, at_the_end: bool) -> Iterator[None]:
    """The connection is ended when the first fact is written, or in the moment in which it is saved."""
    real, written = connection.commit, []

    def look(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if "INSERT INTO fact" in sql.replace('"', "") and not written:
            written.append(connection.connection.info.backend_pid)
            if not at_the_end:
                end(written[0], database)
        return execute(sql, *rest)

    def commit() -> None:
        if written and at_the_end:
            end(written[0], database)
        real()

    with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(look):
        patch.setattr(connection, "commit", commit)
        yield
    assert written
    connection.close()


@pytest.mark.parametrize(
    ("at_the_end", "words"),
    [
        (False, "Nothing was saved; what you typed is kept"),
        (True, "It is not certain whether this was saved"),
    ],
)
def test_a_database_lost_while_an_act_is_saved_is_told_and_the_same_form_saves_it_once(
    at_the_end: bool, words: str, carla: Staff, as_staff: SignedIn, database: TestDatabase
):
    number, client = open_record(carla), as_staff(carla)
    address = f"/records/{number}/record/care/"
    form = Opened(client, carla, number, address, {**hidden(client.get(address).content), **CARE})
    check = form.send("check")
    form.answers = dict(hidden(check))
    with lost_once_a_fact_is_written(database, at_the_end=at_the_end):
        lost = form.send()
    page = read(lost)
    assert (form.status, page.problems, words in page.text) == (503, [], True)
    assert ("Look at the record" in page.text) is at_the_end
    brought_back(form, lost)
    assert form.facts() == ()
    for _ in range(2):
        form.send()
        assert (form.status, len(form.facts())) == (302, 1)


def test_a_database_that_stays_away_loses_nothing_on_the_way_back(form: Opened, database: TestDatabase):
    end(backend(), database)
    lost = form.send()
    form.client.raise_request_exception = False
    still = form.client.post(action(lost), hidden(lost))
    assert still.status_code == 503
    connection.close()
    brought_back(form, still.content)


def test_a_page_that_was_only_looked_at_says_that_the_database_is_away(
    carla: Staff, as_staff: SignedIn, database: TestDatabase
):
    client = as_staff(carla)
    end(backend(), database)
    answer = client.get("/")
    connection.close()
    assert (answer.status_code, hidden(answer.content)) == (503, {})
