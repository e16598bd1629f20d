"""Missing children across records: who is missing now, who was found and for whom something is due; of others nothing."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from encircle.actions import missing as acts
from encircle.actions.act import Statement, perform
from encircle.actions.context import at_work
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.api.conftest import program_of, told
from tests.web.desk.test_emergency import led_by
from tests.web.page.test_manner import AsStaff
from tests.web.reading import Page, read
from tests.web.world import Staff, journal_of, make_staff

pytestmark = pytest.mark.usefixtures("database")

REPORTED = Statement(type="missing_reported", label="m", values={"reported_to": "police"})


def episode(type_: str, **values: object) -> Statement:
    return Statement(type=type_, subject="@m", values=values)


def state(staff: Staff, number: str, *statements: Statement) -> None:
    perform(staff.who, number, list(statements), token=str(uuid4()))


def let_in(staff: Staff, number: str, other: Staff, relation: Relation = Relation.TEAM) -> None:
    with at_work(staff.who, Purpose.PROTECT):
        root = root_numbered(number)
        assert root is not None
        add_member(root.id, other.agency, relation=relation)


def listed(staff: Staff, as_staff: AsStaff, query: str = "") -> Page:
    answer = as_staff(staff).get(f"/missing/{query}")
    assert answer.status_code == 200
    page = read(answer.content)
    assert (page.problems, page.count("h1")) == ([], 1)
    return page


@pytest.fixture
def gone(carla: Staff) -> str:
    number = led_by(carla)
    state(carla, number, REPORTED, episode("missing_risk_assessed", danger="grave"))
    return number


@pytest.fixture
def found(carla: Staff) -> str:
    number = led_by(carla)
    state(carla, number, REPORTED, episode("missing_located", alert_hit=True))
    return number


def test_where_nobody_is_missing_it_says_so_and_where_that_is_recorded(carla: Staff, as_staff: AsStaff):
    led_by(carla)
    page = listed(carla, as_staff)
    assert "No child is missing, as far as is on record" in page.text
    assert "/missing/" in read(as_staff(carla).get("/").content).links


def test_who_is_missing_stands_first_with_danger_owner_and_time(
    gone: str, found: str, carla: Staff, as_staff: AsStaff
):
    page = listed(carla, as_staff)
    assert page.text.index(gone) < page.text.index(found)
    for words in (
        "Missing since",
        "Police not told",
        "Danger: grave",
        "No alert, others not told",
        "Response to a missing child",
        "at once; there is no waiting time",
        "Measures not decided",
        "Decision for a child located after an alert",
    ):
        assert words in page.text
    assert f"/records/{gone}/missing/" in page.links


def test_it_is_narrowed_to_those_missing_or_to_those_found(
    gone: str, found: str, carla: Staff, as_staff: AsStaff
):
    for query, shown, hidden in (("?show=missing", gone, found), ("?show=found", found, gone)):
        text = listed(carla, as_staff, query).text
        assert (shown in text, hidden in text) == (True, False)
    assert gone in listed(carla, as_staff, "?show=%00").text


def test_when_all_is_done_the_child_leaves_the_list(carla: Staff, as_staff: AsStaff):
    number = led_by(carla)
    steps = (
        REPORTED,
        episode("missing_police_reported"),
        episode("missing_risk_assessed", danger="possible"),
        episode("missing_others_told", told=["guardian"]),
        episode("missing_located", alert_hit=False),
        episode("missing_returned", safe_and_well=True),
    )
    state(carla, number, *steps)
    assert "Return interview" in listed(carla, as_staff).text
    (child,) = acts.missing_children(carla.who).items
    assert (child.stands, child.danger) == (acts.Stands.RETURNED, "possible")
    held = Statement(type="return_interview_held", subject=child.subject, values={"independent": True})
    state(carla, number, held)
    assert number not in listed(carla, as_staff).text


def test_a_record_that_is_hidden_is_as_one_that_is_not_there(
    gone: str, carla: Staff, eva: Staff, as_staff: AsStaff
):
    assert gone not in listed(eva, as_staff).text
    against = make_staff("against", Role.CHILD_PROTECTION_SERVICE)
    let_in(carla, gone, against)
    assert gone in listed(against, as_staff).text
    let_in(carla, gone, against, Relation.ADVERSE)
    page = listed(against, as_staff)
    assert gone not in page.text
    assert "No child is missing, as far as is on record" in page.text


def test_who_sees_own_duties_alone_is_not_told_by_the_list_what_others_still_owe(
    carla: Staff, as_staff: AsStaff
):
    number = led_by(carla)
    school = make_staff("school", Role.SCHOOL)
    let_in(carla, number, school)
    state(carla, number, REPORTED)
    missing = listed(school, as_staff)
    assert number in missing.text
    assert "Response to a missing child" not in missing.text
    (child,) = acts.missing_children(carla.who).items
    state(carla, number, Statement(type="missing_returned", subject=child.subject))
    assert number in listed(carla, as_staff).text
    assert number not in listed(school, as_staff).text


def test_a_role_to_which_nothing_of_it_is_open_is_offered_no_way_there(as_staff: AsStaff):
    helpline = make_staff("helpline", Role.HELPLINE)
    assert "/missing/" not in read(as_staff(helpline).get("/").content).links
    ministry = make_staff("ministry", Role.MINISTRY)
    assert as_staff(ministry).get("/missing/").status_code == 403


def test_three_children_cost_as_many_queries_as_one(gone: str, carla: Staff, as_staff: AsStaff):
    client = as_staff(carla)
    client.get("/missing/")
    with CaptureQueriesContext(connection) as one:
        client.get("/missing/")
    for _ in range(2):
        state(carla, led_by(carla), REPORTED)
    with CaptureQueriesContext(connection) as three:
        client.get("/missing/")
    assert len(three) == len(one)


def test_pages_follow_one_another_and_leave_nobody_out(
    carla: Staff, as_staff: AsStaff, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(acts, "ON_A_PAGE", 2)
    numbers = {led_by(carla) for _ in range(5)}
    for number in numbers:
        state(carla, number, REPORTED)
    met: list[str] = []
    for page in (1, 2, 3):
        text = listed(carla, as_staff, f"?page={page}").text
        met += [number for number in numbers if number in text]
    assert sorted(met) == sorted(numbers)
    assert "Nothing on this page" in listed(carla, as_staff, "?page=4").text


def test_a_look_at_it_is_journalled(gone: str, carla: Staff, as_staff: AsStaff):
    listed(carla, as_staff)
    assert journal_of(carla)[-1] == ("look", "missing_listed", "work_list", "M", False)


def test_a_program_reads_the_same(database: TestDatabase, gone: str, found: str, carla: Staff):
    program = program_of(database, carla)
    said = told(program.get("/missing", Purpose.WORK_LIST))
    assert [(one["number"], one["stands"], one["danger"]) for one in said["children"]] == [
        (gone, "missing", "grave"),
        (found, "located", None),
    ]
    only = told(program.get("/missing?show=found", Purpose.WORK_LIST))["children"]
    assert [one["number"] for one in only] == [found]
    assert program.get("/missing?show=x", Purpose.WORK_LIST).status_code == 422


@pytest.mark.parametrize("few", [0, 500], ids=["walked along the order", "looked up by record"])
def test_pages_go_on_from_the_missing_to_the_found_and_name_each_child_once(
    carla: Staff, eva: Staff, monkeypatch: pytest.MonkeyPatch, few: int
):
    monkeypatch.setattr("encircle.actions.missing.ON_A_PAGE", 2)
    monkeypatch.setattr("encircle.records.waiting.FEW", few)
    one, two, three, back = (led_by(carla) for _ in range(4))
    for number in (one, two, three):
        state(carla, number, REPORTED)
    again = Statement(type="missing_reported", label="n", values={"reported_to": "police"})
    state(carla, back, REPORTED, episode("missing_located", alert_hit=True))
    state(carla, back, again, Statement(type="missing_located", subject="@n", values={"alert_hit": True}))
    pages = [acts.missing_children(carla.who, page=page) for page in (1, 2, 3)]
    numbers = [list(dict.fromkeys(item.number for item in page.items)) for page in pages]
    assert [page.more for page in pages] == [True, False, False]
    assert ({*numbers[0], numbers[1][0]}, numbers[1][1:], numbers[2]) == ({one, two, three}, [back], [])
    found = acts.missing_children(carla.who, stands="found")
    assert (list({item.number for item in found.items}), found.more) == ([back], False)
    assert acts.missing_children(eva.who).items == ()
