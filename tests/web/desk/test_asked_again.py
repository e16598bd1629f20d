"""Asked again: the supervisor sees how often people of the agency took a child's account again, and why; nobody else does."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from encircle.actions.act import Statement, perform
from encircle.actions.asked_again import asked_again
from encircle.core.asked_again import Reason
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from tests.actions.test_watching import with_role
from tests.database import TestDatabase
from tests.web.api.conftest import problem, program_of, told
from tests.web.desk.test_emergency import led_by
from tests.web.desk.test_missing_list import let_in
from tests.web.page.test_manner import AsStaff
from tests.web.reading import Page, read
from tests.web.world import Staff, journal_of, make_staff

pytestmark = pytest.mark.usefixtures("database")
PAGE = "/looks/asked-again/"
LACKS = "The first talk did not say who drove the car."
SAID = Statement(
    type="account_told",
    label="a",
    values={"told_to": "school", "spontaneous": True, "said": "He kept my passport."},
    happened="2026-03-01",
)


def state(staff: Staff, number: str, *statements: Statement) -> None:
    perform(staff.who, number, list(statements), token=str(uuid4()))


def interview(label: str, day: str, purpose: str = "investigative") -> Statement:
    return Statement(type="interview_held", label=label, values={"purpose": purpose}, happened=day)


def twice(staff: Staff, *, second: str = "2026-03-20") -> str:
    """A record on which that agency interviewed the child a second time, and wrote no reason."""
    number = led_by(staff)
    state(staff, number, interview("i", "2026-03-02"), interview("j", second))
    return number


@pytest.fixture
def supervisor(carla: Staff) -> Staff:
    return with_role(carla, Role.SUPERVISOR)


def shown(staff: Staff, as_staff: AsStaff, query: str = "?since=2026-01-01") -> Page:
    answer = as_staff(staff).get(f"{PAGE}{query}")
    assert answer.status_code == 200
    page = read(answer.content)
    assert (page.problems, page.count("h1")) == ([], 1)
    return page


def test_each_time_stands_with_its_reason_or_that_none_is_written(
    carla: Staff, supervisor: Staff, as_staff: AsStaff
):
    number = led_by(carla)
    state(carla, number, SAID)
    needed = Statement(
        type="interview_necessity_decided", label="i", values={"lacking": LACKS}, happened="2026-03-10"
    )
    held = Statement(
        type="interview_held", subject="@i", values={"purpose": "testimony"}, happened="2026-03-12"
    )
    state(carla, number, needed, held)
    state(carla, number, interview("j", "2026-03-20"))
    page = shown(supervisor, as_staff)
    for words in (
        "2 times a child was asked again.",
        "1 time no reason was on record at that moment.",
        "Interview: testimony",
        LACKS,
        "Decided before that it was necessary",
        "No reason written",
    ):
        assert words in page.text
    assert "passport" not in page.text
    assert f"/records/{number}/" in page.links
    assert journal_of(supervisor)[-1] == ("look", "asked_again_shown", "supervise", "F", False)


def test_the_first_account_asks_nothing_again_and_days_bound_what_is_counted(
    carla: Staff, supervisor: Staff, as_staff: AsStaff
):
    number = twice(carla)
    assert number in shown(supervisor, as_staff).text
    before = shown(supervisor, as_staff, "?since=2026-03-01&until=2026-03-19")
    assert ("0 times a child was asked again." in before.text, number in before.text) == (True, False)
    found = asked_again(supervisor.who, since="2026-03-20", until="2026-03-20")
    assert [(one.how, one.times, one.repeats, one.again[Reason.NONE]) for one in found.counted] == [
        ("investigative", 1, 1, 1)
    ]
    nothing = shown(supervisor, as_staff, "?since=2026-04-01")
    assert "No account was taken in these days" in nothing.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?since=spring", "Write a day such as 2026-11-28."),
        ("?until=0000-00-00", "Write a day such as 2026-11-28."),
        ("?since=2026-05-01&until=2026-04-01", "The last day lies before the first."),
    ],
)
def test_days_that_cannot_be_read_are_told_at_the_field_and_kept(
    query: str, words: str, supervisor: Staff, as_staff: AsStaff
):
    answer = as_staff(supervisor).get(f"{PAGE}{query}")
    page = read(answer.content)
    assert (answer.status_code, page.problems, words in page.text) == (422, [], True)
    assert f'value="{query.rpartition("=")[2]}"' in answer.content.decode()


def test_it_is_for_the_supervisor_of_that_agency_alone(carla: Staff, eva: Staff, as_staff: AsStaff):
    twice(carla)
    officer = with_role(carla, Role.DATA_PROTECTION_OFFICER)
    for staff in (carla, eva, officer):
        assert as_staff(staff).get(PAGE).status_code == 403
        assert PAGE not in read(as_staff(staff).get("/looks/").content).links
    assert PAGE in read(as_staff(with_role(carla, Role.SUPERVISOR)).get("/looks/").content).links


def test_acts_of_another_agency_are_not_counted_also_on_a_record_that_both_see(
    carla: Staff, supervisor: Staff, as_staff: AsStaff
):
    dmitri = make_staff("dmitri", Role.POLICE)
    over_there = with_role(dmitri, Role.SUPERVISOR)
    number = led_by(carla)
    state(carla, number, interview("i", "2026-03-02"))
    let_in(carla, number, dmitri)
    state(dmitri, number, interview("j", "2026-03-20"))
    assert "1 time a child was asked again." in shown(over_there, as_staff).text
    ours = shown(supervisor, as_staff).text
    assert ("0 times a child was asked again." in ours, number in ours) == (True, False)


def test_a_record_that_is_hidden_or_closed_to_who_looks_is_not_counted(
    carla: Staff, supervisor: Staff, as_staff: AsStaff
):
    number = twice(carla)
    assert number in shown(supervisor, as_staff).text
    let_in(carla, number, supervisor, Relation.ADVERSE)
    page = shown(supervisor, as_staff)
    assert ("No account was taken in these days" in page.text, number in page.text) == (True, False)


def test_many_repeats_make_pages_and_the_queries_do_not_grow(
    carla: Staff, supervisor: Staff, as_staff: AsStaff, monkeypatch: pytest.MonkeyPatch
):
    first = twice(carla)
    asked_again(supervisor.who)
    with CaptureQueriesContext(connection) as one:
        asked_again(supervisor.who, since="2026-01-01")
    second = twice(carla, second="2026-03-25")
    twice(carla, second="2026-03-22")
    with CaptureQueriesContext(connection) as three:
        asked_again(supervisor.who, since="2026-01-01")
    assert len(three) == len(one)
    monkeypatch.setattr("encircle.actions.asked_again.ON_A_PAGE", 2)
    page = shown(supervisor, as_staff)
    assert (second in page.text, first in page.text, "3 times a child" in page.text) == (True, False, True)
    assert first in shown(supervisor, as_staff, "?since=2026-01-01&page=2").text


def test_where_there_are_too_many_records_nothing_is_counted_rather_than_too_little(
    carla: Staff, supervisor: Staff, as_staff: AsStaff, monkeypatch: pytest.MonkeyPatch
):
    number = twice(carla)
    monkeypatch.setattr("encircle.actions.asked_again.MOST_RECORDS", 0)
    page = shown(supervisor, as_staff)
    assert ("Choose a shorter time" in page.text, number in page.text) == (True, False)


def test_a_program_of_the_supervisor_reads_the_same_and_others_read_nothing(
    database: TestDatabase, carla: Staff, supervisor: Staff
):
    number = twice(carla)
    program = program_of(database, supervisor, purposes=[Purpose.SUPERVISE])
    found = told(program.get("/asked-again?since=2026-01-01", Purpose.SUPERVISE))
    assert (found["since"], found["too_many"], found["more"]) == ("2026-01-01", False, False)
    assert found["counted"] == [
        {
            "how": "investigative",
            "times": 2,
            "again": {"decided": 0, "set_aside": 0, "afterwards": 0, "none": 1},
            "perhaps": 0,
            "sessions": 0,
        }
    ]
    (one,) = found["repeats"]
    assert (one["number"], one["again"], one["reason"], one["words"]) == (number, "yes", "none", "")
    wrong = problem(program.get("/asked-again?since=2026-02-30", Purpose.SUPERVISE))
    assert (wrong["status"], "Write a day" in str(wrong)) == (422, True)
    assert problem(program_of(database, carla).get("/asked-again", Purpose.SUPERVISE))["status"] == 403
