"""Sharing agreements of the demonstration: between police and hospital of one region, one signed by both, one that waits."""

from datetime import timedelta
from uuid import UUID, uuid5

from encircle.actions.context import Who
from encircle.actions.sharing import propose_agreement, sharing_agreements, sign_agreement
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.onward import Onward
from encircle.vocabulary.visit_purpose import VisitPurpose

BASIS = "EU-2016/679 6(1)(e)"
"""What a public authority does by its task. Of the demonstration, as its people are."""
LONG = timedelta(days=365)


def add_agreements(police: Who, hospital: Who, *, space: UUID) -> int:
    """Propose both and sign the first one for its other side; how many were added. Where there is any, none is.

    `police`, `hospital`: who supervises there. Refuses: NotAllowed.
    """
    known = sharing_agreements(police, of_all=True)
    if known.items:
        return 0
    first = propose_agreement(
        police,
        hospital.agency,
        gives=True,
        groups=[FieldGroup.LOCATION],
        ends=[VisitPurpose.PROTECT, VisitPurpose.TREAT],
        onward=Onward.NOT,
        basis=BASIS,
        first=known.today,
        last=known.today + LONG,
        token=str(uuid5(space, "agreement on places")),
    )
    sign_agreement(hospital, first)
    propose_agreement(
        hospital,
        police.agency,
        gives=True,
        groups=[FieldGroup.HEALTH],
        ends=[VisitPurpose.PROTECT],
        onward=Onward.ASK,
        basis=BASIS,
        first=known.today,
        last=known.today + LONG / 2,
        token=str(uuid5(space, "agreement on health")),
    )
    return 2
