"""A missing child on the page of its record: reported at once, with its clocks, until somebody talked with it."""

from uuid import uuid4

import pytest

from encircle.actions.act import Statement, perform
from tests.web.page.test_manner import AsStaff
from tests.web.reading import Page, read
from tests.web.world import Staff


def page(staff: Staff, number: str, as_staff: AsStaff) -> Page:
    answer = as_staff(staff).get(f"/records/{number}/missing/")
    assert answer.status_code == 200
    return read(answer.content)


def state(staff: Staff, number: str, *statements: Statement) -> None:
    perform(staff.who, number, list(statements), token=str(uuid4()))


def episode(type_: str, **values: object) -> Statement:
    return Statement(type=type_, subject="@m", values=values)


REPORTED = Statement(type="missing_reported", label="m", values={"reported_to": "police"})


def test_a_child_that_was_never_missing_can_be_reported_at_once(aino: str, carla: Staff, as_staff: AsStaff):
    shown = page(carla, aino, as_staff)
    assert (shown.problems, shown.count("h1")) == ([], 1)
    assert "Nothing on record says that this child was missing" in shown.text
    assert "There is no waiting time" in shown.text
    html = as_staff(carla).get(f"/records/{aino}/missing/").content.decode()
    assert f"/records/{aino}/record/missing/" in html


def test_while_the_child_is_missing_it_says_what_is_due_and_what_never_is_right(
    aino: str, carla: Staff, as_staff: AsStaff
):
    state(carla, aino, REPORTED)
    shown = page(carla, aino, as_staff)
    assert shown.problems == []
    assert all(
        words in shown.text
        for words in (
            "Missing",
            "Response to a missing child",
            "Risk level with its reasons",
            "Waiting 24 hours",
            "Others were told that the child is missing",
        )
    )
    assert "Is the child not where expected?" not in shown.text
    assert "Missing and found" in read(as_staff(carla).get(f"/records/{aino}/").content).text


def test_a_child_that_an_alert_found_has_its_twelve_hours(aino: str, carla: Staff, as_staff: AsStaff):
    state(carla, aino, REPORTED, episode("missing_located", alert_hit=True))
    shown = page(carla, aino, as_staff)
    assert all(
        words in shown.text for words in ("Located", "D32", "Decision for a child located after an alert")
    )
    state(carla, aino, REPORTED, episode("missing_located", alert_hit=False))


def test_after_the_return_somebody_independent_talks_with_the_child(
    aino: str, carla: Staff, as_staff: AsStaff
):
    state(
        carla,
        aino,
        REPORTED,
        episode("missing_police_reported"),
        episode("missing_risk_assessed", danger="grave"),
        episode("missing_others_told", told=["guardian"]),
        episode("missing_returned", safe_and_well=True),
    )
    before = page(carla, aino, as_staff)
    assert all(words in before.text for words in ("Returned", "Return interview", "Is the child not where"))


@pytest.mark.parametrize(
    "slug",
    ["missing", "missing-police", "missing-risk", "missing-told", "found", "found-measures", "returned"],
)
def test_each_step_has_a_form_of_its_own(aino: str, carla: Staff, as_staff: AsStaff, slug: str):
    assert as_staff(carla).get(f"/records/{aino}/record/{slug}/").status_code == 200


def test_who_does_not_take_part_sees_no_such_page(aino: str, carla: Staff, eva: Staff, as_staff: AsStaff):
    state(carla, aino, REPORTED)
    theirs = as_staff(eva).get(f"/records/{aino}/missing/")
    nowhere = as_staff(eva).get("/records/0000-0000/missing/")
    assert (theirs.status_code, nowhere.status_code) == (404, 404)
