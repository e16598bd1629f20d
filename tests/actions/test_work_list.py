"""Lists read rows: late ones first, then what is due soonest, at the same cost for one and for three, each journalled."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from encircle.actions.record import records_of
from encircle.actions.work_list import WorkItem, duties_of
from encircle.core.duty import DutyState
from encircle.law.duty import Standing
from encircle.records.roots import add_member, open_root
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.actions.stating import state
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact
from tests.web.world import Staff, journal_of, make_staff

LIST = Purpose.WORK_LIST


@pytest.fixture(autouse=True)
def _a_country_with_numbers(settings: Settings) -> None:
    """England has numbers of practice, so that something there can be overdue."""
    settings.COUNTRY = "gb"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    """Triage is her agency's task."""
    return make_staff("carla", Role.TRIAGE_TEAM)


@pytest.fixture
def eva(database: TestDatabase) -> Staff:
    return make_staff("eva", Role.NGO)


def at_work(staff: Staff) -> Actor:
    return Actor(staff.person, staff.agency)


def a_child(staff: Staff, *, name: str = "", concern: str = "") -> RootId:
    """A child with a presumed status; with a concern of that day, the first decision on it is due a day later."""
    actor = at_work(staff)
    with actor.at_work() as ctx:
        root = open_root(Kind.CHILD, ctx=ctx)
    told: list[tuple[str, dict[str, object]]] = [
        ("age_claimed", {"claimed_child": True, "claimed_years": 15})
    ]
    if name:
        told.append(("name_recorded", {"name_used": name}))
    for kind, payload in told:
        state(
            a_fact(root, read_payload(kind, payload), type_name=kind, by=actor), who=staff.who, follows=None
        )
    if concern:
        registered = a_fact(
            root,
            read_payload("concern_registered", {"channel": "telephone"}),
            by=actor,
            type_name="concern_registered",
            happened=concern,
            learnt=datetime.fromisoformat(f"{concern}:00+03:00").astimezone(UTC),
        )
        state(registered, who=staff.who, follows=None)
    return root


def number_of(root: RootId, staff: Staff) -> str:
    with at_work(staff).at_work(), connection.cursor() as cursor:
        cursor.execute("SELECT number FROM root WHERE id = %s", (root,))
        number: str = cursor.fetchone()[0]
    return number


def place(item: WorkItem) -> tuple[object, ...]:
    """Where a duty belongs in the list."""
    late = item.state in (DutyState.OVERDUE, DutyState.BREACHED)
    dated = item.standing in (Standing.LAW, Standing.SOP) and item.due_latest is not None
    rank = 0 if late else 3 if item.state is DutyState.UNKNOWN else 1 if dated else 2
    never = datetime.max.replace(tzinfo=UTC)
    return (rank, item.due_latest or never, item.raised_at or never)


def test_records_with_something_late_come_first_the_longest_overdue_before_all(carla: Staff):
    calm = a_child(carla)
    later = a_child(carla, concern="2026-05-08T10:00")
    sooner = a_child(carla, concern="2026-05-02T10:00")
    found = records_of(carla.who, purpose=LIST)
    assert [card.number for card in found.cards] == [number_of(root, carla) for root in (sooner, later, calm)]
    assert [card.count(DutyState.OVERDUE) > 0 for card in found.cards] == [True, True, False]


def test_a_card_tells_name_status_and_what_waits_as_the_record_itself_does(carla: Staff):
    root = a_child(carla, name="Aino", concern="2026-05-02T10:00")
    (card,) = records_of(carla.who, purpose=LIST).cards
    with at_work(carla).at_work(), connection.cursor() as cursor:
        own = "root_id = %s AND owner = 'triage_team'"
        cursor.execute(f"SELECT state, count(*) FROM duty_row WHERE {own} GROUP BY state", (root,))
        counted = dict(cursor.fetchall())
    assert (card.name, card.kind, card.protection, card.raised) == ("Aino", Kind.CHILD, "concern", 0)
    assert dict(card.counts) == counted != {}


def test_a_name_that_was_corrected_or_taken_back_is_not_shown(carla: Staff):
    actor = at_work(carla)
    root = a_child(carla)
    names = [read_payload("name_recorded", {"name_used": name}) for name in ("Anna", "Aino")]
    first = state(a_fact(root, names[0], by=actor), who=carla.who, follows=None)
    second = a_fact(root, names[1], by=actor, corrects=first.id)
    state(second, who=carla.who, follows=first.id)
    assert [card.name for card in records_of(carla.who, purpose=LIST).cards] == ["Aino"]
    taken_back = a_fact(
        root,
        read_payload("withdrawal", {"withdrawal_reasons": "It is another child's."}),
        by=actor,
        type_name="withdrawal",
        withdraws=first.id,
    )
    state(taken_back, who=carla.who, follows=second.id)
    assert [card.name for card in records_of(carla.who, purpose=LIST).cards] == [""]


@pytest.mark.parametrize("listed", [records_of, duties_of])
def test_three_records_cost_as_many_queries_as_one(listed: object, carla: Staff):
    assert callable(listed)
    a_child(carla, name="Aino", concern="2026-05-02T10:00")
    listed(carla.who, purpose=LIST)
    with CaptureQueriesContext(connection) as one:
        listed(carla.who, purpose=LIST)
    for _ in range(2):
        a_child(carla, name="Aino", concern="2026-05-02T10:00")
    with CaptureQueriesContext(connection) as three:
        listed(carla.who, purpose=LIST)
    assert len(three) == len(one)


def test_the_work_list_holds_the_open_duties_of_the_agency_late_ones_first(carla: Staff):
    roots = [a_child(carla, concern=day) for day in ("2026-05-08T10:00", "2026-05-02T10:00")]
    found = duties_of(carla.who, purpose=LIST)
    assert [place(item) for item in found.items] == sorted(place(item) for item in found.items)
    late = [item for item in found.items if item.state is DutyState.OVERDUE]
    assert {item.number for item in late} == {number_of(root, carla) for root in roots}
    assert {item.owner for item in found.items} == {Role.TRIAGE_TEAM}
    assert {item.agency for item in found.items} == {carla.agency}
    assert [item for item in found.items if item.rule is None] == []
    assert [item for item in found.items if item.state in (DutyState.MET, DutyState.LIFTED)] == []


def test_a_work_list_comes_in_pages_that_leave_nothing_out(carla: Staff, monkeypatch: pytest.MonkeyPatch):
    for _ in range(2):
        a_child(carla, concern="2026-05-02T10:00")
    whole = duties_of(carla.who, purpose=LIST)
    monkeypatch.setattr("encircle.actions.work_list.ON_A_PAGE", 2)
    pages, number = [], 1
    while (page := duties_of(carla.who, purpose=LIST, page=number)).items:
        pages.append(page)
        number += 1
    assert [item for page in pages for item in page.items] == list(whole.items)
    assert [page.more for page in pages] == [True] * (len(pages) - 1) + [False]
    assert len(pages) > 1


def test_what_several_agencies_of_one_role_could_owe_is_on_the_list_of_each(carla: Staff):
    dana = make_staff("dana", Role.TRIAGE_TEAM)
    root = a_child(carla, concern="2026-05-02T10:00")
    alone = duties_of(carla.who, purpose=LIST).items
    with at_work(carla).at_work():
        add_member(root, dana.agency, relation="team")
    register = a_fact(root, read_payload("child_presumed", {"presumed_on": ["claim"]}), by=at_work(carla))
    state(register, who=carla.who, follows=None)
    first, second = (duties_of(staff.who, purpose=LIST).items for staff in (carla, dana))
    assert [item.code for item in first] == [item.code for item in second]
    assert {item.agency for item in first} == {None}
    assert {item.code for item in alone} <= {item.code for item in first}


def test_who_has_another_role_than_the_agency_sees_what_that_role_has_to_do(carla: Staff):
    root = a_child(carla, concern="2026-05-02T10:00")
    with at_work(carla).at_work():
        add_member(root, (school := make_staff("lead", Role.SCHOOL)).agency, relation="team")
    lead = replace(school.who, role=Role.CASE_LEAD)
    assert duties_of(school.who, purpose=LIST).items == ()
    found = duties_of(lead, purpose=LIST).items
    assert {(item.owner, item.agency) for item in found} == {(Role.CASE_LEAD, None)}


def test_the_case_lead_of_the_child_owes_what_a_case_lead_owes(carla: Staff):
    root = a_child(carla)
    lead = make_staff("lead", Role.SCHOOL)
    with at_work(carla).at_work():
        add_member(root, lead.agency, relation="case_lead")
    register = a_fact(root, read_payload("child_presumed", {"presumed_on": ["claim"]}), by=at_work(carla))
    state(register, who=carla.who, follows=None)
    found = duties_of(lead.who, purpose=LIST).items
    assert {(item.owner, item.agency) for item in found} == {(Role.CASE_LEAD, lead.agency)}


def test_the_duties_of_another_agency_are_not_on_the_list(carla: Staff):
    dmitri = make_staff("dmitri", Role.POLICE)
    root = a_child(carla, concern="2026-05-02T10:00")
    with at_work(carla).at_work():
        add_member(root, dmitri.agency, relation="team")
    owners = {item.owner for item in duties_of(dmitri.who, purpose=LIST).items}
    assert owners <= {Role.POLICE}


def test_an_agency_with_many_records_gets_the_same_lists_as_one_with_few(
    carla: Staff, monkeypatch: pytest.MonkeyPatch
):
    dana = make_staff("dana", Role.TRIAGE_TEAM)
    for day in ("2026-05-08T10:00", "2026-05-02T10:00"):
        root = a_child(carla, concern=day)
        with at_work(carla).at_work():
            add_member(root, dana.agency, relation="team")
        register = a_fact(root, read_payload("child_presumed", {"presumed_on": ["claim"]}), by=at_work(carla))
        state(register, who=carla.who, follows=None)

    def listed() -> tuple[object, object]:
        return records_of(carla.who, purpose=LIST).cards, duties_of(carla.who, purpose=LIST).items

    few = listed()
    monkeypatch.setattr("encircle.records.waiting.FEW", 0)
    assert listed() == few
    assert all(few)


def test_eva_sees_nothing_on_either_list(carla: Staff, eva: Staff):
    a_child(carla, name="Aino", concern="2026-05-02T10:00")
    assert records_of(eva.who, purpose=LIST).cards == ()
    assert duties_of(eva.who, purpose=LIST).items == ()


def test_who_takes_part_no_more_has_the_record_on_no_list(carla: Staff, database: TestDatabase):
    root = a_child(carla, concern="2026-05-02T10:00")
    assert duties_of(carla.who, purpose=LIST).items != ()
    with database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE membership SET until = now() WHERE root_id = %s", (root,))
    assert records_of(carla.who, purpose=LIST).cards == ()
    assert duties_of(carla.who, purpose=LIST).items == ()


def test_a_look_at_the_work_list_is_journalled(eva: Staff):
    duties_of(eva.who, purpose=LIST)
    assert journal_of(eva) == [("look", "duties_listed", "work_list", "", False)]


def test_a_duty_is_overdue_from_the_moment_on_before_a_sweep_has_come_by(
    carla: Staff, database: TestDatabase
):
    root = a_child(carla, concern="2026-05-02T10:00")
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE duty_row SET state = 'open', urgency = 1 WHERE root_id = %s AND urgency = 0", (root,)
        )
    late = [item for item in duties_of(carla.who, purpose=LIST).items if item.state is DutyState.OVERDUE]
    assert late != []
    assert all(item.due_latest < datetime.now(UTC) + timedelta(0) for item in late if item.due_latest)
