"""A forgotten passphrase on the page of keys: the key ends, its person is told, sets a new one and is given the agency's."""

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from encircle.records.context import with_context
from encircle.vocabulary.role import Role
from encircle.web.page.held_key import HELD
from tests.database import TestDatabase
from tests.web.desk.test_keys import KEYS, STREET, AsStaff, both_hold, set_up, told, unlock, with_place
from tests.web.reading import read
from tests.web.world import Staff, colleague_of, journal_of, make_staff

OTHER = "five suns under narva"


@pytest.fixture(autouse=True)
def _as_in_a_demonstration(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def dora(carla: Staff) -> Staff:
    return colleague_of(carla)


def key_of(staff: Staff) -> str:
    with (
        with_context(agency=staff.agency, actor=staff.person, purpose="sign_in"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT id::text FROM member_key WHERE person_id = %s AND ended_at IS NULL", (staff.person,)
        )
        (key,) = cursor.fetchone()
    return str(key)


def page(client: Client) -> str:
    return read(client.get(KEYS).content).text


def forget(client: Client, confirmed: str = "yes") -> int:
    return client.post(KEYS, {"do": "forget", "confirmed": confirmed}).status_code


def end(client: Client, whose: str, confirmed: str = "yes") -> int:
    return client.post(KEYS, {"do": "end", "whose": whose, "confirmed": confirmed}).status_code


def outcomes(staff: Staff) -> list[object]:
    return [outcome for _, outcome, *_ in journal_of(staff)]


def test_who_forgot_ends_their_own_key_sets_a_new_passphrase_and_is_given_the_agencys_again(
    carla: Staff, dora: Staff, as_staff: AsStaff
):
    hers, theirs = both_hold(carla, dora, as_staff)
    number, shut = with_place(carla), as_staff(dora)
    shown = read(shut.get(KEYS).content)
    assert (shown.problems, "A passphrase is forgotten" in shown.text) == ([], True)
    assert "Whose passphrase is forgotten?" not in shown.text
    assert (forget(shut, ""), forget(shut)) == (422, 302)
    assert STREET not in told(theirs, number)
    assert "You ended your earlier key" in page(shut)
    assert set_up(shut, OTHER) == 302
    assert (STREET in told(shut, number), "You ended your earlier key" in page(shut)) == (False, False)
    assert hers.post(KEYS, {"do": f"give-{key_of(dora)}"}).status_code == 302
    assert STREET in told(shut, number)
    assert "passphrase_forgotten" in outcomes(dora)


def test_a_colleague_with_the_agencys_key_open_ends_it_and_whose_it_was_is_told_by_whom(
    carla: Staff, dora: Staff, as_staff: AsStaff
):
    hers, theirs = both_hold(carla, dora, as_staff)
    number = with_place(carla)
    shown = read(hers.get(KEYS).content)
    assert (shown.problems, "Whose passphrase is forgotten?" in shown.text) == ([], True)
    assert (end(hers, "", "yes"), end(hers, key_of(dora), ""), end(hers, key_of(dora))) == (422, 422, 302)
    assert STREET not in told(theirs, number)
    assert f"{carla.login} ended your earlier key" in page(theirs)
    mine = read(theirs.get("/account/").content).text
    assert "Your key to sealed parts was ended" in mine
    assert "passphrase_forgotten" in outcomes(carla)
    assert STREET in told(hers, number)


def test_nobody_ends_a_key_with_their_own_shut_their_own_as_another_or_one_of_another_agency(
    carla: Staff, dora: Staff, as_staff: AsStaff
):
    hers, _theirs = both_hold(carla, dora, as_staff)
    eva = make_staff("eva", Role.CHILD_PROTECTION_SERVICE)
    of_eva = as_staff(eva)
    assert set_up(of_eva) == 302
    shut = as_staff(carla)
    assert end(shut, key_of(dora)) == 422
    assert [end(hers, key_of(one)) for one in (carla, eva)] == [422, 422]
    assert end(of_eva, key_of(dora)) == 422
    assert unlock(as_staff(dora)) == 302


def test_nobody_ends_the_last_key_of_an_agency_without_a_copy_for_recovery(
    carla: Staff, dora: Staff, as_staff: AsStaff
):
    hers, theirs = both_hold(carla, dora, as_staff)
    number = with_place(carla)
    assert forget(theirs) == 302
    answer = hers.post(KEYS, {"do": "forget", "confirmed": "yes"})
    assert (answer.status_code, "no copy for recovery" in read(answer.content).text) == (422, True)
    assert STREET in told(hers, number)


def test_the_only_one_of_an_agency_to_which_nothing_is_sealed_begins_anew(
    carla: Staff, dora: Staff, as_staff: AsStaff
):
    alone = as_staff(carla)
    assert (set_up(alone), forget(alone), HELD in alone.session) == (302, 302, False)
    assert set_up(alone, OTHER) == 302
    assert "1 person has it." in page(alone)
    theirs = as_staff(dora)
    assert set_up(theirs) == 302
    assert alone.post(KEYS, {"do": f"give-{key_of(dora)}"}).status_code == 302
    number = with_place(carla)
    assert [STREET in told(client, number) for client in (alone, theirs, as_staff(dora))] == [
        True,
        True,
        False,
    ]
