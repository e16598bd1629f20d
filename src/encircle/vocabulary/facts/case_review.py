"""Reviews of the case after a death or a grave harm."""

from typing import Annotated

from encircle.vocabulary.facts.fact_type import UNSET, Payload, UnsetType, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role


@fact_type(
    "case_review_opened", about=Kind.CHILD, mark="case_review_opened", group=FieldGroup.VIEWS, rows="A9 D31"
)
class CaseReviewOpened(Payload, frozen=True):
    """A review of the case is opened, after a death or a grave harm."""

    review_body: Annotated[Role, says("By which body.")] | UnsetType = UNSET


@fact_type(
    "case_review_finished", about=Kind.CHILD, mark="case_review_finished", group=FieldGroup.VIEWS, rows="A9"
)
class CaseReviewFinished(Payload, frozen=True):
    """A review of the case is finished, and what follows from it is written down."""
