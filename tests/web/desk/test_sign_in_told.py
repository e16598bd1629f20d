"""What people are told of their own sign-in: wrong attempts, changes made elsewhere; and first passwords that end."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client

from encircle.actions.account import FIRST_PASSWORD_DAYS, add_account, reset_password, reset_second_factor
from encircle.actions.at_terminal import SecondStepRefused, sign_in_at_terminal
from encircle.actions.sign_in import ATTEMPTS
from encircle.host.clock import now
from encircle.host.database import DatabaseRole
from encircle.vocabulary.role import Role
from tests.database import TestDatabase, as_operator
from tests.web.desk.test_second_factor import code, password, set_up
from tests.web.reading import read
from tests.web.world import PASSWORD, Staff, make_staff

AsStaff = Callable[[Staff], Client]
SECOND, OWN = "/account/second-factor/", "lake frost elm 12"


@pytest.fixture
def dmitri(database: TestDatabase) -> Staff:
    cache.clear()
    return make_staff("dmitri", Role.POLICE)


def both_steps(staff: Staff, secret: str, said: str = PASSWORD) -> Client:
    cache.clear()
    client = Client()
    client.post("/sign-in/", {"login": staff.login, "password": said})
    client.post(SECOND, {"code": code(secret)})
    return client


def told(client: Client, address: str = "/") -> str:
    return read(client.get(address).content).text


def changed(client: Client, old: str, new: str) -> int:
    sent = {"oldpassword": old, "password1": new, "password2": new}
    return int(client.post("/account/password/", sent).status_code)


def test_after_signing_in_one_reads_how_often_it_was_tried_wrongly_since_the_last_time(dmitri: Staff):
    secret, _codes = set_up(Client(), dmitri)
    for _ in range(2):
        Client().post("/sign-in/", {"login": dmitri.login, "password": "wrong"})
    client = Client()
    password(client, dmitri)
    client.post(SECOND, {"code": "000000"})
    client.post(SECOND, {"code": code(secret)})
    assert "a wrong password or code was given 3 times" in told(client)
    assert "If that was not you" in told(client, "/account/sessions/")
    assert "About your sign-in" not in told(client, "/search/")
    client.post("/sign-out/")
    assert "a wrong password or code" not in told(both_steps(dmitri, secret)), "only since the last time"


def test_a_change_is_told_in_every_other_session_and_later_for_some_days(dmitri: Staff):
    first, second = Client(), Client()
    secret, _codes = set_up(first, dmitri)
    second = both_steps(dmitri, secret)
    assert changed(first, PASSWORD, OWN) == 302
    assert "Your password was changed." not in told(first), "who did it knows"
    later = both_steps(dmitri, secret, OWN)
    assert "Your password was changed." in told(later)
    assert second.get("/").status_code == 302, "and the other sessions have ended"
    assert later.post("/account/recovery-codes/new/").status_code == 302
    assert "New recovery codes were made." in told(both_steps(dmitri, secret, OWN))
    with as_operator(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE account SET changed_at = now() - interval '8 days' WHERE id = %s", (dmitri.account,)
        )
    assert "About your sign-in" not in told(both_steps(dmitri, secret, OWN))


def test_what_an_operator_did_is_told_too(database: TestDatabase, dmitri: Staff):
    with database.used_as(DatabaseRole.JOBS):
        reset_second_factor(dmitri.login)
    client = Client()
    set_up(client, dmitri)
    assert "A second step was added." not in told(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT changed FROM account WHERE id = %s", (dmitri.account,))
        assert cursor.fetchone() == ("second_factor_added",)


def test_a_password_that_somebody_else_has_seen_opens_nothing_but_its_change(
    database: TestDatabase, dmitri: Staff
):
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM agency WHERE id = %s", (dmitri.agency,))
        (agency,) = cursor.fetchone()
    login = f"hanna-{dmitri.agency}"
    with database.used_as(DatabaseRole.JOBS):
        first = add_account(login=login, agency=agency, role=Role.POLICE)
    hanna = Staff(login, dmitri.agency, Role.POLICE, "", "")
    client = Client()
    client.post("/sign-in/", {"login": login, "password": first})
    assert client.get("/").headers["Location"] == "/account/", "the second step comes first"
    set_up_again(client)
    assert client.get("/").headers["Location"] == "/account/password/"
    page = read(client.get("/account/password/").content)
    assert (page.problems, "Your password was made by somebody else." in page.text) == ([], True)
    assert changed(client, first, first) == 200, "the same again is no change"
    assert client.get("/duties/").status_code in (302, 404)
    with pytest.raises(SecondStepRefused, match="made by somebody else"):
        sign_in_at_terminal(login=hanna.login, password=first, code="")
    assert changed(client, first, OWN) == 302
    assert client.get("/").status_code == 200


def set_up_again(client: Client) -> None:
    secret = read(client.get("/account/app/").content).text.partition("Key: ")[2][:32]
    client.post("/account/app/", {"code": code(secret)})
    cache.clear()


def test_a_first_password_ends_by_itself_with_the_words_of_a_wrong_one(database: TestDatabase, dmitri: Staff):
    with database.used_as(DatabaseRole.JOBS):
        new = reset_password(dmitri.login)
    account = get_user_model().objects.get(pk=dmitri.account)
    left = account.first_password_until - now()
    assert timedelta(days=FIRST_PASSWORD_DAYS - 1) < left <= timedelta(days=FIRST_PASSWORD_DAYS)
    assert Client().post("/sign-in/", {"login": dmitri.login, "password": new}).status_code == 302
    with as_operator(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE account SET first_password_until = now() - interval '1 second' WHERE id = %s",
            (dmitri.account,),
        )
    over = Client().post("/sign-in/", {"login": dmitri.login, "password": new})
    wrong = Client().post("/sign-in/", {"login": dmitri.login, "password": "wrong"})
    ATTEMPTS.right(dmitri.login)
    assert (over.status_code, read(over.content).text) == (400, read(wrong.content).text)
