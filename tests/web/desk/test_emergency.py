"""At night an officer of another town opens the record by its number; who leads it is told, and says what she finds."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from encircle.actions.context import at_work
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import CARE, open_record, state
from tests.web.desk.test_record_act import hidden
from tests.web.reading import read
from tests.web.world import Staff, colleague_of, make_staff

pytestmark = pytest.mark.usefixtures("database")
SignedIn = Callable[[Staff], Client]
WHY = "The boy stands at the counter, alone, and says that somebody waits for him outside."


@pytest.fixture
def dmitri() -> Staff:
    return make_staff("dmitri", Role.GENERAL_POLICE)


@pytest.fixture
def aino(carla: Staff) -> str:
    return led_by(carla)


def led_by(carla: Staff) -> str:
    """A record that she leads, of a child whose parents are on record."""
    number = open_record(carla)
    with at_work(carla.who, Purpose.PROTECT):
        root = root_numbered(number)
        assert root is not None
        add_member(root.id, carla.agency, relation=Relation.CASE_LEAD, person=carla.person)
    state(carla, number, CARE)
    return number


def opened_by(client: Client, record: str, **typed: str) -> HttpResponse:
    form = client.get("/emergency/")
    return client.post("/emergency/", {**hidden(form.content), "number": record, "reason": WHY, **typed})


def test_the_way_there_stands_on_the_search_page_of_who_may_and_of_nobody_else(
    dmitri: Staff, eva: Staff, as_staff: SignedIn
):
    for staff, there in ((dmitri, True), (eva, False)):
        assert ("/emergency/" in read(as_staff(staff).get("/search/").content).links) is there
    assert as_staff(eva).get("/emergency/").status_code == 403


def test_the_form_says_what_opens_for_how_long_and_who_is_told(dmitri: Staff, as_staff: SignedIn):
    page = read(as_staff(dmitri).get("/emergency/").content)
    assert page.problems == []
    for said in ("for 4 hours", "the minimum; where the child is", "told at once", "within 24 hours"):
        assert said in page.text


def test_the_record_opens_says_until_when_and_is_closed_again(aino: str, dmitri: Staff, as_staff: SignedIn):
    client = as_staff(dmitri)
    assert client.get(f"/records/{aino}/").status_code == 404
    assert opened_by(client, aino).headers["Location"] == f"/records/{aino}/"
    record = read(client.get(f"/records/{aino}/").content)
    assert (record.problems, "Open to you in an emergency" in record.text) == ([], True)
    page = client.get(f"/records/{aino}/emergencies/")
    assert read(page.content).problems == []
    assert WHY in read(page.content).text
    assert "Was it needed?" not in read(page.content).text
    (close,) = [value for value in buttons(page.content) if value.startswith("close-")]
    ended = client.post(f"/records/{aino}/emergencies/", {**hidden(page.content), "do": close})
    assert (ended.status_code, ended.headers["Location"]) == (302, "/")
    assert client.get(f"/records/{aino}/").status_code == 404


def test_a_colleague_finds_nothing_of_it_in_any_list(aino: str, dmitri: Staff, as_staff: SignedIn):
    colleague = as_staff(colleague_of(dmitri))
    before = {
        way: read(colleague.get(way).content).text for way in ("/", "/records/", "/calendar/", "/notices/")
    }
    opened_by(as_staff(dmitri), aino)
    assert {way: read(colleague.get(way).content).text for way in before} == before
    assert colleague.get(f"/records/{aino}/").status_code == 404
    found = colleague.post("/search/", {**hidden(colleague.get("/search/").content), "asked": aino})
    assert "Nobody found" in read(found.content).text


def buttons(content: bytes) -> list[str]:
    """What the buttons of the page send."""
    return re.findall(r'name="do" value="([^"]+)"', content.decode())


def test_who_leads_is_told_on_the_record_and_among_what_waits_and_reviews_it(
    aino: str, carla: Staff, dmitri: Staff, as_staff: SignedIn
):
    opened_by(as_staff(dmitri), aino)
    client = as_staff(carla)
    address = f"/records/{aino}/emergencies/"
    assert address in read(client.get("/notices/").content).links
    assert address in read(client.get(f"/records/{aino}/").content).links
    page = client.get(address)
    (review,) = [value for value in buttons(page.content) if value.startswith("review-")]
    emergency = review.removeprefix("review-")
    kept = {f"words-{emergency}": "I called the officer back."}
    missing = client.post(address, {**hidden(page.content), **kept, "do": review})
    assert missing.status_code == 422
    assert "Say whether it was needed." in read(missing.content).text
    assert "I called the officer back." in missing.content.decode()
    saved = client.post(
        address, {**hidden(page.content), **kept, f"found-{emergency}": "needed", "do": review}
    )
    assert saved.headers["Location"] == f"{address}?done"
    after = read(client.get(f"{address}?done").content)
    assert (after.problems, "It was needed" in after.text) == ([], True)
    assert address not in read(client.get("/notices/").content).links
    again = client.post(
        address, {**hidden(page.content), **kept, f"found-{emergency}": "not_needed", "do": review}
    )
    assert (again.status_code, "stands" in read(again.content).text) == (409, True)


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"reason": "urgent"}, 422, "Say in a sentence or two why this cannot wait"),
        ({"number": "zzzz-zzzz"}, 404, "There is no record of that number that you can open."),
        ({"number": ""}, 404, "There is no record of that number that you can open."),
        ({"number": "\0" * 200}, 404, "There is no record of that number that you can open."),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field_and_what_was_typed_stays(
    aino: str, dmitri: Staff, as_staff: SignedIn, typed: dict[str, str], status: int, said: str
):
    client = as_staff(dmitri)
    answer = opened_by(client, aino, **typed)
    page = read(answer.content)
    assert (answer.status_code, page.problems, said in page.text) == (status, [], True)
    assert typed.get("reason", WHY) in answer.content.decode()
    assert client.get(f"/records/{aino}/").status_code == 404


def test_a_record_that_is_not_there_and_one_of_the_own_adversary_are_the_same_bytes(
    aino: str, carla: Staff, dmitri: Staff, as_staff: SignedIn
):
    with at_work(carla.who, Purpose.PROTECT):
        root = root_numbered(aino)
        assert root is not None
        add_member(root.id, dmitri.agency, relation=Relation.ADVERSE)
    client = as_staff(dmitri)
    form = {**hidden(client.get("/emergency/").content), "reason": WHY}
    pages = [
        client.post("/emergency/", {**form, "number": number}).content.decode().replace(number, "-")
        for number in (aino, "zzzz-zzzz")
    ]
    assert masked(pages[0]) == masked(pages[1])


def masked(page: str) -> str:
    return re.sub(r'(nonce|value)="[^"]*"', "", page)


def test_nobody_is_listed_where_nobody_opened_it(aino: str, carla: Staff, as_staff: SignedIn):
    page = read(as_staff(carla).get(f"/records/{aino}/emergencies/").content)
    assert (page.problems, "Nobody has opened this record in an emergency" in page.text) == ([], True)


def test_an_emergency_that_is_not_on_this_record_is_refused(aino: str, carla: Staff, as_staff: SignedIn):
    client = as_staff(carla)
    address = f"/records/{aino}/emergencies/"
    form = hidden(client.get(address).content)
    for do in (f"close-{uuid4()}", f"review-{uuid4()}", "", "close-x'"):
        answer = client.post(address, {**form, "do": do})
        assert answer.status_code in (409, 422)


def test_the_coordinator_counts_them_by_agency(aino: str, dmitri: Staff, as_staff: SignedIn):
    opened_by(as_staff(dmitri), aino)
    client = as_staff(make_staff("mari", Role.COORDINATOR))
    assert "/emergency/counted/" in read(client.get("/statistics/").content).links
    page = read(client.get("/emergency/counted/").content)
    assert (page.problems, "The agency of dmitri" in page.text, aino in page.text) == ([], True, False)
    assert as_staff(dmitri).get("/emergency/counted/").status_code == 403
