"""A restricted record says so, is closed to looks for other purposes, and still takes what happens to the child."""

from collections.abc import Callable

import pytest
from django.test import Client

from encircle.actions.act.statement import Statement
from tests.actions.act.test_perform import state
from tests.web.desk.test_emergency import led_by
from tests.web.reading import read
from tests.web.world import Staff

pytestmark = pytest.mark.usefixtures("database")
SignedIn = Callable[[Staff], Client]
OPEN_TO_PROTECT = Statement(
    type="use_restricted",
    values={"use_restriction": "restricted", "restriction_asked_by": "child", "still_used_for": ["protect"]},
)
OPEN_TO_COURTS = Statement(
    type="use_restricted",
    values={"use_restriction": "restricted", "restriction_asked_by": "child", "still_used_for": ["judge"]},
)
ENDED = Statement(type="use_restricted", values={"use_restriction": "ended"})


@pytest.fixture
def aino(carla: Staff) -> str:
    return led_by(carla)


def test_a_restriction_shows_on_the_record(aino: str, carla: Staff, as_staff: SignedIn):
    address = f"/records/{aino}/"
    assert "use of this record is restricted" not in read(as_staff(carla).get(address).content).text
    state(carla, aino, OPEN_TO_PROTECT)
    page = as_staff(carla).get(address)
    assert (page.status_code, "The use of this record is restricted" in read(page.content).text) == (
        200,
        True,
    )


def test_looks_for_other_purposes_are_refused_with_the_reason_until_it_ends(
    aino: str, carla: Staff, as_staff: SignedIn
):
    state(carla, aino, OPEN_TO_COURTS)
    client = as_staff(carla)
    refused = client.get(f"/records/{aino}/")
    assert (refused.status_code, "restricted for a time" in read(refused.content).text) == (403, True)
    assert client.get(f"/records/{aino}/looks/").status_code == 200
    state(carla, aino, ENDED)
    assert client.get(f"/records/{aino}/").status_code == 200


def test_a_request_for_correction_and_its_answer_stand_on_the_record(
    aino: str, carla: Staff, as_staff: SignedIn
):
    asked = state(
        carla,
        aino,
        Statement(
            type="correction_asked",
            values={"correction_asked_by": "child", "said_to_be_wrong": "My name is written wrong."},
        ),
    )
    state(
        carla,
        aino,
        Statement(
            type="correction_answered",
            subject=asked.facts[0].id,
            values={"correction_outcome": "corrected", "told_where_to_complain": True},
        ),
    )
    text = read(as_staff(carla).get(f"/records/{aino}/facts/").content).text
    for said in ("My name is written wrong.", "corrected"):
        assert said in text
    form = as_staff(carla).get(f"/records/{aino}/record/correction-asked/")
    assert (form.status_code, read(form.content).problems) == (200, [])


def listed(client: Client, number: str) -> tuple[bool, bool, bool]:
    """Whether the list of records has it, names the child, and says that its use is restricted."""
    text = read(client.get("/records/").content).text
    return number in text, "Aino Qvist" in text, "Use restricted" in text


def test_a_list_marks_it_and_names_nobody_where_no_purpose_of_who_looks_is_left(
    aino: str, carla: Staff, as_staff: SignedIn
):
    state(carla, aino, Statement(type="name_recorded", values={"name_used": "Aino Qvist"}))
    client = as_staff(carla)
    assert listed(client, aino) == (True, True, False)
    state(carla, aino, OPEN_TO_PROTECT)
    assert listed(client, aino) == (True, True, True)
    state(carla, aino, OPEN_TO_COURTS)
    assert listed(client, aino) == (True, False, True)
    state(carla, aino, ENDED)
    assert listed(client, aino) == (True, True, False)


def test_a_search_finds_such_a_record_by_its_number_alone(aino: str, carla: Staff, as_staff: SignedIn):
    state(carla, aino, Statement(type="name_recorded", values={"name_used": "Aino Qvist"}))
    state(carla, aino, OPEN_TO_COURTS)
    client = as_staff(carla)
    by_name, by_number = (
        read(client.post("/search/", {"asked": asked}).content).text for asked in ("Aino Qvist", aino)
    )
    assert (aino in by_name, "Use restricted" in by_number) == (False, True)
    state(carla, aino, ENDED)
    assert aino in read(client.post("/search/", {"asked": "Aino Qvist"}).content).text


def test_what_stands_on_a_restricted_record_is_not_used_from_one_that_is_linked_to_it(
    aino: str, carla: Staff, as_staff: SignedIn
):
    other = led_by(carla)
    state(carla, other, Statement(type="name_recorded", values={"name_used": "Aino Qvist"}))
    state(carla, aino, Statement(type="same_child_stated", values={"other_record": other}))
    client = as_staff(carla)
    told = "another record of this child is restricted"

    def shown() -> tuple[bool, bool]:
        page = read(client.get(f"/records/{aino}/").content).text
        return "Aino Qvist" in page, told in page

    assert shown() == (True, False)
    state(carla, other, OPEN_TO_PROTECT)
    assert shown() == (True, False)
    state(carla, other, OPEN_TO_COURTS)
    assert shown() == (False, True)
    assert "Aino Qvist" not in read(client.get(f"/records/{aino}/facts/").content).text
    state(carla, other, ENDED)
    assert shown() == (True, False)
