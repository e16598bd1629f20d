"""The pages of asking whose child it is: hidden and absent are one page, and the owner's answer comes back."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from encircle.vocabulary.role import Role
from tests.actions.test_owner import child_of, new_family
from tests.web.desk.test_record_act import hidden
from tests.web.reading import read
from tests.web.world import Staff, make_staff

pytestmark = pytest.mark.usefixtures("database")
SignedIn = Callable[[Staff], Client]
ASK = "/search/whose-child/"


@pytest.fixture
def hanna() -> Staff:
    return make_staff("hanna", Role.HEALTH_SERVICE)


def asked(client: Client, name: str, born: str = "6.5.2010", visit: str = "treat") -> bytes:
    form = hidden(client.get(ASK).content)
    return client.post(ASK, {**form, "name": name, "born": born, "visit": visit}).content


def test_a_doctor_asks_the_owner_sees_it_and_answers(carla: Staff, hanna: Staff, as_staff: SignedIn):
    name = f"Aino {new_family()}"
    number, doctor, lead = child_of(carla, name), as_staff(hanna), as_staff(carla)
    assert ASK in read(doctor.get("/search/").content).links
    page = read(asked(doctor, name))
    assert (page.problems, "The agency of carla" in page.text) == ([], True)
    assert (number in page.text, "Aino" in page.text) == (False, False)
    assert "Somebody asked whose child this is" in read(lead.get("/notices/").content).text
    address = f"/records/{number}/people/asked/"
    assert address in read(lead.get(f"/records/{number}/people/").content).links
    shown = lead.get(address)
    assert (read(shown.content).problems, "The agency of hanna" in read(shown.content).text) == ([], True)
    question = re.search(r'value="decline-([0-9a-f-]{36})"', shown.content.decode())
    assert question is not None
    form = {"do": f"decline-{question[1]}", f"answer-{question[1]}": "call_us"}
    assert lead.post(address, form).headers["Location"] == f"{address}?done"
    assert "Call us first" in read(doctor.get(ASK).content).text
    assert "Somebody asked" not in read(lead.get("/notices/").content).text
    assert doctor.get(f"/records/{number}/").status_code == 404


def masked(page: bytes) -> str:
    text = re.sub(r'value="[^"]{30,}"', "", page.decode())
    text = re.sub(r"hanna-[0-9a-f-]{36}", "", text)
    return re.sub(r"nonce-?=?\"?[A-Za-z0-9+/=_-]+", "", text)


def test_a_child_that_is_led_by_the_police_and_none_are_the_same_page(hanna: Staff, as_staff: SignedIn):
    name = f"Aino {new_family()}"
    child_of(make_staff("dmitri", Role.POLICE), name)
    twin = make_staff("hanna", Role.HEALTH_SERVICE)
    there, absent = asked(as_staff(hanna), name), asked(as_staff(twin), f"Aino {new_family()}")
    assert "Nothing can be told" in read(there).text
    assert masked(there) == masked(absent)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": "Aino"}, "Write the given name and the family name"),
        ({"born": "2010"}, "Write the day of birth like 6.5.2010."),
        ({"visit": "oversee"}, "Choose what you need it for."),
        ({"visit": ""}, "Choose what you need it for."),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(
    hanna: Staff, as_staff: SignedIn, typed: dict[str, str], told: str
):
    page = read(asked(as_staff(hanna), **{"name": f"Aino {new_family()}", **typed}))
    assert (page.problems, told in page.text) == ([], True)


def test_a_role_that_may_not_ask_is_told_why_and_gets_no_way_there(as_staff: SignedIn):
    rosa = as_staff(make_staff("rosa", Role.SCHOOL))
    assert ASK not in read(rosa.get("/search/").content).links
    assert rosa.get(ASK).status_code == 403


def test_who_takes_no_part_gets_the_questions_of_no_record(carla: Staff, eva: Staff, as_staff: SignedIn):
    number = child_of(carla, f"Aino {new_family()}")
    client = as_staff(eva)
    answers = [client.get(f"/records/{one}/people/asked/") for one in (number, "zzzz-zzzz")]
    assert [one.status_code for one in answers] == [404, 404]
