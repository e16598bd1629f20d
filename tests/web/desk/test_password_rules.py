"""Passwords: long, of any signs, not common, not of this place; changed with the old one; looked at to their last sign."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import global_settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from encircle.actions.sign_in import Attempts, SignInRefused, sign_in
from encircle.config import settings as installed
from encircle.vocabulary.role import Role
from encircle.web.desk import sign_in as page
from encircle.web.page.password import COMMON, LONGEST, WORDS_OF_THIS_PLACE, NotCommon, words_of_this_place
from tests.database import TestDatabase
from tests.web.desk.test_second_factor import set_up
from tests.web.world import PASSWORD, Staff, make_staff

DOCS = Path(__file__).parents[3] / "docs" / "operator" / "accounts.md"


@pytest.fixture(autouse=True)
def _no_attempts_before() -> None:
    cache.clear()


@pytest.fixture
def dmitri(database: TestDatabase) -> Staff:
    return make_staff("dmitri", Role.POLICE)


def refused(password: str, staff: Staff | None = None) -> list[str | None]:
    """The codes of what is against this password."""
    account = None if staff is None else get_user_model().objects.get(pk=staff.account)
    try:
        validate_password(password, account)
    except ValidationError as told:
        return [one.code for one in told.error_list]
    return []


def changed(client: Client, old: str, new: str) -> int:
    sent = {"oldpassword": old, "password1": new, "password2": new}
    return client.post("/account/password/", sent).status_code


def test_a_password_has_twelve_signs_at_least():
    assert (refused("kz7 qv3 mt9x"), refused("kz7 qv3 mt9")) == ([], ["password_too_short"])


@pytest.mark.parametrize(
    "password",
    [
        "mornglacierpond",
        "MORNGLACIERPOND",
        "482916305748",
        "موجة بعيدة جدا",
        "🐙🐌🐛🐝 morn pond ab",
        "  lake  frost  elm  ",
    ],
)
def test_no_kind_of_sign_is_asked_for(password: str):
    assert refused(password) == []


@pytest.mark.parametrize("password", ["qwertyuiop123", "1q2w3e4r5t6y", "1qaz2wsx3edc"])
def test_a_password_from_breaches_is_refused(password: str):
    """Django's list is drawn from published breaches, most often used first."""
    assert refused(password) == ["password_too_common"]


def test_the_most_used_ones_of_twelve_signs_are_refused_by_the_thousand():
    """Django's own list has 190 of that length. Each of ours is refused, in capitals too."""
    common = gzip.decompress(COMMON.read_bytes()).decode().split("\n")[:-1]
    assert (len(common), min(map(len, common)), common == sorted(set(common))) == (10_000, 12, True)
    passed = [one for one in common[::100] if "password_too_common" not in refused(one.upper())]
    assert passed == []
    ours = NotCommon()
    assert set(common) <= ours.passwords
    assert refused("liverpoolfc1 mornglacierpond") == []


@pytest.mark.parametrize(
    "password", ["Encircle-2026!", "police police 1", "childprotectionservice", "guardian.court.77"]
)
def test_a_password_of_words_of_this_place_is_refused(password: str):
    assert refused(password) == ["password_of_this_place"]


def test_a_password_of_ones_login_is_refused(dmitri: Staff):
    assert refused(f"{dmitri.login}!", dmitri) == ["password_of_this_place"]
    assert refused(f"{dmitri.login} lake frost", dmitri) == []


def test_the_words_that_are_no_password_are_written_down():
    text = DOCS.read_text("utf-8")
    assert [word for word in sorted(WORDS_OF_THIS_PLACE) if f"`{word}`" not in text] == []
    assert {"police", "court", "case"} <= words_of_this_place()
    assert "each word of the name of a role" in text
    assert "the login" in text


def test_a_password_is_changed_only_with_the_one_before(dmitri: Staff):
    client = Client()
    set_up(client, dmitri)
    assert changed(client, "not the one before", "lake frost elm 12") == 200
    with pytest.raises(SignInRefused):
        sign_in(login=dmitri.login, password="lake frost elm 12", attempts=Attempts())
    assert changed(client, PASSWORD, "lake frost elm 12") == 302
    assert sign_in(login=dmitri.login, password="lake frost elm 12", attempts=Attempts()).who == dmitri.who


def test_a_long_password_counts_to_its_last_sign(dmitri: Staff):
    """Each of the signs that are taken is looked at, and none is changed; more are not taken."""
    assert page.LONGEST_PASSWORD == LONGEST
    client, longest = Client(), "lake frost elm " * 33 + " Zz  "
    set_up(client, dmitri)
    assert len(longest) == LONGEST
    assert changed(client, PASSWORD, longest + "x") == 200
    assert changed(client, PASSWORD, longest) == 302
    for almost in (longest[:-1] + "x", longest[:-1], longest.lower(), longest.strip()):
        assert Client().post("/sign-in/", {"login": dmitri.login, "password": almost}).status_code == 400
        page.sign_in.__globals__["ATTEMPTS"].right(dmitri.login)
    assert Client().post("/sign-in/", {"login": dmitri.login, "password": longest}).status_code == 302


def test_the_fields_hide_what_is_typed_and_let_a_manager_fill_it(dmitri: Staff):
    client = Client()
    first = client.get("/sign-in/").content.decode()
    set_up(client, dmitri)
    change = client.get("/account/password/").content.decode()
    fields = re.findall(
        r'<input[^>]*name="(?:password|oldpassword|password1|password2)"[^>]*>', first + change
    )
    assert [re.search(r'type="(\w+)"', field)[1] for field in fields] == ["password"] * 4
    assert [re.search(r'autocomplete="([\w-]+)"', field)[1] for field in fields] == [
        *("current-password", "current-password", "new-password", "new-password"),
    ]
    asked = set(re.findall(r'<input[^>]*name="(\w+)"', first + change))
    hidden = {"csrfmiddlewaretoken", "form_mark", "next"}
    assert asked - hidden <= {
        "login",
        "password",
        "oldpassword",
        "password1",
        "password2",
        "language",
        "theme",
    }


def test_passwords_are_stored_by_a_slow_function():
    assert not hasattr(installed, "PASSWORD_HASHERS"), "Django's own order, PBKDF2 with SHA-256 first"
    assert global_settings.PASSWORD_HASHERS[0].endswith(".PBKDF2PasswordHasher")
    assert PBKDF2PasswordHasher.digest().name == "sha256"
    assert PBKDF2PasswordHasher.iterations >= 600_000
