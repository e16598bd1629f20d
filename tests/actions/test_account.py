"""Accounts as an operator keeps them: made, given a new password, freed of a lost second factor, closed. All journalled."""

from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from pytest_django import Settings

from encircle.actions.account import (
    NoSuchAccount,
    add_account,
    close_account,
    reset_password,
    reset_second_factor,
)
from encircle.actions.second_factor import has_second_factor
from encircle.actions.sign_in import Attempts, SignInRefused, sign_in
from encircle.host.database import DatabaseRole
from encircle.records.context import with_context
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.world import PASSWORD, Staff, add_factor, make_staff


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def as_operator(database: TestDatabase, carla: Staff) -> Iterator[None]:
    """Commands work in the role jobs."""
    with database.used_as(DatabaseRole.JOBS):
        yield


def told_of(staff: Staff) -> list[tuple[object, ...]]:
    """What the journal of this agency says of the operator."""
    with (
        with_context(agency=staff.agency, actor=staff.person, purpose="protect"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT kind, outcome, purpose FROM journal_entry WHERE actor = 'operator' AND agency_id = %s"
            " ORDER BY at",
            (staff.agency,),
        )
        return [tuple(row) for row in cursor.fetchall()]


def session_hash(staff: Staff) -> str:
    return get_user_model().objects.get(pk=staff.account).get_session_auth_hash()


def test_an_account_that_was_made_can_sign_in(database: TestDatabase, carla: Staff):
    login, code = f"{carla.login}-new", f"a-{carla.agency}"
    with database.used_as(DatabaseRole.JOBS):
        password = add_account(login=login, agency=code, role=Role.CASE_LEAD)
        with pytest.raises(Refused) as taken:
            add_account(login=login, agency=code, role=Role.CASE_LEAD)
    who = sign_in(login=login, password=password, attempts=Attempts()).who
    assert (who.agency, who.role, taken.value.code) == (carla.agency, Role.CASE_LEAD, "login_taken")
    assert told_of(carla) == [("policy", "account_made", "operate")]


def test_a_new_password_replaces_the_old_one_and_ends_all_sessions(database: TestDatabase, carla: Staff):
    before = session_hash(carla)
    with database.used_as(DatabaseRole.JOBS):
        password = reset_password(carla.login)
    with pytest.raises(SignInRefused):
        sign_in(login=carla.login, password=PASSWORD, attempts=Attempts())
    assert sign_in(login=carla.login, password=password, attempts=Attempts()).who == carla.who
    assert session_hash(carla) != before
    assert told_of(carla) == [("policy", "password_reset", "operate")]


def test_a_lost_second_factor_is_forgotten_and_all_sessions_end(database: TestDatabase, carla: Staff):
    account = get_user_model().objects.get(pk=carla.account)
    add_factor(account.pk, "totp", {"secret": "sealed"})
    before = session_hash(carla)
    assert has_second_factor(account.pk)
    with database.used_as(DatabaseRole.JOBS):
        assert reset_second_factor(carla.login) == 1
    assert not has_second_factor(account.pk)
    assert session_hash(carla) != before
    assert told_of(carla) == [("policy", "second_factor_reset", "operate")]


def test_nobody_signs_in_with_a_closed_account(database: TestDatabase, carla: Staff):
    assert sign_in(login=carla.login, password=PASSWORD, attempts=Attempts()).who == carla.who
    with database.used_as(DatabaseRole.JOBS):
        close_account(carla.login)
    with pytest.raises(SignInRefused):
        sign_in(login=carla.login, password=PASSWORD, attempts=Attempts())
    assert told_of(carla) == [("policy", "account_closed", "operate")]


@pytest.mark.usefixtures("as_operator")
def test_what_is_not_there_is_refused_without_repeating_it():
    for refused in (
        lambda: reset_password("nobody-here"),
        lambda: reset_second_factor("nobody-here"),
        lambda: close_account("nobody-here"),
        lambda: add_account(login="x", agency="nobody-here", role=Role.POLICE),
    ):
        with pytest.raises(NoSuchAccount) as told:
            refused()
        assert "nobody-here" not in str(told.value)


def test_an_unknown_login_costs_the_same_work_as_a_wrong_password(
    database: TestDatabase, carla: Staff, settings: Settings
):
    settings.PASSWORD_HASHERS = ["tests.actions.test_account.Counting"]
    with database.used_as(DatabaseRole.JOBS):
        get_user_model().objects.filter(pk=carla.account).update(password="counting$salt$hash")
    work = []
    for login in (carla.login, "nobody-here"):
        Counting.hashed = 0
        with pytest.raises(SignInRefused):
            sign_in(login=login, password="wrong", attempts=Attempts())
        work.append(Counting.hashed)
    assert work == [1, 1]


class Counting:
    """A password hasher that counts how often it is made to work."""

    algorithm = "counting"
    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        Counting.hashed += 1
        return f"counting${salt}${password}"

    def verify(self, password: str, encoded: str) -> bool:
        return self.encode(password, encoded.split("$")[1]) == encoded

    def salt(self) -> str:
        return "salt"

    def must_update(self, encoded: str) -> bool:
        return False

    def harden_runtime(self, password: str, encoded: str) -> None:
        return None
