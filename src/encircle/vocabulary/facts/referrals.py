"""Referrals to the mechanism that identifies victims, to Barnahus or to a service."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Identifier, Payload, Text, UnsetType, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role

ReferredTo = Literal[
    "identification",
    "child_protection",
    "triage",
    "barnahus",
    "asylum",
    "migration",
    "guardianship",
    "health",
    "ngo",
    "police",
    "legal_aid",
    "victim_support",
    "education",
    "other",
]


@fact_type("referral_made", about=Kind.REFERRAL, mark="made", group=FieldGroup.VIEWS, rows="D15 D21 D10 D46")
class ReferralMade(Payload, frozen=True):
    """The child is referred to an authority or service."""

    referred_to: Annotated[ReferredTo, says("To what.")]
    referred_by: Annotated[Role, says("By which role.")] | UnsetType = UNSET
    minimum_set: Annotated[bool, says("Whether it carried only what is needed.")] | UnsetType = UNSET
    waited_for_disclosure: (
        Annotated[bool, says("Whether it was held back until the child told what happened.")] | UnsetType
    ) = UNSET
    waited_for_police_case: (
        Annotated[bool, says("Whether it was held back until a criminal case was open.")] | UnsetType
    ) = UNSET


@fact_type("referral_received", about=Kind.REFERRAL, mark="received", group=FieldGroup.VIEWS, rows="D15 D21")
class ReferralReceived(Payload, frozen=True):
    """The referral has arrived."""

    receipt_number: Annotated[Identifier, says("The number of the receipt.")] | UnsetType = UNSET


@fact_type("referral_answered", about=Kind.REFERRAL, mark="answered", group=FieldGroup.VIEWS, rows="D15 D21")
class ReferralAnswered(Payload, frozen=True):
    """The referral is answered."""

    answer: Annotated[Literal["accepted", "declined", "more_information"], says("How.")]
    answer_reasons: Annotated[Text, says("The reasons.")] | UnsetType = UNSET
