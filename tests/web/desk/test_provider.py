"""Signing in at an organisation: linked in person only, held to the question of this browser, and nobody is made by it."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from encircle.host.clock import now
from encircle.host.provider.claim import END_EVENT
from encircle.host.provider.known import forget
from encircle.host.provider.setting import Provider
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.provider import Forger, real_provider, signed, written
from tests.web.desk.coming import (
    LINKED,
    NOT_BELIEVED,
    SIGN_IN,
    STEPS,
    agency_code,
    answer,
    at_provider,
    begin,
    begun,
    come_by,
    is_outside,
    link,
    rows,
    subject_of,
)
from tests.web.desk.test_invitation import code_from
from tests.web.desk.test_second_factor import code as app_code
from tests.web.desk.test_second_factor import outcomes_of, set_up
from tests.web.reading import read
from tests.web.world import PASSWORD, Staff, make_staff

AsStaff = Callable[[Staff], Client]


@pytest.fixture
def dmitri(database: TestDatabase) -> Staff:
    cache.clear()
    return make_staff("dmitri", Role.POLICE)


def test_the_question_carries_all_that_its_answer_is_held_to(forger: Forger):
    client = Client()
    question = begin(client, forger, way="/duties/")
    asked = question.asked
    assert question.address.startswith(f"{forger.issuer}/authorize?")
    fixed = ("response_type", "client_id", "redirect_uri", "scope", "code_challenge_method", "acr_values")
    assert [asked[name] for name in fixed] == [
        *(
            "code",
            "encircle-of-the-tests",
            "http://testserver/sign-in/with/state/back/",
            "openid",
            "S256",
            "gold",
        ),
    ]
    assert [len(asked[name]) for name in ("state", "nonce", "code_challenge")] == [43, 43, 43]
    cookie = client.cookies["encircle-question"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["path"]) == (
        True,
        "Lax",
        600,
        "/",
    )
    assert asked["nonce"] not in cookie.value
    assert "/duties/" not in cookie.value


def test_an_identity_that_nobody_linked_opens_nothing_and_makes_nobody(dmitri: Staff, forger: Forger):
    """Not even with the login as its mail address."""
    accounts = get_user_model().objects.count()
    forger.claims |= {"email": dmitri.login, "email_verified": True, "preferred_username": dmitri.login}
    client, refused = come_by(forger)
    assert (refused.status_code, read(refused.content).problems) == (400, [])
    assert "that sign-in opens nothing here yet" in read(refused.content).text
    assert is_outside(client)
    assert (get_user_model().objects.count(), rows(forger)) == (accounts, [])


def test_who_is_signed_in_links_it_and_signs_in_by_it_from_then_on(
    dmitri: Staff, forger: Forger, as_staff: AsStaff
):
    assert link(dmitri, forger, as_staff(dmitri)).headers["Location"] == LINKED
    assert rows(forger) == [(str(dmitri.account), "self", True)]
    client, right = come_by(forger)
    assert (right.status_code, right.headers["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    assert outcomes_of(dmitri)[-2:] == ["identity_linked", "ok"]
    assert "At your organisation" in read(client.get("/account/sessions/").content).text
    page = read(client.get(LINKED).content)
    assert (page.problems, subject_of(forger) in page.text) == ([], False)


def test_linking_asks_for_the_second_step_again(dmitri: Staff, forger: Forger, as_staff: AsStaff):
    client = as_staff(dmitri)
    session = client.session
    session["encircle_second_factor_at"] = int(now().timestamp()) - 86_400
    session.save()
    assert client.get(LINKED).headers["Location"].startswith("/account/again/")
    assert client.post(LINKED, {"do": "link-state"}).status_code in (302, 403)
    assert "encircle-question" not in client.cookies


def test_one_step_there_leaves_ours_to_be_shown(dmitri: Staff, forger: Forger):
    own = Client()
    secret, _codes = set_up(own, dmitri)
    link(dmitri, forger, own)
    forger.claims["amr"] = ["pwd"]
    client, half = come_by(forger)
    assert half.headers["Location"] == "/account/second-factor/"
    assert client.get("/").headers["Location"] == "/sign-in/"
    assert client.post("/account/second-factor/", {"code": app_code(secret)}).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert outcomes_of(dmitri)[-2:] == ["provider_right", "ok"]


def test_what_is_sealed_asks_once_more_when_the_provider_does_not_say_when(
    dmitri: Staff, forger: Forger, as_staff: AsStaff
):
    link(dmitri, forger, as_staff(dmitri))
    forger.claims["auth_time"] = None
    client, _right = come_by(forger)
    assert client.get("/").status_code == 200
    assert client.get("/emergency/").headers["Location"].startswith("/account/again/")


def test_the_second_step_is_shown_again_at_the_provider(dmitri: Staff, forger: Forger, as_staff: AsStaff):
    link(dmitri, forger, as_staff(dmitri))
    long_ago = int(now().timestamp()) - 7_200
    forger.claims["auth_time"] = long_ago
    client, _right = come_by(forger)
    asked = client.get("/emergency/").headers["Location"]
    way = next(one for one in read(client.get(asked).content).links if "/account/again/state/" in one)
    question = begun(client, client.get(way))
    assert (question.asked["prompt"], question.asked["max_age"]) == ("login", "0")
    forger.nonce = question.asked["nonce"]
    assert NOT_BELIEVED in read(answer(client, question, forger).content).text, (
        "the old sign-in is no new one"
    )
    question = begun(client, client.get(way))
    forger.nonce, forger.claims["auth_time"] = question.asked["nonce"], int(now().timestamp())
    assert answer(client, question, forger).headers["Location"] == "/emergency/"
    assert client.get("/emergency/").status_code == 200
    question = begun(client, client.get(way))
    forger.nonce, forger.claims["sub"] = question.asked["nonce"], "somebody-else"
    assert "not the sign-in under which you began" in read(answer(client, question, forger).content).text


def test_the_passkey_that_an_agency_asks_for_may_have_been_shown_there(
    carla: Staff,
    forger: Forger,
    folder: Path,
    settings: Settings,
    as_staff: AsStaff,
    database: TestDatabase,
):
    settings.PROVIDERS = (written(folder, forger.issuer, {agency_code(carla): STEPS}),)
    link(carla, forger, as_staff(carla))
    with database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE agency SET passkeys_from = now() WHERE id = %s", (carla.agency,))
    client, _right = come_by(forger)
    assert client.get("/").headers["Location"] == "/account/passkey-needed/"
    forger.claims |= {"acr": "gold"}
    client, _right = come_by(forger)
    assert client.get("/").status_code == 200


def test_what_is_let_go_opens_nothing_and_what_it_opened_is_over(
    dmitri: Staff, forger: Forger, as_staff: AsStaff
):
    mine = as_staff(dmitri)
    link(dmitri, forger, mine)
    by_it, _right = come_by(forger)
    assert by_it.get("/").status_code == 200
    value = next(one for one in re.findall(r'value="(unlink-[^"]+)"', mine.get(LINKED).content.decode()))
    assert mine.post(LINKED, {"do": value}).headers["Location"] == LINKED
    assert (is_outside(by_it), mine.get("/").status_code) == (True, 200)
    assert come_by(forger)[1].status_code == 400


def test_who_was_invited_makes_a_sign_in_without_a_password(
    dmitri: Staff, forger: Forger, folder: Path, settings: Settings, as_staff: AsStaff
):
    greta = make_staff("greta", Role.SUPERVISOR)
    code, login = code_from(as_staff(greta)), f"hanna-{greta.agency}"
    client, typed = Client(), {"code": code, "login": login, "with": "state"}
    not_theirs = client.post("/sign-in/invited/", typed)
    assert "does not sign in by this provider" in read(not_theirs.content).text
    settings.PROVIDERS = (written(folder, forger.issuer, {agency_code(greta): STEPS}),)
    wrong = client.post("/sign-in/invited/", {**typed, "code": "00000-00000-00000-00000"})
    assert "encircle-question" not in client.cookies
    assert wrong.status_code == 400
    question = begun(client, client.post("/sign-in/invited/", typed))
    forger.nonce = question.asked["nonce"]
    assert answer(client, question, forger).headers["Location"] == "/sign-in/"
    account = get_user_model().objects.get(login=login)
    assert account.has_usable_password() is False
    assert rows(forger) == [(str(account.pk), "invitation", True)]
    client, _right = come_by(forger)
    assert client.get("/").status_code == 200
    assert read(client.get("/account/").content).problems == []
    only = next(one for one in re.findall(r'value="(unlink-[^"]+)"', client.get(LINKED).content.decode()))
    assert "your only way to sign in" in read(client.post(LINKED, {"do": only}).content).text
    assert Client().post("/sign-in/", {"login": login, "password": PASSWORD}).status_code == 400
    assert client.get("/account/app/").status_code == 200
    assert client.get("/account/password/").headers["Location"] == "/account/again/"


def test_a_session_that_has_ended_there_ends_here_with_the_next_click(
    dmitri: Staff, forger: Forger, as_staff: AsStaff
):
    mine = as_staff(dmitri)
    link(dmitri, forger, mine)
    forger.claims |= {"sid": "session-1"}
    one, _right = come_by(forger)
    forger.claims |= {"sid": "session-2"}
    two, _right = come_by(forger)

    def end(**change: object) -> int:
        told = {**forger.right_claims(), "events": {END_EVENT: {}}, "jti": "1", "sub": None, **change}
        token = signed({k: v for k, v in told.items() if v is not None and k != "nonce"}, typ="logout+jwt")
        sent = Client(enforce_csrf_checks=True).post("/sign-in/with/state/ended/", {"logout_token": token})
        return int(sent.status_code)

    assert [end(aud="somebody-else", sid="session-1"), one.get("/").status_code] == [400, 200]
    assert [end(sid="session-1", iat=int(now().timestamp()) + 1), is_outside(one)] == [200, True]
    assert (two.get("/").status_code, mine.get("/").status_code) == (200, 200)
    assert [end(sid="session-2"), two.get("/").status_code] == [200, 200], "the same word counts once"
    assert [
        end(sid=None, sub=subject_of(forger), jti="2", iat=int(now().timestamp()) + 1),
        is_outside(two),
    ] == [
        200,
        True,
    ]
    assert mine.get("/").status_code == 200, "what was opened otherwise stays"
    assert "session_ended_by_provider" in outcomes_of(dmitri)


def test_a_provider_that_is_not_set_or_does_not_answer_is_told_in_plain_words(forger: Forger):
    assert "no such way to sign in here" in read(Client().get("/sign-in/with/nobody/").content).text
    forger.raw = {"/.well-known/openid-configuration": (500, b"secret words")}
    forget()
    page = read(Client().get(SIGN_IN).content)
    assert (page.problems, "does not answer as it should" in page.text) == ([], True)
    assert "secret words" not in page.text


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("real")
    with real_provider(folder) as issuer:
        yield issuer, folder


def test_a_real_provider_links_and_signs_in(
    real: tuple[str, Path], dmitri: Staff, settings: Settings, as_staff: AsStaff
):
    issuer, folder = real
    name = uuid4().hex
    provider: Provider = written(folder, issuer, {agency_code(dmitri): STEPS})
    settings.PROVIDERS = (provider,)
    told = json.dumps({"amr": ["otp"], "auth_time": int(now().timestamp())}).encode()
    at_provider(f"{issuer}/users/{name}", folder, told, method="PUT", kind="application/json")
    mine = as_staff(dmitri)
    way = at_provider(
        begun(mine, mine.post(LINKED, {"do": "link-state"})).address, folder, f"sub={name}".encode()
    )
    assert way.startswith("http://testserver/sign-in/with/state/back/?")
    assert mine.get(way.removeprefix("http://testserver")).headers["Location"] == LINKED
    client = Client()
    way = at_provider(begun(client, client.get(SIGN_IN)).address, folder, f"sub={name}".encode())
    assert client.get(way.removeprefix("http://testserver")).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    stranger = Client()
    way = at_provider(begun(stranger, stranger.get(SIGN_IN)).address, folder, b"sub=stranger")
    assert stranger.get(way.removeprefix("http://testserver")).status_code == 400
    denied = Client()
    way = at_provider(begun(denied, denied.get(SIGN_IN)).address, folder, b"action=deny")
    assert NOT_BELIEVED in read(denied.get(way.removeprefix("http://testserver")).content).text
    assert [is_outside(one) for one in (stranger, denied)] == [True, True]
