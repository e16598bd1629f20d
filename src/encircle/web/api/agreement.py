"""Sharing agreements by the API: what agencies may share with each other. Signing is for people."""

from datetime import date

from encircle.actions.sharing import sharing_agreements
from encircle.core.sharing import AgreementState
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.onward import Onward
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.visit_purpose import VisitPurpose
from encircle.web.api.caller import Asking
from encircle.web.api.operation import reading
from encircle.web.api.shape import Answer, Id


class AgreementTold(Answer):
    """One agreement. `first`, `last`: days of the country on which it runs, both included."""

    id: Id
    giver: Id
    taker: Id
    state: AgreementState
    parts: list[FieldGroup]
    purposes: list[VisitPurpose]
    onward: Onward
    basis: str
    first: date
    last: date


class AgreementsTold(Answer):
    """The agreements of the agency of the caller, the newest first. Nothing of a child."""

    agreements: list[AgreementTold]


@reading(
    "/agreements",
    Purpose.OWN_DUTIES,
    AgreementsTold,
    title="What the agency may share with others, and they with it",
    tag="own duties",
)
def own_agreements(request: Asking) -> AgreementsTold:
    """The sharing agreements of which the agency is a side."""
    found = sharing_agreements(request.auth.who).items
    told = [
        AgreementTold(
            id=one.agreement.id,
            giver=one.agreement.giver,
            taker=one.agreement.taker,
            state=one.state,
            parts=[group for group in FieldGroup if group in one.agreement.terms.groups],
            purposes=[end for end in VisitPurpose if end in one.agreement.terms.ends],
            onward=one.agreement.terms.onward,
            basis=one.agreement.basis,
            first=one.agreement.terms.first,
            last=one.agreement.terms.last,
        )
        for one in found
    ]
    return AgreementsTold(agreements=told)
