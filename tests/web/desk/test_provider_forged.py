"""Answers that a provider did not give, gave to somebody else, or gave long ago, sign nobody in."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import Settings

from encircle.host.database import DatabaseRole
from encircle.vocabulary.role import Role
from tests.database import TestDatabase, as_operator
from tests.provider import Forger, signed, unsigned, written
from tests.web.desk.coming import (
    BACK,
    LINKED,
    NOT_BELIEVED,
    SIGN_IN,
    STEPS,
    agency_code,
    answer,
    begin,
    begun,
    come_by,
    is_outside,
    link,
    subject_of,
)
from tests.web.reading import read
from tests.web.world import Staff, make_staff

AsStaff = Callable[[Staff], Client]


@pytest.fixture
def dmitri(database: TestDatabase) -> Staff:
    cache.clear()
    return make_staff("dmitri", Role.POLICE)


FORGED = {
    "no token": lambda claims: "x",
    "nobody signed": unsigned,
    "another nonce": lambda claims: signed({**claims, "nonce": "of another question"}),
    "for another": lambda claims: signed({**claims, "aud": "somebody-else"}),
    "over": lambda claims: signed({**claims, "exp": 1}),
    "of another issuer": lambda claims: signed({**claims, "iss": "https://elsewhere.example"}),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_answer_signs_nobody_in_and_is_journalled_without_what_was_said(
    name: str, dmitri: Staff, forger: Forger, as_staff: AsStaff
):
    link(dmitri, forger, as_staff(dmitri))
    forger.sign = FORGED[name]
    client, refused = come_by(forger)
    assert (refused.status_code, is_outside(client)) == (400, True)
    text = read(refused.content).text
    assert NOT_BELIEVED in text
    assert forger.issuer not in text
    assert "encircle-question" not in [name for name, one in client.cookies.items() if one.value]


@pytest.mark.parametrize(
    "change",
    [
        {"state": "of another question"},
        {"state": None},
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"code": None},
        {"code": None, "error": "access_denied", "error_description": "secret words of the provider"},
        {"error": "x"},
    ],
    ids=["other state", "no state", "mixed up", "not named", "no code", "denied", "code and error"],
)
def test_an_answer_to_another_question_signs_nobody_in(
    change: dict[str, str | None], dmitri: Staff, forger: Forger, as_staff: AsStaff
):
    link(dmitri, forger, as_staff(dmitri))
    asked_before = sum(path == "/token" for path, *_ in forger.asked)
    client, refused = come_by(forger, **change)
    assert (refused.status_code, is_outside(client)) == (400, True)
    assert NOT_BELIEVED in read(refused.content).text
    assert "secret words" not in refused.content.decode()
    assert sum(path == "/token" for path, *_ in forger.asked) == asked_before, "no code was given away"


def test_an_answer_twice_the_same_way_is_none(forger: Forger):
    client = Client()
    question = begin(client, forger)
    doubled = f"{BACK}?code=one&code=two&state={question.asked['state']}&iss={quote(forger.issuer)}"
    assert NOT_BELIEVED in read(client.get(doubled).content).text


def test_an_answer_is_taken_once_even_if_the_browser_keeps_its_question(
    dmitri: Staff, forger: Forger, as_staff: AsStaff
):
    link(dmitri, forger, as_staff(dmitri))
    client = Client()
    question = begin(client, forger)
    sealed = client.cookies["encircle-question"].value
    assert answer(client, question, forger).status_code == 302
    thief = Client()
    thief.cookies["encircle-question"] = sealed
    assert answer(thief, question, forger).status_code == 400
    assert is_outside(thief)


def test_nobody_is_signed_in_by_the_answer_to_somebody_elses_question(
    dmitri: Staff, forger: Forger, as_staff: AsStaff
):
    """A link with the answer of an attacker, opened by a colleague: with no question of theirs, and with one."""
    link(dmitri, forger, as_staff(dmitri))
    attacker, victim = Client(), Client()
    question = begin(attacker, forger)
    assert answer(victim, question, forger).status_code == 400
    begin(victim, forger)
    forger.nonce = question.asked["nonce"]
    assert answer(victim, question, forger).status_code == 400
    assert is_outside(victim)


def test_a_question_of_one_provider_is_not_answered_by_another(
    dmitri: Staff, forger: Forger, folder: Path, settings: Settings, as_staff: AsStaff
):
    link(dmitri, forger, as_staff(dmitri))
    (state,) = settings.PROVIDERS
    other = written(folder, forger.issuer, {agency_code(dmitri): STEPS}, code="other")
    settings.PROVIDERS = (state, other)
    client = Client()
    question = begin(client, forger)
    mixed = client.get(
        "/sign-in/with/other/back/",
        {"code": "one", "state": question.asked["state"], "iss": forger.issuer},
    )
    assert (mixed.status_code, is_outside(client)) == (400, True)


def test_a_question_that_waited_too_long_is_over(
    dmitri: Staff, forger: Forger, as_staff: AsStaff, monkeypatch: pytest.MonkeyPatch
):
    link(dmitri, forger, as_staff(dmitri))
    monkeypatch.setattr("encircle.actions.provider_question.QUESTION_SECONDS", 0)
    client, refused = come_by(forger)
    assert (refused.status_code, is_outside(client)) == (400, True)


@pytest.mark.parametrize("way", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_it_leads_nowhere_else(way: str, dmitri: Staff, forger: Forger, as_staff: AsStaff):
    link(dmitri, forger, as_staff(dmitri))
    client = Client()
    question = begin(client, forger, way=way)
    assert answer(client, question, forger).headers["Location"] == "/"


def test_it_leads_back_to_the_page_that_was_asked_for(dmitri: Staff, forger: Forger, as_staff: AsStaff):
    link(dmitri, forger, as_staff(dmitri))
    client = Client()
    page = read(client.get("/sign-in/?next=/duties/").content)
    assert f"{SIGN_IN}?next=%2Fduties%2F" in page.links
    question = begin(client, forger, way="/duties/")
    assert answer(client, question, forger).headers["Location"] == "/duties/"


def test_the_session_begins_anew(dmitri: Staff, forger: Forger, as_staff: AsStaff):
    """What a stranger put into the browser before is not the session afterwards."""
    link(dmitri, forger, as_staff(dmitri))
    client = Client()
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key
    come_by(forger, client)
    assert (client.session.session_key != before, client.session.get("planted")) == (True, None)


def test_a_provider_speaks_for_its_own_people_and_agencies_only(
    dmitri: Staff, forger: Forger, folder: Path, settings: Settings, as_staff: AsStaff
):
    link(dmitri, forger, as_staff(dmitri))
    settings.PROVIDERS = (written(folder, forger.issuer, {"another-agency": STEPS}),)
    client, refused = come_by(forger)
    assert (refused.status_code, is_outside(client)) == (400, True)
    with as_operator(DatabaseRole.OWNER), connection.cursor() as cursor:
        cursor.execute("UPDATE linked_identity SET ended_at = now() WHERE account_id = %s", (dmitri.account,))
        cursor.execute(
            "INSERT INTO linked_identity (id, account_id, issuer, subject, linked_by)"
            " VALUES (gen_random_uuid(), %s, 'https://elsewhere.example', %s, 'self')",
            (dmitri.account, subject_of(forger)),
        )
    settings.PROVIDERS = (written(folder, forger.issuer, {agency_code(dmitri): STEPS}),)
    client, refused = come_by(forger)
    assert (refused.status_code, is_outside(client)) == (400, True)


def test_who_left_does_not_come_back_by_it(dmitri: Staff, forger: Forger, as_staff: AsStaff):
    link(dmitri, forger, as_staff(dmitri))
    get_user_model().objects.filter(pk=dmitri.account).update(is_active=False)
    client, refused = come_by(forger)
    assert (refused.status_code, is_outside(client)) == (400, True)
    assert "that sign-in opens nothing here yet" in read(refused.content).text


def test_one_identity_opens_one_account_and_the_answer_is_held_to_who_began(
    dmitri: Staff, forger: Forger, as_staff: AsStaff, database: TestDatabase
):
    link(dmitri, forger, as_staff(dmitri))
    carla = make_staff("carla", Role.POLICE)
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE person SET agency_id = %s WHERE account_id = %s", (dmitri.agency, carla.account)
        )
    hers = as_staff(carla)
    assert "linked already" in read(link(carla, forger, hers).content).text
    page = hers.post(LINKED, {"do": "link-state"})
    question = begun(hers, page)
    forger.nonce, forger.claims["sub"] = question.asked["nonce"], "somebody-else"
    other = as_staff(dmitri)
    other.cookies["encircle-question"] = hers.cookies["encircle-question"].value
    assert "not the sign-in under which you began" in read(answer(other, question, forger).content).text
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM linked_identity WHERE account_id = %s", (carla.account,))
        assert cursor.fetchone() == (0,)
