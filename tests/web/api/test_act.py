"""Programs write like people: all or nothing, once, never unread over others, never a plan that is prohibited."""

from typing import Any
from uuid import uuid4

import pytest

from encircle.vocabulary.purpose import Purpose
from tests.web.api.conftest import Program, problem, told

ABSENT = {"type": "parental_care_recorded", "values": {"parental_care": "absent"}}
ANY = {"If-Match": "*"}


def act(program: Program, number: str, *statements: dict[str, Any], **headers: str) -> Any:
    return program.post(
        f"/records/{number}/acts", Purpose.RECORD, {"statements": list(statements)}, **{**ANY, **headers}
    )


def facts(program: Program, number: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = told(program.get(f"/records/{number}", Purpose.PROTECT))["facts"]
    return found


def test_an_act_is_on_record_and_tells_what_it_changed(carlas: Program, aino: str):
    saved = told(act(carlas, aino, {"type": "guardian_appointed", "values": {"capacity": "guardian"}}), 201)
    assert (saved["number"], saved["again"]) == (aino, False)
    assert saved["facts"][0]["id"] in [fact["id"] for fact in facts(carlas, aino)]
    assert ("write", "guardian_appointed", "record", "M", True) in carlas.journal()


def test_later_statements_name_what_earlier_ones_made(carlas: Program, aino: str):
    saved = told(
        act(
            carlas,
            aino,
            {"type": "proceeding_opened", "values": {"proceeding_kind": "criminal_victim"}, "label": "case"},
            {"type": "interview_held", "happened": "2018-10-25", "values": {"proceeding": "@case"}},
        ),
        201,
    )
    opened, held = saved["facts"]
    on_record = next(fact for fact in facts(carlas, aino) if fact["id"] == held["id"])
    assert on_record["values"]["proceeding"] == opened["id"]


def test_the_same_key_is_saved_once(carlas: Program, aino: str):
    key = {"Idempotency-Key": str(uuid4())}
    first = told(act(carlas, aino, ABSENT, **key), 201)
    second = told(act(carlas, aino, ABSENT, **key), 200)
    assert (first["again"], second["again"]) == (False, True)
    assert second["facts"] == first["facts"]


@pytest.mark.parametrize(
    "other",
    [
        [{"type": "parental_care_recorded", "values": {"parental_care": "present"}}],
        [{**ABSENT, "happened": "2018-10-25"}],
        [ABSENT, ABSENT],
    ],
    ids=["another value", "another time", "one more"],
)
def test_the_same_key_with_another_body_is_refused(carlas: Program, aino: str, other: list[dict[str, Any]]):
    key = {"Idempotency-Key": str(uuid4())}
    told(act(carlas, aino, ABSENT, **key), 201)
    before = facts(carlas, aino)
    said = problem(act(carlas, aino, *other, **key))
    assert (said["status"], said["code"]) == (422, "key_used")
    assert facts(carlas, aino) == before


def test_the_same_key_of_two_programs_is_two_requests(carlas: Program, dmitris: Program, aino: str):
    key = {"Idempotency-Key": str(uuid4())}
    told(act(carlas, aino, ABSENT, **key), 201)
    assert act(dmitris, aino, ABSENT, **key).status_code == 404


def test_a_request_without_a_key_is_refused(carlas: Program, aino: str):
    said = problem(act(carlas, aino, ABSENT, **{"Idempotency-Key": "short"}))
    assert (said["status"], said["code"]) == (400, "key_missing")


def test_a_writer_says_what_was_read(carlas: Program, aino: str):
    said = problem(act(carlas, aino, ABSENT, **{"If-Match": "yesterday"}))
    assert (said["status"], said["code"]) == (428, "not_read")


def test_a_stale_writing_shows_both_and_saves_nothing(carlas: Program, aino: str):
    read = carlas.get(f"/records/{aino}", Purpose.PROTECT).headers["ETag"]
    told(act(carlas, aino, ABSENT, **{"If-Match": read}), 201)
    before = facts(carlas, aino)
    mine = {"type": "parental_care_recorded", "values": {"parental_care": "present"}}
    said = problem(act(carlas, aino, mine, **{"If-Match": read}))
    assert (said["status"], said["code"]) == (409, "conflict")
    assert said["yours"]["values"] == {"parental_care": "present"}
    assert [one["values"] for one in said["theirs"]] == [{"parental_care": "absent"}]
    assert facts(carlas, aino) == before
    theirs = said["theirs"][-1]["id"]
    corrected = {**mine, "corrects": theirs, "follows": theirs}
    told(act(carlas, aino, corrected, **{"If-Match": read}), 201)


def test_all_that_is_wrong_is_told_by_its_field(carlas: Program, aino: str):
    said = problem(
        act(
            carlas,
            aino,
            {"type": "interview_planned", "values": {"purpose": "chat", "colour": "red"}, "happened": "soon"},
            {"type": "guardian_seen"},
        )
    )
    assert (said["status"], said["code"]) == (422, "not_taken")
    assert [(one["where"], one["code"]) for one in said["errors"]] == [
        ("statements.0.at", "missing_field"),
        ("statements.0.purpose", "wrong_value"),
        ("statements.0.'colour'", "unknown_field"),
        ("statements.0.happened", "not_a_time"),
        ("statements.1.type", "unknown_type"),
    ]


def test_no_error_repeats_what_was_written_of_a_child(carlas: Program, aino: str):
    words = "Aino lives with her aunt"
    wrong = [
        {"type": "name_recorded", "values": {"name_used": words, "name_source": 5}},
        {"type": "name_recorded", "values": {"name_used": [words]}},
        {"type": "parental_care_recorded", "values": {"parental_care": f"{words}. Expected "}},
        {"type": words},
        {**ABSENT, "happened": words},
        {**ABSENT, "said_by": words},
    ]
    for statement in wrong:
        answer = act(carlas, aino, statement)
        assert answer.status_code == 422
        assert words not in answer.content.decode()


PLAN = {"type": "interview_planned", "values": {"at": "2030-05-06", "suspect_expected": True}}


def test_a_plan_that_is_prohibited_is_foreseen_and_refused_with_its_reason(carlas: Program, aino: str):
    body = {"statements": [PLAN]}
    foreseen = told(carlas.post(f"/records/{aino}/acts/foresee", Purpose.RECORD, body))
    before = facts(carlas, aino)
    said = problem(act(carlas, aino, PLAN))
    assert (said["status"], said["code"]) == (409, "prohibited")
    assert said["prohibitions"] == foreseen["planned"]
    assert said["prohibitions"][0].keys() == {"code", "title", "instead", "sources", "override"}
    assert facts(carlas, aino) == before
    assert ("refusal", "prohibited", "record", "", True) in carlas.journal()


def test_an_alarm_is_acknowledged_with_what_was_done(carlas: Program, aino: str):
    record = told(carlas.get(f"/records/{aino}", Purpose.PROTECT))
    alarm = next(one for one in record["alarms"] if one["state"] == "raised")
    path = f"/records/{aino}/alarms/{alarm['code']}/acknowledge"
    body = {"done": "The interview was stopped.", "by_fact": alarm["by_fact"]}
    told(carlas.post(path, Purpose.RECORD, body), 201)
    after = told(carlas.get(f"/records/{aino}", Purpose.PROTECT))["alarms"]
    states = {(one["code"], one["subject"]): one["state"] for one in after}
    assert states[alarm["code"], alarm["subject"]] == "acknowledged"


def test_an_alarm_that_is_not_there_is_not_found(carlas: Program, aino: str):
    said = problem(carlas.post(f"/records/{aino}/alarms/P99/acknowledge", Purpose.RECORD, {"done": "x"}))
    assert (said["status"], said["code"]) == (404, "no_such_alarm")


def test_eva_writes_nothing_on_a_record_of_others(evas: Program, carlas: Program, aino: str):
    before = facts(carlas, aino)
    answers = [act(evas, number, ABSENT) for number in (aino, "0000-0000")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert facts(carlas, aino) == before


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"{", "application/json", "unreadable"),
        ('{"statements": []}'.encode("utf-16"), "application/json", "unreadable"),
        (b'{"statements": [], "statements": []}', "application/json", "unreadable"),
        (b'{"statements": [NaN]}', "application/json", "unreadable"),
        (b'{"statements": [{"type": "a\\u0000b"}]}', "application/json", "unreadable"),
        (b'{"statements": [{"type": "a\\ud800b"}]}', "application/json", "unreadable"),
        (b"[" * 100_000, "application/json", "unreadable"),
        (b"\xff\xfe", "application/json", "unreadable"),
        (b"statements=1", "application/x-www-form-urlencoded", "not_json"),
        (b"{}", "application/json; charset=latin-1", "not_json"),
        (b" " * (1024 * 1024 + 1), "application/json", "too_large"),
        (b"{}", "application/json", "not_valid"),
        (b"", "application/json", "not_valid"),
        (b'{"statements": []}', "application/json", "not_valid"),
        (b'{"statements": [{"type": "a", "by": "b"}]}', "application/json", "not_valid"),
    ],
)
def test_a_body_that_cannot_be_read_is_told(carlas: Program, aino: str, body: bytes, kind: str, code: str):
    answer = carlas.post(f"/records/{aino}/acts", Purpose.RECORD, body, **{**ANY, "Content-Type": kind})
    assert problem(answer)["code"] == code
    assert answer.status_code in (400, 413, 415, 422)
