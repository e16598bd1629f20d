"""A decision is written down for the child, in words that give nobody away; until then those around it are reminded."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from encircle.actions.act import NotTaken, Statement, perform
from encircle.actions.childs_page.handing import take_back
from tests.web.child.test_own_page import code_for, opened, told
from tests.web.reading import read
from tests.web.world import Staff

AsStaff = Callable[[Staff], Client]
WORDS = "You stay in the house where you sleep now. You said you feel safe there. We ask you again in May."
NOT_YET = "A decision is not yet written down for the child"


def decided(carla: Staff, aino: str) -> str:
    """The decision, which the child was told in person."""
    made = perform(
        carla.who,
        aino,
        [
            Statement(
                type="decision_made",
                label="d",
                values={
                    "decision_kind": "placement",
                    "outcome": "continued",
                    "reasons": "Disclosure in the assessment of 3 March; the relatives were not cleared.",
                },
            ),
            Statement(
                type="decision_notified",
                subject="@d",
                values={"notified_to": ["child"], "explained_in_person": True},
            ),
        ],
        token=str(uuid4()),
    )
    return str(made.facts[0].id)


def written(words: str, decision: str, *, read_through: bool = True) -> Statement:
    values = {
        "childs_words": words,
        "childs_words_language": "en",
        "nothing_to_find_the_child_by": read_through,
    }
    return Statement(type="decision_put_in_childs_words", subject=decision, values=values)


def test_the_child_reads_why_in_its_own_words_and_never_the_reasons_of_the_file(aino: str, carla: Staff):
    decision = decided(carla, aino)
    child = opened(code_for(aino, carla))
    before = read(child.get("/my/decided/").content).text
    assert "It goes on as before." in before
    assert "We ask you again" not in before
    told(carla, aino, written(WORDS, decision))
    answer = child.get("/my/decided/")
    page = read(answer.content)
    assert page.problems == []
    assert WORDS in page.text
    assert "Disclosure" not in answer.content.decode()


def test_the_last_words_count_and_words_that_are_taken_back_are_gone(aino: str, carla: Staff):
    decision = decided(carla, aino)
    child = opened(code_for(aino, carla))
    told(carla, aino, written(WORDS, decision))
    last = perform(carla.who, aino, [written("You stay. That is good.", decision)], token=str(uuid4()))
    assert "You stay. That is good." in read(child.get("/my/decided/").content).text
    assert "You sleep now" not in read(child.get("/my/decided/").content).text
    told(
        carla,
        aino,
        Statement(type="withdrawal", withdraws=last.facts[0].id, values={"withdrawal_reasons": "Wrong."}),
    )
    assert "You stay. That is good." not in read(child.get("/my/decided/").content).text


def test_those_who_lead_are_reminded_while_the_child_has_its_page(aino: str, carla: Staff, as_staff: AsStaff):
    decision = decided(carla, aino)
    desk = as_staff(carla)
    assert NOT_YET not in read(desk.get("/").content).text
    code_for(aino, carla)
    for where in ("/", f"/records/{aino}/"):
        answer = desk.get(where)
        page = read(answer.content)
        assert page.problems == []
        assert NOT_YET in page.text
        way = (
            f"/records/{aino}/record/decision-for-the-child/?decision_put_in_childs_words-subject={decision}"
        )
        assert way in answer.content.decode()
    form = desk.get(way)
    assert (form.status_code, decision in form.content.decode()) == (200, True)
    told(carla, aino, written(WORDS, decision))
    assert NOT_YET not in read(desk.get("/").content).text


def test_without_a_page_nobody_is_reminded(aino: str, carla: Staff, as_staff: AsStaff):
    decided(carla, aino)
    code_for(aino, carla)
    take_back(carla.who, aino)
    assert NOT_YET not in read(as_staff(carla).get("/").content).text


def test_another_agency_is_not_reminded(aino: str, carla: Staff, eva: Staff, as_staff: AsStaff):
    decided(carla, aino)
    code_for(aino, carla)
    assert NOT_YET not in read(as_staff(eva).get("/").content).text


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Ask Mr Kaskvee.", "a_name"),
        ("Ask mr KASKVEE, he knows.", "a_name"),
        ("Küsi Kaskveelt.", "a_name"),
        ("Call 5123 4567.", "a_number"),
        ("Write to bo@example.org.", "a_number"),
        ("See https://example.org", "a_number"),
    ],
)
def test_words_by_which_somebody_could_be_found_are_not_taken(words: str, code: str, aino: str, carla: Staff):
    decision = decided(carla, aino)
    told(
        carla,
        aino,
        Statement(type="guardian_appointed", values={"name": "Bo Kaskvee", "capacity": "guardian"}),
    )
    with pytest.raises(NotTaken) as refused:
        perform(carla.who, aino, [written(words, decision)], token=str(uuid4()))
    assert [(one.field, one.code) for one in refused.value.problems] == [("childs_words", code)]


def test_given_names_and_dates_may_stand(aino: str, carla: Staff):
    decision = decided(carla, aino)
    told(
        carla,
        aino,
        Statement(type="guardian_appointed", values={"name": "Bo Kaskvee", "capacity": "guardian"}),
    )
    told(carla, aino, written("Bo comes on 12.05.2026 at 14:30. Section 7 says so.", decision))


def test_words_that_nobody_read_for_places_are_not_taken(aino: str, carla: Staff):
    decision = decided(carla, aino)
    with pytest.raises(NotTaken) as refused:
        perform(carla.who, aino, [written(WORDS, decision, read_through=False)], token=str(uuid4()))
    assert [one.code for one in refused.value.problems] == ["not_read"]
