"""Keys of people on their page: passphrase, unlocking for a visit, the agency's key given, and a shut part in words."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from encircle.actions.act import Statement, perform
from encircle.actions.people_keys import is_last_holder
from encircle.records.context import with_context
from encircle.vocabulary.role import Role
from encircle.web.page.held_key import HELD
from encircle.web.page.session import SEEN
from tests.actions.act.test_perform import open_record
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff, colleague_of, journal_of, make_staff

AsStaff = Callable[[Staff], Client]
KEYS, WORDS = "/account/keys/", "four moons over tallinn"
STREET = "Signal-street 9"


@pytest.fixture(autouse=True)
def _as_in_a_demonstration(settings: Settings) -> None:
    """A cheap price of passphrases; the proper one is a test of its own in tests/crypto."""
    settings.DEMO = True


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def dora(carla: Staff) -> Staff:
    """A colleague of Carla in the same role."""
    return colleague_of(carla)


def set_up(client: Client, words: str = WORDS) -> int:
    return client.post(KEYS, {"do": "set", "passphrase": words, "again": words}).status_code


def unlock(client: Client, words: str = WORDS) -> int:
    return client.post(KEYS, {"do": "unlock", "passphrase": words}).status_code


def both_hold(carla: Staff, dora: Staff, as_staff: AsStaff) -> tuple[Client, Client]:
    """Both have a passphrase and the key of their agency, which is in use; both have it open."""
    hers, theirs = as_staff(carla), as_staff(dora)
    assert (set_up(hers), set_up(theirs)) == (302, 302)
    with (
        with_context(agency=carla.agency, actor=carla.person, purpose="protect"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT id::text FROM member_key WHERE person_id = %s", (dora.person,))
        (waiting,) = cursor.fetchone()
    assert hers.post(KEYS, {"do": f"give-{waiting}"}).status_code == 302
    return hers, theirs


def with_place(staff: Staff) -> str:
    """The number of a record with one place on it."""
    number = open_record(staff)
    place = Statement(type="place_recorded", values={"address": STREET}, happened="2026-05-06")
    perform(staff.who, number, [place], token=str(uuid4()))
    return number


def told(client: Client, number: str) -> str:
    return read(client.get(f"/records/{number}/facts/").content).text


def test_the_first_of_an_agency_makes_its_key_and_nothing_is_sealed_to_it_till_two_have_it(
    carla: Staff, as_staff: AsStaff
):
    client = as_staff(carla)
    before = read(client.get(KEYS).content)
    assert (before.problems, before.count("h1"), "Set a passphrase" in before.text) == ([], 1, True)
    assert set_up(client) == 302
    page = read(client.get(KEYS).content)
    assert (page.problems, "1 person has it." in page.text) == ([], True)
    assert "Nothing is sealed to it yet" in page.text
    number = with_place(carla)
    assert STREET in told(as_staff(carla), number)


def test_a_place_opens_for_who_has_unlocked_and_says_in_words_that_it_is_sealed_for_who_has_not(
    carla: Staff, dora: Staff, as_staff: AsStaff
):
    hers, theirs = both_hold(carla, dora, as_staff)
    number = with_place(carla)
    assert [STREET in told(client, number) for client in (hers, theirs)] == [True, True]
    shut = as_staff(carla)
    page = told(shut, number)
    assert (STREET in page, "Sealed part" in page, "Unlock your key to read it" in page) == (
        False,
        True,
        True,
    )
    assert unlock(shut) == 302
    assert STREET in told(shut, number)


def test_it_is_shut_again_by_the_lock_on_idle_and_on_sign_out(carla: Staff, dora: Staff, as_staff: AsStaff):
    hers, theirs = both_hold(carla, dora, as_staff)
    number = with_place(carla)
    assert hers.post(KEYS, {"do": "lock"}).status_code == 302
    assert STREET not in told(hers, number)

    session = theirs.session
    held = session[HELD]
    session[SEEN] -= 10 * 60 * 60
    session.save()
    assert theirs.get(f"/records/{number}/facts/").status_code == 302
    again = as_staff(dora)
    session = again.session
    session[HELD] = held
    session.save()
    assert STREET not in told(again, number)

    assert unlock(hers) == 302
    hers.post("/sign-out/")
    assert HELD not in hers.session


def test_what_the_database_holds_of_an_open_key_does_not_open_it(
    carla: Staff, dora: Staff, as_staff: AsStaff
):
    """A copy of the row of a session, put under a cookie of one's own."""
    hers, _theirs = both_hold(carla, dora, as_staff)
    number = with_place(carla)
    thief = as_staff(carla)
    session = thief.session
    session[HELD] = hers.session[HELD]
    session.save()
    assert (STREET in told(hers, number), STREET in told(thief, number)) == (True, False)


def test_wrong_passphrases_get_one_answer_and_are_slowed_and_a_colleague_is_not(
    carla: Staff, dora: Staff, as_staff: AsStaff
):
    both_hold(carla, dora, as_staff)
    client = as_staff(carla)
    answers = [client.post(KEYS, {"do": "unlock", "passphrase": wrong}) for wrong in ("", "x", WORDS.upper())]
    texts = {read(one.content).text for one in answers}
    assert ({one.status_code for one in answers}, len(texts)) == ({422}, 1)
    assert "does not open your key" in texts.pop()
    slowed = client.post(KEYS, {"do": "unlock", "passphrase": WORDS})
    assert (slowed.status_code, "Wait some minutes" in read(slowed.content).text) == (422, True)
    assert unlock(as_staff(dora)) == 302
    assert [outcome for _, outcome, *_ in journal_of(carla)].count("passphrase_refused") == 3


def test_a_changed_passphrase_opens_and_the_old_one_does_not(carla: Staff, dora: Staff, as_staff: AsStaff):
    hers, _theirs = both_hold(carla, dora, as_staff)
    number, new = with_place(carla), "five suns under narva"
    asked = {"do": "change", "passphrase": WORDS, "new": new, "again": new}
    assert hers.post(KEYS, asked).status_code == 302
    client = as_staff(carla)
    assert (unlock(client, WORDS), unlock(client, new)) == (422, 302)
    assert STREET in told(client, number)


@pytest.mark.parametrize(
    ("words", "again", "problem"),
    [("short", "short", "at least 14 signs"), (WORDS, f"{WORDS}!", "are not the same")],
)
def test_a_weak_or_mistyped_passphrase_is_told(
    carla: Staff, as_staff: AsStaff, words: str, again: str, problem: str
):
    answer = as_staff(carla).post(KEYS, {"do": "set", "passphrase": words, "again": again})
    page = read(answer.content)
    assert (answer.status_code, page.problems, problem in page.text) == (422, [], True)
    assert words not in answer.content.decode() or words == "short"


def test_the_passphrase_lies_nowhere_and_is_set_once(carla: Staff, as_staff: AsStaff, database: TestDatabase):
    client = as_staff(carla)
    assert (set_up(client), set_up(client, "other words than the first")) == (302, 422)
    with database.connect_as_keeper() as keeper:
        for table in ("member_key", "agency_key", "agency_key_share", "staff_session", "journal_entry"):
            row = keeper.execute(f"SELECT count(*) FROM {table} AS t WHERE t::text LIKE %s", (f"%{WORDS}%",))
            assert row.fetchone() == (0,)


def test_what_is_shut_is_neither_corrected_nor_lost_by_the_same_form_sent_again(
    carla: Staff, dora: Staff, as_staff: AsStaff
):
    both_hold(carla, dora, as_staff)
    number, token = open_record(carla), str(uuid4())
    place = Statement(type="place_recorded", values={"address": STREET}, happened="2026-05-06")
    first = perform(carla.who, number, [place], token=token)
    second = perform(carla.who, number, [place], token=token)
    assert (second.again, second.facts[0].id) == (True, first.facts[0].id)
    page = as_staff(carla).get(f"/records/{number}/facts/{first.facts[0].id}/correct/")
    assert page.status_code in (403, 404)


def test_nobody_leaves_with_the_last_key(carla: Staff, dora: Staff, as_staff: AsStaff):
    hers, _theirs = both_hold(carla, dora, as_staff)
    assert hers.get(KEYS).status_code == 200
    with with_context(agency=carla.agency, actor=carla.person, purpose="sign_in"):
        assert not is_last_holder(carla.who, dora.person)
    with (
        with_context(agency=carla.agency, actor=carla.person, purpose="sign_in"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "DELETE FROM agency_key_share USING member_key WHERE member_key.id = member_key_id"
            " AND member_key.person_id = %s",
            (carla.person,),
        )
    with with_context(agency=carla.agency, actor=carla.person, purpose="sign_in"):
        assert is_last_holder(carla.who, dora.person)


def test_a_role_that_opens_no_such_part_needs_no_key(database: TestDatabase, as_staff: AsStaff):
    rita = make_staff("rita", Role.RAPPORTEUR)
    client = as_staff(rita)
    assert "you need no key" in read(client.get(KEYS).content).text
    assert set_up(client) == 422
