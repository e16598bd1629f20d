"""The second step of a sign-in: codes, recovery codes, what waits for it, and what it leaves in the journal."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import Settings

from encircle.actions.keys import open_second_factor
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import PASSWORD, Staff, journal_of, make_staff

ENDS_SOON_SECONDS = 2


def code(secret: str, *, steps: int = 0) -> str:
    """What the app shows now, or some steps of 30 seconds away. Waits for the next one where this one is about to end."""
    left = 30 - time.time() % 30
    time.sleep(left if left < ENDS_SOON_SECONDS else 0)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def outcomes_of(staff: Staff) -> list[object]:
    """What the journal says of the sign-in of this person."""
    return [outcome for kind, outcome, *_ in journal_of(staff) if kind == "sign_in"]


def password(client: Client, staff: Staff, **more: str) -> object:
    return client.post("/sign-in/", {"login": staff.login, "password": PASSWORD, **more})


def set_up(client: Client, staff: Staff) -> tuple[str, list[str]]:
    """Sign in for the first time and set up an app; its key and the recovery codes."""
    password(client, staff)
    page = read(client.get("/account/app/").content)
    assert page.problems == []
    secret = re.search(r"Key: ([A-Z2-7]{32})", page.text)[1]
    answer = client.post("/account/app/", {"code": code(secret)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/recovery-codes/")
    shown = client.get("/account/recovery-codes/").content.decode()
    cache.clear()
    return secret, re.findall(r">(\d{8})<", shown)


@pytest.fixture(autouse=True)
def _no_attempts_before() -> None:
    cache.clear()


@pytest.fixture
def dmitri(database: TestDatabase) -> Staff:
    return make_staff("dmitri", Role.POLICE)


def test_without_a_second_factor_only_its_set_up_opens(dmitri: Staff):
    client = Client()
    assert password(client, dmitri).headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/account/"
    page = read(client.get("/account/").content)
    assert (page.problems, page.count("h1")) == ([], 1)
    assert "until then nothing else opens" in page.text


def test_in_a_demonstration_it_is_not_asked_for(dmitri: Staff, settings: Settings):
    settings.DEMO = True
    client = Client()
    password(client, dmitri)
    assert client.get("/").status_code == 200


def test_who_has_set_up_an_app_goes_on_to_work(dmitri: Staff):
    client = Client()
    set_up(client, dmitri)
    assert client.get("/").status_code == 200
    outcomes = outcomes_of(dmitri)
    assert outcomes == ["ok", "second_factor_added"]


def test_a_password_alone_opens_nothing_afterwards(dmitri: Staff):
    secret, _codes = set_up(Client(), dmitri)
    client = Client()
    assert password(client, dmitri).headers["Location"] == "/account/second-factor/"
    assert client.get("/").headers["Location"] == "/sign-in/"
    assert client.get("/account/").headers["Location"].startswith("/sign-in/")
    wrong = client.post("/account/second-factor/", {"code": "000000"})
    assert wrong.status_code == 200
    assert "Wait for the next one" in read(wrong.content).text
    right = client.post("/account/second-factor/", {"code": code(secret)})
    assert (right.status_code, right.headers["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    outcomes = outcomes_of(dmitri)
    assert outcomes == ["ok", "second_factor_added", "password_right", "second_factor_refused", "ok"]


def test_a_session_opened_by_password_alone_stays_outside_when_a_factor_is_set_up_elsewhere(dmitri: Staff):
    waiting = Client()
    password(waiting, dmitri)
    set_up(Client(), dmitri)
    assert waiting.get("/").headers["Location"] == "/account/"
    for page in (
        "/account/passkeys/add/",
        "/account/app/",
        "/account/password/",
        "/account/recovery-codes/new/",
    ):
        for answer in (waiting.get(page), waiting.post(page)):
            assert answer.headers["Location"].startswith("/sign-in/"), (
                "nor does it set up one of its own beside it"
            )


def test_the_way_asked_for_before_is_found_after_both_steps(dmitri: Staff):
    secret, _codes = set_up(Client(), dmitri)
    client = Client()
    password(client, dmitri, next="/records/none/")
    right = client.post("/account/second-factor/", {"code": code(secret)})
    assert right.headers["Location"] == "/records/none/"


def test_a_code_opens_once_and_an_old_one_not_at_all(dmitri: Staff):
    secret, _codes = set_up(Client(), dmitri)
    now = code(secret)
    for given, opens in ((now, True), (now, False), (code(secret, steps=-20), False)):
        client = Client()
        password(client, dmitri)
        client.post("/account/second-factor/", {"code": given})
        assert (client.get("/").status_code == 200) is opens


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_code_lives_thirty_seconds_and_the_words_tell_of_clocks(dmitri: Staff, steps: int):
    secret, _codes = set_up(Client(), dmitri)
    client = Client()
    password(client, dmitri)
    wrong = client.post("/account/second-factor/", {"code": code(secret, steps=steps)})
    assert "the clock of your telephone is wrong" in read(wrong.content).text
    assert client.get("/").status_code == 302
    client.post("/account/second-factor/", {"code": code(secret)})
    assert client.get("/").status_code == 200


def test_a_recovery_code_opens_once(dmitri: Staff):
    _secret, codes = set_up(Client(), dmitri)
    assert len(codes) == 10
    for opens in (True, False):
        client = Client()
        password(client, dmitri)
        client.post("/account/second-factor/", {"code": codes[0]})
        assert (client.get("/").status_code == 200) is opens


def test_recovery_codes_are_shown_only_once(dmitri: Staff):
    client = Client()
    _secret, codes = set_up(client, dmitri)
    again = read(client.get("/account/recovery-codes/").content)
    assert "not shown again" in again.text
    assert [one for one in codes if one in again.text] == []


def test_wrong_codes_are_slowed_even_when_the_next_one_is_right(dmitri: Staff):
    secret, _codes = set_up(Client(), dmitri)
    client = Client()
    password(client, dmitri)
    for _ in range(5):
        client.post("/account/second-factor/", {"code": "000000"})
    client.post("/account/second-factor/", {"code": code(secret)})
    assert client.get("/").status_code == 302


def test_secrets_lie_sealed_in_the_database(dmitri: Staff):
    secret, codes = set_up(Client(), dmitri)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT type, data FROM mfa_authenticator WHERE user_id = %s ORDER BY type", (dmitri.account,)
        )
        rows = cursor.fetchall()
    assert [kind for kind, _ in rows] == ["recovery_codes", "totp"]
    stored = " ".join(str(data) for _, data in rows)
    assert [plain for plain in (secret, *codes) if plain in stored] == []
    assert open_second_factor(re.search(r'"secret": "([^"]+)"', stored)[1]) == secret


def test_the_last_second_factor_stays(dmitri: Staff, settings: Settings):
    client = Client()
    set_up(client, dmitri)
    assert "/account/app/remove/" not in read(client.get("/account/").content).links
    assert client.post("/account/app/remove/").status_code == 403
    settings.DEMO = True
    assert client.post("/account/app/remove/").status_code == 302


def test_a_changed_password_ends_the_other_sessions(dmitri: Staff):
    first, second = Client(), Client()
    secret, _codes = set_up(first, dmitri)
    password(second, dmitri)
    second.post("/account/second-factor/", {"code": code(secret)})
    assert (first.get("/").status_code, second.get("/").status_code) == (200, 200)
    weak = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    assert first.post("/account/password/", weak).status_code == 200
    new = "four words that nobody says"
    changed = first.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert changed.status_code == 302
    assert (first.get("/").status_code, second.get("/").status_code) == (200, 302)
    outcomes = outcomes_of(dmitri)
    assert outcomes[-2:] == ["password_refused", "password_changed"]


@pytest.mark.parametrize(
    "address",
    [
        *("/account/", "/account/password/", "/account/recovery-codes/new/", "/account/passkeys/"),
        *("/account/app/remove/", "/account/password/again/", "/account/recovery-codes/"),
    ],
)
def test_each_page_of_the_sign_in_is_well_formed_and_closed_to_others(dmitri: Staff, address: str):
    client = Client()
    set_up(client, dmitri)
    page = read(client.get(address).content)
    assert (page.problems, page.count("h1")) == ([], 1)
    assert Client().get(address).headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    "address", ["/account/signup/", "/account/login/code/", "/account/email/", "/account/logout/"]
)
def test_what_the_library_could_do_beside_is_not_there(database: TestDatabase, address: str):
    assert Client().get(address).status_code == 404


def test_only_a_page_with_a_passkey_runs_its_script(dmitri: Staff):
    client = Client()
    set_up(client, dmitri)
    pages = [client.get(address).content for address in ("/account/", "/account/passkeys/add/")]
    assert [b"/static/passkey.js" in page for page in pages] == [False, True]
    assert b' nonce="' in pages[1].partition(b"/static/passkey.js")[2].partition(b">")[0]


def test_a_form_that_was_kept_comes_back_through_the_second_step(dmitri: Staff, settings: Settings):
    settings.ROOT_URLCONF = "tests.web.page.kept_urls"
    client = Client()
    secret, _codes = set_up(client, dmitri)
    mark = _hidden(client.get("/visit/").content, "form_mark")
    client.cookies.clear()
    asked = client.post("/visit/", {"note": "at her aunt's", "form_mark": mark})
    second = password(client, dmitri, carried=_hidden(asked.content, "carried"))
    assert "Second step" in read(second.content).text
    wrong = client.post(
        "/account/second-factor/", {"code": "000000", "carried": _hidden(second.content, "carried")}
    )
    right = client.post(
        "/account/second-factor/", {"code": code(secret), "carried": _hidden(wrong.content, "carried")}
    )
    back = client.post("/visit/", {"kept": _hidden(right.content, "kept")})
    assert "at her aunt's" in read(back.content).text


def _hidden(content: bytes, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', content.decode())[1]


def test_signing_in_anew_changes_the_id_of_the_session(dmitri: Staff, as_staff: Callable[[Staff], Client]):
    client = Client()
    client.get("/sign-in/")
    password(client, dmitri)
    before = client.session.session_key
    password(client, dmitri)
    assert client.session.session_key != before
