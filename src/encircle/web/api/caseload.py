"""Caseload reviews by the API: started, read, answered child by child. Marks are prompts; nothing is added up."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Path
from ninja.responses import Status
from pydantic import Field

from encircle.actions.caseload import review as acts
from encircle.actions.caseload.numbers import MOST_NUMBERS, numbers_in
from encircle.actions.caseload.review import Answer as Answered
from encircle.actions.caseload.review import Listed, Said
from encircle.law.indicator import Setting
from encircle.records.caseload import Review
from encircle.vocabulary.caseload import CaseloadOutcome
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.web.api.caller import Asking, token_for
from encircle.web.api.operation import reading, writing
from encircle.web.api.shape import ID_SHAPE, Answer, Given, Id, Page, Text

ReviewId = Annotated[str, Path(pattern=ID_SHAPE, description="The id of the review.")]
ChildId = Annotated[str, Path(pattern=ID_SHAPE, description="The id of the child in the review.")]
How = Literal["observed", "reported", "inferred"]


class ReviewTold(Answer):
    """One review. `looked`, `of`: how many children have an answer, and how many there are; `found`: by answer."""

    id: str
    setting: str
    started_at: datetime
    started_by: str
    of: int
    looked: int
    found: dict[str, int]


class ReviewsTold(Answer):
    """One page of the reviews of the own agency, the newest first."""

    reviews: list[ReviewTold]
    page: int
    more: bool


class ReviewedTold(Answer):
    """One child. `number`: of its record; else `own_number`, or neither, where it was deleted. `read`: of its last answer."""

    id: str
    place: int
    number: str | None
    name: str
    own_number: str | None
    outcome: str | None
    again_on: date | None
    concern: str | None
    reason: str | None
    marks: dict[str, str]
    read: int


class ReviewSeenTold(Answer):
    """One review with one page of its children. `go_on`: the child that comes next; none, where each was looked at."""

    review: ReviewTold
    children: list[ReviewedTold]
    go_on: str | None
    page: int
    more: bool


class ReviewGiven(Given):
    """Where the agency meets children; whether those of its records are gone through; own numbers of others."""

    setting: Annotated[Setting, Field(strict=False)] = Setting.ANYBODY
    with_records: bool = True
    numbers: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=32)]], Field(max_length=MOST_NUMBERS)
    ] = Field(default_factory=list)


class ReviewStarted(Answer):
    """The id of the review."""

    id: str


class ReviewAnswerGiven(Given):
    """One answer. `read`: the number of the last answer that was read, 0 for none; `recipient`: who gets the concern."""

    outcome: Annotated[CaseloadOutcome, Field(strict=False)]
    reason: Text
    read: Annotated[int, Field(ge=0, le=99_999)] = 0
    marks: Annotated[dict[Annotated[str, Field(max_length=64)], How], Field(max_length=100)] = Field(
        default_factory=dict
    )
    again_on: Annotated[date, Field(strict=False)] | None = None
    danger_now: bool | None = None
    recipient: Id | None = None


class ReviewAnswered(Answer):
    """The child that comes next; none, where each was looked at."""

    go_on: str | None


@reading("/caseload", Purpose.CASELOAD, ReviewsTold, title="Caseload reviews", tag="caseload")
def caseload(request: Asking, page: Page = 1) -> ReviewsTold:
    """The reviews of the agency of the caller."""
    found = acts.reviews(request.auth.who, page=page)
    return ReviewsTold(reviews=[_review(one) for one in found.items], page=found.page, more=found.more)


@writing("/caseload", Purpose.CASELOAD, ReviewStarted, title="Start a caseload review", tag="caseload")
def start_review(request: Asking, given: ReviewGiven) -> Status[ReviewStarted]:
    """Begin to go through the children of the records of the agency, and those of its own numbers."""
    numbers = numbers_in("\n".join(given.numbers))
    if numbers.wrong:
        reason = "One of these is no number: it may be a name or a personal identity code, or it stands there twice."
        raise BadInput(code="no_number", reason=reason, where="numbers")
    made = acts.start_review(
        request.auth.who,
        setting=given.setting,
        with_records=given.with_records,
        numbers=numbers.taken,
        token=token_for(request),
    )
    return Status(201, ReviewStarted(id=made))


@reading("/caseload/{review}", Purpose.CASELOAD, ReviewSeenTold, title="One caseload review", tag="caseload")
def caseload_review(request: Asking, review: ReviewId, page: Page = 1) -> ReviewSeenTold:
    """How far it is, and what came of it."""
    seen = acts.review_seen(request.auth.who, review, page=page)
    return ReviewSeenTold(
        review=_review(seen.review),
        children=[_child(one) for one in seen.children],
        go_on=seen.go_on,
        page=seen.page,
        more=seen.more,
    )


@writing(
    "/caseload/{review}/{child}",
    Purpose.CASELOAD,
    ReviewAnswered,
    title="Answer for a child of a review",
    tag="caseload",
)
def answer_for_child(
    request: Asking, review: ReviewId, child: ChildId, given: ReviewAnswerGiven
) -> Status[ReviewAnswered]:
    """Say what was seen, correct what was said, or send the child to triage."""
    marks = {code: Certainty(known) for code, known in given.marks.items()}
    answer = Answered(
        outcome=given.outcome,
        said=Said(given.reason, marks, given.danger_now),
        again_on=given.again_on,
        recipient=None if given.recipient is None else AgencyId(given.recipient),
    )
    onward = acts.answer_child(
        request.auth.who, review, child, answer, read=given.read, token=token_for(request)
    )
    return Status(201, ReviewAnswered(go_on=onward))


def _review(review: Review) -> ReviewTold:
    names = tuple(ReviewTold.model_fields)
    return ReviewTold(**{name: getattr(review, name) for name in names})


def _child(listed: Listed) -> ReviewedTold:
    child, last, said = listed.child, listed.child.last, listed.said
    return ReviewedTold(
        id=child.id,
        place=child.place,
        number=None if child.root is None else child.root.number,
        name=listed.name,
        own_number=child.reference,
        outcome=None if last is None else last.outcome,
        again_on=None if last is None else last.again_on,
        concern=None if last is None else last.concern,
        reason=None if said is None else said.reason,
        marks={} if said is None else {code: known.value for code, known in said.marks.items()},
        read=0 if last is None else last.number,
    )
