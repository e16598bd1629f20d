"""Changes of practice in the pages: proposed beside its difference, decided by a second person, and never backwards."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

import pytest
from django.test import Client

from encircle.actions.practice.effect import count_effects
from encircle.vocabulary.role import Role
from tests.actions.kept import as_jobs
from tests.actions.practice_world import Two, a_number, plain_words, today, two_of
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff, journal_of, load, make_staff

SignIn = Callable[[Staff], Client]
LIST, NEW = "/law/practice/", "/law/practice/new/"
NUMBER = "/law/practice/new/number/"
CODE = "assessment_completed_within"


@pytest.fixture
def two(own_database: TestDatabase) -> Two:
    return two_of(own_database)


def filled(in_days: int = 0, *, amount: str = "5") -> dict[str, str]:
    day = today() + timedelta(days=in_days)
    return {
        "code": CODE,
        "pack": "ee",
        "amount": amount,
        "unit": "working_days",
        "counting": "plain",
        "basis": "Order 12 of the ministry",
        "basis_own": "Ministeeriumi käskkiri 12",
        "valid_from-day": str(day.day),
        "valid_from-month": str(day.month),
        "valid_from-year": str(day.year),
        "why": "Two regions asked for one number.",
    }


class Answer(Protocol):
    """What a page answered."""

    @property
    def content(self) -> bytes: ...


def text(answer: Answer) -> str:
    page = read(answer.content)
    assert page.problems == []
    return " ".join(page.text.split())


def test_an_empty_list_says_so_and_only_a_coordinator_is_asked_to_propose(two: Two, as_staff: SignIn) -> None:
    assert "Nothing has been proposed yet" in text(as_staff(two.lawyer).get(LIST))
    assert NEW in as_staff(two.coordinator).get(LIST).content.decode()
    assert NEW not in as_staff(two.lawyer).get(LIST).content.decode()


def test_the_pages_are_in_the_navigation_of_both_and_of_nobody_else(two: Two, as_staff: SignIn) -> None:
    carla = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    shown = {
        staff.role: f'href="{LIST}"' in as_staff(staff).get("/law/words/").content.decode().split("<main")[0]
        for staff in (two.coordinator, two.lawyer)
    }
    assert shown == {Role.COORDINATOR: True, Role.MINISTRY: True}
    assert f'href="{LIST}"' not in as_staff(carla).get("/calendar/").content.decode()


def test_what_can_be_changed_is_chosen_first(two: Two, as_staff: SignIn) -> None:
    said = text(as_staff(two.coordinator).get(NEW))
    assert "Individual assessment completed" in said
    assert "Social Insurance Board" in said
    assert "D02b" in said


def test_the_form_shows_what_holds_now_with_its_place_in_the_pack(two: Two, as_staff: SignIn) -> None:
    said = text(as_staff(two.coordinator).get(NUMBER, {"code": CODE, "pack": "ee"}))
    assert "no number: the words of the law stand alone" in said
    assert "packs/ee/sops/sops.yaml:" in said


def test_the_difference_is_shown_before_anything_is_proposed(two: Two, as_staff: SignIn) -> None:
    client = as_staff(two.coordinator)
    said = text(client.post(NUMBER, {**filled(), "do": "check"}))
    before, after = said.split("The difference")[1].split("From its day on")[:2]
    assert "no number: the words of the law stand alone" in before
    assert ("5 working days" in after, "packs/ee-practice/sops/practice.yaml:2" in after) == (True, True)
    assert "Nothing has been proposed yet" in text(client.get(LIST))


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(two: Two, as_staff: SignIn) -> None:
    answer = as_staff(two.coordinator).post(
        NUMBER, {**filled(in_days=-2), "amount": "five", "why": "", "do": "propose"}
    )
    content = answer.content.decode()
    assert answer.status_code == 400
    for words, field in (
        ("Write a whole number from 1 to 9999", "amount"),
        ("nothing is changed backwards", "valid_from"),
        ("Say why.", "why"),
    ):
        assert words in content.split(f'id="{field}-problem"')[1].split("</p>")[0]
    assert 'value="five"' in content
    assert 'value="Order 12 of the ministry"' in content


def proposed(two: Two, as_staff: SignIn, **changes: str) -> str:
    answer = as_staff(two.coordinator).post(NUMBER, {**filled(), **changes, "do": "propose"})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_a_second_person_approves_and_it_is_in_force(two: Two, as_staff: SignIn) -> None:
    way = proposed(two, as_staff)
    assert "You proposed this" in text(as_staff(two.coordinator).get(way))
    lawyer = as_staff(two.lawyer)
    assert "Decide as the second person" in text(lawyer.get(way))
    lawyer.post(way, {"do": "approve", "why": "No looser than the law."})
    said = text(lawyer.get(way))
    assert "Approved" in said
    assert "No looser than the law." in said
    assert "Ministry" in said
    chart = text(lawyer.get("/law/chart/"))
    assert "5 working days" in chart
    assert "Order 12 of the ministry" in chart
    assert "Proposal 1, proposed as coordinator, approved as ministry, in force since" in chart


def test_who_proposed_is_offered_no_decision_and_given_none(two: Two, as_staff: SignIn) -> None:
    way = proposed(two, as_staff)
    client = as_staff(two.coordinator)
    assert "Decide as the second person" not in text(client.get(way))
    assert client.post(way, {"do": "approve", "why": "Mine."}).status_code == 403
    assert ("refusal", "not_yours_to_decide", "law", "", False) in journal_of(two.coordinator)


def test_reasons_that_are_missing_are_asked_for(two: Two, as_staff: SignIn) -> None:
    way = proposed(two, as_staff)
    answer = as_staff(two.lawyer).post(way, {"do": "decline", "why": " "})
    assert (answer.status_code, "Say why." in text(answer)) == (400, True)


def test_a_correction_begins_with_what_was_proposed(two: Two, as_staff: SignIn) -> None:
    way = proposed(two, as_staff)
    client = as_staff(two.coordinator)
    shown = client.get(NUMBER, {"code": CODE, "pack": "ee", "replaces": "1"}).content.decode()
    assert ('value="5"' in shown, "Two regions asked for one number." in shown) == (True, True)
    answer = client.post(NUMBER, {**filled(amount="4"), "replaces": "1", "do": "propose"})
    assert answer.headers["Location"] == "/law/practice/2/"
    assert "Corrected by another proposal" in text(client.get(way))


def test_it_can_be_taken_back(two: Two, as_staff: SignIn) -> None:
    way = proposed(two, as_staff)
    client = as_staff(two.coordinator)
    client.post(way, {"do": "withdraw", "why": "We found a better one."})
    assert "Withdrawn" in text(client.get(way))


def test_its_effect_is_told_in_figures_that_tell_of_no_child(
    own_database: TestDatabase, two: Two, as_staff: SignIn
) -> None:
    carla = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    number = load(own_database, "8.1", seen_by=carla)
    way = proposed(two, as_staff)
    assert "It is being counted" in text(as_staff(two.lawyer).get(way))
    with as_jobs(own_database):
        count_effects()
    said = text(as_staff(two.lawyer).get(way))
    assert "its state: Open → Overdue" in said
    assert "its time: no time → a time" in said
    assert "D03" in said
    assert number not in said
    figures = own_database.connect_as_keeper()
    with figures as keeper:
        rows = keeper.execute("SELECT DISTINCT figure % 5 FROM practice_effect").fetchall()
    assert rows == [(0,)]


def test_what_holds_can_be_had_as_files_of_a_pack(two: Two, as_staff: SignIn) -> None:
    client = as_staff(two.lawyer)
    assert client.get("/law/practice/files/ee.zip").status_code == 404
    two.adopt(a_number())
    answer = client.get("/law/practice/files/ee.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == [
            "packs/ee-practice/pack.yaml",
            "packs/ee-practice/sops/practice.yaml",
        ]
    yesterday = (today() - timedelta(days=1)).isoformat()
    assert client.get("/law/practice/files/ee.zip", {"on": yesterday}).status_code == 404


def test_a_text_that_is_no_markup_stays_text(two: Two, as_staff: SignIn) -> None:
    proposal = two.proposes(plain_words("<b>Adults</b> must help you."))
    content = as_staff(two.lawyer).get(f"/law/practice/{proposal.number}/").content.decode()
    assert "<b>Adults" not in content
    assert "&lt;b&gt;Adults&lt;/b&gt;" in content


def test_a_list_of_many_proposals_has_pages(
    two: Two, as_staff: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("encircle.actions.practice.reading.ON_A_PAGE", 2)
    for amount in range(1, 4):
        two.proposes(a_number(str(amount)))
    client = as_staff(two.coordinator)
    first, second = text(client.get(LIST)), text(client.get(LIST, {"page": "2"}))
    assert ("Proposal 3 " in first, "Proposal 1 " in first) == (True, False)
    assert ("Proposal 1 " in second, "Proposal 3 " in second) == (True, False)
    assert "None of these" in text(client.get(LIST, {"state": "decided"}))


@pytest.mark.parametrize("way", ["/law/practice/99/", "/law/practice/new/limit/?code=x", NUMBER + "?code=x"])
def test_what_is_not_there_is_not_found(two: Two, as_staff: SignIn, way: str) -> None:
    assert as_staff(two.coordinator).get(way).status_code == 404


def test_the_records_that_would_move_are_listed_for_those_to_whom_their_duties_are_open(
    own_database: TestDatabase, two: Two, as_staff: SignIn
) -> None:
    carla, eva = make_staff("carla", Role.CHILD_PROTECTION_SERVICE), make_staff("eva", Role.SUPERVISOR)
    number = load(own_database, "8.1", seen_by=carla)
    way = f"{proposed(two, as_staff)}records/"
    said = text(as_staff(carla).get(way))
    assert number in said
    assert "D03 Individual assessment: its state: Open → Overdue" in said
    assert ("look", "practice_effect_shown", "protect", "", True) in journal_of(carla)
    assert number not in text(as_staff(eva).get(way))
    with own_database.connect_as_keeper() as keeper:
        keeper.execute(
            "INSERT INTO membership (id, root_id, agency_id, relation, since)"
            " SELECT gen_random_uuid(), id, %s, 'team', now() FROM root",
            (two.coordinator.agency,),
        )
    assert number not in text(as_staff(two.coordinator).get(way))
    assert "Which records of your agency" not in text(
        as_staff(two.coordinator).get(way.removesuffix("records/"))
    )


def test_the_records_that_would_move_stand_on_pages_and_each_that_is_shown_is_journalled(
    own_database: TestDatabase, two: Two, as_staff: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One record a page: none is left out, none stands twice."""
    monkeypatch.setattr("encircle.actions.practice.records.ON_A_PAGE", 1)
    carla = make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    numbers = [load(own_database, "8.1", seen_by=carla) for _ in range(2)]
    way = f"{proposed(two, as_staff)}records/"
    client = as_staff(carla)
    pages = [client.get(way).content.decode()]
    while f"page={len(pages) + 1}" in pages[-1]:
        pages.append(client.get(way, {"page": str(len(pages) + 1)}).content.decode())
    on_each = [re.findall(r'href="/records/([^/]+)/" class="number"', page) for page in pages]
    shown = [number for numbers in on_each for number in numbers]
    assert set(numbers) <= set(shown)
    assert len(set(shown)) == len(shown)
    assert max(map(len, on_each)) == 1
    looks = [entry for entry in journal_of(carla) if entry[1] == "practice_effect_shown"]
    assert len(looks) == len(shown) > 1
