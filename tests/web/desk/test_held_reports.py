"""The held part on the pages of a desk: how each begins, what is real is ticked, nothing is lost, all can be undone."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from encircle.actions.reports import desk, door, held
from encircle.actions.reports.flood import Arrivals, Often
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.desks import PASSPHRASE, DeskStaff, make_desk
from tests.web.page.test_manner import AsStaff
from tests.web.reading import read
from tests.web.world import make_staff

SAME = "Number {n}. <b>Shoes</b>, the very best shoes that anybody can buy in this town today."
MANY, FEW = Often(4, 3600.0), Often(3, 3600.0)


@pytest.fixture(autouse=True)
def _cheap(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def dora(database: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> DeskStaff:
    """A desk to which six of one flood came, of which three are held."""
    monkeypatch.setattr(door, "numbers_of", lambda _law, _now: (MANY, FEW))
    monkeypatch.setattr(door, "ARRIVALS", Arrivals())
    dora = make_desk(database, "dora")
    make_desk(database, "dirk")
    for number in range(6):
        door.send(door.new_form(), door.Account(text=SAME.format(n=number), danger="no"))
    return dora


def unlocked(client: Client, dora: DeskStaff) -> Client:
    report = desk.reports(dora.first.who).reports[0].open.id
    assert client.post(f"/reports/{report}/", {"do": "unlock", "passphrase": PASSPHRASE}).status_code == 302
    return client


def test_the_list_names_the_held_part_with_how_many_wait_in_it(dora: DeskStaff, as_staff: AsStaff):
    said = read(as_staff(dora.first).get("/reports/").content)
    assert (said.problems, "Held apart 3" in said.text) == ([], True)
    assert said.text.count("Report, ") == 3


def test_without_an_open_key_no_word_is_shown_and_nothing_can_be_ticked(dora: DeskStaff, as_staff: AsStaff):
    client = as_staff(dora.first)
    page = client.get("/reports/held/")
    said = read(page.content)
    assert (said.problems, said.count("h1"), said.text.count("Report, ")) == ([], 1, 3)
    assert "Shoes" not in said.text
    assert "Unlock your key" in said.text
    assert 'name="real"' not in page.content.decode()
    (one, *_) = held.held_reports(dora.first.who).reports
    shut = client.post("/reports/held/", {"shown": one.listed.open.id, "real": one.listed.open.id})
    assert (shut.status_code, "This was not saved" in read(shut.content).text) == (409, True)
    assert held.waiting(dora.first.who) == 3


def test_a_page_is_looked_through_and_what_is_real_is_taken_out(dora: DeskStaff, as_staff: AsStaff):
    client = unlocked(as_staff(dora.first), dora)
    page = client.get("/reports/held/")
    assert "<b>Shoes</b>, the very best" in read(page.content).text
    shown = re.findall(r'name="shown" value="([^"]+)"', page.content.decode())
    sent = {"shown": shown, "real": [shown[1], "no id", "0" * 9]}
    done = client.post("/reports/held/", sent, follow=True)
    assert "1 report was taken out. 2 were looked through and stay held." in read(done.content).text
    assert shown[1] in [one.open.id for one in desk.reports(dora.first.who).reports]
    assert "0 reports were taken out" in read(client.post("/reports/held/", sent, follow=True).content).text
    assert "0 have not been looked through" in read(client.get("/reports/held/").content).text


@pytest.mark.parametrize("asked", ["?out=x&seen=1", "?out=-1", "?out=99999999999999&seen=٣", "?page=x"])
def test_an_address_that_was_changed_says_nothing_and_fails_nothing(
    dora: DeskStaff, as_staff: AsStaff, asked: str
):
    page = as_staff(dora.first).get(f"/reports/held/{asked}")
    assert (page.status_code, "taken out." in read(page.content).text) == (200, False)


def test_one_report_is_taken_out_and_held_again_from_its_own_page(dora: DeskStaff, as_staff: AsStaff):
    client = unlocked(as_staff(dora.first), dora)
    report = held.held_reports(dora.first.who).reports[0].listed.open.id
    address = f"/reports/{report}/"
    assert "is held apart from the reports that wait" in read(client.get(address).content).text
    out = read(client.post(address, {"do": "out"}, follow=True).content)
    assert (out.problems, "It stands among the reports that wait." in out.text) == ([], True)
    again = read(client.post(address, {"do": "hold"}, follow=True).content)
    assert "It stands in the held part." in again.text
    assert report in [one.listed.open.id for one in held.held_reports(dora.first.who).reports]


def test_a_school_has_no_held_part(dora: DeskStaff, as_staff: AsStaff):
    client = as_staff(make_staff("eva", Role.SCHOOL))
    answers = {client.get("/reports/held/").status_code, client.post("/reports/held/", {}).status_code}
    assert answers == {client.get("/reports/").status_code}
