"""Old facts under today's law and under the law of their day: a switch on each page, which law it is, and what differs."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from encircle.actions.law import packs_folder, packs_that_come_along
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.reading import Page, read
from tests.web.world import Staff, journal_of, load, make_staff

OF_THAT_DAY = "&law_of=then"
BEFORE_THE_CONVENTION = "?as_of=1998-07-01"
"""The Council of Europe's convention against trafficking is in force since 1 February 2008."""
ONLY_TODAY = ["D15", "D16", "D17", "D18"]
NUMBER = """
- limit: assessed_within
  title: {en: "Assessment", et: "Hindamine"}
  amount: 30
  unit: days
  counting: reg_1182_71
  sources:
    - {act: EU-2012/29, at: "22", from: 2012-11-15, mark: "S:TEST", read: {on: 2026-11-23, where: "a test"}}
"""
MEASURED = """
- set: D03
  due: {words: {en: "timely", et: "õigel ajal"}, limit: assessed_within}
"""


@pytest.fixture
def old(database: TestDatabase, carla: Staff) -> str:
    """A record of the years 1994 to 2013 (8.6)."""
    return load(database, "8.6", seen_by=carla)


def page(client: Client, address: str, status: int = 200) -> Page:
    response = client.get(address)
    assert response.status_code == status
    found = read(response.content)
    assert found.problems == []
    return found


def section(found: Page) -> str:
    """What the page tells of the law."""
    return found.text.partition("By which law")[2].partition("Safety first")[0].partition("What happened")[0]


@pytest.mark.parametrize("of_record", ["", "days/"])
def test_each_page_says_by_which_law_it_is_and_leads_to_the_other(
    old: str, carla: Staff, as_staff: Callable[[Staff], Client], of_record: str
):
    client, address = as_staff(carla), f"/records/{old}/{of_record}{BEFORE_THE_CONVENTION}&by=anybody"
    address = address if of_record else f"/records/{old}/{BEFORE_THE_CONVENTION}"
    today, then = page(client, address), page(client, address + OF_THAT_DAY)
    query = address.partition("?")[2]
    assert f"?{query}{OF_THAT_DAY}" in today.links
    assert f"?{query}" in then.links
    assert "Shown by today's law" in today.text
    assert "differ" not in section(today)
    assert "Shown by the law that was in force on 1 July 1998." in then.text
    assert "It is the same from 2 September 1990 to 31 December 2001." in then.text
    assert "Packs: base " in then.text
    assert "4 things differ between the two" in then.text
    assert section(then).count("Law of that day: does not stand") == len(ONLY_TODAY)


def test_the_ledger_of_the_law_of_that_day_has_no_duty_whose_sources_were_not_in_force_yet(
    old: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    today, then = (
        page(client, f"/records/{old}/{BEFORE_THE_CONVENTION}{law_of}") for law_of in ("", OF_THAT_DAY)
    )

    def codes(found: Page) -> set[str]:
        return {one.removeprefix("duty-") for one in found.ids if one.startswith("duty-")}

    assert sorted(codes(today) - codes(then)) == ONLY_TODAY
    assert codes(then) < codes(today)


def test_a_duty_of_today_alone_says_so_on_its_page_and_one_of_both_shows_its_difference(
    old: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    absent = page(client, f"/records/{old}/duties/D16/{BEFORE_THE_CONVENTION}{OF_THAT_DAY}")
    assert "By the law of that day this duty does not stand. By today's law it does." in absent.text
    assert f"{BEFORE_THE_CONVENTION}" in absent.links
    assert "Shown by today's law" in page(client, f"/records/{old}/duties/D16/{BEFORE_THE_CONVENTION}").text
    both = page(client, f"/records/{old}/duties/D14/{BEFORE_THE_CONVENTION}{OF_THAT_DAY}")
    assert "1 more rests on other sources, and is otherwise the same" in both.text
    assert "was not in force on the chosen day" in both.text
    assert "told by the law of today" not in both.text
    page(client, f"/records/{old}/duties/D999/{BEFORE_THE_CONVENTION}{OF_THAT_DAY}", 404)


def test_the_days_go_on_under_the_law_that_was_chosen(
    old: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    found = page(as_staff(carla), f"/records/{old}/days/{BEFORE_THE_CONVENTION}&by=anybody{OF_THAT_DAY}")
    stops = [link for link in found.links if link.startswith("?as_of=") and "1998-07-01" not in link]
    assert stops
    assert all("law_of=then" in link for link in stops)
    assert "The duties of the law of that day" in found.text
    assert f"/records/{old}/{BEFORE_THE_CONVENTION}{OF_THAT_DAY}" in found.links


def test_a_duty_begins_on_the_day_on_which_its_law_begins(
    old: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    """It was not there the evening before, by the law of that evening."""
    client = as_staff(carla)
    address = f"/records/{old}/days/?as_of=2008-02-01&by=anybody"
    today, then = page(client, address), page(client, address + OF_THAT_DAY)
    changed = [
        found.text.partition("Changed on this day")[2].partition("Both clocks")[0] for found in (today, then)
    ]
    assert [["D16" in text, "new" in text] for text in changed] == [[False, False], [True, True]]


def test_of_today_there_is_one_law_and_nothing_is_said_of_it(
    old: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    assert "By which law" not in page(client, f"/records/{old}/").text
    now = page(client, f"/records/{old}/?law_of=then").text
    assert "Today's law and the law of that day are one" in now
    assert "nothing differs between the two." in now


def test_another_word_than_today_or_then_is_told_and_todays_law_answers(
    old: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    for address in (f"/records/{old}/", f"/records/{old}/days/"):
        found = page(client, f"{address}{BEFORE_THE_CONVENTION}&law_of=yesterday", 400)
        assert "Shown by today's law" in found.text


def test_a_law_that_cannot_be_made_is_told_and_todays_law_answers(
    old: str,
    carla: Staff,
    as_staff: Callable[[Staff], Client],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
):
    """The sources of 2027 begin in a year of which this calendar knows no holidays."""
    copied = tmp_path / "packs"
    shutil.copytree(packs_that_come_along(), copied)
    head = copied / "ee" / "pack.yaml"
    head.write_text(head.read_text("utf-8").replace("calendar: EE", "calendar: LK"), "utf-8")
    monkeypatch.setenv("ENCIRCLE_PACKS", str(copied))
    found = page(as_staff(carla), f"/records/{old}/?as_of=2027-03-01{OF_THAT_DAY}", 400)
    assert "Shown by today's law" in found.text


def test_a_number_of_law_that_began_on_a_day_is_told_with_both(
    database: TestDatabase,
    carla: Staff,
    as_staff: Callable[[Staff], Client],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
):
    copied = tmp_path / "packs"
    shutil.copytree(packs_folder(), copied)
    (copied / "ee" / "limits").mkdir()
    (copied / "ee" / "limits" / "assessed.yaml").write_text(NUMBER, "utf-8")
    (copied / "ee" / "duties" / "measured.yaml").write_text(MEASURED, "utf-8")
    monkeypatch.setenv("ENCIRCLE_PACKS", str(copied))
    number = load(database, "8.1", seen_by=carla)
    found = page(as_staff(carla), f"/records/{number}/duties/D03/?as_of=2009-10-01{OF_THAT_DAY}")
    told = " ".join(section(found).partition("In plain words")[0].split())
    assert "Today's law: Overdue · 30 days (Limit of law)" in told
    assert "Law of that day: Open · " in told
    later = page(as_staff(carla), f"/records/{number}/duties/D03/?as_of=2013-10-01{OF_THAT_DAY}")
    assert "30 days" not in section(later).partition("In plain words")[0]


def test_who_may_not_know_of_a_record_learns_nothing_by_asking_for_another_law(
    old: str, carla: Staff, eva: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(eva)
    for part in ("", "days/", "duties/D16/"):
        query = f"{BEFORE_THE_CONVENTION}{OF_THAT_DAY}"
        hidden, absent = (client.get(f"/records/{one}/{part}{query}") for one in (old, "zzzz-zzzz"))
        assert (hidden.status_code, absent.status_code) == (404, 404)
        assert hidden.content == absent.content
    assert as_staff(carla).get(f"/records/{old}/{query}").status_code == 200


def test_what_differs_is_told_only_of_what_is_open(
    database: TestDatabase, carla: Staff, as_staff: Callable[[Staff], Client]
):
    """First it is shown that it could be told: to who leads the case."""
    school = make_staff("school", Role.SCHOOL)
    for staff, codes in ((carla, ONLY_TODAY), (school, [])):
        number = load(database, "8.6", seen_by=staff)
        found = page(as_staff(staff), f"/records/{number}/{BEFORE_THE_CONVENTION}{OF_THAT_DAY}")
        assert [code for code in ONLY_TODAY if code in section(found)] == codes
    assert "Of what is open to your role nothing differs between the two." in found.text


def test_each_look_is_journalled_alike_under_either_law(
    old: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    for law_of in ("", OF_THAT_DAY):
        page(client, f"/records/{old}/{BEFORE_THE_CONVENTION}{law_of}")
    today, then = journal_of(carla)
    assert today == then
    assert today[:3] == ("look", "shown", "protect")
