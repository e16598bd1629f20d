"""Missing children by the API: who is missing now, who was found and for whom something is due. Of what is open alone."""

from datetime import datetime
from typing import Annotated, Literal

from django.utils.translation import get_language
from ninja import Query

from encircle.actions.missing import Due, MissingChild, missing_children
from encircle.vocabulary.moment import Span
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.caller import Asking
from encircle.web.api.operation import reading
from encircle.web.api.shape import Answer, Page

Show = Annotated[
    Literal["all", "missing", "found"],
    Query(description="Those missing now, those found for whom something is due, or all."),
]


class BetweenTold(Answer):
    """When something was, as exactly as it is known."""

    earliest: datetime
    latest: datetime


class MissingDutyTold(Answer):
    """What somebody has still to do. `due_latest` is a deadline of law or practice; none, where words alone say how soon."""

    code: str
    title: str | None
    state: str
    owner: str
    agency: str | None
    standing: str
    due_latest: datetime | None
    missing: list[str]


class MissingTold(Answer):
    """One time that one child was missing. `stands`: missing, located or returned; `danger`: as a person judged it."""

    number: str
    name: str
    subject: str
    stands: str
    since: BetweenTold | None
    police_told: BetweenTold | None
    danger: str | None
    alert: BetweenTold | None
    others_told: BetweenTold | None
    located: BetweenTold | None
    measures_decided: BetweenTold | None
    returned: BetweenTold | None
    duties: list[MissingDutyTold]


class MissingPage(Answer):
    """One page: those missing first, noticed last before the others; then those found."""

    children: list[MissingTold]
    page: int
    more: bool
    at: datetime


@reading("/missing", Purpose.WORK_LIST, MissingPage, title="Missing children", tag="work list")
def missing(request: Asking, page: Page = 1, show: Show = "all") -> MissingPage:
    """The children of the records of the agency who are missing, and those found for whom something is still due."""
    found = missing_children(request.auth.who, page=page, stands="" if show == "all" else show)
    return MissingPage(
        children=[_child(one) for one in found.items], page=found.page, more=found.more, at=found.at
    )


def _child(child: MissingChild) -> MissingTold:
    return MissingTold(
        number=child.number,
        name=child.name,
        subject=child.subject,
        stands=child.stands.value,
        since=_between(child.since),
        police_told=_between(child.police),
        danger=child.danger,
        alert=_between(child.alert),
        others_told=_between(child.told),
        located=_between(child.located),
        measures_decided=_between(child.measures),
        returned=_between(child.returned),
        duties=[_duty(one) for one in child.duties],
    )


def _between(at: Span | None) -> BetweenTold | None:
    return None if at is None else BetweenTold(earliest=at.earliest, latest=at.latest)


def _duty(due: Due) -> MissingDutyTold:
    return MissingDutyTold(
        code=due.code,
        title=None if due.rule is None else due.rule.title.in_(get_language() or "en"),
        state=due.state.value,
        owner=due.owner.value,
        agency=due.agency,
        standing=due.standing.value,
        due_latest=due.due_latest,
        missing=list(due.missing),
    )
