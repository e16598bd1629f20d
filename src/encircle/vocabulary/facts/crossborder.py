"""Across borders: requests, their channels and clocks, and every contact with another country."""

from typing import Annotated, Literal

from encircle.vocabulary.facts.fact_type import (
    UNSET,
    Country,
    Meta,
    Payload,
    Text,
    UnsetType,
    When,
    fact_type,
    ref,
    says,
)
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.role import Role

Instrument = Literal[
    "anti_trafficking_directive",
    "brussels_iib",
    "hague_1996",
    "hague_1980",
    "schengen_information_system",
    "investigation_order",
    "joint_investigation_team",
    "transfer_of_proceedings",
    "asylum_management",
    "return_directive",
    "consular",
    "family_tracing",
    "europol",
    "other",
]
RequestKind = Literal[
    "victim_referral",
    "danger_information",
    "situation_report",
    "find_child",
    "placement_consent",
    "urgent_measure",
    "jurisdiction",
    "recognition",
    "return_of_child",
    "alert",
    "evidence",
    "video_hearing",
    "joint_investigation",
    "transfer_of_proceedings",
    "responsibility",
    "safe_return",
    "tracing",
    "documents",
    "content_abroad",
    "other",
]
Informed = Literal["informed", "not_informed_with_reason", "not_informed"]
ChannelCode = Annotated[
    str,
    Meta(
        pattern="^[a-z][a-z0-9]*(_[a-z0-9]+)*$",
        max_length=60,
        extra={"value": "code", "expected": "the code of a channel, such as placement_abroad"},
    ),
]
ContentId = Annotated[
    str,
    Meta(
        pattern="^[a-z][a-z0-9]*(_[a-z0-9]+)*$",
        max_length=60,
        extra={"value": "code", "expected": "the code of one of the required contents, such as reasons"},
    ),
]


@fact_type(
    "request_prepared",
    about=Kind.REQUEST,
    mark="prepared",
    group=FieldGroup.REQUESTS,
    rows="D29 D30 D33 D43 P2 P16",
    plan=True,
)
class RequestPrepared(Payload, frozen=True):
    """A request or message to another country is prepared."""

    instrument: Annotated[Instrument, says("Under which instrument.")] | UnsetType = UNSET
    request_kind: Annotated[RequestKind, says("What is asked.")] | UnsetType = UNSET
    to_country: Annotated[Country, says("To which country.")] | UnsetType = UNSET
    to_role: Annotated[Role, says("To which role there.")] | UnsetType = UNSET
    channel: Annotated[ChannelCode, says("By which channel of the law.")] | UnsetType = UNSET
    about_person: Annotated[str, ref(Kind.PERSON, "About which person, if any.")] | UnsetType = UNSET
    contents: (
        Annotated[tuple[ContentId, ...], says("What of the required contents it holds.")] | UnsetType
    ) = UNSET
    child_informed: Annotated[Informed, says("Whether the child was told.")] | UnsetType = UNSET
    not_informed_reasons: Annotated[Text, says("Why the child was not told.")] | UnsetType = UNSET
    do_not_contact_checked: (
        Annotated[bool, says("Whether do-not-contact flags were looked at.")] | UnsetType
    ) = UNSET


@fact_type(
    "request_sent", about=Kind.REQUEST, mark="sent", group=FieldGroup.REQUESTS, rows="D29 D30 D42 D43 P2 P16"
)
class RequestSent(Payload, frozen=True):
    """A request or message goes to another country."""

    instrument: Annotated[Instrument, says("Under which instrument.")]
    request_kind: Annotated[RequestKind, says("What is asked.")]
    to_country: Annotated[Country, says("To which country.")]
    channel: Annotated[ChannelCode, says("By which channel of the law.")] | UnsetType = UNSET
    article: Annotated[Text, says("The article.")] | UnsetType = UNSET
    to_role: Annotated[Role, says("To which role there.")] | UnsetType = UNSET
    about_person: Annotated[str, ref(Kind.PERSON, "About which person, if any.")] | UnsetType = UNSET
    do_not_contact_checked: (
        Annotated[bool, says("Whether do-not-contact flags were looked at.")] | UnsetType
    ) = UNSET
    contents: (
        Annotated[tuple[ContentId, ...], says("What of the required contents it holds.")] | UnsetType
    ) = UNSET
    minimum_set: Annotated[bool, says("Whether it carried only what is needed.")] | UnsetType = UNSET
    child_informed: Annotated[Informed, says("Whether the child was told.")] | UnsetType = UNSET
    not_informed_reasons: Annotated[Text, says("Why the child was not told.")] | UnsetType = UNSET
    victim_opinion_heard: (
        Annotated[bool, says("Whether the child's opinion was asked before.")] | UnsetType
    ) = UNSET
    due: Annotated[When, says("By when an answer is due.")] | UnsetType = UNSET


@fact_type("request_received", about=Kind.REQUEST, mark="received", group=FieldGroup.REQUESTS, rows="D32 D43")
class RequestReceived(Payload, frozen=True):
    """A request from another country arrives."""

    instrument: Annotated[Instrument, says("Under which instrument.")]
    request_kind: Annotated[RequestKind, says("What is asked.")]
    from_country: Annotated[Country, says("From which country.")]
    channel: Annotated[ChannelCode, says("By which channel of the law.")] | UnsetType = UNSET
    due: Annotated[When, says("By when an answer is due.")] | UnsetType = UNSET
    disclosure_endangers: (
        Annotated[
            Literal["not_determined", "endangers", "no_danger"],
            says("Whether the other State determined that disclosure could endanger somebody."),
        ]
        | UnsetType
    ) = UNSET


@fact_type(
    "request_acknowledged", about=Kind.REQUEST, mark="acknowledged", group=FieldGroup.REQUESTS, rows="D43"
)
class RequestAcknowledged(Payload, frozen=True):
    """The other side says that the request has arrived."""


@fact_type("request_delayed", about=Kind.REQUEST, mark="delayed", group=FieldGroup.REQUESTS, rows="D43")
class RequestDelayed(Payload, frozen=True):
    """An answer is late, and the reason is stated."""

    exceptional: Annotated[bool, says("Whether exceptional circumstances are stated.")]
    delay_reasons: Annotated[Text, says("The reasons.")] | UnsetType = UNSET


@fact_type(
    "request_answered", about=Kind.REQUEST, mark="answered", group=FieldGroup.REQUESTS, rows="D42 D43 P16"
)
class RequestAnswered(Payload, frozen=True):
    """A request is answered."""

    answer: Annotated[
        Literal["information", "consent", "refusal", "acceptance", "no_information"], says("How.")
    ]
    used_for_other_purpose: (
        Annotated[bool, says("Whether the answer was used for another purpose.")] | UnsetType
    ) = UNSET
    disclosed_beyond: Annotated[bool, says("Whether it was passed on to somebody else.")] | UnsetType = UNSET


@fact_type("contact_made", about=Kind.CONTACT, mark="made", group=FieldGroup.VIEWS, rows="D29 D01b P2")
class ContactMade(Payload, frozen=True):
    """Somebody in this country contacts another country, its consulate, or a person there."""

    contact_kind: Annotated[
        Literal[
            "message",
            "call",
            "matching_query",
            "visa_check",
            "consular_check",
            "document_check",
            "family_call",
            "other",
        ],
        says("What kind of contact."),
    ]
    country: Annotated[Country, says("With which country.")]
    with_authority: Annotated[bool, says("Whether with an authority of that country.")] | UnsetType = UNSET
    person: Annotated[str, ref(Kind.PERSON, "With which person.")] | UnsetType = UNSET
    child_named: Annotated[bool, says("Whether the child was named.")] | UnsetType = UNSET
