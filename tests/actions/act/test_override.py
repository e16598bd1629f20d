"""A prohibition is set aside for one act by two persons, never by one, and never where nobody may."""

from dataclasses import replace
from uuid import uuid4

import pytest
from pytest_django import Settings

from encircle.actions.act import (
    NotAlone,
    NotTaken,
    Prohibited,
    Statement,
    answer_override,
    ask_override,
    askings,
    perform,
)
from encircle.actions.context import Who
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import on_record, open_record, state
from tests.database import TestDatabase
from tests.web.world import Staff, journal_of, make_staff

BASIS = "Her own wish, informed, with the guardian; Article 36."
PLAN = Statement(type="interview_planned", values={"at": "2026-12-24", "suspect_expected": True})


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def aino(carla: Staff) -> str:
    return open_record(carla)


@pytest.fixture
def lead(carla: Staff) -> Who:
    """A second person of the same agency."""
    return replace(carla.who, person=str(uuid4()), role=Role.CASE_LEAD)


def test_two_persons_set_a_prohibition_aside_for_one_act(carla: Staff, aino: str, lead: Who):
    (asked,) = ask_override(carla.who, aino, [PLAN], basis=BASIS, token=str(uuid4())).facts
    with pytest.raises(Prohibited):
        state(carla, aino, PLAN)
    with pytest.raises(NotAlone):
        answer_override(carla.who, aino, asked.id, agrees=True, token=str(uuid4()))
    answer_override(lead, aino, asked.id, agrees=True, token=str(uuid4()))
    planned, used = state(carla, aino, PLAN).facts
    assert (planned.type, used.type, used.subject) == ("interview_planned", "override_used", asked.id)
    with pytest.raises(Prohibited):
        state(carla, aino, PLAN)
    assert [(one.agreed, one.used) for one in askings(on_record(carla, aino))] == [(True, True)]


def test_a_form_whose_act_used_an_override_is_saved_once(carla: Staff, aino: str, lead: Who):
    (asked,) = ask_override(carla.who, aino, [PLAN], basis=BASIS, token=str(uuid4())).facts
    answer_override(lead, aino, asked.id, agrees=True, token=str(uuid4()))
    token = str(uuid4())
    first, again = state(carla, aino, PLAN, token=token), state(carla, aino, PLAN, token=token)
    assert again.again
    assert again.facts == first.facts[:1]


def test_a_refusal_of_the_second_person_leaves_the_prohibition(carla: Staff, aino: str, lead: Who):
    (asked,) = ask_override(carla.who, aino, [PLAN], basis=BASIS, token=str(uuid4())).facts
    answer_override(lead, aino, asked.id, agrees=False, why="A video link serves.", token=str(uuid4()))
    with pytest.raises(Prohibited):
        state(carla, aino, PLAN)
    with pytest.raises(Refused, match="Nothing waits"):
        answer_override(lead, aino, asked.id, agrees=True, token=str(uuid4()))


def test_an_override_for_one_plan_serves_no_other(carla: Staff, aino: str, lead: Who):
    (asked,) = ask_override(carla.who, aino, [PLAN], basis=BASIS, token=str(uuid4())).facts
    answer_override(lead, aino, asked.id, agrees=True, token=str(uuid4()))
    hearing = Statement(
        type="hearing_scheduled",
        values={"at": "2026-12-24", "suspect_expected": True, "child_to_attend": True},
    )
    with pytest.raises(Prohibited):
        state(carla, aino, hearing)


def test_nobody_writes_the_agreement_of_a_second_person_as_a_fact(carla: Staff, aino: str):
    (asked,) = ask_override(carla.who, aino, [PLAN], basis=BASIS, token=str(uuid4())).facts
    agreed = Statement(
        type="override_decided",
        subject=asked.id,
        values={"prohibition": "P1", "basis": BASIS, "first_role": "police", "second_role": "case_lead"},
    )
    with pytest.raises(NotTaken):
        state(carla, aino, agreed)


def test_what_nothing_prohibits_needs_no_second_person(carla: Staff, aino: str):
    with pytest.raises(NotTaken):
        ask_override(
            carla.who,
            aino,
            [Statement(type="interview_planned", values={"at": "2026-12-24"})],
            basis=BASIS,
            token=str(uuid4()),
        )


def test_a_refused_plan_is_in_the_journal(carla: Staff, aino: str):
    with pytest.raises(Prohibited):
        perform(carla.who, aino, [PLAN], token=str(uuid4()))
    assert journal_of(carla) == [("refusal", "prohibited", "record", "", True)]
