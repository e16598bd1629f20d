"""Open a case and say who takes part: told once, known children found first, a lead named, nobody shut out by mistake."""

import re
from collections.abc import Callable
from uuid import UUID, uuid4, uuid5

import pytest
from django.test import Client

from encircle.actions.act import AlreadySaved
from encircle.actions.case import NewCase, open_case
from encircle.actions.concern import Concern, register
from encircle.actions.triage import decide_concern
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff, make_staff, numbers_seen

AsStaff = Callable[[Staff], Client]
NEW = {
    "name": "Aino",
    "years": "15",
    "language": "et",
    "danger_now": "no",
    "why": "She sleeps at the station.",
    "do": "check",
}


@pytest.fixture
def dmitri(database: TestDatabase) -> Staff:
    return make_staff("dmitri", Role.POLICE)


def token_of(client: Client, path: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get(path).content.decode())
    assert found is not None
    return found[1]


def opened(staff: Staff, client: Client, **changed: str) -> str:
    before = set(numbers_seen(staff))
    form = {**NEW, "lead": staff.person, "token": token_of(client, "/records/new/"), **changed}
    answer = client.post("/records/new/", form)
    assert answer.status_code == 302, read(answer.content).text
    (number,) = set(numbers_seen(staff)) - before
    assert answer.headers["Location"] == f"/records/{number}/"
    return number


def test_a_case_is_opened_with_what_is_known_and_a_lead(carla: Staff, eva: Staff, as_staff: AsStaff):
    client = as_staff(carla)
    number = opened(carla, client)
    page = read(client.get(f"/records/{number}/").content).text
    assert "Aino" in page
    assert numbers_seen(eva) == []
    people = read(client.get(f"/records/{number}/people/").content)
    assert people.problems == []
    assert "Leads the case" in people.text
    assert number in read(client.get("/?whose=mine").content).text


def test_a_child_with_a_name_like_this_is_shown_before_another_record_is_opened(
    carla: Staff, as_staff: AsStaff
):
    client = as_staff(carla)
    number = opened(carla, client)
    form = {**NEW, "lead": carla.person, "token": token_of(client, "/records/new/")}
    answer = client.post("/records/new/", form)
    page = read(answer.content)
    assert (answer.status_code, page.problems) == (200, [])
    assert number in page.text
    assert len(numbers_seen(carla)) == 1
    assert client.post("/records/new/", {**form, "do": "open"}).status_code == 302
    assert len(numbers_seen(carla)) == 2


def test_what_the_concern_says_is_not_typed_again(database: TestDatabase, carla: Staff, as_staff: AsStaff):
    rosa, hanna = make_staff("rosa", Role.SCHOOL), make_staff("hanna", Role.TRIAGE_TEAM)
    said = Concern(text="A girl is never alone.", recipient=AgencyId(hanna.agency))
    concern = register(rosa.who, said, token="6b1f9f0e-7a55-4a7f-9d0e-2f5f3a3f1c12")
    decide_concern(
        hanna.who,
        concern,
        outcome="presumed_victim",
        priority="now",
        reasons="Never alone, never at school.",
        token="6b1f9f0e-7a55-4a7f-9d0e-2f5f3a3f1c13",
    )
    client = as_staff(hanna)
    assert concern in read(client.get("/triage/").content).text
    path = f"/records/new/?concern={concern}"
    form = {"name": "", "token": token_of(client, path), "concern": concern, "lead": hanna.person}
    assert "Why is the case opened?" not in read(client.get(path).content).text
    answer = client.post("/records/new/", {**form, "agency": rosa.agency, "do": "check"})
    assert answer.status_code == 302
    (number,) = set(numbers_seen(hanna)) - {concern}
    assert number in numbers_seen(rosa)
    assert concern not in read(client.get("/triage/").content).text
    assert client.post("/records/new/", {**form, "agency": rosa.agency, "do": "check"}).status_code == 302
    assert len(numbers_seen(hanna)) == 2


def test_without_the_link_to_its_concern_no_case_is_opened(database: TestDatabase):
    """The form that links was saved before with other words, so that the link is refused: nothing is left behind."""
    hanna = make_staff("hanna", Role.TRIAGE_TEAM)
    said = Concern(text="A girl is never alone.", recipient=AgencyId(hanna.agency))
    concern, token = register(hanna.who, said, token=str(uuid4())), str(uuid4())
    decided = {"outcome": "presumed_victim", "priority": "now", "reasons": "Never alone."}
    decide_concern(hanna.who, concern, **decided, token=str(uuid5(UUID(token), "concern")))
    with pytest.raises(AlreadySaved):
        open_case(hanna.who, NewCase(concern=concern), token=token)
    assert numbers_seen(hanna) == [concern]
    number = open_case(hanna.who, NewCase(concern=concern), token=str(uuid4()))
    assert sorted(numbers_seen(hanna)) == sorted([concern, number])


def test_what_is_missing_is_told_beside_its_field(carla: Staff, as_staff: AsStaff):
    client = as_staff(carla)
    form = {**NEW, "lead": carla.person, "token": token_of(client, "/records/new/")}
    answer = client.post("/records/new/", {**form, "years": "young", "why": ""})
    page = read(answer.content).text
    assert answer.status_code == 422
    assert "Write a number, such as 15." in page
    assert "Write why the case is opened." in page
    assert client.post("/records/new/", {**form, "language": "klingon!"}).status_code == 422
    assert numbers_seen(carla) == []


def test_an_agency_is_let_in_on_a_legal_basis_and_its_part_is_ended(
    carla: Staff, dmitri: Staff, as_staff: AsStaff
):
    client = as_staff(carla)
    number = opened(carla, client)
    path = f"/records/{number}/people/"
    form = {"do": "let", "agency": dmitri.agency, "relation": "team", "token": token_of(client, path)}
    answer = client.post(path, {**form, "basis": ""})
    assert (answer.status_code, numbers_seen(dmitri)) == (422, [])
    wrong = answer.content.decode()
    assert 'id="basis-problem"' in wrong
    assert f'value="{dmitri.agency}" selected' in wrong
    assert client.post(path, {**form, "basis": "Child Protection Act, § 31"}).status_code == 302
    assert numbers_seen(dmitri) == [number]
    page = client.get(path).content.decode()
    assert "ChildProtectionAct 31" in page
    assert "The agency of dmitri, takes part already" in read(page.encode()).text
    row = next(part for part in page.split("<tr>") if "The agency of dmitri" in part and "end-" in part)
    end = re.search(r'value="(end-[^"]+)"', row)
    assert end is not None
    assert client.post(path, {"do": end[1]}).status_code == 302
    assert numbers_seen(dmitri) == []


def test_the_last_case_lead_stays_until_another_one_is_named(carla: Staff, as_staff: AsStaff):
    client = as_staff(carla)
    path = f"/records/{opened(carla, client)}/people/"
    page = client.get(path).content.decode()
    row = next(part for part in page.split("<tr>") if "Leads the case" in part and "end-" in part)
    end = re.search(r'value="(end-[^"]+)"', row)
    assert end is not None
    answer = client.post(path, {"do": end[1]})
    assert answer.status_code == 409
    assert "Name another case lead first." in read(answer.content).text
    assert "Leads the case" in client.get(path).content.decode()
    client.cookies["encircle-language"] = "et"
    assert "Nimeta enne teine juhtumikorraldaja." in read(client.post(path, {"do": end[1]}).content).text


def test_who_may_not_open_a_case_is_told_why(database: TestDatabase, as_staff: AsStaff):
    school = make_staff("rosa", Role.SCHOOL)
    assert as_staff(school).get("/records/new/").status_code == 403
