"""The shape of payloads: what each field holds, in the words that refusals and pages use."""

from typing import Annotated

import pytest

from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.fact_type import FactType, Payload, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.shape import FieldShape, shape
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.regime import Regime


def field(type_name: str, name: str) -> FieldShape:
    return next(field for field in shape(FACT_TYPES[type_name]) if field.name == name)


@pytest.mark.parametrize(
    ("type_name", "wanted"),
    [
        (
            "age_claimed",
            FieldShape(
                "claimed_child",
                "bool",
                required=True,
                doc="Whether the person is said to be under 18.",
                expected="true or false",
            ),
        ),
        (
            "age_assessment_refused",
            FieldShape(
                "refused_by_role",
                "code",
                required=True,
                doc="Who refused.",
                choices=("child", "guardian"),
                expected="one of child, guardian",
            ),
        ),
        (
            "guardian_ended",
            FieldShape(
                "successor",
                "ref",
                required=False,
                doc="The appointment that follows.",
                ref_kind="guardian",
                expected="the name of a subject of the kind guardian",
            ),
        ),
        (
            "language_recorded",
            FieldShape(
                "languages",
                "codes",
                required=True,
                doc="Languages that the child understands well, best first.",
                expected="a list; each item is a language of ISO 639 in small letters, such as et",
            ),
        ),
        (
            "birth_expected",
            FieldShape(
                "expected",
                "when",
                required=True,
                doc="When the birth is expected.",
                expected="a time such as 2018-10-25 or 2018-10-25T23:00",
            ),
        ),
    ],
)
def test_a_field_is_described_as_it_was_declared(type_name: str, wanted: FieldShape):
    assert field(type_name, wanted.name) == wanted


class Decimal(Payload, frozen=True):
    """A planted type with a value that no condition could read."""

    share: Annotated[float, says("Planted.")]


class Texts(Payload, frozen=True):
    """A planted type with a list of free texts."""

    remarks: Annotated[tuple[str, ...], says("Planted.")]


@pytest.mark.parametrize("payload", [Decimal, Texts])
def test_a_value_that_no_condition_could_read_is_refused(payload: type[Payload]):
    planted = FactType(
        name="planted",
        about=Kind.CHILD,
        mark="planted",
        group=FieldGroup.MINIMUM,
        compartment=Compartment.GENERAL,
        regime=Regime.GDPR,
        rows=(),
        living_child=False,
        plan=False,
        payload=payload,
    )
    with pytest.raises(TypeError, match=r"planted\.(share|remarks): no condition could read this type"):
        shape(planted)
