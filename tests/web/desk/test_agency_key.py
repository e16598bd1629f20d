"""A new key of an agency on the page of keys: who gets it, why it is made, and how much is still to be sealed anew."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from encircle.actions import agency_key
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.desk.test_keys import KEYS, STREET, AsStaff, both_hold, set_up, told, unlock, with_place
from tests.web.reading import read
from tests.web.world import Staff, colleague_of, make_staff


@pytest.fixture(autouse=True)
def _as_in_a_demonstration(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def dora(carla: Staff) -> Staff:
    return colleague_of(carla)


def page(client: Client) -> str:
    return read(client.get(KEYS).content).text


def renewing(client: Client) -> str:
    """What the button of the page sends."""
    found = re.search(r'value="(renew-[0-9a-f-]+)"', client.get(KEYS).content.decode())
    assert found is not None
    return found.group(1)


def test_a_new_key_is_made_on_the_page_and_places_of_before_and_after_are_read(
    carla: Staff, dora: Staff, as_staff: AsStaff
):
    hers, theirs = both_hold(carla, dora, as_staff)
    before = with_place(carla)
    shown = read(hers.get(KEYS).content)
    assert (shown.problems, carla.login in shown.text, dora.login in shown.text) == ([], True, True)
    answer = hers.post(KEYS, {"do": renewing(hers), "reason": "colleague_left", "confirmed": "yes"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{KEYS}?done=renew")
    after = with_place(carla)
    for client in (hers, theirs):
        assert [STREET in told(client, number) for number in (before, after)] == [True, True]
    assert "Seal anew what stands" not in page(hers)


def test_the_page_tells_how_much_is_left_and_goes_on_where_it_was_stopped(
    carla: Staff, dora: Staff, as_staff: AsStaff, monkeypatch: pytest.MonkeyPatch
):
    hers, theirs = both_hold(carla, dora, as_staff)
    numbers = [with_place(carla) for _one in range(3)]
    monkeypatch.setattr(agency_key.seal_anew, "__kwdefaults__", {"at_most": 1})
    hers.post(KEYS, {"do": renewing(hers), "reason": "regularly", "confirmed": "yes"})
    assert "2 parts are still sealed to an older key" in page(theirs)
    assert theirs.post(KEYS, {"do": "anew"}).status_code == 302
    assert "1 part is still sealed to an older key" in page(hers)
    assert [STREET in told(client, number) for client in (hers, theirs) for number in numbers] == [True] * 6
    assert hers.post(KEYS, {"do": "anew"}).status_code == 302
    assert "still sealed to an older key" not in page(hers)


def test_what_is_not_chosen_or_not_confirmed_is_told_and_nothing_is_made(
    carla: Staff, dora: Staff, as_staff: AsStaff
):
    hers, _theirs = both_hold(carla, dora, as_staff)
    do = renewing(hers)
    for typed, problem in (
        ({"confirmed": "yes"}, "Choose why a new key is made."),
        ({"reason": "colleague_left"}, "Confirm that a new key is to be made."),
    ):
        answer = hers.post(KEYS, {"do": do, **typed})
        assert (answer.status_code, problem in read(answer.content).text) == (422, True)
    assert renewing(hers) == do


def test_nothing_of_it_is_offered_where_the_key_is_shut_or_one_alone_holds_it(
    carla: Staff, dora: Staff, as_staff: AsStaff
):
    alone = as_staff(carla)
    assert set_up(alone) == 302
    assert "A new key for your agency" not in page(alone)
    theirs = as_staff(dora)
    assert set_up(theirs) == 302
    assert "A new key for your agency" not in page(theirs)
    shut = as_staff(carla)
    assert "A new key for your agency" not in page(shut)
    assert shut.post(KEYS, {"do": "anew"}).status_code == 422
    assert unlock(shut) == 302
