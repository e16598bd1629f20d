"""Looks by a program of an agency that stand out: on the same pages, for who answers for the agency, and for nobody else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from encircle.actions.watching import last_week, watch_looks
from encircle.actions.whose_law import law_for
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.actions.test_watching import looked, with_role
from tests.database import TestDatabase
from tests.web.api.conftest import Program, problem, program_of, told
from tests.web.desk.test_record_act import hidden
from tests.web.reading import read
from tests.web.world import Staff, load, loading, make_staff

SignedIn = Callable[[Staff], Client]
NAMED = "a program of this agency: case-file"
WORDS = "Asked who runs it: the numbers came from an old list."


@pytest.fixture
def database(own_database: TestDatabase) -> TestDatabase:
    return own_database


@pytest.fixture
def supervisor(carla: Staff) -> Staff:
    return with_role(carla, Role.SUPERVISOR)


@pytest.fixture
def carlas(database: TestDatabase, carla: Staff) -> Program:
    return program_of(database, carla)


def tried(database: TestDatabase, program: Program) -> int:
    """The program asked fifteen times for records that are not there; how many alarms."""
    for n in range(15):
        answer = program.get(f"/records/0000-00{n:02}", Purpose.PROTECT)
        assert problem(answer)["code"] == "not_seen"
    with loading(database):
        return watch_looks().alarms


def test_refusals_of_a_program_are_told_shown_and_answered(
    database: TestDatabase, carlas: Program, supervisor: Staff, as_staff: SignedIn
):
    assert tried(database, carlas) == 1
    client = as_staff(supervisor)
    assert "stand out: say what you found" in read(client.get("/notices/").content).text
    answer = client.get("/looks/")
    page = read(answer.content)
    assert (page.problems, page.count("h1")) == ([], 1)
    for words in ("Many refusals", "15 (told from 15)", NAMED, "Ask who runs it", "The agency of carla"):
        assert words in page.text
    looks = next(link for link in page.links if link.startswith("/looks/people/?"))
    assert f"person=token%3A{carlas.token}" in looks
    shown = read(client.get(looks).content)
    assert (shown.problems, shown.text.count("Was refused")) == ([], 16)
    form = hidden(answer.content)
    alarm = form["alarm"]
    client.post("/looks/", {**form, f"found-{alarm}": "mistake", f"words-{alarm}": WORDS})
    answered = read(client.get("/looks/?answered").content)
    assert (NAMED in answered.text, WORDS in answered.text) == (True, True)


def test_nobody_else_is_shown_what_a_program_did(
    database: TestDatabase, carlas: Program, carla: Staff, eva: Staff, as_staff: SignedIn
):
    tried(database, carlas)
    asked = {"person": f"token:{carlas.token}"}
    for staff in (carla, eva):
        assert as_staff(staff).get("/looks/people/", asked).status_code == 403
    elsewhere = make_staff("eva", Role.SUPERVISOR)
    page = as_staff(elsewhere).get("/looks/people/", asked).content.decode()
    assert ("case-file" in page, page.count("Was refused")) == (False, 1)
    assert as_staff(elsewhere).get("/looks/people.csv", asked).content.count(b"\n") == 1
    assert "Nothing stands out" in read(as_staff(elsewhere).get("/looks/").content).text


def test_looks_of_a_program_are_chosen_by_its_name_and_taken_out(
    database: TestDatabase, carla: Staff, carlas: Program, supervisor: Staff, as_staff: SignedIn
):
    aino = load(database, "8.3", seen_by=carla)
    carlas.get(f"/records/{aino}", Purpose.PROTECT, **{"Encircle-Person": "worker-17"})
    client = as_staff(supervisor)
    empty = read(client.get("/looks/people/").content)
    assert (NAMED in empty.text, aino in empty.text) == (True, False)
    asked = {"person": f"token:{carlas.token}"}
    assert aino in read(client.get("/looks/people/", asked).content).text
    before = {**asked, "until": "2026-01-01"}
    assert aino not in read(client.get("/looks/people/", before).content).text
    lines = client.get("/looks/people.csv", asked).content.decode("utf-8-sig").splitlines()
    assert [NAMED in line and aino in line for line in lines[1:]] == [True]
    for odd in ("token:", "token:\0'", "token:token:"):
        assert client.get("/looks/people/", {"person": odd}).status_code == 200


def test_what_a_stolen_token_did_is_packed_for_the_report_of_a_breach(
    database: TestDatabase, carla: Staff, carlas: Program, supervisor: Staff, as_staff: SignedIn
):
    aino = load(database, "8.3", seen_by=carla)
    carlas.get(f"/records/{aino}", Purpose.PROTECT)
    client, asked = as_staff(supervisor), {"person": f"token:{carlas.token}"}
    page = read(client.get("/looks/breach/", asked).content)
    assert (page.problems, aino in page.text, "Aino" in page.text) == ([], True, False)
    assert f"case-file (a program, token {carlas.token})" in page.text
    entries = client.get("/looks/breach/entries/", asked).content.decode()
    assert (aino in entries, f"?person=token%3A{carlas.token}" in str(page.links)) == (True, True)
    elsewhere = as_staff(make_staff("eva", Role.SUPERVISOR))
    assert "Choose an account" in read(elsewhere.get("/looks/breach/", asked).content).text
    assert elsewhere.get("/looks/breach/entries/", asked).status_code == 404


def test_the_week_of_looks_has_a_program_by_its_name(
    database: TestDatabase, carla: Staff, carlas: Program, as_staff: SignedIn
):
    aino = load(database, "8.3", seen_by=carla)
    since, _until = last_week(datetime.now(UTC), law_for("EE").zone)
    with database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE situation_row SET case_lead_id = %s", (carla.agency,))
    program = replace(carla, person=f"token:{carlas.token}:worker-17")
    looked(database, program, aino.split("-")[0], 1, at=since + timedelta(hours=1))
    with loading(database):
        watch_looks()
    page = read(as_staff(carla).get("/looks/week/").content)
    assert (page.problems, NAMED in page.text) == ([], True)


def test_a_program_stands_by_its_name_among_those_who_looked_at_a_record(
    database: TestDatabase, carla: Staff, carlas: Program, as_staff: SignedIn
):
    aino = load(database, "8.3", seen_by=carla)
    carlas.get(f"/records/{aino}", Purpose.PROTECT)
    page = read(as_staff(carla).get(f"/records/{aino}/looks/").content)
    assert (page.problems, NAMED in page.text) == ([], True)


def test_a_program_of_the_supervisor_reads_what_a_token_did_and_one_of_another_agency_nothing(
    database: TestDatabase, carla: Staff, carlas: Program, supervisor: Staff
):
    aino = load(database, "8.3", seen_by=carla)
    carlas.get(f"/records/{aino}", Purpose.PROTECT, **{"Encircle-Person": "worker-17"})
    address = f"/programs/{carlas.token}/looks"
    watching = program_of(database, supervisor, purposes=[Purpose.SUPERVISE])
    (look,) = told(watching.get(address, Purpose.SUPERVISE))["looks"]
    assert (look["number"], look["person"], look["program"], look["actor"]) == (
        aino,
        "",
        "case-file",
        f"token:{carlas.token}:worker-17",
    )
    elsewhere = program_of(database, make_staff("eva", Role.SUPERVISOR))
    hidden_from_eva = elsewhere.get(address, Purpose.SUPERVISE)
    assert told(hidden_from_eva)["looks"] == []
    absent = elsewhere.get(f"/programs/{supervisor.person}/looks", Purpose.SUPERVISE).content.decode()
    assert hidden_from_eva.content.decode() == absent.replace(supervisor.person, carlas.token)
    assert problem(carlas.get(address, Purpose.SUPERVISE))["code"] == "token_purpose"
    wrong = watching.get(f"{address}?before=2026-99-99T00:00:00+00:00/{carlas.token}", Purpose.SUPERVISE)
    assert wrong.status_code == 422
