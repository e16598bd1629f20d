"""Meetings as people meet them: three agencies plan before an interview, and what they agreed is done."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from encircle.records.context import with_context
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import on_record, open_record
from tests.web.reading import Page, read
from tests.web.world import Staff, make_staff

pytestmark = pytest.mark.usefixtures("database")
SignedIn = Callable[[Staff], Client]
CALL = {
    "purpose": "before_interview",
    "at": "24.12.2026 10:00",
    "held_as": "video",
    "agenda": "Who asks\nInterpreter",
}


@pytest.fixture
def dmitri() -> Staff:
    return make_staff("dmitri", Role.POLICE)


@pytest.fixture
def doctor() -> Staff:
    return make_staff("hospital", Role.HEALTH_SERVICE)


@pytest.fixture
def aino(carla: Staff, dmitri: Staff, doctor: Staff) -> str:
    """Aino's record, in which three agencies take part."""
    number = open_record(carla)
    with with_context(agency=carla.agency, actor=carla.person, purpose="record"):
        root = root_numbered(number)
        assert root is not None
        for other in (dmitri, doctor):
            add_member(root.id, other.agency, relation="team")
    return number


def hidden(answer: HttpResponse) -> dict[str, str]:
    """The hidden fields of the form on that page."""
    return {
        one["name"]: one.get("value", "")
        for one in read(answer.content).inputs
        if one.get("type") == "hidden" and one["name"] not in ("csrfmiddlewaretoken", "next")
    }


def sent(client: Client, address: str, answers: dict[str, object]) -> HttpResponse:
    """The form at that address opened, filled and sent."""
    opened = client.get(address)
    assert (opened.status_code, read(opened.content).problems) == (200, [])
    return client.post(address, {**hidden(opened), **answers})


def seen(client: Client, address: str) -> Page:
    answered = client.get(address)
    assert answered.status_code == 200
    page = read(answered.content)
    assert page.problems == []
    return page


def called(client: Client, number: str, *invited: Staff) -> str:
    """The address of a meeting that was just called."""
    answered = sent(
        client, f"/records/{number}/meetings/new/", {**CALL, "agency": [one.agency for one in invited]}
    )
    assert answered.status_code == 302
    return answered.headers["Location"]


def test_three_agencies_plan_before_an_interview(
    carla: Staff, dmitri: Staff, doctor: Staff, aino: str, as_staff: SignedIn
):
    lead, police, hospital = as_staff(carla), as_staff(dmitri), as_staff(doctor)
    meeting = called(lead, aino, dmitri, doctor)
    page = seen(police, meeting)
    assert "24 December 2026, 10:00" in page.text
    assert [line in page.text for line in ("Who asks", "Interpreter", "Invited, no answer yet")] == [True] * 3

    answered = police.post(f"{meeting}answer/", {"token": str(uuid4()), "answer": "coming"})
    assert (answered.status_code, answered.headers["Location"]) == (302, meeting)
    told = {"content": "She can be heard from Monday on.", "legal_basis": "§ 768", "part": "M"}
    assert sent(hospital, f"{meeting}share/", told).status_code == 302
    task = {"task": "Book the interpreter", "agency": dmitri.agency, "due": "20.12.2026"}
    assert sent(lead, f"{meeting}agree/", task).status_code == 302
    page = seen(police, meeting)
    assert [
        line in page.text for line in ("She can be heard from Monday on.", "§ 768", "Book the interpreter")
    ] == [True] * 3

    (end,) = [link for link in page.links if "/end/" in link]
    assert sent(police, end, {"outcome": "done"}).status_code == 302
    assert "/end/" not in " ".join(seen(police, meeting).links)
    ticked = [one["value"] for one in seen(lead, f"{meeting}held/").inputs if "checked" in one]
    held = {"happened": "yesterday", "guardian_heard": "yes", "present": ticked}
    assert sent(lead, f"{meeting}held/", held).status_code == 302
    assert sent(lead, f"{meeting}minutes/", {"decisions": "One interview, on video."}).status_code == 302

    paper = seen(lead, f"{meeting}print/")
    assert [
        line in paper.text
        for line in ("One interview, on video.", "Book the interpreter", "Done", "Was there", "Was not there")
    ] == [True] * 5
    assert {fact.type for fact in on_record(carla, aino)} == {
        "meeting_called",
        "participant_invited",
        "participant_answered",
        "participant_shared",
        "participant_came",
        "action_agreed",
        "action_ended",
        "meeting_held",
        "meeting_minuted",
    }


def test_minutes_are_read_only_where_the_childs_views_are_open(
    carla: Staff, dmitri: Staff, aino: str, as_staff: SignedIn
):
    meeting = called(as_staff(carla), aino, dmitri)
    words = "He wants to stay with his aunt."
    sent(as_staff(carla), f"{meeting}minutes/", {"childs_views": words})
    assert words in seen(as_staff(carla), meeting).text
    page = seen(as_staff(dmitri), meeting)
    assert (words in page.text, "It is not open to your role" in page.text) == (False, True)
    assert words not in seen(as_staff(dmitri), f"{meeting}print/").text


def test_minutes_written_by_two_at_once_are_shown_side_by_side_and_both_can_be_kept(
    carla: Staff, aino: str, as_staff: SignedIn
):
    client = as_staff(carla)
    meeting = called(client, aino)
    address = f"{meeting}minutes/"
    first, second = hidden(client.get(address)), hidden(client.get(address))
    assert client.post(address, {**first, "decisions": "One interview"}).status_code == 302
    conflict = client.post(address, {**second, "decisions": "Two interviews"})
    page = read(conflict.content)
    assert (conflict.status_code, page.problems) == (409, [])
    assert ("One interview" in page.text, "Two interviews" in page.text) == (True, True)
    both = {name: value for name, value in hidden(conflict).items() if name != "decisions"}
    saved = client.post(address, {**both, "decisions": "One interview\n\nTwo interviews"})
    assert saved.status_code == 302
    assert "One interviewTwo interviews" in seen(client, meeting).text.replace("\n", "")


def test_what_was_typed_is_kept_beside_what_is_wrong(carla: Staff, aino: str, as_staff: SignedIn):
    client = as_staff(carla)
    address = f"/records/{aino}/meetings/new/"
    answered = sent(client, address, {**CALL, "at": "some day soon"})
    page = read(answered.content)
    assert (answered.status_code, page.problems) == (400, [])
    assert "This time cannot be read." in page.text
    assert [one["value"] for one in page.inputs if one.get("name") == "at"] == ["some day soon"]
    assert "Interpreter" in page.text


def test_nothing_is_shared_without_a_legal_basis_and_nothing_said_twice_by_a_second_click(
    carla: Staff, aino: str, as_staff: SignedIn
):
    client = as_staff(carla)
    meeting = called(client, aino)
    assert sent(client, f"{meeting}share/", {"content": "School", "part": "M"}).status_code == 400
    filled = {
        **hidden(client.get(f"{meeting}share/")),
        "content": "School",
        "part": "M",
        "legal_basis": "§ 27",
    }
    assert [client.post(f"{meeting}share/", filled).status_code for _click in range(2)] == [302, 302]
    assert [fact.type for fact in on_record(carla, aino)].count("participant_shared") == 1


def test_a_meeting_that_does_not_take_place_says_why_and_takes_no_more_answers(
    carla: Staff, aino: str, as_staff: SignedIn
):
    client = as_staff(carla)
    meeting = called(client, aino)
    assert sent(client, f"{meeting}cancel/", {"reasons": "She is ill."}).status_code == 302
    page = seen(client, meeting)
    assert ("Cancelled" in page.text, "She is ill." in page.text) == (True, True)
    late = client.post(f"{meeting}answer/", {"token": str(uuid4()), "answer": "coming"})
    assert (late.status_code, late.headers["Location"]) == (302, meeting)
    assert "participant_answered" not in {fact.type for fact in on_record(carla, aino)}


def test_the_checklist_says_who_is_missing_at_the_table(
    carla: Staff, dmitri: Staff, doctor: Staff, aino: str, as_staff: SignedIn
):
    client = as_staff(carla)
    text = seen(client, called(client, aino, dmitri)).text
    assert text.count("Not invited") == 1
    assert text.count("No such agency takes part in this record") == 3
    assert "Barnahus Quality Standards (2017), 5.2" in text


def test_the_list_tells_of_all_meetings_and_of_what_is_still_to_be_done(
    carla: Staff, dmitri: Staff, aino: str, as_staff: SignedIn
):
    client = as_staff(carla)
    assert "No meetings yet" in seen(client, f"/records/{aino}/meetings/").text
    meeting = called(client, aino, dmitri)
    sent(client, f"{meeting}agree/", {"task": "Ask the bank", "agency": dmitri.agency, "due": "20.12.2026"})
    page = seen(client, f"/records/{aino}/meetings/")
    assert meeting in page.links
    assert [line in page.text for line in ("Ask the bank", "1 of 1 action is open")] == [True, True]


def test_who_writes_nothing_that_all_can_read_is_told_so_and_not_that_there_is_no_such_page(
    carla: Staff, aino: str, as_staff: SignedIn
):
    consul = make_staff("consul", Role.CONSULATE)
    with with_context(agency=carla.agency, actor=carla.person, purpose="record"):
        root = root_numbered(aino)
        assert root is not None
        add_member(root.id, consul.agency, relation="team")
    client, address = as_staff(consul), f"/records/{aino}/meetings/new/"
    for answer in (client.get(address), client.post(address, CALL)):
        assert answer.status_code == 403
        assert "Tell the case lead, who can write it down or say who may." in read(answer.content).text
    assert address not in seen(client, f"/records/{aino}/meetings/").links


def test_eva_gets_the_same_answer_as_for_a_record_that_is_not_there(
    carla: Staff, aino: str, eva: Staff, as_staff: SignedIn
):
    meeting = called(as_staff(carla), aino)
    client = as_staff(eva)
    absent = client.get("/records/zzzz-zzzz/meetings/")
    for path in (f"/records/{aino}/meetings/", f"/records/{aino}/meetings/new/", meeting, f"{meeting}share/"):
        answered = client.get(path)
        assert (answered.status_code, answered.content) == (404, absent.content)
    assert as_staff(carla).get(f"/records/{aino}/meetings/{uuid4()}/").status_code == 404
    assert as_staff(carla).get(f"{meeting}no-such-act/").status_code == 404
