"""The access file of a child whose place is sealed: it says so, and who can open it; and one may unlock first."""

import pytest
from django.test import Client
from pytest_django import Settings

from encircle.actions.act.statement import Statement
from tests.actions.act.test_perform import state
from tests.web.desk.test_access_file import NAMED, SignedIn, done, prepared
from tests.web.desk.test_emergency import led_by
from tests.web.desk.test_keys import STREET, both_hold, unlock
from tests.web.reading import read
from tests.web.world import Staff, colleague_of

pytestmark = pytest.mark.usefixtures("database")
PLACE = Statement(type="place_recorded", values={"address": STREET}, happened="2026-05-06")
SEALED = "Where the child is, is recorded, but sealed"


@pytest.fixture(autouse=True)
def _as_in_a_demonstration(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def carl(carla: Staff) -> Staff:
    """Her colleague, the second person."""
    return colleague_of(carla)


@pytest.fixture
def opened(carla: Staff, carl: Staff, as_staff: SignedIn) -> tuple[Client, Client]:
    """Both with the key of their agency open."""
    return both_hold(carla, carl, as_staff)


@pytest.fixture
def aino(carla: Staff, opened: tuple[Client, Client]) -> str:
    number = led_by(carla)
    for said in (NAMED, PLACE):
        state(carla, number, said)
    return number


def paper(client: Client, file: str) -> str:
    content = client.get(file).content.decode()
    return read(f"<main>{content.partition('<article')[2].partition('</article>')[0]}".encode()).text


def with_place(client: Client, number: str) -> str:
    return prepared(client, number, with_place="asked_and_safe")


def test_where_the_key_is_shut_the_page_offers_to_unlock_and_the_file_says_what_is_sealed_and_who_opens_it(
    aino: str, carla: Staff, as_staff: SignedIn
):
    shut = as_staff(carla)
    page = read(shut.get(f"/records/{aino}/access/").content)
    assert (page.problems, "/account/keys/" in page.links) == ([], True)
    assert "your key is not open or does not open it" in page.text
    told = paper(shut, with_place(shut, aino))
    assert (STREET in told, SEALED in told, "It can be opened by: The agency of carla." in told) == (
        False,
        True,
        True,
    )
    assert unlock(shut) == 302
    assert "your key is not open" not in read(shut.get(f"/records/{aino}/access/").content).text
    told = paper(shut, with_place(shut, aino))
    assert (STREET in told, SEALED in told) == (True, False)


def test_a_file_made_with_the_key_shut_stays_the_same_for_who_has_it_open_and_is_checked_and_given(
    aino: str, carla: Staff, opened: tuple[Client, Client], as_staff: SignedIn
):
    shut, (hers, his) = as_staff(carla), opened
    file = with_place(shut, aino)
    assert len({client.get(f"{file}pdf/").content for client in (shut, hers, his)}) == 1
    assert SEALED in paper(his, file)
    assert (done(his, file, "check"), done(shut, file, "give")) == (302, 302)


def test_a_file_that_tells_the_place_is_read_checked_and_given_by_who_has_it_open_alone(
    aino: str, carla: Staff, carl: Staff, opened: tuple[Client, Client], as_staff: SignedIn
):
    (hers, his), shut = opened, as_staff(carl)
    file = with_place(hers, aino)
    refused = shut.get(file)
    page = read(refused.content)
    assert (refused.status_code, page.problems, STREET in page.text) == (409, [], False)
    assert ("/account/keys/" in page.links, "sealed to people" in page.text) == (True, True)
    assert shut.get(f"{file}pdf/").status_code == 409
    assert shut.post(file, {"do": "check"}).status_code == 409
    assert done(his, file, "check") == 302
    assert as_staff(carla).post(file, {"do": "give", "token": "x"}).status_code == 409
    assert done(hers, file, "give") == 302


def test_without_the_place_nothing_of_the_seal_is_told_and_any_key_will_do(
    aino: str, carla: Staff, opened: tuple[Client, Client], as_staff: SignedIn
):
    shut, (_hers, his) = as_staff(carla), opened
    file = prepared(shut, aino)
    told = paper(his, file)
    assert (SEALED in told, "so that nobody comes to harm" in told) == (False, True)
    assert shut.get(f"{file}pdf/").content == his.get(f"{file}pdf/").content


def test_nobody_names_the_seal_as_a_reason_to_leave_something_out(aino: str, opened: tuple[Client, Client]):
    hers, _his = opened
    content = hers.get(f"/records/{aino}/access/").content.decode()
    fact = content.partition(":safety")[0].rpartition('"')[2]
    file = prepared(hers, aino, with_place="asked_and_safe", out=[f"{fact}:sealed"])
    assert (SEALED in paper(hers, file), "Aino" in paper(hers, file)) == (False, True)
