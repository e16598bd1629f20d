"""Triage: concerns wait on the board; agencies answer on their own basis; nobody takes a concern from it alone."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from encircle.actions.concern import Concern, register
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff, make_staff, numbers_seen

AsStaff = Callable[[Staff], Client]


@pytest.fixture
def hanna(database: TestDatabase) -> Staff:
    return make_staff("hanna", Role.TRIAGE_TEAM)


@pytest.fixture
def dmitri(database: TestDatabase) -> Staff:
    return make_staff("dmitri", Role.POLICE)


@pytest.fixture
def concern(database: TestDatabase, hanna: Staff) -> str:
    """A school has told Hanna's team that a girl is never alone."""
    rosa = make_staff("rosa", Role.SCHOOL)
    said = Concern(text="A girl is never alone.", recipient=AgencyId(hanna.agency), danger_now=True)
    return register(rosa.who, said, token="6b1f9f0e-7a55-4a7f-9d0e-2f5f3a3f1c11")


def send(client: Client, path: str, **answers: str) -> tuple[int, str]:
    token = re.search(r'name="token" value="([^"]+)"', client.get(path).content.decode())
    assert token is not None
    answer = client.post(path, {"token": token[1], **answers})
    return answer.status_code, read(answer.content).text if answer.content else ""


NOTHING = {
    "do": "decide",
    "outcome": "no_action",
    "priority": "planned",
    "reasons": "The aunt brings her.",
}


def test_a_concern_waits_on_the_board_of_those_who_decide(
    concern: str, hanna: Staff, eva: Staff, as_staff: AsStaff
):
    page = read(as_staff(hanna).get("/triage/").content)
    assert page.problems == []
    assert concern in page.text
    assert "Danger now" in page.text
    assert as_staff(eva).get("/triage/").status_code == 403
    assert as_staff(eva).get(f"/triage/{concern}/").status_code in (403, 404)


def test_older_concerns_are_on_the_next_page_of_the_board(
    concern: str, hanna: Staff, as_staff: AsStaff, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("encircle.actions.triage.ON_A_PAGE", 1)
    rosa = make_staff("rosa", Role.SCHOOL)
    said = Concern(text="She is never alone.", recipient=AgencyId(hanna.agency))
    newer = register(rosa.who, said, token="6b1f9f0e-7a55-4a7f-9d0e-2f5f3a3f1c12")
    client = as_staff(hanna)
    pages = [read(client.get(f"/triage/?page={page}").content) for page in (1, 2, 3)]
    assert [page.problems for page in pages] == [[], [], []]
    assert [[one in page.text for one in (newer, concern)] for page in pages] == [
        [True, False],
        [False, True],
        [False, False],
    ]
    assert ["Next page" in page.text for page in pages] == [True, False, False]


def test_an_agency_that_is_asked_sees_the_concern_and_answers_on_its_own_basis(
    concern: str, hanna: Staff, dmitri: Staff, as_staff: AsStaff
):
    assert numbers_seen(dmitri) == []
    assert as_staff(dmitri).get(f"/triage/{concern}/").status_code == 404
    assert send(as_staff(hanna), f"/triage/{concern}/", do="ask", agency=dmitri.agency)[0] == 302
    assert numbers_seen(dmitri) == [concern]
    assert "has not answered yet" in read(as_staff(hanna).get(f"/triage/{concern}/").content).text
    path = f"/triage/{concern}/answer/"
    said = {"answer": "information_given", "information": "Seen twice.", "legal_basis": "Police Act 7"}
    assert send(as_staff(dmitri), path, **{**said, "legal_basis": ""})[0] == 422
    assert send(as_staff(dmitri), path, **said)[0] == 302
    page = read(as_staff(hanna).get(f"/triage/{concern}/").content)
    assert page.problems == []
    assert "We know something · Seen twice. · Police Act 7" in page.text


def test_nobody_closes_a_concern_alone(concern: str, hanna: Staff, dmitri: Staff, as_staff: AsStaff):
    path, client = f"/triage/{concern}/", as_staff(hanna)
    assert send(client, path, do="ask", agency=dmitri.agency)[0] == 302
    assert send(client, path, **NOTHING)[0] == 302
    assert "Waits for a second person 1" in read(client.get("/triage/").content).text
    status, said = send(client, path, do="review", review="confirmed", review_reasons="I say so too.")
    assert (status, "A second person has to look at it." in said) == (409, True)
    assert concern in read(client.get("/triage/").content).text
    second = as_staff(dmitri)
    assert send(second, path, do="review", review="confirmed", review_reasons="We know her.")[0] == 302
    assert concern not in read(client.get("/triage/").content).text


def test_a_second_person_brings_a_concern_back(concern: str, hanna: Staff, dmitri: Staff, as_staff: AsStaff):
    path, client = f"/triage/{concern}/", as_staff(hanna)
    send(client, path, do="ask", agency=dmitri.agency)
    send(client, path, **NOTHING)
    send(as_staff(dmitri), path, do="review", review="reopened", review_reasons="There is more.")
    page = read(client.get(path).content).text
    assert "Others are asked" in page
    assert "There is more." in page


def test_a_decision_has_reasons(concern: str, hanna: Staff, as_staff: AsStaff):
    status, page = send(as_staff(hanna), f"/triage/{concern}/", **{**NOTHING, "reasons": ""})
    assert status == 422
    assert "Write the reasons" in page
    assert "Nothing follows" in page


def test_the_police_look_at_it_as_second_person_but_do_not_decide(
    concern: str, hanna: Staff, dmitri: Staff, as_staff: AsStaff
):
    send(as_staff(hanna), f"/triage/{concern}/", do="ask", agency=dmitri.agency)
    page = read(as_staff(dmitri).get(f"/triage/{concern}/").content).text
    assert "Decide what follows" not in page
    token = {"token": "0b9a7f0e-7a55-4a7f-9d0e-2f5f3a3f1c99"}
    assert as_staff(dmitri).post(f"/triage/{concern}/", {**token, **NOTHING}).status_code == 403
    assert "To look at" not in read(as_staff(hanna).get(f"/triage/{concern}/").content).text
