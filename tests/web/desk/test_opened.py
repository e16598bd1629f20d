"""Parts of a record that decisions have opened: the page lists them, opens one more, ends one, through the same gate."""

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
from tests.web.world import Staff, make_staff

pytestmark = pytest.mark.usefixtures("database")
SignedIn = Callable[[Staff], Client]


@pytest.fixture
def rosa() -> Staff:
    return make_staff("rosa", Role.SCHOOL)


@pytest.fixture
def aino(carla: Staff, rosa: Staff) -> str:
    number = led_by(carla)
    with at_work(carla.who, Purpose.PROTECT):
        root = root_numbered(number)
        assert root is not None
        add_member(root.id, rosa.agency, relation=Relation.TEAM)
    return number


def asked(rosa: Staff, **typed: str) -> dict[str, str]:
    return {
        "agency": rosa.agency,
        "group": "L",
        "days": "30",
        "basis": "Child Protection Act 31",
        "reason": "To send a teacher there.",
        "do": "open",
        **typed,
    }


def test_the_page_of_people_leads_there_and_a_part_is_opened_and_ended(
    aino: str, carla: Staff, rosa: Staff, as_staff: SignedIn
):
    client, address = as_staff(carla), f"/records/{aino}/people/opened/"
    assert address in read(client.get(f"/records/{aino}/people/").content).links
    page = client.get(address)
    assert read(page.content).problems == []
    assert "Nothing is opened by a decision" in read(page.content).text
    saved = client.post(address, {**hidden(page.content), **asked(rosa)})
    assert saved.headers["Location"] == f"{address}?done"
    after = client.get(f"{address}?done")
    shown = read(after.content)
    assert shown.problems == []
    for said in (
        "The agency of rosa",
        "where the child is",
        "To send a teacher there.",
        "ChildProtectionAct 31",
    ):
        assert said in shown.text
    (end,) = re.findall(r'value="(end-[^"]+)"', after.content.decode())
    client.post(address, {**hidden(after.content), "do": end})
    assert "ended" in read(client.get(address).content).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"agency": ""}, "Choose an agency that takes part in this record."),
        ({"group": ""}, "Choose a part that is open to you."),
        ({"group": "H"}, "Choose a part that is open to you."),
        ({"days": "4000"}, "Choose for how long."),
        ({"basis": "закон 31"}, "A legal basis is written as act and article"),
        ({"reason": ""}, "Say what they need it for, in a sentence."),
    ],
)
def test_what_cannot_be_decided_is_told_at_its_field_and_what_was_typed_stays(
    aino: str, carla: Staff, rosa: Staff, as_staff: SignedIn, typed: dict[str, str], said: str
):
    client, address = as_staff(carla), f"/records/{aino}/people/opened/"
    answer = client.post(address, {**hidden(client.get(address).content), **asked(rosa, **typed)})
    page = read(answer.content)
    assert (answer.status_code, page.problems, said in page.text) == (422, [], True)
    assert typed.get("basis", "Child Protection Act 31") in answer.content.decode()
    assert "Nothing is opened by a decision" in page.text


def test_a_member_who_decides_nothing_sees_the_list_and_no_form(
    aino: str, rosa: Staff, as_staff: SignedIn, carla: Staff
):
    address = f"/records/{aino}/people/opened/"
    page = read(as_staff(rosa).get(address).content)
    assert (page.problems, "To which agency?" in page.text) == ([], False)
    assert as_staff(rosa).post(address, asked(rosa)).status_code == 403


def test_eva_finds_no_such_page(aino: str, eva: Staff, as_staff: SignedIn):
    assert as_staff(eva).get(f"/records/{aino}/people/opened/").status_code == 404


def test_a_decision_that_is_not_on_this_record_is_refused(aino: str, carla: Staff, as_staff: SignedIn):
    client, address = as_staff(carla), f"/records/{aino}/people/opened/"
    form = hidden(client.get(address).content)
    assert [client.post(address, {**form, "do": do}).status_code for do in ("end-x", "", "end-")] == [409] * 3
