"""Registration: a type that says too little, or something twice, never gets in."""

from typing import Annotated

import pytest

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts.age import AgeClaimed
from encircle.vocabulary.facts.fact_type import FACT_TYPES, Count, FactType, Payload, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.regime import Regime


class Described(Payload, frozen=True):
    """A planted type that states nothing."""

    planted: Annotated[Count, says("Planted.")]


class Bare(Payload, frozen=True):
    planted: Annotated[Count, says("Planted.")]


class Overwriting(Payload, frozen=True):
    """A planted type with a field called like the mark of another type."""

    appointed_by: Annotated[Count, says("Planted.")]


def refusal(payload: type[Payload], *, name: str = "planted", mark: str = "planted_mark") -> str:
    before = dict(FACT_TYPES)
    register = fact_type(name, about=Kind.GUARDIAN, mark=mark, group=FieldGroup.MINIMUM, rows="D02b")
    with pytest.raises(ValueError, match=r".") as caught:
        register(payload)
    assert dict(FACT_TYPES) == before
    return str(caught.value)


def test_a_type_without_docstring_is_refused():
    assert refusal(Bare) == "fact type 'planted' has no docstring that says what it states"


def test_a_name_is_taken_once():
    assert refusal(Described, name="age_claimed") == "fact type 'age_claimed' is registered twice"


def test_a_mark_is_taken_once_in_its_kind():
    assert refusal(Described, mark="appointed") == (
        "fact type 'planted': guardian.appointed is taken by another type"
    )


@pytest.mark.parametrize(
    ("name", "mark"), [("Planted", "set"), ("planted", "is set"), ("", "set"), ("planted", "")]
)
def test_names_and_marks_are_lower_case_words(name: str, mark: str):
    assert refusal(Described, name=name, mark=mark) == (
        f"fact type {name!r}: name and mark are lower-case words joined by _"
    )


def test_a_field_called_like_a_mark_of_its_kind_is_refused():
    assert refusal(Overwriting) == (
        "fact type 'planted': guardian.appointed_by would be both a mark and a field"
    )


def test_a_mark_called_like_a_field_of_its_kind_is_refused():
    assert refusal(Described, mark="capacity") == (
        "fact type 'planted': guardian.capacity would be both a mark and a field"
    )


def test_a_registered_type_says_all_that_others_need():
    assert FACT_TYPES["age_claimed"] == FactType(
        name="age_claimed",
        about=Kind.CHILD,
        mark="age_claimed",
        group=FieldGroup.MINIMUM,
        compartment=Compartment.GENERAL,
        regime=Regime.GDPR,
        rows=("D01",),
        living_child=False,
        plan=False,
        payload=AgeClaimed,
    )
