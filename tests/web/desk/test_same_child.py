"""Could this be the same child? A question of records that are open to who looks, answered with reasons, never a score."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from encircle.actions.act import withdraw
from encircle.actions.case import NewCase, open_case
from encircle.actions.concern import Concern, register
from encircle.actions.same_child import Question
from encircle.actions.triage import ask_agency, concern_seen
from encircle.core.same_child import Born
from encircle.records.context import with_context
from encircle.vocabulary.facts.concern import SameChildAnswered
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff, make_staff

AsStaff = Callable[[Staff], Client]
NAME = "Zlatka Quorn-Verrett"


@pytest.fixture
def hanna(database: TestDatabase) -> Staff:
    return make_staff("hanna", Role.TRIAGE_TEAM)


@pytest.fixture
def dmitri(database: TestDatabase) -> Staff:
    return make_staff("dmitri", Role.TRIAGE_TEAM)


def a_concern(to: Staff) -> str:
    rosa = make_staff("rosa", Role.SCHOOL)
    said = Concern(text="A girl is never alone.", recipient=AgencyId(to.agency))
    return register(rosa.who, said, token=str(uuid4()))


def a_case(staff: Staff, name: str = NAME, birth: str = "") -> str:
    return open_case(staff.who, NewCase(name=name, birth=birth, why="Seen at a harbour."), token=str(uuid4()))


def send(client: Client, path: str, **answers: str) -> tuple[int, str]:
    token = re.search(r'name="token" value="([^"]+)"', client.get(path).content.decode())
    assert token is not None
    answer = client.post(path, {"token": token[1], **answers})
    return answer.status_code, read(answer.content).text if answer.content else ""


def name_it(client: Client, concern: str, name: str = NAME, born: str = "") -> None:
    assert send(client, f"/triage/{concern}/same-child/", name=name, born=born)[0] == 302


def asked(staff: Staff, concern: str) -> tuple[Question, ...]:
    return concern_seen(staff.who, concern).known.questions


def test_nothing_is_compared_until_somebody_writes_down_the_name_that_the_concern_tells(
    hanna: Staff, as_staff: AsStaff
):
    case, concern, client = a_case(hanna), a_concern(hanna), as_staff(hanna)
    assert asked(hanna, concern) == ()
    name_it(client, concern)
    assert [one.number for one in asked(hanna, concern)] == [case]
    page = read(client.get(f"/triage/{concern}/same-child/").content)
    assert page.problems == []
    assert f"Could this be the same child as {NAME}?" in page.text
    assert "The name is written the same." in page.text
    assert not re.search(r"\d ?%", page.text)
    assert "Could this be the same child" in read(client.get(f"/triage/{concern}/").content).text


@pytest.mark.parametrize(
    ("name", "born", "is_asked", "agrees"),
    [
        ("Златка Куорн-Веррет", "", True, Born.NOT_KNOWN),
        ("Zlatka Quorn Verret", "2011", True, Born.SAME),
        (NAME, "2009-01-01", True, Born.OTHER),
        ("Zlatka", "2011-05", True, Born.SAME),
        ("Zlatka Henriksen", "", False, None),
        ("Marta Ilves", "2011-05-06", False, None),
    ],
)
def test_names_in_any_script_and_dates_as_coarse_as_they_are_known_are_compared(
    hanna: Staff, as_staff: AsStaff, name: str, born: str, is_asked: bool, agrees: Born | None
):
    a_case(hanna, birth="2011-05-06")
    concern = a_concern(hanna)
    name_it(as_staff(hanna), concern, name, born)
    found = asked(hanna, concern)
    assert [one.why.born for one in found] == ([agrees] if is_asked else [])


def test_a_record_that_one_may_not_see_is_as_if_it_were_not_there(
    hanna: Staff, dmitri: Staff, as_staff: AsStaff
):
    """The page is the same, to the byte, with that record as without it; who takes part in it is asked."""
    concern, client = a_concern(hanna), as_staff(hanna)
    ask_agency(hanna.who, concern, AgencyId(dmitri.agency))
    name_it(client, concern)
    pages = (f"/triage/{concern}/same-child/", f"/triage/{concern}/")
    without = [bare(client.get(path).content) for path in pages]
    hidden = a_case(dmitri)
    assert [bare(client.get(path).content) for path in pages] == without
    assert [one.number for one in asked(dmitri, concern)] == [hidden]
    answer = {"other": hidden, f"same-{hidden}": "yes", f"reasons-{hidden}": "I guess."}
    absent = {"other": "zzzz-zzzz", "same-zzzz-zzzz": "yes", "reasons-zzzz-zzzz": "I guess."}
    told = [send(client, pages[0], **given) for given in (answer, absent)]
    assert told[0] == told[1]
    assert told[0][0] == 422


def bare(content: bytes) -> str:
    """The page without what is new each time: tokens of forms."""
    return re.sub(r'value="[0-9a-zA-Z_=-]{30,}"|nonce="[^"]*"', "", content.decode())


def test_yes_links_the_concern_and_what_it_says_stands_on_the_record_without_being_typed(
    hanna: Staff, as_staff: AsStaff
):
    case, concern, client = a_case(hanna), a_concern(hanna), as_staff(hanna)
    name_it(client, concern)
    path = f"/triage/{concern}/same-child/"
    assert send(client, path, other=case, **{f"same-{case}": "yes"})[0] == 422
    answer = {"other": case, f"same-{case}": "yes", f"reasons-{case}": "Same name and school."}
    assert send(client, path, **answer)[0] == 302
    assert send(client, path, **answer)[0] == 302
    seen = concern_seen(hanna.who, concern)
    assert (seen.known.questions, seen.triage.linked) == ((), (case,))
    assert "A girl is never alone." in read(client.get(f"/records/{case}/facts/").content).text
    assert "Same name and school." in read(client.get(path).content).text
    decide = {"do": "decide", "outcome": "presumed_victim", "priority": "urgent", "reasons": "Known."}
    assert send(client, f"/triage/{concern}/", **decide)[0] == 302
    assert concern not in read(client.get("/triage/").content).text


def test_the_journal_tells_that_a_name_on_another_record_was_shown(hanna: Staff, as_staff: AsStaff):
    a_case(hanna)
    concern = a_concern(hanna)
    concern_seen(hanna.who, concern)
    assert "same_child_asked" not in outcomes(hanna)
    name_it(as_staff(hanna), concern)
    concern_seen(hanna.who, concern)
    assert "same_child_asked" in outcomes(hanna)


def outcomes(staff: Staff) -> set[str]:
    with (
        with_context(agency=staff.agency, actor=staff.person, purpose="triage"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT outcome FROM journal_entry WHERE actor = %s", (staff.person,))
        return {outcome for (outcome,) in cursor.fetchall()}


def test_no_is_not_asked_again_until_the_answer_is_withdrawn(hanna: Staff, as_staff: AsStaff):
    case, concern, client = a_case(hanna), a_concern(hanna), as_staff(hanna)
    name_it(client, concern)
    answer = {"other": case, f"same-{case}": "no", f"reasons-{case}": "Another family."}
    assert send(client, f"/triage/{concern}/same-child/", **answer)[0] == 302
    seen = concern_seen(hanna.who, concern)
    assert (seen.known.questions, seen.triage.linked) == ((), ())
    (said,) = seen.known.answers
    assert said.payload == SameChildAnswered(
        asked_of=case, is_same_child=False, same_child_reasons="Another family."
    )
    withdraw(hanna.who, concern, said.id, reasons="Wrong.", token=str(uuid4()), follows=said.id)
    assert [one.number for one in asked(hanna, concern)] == [case]


def test_of_another_concern_the_answer_stands_on_both_and_neither_leaves_the_board(
    hanna: Staff, as_staff: AsStaff
):
    first, second, client = a_concern(hanna), a_concern(hanna), as_staff(hanna)
    for one in (first, second):
        name_it(client, one)
    assert [[one.number for one in asked(hanna, each)] for each in (first, second)] == [[second], [first]]
    answer = {"other": second, f"same-{second}": "yes", f"reasons-{second}": "Both tell of her."}
    assert send(client, f"/triage/{first}/same-child/", **answer)[0] == 302
    assert [asked(hanna, one) for one in (first, second)] == [(), ()]
    decide = {"do": "decide", "outcome": "presumed_victim", "priority": "urgent", "reasons": "Known."}
    send(client, f"/triage/{first}/", **decide)
    board = read(client.get("/triage/").content).text
    assert [one in board for one in (first, second)] == [True, True]


def test_who_is_asked_reads_that_it_was_answered_and_not_the_number_of_a_record_of_others(
    hanna: Staff, dmitri: Staff, as_staff: AsStaff
):
    case, concern = a_case(hanna), a_concern(hanna)
    name_it(as_staff(hanna), concern)
    ask_agency(hanna.who, concern, AgencyId(dmitri.agency))
    answer = {"other": case, f"same-{case}": "no", f"reasons-{case}": "Another family."}
    assert send(as_staff(hanna), f"/triage/{concern}/same-child/", **answer)[0] == 302
    page = as_staff(dmitri).get(f"/triage/{concern}/same-child/").content.decode()
    assert "A record that is not open to you" in page
    assert case not in page


def test_a_case_begins_with_the_name_that_triage_knows_and_does_not_ask_for_it(
    hanna: Staff, as_staff: AsStaff
):
    concern, client = a_concern(hanna), as_staff(hanna)
    name_it(client, concern, born="2011-05")
    path = f"/new/?concern={concern}"
    page = client.get(path)
    if page.status_code == 404:
        path = f"/records/new/?concern={concern}"
        page = client.get(path)
    assert 'name="name"' not in page.content.decode()
    assert 'name="birth"' not in page.content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page.content.decode())
    assert token is not None
    done = client.post(path, {"token": token[1], "concern": concern, "do": "check", "lead": hanna.person})
    assert done.status_code == 302
    assert NAME in read(client.get(done["Location"]).content).text
