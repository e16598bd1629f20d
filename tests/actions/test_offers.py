"""A child is referred to an agency: it weighs a few codes, and the record opens when it accepts, never before."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection

from encircle.actions import offers
from encircle.actions.act import Statement
from encircle.actions.context import at_work
from encircle.actions.offers import (
    Asked,
    NoSuchOffer,
    Offer,
    accept_offer,
    decline_offer,
    offer_child,
    offer_of,
    offered_to,
    offers_of,
    record_answer,
    withdraw_offer,
)
from encircle.actions.people import people_of
from encircle.actions.permit import NotAllowed, NotSeen, permitted
from encircle.actions.told import OFFER_ANSWERED, OFFERED, told_to
from encircle.actions.work_list import duties_of
from encircle.records.context import with_context
from encircle.records.refusal import RuleBroken
from encircle.records.roots import add_member, members
from encircle.records.seen import root_numbered
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.offer import OfferDeclined, OfferNeed, OfferUrgency
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import open_record, state
from tests.database import TestDatabase
from tests.web.world import Staff, make_staff

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def carla() -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def nora() -> Staff:
    return make_staff("nora", Role.NGO)


@pytest.fixture
def eva() -> Staff:
    return make_staff("eva", Role.NGO)


@pytest.fixture
def aino(carla: Staff) -> str:
    number = open_record(carla)
    state(
        carla,
        number,
        Statement(type="name_recorded", values={"name_used": "Aino Qvist"}),
        Statement(
            type="date_of_birth_recorded", values={"date_of_birth": "2013-05-06", "evidence": "document"}
        ),
    )
    return number


def ask(carla: Staff, number: str, to: Staff, *, token: str = "", **said: object) -> bool:
    asked = Asked(
        **{
            "agency": to.agency,
            "asked": "ngo",
            "need": OfferNeed.SAFE_PLACE,
            "urgency": OfferUrgency.THIS_WEEK,
            "basis": "Child Protection Act 31",
            **said,
        }
    )
    return offer_child(carla.who, number, asked, token=token or str(uuid4()))


def the_offer(staff: Staff) -> Offer:
    (offer,) = offered_to(staff.who).items
    return offer


def root_of(carla: Staff, number: str) -> RootId:
    with at_work(carla.who, Purpose.PROTECT):
        root = root_numbered(number)
        assert root is not None
        return root.id


def types_on(carla: Staff, number: str) -> list[str]:
    with permitted(carla.who, number, purpose=Purpose.PROTECT) as permit:
        return [fact.type for fact in permit.whole().facts if fact.type.startswith("referral")]


def rows_shown(staff: Staff, root: RootId) -> dict[str, int]:
    """How many rows of the record the database shows to that agency, by table."""
    tables = ("root", "membership", "fact", "subject", "data_key", "situation_row", "root_of_agency")
    found = {}
    with at_work(staff.who, Purpose.PROTECT), connection.cursor() as cursor:
        for table in tables:
            column = "id" if table == "root" else "root_id"
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", (root,))
            found[table] = cursor.fetchone()[0]
    return found


def test_who_is_asked_sees_what_is_asked_by_whom_and_about_which_age_and_nothing_of_the_record(
    carla: Staff, nora: Staff, aino: str
):
    assert ask(carla, aino, nora)
    offer = the_offer(nora)
    assert (offer.asked, offer.need, offer.urgency, offer.age, offer.giver_name) == (
        *("ngo", "safe_place", "this_week", "12-14"),
        "The agency of carla",
    )
    assert set(rows_shown(nora, root_of(carla, aino)).values()) == {0}
    with pytest.raises(NotSeen):
        people_of(nora.who, aino)
    assert duties_of(nora.who, purpose=Purpose.WORK_LIST).items == ()


def test_accepting_opens_the_record_by_the_mandate_and_states_that_the_referral_arrived(
    carla: Staff, nora: Staff, aino: str
):
    ask(carla, aino, nora)
    offer, token = the_offer(nora), str(uuid4())
    assert accept_offer(nora.who, offer.id, token=token) == aino
    assert accept_offer(nora.who, offer.id, token=token) == aino
    assert people_of(nora.who, aino).told.number == aino
    assert types_on(carla, aino) == ["referral_made", "referral_received", "referral_answered"]
    with at_work(carla.who, Purpose.PROTECT):
        taking_part = members(root_of_seen(aino))
    assert (nora.agency, Relation.REFERRED) in taking_part
    assert offered_to(nora.who).items == ()
    (seen,) = offers_of(carla.who, aino).items
    assert (seen.outcome, seen.waits) == ("accepted", False)


def root_of_seen(number: str) -> RootId:
    root = root_numbered(number)
    assert root is not None
    return root.id


def test_who_may_write_no_views_accepts_all_the_same(carla: Staff, aino: str):
    school = make_staff("school", Role.SCHOOL)
    ask(carla, aino, school, asked="education", need=OfferNeed.SCHOOLING)
    accept_offer(school.who, the_offer(school).id, token=str(uuid4()))
    assert types_on(carla, aino) == ["referral_made", "referral_received", "referral_answered"]


def test_an_agency_beyond_those_that_can_be_listed_is_asked_all_the_same(
    carla: Staff, nora: Staff, aino: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(offers, "MOST_AGENCIES", 0)
    assert ask(carla, aino, nora)
    with pytest.raises(BadInput):
        ask(carla, aino, nora)


def test_declining_ends_it_with_a_reason_and_leaves_nothing(carla: Staff, nora: Staff, aino: str):
    ask(carla, aino, nora)
    offer = the_offer(nora)
    decline_offer(nora.who, offer.id, OfferDeclined.NO_PLACE)
    assert offered_to(nora.who).items == ()
    for gone in (
        lambda: offer_of(nora.who, offer.id),
        lambda: accept_offer(nora.who, offer.id, token=str(uuid4())),
        lambda: decline_offer(nora.who, offer.id, OfferDeclined.NO_PLACE),
    ):
        with pytest.raises(NoSuchOffer):
            gone()
    assert set(rows_shown(nora, root_of(carla, aino)).values()) == {0}
    (seen,) = offers_of(carla.who, aino).items
    assert (seen.outcome, seen.because) == ("declined", "no_place")
    token = str(uuid4())
    record_answer(carla.who, aino, seen.id, token=token)
    record_answer(carla.who, aino, seen.id, token=token)
    assert types_on(carla, aino) == ["referral_made", "referral_answered"]


def test_an_offer_whose_time_has_passed_is_there_for_nobody_who_was_asked(
    carla: Staff, nora: Staff, aino: str, database: TestDatabase
):
    ask(carla, aino, nora)
    offer = the_offer(nora)
    with database.connect_as_keeper() as keeper, keeper.transaction():
        keeper.execute("ALTER TABLE referral_offer DISABLE TRIGGER referral_offer_guard")
        keeper.execute("UPDATE referral_offer SET until = now() WHERE id = %s", (offer.id,))
        keeper.execute("ALTER TABLE referral_offer ENABLE TRIGGER referral_offer_guard")
    assert (offered_to(nora.who).items, told_kinds(nora)) == ((), [])
    with pytest.raises(NoSuchOffer):
        accept_offer(nora.who, offer.id, token=str(uuid4()))
    assert [one.waits for one in offers_of(carla.who, aino).items] == [False]
    assert ask(carla, aino, nora)


def test_what_is_needed_today_waits_a_day_and_other_offers_as_long_as_the_number_says(
    carla: Staff, nora: Staff, eva: Staff, aino: str
):
    ask(carla, aino, nora, urgency=OfferUrgency.TODAY)
    ask(carla, aino, eva)
    today, week = the_offer(nora), the_offer(eva)
    assert timedelta(0) <= today.until - today.offered_at - timedelta(hours=24) < timedelta(seconds=60)
    assert timedelta(days=6) < week.until - week.offered_at <= timedelta(days=8)


def test_an_offer_that_is_taken_back_is_gone(carla: Staff, nora: Staff, aino: str):
    ask(carla, aino, nora)
    offer = the_offer(nora)
    withdraw_offer(carla.who, aino, offer.id)
    assert (offered_to(nora.who).items, told_kinds(nora)) == ((), [])
    with pytest.raises(RuleBroken, match="ended already"):
        withdraw_offer(carla.who, aino, offer.id)
    with pytest.raises(NoSuchOffer):
        withdraw_offer(carla.who, aino, str(uuid4()))


def told_kinds(staff: Staff) -> list[str]:
    return [one.kind for one in told_to(staff.who, purpose=Purpose.WORK_LIST).items]


def test_each_side_is_told_without_content(carla: Staff, nora: Staff, aino: str):
    ask(carla, aino, nora)
    items = told_to(nora.who, purpose=Purpose.WORK_LIST).items
    assert [(one.kind, one.waiting) for one in items] == [(OFFERED, None)]
    decline_offer(nora.who, the_offer(nora).id, OfferDeclined.CONFLICT)
    assert told_kinds(nora) == []
    assert OFFER_ANSWERED in told_kinds(carla)
    state(carla, aino, Statement(type="age_claimed", values={"claimed_child": True, "claimed_years": 13}))
    assert OFFER_ANSWERED in told_kinds(carla)
    record_answer(carla.who, aino, offers_of(carla.who, aino).items[0].id, token=str(uuid4()))
    assert OFFER_ANSWERED not in told_kinds(carla)


def test_only_who_was_asked_sees_or_answers_it(carla: Staff, nora: Staff, eva: Staff, aino: str):
    ask(carla, aino, nora)
    offer = the_offer(nora)
    assert offered_to(eva.who).items == ()
    with pytest.raises(NoSuchOffer):
        offer_of(eva.who, offer.id)
    with pytest.raises(NoSuchOffer):
        accept_offer(eva.who, offer.id, token=str(uuid4()))


def test_who_stands_against_the_child_weighs_nothing(carla: Staff, nora: Staff, aino: str):
    ask(carla, aino, nora)
    offer = the_offer(nora)
    with at_work(carla.who, Purpose.PROTECT):
        add_member(root_of_seen(aino), nora.agency, relation=Relation.ADVERSE)
    assert offered_to(nora.who).items == ()
    with pytest.raises(NoSuchOffer):
        accept_offer(nora.who, offer.id, token=str(uuid4()))
    with pytest.raises(BadInput, match="takes no part"):
        ask(carla, aino, nora)


def test_the_same_form_offers_once_and_nobody_is_asked_twice(carla: Staff, nora: Staff, aino: str):
    token = str(uuid4())
    assert ask(carla, aino, nora, token=token)
    assert not ask(carla, aino, nora, token=token)
    with pytest.raises(BadInput, match="no referral that waits"):
        ask(carla, aino, nora)


@pytest.mark.parametrize(
    ("said", "where"),
    [({"asked": "anything"}, "asked"), ({"basis": "закон"}, "basis"), ({"agency": "nobody"}, "agency")],
)
def test_what_cannot_be_offered_is_told_at_its_field(
    carla: Staff, nora: Staff, aino: str, said: dict[str, object], where: str
):
    with pytest.raises(BadInput) as refused:
        ask(carla, aino, nora, **said)
    assert (refused.value.where, types_on(carla, aino)) == (where, [])


def test_only_who_says_who_takes_part_offers(carla: Staff, nora: Staff, eva: Staff, aino: str):
    with at_work(carla.who, Purpose.PROTECT):
        add_member(root_of_seen(aino), nora.agency, relation=Relation.TEAM)
    with pytest.raises(NotAllowed):
        ask(nora, aino, eva)
    assert (offers_of(nora.who, aino).may_offer, offers_of(nora.who, aino).items) == (False, ())


def test_a_role_that_takes_part_in_no_record_is_asked_for_nothing(carla: Staff, aino: str):
    voice = make_staff("voice", Role.INTERPRETER)
    with pytest.raises(BadInput):
        ask(carla, aino, voice)
    with pytest.raises(NotAllowed):
        offered_to(voice.who)


def test_each_step_is_journalled_on_the_record(carla: Staff, nora: Staff, aino: str, database: TestDatabase):
    ask(carla, aino, nora)
    offer = the_offer(nora)
    offer_of(nora.who, offer.id)
    accept_offer(nora.who, offer.id, token=str(uuid4()))
    with database.connect_as_keeper() as keeper:
        found = keeper.execute(
            "SELECT actor, outcome FROM journal_entry WHERE root_id = %s"
            " AND (outcome LIKE '%%offer%%' OR outcome = 'child_referred')",
            (root_of(carla, aino),),
        ).fetchall()
    assert sorted(found, key=lambda one: str(one[1])) == [
        (carla.person, "child_referred"),
        (nora.person, "offer_ended:accepted"),
        (nora.person, "offer_weighed"),
    ]


def test_the_database_lets_nobody_into_a_record_by_an_offer_alone(carla: Staff, nora: Staff, aino: str):
    root = root_of(carla, aino)
    with (
        pytest.raises(IntegrityError, match="membership_is_more_than_an_offer"),
        at_work(carla.who, Purpose.PROTECT),
    ):
        add_member(root, nora.agency, relation=Relation.OFFERED)
    ask(carla, aino, nora)
    offer = the_offer(nora)
    for purpose in (Purpose.PROTECT, Purpose.WORK_LIST):
        with at_work(nora.who, purpose), connection.cursor() as cursor:
            cursor.execute("SELECT encircle_answer_offer(%s, %s, 'accepted', NULL)", (offer.id, str(uuid4())))
            assert cursor.fetchone() == (None,)
    with at_work(nora.who, Purpose.COOPERATE), connection.cursor() as cursor:
        cursor.execute("UPDATE referral_offer SET outcome = 'accepted' WHERE id = %s", (offer.id,))
        assert cursor.rowcount == 0
    with (
        pytest.raises((ProgrammingError, psycopg.errors.InsufficientPrivilege)),
        at_work(nora.who, Purpose.COOPERATE),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE referral_offer SET until = now() WHERE id = %s", (offer.id,))
    with with_context(agency=None, actor="somebody", purpose="cooperate"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM referral_offer")
        assert cursor.fetchone() == (0,)


def test_an_age_that_nobody_knows_is_told_so(carla: Staff, nora: Staff):
    ask(carla, open_record(carla), nora)
    assert the_offer(nora).age == "unknown"
