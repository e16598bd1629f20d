"""Offers, which are referrals that wait for their answer: made, withdrawn, answered, listed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from encircle.records.refusal import rules_told
from encircle.vocabulary.identifier import AgencyId, RootId, SubjectId

NOTICE, ANSWERED = "R1", "R2"
"""Under these codes an agency is told that a child is offered to it, and who offered it that there is an answer."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer, in codes. `until`: it can be accepted until then; `waits`: nobody has ended it, and it can be.

    `by`: the name of the person who offered, empty for a program. `outcome`, `because`, `ended_at`: None while it has no end.
    """

    id: str
    root: RootId
    subject: SubjectId
    agency: AgencyId
    agency_name: str
    giver: AgencyId
    giver_name: str
    giver_role: str
    by: str
    offered_at: datetime
    until: datetime
    asked: str
    need: str
    urgency: str
    age: str
    basis: str
    waits: bool
    outcome: str | None
    because: str | None
    ended_at: datetime | None


def make_offer(offer: Offer) -> bool:
    """Write it down and tell the agency, without content; False: this form has offered already. Refuses: RuleBroken."""
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO referral_offer (id, root_id, subject_id, agency_id, giver_id, offered_by, until, asked, need,"
            " urgency, age, basis) VALUES (%s, %s, %s, %s, %s, '', %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO NOTHING",
            (
                offer.id,
                offer.root,
                offer.subject,
                offer.agency,
                offer.giver,
                offer.until,
                offer.asked,
                offer.need,
                offer.urgency,
                offer.age,
                offer.basis,
            ),
        )
        if not cursor.rowcount:
            return False
        cursor.execute(
            "INSERT INTO notice (root_id, kind, code, subject_id, agency_id, acted_id)"
            " VALUES (%s, 'offered', %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (offer.root, NOTICE, offer.subject, offer.agency, offer.agency),
        )
    return True


def end_offer(offer: str, root: RootId) -> bool:
    """Withdraw one that has no end yet; False: there is no such one on this record. Refuses: RuleBroken, one that ended."""
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE referral_offer SET outcome = 'withdrawn' WHERE id = %s AND root_id = %s RETURNING subject_id::text",
            (offer, root),
        )
        row = cursor.fetchone()
        if row is not None:
            settle(root, SubjectId(row[0]))
    return row is not None


def settle(root: RootId, subject: SubjectId) -> None:
    """Nobody has to be told of this offer any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notice SET settled_at = now(), send_at = NULL, higher_at = NULL WHERE root_id = %s"
            " AND subject_id = %s AND kind IN ('offered', 'offer_answered') AND settled_at IS NULL",
            (root, subject),
        )


def answer_offer(offer: str, *, membership: str, answer: str, because: str | None) -> RootId | None:
    """Accept or decline one that was made to the agency of who acts; None: there is none that it can answer.

    Accepted: the agency is a member from now on. Declined: it sees nothing of it any more, the offer included.
    """
    with rules_told(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT encircle_answer_offer(%s, %s, %s, %s)::text", (offer, membership, answer, because)
        )
        (root,) = cursor.fetchone()
    return None if root is None else RootId(root)


def accepted_by(membership: str) -> str | None:
    """The number of the record into which this form has led already; None: into none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT root.number FROM membership JOIN root ON root.id = membership.root_id"
            " WHERE membership.id = %s AND membership.relation = 'referred'",
            (membership,),
        )
        row = cursor.fetchone()
    return None if row is None else str(row[0])


def offers_to(agency: AgencyId, *, at_most: int) -> tuple[Offer, ...]:
    """What is referred to this agency and waits, the first to end first."""
    return _offers(
        "offer.agency_id = %s AND offer.outcome IS NULL AND offer.until > now()", agency, "until", at_most
    )


def offer_to(agency: AgencyId, offer: str) -> Offer | None:
    """That one of them; None: there is none, it has ended, or it was made to others."""
    return next((one for one in offers_to(agency, at_most=1_000) if one.id == offer), None)


def offers_on(root: RootId, *, at_most: int) -> tuple[Offer, ...]:
    """To whom the child of this record was referred, the newest first."""
    return _offers("offer.root_id = %s", root, "offered_at DESC", at_most)


def _offers(of: str, given: str, order: str, at_most: int) -> tuple[Offer, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_OFFERS.format(of=of, order=order), (given, at_most))
        return tuple(
            Offer(one, RootId(root), SubjectId(subject), AgencyId(agency), name, AgencyId(giver), *rest)
            for one, root, subject, agency, name, giver, *rest in cursor.fetchall()
        )


_OFFERS = """
    SELECT offer.id::text, offer.root_id::text, offer.subject_id::text, offer.agency_id::text, agency.name,
           offer.giver_id::text, giver.name, giver.role,
           coalesce(nullif(trim(person.given_name || ' ' || person.surname), ''), ''),
           offer.offered_at, offer.until, offer.asked, offer.need, offer.urgency, offer.age, offer.basis,
           offer.outcome IS NULL AND offer.until > now(), offer.outcome, offer.because, offer.ended_at
      FROM referral_offer AS offer
      JOIN agency ON agency.id = offer.agency_id
      JOIN agency AS giver ON giver.id = offer.giver_id
      LEFT JOIN person ON person.id::text = offer.offered_by
     WHERE {of} ORDER BY offer.{order}, offer.id LIMIT %s
"""
