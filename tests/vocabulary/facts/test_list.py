"""The list of fact types as a whole: complete, documented, and with nothing in it that may not be there."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

import msgspec
import pytest
import yaml

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts import FACT_TYPES, ROOMS
from encircle.vocabulary.facts.fact_type import FactType
from encircle.vocabulary.facts.kind import KINDS, WHOLE, Kind
from encircle.vocabulary.facts.shape import FieldShape, shape
from encircle.vocabulary.field_group import MEANING, FieldGroup
from encircle.vocabulary.regime import Regime
from encircle.vocabulary.role import Role
from tests.vocabulary.facts.example import TYPES

FORBIDDEN = re.compile(r"consent|score|weight|probab|likel|promiscu|credib", re.IGNORECASE)
"""P5: no field says that a child consented to exploitation. P6: no number stands for a judgement about a child."""

DUTIES = [
    *("D01", "D01b", "D02a", "D02b", "D02c"),
    *(f"D{number:02}" for number in range(3, 51)),
]
PROHIBITIONS = [f"P{number}" for number in range(1, 18)]
STATUSES = [f"A{number}" for number in range(11)]


def all_fields(types: Iterable[FactType] = TYPES) -> Iterator[tuple[FactType, FieldShape]]:
    for of in types:
        for field in shape(of):
            yield of, field


def test_every_duty_prohibition_and_status_has_facts_that_speak_of_it():
    named = {row for of in TYPES for row in of.rows}
    assert [row for row in (*DUTIES, *PROHIBITIONS, *STATUSES) if row not in named] == []
    assert named - {*DUTIES, *PROHIBITIONS, *STATUSES} == set()


def test_every_room_of_facts_is_imported_and_registers_something():
    homes = {of.payload.__module__ for of in TYPES}
    assert homes == {room.__name__ for room in ROOMS}


def test_every_type_says_in_a_sentence_or_two_what_it_states():
    wrong = [of.name for of in TYPES if not re.fullmatch(r"[A-Z][^.]+\.( [A-Z][^.]+\.)?", of.doc)]
    assert wrong == []


def test_every_field_says_what_it_holds_and_what_is_expected():
    wrong = [
        f"{of.name}.{field.name}"
        for of, field in all_fields()
        if not re.fullmatch(r"[A-Z].+\.", field.doc) or not field.expected
    ]
    assert wrong == []


def test_the_class_of_a_payload_has_the_name_of_its_type():
    assert [
        of.name for of in TYPES if of.payload.__name__ != "".join(map(str.capitalize, of.name.split("_")))
    ] == []


def test_every_payload_is_frozen_and_refuses_fields_that_it_does_not_know():
    for of in TYPES:
        config = of.payload.__struct_config__
        assert (config.frozen, config.forbid_unknown_fields, config.omit_defaults) == (True, True, True), (
            of.name
        )


def differing_fields(types: Iterable[FactType]) -> list[str]:
    """Fields of one kind with one name and two meanings: in a condition nobody could tell which is read."""
    held = defaultdict(set)
    for of, field in all_fields(types):
        held[f"{of.about.value}.{field.name}"].add((field.value, field.ref_kind, field.choices))
    return [name for name, kinds in held.items() if len(kinds) > 1]


def test_a_field_name_means_one_thing_in_its_kind():
    assert differing_fields(TYPES) == []
    planted = replace(FACT_TYPES["guardian_ended"], about=Kind.DETENTION)
    other = replace(FACT_TYPES["placement_ended"], about=Kind.DETENTION)
    assert differing_fields([planted, other]) == ["detention.ended_because"]


def test_a_field_of_the_child_belongs_to_one_type_only():
    """The child is one subject: a shared field would say, for example, "reasons given" without saying of what."""
    held = defaultdict(list)
    for of, field in all_fields():
        if of.about is Kind.CHILD:
            held[field.name].append(of.name)
    assert {name: types for name, types in held.items() if len(types) > 1} == {}


def forbidden_names(types: Iterable[FactType]) -> list[str]:
    return [f"{of.name}.{field.name}" for of, field in all_fields(types) if FORBIDDEN.search(field.name)]


def test_no_field_holds_consent_to_exploitation_a_score_or_a_weight():
    assert forbidden_names(TYPES) == []
    scored = msgspec.defstruct(
        "Scored", [("risk_score", bool)], bases=(TYPES[0].payload,), frozen=True, kw_only=True
    )
    assert forbidden_names([replace(TYPES[0], payload=scored)]) == [f"{TYPES[0].name}.risk_score"]


def test_an_indicator_carries_neither_number_nor_weight():
    assert [(field.name, field.value) for field in shape(FACT_TYPES["indicator_noted"])] == [
        ("indicator", "code"),
        ("note", "text"),
    ]


def test_yaml_reads_every_name_and_code_as_the_word_that_it_is():
    words = {word for of, field in all_fields() for word in (of.name, of.mark, field.name, *field.choices)}
    assert [word for word in words if yaml.safe_load(word) != word] == []
    assert [
        word for word in ("no", "yes", "off", "null", "none", "genuine") if yaml.safe_load(word) != word
    ] == [*("no", "yes", "off", "null")]


def test_what_is_sealed_as_a_place_holds_only_what_no_rule_needs():
    sealed = [of for of in TYPES if of.compartment is Compartment.LOCATION]
    assert [of.name for of in sealed] == ["place_recorded"]
    assert {field.value for _, field in all_fields(sealed)} == {"text"}


def test_addresses_and_telephone_numbers_stand_nowhere_else():
    places = re.compile(r"address|telephone|phone|directions|street|postcode|email")
    outside = [
        f"{of.name}.{field.name}"
        for of, field in all_fields()
        if field.value in ("text", "identifier")
        and places.search(field.name)
        and of.compartment is not Compartment.LOCATION
    ]
    assert outside == []


def test_names_and_papers_of_the_child_are_sealed_as_identity():
    names = ("name_used", "given_names", "family_name", "date_of_birth", "nationality", "number", "full_name")
    found = {of.compartment for of, field in all_fields() if field.name in names}
    assert found == {Compartment.IDENTITY}


def test_suspects_stand_under_law_enforcement_and_apart():
    suspected = FACT_TYPES["person_suspected"]
    assert (suspected.group, suspected.compartment, suspected.regime) == (
        FieldGroup.CRIMINAL,
        Compartment.CRIMINAL,
        Regime.LAW_ENFORCEMENT,
    )


def test_a_subject_is_named_by_its_kind():
    kinds = {field.ref_kind for _, field in all_fields() if field.value == "ref"}
    assert kinds <= {kind.value for kind in Kind}
    assert [of.name for of, field in all_fields() if field.value == "ref" and field.ref_kind == "child"] == []


def test_every_kind_is_described_and_has_types():
    assert set(KINDS) == set(Kind)
    assert set(Kind) - {of.about for of in TYPES} == set()


def test_plurals_are_their_own_words():
    plurals = [doc.plural for kind, doc in KINDS.items() if kind not in WHOLE]
    assert len(set(plurals)) == len(plurals)
    assert set(plurals) & {kind.value for kind in Kind} == set()
    assert "now" not in plurals


def test_every_field_group_has_its_meaning_and_roles_are_spelt_once():
    assert set(MEANING) == set(FieldGroup)
    assert len({role.value for role in Role}) == len(Role)


def test_a_plan_names_nothing_that_has_happened():
    assert [of.name for of in TYPES if of.plan and of.living_child] == []


@pytest.mark.parametrize("name", ["interview_held", "view_heard", "examination_held", "missing_reported"])
def test_what_only_a_born_child_can_live_through_is_marked_so(name: str):
    assert FACT_TYPES[name].living_child


@pytest.mark.parametrize(
    "name", ["concern_registered", "guardian_requested", "birth_expected", "service_requested"]
)
def test_a_child_not_yet_born_can_be_protected(name: str):
    assert not FACT_TYPES[name].living_child
