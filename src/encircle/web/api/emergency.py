"""Emergencies by the API: read by those who lead a record or answer for it. Begun, ended and reviewed by people alone."""

from datetime import datetime
from typing import Never

from encircle.actions import emergency as acts
from encircle.actions.by_person import ByPerson, refuse_program
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.caller import Asking
from encircle.web.api.operation import reading, refusing
from encircle.web.api.shape import Answer, Number


class EmergencyTold(Answer):
    """One opening in an emergency: by which agency and role, until when; `found`: needed, not_needed, none while nobody has
    looked at it. The person is named on the page alone.
    """

    id: str
    agency: str
    agency_name: str
    role: str
    began_at: datetime
    until: datetime
    runs: bool
    review_by: datetime | None
    found: str | None
    reviewed_at: datetime | None


class EmergencyListed(EmergencyTold):
    """One of a list. `number`: of the record."""

    number: str


class EmergencyWithWords(EmergencyTold):
    """One with what was written. `reason`, `review`: none where nothing was, it is erased, or the minimum is not open."""

    reason: str | None
    review: str | None


class EmergenciesListed(Answer):
    """Openings of the last year on records that the agency of the caller leads or answers for, the newest first."""

    emergencies: list[EmergencyListed]


class EmergenciesTold(Answer):
    """How this record was opened, the newest first. `is_told`: the caller leads it or answers for it; else none is told."""

    number: str
    is_told: bool
    emergencies: list[EmergencyWithWords]


@reading(
    "/emergencies",
    Purpose.ACCOUNT_FOR,
    EmergenciesListed,
    title="Records opened in an emergency",
    tag="emergencies",
)
def emergencies_led(request: Asking) -> EmergenciesListed:
    """Which records that the agency leads, or answers for, were opened in an emergency: by whom, when, reviewed or not."""
    names = tuple(EmergencyListed.model_fields)
    return EmergenciesListed(
        emergencies=[
            EmergencyListed(**{name: getattr(one, name) for name in names})
            for one in acts.emergencies_led(request.auth.who)
        ]
    )


@refusing("/emergencies", Purpose.PROTECT, title="Open in an emergency: a person does it", tag="emergencies")
def begin_emergency(request: Asking) -> Never:
    """Never done by a program: one person opens a record in an emergency, gives the reason and answers for it."""
    refuse_program(request.auth.who, ByPerson.BEGIN_EMERGENCY)


@reading(
    "/records/{number}/emergencies",
    Purpose.PROTECT,
    EmergenciesTold,
    title="How it was opened in emergencies",
    tag="emergencies",
)
def emergencies_of_record(request: Asking, number: Number) -> EmergenciesTold:
    """By whom this record was opened in an emergency, when and why, and what a second person found."""
    seen = acts.emergencies_of(request.auth.who, number)
    names = tuple(EmergencyWithWords.model_fields)
    told = [EmergencyWithWords(**{name: getattr(one, name) for name in names}) for one in seen.items]
    return EmergenciesTold(number=seen.told.number, is_told=seen.may_review, emergencies=told)


@refusing(
    "/records/{number}/emergencies",
    Purpose.PROTECT,
    title="End or review an emergency: a person does it",
    tag="emergencies",
)
def answer_emergency(request: Asking, number: Number) -> Never:
    """Never done by a program: a second person says whether it was needed, and people end it early."""
    refuse_program(request.auth.who, ByPerson.ANSWER_EMERGENCY, number)
