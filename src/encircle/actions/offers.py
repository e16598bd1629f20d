"""Referrals that wait for their answer, called offers: before it accepts, an agency sees the offer, nothing of the record.

Who may say who takes part offers, in codes alone: what is asked, what the child needs, how soon, about which age, on which
basis. Accepting makes the agency one that takes part, by its own mandate, and states on the record that the referral arrived
and was accepted. Declining or letting the time pass leaves it nothing, not even the offer.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import get_args
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import QuerySet

from encircle.actions.act import Statement, perform_in
from encircle.actions.context import Who, at_work
from encircle.actions.form_token import id_of_form
from encircle.actions.heading import Heading, enter_look, heading
from encircle.actions.people import MOST_AGENCIES, as_basis
from encircle.actions.permit import NotAllowed, Permit, look_at_many, mandates, permit_in, permitted
from encircle.actions.record import AgencyName
from encircle.actions.whose_law import law_for
from encircle.core.access import Allowed, Denied, Doing, decide
from encircle.core.child.situation import Situation
from encircle.core.journal.entry import EntryKind
from encircle.law.counting import end_of
from encircle.law.sop import OFFER_OPEN
from encircle.records import journal, offers
from encircle.records.context import Context
from encircle.records.models import Agency
from encircle.records.offers import Offer as Offer
from encircle.records.parts import parts_in
from encircle.records.relations import standing_to
from encircle.records.seen import root_of
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.facts.referrals import ReferredTo
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, SubjectId, is_random_id
from encircle.vocabulary.moment import Span
from encircle.vocabulary.offer import OfferAge, OfferDeclined, OfferNeed, OfferOutcome, OfferUrgency
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role

ASKED: tuple[str, ...] = get_args(ReferredTo)
"""To what a child can be referred."""
OPEN_FOR = timedelta(days=7)
"""How long an offer waits, where the practice of a country sets no number."""
TODAY = timedelta(hours=24)
"""How long one waits at most that is needed today."""
LONGEST = timedelta(days=31)
LISTED = 100
_AGES = ((6, OfferAge.TO_5), (12, OfferAge.TO_11), (15, OfferAge.TO_14), (18, OfferAge.TO_17))


@dataclass(frozen=True, slots=True)
class OffersOf:
    """To whom a child was referred. `agencies`: those to which it could be; `may_offer`: the mandate lets one do so."""

    told: Heading
    items: tuple[Offer, ...]
    agencies: tuple[AgencyName, ...]
    may_offer: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of an agency. `asked`: one of `ASKED`."""

    agency: AgencyId
    asked: str
    need: OfferNeed
    urgency: OfferUrgency
    basis: str


@dataclass(frozen=True, slots=True)
class OffersTo:
    """What is offered to the agency of who looks. `zone`: in which days are counted there."""

    items: tuple[Offer, ...]
    zone: str


class NoSuchOffer(Refused):
    """There is no such offer to answer or to withdraw: none, one of others, one that has ended. Which is not told."""

    def __init__(self) -> None:
        super().__init__(
            code="no_such_offer",
            reason="There is no such referral that waits. It was answered, taken back, or its time has passed.",
            instead="Look at the list again.",
        )


def offers_of(who: Who, number: str) -> OffersOf:
    """To whom that child was referred, and what came of it. Refuses: NotSeen, NotAllowed."""
    with permitted(who, number, purpose=Purpose.PROTECT) as permit:
        told = heading(permit)
        enter_look(permit, "offers", told)
        if Decision.LET_TAKE_PART not in permit.allowed.decides:
            return OffersOf(told, (), (), may_offer=False)
        items = offers.offers_on(permit.root.id, at_most=LISTED)
        return OffersOf(told, items, _agencies(permit), may_offer=True)


def offer_child(who: Who, number: str, asked: Asked, *, token: str) -> bool:
    """Refer that child to an agency; whether it is referred only now. The same form sent again refers once.

    Refuses: NotSeen, NotAllowed; BadInput, with the field: an agency that cannot be asked, or that takes part already.
    """
    basis = as_basis(asked.basis)
    with permitted(who, number, purpose=Purpose.PROTECT, doing=Doing.DECIDE) as permit:
        permit.ask_to_decide(Decision.LET_TAKE_PART)
        made = id_of_form(token, f"{permit.root.id}/offer")
        before = offers.offers_on(permit.root.id, at_most=LISTED)
        if any(one.id == made for one in before):
            return False
        if asked.asked not in ASKED:
            raise BadInput(code="no_such_matter", reason="Choose what you ask for.", where="asked")
        if not is_random_id(asked.agency) or not _askable(permit).filter(pk=asked.agency).exists():
            raise BadInput(
                code="not_to_be_asked",
                reason="Choose an agency that takes no part in this record, and has no referral that waits.",
                where="agency",
            )
        said = {"referred_to": asked.asked, "referred_by": who.role.value, "minimum_set": True}
        done = perform_in(permit, [Statement(type="referral_made", values=said)], token=token)
        situation = heading(permit).situation
        offer = _offer(permit, asked, made, SubjectId(done.facts[0].id), situation, basis)
        offers.make_offer(offer)
        _journal(permit, "child_referred", {"agency": asked.agency, "asked": asked.asked})
        return True


def withdraw_offer(who: Who, number: str, offer: str) -> None:
    """Take an offer back. Refuses: NotSeen, NotAllowed; NoSuchOffer; RuleBroken, one that has ended."""
    with permitted(who, number, purpose=Purpose.PROTECT, doing=Doing.DECIDE) as permit:
        permit.ask_to_decide(Decision.LET_TAKE_PART)
        if not is_random_id(offer) or not offers.end_offer(offer, permit.root.id):
            raise NoSuchOffer
        _journal(permit, f"offer_ended:{OfferOutcome.WITHDRAWN.value}", {"offer": offer})


def record_answer(who: Who, number: str, offer: str, *, token: str) -> None:
    """State on the record that an offer was declined, and why: who offered it has seen it. Refuses as `withdraw_offer`."""
    with permitted(who, number, purpose=Purpose.PROTECT, doing=Doing.DECIDE) as permit:
        permit.ask_to_decide(Decision.LET_TAKE_PART)
        found = next(
            (one for one in offers.offers_on(permit.root.id, at_most=LISTED) if one.id == offer), None
        )
        if found is None or found.outcome != OfferOutcome.DECLINED:
            raise NoSuchOffer
        said = {"answer": OfferOutcome.DECLINED.value, "answer_reasons": found.because or ""}
        values = {name: value for name, value in said.items() if value}
        statement = Statement(type="referral_answered", subject=found.subject, values=values)
        perform_in(permit, [statement], token=token)
        offers.settle(permit.root.id, found.subject)


def may_weigh(role: Role) -> bool:
    """Whether a child can be referred to somebody in that role: who works with others, and takes part in records."""
    own = mandates().get(role)
    return own is not None and {Purpose.COOPERATE, Purpose.PROTECT} <= own.purposes


def offered_to(who: Who) -> OffersTo:
    """What is referred to one's agency and waits. Refuses: NotAllowed, a role to which no child is referred."""
    _ask(who)
    with at_work(who, Purpose.COOPERATE) as context:
        items = tuple(
            one
            for one in offers.offers_to(who.agency, at_most=LISTED)
            if isinstance(_weighed(context, who, one), Allowed)
        )
        journal.enter(look_at_many(who, "offers_listed"), ctx=context)
    return OffersTo(items, law_for(settings.COUNTRY).zone)


def offer_of(who: Who, offer: str) -> OffersTo:
    """One offer to one's agency. The child's record shows that it was weighed. Refuses: NotAllowed; NoSuchOffer."""
    _ask(who)
    with at_work(who, Purpose.COOPERATE) as context:
        found = _one(context, who, offer)
        _enter(context, who, found, EntryKind.LOOK, "offer_weighed")
    return OffersTo((found,), law_for(settings.COUNTRY).zone)


def accept_offer(who: Who, offer: str, *, token: str) -> str:
    """Take part from now on, by one's own mandate; the number of the record. The same form sent again accepts once.

    Refuses: NotAllowed; NoSuchOffer.
    """
    _ask(who)
    with at_work(who, Purpose.COOPERATE) as context:
        membership = id_of_form(token, f"{offer}/part")
        if (before := offers.accepted_by(membership)) is not None:
            return before
        found = _one(context, who, offer)
        root = offers.answer_offer(
            offer, membership=membership, answer=OfferOutcome.ACCEPTED.value, because=None
        )
        seen = None if root is None else root_of(root)
        if seen is None:
            raise NoSuchOffer
        _enter(context, who, found, EntryKind.WRITE, f"offer_ended:{OfferOutcome.ACCEPTED.value}")
        permit = permit_in(context, replace(who, visit=None), seen.number, purpose=Purpose.COOPERATE)
        _state_accepted(permit, found, token)
    return seen.number


def decline_offer(who: Who, offer: str, because: OfferDeclined) -> None:
    """Take no part: the offer ends, and leaves nothing here. Refuses: NotAllowed; NoSuchOffer."""
    _ask(who)
    with at_work(who, Purpose.COOPERATE) as context:
        found = _one(context, who, offer)
        answered = offers.answer_offer(
            offer,
            membership=str(uuid5(UUID(offer), "none")),
            answer=OfferOutcome.DECLINED.value,
            because=because.value,
        )
        if answered is None:
            raise NoSuchOffer
        _enter(context, who, found, EntryKind.WRITE, f"offer_ended:{OfferOutcome.DECLINED.value}")


def _state_accepted(permit: Permit, offer: Offer, token: str) -> None:
    """That it arrived and was accepted, which accepting is, whatever parts the mandate lets one write into."""
    held, views = permit.allowed, {FieldGroup.VIEWS}
    writes = replace(permit, allowed=replace(held, groups=held.groups | views, adds=held.adds | views))
    stated = [
        Statement(type="referral_received", subject=offer.subject),
        Statement(type="referral_answered", subject=offer.subject, values={"answer": "accepted"}),
    ]
    perform_in(writes, stated, token=token)


def _ask(who: Who) -> None:
    if not may_weigh(who.role):
        denied = Denied(
            code="no_offers",
            reason="No child is referred to your role.",
            source=f"The mandate of the role {who.role.value} does not name it.",
            instead="Ask the coordinator of your agency.",
        )
        raise NotAllowed(denied, "")


def _one(context: Context, who: Who, offer: str) -> Offer:
    found = offers.offer_to(who.agency, offer) if is_random_id(offer) else None
    if found is None or isinstance(_weighed(context, who, found), Denied):
        raise NoSuchOffer
    return found


def _weighed(context: Context, who: Who, offer: Offer) -> Allowed | Denied:
    """The rule of access for one to whom it is offered: who stands against the child weighs nothing."""
    stands = standing_to((offer.root,), ctx=context)[offer.root]
    return decide(
        Doing.WEIGH,
        role=who.role,
        purpose=Purpose.COOPERATE,
        relations=stands.relations | {Relation.OFFERED},
        mandates=mandates(),
    )


def _offer(
    permit: Permit, asked: Asked, made: str, subject: SubjectId, situation: Situation, basis: str
) -> Offer:
    now = permit.context.now
    return Offer(
        id=made,
        root=permit.root.id,
        subject=subject,
        agency=asked.agency,
        agency_name="",
        giver=permit.who.agency,
        giver_name="",
        giver_role="",
        by="",
        offered_at=now,
        until=_until(asked.urgency, now),
        asked=asked.asked,
        need=asked.need.value,
        urgency=asked.urgency.value,
        age=age_of(situation, now=now).value,
        basis=basis,
        waits=True,
        outcome=None,
        because=None,
        ended_at=None,
    )


def age_of(situation: Situation, *, now: datetime) -> OfferAge:
    """About how old the child is: the band in which the youngest age lies that it may have; never more exactly."""
    turns = situation.child["turns_18"]
    if not isinstance(turns, Span):
        return OfferAge.UNKNOWN
    years = 18 - (turns.latest - now).days / 365.25
    return next((band for below, band in _AGES if years < below), OfferAge.OVER)


def _until(urgency: OfferUrgency, now: datetime) -> datetime:
    """Until when it can be accepted, by the practice of the country; what is needed today waits a day."""
    law = law_for(settings.COUNTRY)
    period = next((rule.period for rule in law.sops if rule.code == OFFER_OPEN), None)
    ends = now + OPEN_FOR if period is None else end_of(period, start=now, calendar=law.calendar).at
    most = now + (TODAY if urgency is OfferUrgency.TODAY else LONGEST)
    return min(ends, most)


def _askable(permit: Permit) -> QuerySet[Agency]:
    """The agencies of one's country to which the child could be referred: they take no part, and none waits for them."""
    inside = {part.agency for part in parts_in(permit.root.id)}
    waiting = {one.agency for one in offers.offers_on(permit.root.id, at_most=LISTED) if one.waits}
    able = [role.value for role in Role if may_weigh(role)]
    country = Agency.objects.filter(pk=permit.who.agency).values("country")
    found = Agency.objects.filter(ended_at=None, country__in=country, role__in=able)
    return found.exclude(pk__in=inside | waiting)


def _agencies(permit: Permit) -> tuple[AgencyName, ...]:
    """Those that can be chosen from, by name; one beyond them can be asked all the same."""
    rows = _askable(permit).order_by("name", "pk").values_list("pk", "name", "role", "country")
    return tuple(
        AgencyName(AgencyId(str(pk)), name, role, land) for pk, name, role, land in rows[:MOST_AGENCIES]
    )


def _enter(context: Context, who: Who, offer: Offer, kind: EntryKind, outcome: str) -> None:
    own = mandates()[who.role]
    act = journal.Act(
        kind=kind,
        outcome=outcome,
        root=offer.root,
        role=who.role.value,
        legal_basis=own.basis,
        regime=own.regime,
    )
    journal.enter(act, ctx=context)


def _journal(permit: Permit, outcome: str, said: Mapping[str, str]) -> None:
    act = journal.Act(
        kind=EntryKind.WRITE,
        outcome=outcome,
        root=permit.root.id,
        role=permit.who.role.value,
        legal_basis=permit.allowed.basis,
    )
    journal.enter(act, ctx=permit.context, body=json.dumps(said, sort_keys=True).encode())
