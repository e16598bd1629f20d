"""A do-not-contact flag is not taken back or narrowed as a mistake: only a decision lifts it."""

from uuid import uuid4

import pytest

from encircle.actions.act import FlagStays, Statement, withdraw
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import on_record, open_record, state
from tests.database import TestDatabase
from tests.web.world import Staff, make_staff

FLAG = {"scope": ["country", "authority"], "because": "asylum", "country": "NO", "flag_reasons": "as told"}


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def aino(carla: Staff) -> str:
    return open_record(carla)


def corrected(carla: Staff, aino: str, **values: object) -> None:
    (set_,) = (fact for fact in on_record(carla, aino) if fact.type == "do_not_contact_set")
    kept = {name: value for name, value in {**FLAG, **values}.items() if value is not None}
    correction = Statement(
        type="do_not_contact_set",
        subject=set_.subject or set_.id,
        values=kept,
        corrects=set_.id,
        follows=set_.id,
    )
    state(carla, aino, correction)


def test_it_is_not_withdrawn(carla: Staff, aino: str):
    set_ = state(carla, aino, Statement(type="do_not_contact_set", values=FLAG)).facts[0]
    before = on_record(carla, aino)
    with pytest.raises(FlagStays):
        withdraw(carla.who, aino, set_.id, reasons="a slip", token=str(uuid4()), follows=set_.id)
    assert on_record(carla, aino) == before


NARROWER = pytest.mark.parametrize(
    "values",
    [
        {"scope": ["country"]},
        {"country": "SE"},
        {"scope": ["family"]},
        {"scope": ["everybody_there"], "country": "SE"},
        {"scope": ["everybody_there"]},
        {"country": None},
    ],
)


@NARROWER
def test_it_is_not_narrowed(carla: Staff, aino: str, values: dict[str, object]):
    state(carla, aino, Statement(type="do_not_contact_set", values=FLAG))
    before = on_record(carla, aino)
    with pytest.raises(FlagStays):
        corrected(carla, aino, **values)
    assert on_record(carla, aino) == before


@NARROWER
def test_to_set_it_once_more_does_not_narrow_it_either(carla: Staff, aino: str, values: dict[str, object]):
    set_ = state(carla, aino, Statement(type="do_not_contact_set", values=FLAG)).facts[0]
    before = on_record(carla, aino)
    said = {name: value for name, value in {**FLAG, **values}.items() if value is not None}
    again = Statement(
        type="do_not_contact_set", subject=set_.subject or set_.id, values=said, follows=set_.id
    )
    with pytest.raises(FlagStays):
        state(carla, aino, again)
    assert on_record(carla, aino) == before


def test_a_flag_of_a_person_and_a_country_keeps_both(carla: Staff, aino: str):
    """Without its country it would forbid the person alone, and the other way round."""
    person = state(carla, aino, Statement(type="person_recorded", values={"relation": "parent"})).facts[0]
    flag = {**FLAG, "person": person.subject or person.id}
    state(carla, aino, Statement(type="do_not_contact_set", values=flag))
    for one in ("person", "country"):
        with pytest.raises(FlagStays):
            corrected(carla, aino, **{**flag, one: None})


@pytest.mark.parametrize(
    "values",
    [
        {"flag_reasons": "as written"},
        {"because": "risk_to_child"},
        {"scope": ["authority", "country", "family"]},
        {"scope": ["everybody_there", "authority", "country"]},
    ],
)
def test_it_is_corrected_where_all_stays_forbidden(carla: Staff, aino: str, values: dict[str, object]):
    state(carla, aino, Statement(type="do_not_contact_set", values=FLAG))
    before = len(on_record(carla, aino))
    corrected(carla, aino, **values)
    assert len(on_record(carla, aino)) == before + 1
