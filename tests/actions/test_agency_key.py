"""A new key of an agency: given to who holds the one of today, all sealed anew, and at no moment anything unreadable."""

import pytest
from pytest_django import Settings

from encircle.actions import people_keys
from encircle.actions.agency_key import Why, make_new_key, renewal_of, seal_anew
from encircle.crypto.people import KeyPair, open_with
from encircle.crypto.sealed import SealBroken
from encircle.records.agency_keys import seals_to
from encircle.records.context import with_context
from encircle.records.models import AgencyKey
from encircle.records.people_keys import bound_of_data_key
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import open_record
from tests.actions.key_holders import (
    Holder,
    anew,
    counted,
    given_by,
    hand_over_to,
    holder,
    left,
    record_with,
    renew,
    root_of,
    write,
)
from tests.database import TestDatabase
from tests.web.world import colleague_of, journal_of, make_staff


@pytest.fixture(autouse=True)
def _as_in_a_demonstration(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def carla(database: TestDatabase) -> Holder:
    return holder(make_staff("carla", Role.CHILD_PROTECTION_SERVICE))


@pytest.fixture
def dora(carla: Holder) -> Holder:
    return given_by(carla, holder(colleague_of(carla.staff)))


def test_all_is_read_at_every_step_and_in_the_end_nothing_hangs_on_the_older_key(
    database: TestDatabase, carla: Holder, dora: Holder
):
    streets = [f"Street {n}" for n in range(5)]
    root = record_with(carla.staff, *streets)
    renew(carla)
    assert left(carla) == 5
    seen = []
    for _step in range(6):
        assert [who.places(root) for who in (carla, dora)] == [streets, streets]
        seen.append(anew(dora, at_most=1))
    assert (seen, [who.places(root) for who in (carla, dora)]) == ([4, 3, 2, 1, 0, 0], [streets, streets])
    assert counted(database, carla.staff) == {
        "data_key_share today": 5,
        "data_key_share older": 0,
        "agency_key_share today": 2,
        "agency_key_share older": 0,
    }
    told = [outcome for _, outcome, *_ in journal_of(dora.staff)]
    assert (told.count("sealed_anew"), told.count("agency_key_ended")) == (5, 1)
    assert "agency_key_renewed" in [outcome for _, outcome, *_ in journal_of(carla.staff)]


def test_what_is_written_after_it_is_sealed_to_the_new_key(
    database: TestDatabase, carla: Holder, dora: Holder
):
    number = open_record(carla.staff)
    write(carla.staff, number, "Before 1")
    renew(carla)
    write(carla.staff, number, "After 2")
    assert dora.places(root_of(carla.staff, number)) == ["After 2", "Before 1"]
    found = counted(database, carla.staff)
    assert (found["data_key_share today"], found["data_key_share older"]) == (1, 1)


def test_who_left_gets_no_new_key_though_the_share_of_the_older_one_still_lies_there(
    database: TestDatabase, carla: Holder, dora: Holder
):
    """An operator closed the sign-in; nobody handed over."""
    gone = given_by(carla, holder(colleague_of(carla.staff)))
    root = record_with(carla.staff, "Street 1")
    assert gone.places(root) == ["Street 1"]
    with database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE person SET until = now() WHERE id = %s", (gone.staff.person,))
    renew(carla)
    assert anew(carla) == 0
    assert [who.places(root) for who in (carla, dora, gone)] == [["Street 1"], ["Street 1"], []]
    assert counted(database, carla.staff)["agency_key_share today"] == 2


def test_who_has_left_with_a_copy_of_the_old_private_key_opens_no_seal_that_stands(
    database: TestDatabase, carla: Holder, dora: Holder
):
    """A thief with the older private key and a copy of the database of tomorrow."""
    record_with(carla.staff, "Street 1")
    older, pair = copied_key(database, carla)
    assert opens_with(database, older, pair) == 1
    hand_over_to(carla.staff, dora.staff)
    given_by(dora, holder(colleague_of(dora.staff)))
    renew(dora)
    assert anew(dora) == 0
    assert opens_with(database, older, pair) == 0


def copied_key(database: TestDatabase, of: Holder) -> tuple[str, KeyPair]:
    with database.connect_as_keeper() as keeper:
        row = keeper.execute(
            "SELECT agency_key_id::text, sealed FROM agency_key_share WHERE member_key_id = %s", (of.mine.id,)
        ).fetchone()
    assert row is not None
    key, sealed = str(row[0]), bytes(row[1])
    return key, people_keys.open_agency_key(sealed, agency=of.staff.agency, key=key, mine=of.mine)


def opens_with(database: TestDatabase, key: str, pair: KeyPair) -> int:
    """How many seals of that agency open with this pair, whichever key they say they are for."""
    opened = 0
    with database.connect_as_keeper() as keeper:
        rows = keeper.execute(
            "SELECT agency_id::text, root_id::text, data_key_id::text, sealed, agency_key_id::text FROM data_key_share"
            " WHERE agency_id = (SELECT agency_id FROM agency_key WHERE id = %s)",
            (key,),
        ).fetchall()
    for agency, root, data_key, sealed, named in rows:
        for bound_key in {key, str(named)}:
            try:
                bound = bound_of_data_key(str(agency), bound_key, str(root), str(data_key))
                open_with(pair, bytes(sealed), bound=bound)
                opened += 1
            except SealBroken:
                continue
    return opened


def test_a_colleague_who_is_given_the_key_meanwhile_gets_the_older_one_too(carla: Holder, dora: Holder):
    root = record_with(carla.staff, "Street 1")
    renew(carla)
    late = given_by(dora, holder(colleague_of(carla.staff)))
    assert late.places(root) == ["Street 1"]
    assert anew(late) == 0
    assert late.places(root) == ["Street 1"]


def test_a_second_new_key_while_the_first_is_not_done_moves_all_to_the_last(
    database: TestDatabase, carla: Holder, dora: Holder
):
    number = open_record(carla.staff)
    write(carla.staff, number, "Street 1")
    renew(carla)
    write(carla.staff, number, "Street 2")
    renew(dora, reason=Why.SEEN)
    assert left(dora) == 2
    assert [anew(dora, at_most=1), anew(dora, at_most=1)] == [1, 0]
    assert carla.places(root_of(carla.staff, number)) == ["Street 1", "Street 2"]
    assert counted(database, carla.staff)["agency_key_share older"] == 0


def test_seals_of_a_record_that_the_agency_has_left_are_moved_too(
    database: TestDatabase, carla: Holder, dora: Holder
):
    root = record_with(carla.staff, "Street 1")
    with database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE membership SET until = now() WHERE root_id = %s", (root,))
    renew(carla)
    assert (left(carla), anew(carla)) == (1, 0)
    assert counted(database, carla.staff)["data_key_share today"] == 1


def test_refused_alone_shut_without_a_reason_unconfirmed_or_from_a_page_of_before(
    carla: Holder, dora: Holder
):
    with carla.unlocked():
        before = renewal_of(carla.staff.who)
    assert before is not None
    tried = {
        "shut": lambda: make_new_key(
            carla.staff.who, in_place_of=before.key, reason=Why.LEFT, confirmed=True
        ),
        "no reason": lambda: renew(carla, reason="because"),
        "unconfirmed": lambda: renew(carla, confirmed=False),
        "shut, anew": lambda: seal_anew(carla.staff.who),
    }
    codes = {}
    for name, act in tried.items():
        with pytest.raises(BadInput) as refused:
            act()
        codes[name] = refused.value.code
    renew(dora)
    with carla.unlocked(), pytest.raises(BadInput) as refused:
        make_new_key(carla.staff.who, in_place_of=before.key, reason=Why.LEFT, confirmed=True)
    codes["before"] = refused.value.code
    hand_over_to(dora.staff, carla.staff)
    with pytest.raises(BadInput) as refused:
        renew(carla)
    codes["alone"] = refused.value.code
    assert codes == {
        "shut": "agency_key_shut",
        "no reason": "reason_missing",
        "unconfirmed": "not_confirmed",
        "shut, anew": "agency_key_shut",
        "before": "key_replaced",
        "alone": "two_first",
    }


def test_eva_of_another_agency_sees_and_moves_none_of_it(carla: Holder, dora: Holder):
    eva = holder(make_staff("eva", Role.CHILD_PROTECTION_SERVICE))
    given_by(eva, holder(colleague_of(eva.staff)))
    record_with(carla.staff, "Street 1")
    renew(carla)
    assert (left(eva), anew(eva), left(carla)) == (0, 0, 1)
    with with_context(agency=eva.staff.agency, actor=eva.staff.person, purpose="sign_in"):
        keys = [str(key.pk) for key in AgencyKey.objects.filter(agency=carla.staff.agency)]
        assert [seals_to(key) for key in keys] == [0, 0]
