"""Sharing agreements on their pages: proposed by one side, signed by the other, ended; and a part opened on one."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from encircle.actions.context import at_work
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from tests.web.desk.test_emergency import led_by
from tests.web.desk.test_record_act import hidden
from tests.web.reading import read
from tests.web.world import Staff, colleague_of, make_staff

pytestmark = pytest.mark.usefixtures("database")
SignedIn = Callable[[Staff], Client]


@pytest.fixture
def sofia(carla: Staff) -> Staff:
    return colleague_of(carla, Role.SUPERVISOR)


@pytest.fixture
def rosa() -> Staff:
    return make_staff("rosa", Role.SCHOOL)


@pytest.fixture
def head(rosa: Staff) -> Staff:
    """Who answers for the school."""
    return colleague_of(rosa, Role.SUPERVISOR)


def terms(staff: Staff, /, **typed: object) -> dict[str, object]:
    return {
        "other": staff.agency,
        "gives": "yes",
        "groups": ["L"],
        "ends": ["protect"],
        "onward": "not",
        "basis": "Child Protection Act 31",
        "first": "today",
        "last": "1.3.2028",
        **typed,
    }


def proposed(client: Client, staff: Staff, /, **typed: object) -> str:
    form = client.get("/agreements/new/")
    assert read(form.content).problems == []
    saved = client.post("/agreements/new/", {**hidden(form.content), **terms(staff, **typed)})
    assert saved.status_code == 302, read(saved.content).text
    return saved.headers["Location"].removesuffix("?done")


def test_the_page_of_our_duties_leads_there_and_says_what_it_means_that_there_is_none(
    carla: Staff, as_staff: SignedIn
):
    client = as_staff(carla)
    assert "/agreements/" in read(client.get("/our-duties/").content).links
    page = read(client.get("/agreements/").content)
    assert page.problems == []
    assert "No agreement is on record" in page.text
    assert "/agreements/new/" not in page.links  # she does not sign for her agency
    assert client.get("/agreements/new/").headers["Location"] == "/agreements/"
    assert client.post("/agreements/new/", {}).headers["Location"] == "/agreements/"


def test_one_side_proposes_the_other_signs_and_a_part_of_a_record_is_opened_on_it(
    carla: Staff, sofia: Staff, rosa: Staff, head: Staff, as_staff: SignedIn
):
    address = proposed(as_staff(sofia), head)
    mine = read(as_staff(sofia).get(address).content)
    assert mine.problems == []
    for said in (
        "Waits for a signature",
        "where the child is",
        "It is not passed on.",
        "ChildProtectionAct 31",
    ):
        assert said in mine.text
    theirs = as_staff(head).get(address)
    assert "Sign it" in read(theirs.content).text
    assert "Yours is missing" in read(as_staff(head).get("/agreements/").content).text
    as_staff(head).post(address, {**hidden(theirs.content), "do": "sign"})
    assert "Runs" in read(as_staff(sofia).get(address).content).text

    number = led_by(carla)
    with at_work(carla.who, Purpose.PROTECT):
        root = root_numbered(number)
        assert root is not None
        add_member(root.id, rosa.agency, relation=Relation.TEAM)
    parts = f"/records/{number}/people/opened/"
    page = as_staff(carla).get(parts)
    assert read(page.content).problems == []
    (agreed,) = re.findall(
        r'<option value="([0-9a-f-]{36})"[^>]*>The agency of rosa: where', page.content.decode()
    )
    asked = {
        "agency": rosa.agency,
        "group": "L",
        "days": "30",
        "reason": "To send a teacher there.",
        "do": "open",
    }
    as_staff(carla).post(parts, {**hidden(page.content), **asked, "agreement": agreed})
    shown = read(as_staff(rosa).get(parts).content)
    for said in ("where the child is", "ChildProtectionAct 31", "It is not passed on."):
        assert said in shown.text
    assert address in shown.links

    form = as_staff(head).get(address)
    as_staff(head).post(address, {**hidden(form.content), "do": "end", "because": "no_longer_needed"})
    assert "It is no longer needed" in read(as_staff(sofia).get(address).content).text
    assert "ended" in read(as_staff(carla).get(parts).content).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"other": ""}, "Choose an agency from the list."),
        ({"groups": []}, "Choose at least one part."),
        ({"groups": ["M"]}, "Choose at least one part."),
        ({"ends": ["curiosity"]}, "Choose at least one purpose."),
        ({"onward": ""}, "Choose what may become of it."),
        ({"basis": ""}, "A legal basis is written as act and article"),
        ({"first": "soon"}, "Give a whole day: day, month and year."),
        ({"last": "2027"}, "Give a whole day: day, month and year."),
        ({"first": "1.3.2020"}, "The first day lies in the past."),
        ({"last": "1.3.2020"}, "The last day lies before the first"),
        ({"last": "1.3.2040"}, "An agreement runs for five years at most."),
    ],
)
def test_what_cannot_be_agreed_is_told_at_its_field_and_what_was_typed_stays(
    sofia: Staff, head: Staff, as_staff: SignedIn, typed: dict[str, object], said: str
):
    client = as_staff(sofia)
    form = client.get("/agreements/new/")
    answer = client.post("/agreements/new/", {**hidden(form.content), **terms(head, **typed)})
    assert answer.status_code == 422
    shown = read(answer.content)
    assert shown.problems == []
    assert said in shown.text
    for name in ("basis", "first", "last"):
        kept = typed.get(name, terms(head)[name])
        assert not kept or f'value="{kept}"' in answer.content.decode()
    assert "No agreement is on record" in read(client.get("/agreements/").content).text


def test_ending_it_asks_why_and_who_is_no_side_finds_no_way_to_change_it(
    sofia: Staff, head: Staff, eva: Staff, as_staff: SignedIn
):
    address = proposed(as_staff(sofia), head)
    answer = as_staff(head).post(address, {"do": "end"})
    assert (answer.status_code, "Choose why." in read(answer.content).text) == (422, True)
    client = as_staff(eva)
    page = client.get(address)
    assert page.status_code == 200
    assert "Sign it" not in read(page.content).text
    assert client.post(address, {"do": "sign"}).status_code == 403
    assert address in read(client.get("/agreements/?all").content).links
    assert address not in read(client.get("/agreements/").content).links
    for nowhere in ("nothing", "00000000-0000-4000-8000-000000000000"):
        assert client.get(f"/agreements/{nowhere}/").status_code == 404
