"""What may be inferred: order, lists, sieves and cards say the same, whether or not something closed is on record."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from encircle.actions.act import Statement, perform
from encircle.actions.asked import Asked
from encircle.actions.calendar import coming_of
from encircle.actions.record import RecordList, Sifted, look, records_of
from encircle.core.access import CLOSED
from encircle.core.calendar import OTHER
from encircle.core.duty import DutyState
from encircle.host.clock import now
from encircle.records.context import with_context
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.records.waiting import Which, roots_waiting
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import open_record
from tests.web.reading import read
from tests.web.world import Staff, make_staff

pytestmark = pytest.mark.usefixtures("database")
SignedIn = Callable[[Staff], Client]
DAY = now().date() + timedelta(days=20)
WITH_ADULTS = Statement(type="placement_started", values={"placement_kind": "adult_reception_centre"})


def let_in(carla: Staff, number: str, other: Staff) -> None:
    with with_context(agency=carla.agency, actor=carla.person, purpose="record"):
        root = root_numbered(number)
        assert root is not None
        add_member(root.id, other.agency, relation="team")


def record_of(carla: Staff, *statements: Statement, seen_by: Staff) -> str:
    number = open_record(carla)
    let_in(carla, number, seen_by)
    if statements:
        state(carla, number, *statements)
    return number


def state(carla: Staff, number: str, *statements: Statement) -> None:
    perform(carla.who, number, statements, token=str(uuid4()))


def listed(staff: Staff, sifted: Sifted | None = None) -> RecordList:
    return records_of(staff.who, purpose=Purpose.WORK_LIST, sifted=sifted or Sifted())


@pytest.fixture
def rosa() -> Staff:
    """A teacher: the minimum set is open to her, and her own duties."""
    return make_staff("rosa", Role.SCHOOL)


@pytest.fixture
def judge() -> Staff:
    """The account is open to a court, and neither asylum nor what weighs against the child, nor concerns."""
    return make_staff("judge", Role.COURT)


def test_that_a_child_is_placed_with_adults_is_told_to_who_may_know_of_the_placement_alone(
    carla: Staff, rosa: Staff, as_staff: SignedIn
):
    number = record_of(carla, seen_by=rosa)
    before = read(as_staff(rosa).get(f"/records/{number}/").content).text
    state(carla, number, WITH_ADULTS)
    words = "placed with adults who are strangers"
    assert read(as_staff(rosa).get(f"/records/{number}/").content).text == before
    assert words in read(as_staff(carla).get(f"/records/{number}/").content).text
    found = look(rosa.who, number, purpose=Purpose.PROTECT, asked=Asked())
    assert found.answer.folded.earliest.child["placed_with_adults"] == CLOSED


def test_the_order_of_the_list_does_not_tell_what_is_late_for_others(carla: Staff, rosa: Staff):
    for _ in range(2):
        record_of(carla, seen_by=rosa)
    before = [card.number for card in listed(rosa).cards]
    last = before[-1]
    state(carla, last, WITH_ADULTS, Statement(type="child_presumed", values={"presumed_on": ["claim"]}))
    with with_context(agency=rosa.agency, actor=rosa.person, purpose="work_list"):
        by_all = [one.root.number for one in roots_waiting(rosa.agency, skip=0, at_most=9)]
        by_own = Which(by_own=Role.SCHOOL)
        own = [one.root.number for one in roots_waiting(rosa.agency, skip=0, at_most=9, which=by_own)]
    assert by_all == [last, before[0]]
    assert own == before == [card.number for card in listed(rosa).cards]


def test_own_duties_do_order_the_list_of_who_sees_no_others(carla: Staff):
    triage = make_staff("dana", Role.TRIAGE_TEAM)
    concern = Statement(type="concern_registered", values={"channel": "telephone"})
    calm, late = record_of(carla, seen_by=triage), record_of(carla, concern, seen_by=triage)
    found = listed(triage)
    assert [card.number for card in found.cards] == [late, calm]
    assert [sum(card.counts.values()) > card.count(DutyState.MET) for card in found.cards] == [True, False]


def test_of_many_records_those_opened_last_come_first_to_who_sees_own_duties(
    carla: Staff, rosa: Staff, monkeypatch: pytest.MonkeyPatch
):
    numbers = [record_of(carla, seen_by=rosa) for _ in range(3)]
    state(carla, numbers[0], WITH_ADULTS)
    monkeypatch.setattr("encircle.records.waiting.FEW", 0)
    found = listed(rosa)
    assert [card.number for card in found.cards] == numbers[::-1]
    assert (found.by_urgency, found.sifted.newest, listed(carla).by_urgency) == (False, True, True)


def test_a_list_tells_no_status_that_only_says_that_there_is_a_concern(carla: Staff, judge: Staff):
    concern = Statement(type="concern_registered", values={"channel": "telephone"})
    presumed = Statement(type="status_set", values={"status": "presumed_victim", "status_reasons": "signs"})
    bare, heard = record_of(carla, seen_by=judge), record_of(carla, concern, seen_by=judge)
    known = record_of(carla, presumed, seen_by=judge)
    told = {card.number: (card.protection, card.status_is_open) for card in listed(judge).cards}
    assert told == {bare: (None, False), heard: (None, False), known: ("presumed_victim", True)}
    full = {card.number: card.protection for card in listed(carla).cards}
    assert full == {bare: None, heard: "concern", known: "presumed_victim"}


def test_nobody_sifts_by_a_status_that_is_closed_to_them(carla: Staff, judge: Staff, as_staff: SignedIn):
    concern = Statement(type="concern_registered", values={"channel": "telephone"})
    for status in ("none", "concern"):
        before = listed(judge, Sifted(protection=status))
        assert before.sifted.protection == ""
        assert status not in before.statuses
    numbers = [record_of(carla, seen_by=judge), record_of(carla, concern, seen_by=judge)]
    found = listed(judge, Sifted(protection="concern"))
    assert sorted(card.number for card in found.cards) == sorted(numbers)
    (own,) = [card.number for card in listed(carla, Sifted(protection="concern")).cards]
    assert own == numbers[1]
    assert 'value="concern"' not in as_staff(judge).get("/records/").content.decode()
    assert 'value="concern"' in as_staff(carla).get("/records/").content.decode()


def test_how_many_proceedings_there_are_is_not_told_beside_those_that_are_open(
    carla: Staff, judge: Staff, as_staff: SignedIn
):
    family = Statement(type="proceeding_opened", values={"proceeding_kind": "family"})
    hidden = [
        Statement(type="proceeding_opened", values={"proceeding_kind": kind})
        for kind in ("asylum", "responsibility_transfer")
    ]
    number = record_of(carla, family, seen_by=judge)
    before = read(as_staff(judge).get(f"/records/{number}/").content).text
    state(carla, number, *hidden)
    assert read(as_staff(judge).get(f"/records/{number}/").content).text == before
    assert "1 open" in before
    assert "Whether there are others is not open to your role" in before


def test_a_day_ahead_does_not_tell_of_which_kind_a_closed_proceeding_is(carla: Staff, judge: Staff):
    number = record_of(carla, seen_by=judge)
    said = []
    for kind in ("asylum", "responsibility_transfer", "family"):
        said.append(Statement(type="proceeding_opened", values={"proceeding_kind": kind}, label=kind))
        at = {"at": f"{DAY}T09:00", "proceeding": f"@{kind}"}
        said.append(Statement(type="hearing_scheduled", values=at))
    state(carla, number, *said)
    lanes = sorted(one.lane for one in coming_of(judge.who, purpose=Purpose.COOPERATE).items)
    assert lanes == ["family", OTHER, OTHER]
    with (
        with_context(agency=judge.agency, actor=judge.person, purpose="cooperate"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT lane FROM calendar_row WHERE code = 'hearing' ORDER BY lane")
        assert [lane for (lane,) in cursor.fetchall()] == ["asylum", "family", "responsibility_transfer"]
