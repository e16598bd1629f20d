"""Support: services asked for, offered, started, refused, ended. Never on conditions."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.decision import Conditions
from encircle.vocabulary.facts.fact_type import (
    UNSET,
    AgencyRef,
    Payload,
    Text,
    UnsetType,
    When,
    fact_type,
    says,
)
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup

ServiceKind = Literal[
    "accommodation",
    "health_care",
    "psychological_care",
    "therapy",
    "crisis_support",
    "material_support",
    "education",
    "interpretation",
    "legal_help",
    "housing",
    "family_support",
    "counselling",
    "exploitation_worker",
    "outreach",
    "transition_programme",
    "other",
]


@fact_type(
    "service_requested", about=Kind.SERVICE, mark="requested", group=FieldGroup.VIEWS, rows="D14 D25 D27"
)
class ServiceRequested(Payload, frozen=True):
    """A service is asked for, for the child or the family."""

    service_kind: Annotated[ServiceKind, says("Which service.")]
    for_whom: Annotated[Literal["child", "family"], says("For whom.")] | UnsetType = UNSET


@fact_type("service_offered", about=Kind.SERVICE, mark="offered", group=FieldGroup.VIEWS, rows="D14 D25 P4")
class ServiceOffered(Payload, frozen=True):
    """A service is offered to the child or the family."""

    service_kind: Annotated[ServiceKind, says("Which service.")]
    conditions: Annotated[Conditions, says("On what it was made to depend.")] | UnsetType = UNSET
    wait_until: Annotated[When, says("From when it is available.")] | UnsetType = UNSET
    for_whom: Annotated[Literal["child", "family"], says("For whom.")] | UnsetType = UNSET


@fact_type(
    "service_started", about=Kind.SERVICE, mark="started", group=FieldGroup.VIEWS, rows="D14 D25 D27 P4"
)
class ServiceStarted(Payload, frozen=True):
    """A service begins."""

    service_kind: Annotated[ServiceKind, says("Which service.")]
    conditions: Annotated[Conditions, says("On what it was made to depend.")] | UnsetType = UNSET
    for_whom: Annotated[Literal["child", "family"], says("For whom.")] | UnsetType = UNSET
    provider: Annotated[AgencyRef, says("By which agency.")] | UnsetType = UNSET


@fact_type(
    "service_refused", about=Kind.SERVICE, mark="refused", group=FieldGroup.VIEWS, rows="D14 D25 D26 P4"
)
class ServiceRefused(Payload, frozen=True):
    """An authority or provider does not give a service."""

    service_kind: Annotated[ServiceKind, says("Which service.")]
    conditions: Annotated[Conditions, says("Which condition was named.")] | UnsetType = UNSET
    refusal_reasons: Annotated[Text, says("The reasons.")] | UnsetType = UNSET


@fact_type(
    "service_declined",
    about=Kind.SERVICE,
    mark="declined",
    group=FieldGroup.VIEWS,
    rows="D25",
    living_child=True,
)
class ServiceDeclined(Payload, frozen=True):
    """The child does not want a service now. It stays on offer."""

    service_kind: Annotated[ServiceKind, says("Which service.")]


@fact_type("service_ended", about=Kind.SERVICE, mark="ended", group=FieldGroup.VIEWS, rows="D14 D45")
class ServiceEnded(Payload, frozen=True):
    """A service ends."""

    ended_because: (
        Annotated[
            Literal[
                "need_ended",
                "child_declined",
                "criminal_case_ended",
                "child_is_adult",
                "moved",
                "no_funding",
                "other",
            ],
            says("Why."),
        ]
        | UnsetType
    ) = UNSET
