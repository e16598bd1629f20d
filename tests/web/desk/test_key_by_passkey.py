"""A key opened by a passkey: signature and output of the PRF together, in this session, once; and what opens nothing."""

import json
import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.utils import DatabaseError
from django.test import Client
from fido2.utils import websafe_encode
from pytest_django import Settings

from encircle.actions.context import at_work
from encircle.actions.keys.recovery import forget
from encircle.actions.passkey_lock import Shown, add_passkey
from encircle.actions.people_keys import take_keys_back
from encircle.crypto.people import KeyPair
from encircle.host.database import DatabaseRole
from encircle.records.context import with_context
from encircle.records.unlocked import Unlocked, with_unlocked
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role
from tests.database import TestDatabase, as_operator
from tests.web.desk.software_passkey import PRESENT, SoftwarePasskey
from tests.web.desk.test_keys import KEYS, STREET, WORDS, both_hold, told, with_place
from tests.web.reading import read
from tests.web.world import Staff, colleague_of, journal_of, make_staff

AsStaff = Callable[[Staff], Client]
OPEN, ADD = "passkey_open", "passkey_add"
WRONG = "The passkey did not open your key."


@pytest.fixture(autouse=True)
def _as_in_a_demonstration(settings: Settings) -> None:
    """A cheap price of passphrases."""
    settings.DEMO = True
    cache.clear()


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def dora(carla: Staff) -> Staff:
    """A colleague of Carla in the same role."""
    return colleague_of(carla)


def asked(client: Client) -> dict[str, object]:
    """What the page lets the browser ask a passkey now."""
    page = client.get(KEYS).content.decode()
    found = re.search(r'id="passkey-options"[^>]*>([^<]+)<', page)
    assert found, "the page asks no passkey"
    return json.loads(found[1])["request_options"]["publicKey"]


def send(client: Client, do: str, answer: dict[str, str]) -> int:
    return client.post(KEYS, {"do": do, **answer}).status_code


def opened_by(client: Client, passkey: SoftwarePasskey) -> int:
    return send(client, OPEN, passkey.answer(asked(client)))


def with_passkey(staff: Staff, client: Client) -> SoftwarePasskey:
    """A passkey of this person that opens their key, which is open in this browser."""
    passkey = SoftwarePasskey()
    passkey.added_to(staff)
    assert send(client, ADD, passkey.answer(asked(client))) == 302
    return passkey


@pytest.fixture
def hers(carla: Staff, dora: Staff, as_staff: AsStaff) -> Client:
    """Carla's browser, in which her key is open; the key of her agency is in use."""
    return both_hold(carla, dora, as_staff)[0]


def test_a_passkey_opens_for_a_visit_what_the_passphrase_opens(carla: Staff, hers: Client, as_staff: AsStaff):
    number, passkey = with_place(carla), with_passkey(carla, hers)
    page = read(hers.get(KEYS).content)
    assert (page.problems, "Blue key" in page.text) == ([], True)
    shut = as_staff(carla)
    assert STREET not in told(shut, number)
    assert opened_by(shut, passkey) == 302
    assert STREET in told(shut, number)
    assert shut.post(KEYS, {"do": "lock"}).status_code == 302
    assert STREET not in told(shut, number)
    assert shut.post(KEYS, {"do": "unlock", "passphrase": WORDS}).status_code == 302
    done = [outcome for kind, outcome, *_ in journal_of(carla) if kind == "sign_in"]
    assert [done.count(one) for one in ("passkey_lock_added", "keys_unlocked_by_passkey")] == [1, 1]


def test_a_passphrase_that_is_changed_leaves_the_passkey_as_it_is(
    carla: Staff, hers: Client, as_staff: AsStaff
):
    passkey, new = with_passkey(carla, hers), "five suns under narva"
    changed = {"do": "change", "passphrase": WORDS, "new": new, "again": new}
    assert hers.post(KEYS, changed).status_code == 302
    assert opened_by(as_staff(carla), passkey) == 302


def test_the_output_opens_nothing_without_a_signature_made_for_this_question(
    carla: Staff, dora: Staff, hers: Client, as_staff: AsStaff
):
    passkey, number = with_passkey(carla, hers), with_place(carla)
    client = as_staff(carla)
    stranger = SoftwarePasskey(id=passkey.id, secret=passkey.secret)
    elsewhere = asked(as_staff(carla))["challenge"]
    tries = {
        "no signature": lambda told: {"prf": passkey.answer(told)["prf"]},
        "of another key": stranger.answer,
        "of another session": lambda told: passkey.answer(told, challenge=str(elsewhere)),
        "of another site": lambda told: passkey.answer(told, origin="https://elsewhere.example"),
        "not verified": lambda told: passkey.answer(told, flags=PRESENT),
        "no words at all": lambda told: {"prf": passkey.answer(told)["prf"], "credential": "[" * 9000},
    }
    for name, made in tries.items():
        unslowed(carla)
        answer = client.post(KEYS, {"do": OPEN, **made(asked(client))})
        assert (name, answer.status_code, WRONG in read(answer.content).text) == (name, 422, True)
        assert (name, STREET in told(client, number)) == (name, False)
    unslowed(carla)
    assert opened_by(client, passkey) == 302
    assert STREET in told(client, number)


def test_a_signature_opens_nothing_without_the_output(carla: Staff, hers: Client, as_staff: AsStaff):
    passkey, client = with_passkey(carla, hers), as_staff(carla)
    other = SoftwarePasskey(id=passkey.id, key=passkey.key)
    whole = passkey.answer(asked(client))["prf"]
    altered = "B" if whole[0] == "A" else "A"
    for output in (
        other.answer(asked(client))["prf"],
        altered + whole[1:],
        whole[:-1],
        f"{whole}A",
        "",
        "é" * 43,
    ):
        unslowed(carla)
        answer = client.post(KEYS, {"do": OPEN, **passkey.answer(asked(client)), "prf": output})
        assert (answer.status_code, WRONG in read(answer.content).text) == (422, True)
    unslowed(carla)
    assert opened_by(client, passkey) == 302


def test_an_answer_is_good_once_and_for_what_was_asked(carla: Staff, hers: Client, as_staff: AsStaff):
    passkey, client = with_passkey(carla, hers), as_staff(carla)
    answer = passkey.answer(asked(client))
    assert send(client, OPEN, answer) == 302
    assert client.post(KEYS, {"do": "lock"}).status_code == 302
    assert send(client, OPEN, answer) == 422
    second = SoftwarePasskey(name="Red key")
    second.added_to(carla)
    assert client.post(KEYS, {"do": "unlock", "passphrase": WORDS}).status_code == 302
    to_add = second.answer(asked(client))
    assert send(client, OPEN, to_add) == 422
    assert send(client, ADD, to_add) == 422
    assert send(client, ADD, second.answer(asked(client))) == 302
    shut = as_staff(carla)
    to_open = passkey.answer(asked(shut))
    assert shut.post(KEYS, {"do": "unlock", "passphrase": WORDS}).status_code == 302
    assert send(shut, ADD, to_open) == 422


def test_a_passkey_of_somebody_else_opens_nothing(carla: Staff, dora: Staff, hers: Client, as_staff: AsStaff):
    passkey, theirs = with_passkey(carla, hers), as_staff(dora)
    assert theirs.post(KEYS, {"do": "unlock", "passphrase": WORDS}).status_code == 302
    own = with_passkey(dora, theirs)
    client = as_staff(dora)
    assert send(client, OPEN, passkey.answer(asked(client))) == 422
    assert opened_by(client, own) == 302


def test_wrong_passkeys_are_slowed_as_wrong_passphrases_are_and_a_colleague_is_not(
    carla: Staff, dora: Staff, hers: Client, as_staff: AsStaff
):
    passkey, client = with_passkey(carla, hers), as_staff(carla)
    sent = [{}, {"prf": "x"}, {**passkey.answer(asked(client)), "credential": "{}"}]
    answers = [client.post(KEYS, {"do": OPEN, **one}) for one in sent]
    texts = {without_challenge(one.content) for one in answers}
    assert ({one.status_code for one in answers}, len(texts)) == ({422}, 1)
    slowed = client.post(KEYS, {"do": OPEN, **passkey.answer(asked(client))})
    assert (slowed.status_code, "Wait some minutes" in read(slowed.content).text) == (422, True)
    assert client.post(KEYS, {"do": "unlock", "passphrase": WORDS}).status_code == 422
    assert as_staff(dora).post(KEYS, {"do": "unlock", "passphrase": WORDS}).status_code == 302
    assert [outcome for _, outcome, *_ in journal_of(carla)].count("passkey_refused") == 3


def test_a_right_one_forgives_the_wrong_ones_before_it(carla: Staff, hers: Client, as_staff: AsStaff):
    passkey = with_passkey(carla, hers)
    for _ in range(2):
        client = as_staff(carla)
        assert [send(client, OPEN, {"prf": wrong}) for wrong in "xy"] == [422, 422]
        assert opened_by(client, passkey) == 302


def test_a_lock_that_is_moved_to_another_passkey_or_person_opens_nothing(
    carla: Staff, dora: Staff, hers: Client, as_staff: AsStaff, database: TestDatabase
):
    """By somebody who can write into the tables, and holds a passkey with the same secret."""
    passkey, theirs = with_passkey(carla, hers), as_staff(dora)
    second = SoftwarePasskey(secret=passkey.secret)
    moved = second.added_to(carla)
    third = SoftwarePasskey(id=passkey.id, secret=passkey.secret, key=passkey.key)
    of_dora, of_carla = third.added_to(dora), asked(as_staff(carla))["extensions"]
    with database.connect_as_keeper() as keeper:
        keeper.execute("SET encircle.purpose = 'migrate'")
        keeper.execute("UPDATE passkey_lock SET passkey_id = %s WHERE agency_id = %s", (moved, carla.agency))
    client = as_staff(carla)
    assert send(client, OPEN, second.answer(asked(client))) == 422
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE passkey_lock SET passkey_id = %s, member_key_id ="
            " (SELECT id FROM member_key WHERE person_id = %s) WHERE agency_id = %s",
            (of_dora, dora.person, carla.agency),
        )
    told = asked(theirs)
    assert [one["id"] for one in told["allowCredentials"]] == [websafe_encode(third.id)]
    assert send(theirs, OPEN, third.answer({**told, "extensions": of_carla})) == 422


def test_it_is_taken_away_by_its_button_and_with_the_passkey(carla: Staff, hers: Client, as_staff: AsStaff):
    passkey, second = with_passkey(carla, hers), SoftwarePasskey(name="Red key")
    row = second.added_to(carla)
    assert send(hers, ADD, second.answer(asked(hers))) == 302
    assert locks(carla) == 2
    (first,) = [one for one in passkeys_of(carla) if one != row]
    assert hers.post(KEYS, {"do": f"passkey_remove-{first}"}).status_code == 302
    assert hers.post(KEYS, {"do": f"passkey_remove-{first}"}).status_code == 422
    client = as_staff(carla)
    assert send(client, OPEN, passkey.answer(asked(client))) == 422
    with as_operator(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM mfa_authenticator WHERE id = %s", (row,))
    assert locks(carla) == 0
    assert "passkey-options" not in as_staff(carla).get(KEYS).content.decode()


def test_it_ends_with_the_key_when_its_person_leaves_or_forgot_the_passphrase(
    carla: Staff, dora: Staff, hers: Client, as_staff: AsStaff, database: TestDatabase
):
    theirs = as_staff(dora)
    assert theirs.post(KEYS, {"do": "unlock", "passphrase": WORDS}).status_code == 302
    with_passkey(carla, hers)
    with_passkey(dora, theirs)
    assert locks(carla) == 2
    with database.used_as(DatabaseRole.JOBS):
        forget(carla.login)
    assert (locks(carla), send(as_staff(carla), OPEN, {"prf": "x"})) == (1, 422)
    with at_work(carla.who, Purpose.SIGN_IN):
        take_keys_back(dora.person)
    assert locks(carla) == 0


@pytest.mark.parametrize("whom", ["", "x", "9" * 40, "-1", "²"])
def test_what_is_no_passkey_is_not_taken_away(carla: Staff, hers: Client, whom: str):
    with_passkey(carla, hers)
    assert hers.post(KEYS, {"do": f"passkey_remove-{whom}"}).status_code == 422
    assert locks(carla) == 1


def test_only_with_the_key_open_and_only_for_oneself(
    carla: Staff, dora: Staff, hers: Client, as_staff: AsStaff
):
    passkey = with_passkey(carla, hers)
    second = SoftwarePasskey()
    of_carla, of_dora = second.added_to(carla), SoftwarePasskey().added_to(dora)
    shut = as_staff(carla)
    assert send(shut, ADD, passkey.answer(asked(shut))) == 422
    shown = Shown(of_carla, second.id.hex(), bytes(32))
    for open_now in (None, Unlocked(str(uuid4()), KeyPair.new())):
        with with_unlocked(open_now), pytest.raises(BadInput, match="Unlock your key first"):
            add_passkey(carla.who, shown)
    for by, key_of, of in ((dora, carla, of_dora), (dora, carla, of_carla), (carla, carla, of_dora)):
        with pytest.raises(DatabaseError, match="row-level security"):
            write_lock(by, key_of=key_of, passkey=of)
    write_lock(carla, key_of=carla, passkey=of_carla)
    assert locks(carla) == 2


def test_without_a_passkey_or_without_a_script_nothing_is_offered(
    carla: Staff, hers: Client, as_staff: AsStaff
):
    page = hers.get(KEYS).content.decode()
    assert ("data-passkey" in page, "passkey.js" in page) == (False, False)
    with_passkey(carla, hers)
    page = as_staff(carla).get(KEYS).content.decode()
    (form,) = re.findall(r"<form[^>]*data-passkey[^>]*>", page)
    assert (form.endswith(" hidden>"), 'name="passphrase"' in page) == (True, True)
    assert read(page.encode()).problems == []


def test_each_question_has_a_challenge_of_its_own_and_asks_the_prf_the_same(
    carla: Staff, hers: Client, as_staff: AsStaff
):
    with_passkey(carla, hers)
    told = [asked(as_staff(carla)) for _ in range(3)]
    assert len({str(one["challenge"]) for one in told}) == 3
    assert len({json.dumps(one["extensions"]) for one in told}) == 1
    assert {one["userVerification"] for one in told} == {"required"}


def unslowed(staff: Staff) -> None:
    """As if the wrong tries had been long ago."""
    with (
        with_context(agency=staff.agency, actor=staff.person, purpose="sign_in"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE member_key SET tries = 0 WHERE person_id = %s", (staff.person,))


def locks(staff: Staff) -> int:
    with (
        with_context(agency=staff.agency, actor=staff.person, purpose="sign_in"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT count(*) FROM passkey_lock")
        return int(cursor.fetchone()[0])


def passkeys_of(staff: Staff) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM mfa_authenticator WHERE user_id = %s ORDER BY id", (staff.account,))
        return [one for (one,) in cursor.fetchall()]


def write_lock(by: Staff, *, key_of: Staff, passkey: int) -> None:
    """A row of the right shape, straight into the table, in the context of that person."""
    with with_context(agency=by.agency, actor=by.person, purpose="sign_in"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO passkey_lock (id, member_key_id, agency_id, passkey_id, sealed)"
            " SELECT gen_random_uuid(), id, agency_id, %s, decode('01' || repeat('00', 124), 'hex')"
            "   FROM member_key WHERE person_id = %s",
            (passkey, key_of.person),
        )


def without_challenge(page: bytes) -> str:
    """The page as it is read, but for what differs each time."""
    return re.sub(r'"challenge": "[^"]+"', "", read(page).text)
