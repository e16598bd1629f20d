"""What a child writes on the own page stands on the list of who leads the case, until somebody has answered."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from encircle.actions.act import Statement, perform
from encircle.actions.childs_page.handing import Check, Company, Device, hand_over
from encircle.records.facts import facts_of
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.records.world import Actor
from tests.web.reading import read
from tests.web.world import Staff, journal_of, load, make_staff

AsStaff = Callable[[Staff], Client]
SAFE = Check(Company.ALONE, Device.OWN, wished=True)


def write(number: str, staff: Staff, page: str, words: str, about: str) -> None:
    """As the child, with the code that this worker gave."""
    client = Client()
    client.post("/my/", {"code": hand_over(staff.who, number, SAFE, token=str(uuid4()))})
    way = "complain_on_record" if page == "complain" else page
    form = {"words": words, "about": about, "token": str(uuid4()), "way": way}
    answer = client.post(f"/my/{page}/", form)
    assert answer.status_code == 302


def written(number: str, staff: Staff, type_: str) -> str:
    """The thing that this fact of the record is about."""
    with Actor(staff.person, staff.agency).at_work():
        root = root_numbered(number)
        assert root is not None
        return str(next(fact.subject or fact.id for fact in facts_of(root.id) if fact.type == type_))


def test_what_the_child_wrote_is_on_the_work_list_without_its_words(
    aino: str, carla: Staff, as_staff: AsStaff
):
    assert "The child has written" not in read(as_staff(carla).get("/").content).text
    write(aino, carla, "say", "I want to stay with Bo.", "placement")
    answer = as_staff(carla).get("/")
    page = read(answer.content)
    assert page.problems == []
    assert "The child has written what the child thinks" in page.text
    assert "stay with Bo" not in answer.content.decode()
    subject = written(aino, carla, "view_heard")
    assert (
        f"/records/{aino}/record/views-answered/?view_answered-subject={subject}" in answer.content.decode()
    )
    (listed,) = [entry for entry in journal_of(carla) if entry[1] == "duties_listed"][-1:]
    assert "V" in str(listed[3])


def test_the_way_leads_to_the_form_with_the_view_chosen(aino: str, carla: Staff, as_staff: AsStaff):
    write(aino, carla, "say", "I want to stay with Bo.", "placement")
    subject = written(aino, carla, "view_heard")
    form = as_staff(carla).get(f"/records/{aino}/record/views-answered/?view_answered-subject={subject}")
    assert form.status_code == 200
    assert subject in form.content.decode()


@pytest.mark.parametrize(
    ("page", "about", "made", "answered"),
    [
        ("say", "placement", "view_heard", "view_answered"),
        ("complain", "carer", "complaint_made", "complaint_acknowledged"),
    ],
)
def test_it_leaves_the_list_when_the_child_has_been_answered(
    page: str, about: str, made: str, answered: str, aino: str, carla: Staff, as_staff: AsStaff
):
    write(aino, carla, page, "Listen.", about)
    assert "The child has" in read(as_staff(carla).get("/").content).text
    answer = Statement(type=answered, subject=written(aino, carla, made), values={})
    perform(carla.who, aino, [answer], token=str(uuid4()))
    assert "The child has" not in read(as_staff(carla).get("/").content).text


def test_the_record_tells_it_too(aino: str, carla: Staff, as_staff: AsStaff):
    write(aino, carla, "complain", "He shouts.", "carer")
    page = read(as_staff(carla).get(f"/records/{aino}/").content)
    assert page.problems == []
    assert "The child has made a complaint" in page.text
    assert "Record the answer" in page.text


def test_a_role_that_does_not_lead_and_an_agency_outside_are_not_told(
    aino: str, carla: Staff, eva: Staff, as_staff: AsStaff
):
    school = make_staff("school", Role.SCHOOL)
    supervisor = make_staff("supervisor", Role.SUPERVISOR)
    write(aino, carla, "say", "Listen.", "other")
    with Actor(carla.person, carla.agency).at_work():
        root = root_numbered(aino)
        assert root is not None
        for one in (school, supervisor):
            add_member(root.id, one.agency, relation="team")
    told = {
        staff.login: "The child has written" in read(as_staff(staff).get("/").content).text
        for staff in (carla, supervisor, school, eva)
    }
    assert list(told.values()) == [True, True, False, False]


def test_an_agency_of_many_records_is_told_as_one_of_few(
    aino: str, carla: Staff, as_staff: AsStaff, monkeypatch: pytest.MonkeyPatch
):
    write(aino, carla, "say", "Listen.", "other")
    monkeypatch.setattr("encircle.records.waiting.FEW", 0)
    assert "The child has written" in read(as_staff(carla).get("/").content).text


def test_two_children_cost_as_many_queries_as_one(
    aino: str, carla: Staff, as_staff: AsStaff, database: TestDatabase
):
    other = load(database, "8.1", seen_by=carla)
    write(aino, carla, "say", "Listen.", "other")
    client = as_staff(carla)
    client.get("/")
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    write(other, carla, "say", "Listen.", "other")
    with CaptureQueriesContext(connection) as two:
        client.get("/")
    assert len(two) == len(one)
