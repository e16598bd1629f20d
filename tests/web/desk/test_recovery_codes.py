"""Recovery codes lie as hashes once they were shown; each still opens once, and those that stood are turned."""

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import Settings

from encircle.actions.recovery_codes import HashedCode, hash_shown_codes
from encircle.host.database import DatabaseRole
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.desk.test_second_factor import password, set_up
from tests.web.reading import read
from tests.web.world import Staff, make_staff


@pytest.fixture
def dmitri(database: TestDatabase) -> Staff:
    cache.clear()
    return make_staff("dmitri", Role.POLICE)


def stored(staff: Staff) -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT data FROM mfa_authenticator WHERE user_id = %s AND type = 'recovery_codes'",
            (staff.account,),
        )
        found = cursor.fetchone()[0]
    return dict(json.loads(found)) if isinstance(found, str) else dict(found)


def opens(staff: Staff, code: str) -> bool:
    cache.clear()
    client = Client()
    password(client, staff)
    client.post("/account/second-factor/", {"code": code})
    return bool(client.get("/").status_code == 200)


@pytest.mark.parametrize("algorithm", ["MD5PasswordHasher", "PBKDF2PasswordHasher"])
def test_once_shown_only_hashes_stay_and_each_opens_once(dmitri: Staff, settings: Settings, algorithm: str):
    settings.PASSWORD_HASHERS = [
        f"django.contrib.auth.hashers.{algorithm}",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    client = Client()
    _secret, codes = set_up(client, dmitri)
    held = stored(dmitri)
    assert set(held) == {"migrated_codes", "viewed_at"}
    told = held["migrated_codes"]
    assert isinstance(told, list)
    assert [len(told), len(set(told)), len({one.split("$")[-2] for one in told})] == [10, 10, 1]
    assert [code for code in codes if code in json.dumps(held)] == []
    assert [opens(dmitri, codes[3]), opens(dmitri, codes[3]), opens(dmitri, codes[7])] == [True, False, True]
    assert len(stored(dmitri)["migrated_codes"]) == 8  # type: ignore[arg-type]  # a list, as above
    assert "8 codes are left" in read(client.get("/account/recovery-codes/").content).text


def test_what_is_typed_equals_no_hash_but_that_of_its_code(dmitri: Staff):
    _secret, codes = set_up(Client(), dmitri)
    told = [HashedCode(one.removeprefix("hashed:")) for one in stored(dmitri)["migrated_codes"]]  # type: ignore[attr-defined]  # a list
    assert [one == codes[0] for one in told] == [True, *[False] * 9]
    for wrong in ("", "00000000", codes[0] + "0", codes[0][:-1], str(told[0]), told[0], 1, None):
        assert [one for one in told if one == wrong] == []


def test_codes_that_stood_sealed_are_turned_when_the_program_starts(
    database: TestDatabase, dmitri: Staff, monkeypatch: pytest.MonkeyPatch
):
    """As a release before this one left them: the seed sealed, one code used."""
    with monkeypatch.context() as before:
        before.setattr("encircle.web.desk.account.pages.hash_shown_codes", lambda account: 0)
        _secret, codes = set_up(Client(), dmitri)
    assert set(stored(dmitri)) == {"seed", "used_mask", "viewed_at"}
    assert opens(dmitri, codes[0])
    with database.used_as(DatabaseRole.JOBS):
        assert [hash_shown_codes() >= 1, hash_shown_codes()] == [True, 0]
    assert set(stored(dmitri)) == {"migrated_codes", "viewed_at"}
    assert [opens(dmitri, codes[0]), opens(dmitri, codes[1])] == [False, True]


def test_codes_that_nobody_saw_stay_to_be_shown(dmitri: Staff):
    client = Client()
    _secret, before = set_up(client, dmitri)
    assert client.post("/account/recovery-codes/new/").status_code == 302
    assert hash_shown_codes() == 0
    assert opens(dmitri, before[0]) is False
    shown = read(client.get("/account/recovery-codes/").content).text
    assert "shown only this once" in shown
    assert set(stored(dmitri)) == {"migrated_codes", "viewed_at"}
