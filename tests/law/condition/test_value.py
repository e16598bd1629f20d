"""A situation that does not fit its schema is told where: no condition meets a value it cannot read."""

from datetime import timedelta

import pytest

from encircle.law.condition import Bool, Duration, Int, ListOf, Str, Time, Type, misfits
from encircle.law.condition.value import either
from encircle.vocabulary.unknown import Unknown
from tests.law.condition.world import SITUATION, UNKNOWN_AGE, aino, interview, time


def test_a_situation_that_fits_has_no_misfits() -> None:
    assert misfits(aino(interview(), interview(held=UNKNOWN_AGE), is_child=UNKNOWN_AGE), SITUATION) == ()


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (1, Bool(), "the value should be a yes or no, but is 1"),
        (True, Int(), "the value should be a whole number, but is True"),
        (None, Str(), "the value should be a word, but is None"),
        ("2009", Time(), "the value should be a time, but is '2009'"),
        (timedelta(seconds=30), Duration(), "the value is 0:00:30, which is not a whole number of minutes"),
        ("sad", Str(frozenset({"b", "a"})), "the value is 'sad', which is not one of ['a', 'b']"),
        (["et"], ListOf(Str()), "the value should be a list whose elements are each a word, but is ['et']"),
        (("et", 3), ListOf(Str()), "[1] should be a word, but is 3"),
    ],
)
def test_a_value_of_another_type_is_told(value: object, kind: Type, said: str) -> None:
    assert misfits(value, kind) == (said,)


def test_misfits_name_the_path() -> None:
    world = aino(interview(held="yes"), hearings=time("2009"))
    child = dict(world["child"])  # type: ignore[arg-type]  # a record
    del child["is_child"]
    child["is_chlid"] = True
    assert misfits({**world, "child": child}, SITUATION) == (
        "child lacks the attribute 'is_child'",
        "child has 'is_chlid', which its schema does not know",
        f"child.hearings should be a whole number, but is {time('2009')!r}",
        "interviews[0].held should be a yes or no, but is 'yes'",
    )
    assert misfits(3, SITUATION) == ("situation should be a record (situation), but is 3",)


def test_of_two_known_values_nothing_is_unknown() -> None:
    with pytest.raises(TypeError, match="both are known"):
        either(True, False)
    assert either(True, Unknown("not recorded")) == Unknown("not recorded")
