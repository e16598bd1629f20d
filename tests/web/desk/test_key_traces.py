"""What opens a key leaves no trace: the output of a PRF is in no address, log or table, and no late form carries it."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from fido2.utils import websafe_decode
from pytest_django import Settings

from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.desk.test_key_by_passkey import OPEN, AsStaff, asked, with_passkey
from tests.web.desk.test_keys import KEYS, WORDS, both_hold
from tests.web.world import Staff, colleague_of, make_staff


@pytest.fixture(autouse=True)
def _as_in_a_demonstration(settings: Settings) -> None:
    """A cheap price of passphrases."""
    settings.DEMO = True
    cache.clear()


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def hers(carla: Staff, as_staff: AsStaff) -> Client:
    """Carla's browser, in which her key is open."""
    return both_hold(carla, colleague_of(carla), as_staff)[0]


def test_what_the_prf_gives_is_in_no_address_log_or_table(
    carla: Staff,
    hers: Client,
    as_staff: AsStaff,
    database: TestDatabase,
    caplog: pytest.LogCaptureFixture,
):
    caplog.set_level("DEBUG")
    passkey, client = with_passkey(carla, hers), as_staff(carla)
    wrong = passkey.answer(asked(client))
    refused = client.post(KEYS, {"do": OPEN, **wrong, "credential": "{}"})
    answer = passkey.answer(asked(client))
    opened = client.post(KEYS, {"do": OPEN, **answer})
    assert (refused.status_code, opened.status_code, answer["prf"]) == (422, 302, wrong["prf"])
    shapes = (answer["prf"], websafe_decode(answer["prf"]).hex())
    assert answer["prf"] not in refused.content.decode() + opened.headers["Location"]
    assert [shape for shape in shapes if shape in caplog.text] == []
    assert [found_in_tables(database, shape) for shape in shapes] == [[], []]
    assert found_in_tables(database, passkey.name) == ["mfa_authenticator"]
    planted = f"planted {shapes[0]}"
    with database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE account SET email = %s WHERE id = %s", (planted, carla.account))
    assert found_in_tables(database, shapes[0]) == ["account"]


@pytest.mark.parametrize("name", ["passphrase", "prf"])
def test_what_opens_a_key_is_not_kept_with_a_form_that_came_too_late(carla: Staff, hers: Client, name: str):
    """As all else that somebody typed would be: that is planted."""
    mark = re.search(r'name="form_mark" value="([^"]+)"', hers.get(KEYS).content.decode())[1]
    typed = {"do": "unlock", "form_mark": mark}
    late = Client()
    kept = late.post(KEYS, {**typed, "note": "typed"})
    assert (kept.status_code, 'name="carried"' in kept.content.decode()) == (403, True)
    answer = late.post(KEYS, {**typed, name: WORDS})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=%2Faccount%2Fkeys%2F")


def found_in_tables(database: TestDatabase, text: str) -> list[str]:
    """The tables in which that text stands somewhere, also in bytes."""
    with database.connect_as_keeper() as keeper:
        names = keeper.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
        ).fetchall()
        return [
            str(name)
            for (name,) in names
            if keeper.execute(
                f"SELECT EXISTS (SELECT FROM {name} AS t WHERE strpos(t::text, %s) > 0)", (text,)
            ).fetchone()
            == (True,)
        ]
