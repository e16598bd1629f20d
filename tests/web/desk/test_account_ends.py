"""Accounts and sessions at their edges: none at first, none after closing, and words that nobody guesses."""

import json
import math
import re
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from encircle.actions.account import close_account
from encircle.host.database import DatabaseRole
from encircle.records.sessions import SessionStore
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.desk.test_second_factor import set_up
from tests.web.world import Staff, make_staff

AsStaff = Callable[[Staff], Client]


@pytest.fixture(autouse=True)
def _no_attempts_before() -> None:
    cache.clear()


def test_a_new_installation_has_no_account(own_database: TestDatabase):
    assert get_user_model().objects.count() == 0


def test_a_closed_account_has_no_open_session(database: TestDatabase, carla: Staff, as_staff: AsStaff):
    first, second = as_staff(carla), as_staff(carla)
    assert [client.get("/").status_code for client in (first, second)] == [200, 200]
    with database.used_as(DatabaseRole.JOBS):
        close_account(carla.login)
    assert [client.get("/").status_code for client in (first, second)] == [302, 302]


def test_the_word_of_a_session_has_enough_chance(database: TestDatabase):
    keys = [SessionStore()._get_new_session_key() for _ in range(200)]
    assert len(set(keys)) == len(keys)
    assert {len(key) for key in keys} == {32}
    assert len(set("".join(keys))) == 36
    assert 32 * math.log2(36) >= 128


def test_each_passkey_is_asked_with_a_new_long_challenge(database: TestDatabase):
    client = Client()
    set_up(client, make_staff("dmitri", Role.POLICE))
    asked = [client.get("/account/passkeys/add/").content.decode() for _ in range(3)]
    told = [json.loads(re.search(r'id="passkey-options"[^>]*>([^<]+)<', page)[1]) for page in asked]
    challenges = [one["creation_options"]["publicKey"]["challenge"] for one in told]
    assert len(set(challenges)) == 3
    assert min(len(one) for one in challenges) * 6 >= 128
