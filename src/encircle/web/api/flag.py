"""Do not contact, by the API: the flags of one record, set, kept and lifted as on the pages across borders."""

from collections.abc import Mapping
from typing import Annotated, Literal

from ninja import Path
from ninja.responses import Status
from pydantic import Field

from encircle.actions.act import performed_before
from encircle.actions.crossborder import Requests, decisions_of, requests_of, state
from encircle.core.child.situation import Item
from encircle.vocabulary.identifier import SubjectId
from encircle.vocabulary.moment import Span
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.web.api.act import ActSaved, told
from encircle.web.api.caller import Asking, token_for
from encircle.web.api.crossborder import Country
from encircle.web.api.operation import reading, writing
from encircle.web.api.shape import ID_SHAPE, Answer, Given, Id, Number, Text, Time

FlagId = Annotated[str, Path(pattern=ID_SHAPE, description="The id of the flag.")]
Scope = Literal["country", "authority", "consulate", "person", "family", "everybody_there"]


class FlagGiven(Given):
    """With whom there must be no contact, and why. `country`, `person`: whom it covers; neither, everybody abroad."""

    scope: Annotated[list[Scope], Field(min_length=1, max_length=6)]
    because: Literal[
        "asylum", "risk_to_child", "risk_to_family", "state_involved", "other_state_determined", "other"
    ]
    country: Country | None = None
    person: Id | None = None
    reasons: Text | None = None
    review_due: Time | None = None
    happened: Time | None = None


class ReviewGiven(Given):
    """That the reasons are still there. `review_due`: when the flag is looked at again."""

    review_due: Time | None = None
    happened: Time | None = None


class LiftGiven(Given):
    """The best-interests decision in writing that allows it, and that guardian and lawyer were heard before."""

    decision: Id
    guardian_heard: bool
    lawyer_heard: bool


class FlagTold(Answer):
    """One flag. `stands`: nothing goes to whom it covers. `since`, `lifted`: when it was set and lifted."""

    id: str
    scope: list[str]
    because: str | None
    country: str | None
    person: str | None
    stands: bool
    since: str | None
    lifted: str | None
    review_due: str | None


class LiftingTold(Answer):
    """A best-interests decision in writing, by which a flag could be lifted."""

    id: str
    made: str | None


class FlagsTold(Answer):
    """The flags of one record, those that stand first.

    `are_open`: whether flags are open to the caller's role at all; where they are not, none is told, and there may be some.
    """

    number: str
    are_open: bool
    may_set: bool
    flags: list[FlagTold]
    decisions: list[LiftingTold]


@reading(
    "/records/{number}/flags",
    Purpose.CROSS_BORDER,
    FlagsTold,
    title="Do-not-contact flags",
    tag="across borders",
)
def flags(request: Asking, number: Number) -> FlagsTold:
    """With whom abroad nobody may speak about this child, and the decisions that could lift a flag."""
    seen = requests_of(request.auth.who, number, page="flags_shown")
    found = [_flag(item) for item in seen.flags] if seen.sees_flags else []
    return FlagsTold(
        number=seen.heading.number,
        are_open=seen.sees_flags,
        may_set=seen.may_flag,
        flags=sorted(found, key=lambda one: not one.stands),
        decisions=[LiftingTold(id=str(item["id"]), made=_at(item["made_at"])) for item in decisions_of(seen)],
    )


@writing("/records/{number}/flags", Purpose.CROSS_BORDER, ActSaved, title="Set a flag", tag="across borders")
def set_flag(request: Asking, number: Number, flag: FlagGiven) -> Status[ActSaved]:
    """Stop every request, call, check and comparison of data that would reach whom the flag names."""
    values = {
        "scope": list(flag.scope),
        "because": flag.because,
        **_given(
            country=flag.country,
            person=flag.person,
            flag_reasons=flag.reasons,
            review_due=flag.review_due,
        ),
    }
    return _stated(request, number, "do_not_contact_set", values, happened=flag.happened)


@writing(
    "/records/{number}/flags/{flag}/review",
    Purpose.CROSS_BORDER,
    ActSaved,
    title="Keep a flag",
    tag="across borders",
)
def review_flag(request: Asking, number: Number, flag: FlagId, review: ReviewGiven) -> Status[ActSaved]:
    """Say that the flag was looked at again and stays."""
    values = _given(review_due=review.review_due)
    return _stated(request, number, "do_not_contact_reviewed", values, flag=flag, happened=review.happened)


@writing(
    "/records/{number}/flags/{flag}/lift",
    Purpose.CROSS_BORDER,
    ActSaved,
    title="Lift a flag",
    tag="across borders",
)
def lift_flag(request: Asking, number: Number, flag: FlagId, lift: LiftGiven) -> Status[ActSaved]:
    """Lift a flag by a decision in writing. Contact that is made because of it cannot be taken back."""
    values = {
        "decision": lift.decision,
        "in_writing": True,
        "guardian_heard": lift.guardian_heard,
        "lawyer_heard": lift.lawyer_heard,
    }
    return _stated(request, number, "do_not_contact_lifted", values, flag=flag)


def _stated(
    request: Asking,
    number: str,
    of: str,
    values: Mapping[str, object],
    *,
    flag: str | None = None,
    happened: str | None = None,
) -> Status[ActSaved]:
    """Once: what the same request had saved is told again, also after the flag was lifted."""
    who, token = request.auth.who, token_for(request)
    done = performed_before(who, number, token=token, purpose=Purpose.CROSS_BORDER)
    if done is None:
        subject = None
        if flag is not None:
            subject = _standing(requests_of(who, number, page="request_act_begun"), flag)
        done = state(who, number, of, values, subject=subject, happened=happened, token=token)
    return told(done)


def _standing(seen: Requests, flag: str) -> SubjectId:
    """The flag of that id, which stands. Refuses: one that is not there, or not open; one that was lifted."""
    item = seen.flag(flag)
    if item["current"] is False:
        raise Refused(
            code="flag_lifted",
            reason="This flag was lifted. Nothing was saved.",
            instead="Read the flags again.",
        )
    return SubjectId(str(item["id"]))


def _given(**values: str | None) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


def _flag(item: Item) -> FlagTold:
    scope = item["scope"]
    return FlagTold(
        id=str(item["id"]),
        scope=[str(one) for one in scope] if isinstance(scope, tuple) else [],
        because=_code(item["because"]),
        country=_code(item["country"]),
        person=_code(item["person"]),
        stands=item["current"] is not False,
        since=_at(item["set_at"]),
        lifted=_at(item["lifted_at"]) if item["lifted"] is True else None,
        review_due=_at(item["review_due"]),
    )


def _code(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _at(value: object) -> str | None:
    return value.text() if isinstance(value, Span) else None
