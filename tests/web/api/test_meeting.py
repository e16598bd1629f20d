"""Meetings by programs: each agency answers and shares for itself; over is over; no minutes are written over unread."""

from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse

from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.api.conftest import Program, problem, program_of, told
from tests.web.desk.test_what_is_open import joined

PURPOSES = {"purpose": "case_review", "at": "2099-03-01T10:00", "agenda": ["What the child says"]}
SAID = "She asked to stay at her school."
MINUTES = {"decisions": "The school stays the same.", "childs_views": SAID}
NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def police(database: TestDatabase, carlas: Program, aino: str) -> Program:
    """A program of the police, who take part in Aino's record."""
    return program_of(database, joined(carlas.staff, aino, Role.POLICE))


@pytest.fixture
def meeting(carlas: Program, police: Program, aino: str) -> str:
    """A meeting of both, ahead."""
    call = {**PURPOSES, "invited": [police.staff.agency]}
    saved = told(carlas.post(f"/records/{aino}/meetings", Purpose.RECORD, call), 201)
    return str(saved["facts"][0]["subject"])


def done(
    program: Program, number: str, meeting: str, act: str, body: dict[str, Any], **headers: str
) -> HttpResponse:
    return program.post(f"/records/{number}/meetings/{meeting}/{act}", Purpose.RECORD, body, **headers)


def asked(program: Program, number: str, meeting: str) -> HttpResponse:
    return program.get(f"/records/{number}/meetings/{meeting}", Purpose.COOPERATE)


def seen(program: Program, number: str, meeting: str) -> Any:
    return told(asked(program, number, meeting))


def seat(found: Any, program: Program) -> Any:
    (own,) = [one for one in found["participants"] if one["agency"] == program.staff.agency]
    return own


def test_each_agency_answers_for_itself(carlas: Program, police: Program, aino: str, meeting: str):
    told(done(police, aino, meeting, "answer", {"answer": "by_telephone"}), 201)
    found = seen(carlas, aino, meeting)
    assert seat(found, police)["answer"] == "by_telephone"
    assert seat(found, carlas)["answer"] is None
    told(done(police, aino, meeting, "answer", {"answer": "coming"}), 201)
    assert seat(seen(carlas, aino, meeting), police)["answer"] == "coming"
    assert ("write", "participant_answered", "record", "M", True) in police.journal()


def test_who_has_no_seat_neither_answers_nor_shares(
    database: TestDatabase, carlas: Program, aino: str, meeting: str
):
    doctor = program_of(database, joined(carlas.staff, aino, Role.HEALTH_SERVICE))
    shared = {"content": "She is well.", "legal_basis": "Health Act 5", "part": "H"}
    for act, body in (("answer", {"answer": "coming"}), ("share", shared)):
        said = problem(done(doctor, aino, meeting, act, body))
        assert (said["status"], said["code"]) == (409, "no_seat")
    told(done(carlas, aino, meeting, "invite", {"agency": doctor.staff.agency}), 201)
    told(done(doctor, aino, meeting, "share", shared), 201)
    again = problem(done(carlas, aino, meeting, "invite", {"agency": doctor.staff.agency}))
    assert (again["status"], again["errors"][0]["where"]) == (422, "body.agency")


def test_what_is_shared_is_read_where_its_part_is_open(
    database: TestDatabase, carlas: Program, police: Program, aino: str, meeting: str
):
    school = program_of(database, joined(carlas.staff, aino, Role.SCHOOL))
    words = "The suspect was told to keep away."
    told(
        done(
            police,
            aino,
            meeting,
            "share",
            {"content": words, "legal_basis": "Police Act 7", "part": "F"},
        ),
        201,
    )
    (shared,) = seen(carlas, aino, meeting)["shared"]
    assert (shared["agency"], shared["content"], shared["part"]) == (police.staff.agency, words, "F")
    closed = asked(school, aino, meeting)
    assert told(closed)["shared"] == []
    assert words not in closed.content.decode()


def test_attendance_plan_and_minutes_stand_on_the_meeting(
    carlas: Program, police: Program, aino: str, meeting: str
):
    here = seat(seen(carlas, aino, meeting), carlas)["id"]
    told(done(carlas, aino, meeting, "held", {"present": [here], "guardian_heard": True}), 201)
    task = {"task": "Ask the bank", "agency": police.staff.agency, "due": "2099-03-09"}
    told(done(carlas, aino, meeting, "actions", task), 201)
    told(done(carlas, aino, meeting, "minutes", MINUTES, **{"If-Match": '"none"'}), 201)
    found = seen(carlas, aino, meeting)
    assert (found["is_held"], found["guardian_heard"], found["calendar_joined"]) == (True, True, None)
    assert (seat(found, carlas)["present"], seat(found, police)["present"]) == (True, False)
    assert (found["minutes"]["decisions"], found["minutes"]["childs_views"]) == tuple(MINUTES.values())
    (action,) = told(police.get(f"/records/{aino}/meetings", Purpose.COOPERATE))["actions"]
    ended = f"/records/{aino}/actions/{action['id']}/end"
    told(police.post(ended, Purpose.RECORD, {"outcome": "done"}), 201)
    assert told(police.get(f"/records/{aino}/meetings", Purpose.COOPERATE))["actions"] == []
    over = problem(police.post(ended, Purpose.RECORD, {"outcome": "not_needed"}))
    assert (over["status"], over["code"]) == (404, "no_such_action")


def test_minutes_are_never_written_over_unread(carlas: Program, aino: str, meeting: str):
    read = {"If-Match": asked(carlas, aino, meeting).headers["ETag"]}
    told(done(carlas, aino, meeting, "minutes", MINUTES, **read), 201)
    said = problem(done(carlas, aino, meeting, "minutes", {"remarks": "Mine."}, **read))
    assert (said["status"], said["code"]) == (409, "conflict")
    assert said["yours"]["values"] == {"remarks": "Mine."}
    assert [one["values"] for one in said["theirs"]] == [MINUTES]
    assert seen(carlas, aino, meeting)["minutes"]["remarks"] == ""
    now = {"If-Match": asked(carlas, aino, meeting).headers["ETag"]}
    told(done(carlas, aino, meeting, "minutes", {**MINUTES, "remarks": "Mine."}, **now), 201)
    assert seen(carlas, aino, meeting)["minutes"]["remarks"] == "Mine."
    unread = problem(done(carlas, aino, meeting, "minutes", MINUTES))
    assert (unread["status"], unread["code"]) == (428, "not_read")


def test_minutes_are_closed_to_who_may_not_read_the_childs_views(
    database: TestDatabase, carlas: Program, aino: str, meeting: str
):
    told(done(carlas, aino, meeting, "minutes", MINUTES, **{"If-Match": "*"}), 201)
    support = program_of(database, joined(carlas.staff, aino, Role.VICTIM_SUPPORT))
    answer = asked(support, aino, meeting)
    assert told(answer)["minutes"] is None
    assert answer.headers["ETag"] == '"none"'
    assert SAID not in answer.content.decode()
    said = problem(done(support, aino, meeting, "minutes", MINUTES, **{"If-Match": "*"}))
    assert (said["status"], said["code"]) == (403, "not_allowed")
    assert ("refusal", "not_allowed", "record", "", False) in support.journal()


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("answer", {"answer": "coming"}),
        ("share", {"content": "She is well.", "legal_basis": "Child Protection Act 8", "part": "M"}),
        ("held", {"present": []}),
        ("actions", {"task": "Call the school", "agency": "", "due": "2099-03-09"}),
        ("minutes", MINUTES),
        ("cancel", {"reasons": "Nobody comes."}),
    ],
)
def test_the_same_request_is_saved_once_and_answered_again(
    carlas: Program, aino: str, meeting: str, act: str, body: dict[str, Any]
):
    given = {**body, "agency": carlas.staff.agency} if "agency" in body else body
    key = {"Idempotency-Key": str(uuid4()), "If-Match": "*"}
    first = told(done(carlas, aino, meeting, act, given, **key), 201)
    second = told(done(carlas, aino, meeting, act, given, **key), 200)
    assert (first["again"], second["again"]) == (False, True)
    assert second["facts"] == first["facts"]
    other = problem(done(carlas, aino, meeting, act, {**given, "colour": "red"}, **key))
    assert other["code"] == "not_valid"


def test_an_action_that_was_ended_by_the_same_request_is_answered_again(
    carlas: Program, aino: str, meeting: str
):
    task = {"task": "Call the school", "agency": carlas.staff.agency, "due": "2099-03-09"}
    action = told(done(carlas, aino, meeting, "actions", task), 201)["facts"][0]["subject"]
    ended, key = f"/records/{aino}/actions/{action}/end", {"Idempotency-Key": str(uuid4())}
    body = {"outcome": "not_done", "reasons": "The school was closed."}
    told(carlas.post(ended, Purpose.RECORD, body, **key), 201)
    assert told(carlas.post(ended, Purpose.RECORD, body, **key), 200)["again"]
    other = problem(carlas.post(ended, Purpose.RECORD, {"outcome": "done"}, **key))
    assert (other["status"], other["code"]) == (422, "key_used")


@pytest.mark.parametrize(
    ("last", "act", "body"),
    [
        ("cancel", "answer", {"answer": "coming"}),
        ("cancel", "minutes", MINUTES),
        ("cancel", "held", {"present": []}),
        ("held", "cancel", {}),
        ("held", "answer", {"answer": "coming"}),
    ],
)
def test_what_is_over_is_over(
    carlas: Program, aino: str, meeting: str, last: str, act: str, body: dict[str, Any]
):
    told(done(carlas, aino, meeting, last, {"present": []} if last == "held" else {}), 201)
    said = problem(done(carlas, aino, meeting, act, body, **{"If-Match": "*"}))
    assert (said["status"], said["code"]) == (409, "meeting_over")
    assert act not in seen(carlas, aino, meeting)["open_acts"]


def test_who_was_there_has_a_seat(carlas: Program, aino: str, meeting: str):
    said = problem(done(carlas, aino, meeting, "held", {"present": [NOWHERE]}))
    assert (said["status"], said["errors"][0]["where"]) == (422, "body.present")
    assert not seen(carlas, aino, meeting)["is_held"]


def test_eva_finds_no_meeting_whether_it_is_there_or_not(
    evas: Program, carlas: Program, aino: str, meeting: str
):
    for number, which in ((aino, meeting), (aino, NOWHERE), ("0000-0000", meeting)):
        looked = asked(evas, number, which)
        sent = done(evas, number, which, "answer", {"answer": "coming"})
        assert (looked.status_code, sent.status_code) == (404, 404)
        assert looked.content == sent.content == asked(evas, "0000-0000", NOWHERE).content
    nowhere = problem(done(carlas, aino, NOWHERE, "answer", {"answer": "coming"}))
    assert (nowhere["status"], nowhere["code"]) == (404, "no_such_meeting")


def test_a_token_without_the_childs_minimum_sees_a_meeting_as_if_it_were_not_there(
    database: TestDatabase, carlas: Program, aino: str, meeting: str
):
    narrow = program_of(database, carlas.staff, groups=["F"])
    for which in (meeting, NOWHERE):
        answers = [asked(narrow, aino, which), done(narrow, aino, which, "answer", {"answer": "coming"})]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == asked(narrow, aino, NOWHERE).content
        assert answers[1].content == answers[0].content
