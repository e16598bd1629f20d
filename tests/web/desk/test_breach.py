"""The breach pack on the desk: for who supervises, of people of the own agency, by numbers; and for nobody else."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from django.test import Client

from encircle.vocabulary.role import Role
from tests.actions.test_watching import with_role
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff, journal_of

SignedIn = Callable[[Staff], Client]
ADDRESS = "/looks/breach/"
FILES = tuple(f"{ADDRESS}{kind}/" for kind in ("report", "entries", "proofs"))


@pytest.fixture
def database(own_database: TestDatabase) -> TestDatabase:
    return own_database


@pytest.fixture
def officer(carla: Staff) -> Staff:
    return with_role(carla, Role.DATA_PROTECTION_OFFICER)


def test_the_pack_tells_the_record_by_its_number_and_can_be_taken_out(
    database: TestDatabase, aino: str, carla: Staff, officer: Staff, as_staff: SignedIn
):
    assert as_staff(carla).get(f"/records/{aino}/facts/").status_code == 200
    client = as_staff(officer)
    empty = read(client.get(ADDRESS).content)
    assert (empty.problems, empty.count("h1"), "Choose an account" in empty.text) == ([], 1, True)
    page = read(client.get(ADDRESS, {"person": carla.who.person}).content)
    assert (page.problems, aino in page.text, "Aino" in page.text) == ([], True, False)
    assert "opened or changed: 1." in page.text
    report, entries, proofs = (client.get(one, {"person": carla.who.person}) for one in FILES)
    assert report.content.startswith(b"%PDF-")
    lines = list(csv.DictReader(io.StringIO(entries.content.decode())))
    assert {line["record"] for line in lines} - {""} == {aino}
    assert json.loads(proofs.content)["size"] == 0
    assert all("attachment" in one.headers["Content-Disposition"] for one in (report, entries, proofs))
    done = [outcome for _kind, outcome, *_rest in journal_of(officer)]
    assert (done.count("breach_pack_shown"), done.count("breach_pack_taken_out")) == (2, 3)


def test_a_record_in_which_the_agency_takes_no_part_is_counted_without_its_number(
    database: TestDatabase, aino: str, carla: Staff, eva: Staff, as_staff: SignedIn
):
    as_staff(eva).get(f"/records/{aino}/")
    other = with_role(eva, Role.DATA_PROTECTION_OFFICER)
    page = read(as_staff(other).get(ADDRESS, {"person": eva.who.person}).content)
    assert (page.problems, aino in page.text) == ([], False)
    assert "Refused attempts: 1." in page.text
    stranger = as_staff(other).get(ADDRESS, {"person": carla.who.person})
    assert "Choose an account" in read(stranger.content).text


def test_days_that_end_before_they_begin_are_told_and_days_without_work_are_empty(
    database: TestDatabase, carla: Staff, officer: Staff, as_staff: SignedIn
):
    client, person = as_staff(officer), carla.who.person
    wrong = client.get(ADDRESS, {"person": person, "since": "2026-05-02", "until": "2026-05-01"})
    assert wrong.status_code == 422
    assert "ends before it begins" in read(wrong.content).text
    asked = {"person": person, "since": "2001-05-01", "until": "2001-05-02"}
    assert "This account did nothing in these days" in read(client.get(ADDRESS, asked).content).text
    assert (
        client.get(FILES[0], {"person": person, "since": "2026-05-02", "until": "2026-05-01"}).status_code
        == 404
    )


@pytest.mark.parametrize("address", [ADDRESS, *FILES])
def test_nobody_else_is_shown_what_an_account_has_done(
    address: str, carla: Staff, eva: Staff, as_staff: SignedIn
):
    for staff in (carla, eva, with_role(carla, Role.CASE_LEAD)):
        assert as_staff(staff).get(address, {"person": carla.who.person}).status_code == 403


def test_a_file_that_is_not_there_is_not_found(officer: Staff, carla: Staff, as_staff: SignedIn):
    client = as_staff(officer)
    assert client.get(f"{ADDRESS}names/", {"person": carla.who.person}).status_code == 404
    assert client.get(FILES[0]).status_code == 404
