"""Learnt, by the API: one more agency says that it knows a fact, now or since when. The fact itself stays as it is."""

from typing import Annotated

from ninja import Path
from ninja.responses import Status

from encircle.actions.act import add_learnt
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.act import ActSaved, told
from encircle.web.api.caller import Asking, token_for
from encircle.web.api.operation import writing
from encircle.web.api.shape import ID_SHAPE, Given, Number, Time


class LearntGiven(Given):
    """When the own agency learnt it; left out, now."""

    at: Time | None = None


@writing(
    "/records/{number}/facts/{fact}/learnt",
    Purpose.RECORD,
    ActSaved,
    title="Say that the agency knows a fact",
    tag="acts",
)
def learn_fact(
    request: Asking,
    number: Number,
    fact: Annotated[str, Path(pattern=ID_SHAPE, description="The id of the fact.")],
    learnt: LearntGiven,
) -> Status[ActSaved]:
    """Say that the own agency knows a fact that another one wrote. Twice is once."""
    token_for(request)
    return told(add_learnt(request.auth.who, number, FactId(fact), at=learnt.at))
