"""Signing in: who somebody is, what is journalled, and how wrong attempts are slowed."""

import pytest
from django.contrib.auth import get_user_model
from pytest_django import Settings

from encircle.actions.sign_in import (
    Attempts,
    SignInRefused,
    TooManyAttempts,
    make_local_account,
    sign_in,
    who_is,
)
from encircle.vocabulary.role import Role
from tests.database import TestDatabase, as_operator
from tests.web.world import PASSWORD, Staff, journal_of, make_staff


class Clock:
    """A clock that goes when it is told to."""

    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


def test_who_signs_in_is_a_person_in_a_role_at_an_agency(carla: Staff):
    signed_in = sign_in(login=carla.login, password=PASSWORD, attempts=Attempts())
    assert signed_in.who == carla.who
    assert who_is(signed_in.account) == carla.who


def test_both_answers_are_journalled_and_a_refused_one_under_no_agency(carla: Staff):
    sign_in(login=carla.login, password=PASSWORD, attempts=Attempts())
    with pytest.raises(SignInRefused):
        sign_in(login=carla.login, password="wrong", attempts=Attempts())
    assert journal_of(carla) == [("sign_in", "ok", "sign_in", "", False)]


def test_an_account_made_for_an_agency_can_sign_in(carla: Staff):
    login = f"{carla.login}-2"
    with as_operator():
        make_local_account(login=login, password="another password", agency=carla.agency, role=Role.CASE_LEAD)
    who = sign_in(login=login, password="another password", attempts=Attempts()).who
    assert (who.agency, who.role) == (carla.agency, Role.CASE_LEAD)


def test_an_account_that_was_closed_cannot_sign_in(carla: Staff):
    get_user_model().objects.filter(pk=carla.account).update(is_active=False)
    with pytest.raises(SignInRefused):
        sign_in(login=carla.login, password=PASSWORD, attempts=Attempts())


def test_a_login_that_was_wrong_too_often_waits_even_with_the_right_password(carla: Staff):
    clock = Clock()
    attempts = Attempts(clock=clock)
    for _ in range(Attempts.free):
        with pytest.raises(SignInRefused):
            sign_in(login=carla.login, password="wrong", attempts=attempts)
    with pytest.raises(TooManyAttempts):
        sign_in(login=carla.login, password=PASSWORD, attempts=attempts)
    clock.seconds += Attempts.first_wait_seconds
    assert sign_in(login=carla.login, password=PASSWORD, attempts=attempts).who == carla.who
    assert attempts.wait_seconds(carla.login) == 0


def test_each_further_wrong_attempt_doubles_the_wait_up_to_a_quarter_of_an_hour():
    attempts = Attempts(clock=Clock())
    waits = []
    for _ in range(15):
        attempts.wrong("carla")
        waits.append(attempts.wait_seconds("carla"))
    assert waits == [0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]
    assert attempts.wait_seconds("dmitri") == 0


def test_made_up_logins_cannot_fill_the_memory():
    attempts = Attempts(clock=Clock())
    for number in range(Attempts.most_logins + 5):
        attempts.wrong(str(number))
    assert len(attempts._wrong) == Attempts.most_logins
