"""The child's page: opened by its own code and nothing else, closed at once, and never telling where the child is."""

import logging
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from encircle.actions.act import Statement, perform
from encircle.actions.childs_page.handing import Check, Company, Device, hand_over, take_back
from encircle.host.clock import now
from encircle.records import people
from encircle.records.context import with_context
from encircle.records.facts import facts_of
from encircle.records.seen import root_numbered
from encircle.vocabulary.role import Role
from tests.database import TestDatabase, as_operator
from tests.web.reading import read
from tests.web.world import Staff, journal_of, load, make_staff

SAFE = Check(Company.ALONE, Device.OWN, wished=True)
PARTS = ("", "next/", "people/", "decided/", "rights/", "say/", "complain/", "seen/")
PLACE, SCHOOL, SURNAME, STREET = "Kalamaja shelter", "Lilleküla school", "Kaskvee", "Pärnu road 7"


def code_for(aino: str, staff: Staff) -> str:
    return hand_over(staff.who, aino, SAFE, token=str(uuid4()))


def opened(code: str) -> Client:
    client = Client()
    answer = client.post("/my/", {"code": code})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/my/")
    return client


def said(answer: HttpResponse) -> str:
    return read(answer.content).text


def whole(client: Client) -> str:
    """The bytes of all parts of the page."""
    answers = [client.get(f"/my/{part}") for part in PARTS]
    assert [answer.status_code for answer in answers] == [200] * len(PARTS)
    return "\n".join(answer.content.decode() for answer in answers)


def told(carla: Staff, aino: str, *statements: Statement) -> None:
    perform(carla.who, aino, statements, token=str(uuid4()))


def test_the_code_opens_the_page_however_it_is_typed(aino: str, carla: Staff):
    code = code_for(aino, carla)
    for typed in (code, code.upper(), code.replace(" ", ""), code.replace(" ", "-"), f"  {code}\n"):
        assert "This page is for you" in said(opened(typed).get("/my/"))


def test_without_a_code_each_part_leads_to_the_question_for_it(aino: str):
    client = Client()
    assert "Type your code" in said(client.get("/my/"))
    for part in (*PARTS[1:], "anything/else/"):
        answer = client.get(f"/my/{part}")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/my/")


def test_codes_that_open_nothing_are_all_answered_alike(aino: str, carla: Staff):
    code = code_for(aino, carla)
    revoked = code_for(aino, carla)
    take_back(carla.who, aino)
    wrong = [code, revoked, code[:-1] + ("0" if code[-1] != "0" else "1"), "no such code", "", "0" * 500]
    answers = [Client().post("/my/", {"code": one}) for one in wrong]
    assert {answer.status_code for answer in answers} == {403}
    assert len({said(answer) for answer in answers}) == 1


def test_wrong_codes_are_slowed_and_the_right_one_waits_too(aino: str, carla: Staff):
    code = code_for(aino, carla)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    for _ in range(4):
        assert Client().post("/my/", {"code": wrong}).status_code == 403
    assert Client().post("/my/", {"code": code}).status_code == 302
    for _ in range(5):
        assert Client().post("/my/", {"code": wrong}).status_code == 403
    assert Client().post("/my/", {"code": code}).status_code == 403


def test_a_page_that_is_open_closes_at_once_when_its_code_is_taken_back(aino: str, carla: Staff):
    client = opened(code_for(aino, carla))
    assert client.get("/my/next/").status_code == 200
    take_back(carla.who, aino)
    assert client.get("/my/next/").status_code == 302
    assert client.post("/my/say/", {"words": "I want to go home."}).status_code == 403
    assert words_of(aino, carla) == []


def test_leaving_closes_it_and_shows_something_else_without_a_script(aino: str, carla: Staff):
    client = opened(code_for(aino, carla))
    secret = client.cookies["page"].value
    answer = client.get("/my/leave/", follow=True)
    assert "Why is the sea salty?" in said(answer)
    assert client.cookies["page"].value == ""
    again = Client()
    again.cookies["page"] = secret
    assert again.get("/my/next/").status_code == 302


def test_the_cookie_ends_with_the_browser_and_nothing_is_kept(aino: str, carla: Staff):
    client = opened(code_for(aino, carla))
    cookie = client.cookies["page"]
    assert (cookie["max-age"], cookie["expires"], cookie["path"]) == ("", "", "/my/")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert "encircle" not in client.cookies
    for part in PARTS:
        answer = client.get(f"/my/{part}")
        assert answer.headers["Cache-Control"] == "no-store"
        assert b"<script" not in answer.content
        assert b"Encircle" not in answer.content


def test_a_page_that_nobody_used_for_a_quarter_of_an_hour_is_closed(
    aino: str, carla: Staff, database: TestDatabase
):
    client = opened(code_for(aino, carla))
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE child_credential SET session_seen_at = now() - interval '16 minutes' WHERE revoked_at IS NULL"
        )
    assert client.get("/my/next/").status_code == 302


def test_the_code_of_one_child_opens_nothing_of_another(aino: str, carla: Staff, database: TestDatabase):
    other = load(database, "8.1", seen_by=carla)
    token = str(uuid4())
    perform(
        carla.who,
        other,
        [Statement(type="view_heard", values={"method": "in_writing", "about": "education"})],
        token=token,
    )
    hers, his = opened(code_for(aino, carla)), opened(code_for(other, carla))
    assert "School" in said(his.get("/my/say/")).partition("What I wrote before")[2]
    assert "What I wrote before" not in said(hers.get("/my/say/"))


def test_no_place_school_surname_or_text_of_staff_is_on_the_page_though_the_desk_shows_them(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    when = (now() + timedelta(days=9)).strftime("%Y-%m-%dT10:00")
    told(
        carla,
        aino,
        Statement(type="guardian_appointed", values={"capacity": "guardian", "name": f"Bo {SURNAME}"}),
        Statement(type="lawyer_appointed", values={"name": SURNAME}),
        Statement(type="hearing_scheduled", values={"at": when, "child_to_attend": True}),
        Statement(
            type="decision_made",
            label="d",
            values={
                "decision_kind": "placement",
                "outcome": "ordered",
                "reasons": f"{PLACE}, near {SCHOOL}, {STREET}",
            },
        ),
        Statement(
            type="decision_notified",
            subject="@d",
            values={"notified_to": ["child"], "explained_in_person": True},
        ),
    )
    desk = as_staff(carla).get(f"/records/{aino}/facts/").content.decode()
    assert SURNAME in desk
    assert PLACE in desk
    page = whole(opened(code_for(aino, carla)))
    for shown in ("A day with a judge", "Where you live", "It will be done.", "Your guardian", "Your lawyer"):
        assert shown in page
    for hidden in (PLACE, SCHOOL, SURNAME, STREET, "Kalamaja", "Bo ", aino):
        assert hidden not in page


def test_a_guardian_of_the_staff_is_called_by_the_first_name(aino: str, carla: Staff):
    with as_operator():
        people.add_person(
            str(uuid4()),
            login=f"bo-{uuid4()}",
            agency=carla.agency,
            role=Role.GUARDIAN,
            given_name="Bo",
            surname=SURNAME,
            region=None,
        )
    told(
        carla,
        aino,
        Statement(type="guardian_appointed", values={"capacity": "guardian", "name": f"Bo {SURNAME}"}),
    )
    page = opened(code_for(aino, carla)).get("/my/people/").content.decode()
    assert "Your guardian: <bdi>Bo</bdi>" in page
    assert SURNAME not in page


def test_a_decision_stands_there_only_after_a_person_told_the_child(aino: str, carla: Staff):
    decision = Statement(
        type="decision_made", label="d", values={"decision_kind": "education", "outcome": "granted"}
    )
    told(carla, aino, decision)
    client = opened(code_for(aino, carla))
    assert "The answer is yes." not in said(client.get("/my/decided/"))
    info = {"topics": ["decision"], "decision": "@d"}
    told(carla, aino, decision, Statement(type="information_given", values=info))
    assert "The answer is yes." in said(client.get("/my/decided/"))


def test_what_is_put_off_for_safety_is_not_told_by_the_page(aino: str, carla: Staff):
    when = (now() + timedelta(days=9)).strftime("%Y-%m-%dT10:00")
    told(carla, aino, Statement(type="hearing_scheduled", values={"at": when, "child_to_attend": True}))
    client = opened(code_for(aino, carla))
    assert "A day with a judge" in said(client.get("/my/next/"))
    told(
        carla,
        aino,
        Statement(type="information_postponed", values={"topic": "hearing", "postponed_because": "safety"}),
    )
    assert "A day with a judge" not in said(client.get("/my/next/"))


def words_of(aino: str, carla: Staff) -> list[tuple[str, str | None, str]]:
    """What stands on record as written by the child on its page."""
    with with_context(agency=carla.agency, actor=carla.person, purpose="protect"):
        root = root_numbered(aino)
        assert root is not None
        facts = facts_of(root.id)
    return [
        (fact.type, fact.said_by, getattr(fact.payload, field))
        for fact in facts
        for field in ("words", "complaint_text")
        if fact.type in ("view_heard", "complaint_made") and getattr(fact.payload, field, "")
    ]


def test_what_the_child_thinks_is_on_record_once_in_its_own_words(aino: str, carla: Staff):
    client = opened(code_for(aino, carla))
    form = {"words": "I want to stay with my brother.", "about": "family_contact", "token": str(uuid4())}
    for _ in range(2):
        answer = client.post("/my/say/", form, follow=True)
        assert "Thank you. It is saved." in said(answer)
    assert words_of(aino, carla) == [("view_heard", "child", "I want to stay with my brother.")]
    again = said(client.get("/my/say/"))
    assert "Seeing or calling your family" in again
    assert "brother" not in again


def test_a_complaint_is_on_record_as_the_childs(aino: str, carla: Staff):
    client = opened(code_for(aino, carla))
    answer = client.post(
        "/my/complain/",
        {"words": "He shouts.", "about": "carer", "token": str(uuid4()), "way": "complain_on_record"},
        follow=True,
    )
    assert "Thank you. It is saved." in said(answer)
    assert words_of(aino, carla) == [("complaint_made", "child", "He shouts.")]


def test_nothing_written_is_told_kindly_and_saved_nowhere(aino: str, carla: Staff):
    client = opened(code_for(aino, carla))
    answer = client.post("/my/say/", {"words": "  ", "about": "health", "token": str(uuid4())})
    assert answer.status_code == 422
    assert "One word is enough." in said(answer)
    assert b'value="health" checked' in answer.content
    assert words_of(aino, carla) == []


def test_what_was_being_written_when_the_page_closed_comes_back_after_the_code(
    aino: str, carla: Staff, database: TestDatabase
):
    code = code_for(aino, carla)
    client = opened(code)
    form = client.get("/my/say/")
    mark = next(one["value"] for one in read(form.content).inputs if one.get("name") == "mark")
    client.get("/my/leave/")
    closed = client.post(
        "/my/say/", {"words": "Please ask me.", "about": "other", "mark": mark, "token": str(uuid4())}
    )
    assert closed.status_code == 403
    assert "Please ask me." not in closed.content.decode()
    carried = next(one["value"] for one in read(closed.content).inputs if one.get("name") == "carried")
    assert "Please ask me." in said(client.post("/my/", {"code": code, "carried": carried}))
    other = load(database, "8.1", seen_by=carla)
    elsewhere = Client().post("/my/", {"code": code_for(other, carla), "carried": carried})
    assert elsewhere.status_code == 302
    assert words_of(aino, carla) == []


def test_who_opened_the_file_is_told_by_kind_and_reason(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    as_staff(carla).get(f"/records/{aino}/")
    page = said(opened(code_for(aino, carla)).get("/my/seen/"))
    assert "Social workers" in page
    assert "to keep you safe" in page
    assert "carla" not in page.casefold()


def test_each_look_of_the_child_is_journalled_and_no_code_is_logged(
    aino: str, carla: Staff, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.DEBUG):
        code = code_for(aino, carla)
        client = opened(code)
        client.get("/my/next/")
        client.post("/my/", {"code": code[:-1]})
    assert code not in caplog.text
    assert code.replace(" ", "") not in caplog.text
    with (
        with_context(agency=carla.agency, actor=carla.person, purpose="protect"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT journal_entry.kind, outcome FROM journal_entry JOIN root ON root.id = root_id"
            " WHERE root.number = %s AND actor = 'childs_page' ORDER BY at",
            (aino,),
        )
        assert cursor.fetchall() == [("sign_in", "childs_page_opened"), ("look", "childs_page_next")]


def test_a_parent_has_no_way_in(aino: str, carla: Staff, as_staff: Callable[[Staff], Client]):
    parent = make_staff("parent", Role.PARENT)
    client = as_staff(parent)
    assert client.get(f"/records/{aino}/childs-page/").status_code == 404
    assert "Type your code" in said(client.get("/my/"))
    assert journal_of(parent)[0][0] == "refusal"


def test_an_error_on_the_page_tells_nothing_of_what_it_is(aino: str):
    answer = Client(enforce_csrf_checks=True).post("/my/", {"code": "x"})
    assert answer.status_code == 403
    assert b"Encircle" not in answer.content
    assert "It is not your fault." in said(answer)
