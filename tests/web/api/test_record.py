"""Programs see of a record what the pages show: the same facts, duties and reasons, as of the same day, and no more."""

import json
from uuid import uuid4

import pytest
from django.http import HttpResponse

from encircle.actions.looks import LooksAsked, looks_of
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.actions.test_watching import with_role
from tests.database import TestDatabase
from tests.web.api.conftest import AINO_CASE, Program, problem, program_of, told
from tests.web.desk.test_what_is_open import joined
from tests.web.world import Staff, load, make_staff


def test_a_record_has_its_situation_facts_duties_and_alarms(carlas: Program, aino: str):
    answer = carlas.get(f"/records/{aino}", Purpose.PROTECT)
    record = told(answer)
    assert (record["number"], record["kind"], record["country"]) == (aino, "child", "EE")
    assert record["situation"]["protection"] == "concern"
    assert len(record["facts"]) >= 10
    assert answer.headers["ETag"] == f'"{record["read_until"]}"'
    duty = next(one for one in record["duties"] if one["state"] == "open")
    assert duty["why"]
    assert duty["basis"][0]["cite"]
    assert duty["title"]
    assert record["figures"]["open"] >= 1


def test_a_record_is_told_as_of_a_day(carlas: Program, aino: str):
    now = told(carlas.get(f"/records/{aino}", Purpose.PROTECT))
    then = told(carlas.get(f"/records/{aino}?as_of=2018-10-25", Purpose.PROTECT))
    assert then["as_of"]["at"].startswith("2018-10-25")
    assert then["duties"] != now["duties"]
    assert then["facts"] == now["facts"]


def test_a_question_that_cannot_be_understood_is_told_by_its_field(carlas: Program, aino: str):
    asked = f"/records/{aino}?as_of=yesterday&known_as_of=soon&by={uuid4()}"
    said = problem(carlas.get(asked, Purpose.PROTECT))
    assert (said["status"], said["code"]) == (422, "not_valid")
    assert [one["where"] for one in said["errors"]] == ["query.as_of", "query.known_as_of", "query.by"]


def test_the_childs_own_words_stay_closed_where_the_page_closes_them(
    database: TestDatabase, carlas: Program, aino: str
):
    told_it = {"type": "account_told", "values": {"told_to": "carer", "said": "They took my telephone."}}
    act = {"statements": [told_it]}
    for program, closed in ((carlas, ["said"]), (_of_the_police(database), [])):
        number = aino if program is carlas else load(database, AINO_CASE, seen_by=program.staff)
        told(program.post(f"/records/{number}/acts", Purpose.RECORD, act, **{"If-Match": "*"}), 201)
        found = told(program.get(f"/records/{number}", Purpose.PROTECT))["facts"][-1]
        assert (found["type"], found["closed"]) == ("account_told", closed)
        assert ("said" in found["values"]) is (closed == [])


def _of_the_police(database: TestDatabase) -> Program:
    return program_of(database, make_staff("dmitri", Role.POLICE))


def test_what_is_not_open_says_so_and_says_no_more(database: TestDatabase):
    school = make_staff("school", Role.EDUCATION_AUTHORITY)
    number = load(database, AINO_CASE, seen_by=school)
    record = told(program_of(database, school).get(f"/records/{number}", Purpose.PROTECT))
    assert record["groups"] == ["M"]
    assert record["situation"]["protection"] == {"unknown": "not open to your role", "missing": []}
    assert record["figures"] == {}


def test_the_list_and_the_work_list_are_those_of_the_agency(carlas: Program, aino: str):
    (card,) = told(carlas.get("/records", Purpose.WORK_LIST))["records"]
    assert (card["number"], card["kind"]) == (aino, "child")
    page = told(carlas.get("/work-list", Purpose.WORK_LIST))
    assert {item["number"] for item in page["items"]} == {aino}
    assert page["items"][0]["title"]
    assert told(carlas.get("/work-list?page=500", Purpose.WORK_LIST))["items"] == []
    assert [entry[1] for entry in carlas.journal()] == ["listed", "duties_listed", "duties_listed"]


def test_the_work_list_is_narrowed_as_on_the_page_and_tells_nothing_of_a_child_of_others(
    carlas: Program, evas: Program, aino: str
):
    def listed(query: str) -> list[dict[str, str]]:
        return told(carlas.get(f"/work-list?{query}", Purpose.WORK_LIST))["items"]

    every = listed("")
    assert listed(f"child={aino}") == every
    of_each_place = [listed(f"show={place}") for place in ("late", "dated", "undated", "unknown")]
    assert sum(len(items) for items in of_each_place) == len(every) > 0
    assert all(item["standing"] in {"law", "sop"} for item in of_each_place[1])
    assert listed("whose=mine") == [], "the record names nobody as its lead"
    assert listed("whose=nobody") == []
    hidden = problem(evas.get(f"/work-list?child={aino}", Purpose.WORK_LIST))
    absent = problem(evas.get("/work-list?child=aaaa-aaaa", Purpose.WORK_LIST))
    assert hidden | {"id": ""} == absent | {"id": ""}
    for wrong in ("whose=theirs", "show=all", "child=Aino"):
        assert problem(carlas.get(f"/work-list?{wrong}", Purpose.WORK_LIST))["code"] == "not_valid"


def test_a_page_that_is_none_is_told(carlas: Program):
    for page in ("0", "-1", "ten", "10001"):
        said = problem(carlas.get(f"/records?page={page}", Purpose.WORK_LIST))
        assert (said["code"], said["errors"][0]["where"]) == ("not_valid", "query.page")


def test_the_shape_of_all_types_of_facts_can_be_read(carlas: Program):
    schema = told(carlas.get("/fact-types", Purpose.RECORD))
    assert "interview_planned" in schema["properties"]["type"]["enum"]


def test_a_search_is_asked_in_the_body_and_finds_in_any_script(carlas: Program, evas: Program, aino: str):
    act = {"statements": [{"type": "name_recorded", "values": {"name_used": "Дарья"}}]}
    told(carlas.post(f"/records/{aino}/acts", Purpose.RECORD, act, **{"If-Match": "*"}), 201)
    found = told(carlas.post("/search", Purpose.SEARCH, {"text": "Darya"}))
    assert [(one["number"], one["name"]) for one in found["records"]] == [(aino, "Дарья")]
    assert told(evas.post("/search", Purpose.SEARCH, {"text": "Darya"}))["answer"] == "nobody"
    assert carlas.client.get("/api/v1/search?text=Darya").status_code == 405


def test_who_has_looked_can_be_read_page_by_page(carlas: Program, aino: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("encircle.actions.looks.ON_A_PAGE", 3)
    for _ in range(4):
        told(carlas.get(f"/records/{aino}", Purpose.PROTECT))
    first = told(carlas.get(f"/records/{aino}/looks", Purpose.ACCOUNT_FOR))
    assert (len(first["looks"]), first["looks"][0]["outcome"]) == (3, "shown")
    before = first["next_page"].replace("+", "%2B")
    second = told(carlas.get(f"/records/{aino}/looks?before={before}", Purpose.ACCOUNT_FOR))
    assert first["looks"][-1]["id"] not in [one["id"] for one in second["looks"]]
    assert second["looks"]
    never = f"/records/{aino}/looks?before=2026-13-41T00:00:00%2B00:00/{first['looks'][0]['id']}"
    assert problem(carlas.get(never, Purpose.ACCOUNT_FOR))["errors"][0]["where"] == "query.before"
    writes = told(carlas.get(f"/records/{aino}/looks?kind=write", Purpose.ACCOUNT_FOR))
    assert [one["outcome"] for one in writes["looks"]] == ["loaded"]


def test_the_calendars_are_those_of_the_pages(carlas: Program, aino: str):
    found = told(carlas.get(f"/records/{aino}/calendar", Purpose.COOPERATE))
    assert found["number"] == aino
    assert found["entries"]
    assert told(carlas.get("/calendar", Purpose.COOPERATE))["page"] == 1


def test_published_tables_are_named_and_one_that_is_not_there_is_not_found(carlas: Program):
    assert told(carlas.get("/statistics", Purpose.STATISTICS))["tables"]
    said = problem(carlas.get("/statistics/nothing", Purpose.STATISTICS))
    assert (said["status"], said["code"]) == (404, "no_such_table")


def test_addresses_and_methods_that_are_not_there_are_problems_too(carlas: Program, aino: str):
    assert problem(carlas.get("/nothing", Purpose.PROTECT))["code"] == "not_seen"
    refused = carlas.client.delete(f"/api/v1/records/{aino}")
    assert problem(refused)["status"] == 405
    assert refused.headers["Allow"] == "GET"


def test_the_document_is_openapi_and_its_page_names_every_operation(carlas: Program):
    document = json.loads(carlas.client.get("/api/v1/openapi.json").content)
    assert document["openapi"] == "3.1.0"
    page = carlas.client.get("/api/v1/").content.decode()
    operations = [said for methods in document["paths"].values() for said in methods.values()]
    assert len(operations) >= 13
    assert [one["operationId"] for one in operations if f'id="{one["operationId"]}"' not in page] == []


def test_a_program_of_the_police_says_to_what_end_it_opens_a_record(
    database: TestDatabase, carlas: Program, aino: str
):
    dmitri = program_of(database, joined(carlas.staff, aino, Role.POLICE))

    def asked(**visit: str) -> HttpResponse:
        return dmitri.get(f"/records/{aino}", Purpose.PROTECT, **visit)

    asking_nothing, unknown, not_his = (
        asked(**{"Encircle-Visit": visit}) for visit in ("", "curiosity", "represent")
    )
    assert [(one.status_code, one.json()["code"]) for one in (asking_nothing, unknown, not_his)] == [
        (403, "visit_not_chosen"),
        (400, "visit_unknown"),
        (403, "visit_not_chosen"),
    ]
    assert asking_nothing.json()["visits"] == ["protect", "investigate"]
    assert "curiosity" not in unknown.content.decode()
    for visit in ("protect", "investigate"):
        assert asked(**{"Encircle-Visit": visit}).status_code == 200
    hidden, absent = (
        dmitri.get(f"/records/{number}", Purpose.PROTECT, **{"Encircle-Visit": ""})
        for number in ("zzzz-zzzz", "0000-0000")
    )
    assert (hidden.status_code, hidden.content) == (404, absent.content)


def test_a_record_is_told_by_todays_law_or_by_the_law_that_was_in_force_on_the_day(
    database: TestDatabase, carlas: Program
):
    """The Council of Europe's convention against trafficking is in force since 1 February 2008."""
    number = load(database, "8.6", seen_by=carlas.staff)
    asked = f"/records/{number}?as_of=1998-07-01"
    left_out, today, then = (
        told(carlas.get(asked + law_of, Purpose.PROTECT)) for law_of in ("", "&law_of=today", "&law_of=then")
    )
    assert left_out == today
    assert (today["by_law"]["law_of"], today["by_law"]["differs"], today["by_law"]["practice_since"]) == (
        "today",
        None,
        None,
    )
    by_law = then["by_law"]
    assert {name: by_law[name] for name in ("law_of", "on", "first", "last", "practice_since")} == {
        "law_of": "then",
        "on": "1998-07-01",
        "first": "1990-09-02",
        "last": "2001-12-31",
        "practice_since": [],
    }
    assert {one["code"] for one in today["duties"]} - {one["code"] for one in then["duties"]} == {
        "D15",
        "D16",
        "D17",
        "D18",
    }
    alone = [one for one in by_law["differs"] if one["ways"] == ["only_today"]]
    assert [(one["code"], one["today"]["state"], one["then"]) for one in alone] == [
        (code, "open", None) for code in ("D15", "D16", "D17", "D18")
    ]
    assert [entry[:4] for entry in carlas.journal()][-1] == [entry[:4] for entry in carlas.journal()][-2]


def test_another_law_than_of_today_or_of_then_is_not_understood(carlas: Program, aino: str):
    said = problem(carlas.get(f"/records/{aino}?law_of=yesterday", Purpose.PROTECT))
    assert (said["code"], [one["where"] for one in said["errors"]]) == ("not_valid", ["query.law_of"])


def test_a_program_of_a_supervisor_reads_what_people_of_the_agency_did_and_of_nobody_else(
    database: TestDatabase, aino: str, carla: Staff, eva: Staff
):
    supervisor, others = (program_of(database, with_role(staff, Role.SUPERVISOR)) for staff in (carla, eva))
    looks_of(carla.who, purpose=Purpose.WORK_LIST, asked=LooksAsked())
    address = f"/people/{carla.person}/looks"
    found = told(supervisor.get(address, Purpose.SUPERVISE))
    assert [(one["outcome"], one["number"]) for one in found["looks"]] == [("own_looks_shown", None)]
    assert told(others.get(address, Purpose.SUPERVISE))["looks"] == []
    assert told(supervisor.get(f"{address}?until=2026-01-01", Purpose.SUPERVISE))["looks"] == []
    assert problem(program_of(database, carla).get(address, Purpose.SUPERVISE))["status"] == 403
