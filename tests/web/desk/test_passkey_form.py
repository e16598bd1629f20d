"""What no browser sends in place of a passkey is a wrong answer on each page that takes one, never a fault."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from tests.web.desk.software_passkey import SoftwarePasskey
from tests.web.desk.test_again import long_ago
from tests.web.desk.test_second_factor import outcomes_of, password, set_up
from tests.web.world import Staff

JUNK = [
    '{"id": "x"}',
    "[" * 9000,
    "5",
    '{"id": "AA", "rawId": "AA", "response": 5}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response":'
    ' {"clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA", "attestationObject": "AA"}}',
]


@pytest.fixture(autouse=True)
def _no_attempts_before() -> None:
    cache.clear()


@pytest.mark.parametrize("sent", JUNK)
def test_where_it_is_shown_once_more(carla: Staff, as_staff: Callable[[Staff], Client], sent: str):
    SoftwarePasskey().added_to(carla)
    client = long_ago(as_staff(carla))
    assert client.get("/account/again/").status_code == 200
    answer = client.post("/account/again/", {"credential": sent})
    assert (answer.status_code, outcomes_of(carla)[-1]) == (200, "second_factor_refused")


@pytest.mark.parametrize("sent", JUNK)
def test_at_the_sign_in_and_where_one_is_added(carla: Staff, sent: str):
    client = Client()
    set_up(client, carla)
    assert client.get("/account/passkeys/add/").status_code == 200
    answer = client.post("/account/passkeys/add/", {"name": "Blue key", "credential": sent})
    assert (answer.status_code, outcomes_of(carla)[-1]) == (200, "second_factor_refused")
    SoftwarePasskey().added_to(carla)
    late = Client()
    password(late, carla)
    assert late.get("/account/second-factor/").status_code == 200
    answer = late.post("/account/second-factor/", {"credential": sent})
    assert (answer.status_code, outcomes_of(carla)[-1]) == (200, "second_factor_refused")
