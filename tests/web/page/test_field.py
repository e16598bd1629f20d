"""Fields: a time as coarse as it is known, kept as it was typed, and where each problem leads."""

import pytest

from encircle.vocabulary.moment import parse_span
from encircle.web.page.field import Field, FieldKind, TypedDay, problems_of, typed_time, yes_no


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({}, ""),
        ({"at-year": "2009"}, "2009"),
        ({"at-year": "2009", "at-month": "5"}, "2009-05"),
        ({"at-year": "2009", "at-month": "5", "at-day": "6"}, "2009-05-06"),
        ({"at-year": "2009", "at-month": "5", "at-day": "6", "at-time": "9.30"}, "2009-05-06T09:30"),
        ({"at-year": "2009", "at-until-year": "2011"}, "2009/2011"),
        ({"at-year": " 2009 ", "at-month": "05", "at-day": "06\0"}, "2009-05-06"),
    ],
)
def test_a_time_is_as_coarse_as_it_was_typed(typed: dict[str, str], text: str):
    found = typed_time(typed, "at")
    assert found.text == text
    assert not text or parse_span(found.text, "Europe/Tallinn").earliest.tzinfo is not None


@pytest.mark.parametrize(
    "day",
    [
        TypedDay(day="6", year="2009"),
        TypedDay(day="6", month="5"),
        TypedDay(time="14:30"),
        TypedDay("31", "2", "2009"),
        TypedDay("x", "5", "2009"),
    ],
)
def test_what_is_no_time_is_never_read_as_one(day: TypedDay):
    with pytest.raises(ValueError, match="Got"):
        parse_span(day.text, "Europe/Tallinn")


def test_a_problem_leads_to_the_first_input_of_its_field():
    fields = (
        Field("name", "Name", problem="Give a name."),
        Field("fine", "Fine"),
        Field("when", "When", kind=FieldKind.DATE, problem="There is no such day."),
        yes_no("safe", "Safe?", problem="Choose one."),
    )
    assert problems_of(fields) == (
        ("name", "Give a name."),
        ("when-day", "There is no such day."),
        ("safe-0", "Choose one."),
    )


def test_not_known_is_an_answer():
    field = yes_no("safe", "Safe?", value="unknown")
    assert [(one.value, one.chosen) for one in field.options] == [
        ("yes", False),
        ("no", False),
        ("unknown", True),
    ]
