"""Shapes: what the parts of requests and answers have in common. Knows no endpoint."""

from typing import Annotated

from ninja import Path, Query, Schema
from pydantic import ConfigDict, Field

NUMBER_SHAPE = r"^[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}$"
ID_SHAPE = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
CODE_SHAPE = r"^[a-z0-9][a-z0-9_.:-]{0,63}$"
SIGN_SHAPE = r"^IND-([A-Z]{2}-)?[A-Z][0-9]{1,3}$"
RULE_SHAPE = r"^[A-Z]{1,3}[0-9]{1,3}[a-z]?(-[a-z0-9_]+)*$"
MOST_PAGES = 10_000

Id = Annotated[str, Field(pattern=ID_SHAPE)]
Code = Annotated[str, Field(pattern=CODE_SHAPE)]
Sign = Annotated[str, Field(pattern=SIGN_SHAPE, description="An indicator of the common list: IND-B1.")]
Time = Annotated[
    str,
    Field(
        min_length=4,
        max_length=60,
        description="A year, month, day, hour or minute in the zone of the law, or an interval of two: 2009, 2009-05-06, "
        "2009-05-06T23:00, 1994/1996.",
    ),
]
Text = Annotated[str, Field(min_length=1, max_length=20_000)]
Number = Annotated[str, Path(pattern=NUMBER_SHAPE, description="The number of the record: k4m2-9xqt.")]
Page = Annotated[int, Query(ge=1, le=MOST_PAGES, description="Which page, from 1.")]


class Given(Schema):
    """A part of a request: no field that is not known, no value that has to be guessed."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Answer(Schema):
    """A part of an answer."""


class Told(Answer):
    """What is not known, and which types of fact would tell."""

    unknown: str
    missing: list[str]
