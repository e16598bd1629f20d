"""Keys of people: a passphrase set, the key unlocked for a visit, the agency's key given to a colleague.

What is sealed to an agency opens for those of its people who have its key and have unlocked their own. The server holds
neither passphrase nor open key between two requests.
"""

from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Final, TypedDict
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Now

from encircle.actions.context import Who, at_work
from encircle.actions.own_key import MEMBER, came_right, counted_try, enter, hold, own_key
from encircle.actions.permit import mandates
from encircle.crypto import people as crypto
from encircle.crypto.sealed import SealBroken
from encircle.records import people_keys
from encircle.records.models import AgencyKey, AgencyKeyShare, MemberKey, PasskeyLock, Person
from encircle.records.people_keys import (
    Recipient,
    open_agency_key,
    recipients_of,
    seal_agency_key,
)
from encircle.records.recovery import keep_copies
from encircle.records.unlocked import Unlocked, unlocked, with_unlocked
from encircle.vocabulary.compartment import SEALED_TO_PEOPLE, Compartment
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role

__all__ = [
    "Keys",
    "change_passphrase",
    "forget_passphrase",
    "give_agency_key",
    "is_last_holder",
    "keys_of",
    "open_for_visit",
    "readers_with_keys",
    "recipients",
    "sealed_to",
    "set_passphrase",
    "take_keys_back",
    "unlock",
    "with_unlocked",
]

ENOUGH: Final = 2
"""How many people have to hold the key of an agency before anything is sealed to it: one can fall ill, or forget."""
LEAST_SIGNS, MOST_SIGNS = 14, 500


class _WhoReads(TypedDict):
    roles: list[str]
    opened: str | None
    in_emergency: list[str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A colleague who has a passphrase and not yet the agency's key."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Keys:
    """How things stand with the keys of who asks. `has_agency_key`: they can open what is sealed to their agency.

    `holders`: how many can; `in_use`: whether anything is sealed to it already. `waiting`: who could be given the key,
    where who asks has it open.
    """

    may_have: bool
    has_passphrase: bool
    is_unlocked: bool
    has_agency_key: bool
    holders: int
    in_use: bool
    waiting: tuple[Waiting, ...] = field(default=())


def keys_of(who: Who) -> Keys:
    """What the page of one's keys tells."""
    with at_work(who, Purpose.SIGN_IN):
        mine, agency_key = own_key(who), AgencyKey.objects.filter(Q(agency=who.agency)).first()
        held = set(
            AgencyKeyShare.objects.filter(Q(agency=who.agency)).values_list("member_key_id", flat=True)
        )
        has_it = mine is not None and mine.pk in held
        is_open = mine is not None and unlocked() is not None
        return Keys(
            may_have=_may_have(who),
            has_passphrase=mine is not None,
            is_unlocked=is_open,
            has_agency_key=has_it,
            holders=len(held),
            in_use=agency_key is not None and agency_key.in_use_at is not None,
            waiting=_waiting(who) if is_open and has_it else (),
        )


def set_passphrase(who: Who, passphrase: str, *, again: str, session: str) -> str:
    """Make one's key under this passphrase; what the visit holds of it. The first of an agency makes the agency's key too.

    Refuses: BadInput.
    """
    _fit(passphrase, again)
    pair, key_id = crypto.KeyPair.new(), str(uuid4())
    bound = crypto.bound_to(MEMBER, who.person, key_id)
    locked = _lock(pair, passphrase, bound)
    with at_work(who, Purpose.SIGN_IN) as context:
        if not _may_have(who) or own_key(who) is not None:
            raise BadInput(
                code="passphrase_stands", reason="You have a passphrase already.", where="passphrase"
            )
        MemberKey.objects.create(
            id=key_id, person_id=who.person, agency_id=who.agency, public=pair.public, locked=locked
        )
        if not AgencyKey.objects.filter(Q(agency=who.agency)).exists():
            theirs, agency_key = crypto.KeyPair.new(), str(uuid4())
            AgencyKey.objects.create(id=agency_key, agency_id=who.agency, public=theirs.public)
            seal_agency_key(theirs, agency=who.agency, key=agency_key, member_key=key_id, public=pair.public)
            keep_copies(theirs, agency=who.agency, key=agency_key)
        enter(who, context, "passphrase_set")
    return hold(pair, session=session, person=who.person, key=key_id)


def unlock(who: Who, passphrase: str, *, session: str) -> str:
    """Open one's key for this visit; what the visit holds of it. Refuses: BadInput, a wrong passphrase, or one too soon."""
    pair, key_id = _opened(who, passphrase, where="passphrase")
    return open_for_visit(who, pair, key_id, session=session, outcome="keys_unlocked")


def open_for_visit(who: Who, pair: crypto.KeyPair, key: str, *, session: str, outcome: str) -> str:
    """One's key was opened, by whatever opens it: what the visit holds of it. `outcome`: as the journal says it."""
    with at_work(who, Purpose.SIGN_IN) as context:
        _keep_copies(who, Unlocked(key, pair))
        enter(who, context, outcome)
    return hold(pair, session=session, person=who.person, key=key)


def change_passphrase(who: Who, passphrase: str, *, new: str, again: str, session: str) -> str:
    """The same key under another passphrase; what the visit holds of it. Refuses: BadInput."""
    _fit(new, again, where="new")
    pair, key_id = _opened(who, passphrase, where="passphrase")
    locked = _lock(pair, new, crypto.bound_to(MEMBER, who.person, key_id))
    with at_work(who, Purpose.SIGN_IN) as context:
        MemberKey.objects.filter(pk=key_id, ended_at=None).update(locked=locked)
        enter(who, context, "passphrase_changed")
    return hold(pair, session=session, person=who.person, key=key_id)


def give_agency_key(who: Who, member_key: str) -> None:
    """Give the agency's key to a colleague who waits for it. With the second one it comes into use.

    Refuses: BadInput, nobody who waits, or nothing unlocked.
    """
    with at_work(who, Purpose.SIGN_IN) as context:
        mine = unlocked()
        known = next((one for one in _waiting(who) if one.id == member_key), None)
        share = None if mine is None else _own_share(who, mine)
        if mine is None or share is None or known is None:
            raise BadInput(
                code="nobody_waits", reason="Unlock your key first; then choose who waits.", where="give"
            )
        key = str(share.agency_key_id)
        pair = open_agency_key(bytes(share.sealed), agency=who.agency, key=key, mine=mine)
        public = bytes(MemberKey.objects.get(pk=member_key).public)
        seal_agency_key(pair, agency=who.agency, key=key, member_key=member_key, public=public)
        if AgencyKeyShare.objects.filter(Q(agency_key=key)).count() >= ENOUGH:
            AgencyKey.objects.filter(pk=key, in_use_at=None).update(in_use_at=Now())
        enter(who, context, "agency_key_given", {"member_key": member_key})


def is_last_holder(who: Who, person: str) -> bool:
    """Whether what is sealed to one's agency would open for nobody, if this person left."""
    of_person = Q(member_key__person=person)
    held = AgencyKeyShare.objects.filter(Q(agency=who.agency, agency_key__in_use_at__isnull=False))
    mine = held.filter(of_person)
    return mine.exists() and not held.exclude(of_person).exists()


def take_keys_back(person: str) -> None:
    """Who leaves has neither a key of their own nor a share of their agency's any more; in an open transaction."""
    AgencyKeyShare.objects.filter(Q(member_key__person=person)).delete()
    PasskeyLock.objects.filter(Q(member_key__person=person)).delete()
    MemberKey.objects.filter(Q(person=person, ended_at=None)).update(ended_at=Now())


def forget_passphrase(member_key: str) -> None:
    """End this key, of which the passphrase is lost: its person sets a new one. In an open transaction."""
    AgencyKeyShare.objects.filter(Q(member_key=member_key)).delete()
    PasskeyLock.objects.filter(Q(member_key=member_key)).delete()
    MemberKey.objects.filter(pk=member_key, ended_at=None).update(ended_at=Now())


def recipients(root: RootId, type_name: str) -> tuple[Recipient, ...] | None:
    """To whom a new fact of this type is sealed; None: as all else, under the key of its compartment.

    To all agencies of the record whose mandate opens its part, and only if each of them can open it.
    """
    of_type = FACT_TYPES[type_name]
    if of_type.compartment not in SEALED_TO_PEOPLE:
        return None
    return recipients_of(root, **_who_reads(of_type.compartment, of_type.group))


def sealed_to(root: RootId, compartment: Compartment) -> tuple[Recipient, ...] | None:
    """To whom all that stands of this compartment is sealed; None: it cannot be yet."""
    (group,) = {one.group for one in FACT_TYPES.values() if one.compartment is compartment}
    return recipients_of(root, **_who_reads(compartment, group))


def readers_with_keys(root: RootId, compartment: Compartment, group: FieldGroup) -> tuple[Recipient, ...]:
    """To whom that part of a record can be passed on."""
    return people_keys.readers_with_keys(root, **_who_reads(compartment, group))


def _who_reads(compartment: Compartment, group: FieldGroup) -> _WhoReads:
    """Privileged text is opened neither by a decision nor in an emergency."""
    held, opens = mandates(), compartment is not Compartment.PRIVILEGED
    return {
        "roles": [role.value for role, one in held.items() if group in one.sees],
        "opened": group.value.lower() if opens else None,
        "in_emergency": [role.value for role, one in held.items() if opens and group in one.emergency],
    }


def _may_have(who: Who) -> bool:
    """Whether the role opens any part that can be sealed to people."""
    mandate = mandates().get(who.role)
    groups = {one.group for one in FACT_TYPES.values() if one.compartment in SEALED_TO_PEOPLE}
    return not who.is_program and mandate is not None and not groups.isdisjoint(mandate.sees)


def _own_share(who: Who, mine: Unlocked) -> AgencyKeyShare | None:
    return AgencyKeyShare.objects.filter(Q(agency=who.agency, member_key=mine.id)).first()


def _keep_copies(who: Who, mine: Unlocked) -> None:
    """Copies of the agency's key for recovery, where institutions were enrolled since it was last open."""
    share = _own_share(who, mine)
    if share is not None:
        key = str(share.agency_key_id)
        pair = open_agency_key(bytes(share.sealed), agency=who.agency, key=key, mine=mine)
        keep_copies(pair, agency=who.agency, key=key)


def _waiting(who: Who) -> tuple[Waiting, ...]:
    """Colleagues in office with a key of their own and without the agency's, whose role opens what is sealed."""
    held = AgencyKeyShare.objects.filter(Q(agency=who.agency)).values("member_key")
    in_office = Q(person__until=None) | Q(person__until__gt=Now())
    rows = MemberKey.objects.filter(in_office & Q(agency=who.agency, ended_at=None)).exclude(pk__in=held)
    found = []
    for row in rows.select_related("person__account").order_by("made_at", "pk"):
        person: Person = row.person
        if _may_have(Who(str(person.pk), who.agency, Role(person.role))):
            login = "" if person.account is None else person.account.login
            found.append(Waiting(str(row.pk), f"{person.given_name} {person.surname}".strip() or login))
    return tuple(found)


def _opened(who: Who, passphrase: str, *, where: str) -> tuple[crypto.KeyPair, str]:
    """One's key, with the passphrase."""
    wrong = BadInput(code="passphrase_wrong", reason="This passphrase does not open your key.", where=where)
    key_id, locked = counted_try(who, where=where)
    try:
        bound = crypto.bound_to(MEMBER, who.person, key_id)
        pair = crypto.unlock(locked, passphrase[:MOST_SIGNS], bound=bound, cheap_is_allowed=_is_cheap())
    except SealBroken as broken:
        with at_work(who, Purpose.SIGN_IN) as context:
            enter(who, context, "passphrase_refused")
        raise wrong from broken
    came_right(who, key_id)
    return pair, key_id


def _fit(passphrase: str, again: str, *, where: str = "passphrase") -> None:
    if not compare_digest(passphrase.encode(), again.encode()):
        raise BadInput(
            code="passphrases_differ", reason="The two passphrases are not the same.", where="again"
        )
    too_weak = not LEAST_SIGNS <= len(passphrase) <= MOST_SIGNS
    if not too_weak:
        try:
            validate_password(passphrase)
        except ValidationError:
            too_weak = True
    if too_weak:
        raise BadInput(
            code="passphrase_too_weak",
            reason="Take at least 14 signs: four words or more that belong to no saying.",
            where=where,
        )


def _lock(pair: crypto.KeyPair, passphrase: str, bound: bytes) -> bytes:
    cost = crypto.CHEAP if _is_cheap() else crypto.PROPER
    return crypto.lock(pair, passphrase, bound=bound, cost=cost, cheap_is_allowed=_is_cheap())


def _is_cheap() -> bool:
    return bool(settings.DEMO)
