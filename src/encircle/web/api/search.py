"""Search by the API: by name in any script or by number, in the body and never in the address."""

from typing import Annotated

from pydantic import Field

from encircle.actions.search import FoundRecord, search
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.caller import Asking
from encircle.web.api.operation import asking
from encircle.web.api.shape import MOST_PAGES, Answer, Given


class SearchGiven(Given):
    """What is looked for: a name or a part of one, in any script, or a number or its first four signs."""

    text: Annotated[str, Field(min_length=1, max_length=200)]
    page: Annotated[int, Field(ge=1, le=MOST_PAGES)] = 1


class FoundTold(Answer):
    """One record. `why`: how alike the name is, None where the number was given. `alike`: the name that was found."""

    number: str
    kind: str
    name: str
    why: str | None
    alike: str


class FoundPage(Answer):
    """One page of what was found. `answer`: too_short, nobody, found, or not_asked."""

    answer: str
    records: list[FoundTold]
    page: int
    more: bool
    all_shown: bool


@asking("/search", Purpose.SEARCH, FoundPage, title="Find a record by name or number", tag="search")
def find(request: Asking, asked: SearchGiven) -> FoundPage:
    """The records of the agency that have this number, or a name like this. Nobody is told of records of others."""
    found = search(request.auth.who, asked.text, purpose=Purpose.SEARCH, page=asked.page)
    return FoundPage(
        answer=found.answer.value,
        records=[_told(one) for one in found.records],
        page=found.page,
        more=found.more,
        all_shown=found.all_shown,
    )


def _told(one: FoundRecord) -> FoundTold:
    why = None if one.why is None else one.why.name.lower()
    return FoundTold(number=one.number, kind=one.kind.value, name=one.name, why=why, alike=one.alike)
