"""What an agency has put in order as an agency: in its own record, about no child."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import UNSET, Payload, UnsetType, When, fact_type, says
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup


@fact_type("tasks_stated", about=Kind.AGENCY, mark="tasks_stated", group=FieldGroup.MINIMUM, rows="D46 D12")
class TasksStated(Payload, frozen=True):
    """The agency says what it does, so that it is asked only what concerns it."""

    meets_children: Annotated[bool, says("Whether its staff meet children in their work.")]
    receives_reports: Annotated[bool, says("Whether anybody can report a concern to it.")]


@fact_type("staff_trained", about=Kind.AGENCY, mark="staff_trained", group=FieldGroup.MINIMUM, rows="D46")
class StaffTrained(Payload, frozen=True):
    """Staff were trained to recognise and to help a trafficked child."""

    trained_whom: Annotated[
        Literal["everyone_who_meets_children", "some"], says("Who of the staff has been trained.")
    ]
    next_training: Annotated[When, says("When the next training is to be.")] | UnsetType = UNSET


@fact_type("staff_vetted", about=Kind.AGENCY, mark="staff_vetted", group=FieldGroup.MINIMUM, rows="P13")
class StaffVetted(Payload, frozen=True):
    """The agency checked whether those who work with children may do so."""

    vetted_whom: Annotated[
        Literal["everyone_who_meets_children", "some"], says("Who of the staff has been checked.")
    ]


@fact_type(
    "reporting_explained",
    about=Kind.AGENCY,
    mark="reporting_explained",
    group=FieldGroup.MINIMUM,
    rows="D46",
)
class ReportingExplained(Payload, frozen=True):
    """The staff were told when and how they report a suspicion."""

    explained_in_writing: Annotated[bool, says("Whether it was given to them in writing.")] | UnsetType = (
        UNSET
    )


@fact_type(
    "contact_point_named",
    about=Kind.AGENCY,
    mark="contact_point_named",
    group=FieldGroup.MINIMUM,
    rows="D13 D15",
)
class ContactPointNamed(Payload, frozen=True):
    """The agency told the other agencies whom they reach there about a child."""

    reachable: Annotated[Literal["at_any_hour", "in_office_hours"], says("When somebody answers there.")]


@fact_type("channel_tested", about=Kind.AGENCY, mark="channel_tested", group=FieldGroup.MINIMUM, rows="D12")
class ChannelTested(Payload, frozen=True):
    """The way by which people report to the agency was tried out."""

    test_answered: Annotated[bool, says("Whether somebody answered.")]
    fit_for_children: (
        Annotated[bool, says("Whether a child can use it in a language that it understands.")] | UnsetType
    ) = UNSET
    next_test: Annotated[When, says("When it is to be tried out again.")] | UnsetType = UNSET


@fact_type(
    "complaint_way_opened",
    about=Kind.AGENCY,
    mark="complaint_way_opened",
    group=FieldGroup.MINIMUM,
    rows="D35",
)
class ComplaintWayOpened(Payload, frozen=True):
    """There is a way by which a child can complain about the agency."""

    children_told_of_it: Annotated[bool, says("Whether the children are told of it.")]
    apart_from_those_complained_of: (
        Annotated[bool, says("Whether somebody else than the person complained of answers.")] | UnsetType
    ) = UNSET
