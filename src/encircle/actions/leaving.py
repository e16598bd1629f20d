"""Leaving: what names a colleague who leaves goes to a named successor of the same agency; then the sign-in is closed.

Nothing is orphaned: what is moved is shown before it moves, and every column that can name a person stands in one of
three lists here, which a test holds against the tables.
"""

import json
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from encircle.actions.colleague import Colleague, NoColleague, keeps_people
from encircle.actions.context import Who, at_work
from encircle.actions.people_keys import is_last_holder, take_keys_back
from encircle.actions.permit import mandates
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records.context import Context
from encircle.records.models import Account, Invitation, LinkedIdentity, Membership, Person, StaffSession
from encircle.vocabulary.identifier import RootId, is_random_id
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role

MOVED: Final = frozenset({"membership.person_id"})
"""Goes to the successor."""
ENDED: Final = frozenset(
    {
        "invitation.made_by",
        "linked_identity.account_id",
        "member_key.person_id",
        "person.account_id",
        "staff_session.account_id",
    }
)
"""Ends with the leaving."""
STAYS: Final = frozenset(
    {
        "access_file.checked_by_id",
        "access_file.given_by_id",
        "access_file.prepared_by_id",
        "duty_row.person_id",
        "emergency_access.person_id",
        "emergency_access.reviewed_by_id",
        "erasure.asked_by_id",
        "erasure.decided_by_id",
        "legal_hold.set_by_id",
        "look_alarm.answered_by_id",
        "look_alarm.person_id",
        "look_week.seen_by_id",
        "member_key.ended_by_id",
        "opened_part.decided_by_id",
        "owner_question.answered_by_id",
        "owner_question.person_id",
        "person.successor_id",
        "practice_proposal.person_id",
        "practice_step.person_id",
        "report_erasure.asked_by_id",
        "report_erasure.decided_by_id",
        "report_hold.set_by_id",
        "sharing_agreement.ended_by_id",
        "sharing_agreement.giver_signed_by_id",
        "sharing_agreement.proposed_by_id",
        "sharing_agreement.taker_signed_by_id",
        "talk.worker_id",
    }
)
"""Says what somebody did, or follows from facts: history is not rewritten."""
_NOT_PASSED_ON = (Relation.EMERGENCY.value, Relation.ADVERSE.value)
"""What was opened in an emergency ends; who was kept out of a record stays the one who was."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a colleague would leave behind. `records`: the numbers of those in which they are named; `successors`: who
    may take over, by id and name; `invitations`: their open ones, which end.
    """

    person: str
    name: str
    role: Role
    records: tuple[str, ...]
    emergencies: int
    invitations: int
    sessions: int
    successors: tuple[tuple[str, str], ...]


def leaving_of(who: Who, person: str) -> Leaving:
    """What would move, before it moves. Journalled as a look. Refuses: NotAPeopleKeeper, NoColleague."""
    keeps_people(who)
    with at_work(who, Purpose.SIGN_IN) as context:
        row = _person(who, person)
        told = _told(who, row)
        act = journal.Act(kind=EntryKind.SIGN_IN, outcome="leaving_shown", role=who.role.value)
        journal.enter(act, ctx=context, body=_about(row))
    return told


def hand_over(who: Who, person: str, *, to: str) -> int:
    """Move everything to the successor and close the sign-in; how many records moved.

    All in one transaction; each record has its entry. Refuses: NotAPeopleKeeper, NoColleague; BadInput, who leaves is
    who asks, or a successor whose mandate does not cover that of who leaves.
    """
    keeps_people(who)
    with at_work(who, Purpose.SIGN_IN) as context:
        row = _person(who, person)
        if person == who.person:
            raise BadInput(
                code="own_leaving", reason="Somebody else has to record that you leave.", where="successor"
            )
        allowed = dict(_successors(who, row))
        if to not in allowed:
            raise BadInput(code="no_successor", reason="Choose who takes over.", where="successor")
        if is_last_holder(who, person):
            raise BadInput(
                code="last_holder",
                reason="Nobody else at your agency has its key: what is sealed to it would be lost. First they give the key"
                " to who takes over, or it is recovered.",
                where="successor",
            )
        moved = _move(row, to, who, context)
        _close(row, to)
        act = journal.Act(kind=EntryKind.SIGN_IN, outcome="colleague_left", role=who.role.value)
        journal.enter(act, ctx=context, body=json.dumps({"person": str(row.pk), "successor": to}).encode())
    return moved


def left_behind(who: Who) -> tuple[Colleague, ...]:
    """Who left one's agency without a hand-over and is still named in records: an operator closed the sign-in."""
    keeps_people(who)
    with at_work(who, Purpose.SIGN_IN):
        named = _running().values("person")
        rows = Person.objects.filter(Q(agency=who.agency), until__lte=Now(), pk__in=named).order_by(
            "surname", "pk"
        )
        return tuple(
            Colleague(str(row.pk), row.account_id or row.pk, _name(row), Role(row.role)) for row in rows
        )


def _told(who: Who, row: Person) -> Leaving:
    mine = Membership.objects.filter(_named(row))
    records = mine.exclude(relation__in=_NOT_PASSED_ON).values_list("root__number", flat=True)
    return Leaving(
        person=str(row.pk),
        name=_name(row),
        role=Role(row.role),
        records=tuple(sorted(set(records))),
        emergencies=mine.filter(relation=Relation.EMERGENCY.value).count(),
        invitations=_open_invitations(row).count(),
        sessions=StaffSession.objects.filter(account=row.account_id, expire_date__gt=Now()).count(),
        successors=_successors(who, row),
    )


def _successors(who: Who, row: Person) -> tuple[tuple[str, str], ...]:
    """Colleagues in office whose mandate opens and decides at least as much."""
    held, needed = mandates(), mandates().get(Role(row.role))
    others = Person.objects.filter(
        Q(agency=who.agency), Q(until=None) | Q(until__gt=Now()), account__is_active=True
    ).exclude(pk=row.pk)
    found = []
    for other in others.select_related("account").order_by("surname", "given_name", "pk"):
        mandate = held.get(Role(other.role))
        covers = other.role == row.role or (
            needed is not None
            and mandate is not None
            and needed.sees <= mandate.sees
            and needed.adds <= mandate.adds
            and needed.decides <= mandate.decides
        )
        if covers:
            found.append((str(other.pk), _name(other)))
    return tuple(found)


def _move(row: Person, to: str, who: Who, context: Context) -> int:
    """The successor first, so that the agency takes part all the time; then the end of the old one."""
    moved: set[str] = set()
    for one in Membership.objects.filter(_named(row)).order_by("since", "pk"):
        if one.relation == Relation.ADVERSE.value:
            continue
        if one.relation != Relation.EMERGENCY.value:
            Membership.objects.create(
                id=uuid4(),
                root_id=one.root_id,
                agency_id=one.agency_id,
                person_id=to,
                relation=one.relation,
                subject_id=one.subject_id,
                basis=one.basis,
                since=Now(),
            )
            moved.add(str(one.root_id))
        Membership.objects.filter(pk=one.pk).update(until=Now())
    for root in sorted(moved):
        act = journal.Act(kind=EntryKind.WRITE, outcome="handed_over", root=RootId(root), role=who.role.value)
        journal.enter(act, ctx=context)
    return len(moved)


def _close(row: Person, to: str) -> None:
    """The post ends; the sign-in too, where it has no other one."""
    Person.objects.filter(pk=row.pk, until=None).update(until=Now())
    Person.objects.filter(pk=row.pk).update(successor=to)
    _open_invitations(row).update(revoked_at=Now())
    take_keys_back(str(row.pk))
    others = Person.objects.filter(account=row.account_id, until=None).exclude(pk=row.pk).exists()
    if row.account_id is not None:
        Account.objects.filter(pk=row.account_id).update(is_active=others, signed_out_at=Now())
        StaffSession.objects.filter(account=row.account_id).delete()
        if not others:
            LinkedIdentity.objects.filter(account=row.account_id, ended_at=None).update(ended_at=Now())


def _person(who: Who, person: str) -> Person:
    """Somebody of one's agency who is in office, or who left without a hand-over."""
    found = None
    if is_random_id(person):
        found = (
            Person.objects.select_related("account")
            .filter(Q(agency=who.agency), Q(account__isnull=False), pk=person, successor=None)
            .first()
        )
    if found is None:
        raise NoColleague(
            code="no_colleague",
            reason="Nobody of that kind works at your agency now.",
            instead="Look at the list again.",
        )
    return found


def _running() -> QuerySet[Membership]:
    return Membership.objects.filter(Q(until=None) | Q(until__gt=Now())).exclude(relation__in=_NOT_PASSED_ON)


def _named(row: Person) -> Q:
    return Q(person=row.pk, agency=row.agency_id) & (Q(until=None) | Q(until__gt=Now()))


def _open_invitations(row: Person) -> QuerySet[Invitation]:
    return Invitation.objects.filter(made_by=str(row.pk), used_at=None, revoked_at=None, expires_at__gt=Now())


def _name(row: Person) -> str:
    login = "" if row.account is None else row.account.login
    return f"{row.given_name} {row.surname}".strip() or login


def _about(row: Person) -> bytes:
    return json.dumps({"person": str(row.pk)}).encode()
