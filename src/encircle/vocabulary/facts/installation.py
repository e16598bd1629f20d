"""What a country has put in order for trafficked children: in the record of the installation, about no child."""

from typing import Annotated

from encircle.vocabulary.facts.fact_type import UNSET, Count, Payload, UnsetType, When, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type(
    "coordinator_named",
    about=Kind.INSTALLATION,
    mark="coordinator_named",
    group=FieldGroup.MINIMUM,
    rows="D50",
)
class CoordinatorNamed(Payload, frozen=True):
    """The country has a national coordinator or rapporteur against trafficking."""

    independent: Annotated[bool, says("Whether it is independent of those whom it watches.")] | UnsetType = (
        UNSET
    )


@fact_type(
    "referral_rules_adopted",
    about=Kind.INSTALLATION,
    mark="referral_rules_adopted",
    group=FieldGroup.MINIMUM,
    rows="D15",
)
class ReferralRulesAdopted(Payload, frozen=True):
    """The rules of the referral mechanism for children were adopted."""

    steps_have_owner_and_time: Annotated[
        bool, says("Whether each step says who is responsible for it and until when.")
    ]
    next_rules_review: Annotated[When, says("When the rules are to be looked at again.")] | UnsetType = UNSET


@fact_type(
    "focal_point_named",
    about=Kind.INSTALLATION,
    mark="focal_point_named",
    group=FieldGroup.MINIMUM,
    rows="D15",
)
class FocalPointNamed(Payload, frozen=True):
    """Other countries were told whom they reach here about a child."""


@fact_type(
    "action_plan_adopted",
    about=Kind.INSTALLATION,
    mark="action_plan_adopted",
    group=FieldGroup.MINIMUM,
    rows="D50",
)
class ActionPlanAdopted(Payload, frozen=True):
    """A national action plan against trafficking was adopted."""

    plan_names_children: Annotated[bool, says("Whether it has measures for children.")]
    plan_review_due: Annotated[When, says("When it is to be reviewed.")] | UnsetType = UNSET


@fact_type(
    "figures_given", about=Kind.INSTALLATION, mark="figures_given", group=FieldGroup.MINIMUM, rows="D50"
)
class FiguresGiven(Payload, frozen=True):
    """The figures of a year were given to those who are to have them."""

    figures_of_year: Annotated[Count, says("Of which year.")]
    next_figures: Annotated[When, says("When the next ones are to be given.")] | UnsetType = UNSET


@fact_type(
    "storage_reviewed",
    about=Kind.INSTALLATION,
    mark="storage_reviewed",
    group=FieldGroup.MINIMUM,
    rows="D30",
)
class StorageReviewed(Payload, frozen=True):
    """Somebody checked whether what is kept of children is still needed."""

    next_storage_review: Annotated[When, says("When it is to be checked again.")] | UnsetType = UNSET
