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
