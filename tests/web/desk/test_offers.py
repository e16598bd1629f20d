"""Referrals on pages: an agency is asked, weighs codes, accepts or declines; it sees nothing of the record before that."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from encircle.vocabulary.role import Role
from tests.web.desk.test_emergency import led_by
from tests.web.desk.test_record_act import hidden
from tests.web.reading import read
from tests.web.world import Staff, make_staff

pytestmark = pytest.mark.usefixtures("database")
SignedIn = Callable[[Staff], Client]
GONE = 404


@pytest.fixture
def nora() -> Staff:
    return make_staff("nora", Role.NGO)


@pytest.fixture
def aino(carla: Staff) -> str:
    return led_by(carla)


def asked(nora: Staff, **typed: str) -> dict[str, str]:
    return {
        "agency": nora.agency,
        "asked": "ngo",
        "need": "safe_place",
        "urgency": "today",
        "basis": "Child Protection Act 31",
        "do": "offer",
        **typed,
    }


def offered(client: Client, number: str, nora: Staff) -> None:
    address = f"/records/{number}/people/referrals/"
    form = hidden(client.get(address).content)
    assert client.post(address, {**form, **asked(nora)}).headers["Location"] == f"{address}?done"


def the_address(client: Client) -> str:
    (address,) = {
        link for link in read(client.get("/referrals/").content).links if link.startswith("/referrals/")
    }
    return address


def test_the_page_of_people_leads_there_and_a_child_is_offered_and_taken_back(
    aino: str, carla: Staff, nora: Staff, as_staff: SignedIn
):
    client, address = as_staff(carla), f"/records/{aino}/people/referrals/"
    assert address in read(client.get(f"/records/{aino}/people/").content).links
    assert "The child was referred to nobody" in read(client.get(address).content).text
    offered(client, aino, nora)
    after = client.get(f"{address}?done")
    assert read(after.content).problems == []
    for said in ("The agency of nora", "A safe place to stay", "Waits for an answer"):
        assert said in read(after.content).text
    (end,) = re.findall(r'value="(withdraw-[^"]+)"', after.content.decode())
    client.post(address, {**hidden(after.content), "do": end})
    assert "Taken back" in read(client.get(address).content).text
    again = client.post(address, {**hidden(after.content), "do": end})
    assert (again.status_code, "ended already" in read(again.content).text) == (409, True)


def test_who_is_asked_comes_from_the_first_page_weighs_and_accepts(
    aino: str, carla: Staff, nora: Staff, as_staff: SignedIn
):
    offered(as_staff(carla), aino, nora)
    client = as_staff(nora)
    assert "/referrals/" in read(client.get("/").content).links
    assert "A child is referred to your agency" in read(client.get("/notices/").content).text
    page = client.get(the_address(client))
    text = read(page.content).text
    assert read(page.content).problems == []
    for said in ("A safe place to stay", "Today", "The agency of carla", "ChildProtectionAct 31"):
        assert said in text
    assert aino not in page.content.decode()
    assert client.get(f"/records/{aino}/").status_code == GONE
    accepted = client.post(the_address(client), {**hidden(page.content), "do": "accept"})
    assert accepted.headers["Location"] == f"/records/{aino}/"
    assert client.get(f"/records/{aino}/").status_code == 200


def test_declining_asks_for_a_reason_and_the_offer_is_gone(
    aino: str, carla: Staff, nora: Staff, as_staff: SignedIn
):
    offered(as_staff(carla), aino, nora)
    client = as_staff(nora)
    address = the_address(client)
    silent = client.post(address, {"do": "decline"})
    assert (silent.status_code, "Say why not." in read(silent.content).text) == (422, True)
    done = client.post(address, {"do": "decline", "because": "no_place"})
    assert done.headers["Location"] == "/referrals/?declined"
    shown = read(client.get("/referrals/?declined").content)
    assert ("No referral waits for your agency" in shown.text, shown.problems) == (True, [])
    assert client.get(address).status_code == GONE
    assert client.post(address, {"do": "accept"}).status_code == GONE
    leading = as_staff(carla)
    assert (
        "An agency to which you referred this child has answered"
        in read(leading.get("/notices/").content).text
    )
    page = leading.get(f"/records/{aino}/people/referrals/")
    assert "We have no place now" in read(page.content).text
    (record,) = re.findall(r'value="(record-[^"]+)"', page.content.decode())
    saved = leading.post(f"/records/{aino}/people/referrals/", {**hidden(page.content), "do": record})
    assert saved.status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"agency": ""}, "Choose an agency that takes no part in this record"),
        ({"asked": ""}, "Choose what you ask for."),
        ({"need": ""}, "Choose what the child needs."),
        ({"urgency": ""}, "Choose how soon."),
        ({"basis": "закон 31"}, "A legal basis is written as act and article"),
    ],
)
def test_what_cannot_be_offered_is_told_at_its_field(
    aino: str, carla: Staff, nora: Staff, as_staff: SignedIn, typed: dict[str, str], said: str
):
    client, address = as_staff(carla), f"/records/{aino}/people/referrals/"
    form = hidden(client.get(address).content)
    answer = client.post(address, {**form, **asked(nora, **typed)})
    assert (answer.status_code, said in read(answer.content).text) == (422, True)


def test_an_offer_of_others_and_one_that_is_not_there_are_the_same_bytes(
    aino: str, carla: Staff, nora: Staff, eva: Staff, as_staff: SignedIn
):
    offered(as_staff(carla), aino, nora)
    client, other = as_staff(eva), the_address(as_staff(nora))
    nobody = "/referrals/00000000-0000-4000-8000-000000000000/"
    answers = [client.get(address) for address in (other, nobody, "/referrals/anything/")]
    assert {answer.status_code for answer in answers} == {GONE}
    assert len({re.sub(rb'nonce-[^"\' ]+|nonce="[^"]+"', b"", answer.content) for answer in answers}) == 1
