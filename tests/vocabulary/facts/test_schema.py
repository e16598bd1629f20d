"""The JSON Schema of facts: valid, complete, and of one mind with what is read."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encircle.vocabulary.facts.fact_type import FactType
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.facts.schema import facts_schema
from tests.vocabulary.facts.example import TYPES, least, payloads, whole
from tests.vocabulary.facts.json_schema import faults, unknown_keywords

SCHEMA = facts_schema()


def fact(of: FactType, payload: dict[str, object]) -> dict[str, object]:
    return {
        "id": "f1",
        "child": "aino",
        "type": of.name,
        "happened": "2018-10",
        "source": "p",
        "payload": payload,
    }


def test_it_says_its_dialect_and_uses_no_keyword_that_the_tests_pass_over():
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert unknown_keywords(SCHEMA) == set()
    assert unknown_keywords({"properties": {"minimum": {"colour": 1}}}) == {"colour"}


def test_it_is_plain_json_and_every_reference_leads_to_a_definition():
    text = json.dumps(SCHEMA)
    references = set(re.findall(r'"#/\$defs/([^"]+)"', text))
    assert json.loads(text) == SCHEMA
    assert references - set(SCHEMA["$defs"]) == set()
    assert {of.name for of in TYPES} <= references


@pytest.mark.parametrize("of", TYPES, ids=lambda of: of.name)
def test_it_accepts_an_example_of_every_type(of: FactType):
    for payload in (least(of), whole(of)):
        assert faults(fact(of, payload), SCHEMA, SCHEMA) == []


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_what_it_accepts_is_read_and_the_other_way_round(data: st.DataObject):
    of = data.draw(st.sampled_from(TYPES))
    payload = data.draw(payloads(of))
    assert faults(fact(of, payload), SCHEMA, SCHEMA) == []
    assert type(read_payload(of.name, payload)) is of.payload


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"type": "guardian_apointed"}, ["$.type: not one of the list"]),
        ({"payload": {}}, ["$.payload: claimed_child is missing"]),
        ({"payload": {"claimed_child": "perhaps"}}, ["$.payload.claimed_child: not boolean"]),
        ({"payload": {"claimed_child": True, "score": 3}}, ["$.payload.score: nothing is allowed here"]),
        ({"happened": "yesterday"}, ["$.happened: fits none"]),
        ({"happened": 1994}, []),
        ({"concern": "c1"}, ["$: does not fit exactly one"]),
        ({"certainty": "sure"}, ["$.certainty: not one of the list"]),
        ({"learnt": {"police": "2018"}}, []),
        ({"learnt": {"police": "soon"}}, ["$.learnt.police: fits none"]),
        ({"colour": "red"}, ["$.colour: nothing is allowed here"]),
    ],
)
def test_planted_faults_are_found(change: dict[str, object], found: list[str]):
    claim = next(of for of in TYPES if of.name == "age_claimed")
    assert faults({**fact(claim, {"claimed_child": True}), **change}, SCHEMA, SCHEMA) == found


def test_a_payload_may_be_left_out_only_where_no_field_is_needed():
    bare = {"id": "f1", "child": "aino", "happened": "2018", "source": "p"}
    assert faults({**bare, "type": "health_need_answered"}, SCHEMA, SCHEMA) == []
    assert faults({**bare, "type": "age_claimed"}, SCHEMA, SCHEMA) == ["$: payload is missing"]


def test_each_definition_says_who_may_read_it():
    shown = {key: value for key, value in SCHEMA["$defs"]["place_recorded"].items() if key.startswith("x-")}
    assert shown == {
        "x-kind": "place",
        "x-mark": "recorded",
        "x-field-group": "L",
        "x-field-groups": ["L"],
        "x-compartment": "location",
        "x-regime": "gdpr",
        "x-rows": ["D24", "D31"],
    }
