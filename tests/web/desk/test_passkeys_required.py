"""Passkeys asked for by an agency: of those who read sensitive parts, after a time in which a page tells of it."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from encircle.actions.passkeys import require_passkeys, stop_requiring_passkeys
from encircle.host.database import DatabaseRole
from encircle.records.sessions import STEP
from encircle.vocabulary.role import Role
from encircle.web.page.second_factor import PASSKEY
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff, make_staff

AsStaff = Callable[[Staff], Client]
NEEDED = "/account/passkey-needed/"


@pytest.fixture
def require(database: TestDatabase) -> Callable[[Staff, int], None]:
    """As the operator would."""

    def asked(staff: Staff, days: int) -> None:
        with database.used_as(DatabaseRole.JOBS):
            require_passkeys(f"a-{staff.agency}", in_days=days)

    return asked


def with_passkey(client: Client) -> Client:
    session = client.session
    session[STEP] = PASSKEY
    session.save()
    return client


def test_without_a_passkey_nothing_opens_but_the_page_that_says_why(
    aino: str, carla: Staff, as_staff: AsStaff, require: Callable[[Staff, int], None]
):
    client = as_staff(carla)
    assert client.get(f"/records/{aino}/").status_code == 200
    require(carla, 0)
    for address in ("/", f"/records/{aino}/", "/account/sessions/", "/account/recovery-codes/new/"):
        assert client.get(address).headers["Location"] == NEEDED
    page = read(client.get(NEEDED).content)
    assert (page.problems, page.count("h1"), "/account/passkeys/add/" in page.links) == ([], 1, True)
    assert client.get("/account/passkeys/add/").headers.get("Location") != NEEDED


def test_with_a_passkey_everything_opens(
    aino: str, carla: Staff, as_staff: AsStaff, require: Callable[[Staff, int], None]
):
    require(carla, 0)
    assert with_passkey(as_staff(carla)).get(f"/records/{aino}/").status_code == 200


def test_in_the_time_before_a_code_still_opens_and_the_first_page_tells_from_when(
    carla: Staff, as_staff: AsStaff, require: Callable[[Staff, int], None]
):
    require(carla, 14)
    client = as_staff(carla)
    page = client.get("/")
    assert (page.status_code, "on your agency asks for a passkey" in read(page.content).text) == (200, True)
    told = read(with_passkey(client).get("/").content).text
    assert "on your agency asks for a passkey" not in told


def test_who_reads_nothing_sensitive_goes_on_with_a_code(
    database: TestDatabase, as_staff: AsStaff, require: Callable[[Staff, int], None]
):
    guard = make_staff("ingrid", Role.BORDER_GUARD)
    require(guard, 0)
    assert as_staff(guard).get("/").status_code == 200


def test_a_demonstration_asks_for_none(
    carla: Staff, as_staff: AsStaff, require: Callable[[Staff, int], None], settings: Settings
):
    settings.DEMO = True
    require(carla, 0)
    assert as_staff(carla).get("/").status_code == 200


def test_an_agency_that_stops_asking_lets_codes_open_again(
    database: TestDatabase, carla: Staff, as_staff: AsStaff, require: Callable[[Staff, int], None]
):
    require(carla, 0)
    with database.used_as(DatabaseRole.JOBS):
        stop_requiring_passkeys(f"a-{carla.agency}")
    assert as_staff(carla).get("/").status_code == 200
