"""A token opens what it names and no more; unknown, over and revoked are one answer; each use is written down."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from encircle.actions.token import make_token, revoke_token, tokens
from encircle.host.database import DatabaseRole
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.role import Role
from encircle.web.api.caller import RATE, Rate
from tests.database import TestDatabase
from tests.web.api.conftest import Program, problem, program_of, told
from tests.web.world import Staff, make_staff


def test_the_secret_is_shown_once_and_not_kept(database: TestDatabase, carlas: Program):
    with database.connect_as_keeper() as keeper:
        rows = keeper.execute("SELECT api_token::text FROM api_token").fetchall()
    assert rows
    assert not any(carlas.secret in str(row) for row in rows)


def test_each_look_is_journalled_with_the_token_as_the_one_who_acted(carlas: Program, aino: str):
    told(carlas.get(f"/records/{aino}", Purpose.PROTECT))
    assert carlas.journal() == [("look", "shown", "protect", "MFLVI", True)]


def test_the_person_for_whom_a_program_asks_is_part_of_who_acted(carlas: Program, aino: str):
    told(carlas.get(f"/records/{aino}", Purpose.PROTECT, **{"Encircle-Person": "worker-17"}))
    looks = told(carlas.get(f"/records/{aino}/looks", Purpose.ACCOUNT_FOR))["looks"]
    assert looks[0]["actor"] == f"token:{carlas.token}:worker-17"


@pytest.mark.parametrize("person", ["Mari Maasikas", ""])
def test_a_name_is_no_person_and_nothing_is_none(carlas: Program, person: str):
    said = problem(carlas.get("/records", Purpose.WORK_LIST, **{"Encircle-Person": person}))
    assert said["code"] == "person_unreadable"


def test_unknown_over_revoked_and_none_are_one_answer(database: TestDatabase, carlas: Program):
    unknown = carlas.client.get("/api/v1/records", headers={"Authorization": "Bearer encircle_nothing"})
    none = carlas.client.get("/api/v1/records")
    told(carlas.get("/records", Purpose.WORK_LIST))
    with database.used_as(DatabaseRole.JOBS):
        revoke_token(carlas.token)
    revoked = carlas.get("/records", Purpose.WORK_LIST)
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE api_token SET revoked_at = NULL, made_at = made_at - interval '60 days',"
            " expires_at = now() - interval '1 minute' WHERE id = %s",
            (carlas.token,),
        )
    over = carlas.get("/records", Purpose.WORK_LIST)
    assert {answer.content for answer in (unknown, none, revoked, over)} == {revoked.content}
    assert {answer.status_code for answer in (unknown, none, revoked, over)} == {401}
    assert revoked.headers["WWW-Authenticate"] == "Bearer"
    assert carlas.journal()[1:] == [
        ("refusal", "token_revoked", "sign_in", "", False),
        ("refusal", "token_over", "sign_in", "", False),
    ]


def test_a_request_names_the_purpose_of_its_address(carlas: Program):
    assert problem(carlas.get("/records", ""))["code"] == "purpose_missing"
    assert problem(carlas.get("/records", Purpose.PROTECT))["code"] == "purpose_missing"


def test_a_token_without_the_purpose_opens_nothing_and_the_refusal_is_written_down(
    database: TestDatabase, carla: Staff, aino: str
):
    program = program_of(database, carla, purposes=[Purpose.WORK_LIST])
    assert told(program.get("/records", Purpose.WORK_LIST))["records"][0]["number"] == aino
    refused = program.get(f"/records/{aino}", Purpose.PROTECT)
    assert (refused.status_code, problem(refused)["code"]) == (403, "token_purpose")
    assert program.journal()[-1] == ("refusal", "token_purpose", "protect", "", False)


def test_a_token_opens_no_more_field_groups_than_it_names(database: TestDatabase, carla: Staff, aino: str):
    whole = told(program_of(database, carla).get(f"/records/{aino}", Purpose.PROTECT))
    assert {fact["group"] for fact in whole["facts"]} > {"M", "F"}
    narrow = program_of(database, carla, groups=[FieldGroup.MINIMUM])
    record = told(narrow.get(f"/records/{aino}", Purpose.PROTECT))
    assert (record["groups"], {fact["group"] for fact in record["facts"]}) == (["M"], {"M"})
    assert narrow.journal()[-1] == ("look", "shown", "protect", "M", True)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"purposes": [Purpose.OPERATE]}, "beyond_the_mandate"),
        ({"purposes": []}, "beyond_the_mandate"),
        ({"groups": [FieldGroup.HEALTH, FieldGroup.CRIMINAL]}, "beyond_the_mandate"),
        ({"days": 91}, "too_long"),
        ({"days": 0}, "too_long"),
        ({"agency": "nowhere"}, "no_such_agency"),
        ({"role": Role.PUBLIC}, "beyond_the_mandate"),
        ({"name": "Case File"}, "not_a_code"),
    ],
)
def test_no_token_is_made_beyond_the_mandate_or_for_longer(
    database: TestDatabase, carla: Staff, more: dict[str, object], code: str
):
    given = {
        "agency": f"a-{carla.agency}",
        "role": carla.role,
        "name": "case-file",
        "purposes": [Purpose.WORK_LIST],
        **more,
    }
    with database.used_as(DatabaseRole.JOBS), pytest.raises(Refused) as refused:
        make_token(**given)  # type: ignore[arg-type]  # one value is wrong on purpose
    assert refused.value.code == code


def test_a_token_is_listed_with_what_it_may_do_and_when_it_was_used(carlas: Program):
    (before,) = tokens(f"a-{carlas.staff.agency}")
    assert (before.role, before.name, before.last_used_hour) == (
        "child_protection_service",
        "case-file",
        None,
    )
    assert before.expires_at - before.made_at == timedelta(days=90)
    told(carlas.get("/records", Purpose.WORK_LIST))
    (after,) = tokens(f"a-{carlas.staff.agency}")
    assert after.last_used_hour is not None
    assert (after.last_used_hour.minute, after.last_used_hour.second) == (0, 0)


def test_the_pages_cannot_make_or_change_a_token(database: TestDatabase, carlas: Program):
    with database.connect(DatabaseRole.WEB) as web:
        for words in ("UPDATE api_token SET revoked_at = NULL", "DELETE FROM api_token"):
            with pytest.raises(Exception, match="permission denied"):
                web.execute(words)


def test_who_asks_too_often_waits(carlas: Program, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Rate, "at_once", 2)
    monkeypatch.setattr(Rate, "a_second", 0.1)
    RATE._left.clear()
    answers = [carlas.get("/work-list", Purpose.WORK_LIST) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert problem(answers[2])["code"] == "too_many"
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 10


def test_after_a_while_one_may_ask_again():
    at = [0.0]
    rate = Rate(clock=lambda: at[0])
    rate.at_once, rate.a_second = 1, 2.0
    assert [rate.wait_seconds("a"), rate.wait_seconds("a"), rate.wait_seconds("b")] == [0, 1, 0]
    at[0] = 0.5
    assert rate.wait_seconds("a") == 0


def test_a_sign_in_of_staff_opens_nothing_here(
    database: TestDatabase, carla: Staff, as_staff: Callable[[Staff], Client]
):
    browser = as_staff(carla)
    assert browser.get("/records/").status_code == 200
    assert browser.get("/api/v1/records", headers={"Encircle-Purpose": "work_list"}).status_code == 401


def test_the_actor_fits_where_codes_stand(database: TestDatabase, carlas: Program):
    told(carlas.get("/records", Purpose.WORK_LIST, **{"Encircle-Person": "a" * 20}))
    with database.connect_as_keeper() as keeper:
        longest = keeper.execute("SELECT max(length(actor)) FROM journal_entry").fetchone()
    assert longest == (63,)


def test_a_token_of_another_agency_sees_nothing(evas: Program, carlas: Program, aino: str):
    assert told(carlas.get(f"/records/{aino}", Purpose.PROTECT))["number"] == aino
    hidden = evas.get(f"/records/{aino}", Purpose.PROTECT)
    absent = evas.get("/records/0000-0000", Purpose.PROTECT)
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert told(evas.get("/records", Purpose.WORK_LIST))["records"] == []
    assert [entry[:3] for entry in evas.journal()[:2]] == [("refusal", "not_seen", "protect")] * 2


def test_keys_of_requests_are_kept_as_hashes(database: TestDatabase, carlas: Program, aino: str):
    body = {"statements": [{"type": "parental_care_recorded", "values": {"parental_care": "absent"}}]}
    key = "aino-was-here-1"
    given = {"Idempotency-Key": key, "If-Match": "*"}
    told(carlas.post(f"/records/{aino}/acts", Purpose.RECORD, body, **given), 201)
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(key_hash, 'escape') || encode(said_hash, 'escape') FROM api_request")
        rows = [str(row[0]) for row in cursor.fetchall()]
    assert rows
    assert not any(key in row or json.dumps(body) in row for row in rows)


def test_everybody_has_a_token_of_their_own(database: TestDatabase):
    first, second = (program_of(database, make_staff("carla", Role.POLICE)) for _ in range(2))
    assert first.secret != second.secret
