"""Referrals by the API: made, answered. Before it accepts, an agency reads codes and no record."""

from datetime import datetime
from typing import Annotated

from ninja import Path
from ninja.responses import Status
from pydantic import Field

from encircle.actions import offers as acts
from encircle.vocabulary.facts.referrals import ReferredTo
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.offer import OfferDeclined, OfferNeed, OfferUrgency
from encircle.vocabulary.purpose import Purpose
from encircle.web.api.caller import Asking, token_for
from encircle.web.api.operation import reading, writing
from encircle.web.api.shape import ID_SHAPE, Answer, Given, Id, Number

OfferId = Annotated[str, Path(pattern=ID_SHAPE, description="The id of the referral.")]


class OfferTold(Answer):
    """One referral to the own agency: what is asked, by which agency, until when. Nothing of the record."""

    id: str
    giver: str
    giver_name: str
    giver_role: str
    asked: str
    need: str
    urgency: str
    age: str
    basis: str
    offered_at: datetime
    until: datetime


class OffersTold(Answer):
    """What is referred to the own agency and waits, the first to end first."""

    offers: list[OfferTold]


class OfferMade(Answer):
    """One referral of this child. `outcome`: accepted, declined or withdrawn; none, while it has no end."""

    id: str
    agency: str
    agency_name: str
    asked: str
    need: str
    urgency: str
    offered_at: datetime
    until: datetime
    waits: bool
    outcome: str | None
    because: str | None


class OffersMade(Answer):
    """To whom the child of this record was referred; `may_offer`: whether the mandate lets the caller refer it."""

    number: str
    offers: list[OfferMade]
    may_offer: bool


class OfferGiven(Given):
    """To which agency, what is asked, for what, how soon, on which legal basis. Codes: no name and no words."""

    agency: Id
    asked: ReferredTo
    need: Annotated[OfferNeed, Field(strict=False)]
    urgency: Annotated[OfferUrgency, Field(strict=False)]
    basis: Annotated[str, Field(min_length=1, max_length=200)]


class WithdrawGiven(Given):
    """Nothing has to be said: the referral ends as of now."""


class AcceptGiven(Given):
    """Nothing has to be said: the agency takes part from now on."""


class DeclineGiven(Given):
    """Why the agency takes no part."""

    because: Annotated[OfferDeclined, Field(strict=False)]


class OfferSaved(Answer):
    """`again`: it stood so before; nothing had to be changed."""

    again: bool


class OfferAccepted(Answer):
    """The number of the record in which the agency takes part now."""

    number: str


@reading("/referrals", Purpose.COOPERATE, OffersTold, title="What is referred to the agency", tag="referrals")
def offers_received(request: Asking) -> OffersTold:
    """The referrals that wait for an answer of the agency of the caller."""
    found = acts.offered_to(request.auth.who)
    names = tuple(OfferTold.model_fields)
    return OffersTold(
        offers=[OfferTold(**{name: getattr(one, name) for name in names}) for one in found.items]
    )


@writing(
    "/referrals/{offer}/accept", Purpose.COOPERATE, OfferAccepted, title="Accept a referral", tag="referrals"
)
def accept_offer(request: Asking, offer: OfferId, given: AcceptGiven) -> Status[OfferAccepted]:
    """Take part in the record from now on, by the own mandate."""
    token = token_for(request)
    return Status(201, OfferAccepted(number=acts.accept_offer(request.auth.who, offer, token=token)))


@writing(
    "/referrals/{offer}/decline", Purpose.COOPERATE, OfferSaved, title="Decline a referral", tag="referrals"
)
def decline_offer(request: Asking, offer: OfferId, given: DeclineGiven) -> Status[OfferSaved]:
    """Take no part: the referral ends, and the agency reads nothing of it any more."""
    token_for(request)
    acts.decline_offer(request.auth.who, offer, given.because)
    return Status(201, OfferSaved(again=False))


@reading(
    "/records/{number}/referrals",
    Purpose.PROTECT,
    OffersMade,
    title="To whom it was referred",
    tag="referrals",
)
def offers_made(request: Asking, number: Number) -> OffersMade:
    """To which agencies the child was referred, and what came of it."""
    seen = acts.offers_of(request.auth.who, number)
    names = tuple(OfferMade.model_fields)
    return OffersMade(
        number=seen.told.number,
        offers=[OfferMade(**{name: getattr(one, name) for name in names}) for one in seen.items],
        may_offer=seen.may_offer,
    )


@writing("/records/{number}/referrals", Purpose.PROTECT, OfferSaved, title="Refer the child", tag="referrals")
def offer_child(request: Asking, number: Number, given: OfferGiven) -> Status[OfferSaved]:
    """Refer the child to an agency that takes no part. The same key sent again offers once."""
    asked = acts.Asked(AgencyId(given.agency), given.asked, given.need, given.urgency, given.basis)
    now = acts.offer_child(request.auth.who, number, asked, token=token_for(request))
    return Status(201 if now else 200, OfferSaved(again=not now))


@writing(
    "/records/{number}/referrals/{offer}/withdraw",
    Purpose.PROTECT,
    OfferSaved,
    title="Take a referral back",
    tag="referrals",
)
def withdraw_offer(
    request: Asking, number: Number, offer: OfferId, given: WithdrawGiven
) -> Status[OfferSaved]:
    """End a referral that waits."""
    token_for(request)
    acts.withdraw_offer(request.auth.who, number, offer)
    return Status(201, OfferSaved(again=False))
