"""The child's page is given in person, after the check, and taken back at once."""

import re
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff, journal_of, load, make_staff

SAFE = {"do": "give", "company": "alone", "device": "own", "wished": "yes"}
CODE = re.compile(r"class=\"signs\" dir=\"ltr\">((?:[0-9a-z]{4} ){3}[0-9a-z]{4})<")
AsStaff = Callable[[Staff], Client]


def said(answer: HttpResponse) -> str:
    return read(answer.content).text


def page(aino: str) -> str:
    return f"/records/{aino}/childs-page/"


def given(client: Client, aino: str) -> str:
    answer = client.post(page(aino), {**SAFE, "token": str(uuid4())})
    assert answer.status_code == 200
    found = CODE.search(answer.content.decode())
    assert found is not None
    return found.group(1)


def test_the_code_is_shown_once_and_stands_nowhere_else(aino: str, carla: Staff, as_staff: AsStaff):
    client = as_staff(carla)
    assert "The child has no code" in said(client.get(page(aino)))
    code = given(client, aino)
    again = client.get(page(aino)).content.decode()
    assert "The child has a code." in again
    assert code not in again
    assert journal_of(carla)[-3:] == [
        ("look", "childs_page_looked_up", "childs_page", "", True),
        ("write", "childs_page_given", "childs_page", "", True),
        ("look", "childs_page_looked_up", "childs_page", "", True),
    ]


def test_no_code_is_made_where_somebody_who_controls_the_child_may_be_near(
    aino: str, carla: Staff, as_staff: AsStaff
):
    client = as_staff(carla)
    unsafe = [("company", "controlled"), ("company", "apart"), ("device", "shared"), ("device", "not_known")]
    for name, answer in [*unsafe, ("wished", "no")]:
        told = client.post(page(aino), {**SAFE, name: answer, "token": str(uuid4())})
        assert told.status_code == 403
        assert "it would not be safe now" in said(told)
        assert CODE.search(told.content.decode()) is None
    assert "The child has no code" in said(client.get(page(aino)))


def test_a_question_without_an_answer_is_asked_again_with_the_others_kept(
    aino: str, carla: Staff, as_staff: AsStaff
):
    told = as_staff(carla).post(page(aino), {"do": "give", "company": "alone", "wished": "yes"})
    assert told.status_code == 422
    assert told.content.decode().count("Choose an answer.") == 2
    assert re.search(r'value="alone" checked', told.content.decode())


def test_the_same_form_sent_twice_gives_one_code(aino: str, carla: Staff, as_staff: AsStaff):
    client, form = as_staff(carla), {**SAFE, "token": str(uuid4())}
    assert client.post(page(aino), form).status_code == 200
    again = client.post(page(aino), form)
    assert again.status_code == 409
    assert CODE.search(again.content.decode()) is None


def test_a_code_is_taken_back_and_the_page_says_so(aino: str, carla: Staff, as_staff: AsStaff):
    client = as_staff(carla)
    given(client, aino)
    answer = client.post(page(aino), {"do": "take_back"}, follow=True)
    assert "The page is closed" in said(answer)
    assert "The child has no code" in said(answer)


def test_who_takes_no_part_and_who_may_not_give_it_are_refused(
    aino: str, carla: Staff, eva: Staff, database: TestDatabase, as_staff: AsStaff
):
    assert as_staff(eva).get(page(aino)).status_code == 404
    assert as_staff(eva).post(page(aino), {**SAFE, "token": str(uuid4())}).status_code == 404
    dmitri = make_staff("dmitri", Role.POLICE)
    own = load(database, "8.3", seen_by=dmitri)
    assert as_staff(dmitri).post(page(own), {**SAFE, "token": str(uuid4())}).status_code == 403
