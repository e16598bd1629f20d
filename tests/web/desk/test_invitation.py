"""Invitation: a code handed over in person, good once and for some days, with which a colleague makes their own sign-in."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from encircle.actions.invitation import invite_by_operator
from encircle.host.database import DatabaseRole
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff, journal_of, make_staff

AsStaff = Callable[[Staff], Client]
ASK, ACCEPT, PEOPLE = "/account/colleagues/invite/", "/sign-in/invited/", "/account/colleagues/"
WORDS = "four words that nobody says"


@pytest.fixture
def greta(database: TestDatabase) -> Staff:
    """The supervisor of an agency."""
    return make_staff("greta", Role.SUPERVISOR)


def code_from(client: Client, **answers: str) -> str:
    page = client.post(ASK, {"given_name": "Hanna", "surname": "Tamm", "role": "supervisor", **answers})
    assert read(page.content).problems == []
    return re.search(r">((?:[0-9a-z]{5}-){3}[0-9a-z]{5})<", page.content.decode())[1]


def accept(code: str, login: str, password: str = WORDS, again: str = WORDS) -> object:
    return Client().post(ACCEPT, {"code": code, "login": login, "password": password, "again": again})


def sign_in(login: str, password: str = WORDS) -> object:
    return Client().post("/sign-in/", {"login": login, "password": password})


def test_a_colleague_makes_their_own_sign_in_with_the_code_and_once(greta: Staff, as_staff: AsStaff):
    client, login = as_staff(greta), f"hanna-{greta.agency}"
    code = code_from(client)
    assert "Hanna Tamm" in read(client.get(PEOPLE).content).text
    assert accept(code.upper().replace("-", " "), login).headers["Location"] == "/sign-in/"
    assert sign_in(login).status_code == 302
    assert accept(code, f"{login}-2").status_code == 400
    page = read(client.get(PEOPLE).content)
    assert (page.problems, "Hanna Tamm" in page.text, "Open invitations" in page.text) == ([], True, False)
    assert ("sign_in", "colleague_invited", "sign_in", "", False) in journal_of(greta)


def test_who_was_invited_sets_up_a_second_step_before_anything_opens(greta: Staff, as_staff: AsStaff):
    login = f"hanna-{greta.agency}"
    accept(code_from(as_staff(greta)), login)
    client = Client()
    client.post("/sign-in/", {"login": login, "password": WORDS})
    assert client.get("/").headers["Location"] == "/account/"


def test_used_unknown_old_and_taken_back_codes_get_the_same_words(greta: Staff, as_staff: AsStaff):
    client = as_staff(greta)
    used, old, back = (code_from(client, surname=name) for name in ("Used", "Old", "Back"))
    accept(used, f"used-{greta.agency}")
    page = client.get(PEOPLE).content.decode()
    client.post(PEOPLE, {"do": re.search(r'value="(back-[^"]+)">[^<]*<[^>]+>: Hanna Back', page)[1]})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM invitation WHERE agency_id = %s AND revoked_at IS NOT NULL", (greta.agency,)
        )
        assert cursor.fetchone() == (1,)
    told = {
        read(accept(code, f"n-{greta.agency}").content).text
        for code in (used, back, "00000-00000-00000-00000", "")
    }
    assert len(told) == 1
    assert accept(old, f"still-{greta.agency}").status_code == 302


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short", "short", "too short or too common"),
        (WORDS, "other words that nobody says", "are not the same"),
        ("password1234", "password1234", "too short or too common"),
    ],
)
def test_a_weak_or_mistyped_password_is_told_and_the_code_stays_good(
    greta: Staff, as_staff: AsStaff, password: str, again: str, words: str
):
    code, login = code_from(as_staff(greta)), f"hanna-{greta.agency}"
    refused = accept(code, login, password, again)
    page = read(refused.content)
    assert (refused.status_code, page.problems, words in page.text) == (400, [], True)
    assert password not in refused.content.decode() or password == "short"
    assert accept(code, login).status_code == 302


def test_a_login_that_somebody_has_is_not_taken_over(greta: Staff, as_staff: AsStaff):
    assert accept(code_from(as_staff(greta)), greta.login).status_code == 400
    assert sign_in(greta.login).status_code == 400


def test_nobody_invites_into_a_role_that_the_agency_does_not_have(greta: Staff, as_staff: AsStaff):
    client = as_staff(greta)
    refused = client.post(ASK, {"surname": "Tamm", "role": "police"})
    assert (refused.status_code, read(refused.content).problems) == (422, [])


def test_who_keeps_no_people_invites_nobody(carla: Staff, as_staff: AsStaff):
    client = as_staff(carla)
    client.post(ASK, {"surname": "Tamm", "role": carla.role.value})
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM invitation WHERE agency_id = %s", (carla.agency,))
        assert cursor.fetchone() == (0,)


def test_an_operator_invites_into_any_role(database: TestDatabase, carla: Staff):
    with database.used_as(DatabaseRole.JOBS):
        code = invite_by_operator(agency=f"a-{carla.agency}", role=Role.CASE_LEAD)
    assert accept(code, f"lead-{carla.agency}").status_code == 302
    assert sign_in(f"lead-{carla.agency}").status_code == 302


def test_the_code_lies_nowhere(greta: Staff, as_staff: AsStaff):
    code = code_from(as_staff(greta))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM invitation WHERE agency_id = %s", (greta.agency,))
        stored = str(
            [
                bytes(part) if isinstance(part, memoryview) else part
                for row in cursor.fetchall()
                for part in row
            ]
        )
    assert [plain for plain in (code, code.replace("-", "")) if plain in stored] == []


def test_the_page_is_well_formed(database: TestDatabase):
    page = read(Client().get(ACCEPT).content)
    assert (page.problems, page.count("h1")) == ([], 1)
