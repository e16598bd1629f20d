"""Looks that stand out, what one person looked at, and the week of looks: for who answers for them, and for nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from encircle.actions.watching import last_week, watch_looks
from encircle.actions.whose_law import law_for
from encircle.vocabulary.role import Role
from tests.actions.test_watching import a_moment_ago, looked, with_role
from tests.database import TestDatabase
from tests.web.desk.test_record_act import hidden
from tests.web.reading import read
from tests.web.world import Staff, journal_of, load, loading, make_staff

SignedIn = Callable[[Staff], Client]
WORDS = "Asked Carla: three children from one van, in one night."


@pytest.fixture
def database(own_database: TestDatabase) -> TestDatabase:
    return own_database


@pytest.fixture
def supervisor(carla: Staff) -> Staff:
    return with_role(carla, Role.SUPERVISOR)


def emergencies(database: TestDatabase, staff: Staff, number: str) -> None:
    """That person opened the record in an emergency three times, as the journal has it."""
    for minutes in range(3):
        at = a_moment_ago() - timedelta(minutes=minutes)
        looked(database, staff, number.split("-")[0], 1, kind="write", outcome="emergency_opened", at=at)
    with loading(database):
        assert watch_looks().alarms == 1


def test_an_alarm_stands_with_its_count_and_is_answered_on_the_page(
    database: TestDatabase, aino: str, carla: Staff, supervisor: Staff, as_staff: SignedIn
):
    emergencies(database, carla, aino)
    client = as_staff(supervisor)
    page = read(client.get("/looks/").content)
    assert (page.problems, page.count("h1")) == ([], 1)
    for words in ("Many records opened in an emergency", "3 (told from 3)", carla.login):
        assert words in page.text
    form = hidden(client.get("/looks/").content)
    alarm = form["alarm"]
    wrong = client.post("/looks/", {**form, f"found-{alarm}": "explained", f"words-{alarm}": "ok"})
    assert (wrong.status_code, read(wrong.content).problems) == (422, [])
    assert "in a sentence or two" in read(wrong.content).text
    right = client.post("/looks/", {**form, f"found-{alarm}": "explained", f"words-{alarm}": WORDS})
    assert (right.status_code, right.headers["Location"]) == (302, "/looks/?done")
    assert "Nothing stands out" in read(client.get("/looks/").content).text
    answered = read(client.get("/looks/?answered").content)
    assert (answered.problems, WORDS in answered.text) == ([], True)
    again = client.post("/looks/", {**form, f"found-{alarm}": "mistake", f"words-{alarm}": WORDS})
    assert again.status_code == 409


@pytest.mark.parametrize("address", ["/looks/", "/looks/people/", "/looks/people.csv"])
def test_nobody_else_is_shown_looks_of_people(address: str, carla: Staff, eva: Staff, as_staff: SignedIn):
    for staff in (carla, eva):
        assert as_staff(staff).get(address).status_code == 403
        assert "/looks/" not in read(as_staff(staff).get("/").content).links
    assert as_staff(with_role(carla, Role.DATA_PROTECTION_OFFICER)).get(address).status_code == 200


def test_the_looker_learns_nothing_also_not_from_the_list_of_notices(
    database: TestDatabase, aino: str, carla: Staff, supervisor: Staff, as_staff: SignedIn
):
    emergencies(database, supervisor, aino)
    title = "stand out: say what you found"
    officer = with_role(carla, Role.DATA_PROTECTION_OFFICER)
    other = with_role(carla, Role.CASE_LEAD)
    assert "Many records opened" in read(as_staff(officer).get("/looks/").content).text
    for staff in (supervisor, carla, other):
        assert title not in read(as_staff(staff).get("/notices/").content).text
    assert "Nothing stands out" in read(as_staff(supervisor).get("/looks/").content).text
    second = with_role(carla, Role.SUPERVISOR)
    page = read(as_staff(second).get("/notices/").content)
    assert (title in page.text, "/looks/" in page.links, page.problems) == (True, True, [])


def test_looks_of_one_person_are_shown_by_days_and_taken_out_as_a_file(
    database: TestDatabase, aino: str, carla: Staff, supervisor: Staff, as_staff: SignedIn
):
    as_staff(carla).get(f"/records/{aino}/")
    client = as_staff(supervisor)
    empty = read(client.get("/looks/people/").content)
    assert (empty.problems, "Choose a person" in empty.text, aino in empty.text) == ([], True, False)
    page = client.get("/looks/people/", {"person": carla.person})
    told = read(page.content)
    assert (told.problems, aino in told.text, "to protect the child" in told.text) == ([], True, True)
    assert (
        aino
        not in read(
            client.get("/looks/people/", {"person": carla.person, "until": "2026-01-01"}).content
        ).text
    )
    odd = {"person": "\0'", "since": "yesterday", "until": "9999-12-31", "before": "x/y", "kind": "?"}
    assert client.get("/looks/people/", odd).status_code == 200
    file = client.get("/looks/people.csv", {"person": carla.person})
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0] == '"time","person","agency","role","did","purpose","parts","record"'
    assert any(carla.login in line and aino in line for line in lines[1:])
    assert journal_of(supervisor)[-1] == ("export", "supervised_looks_taken_out", "supervise", "", False)


def test_an_eva_who_supervises_elsewhere_sees_nobody_of_carlas_agency(
    database: TestDatabase, aino: str, carla: Staff, as_staff: SignedIn
):
    as_staff(carla).get(f"/records/{aino}/")
    eva = make_staff("eva", Role.SUPERVISOR)
    page = as_staff(eva).get("/looks/people/", {"person": carla.person}).content.decode()
    assert (carla.login in page, aino in page) == (False, False)
    assert as_staff(eva).get("/looks/people.csv", {"person": carla.person}).content.count(b"\n") == 1


def test_the_week_of_looks_is_told_shown_and_seen(
    database: TestDatabase, carla: Staff, eva: Staff, as_staff: SignedIn
):
    number = load(database, "8.3", seen_by=carla)
    dmitri = make_staff("dmitri", Role.POLICE)
    since, _until = last_week(datetime.now(UTC), law_for("EE").zone)
    with database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE situation_row SET case_lead_id = %s", (carla.agency,))
    for hours in (1, 2):
        looked(database, dmitri, number.split("-")[0], 1, at=since + timedelta(hours=hours))
    with loading(database):
        watch_looks()
    client = as_staff(carla)
    assert "/looks/week/" in read(client.get("/notices/").content).links
    page = read(client.get("/looks/week/").content)
    assert (page.problems, page.count("h1")) == ([], 1)
    for words in (number, dmitri.login, "looked 2 times", "2 times outside the hours", "I have looked at it"):
        assert words in page.text
    hidden_from_eva = as_staff(eva).get("/looks/week/")
    assert hidden_from_eva.status_code == 403
    other = make_staff("other", Role.CHILD_PROTECTION_SERVICE)
    assert number not in read(as_staff(other).get("/looks/week/").content).text
    form = hidden(client.get("/looks/week/").content)
    theirs = as_staff(other)
    mark = {**hidden(theirs.get("/concerns/new/").content), "week": form["week"]}
    assert theirs.post("/looks/week/", mark).status_code == 409
    assert client.post("/looks/week/", form).status_code == 302
    assert "looked at:" in read(client.get("/looks/week/").content).text
    assert "/looks/week/" not in read(client.get("/notices/").content).links


def test_how_often_looks_stood_out_is_counted_by_agency(
    database: TestDatabase, aino: str, carla: Staff, as_staff: SignedIn
):
    emergencies(database, carla, aino)
    page = read(as_staff(make_staff("mari", Role.COORDINATOR)).get("/emergency/counted/").content)
    assert (page.problems, "Looks that stood out" in page.text, "The agency of carla" in page.text) == (
        [],
        True,
        True,
    )
    assert carla.login not in page.text
