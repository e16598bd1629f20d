"""Keys of people: a passphrase set, the key unlocked for a visit, the agency's key given to a colleague.

What is sealed to an agency opens for those of its people who have its key and have unlocked their own. The server holds
neither passphrase nor open key between two requests.
"""

from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from encircle.actions.context import Who, at_work
from encircle.actions.own_key import MEMBER, came_right, counted_try, enter, hold, own_key
from encircle.actions.permit import mandates
from encircle.crypto import people as crypto
from encircle.crypto.sealed import SealBroken
from encircle.records.agency_keys import end_key, nobody_else_has, retire
from encircle.records.models import AgencyKey, AgencyKeyShare, MemberKey, PasskeyLock, Person
from encircle.records.people_keys import open_agency_key, seal_agency_key
from encircle.records.recovery import has_copies, keep_copies
from encircle.records.unlocked import Unlocked, unlocked, with_unlocked
from encircle.vocabulary.compartment import SEALED_TO_PEOPLE
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.identifier import AgencyId
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
    "named",
    "open_for_visit",
    "role_opens",
    "roles_that_open",
    "set_passphrase",
    "take_keys_back",
    "unlock",
    "with_unlocked",
]

ENOUGH: Final = 2
"""How many people have to hold the key of an agency before anything is sealed to it: one can fall ill, or forget."""
LEAST_SIGNS, MOST_SIGNS = 14, 500


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
        mine = own_key(who)
        agency_key = AgencyKey.objects.filter(Q(agency=who.agency, retired_at=None)).first()
        held = set(_shares_of_today(who).values_list("member_key_id", flat=True))
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
        if _has_no_agency_key(who):
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
        shares = [] if mine is None else _own_shares(who, mine)
        if mine is None or not shares or known is None:
            raise BadInput(
                code="nobody_waits", reason="Unlock your key first; then choose who waits.", where="give"
            )
        public = bytes(MemberKey.objects.get(pk=member_key).public)
        for share in shares:
            key = str(share.agency_key_id)
            pair = open_agency_key(bytes(share.sealed), agency=who.agency, key=key, mine=mine)
            seal_agency_key(pair, agency=who.agency, key=key, member_key=member_key, public=public)
            if AgencyKeyShare.objects.filter(Q(agency_key=key)).count() >= ENOUGH:
                AgencyKey.objects.filter(pk=key, in_use_at=None).update(in_use_at=Now())
        enter(who, context, "agency_key_given", {"member_key": member_key})


def is_last_holder(who: Who, person: str) -> bool:
    """Whether what is sealed to one's agency would open for nobody, if this person left."""
    return nobody_else_has(who.agency, Q(member_key__person=person, agency_key__in_use_at__isnull=False))


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


def role_opens(row: MemberKey) -> bool:
    """Whether the role of whose key this is opens anything that is sealed to people: parts of records, or reports."""
    person: Person = row.person
    return _may_have(Who(str(person.pk), AgencyId(str(row.agency_id)), Role(person.role)))


def named(row: MemberKey) -> str:
    """Whose key it is, for colleagues."""
    person: Person = row.person
    login = "" if person.account is None else person.account.login
    return f"{person.given_name} {person.surname}".strip() or login


def roles_that_open() -> frozenset[Role]:
    """The roles whose mandate opens any part that can be sealed to people."""
    groups = {one.group for one in FACT_TYPES.values() if one.compartment in SEALED_TO_PEOPLE}
    return frozenset(role for role, one in mandates().items() if not groups.isdisjoint(one.sees))


def _may_have(who: Who) -> bool:
    """Whether the role opens any part that can be sealed to people, or sits where reports or complaints are read."""
    mandate = mandates().get(who.role)
    if who.is_program or mandate is None:
        return False
    reads = {Purpose.TRIAGE, Purpose.COMPLAINTS, Purpose.TALK} & set(mandate.purposes)
    return who.role in roles_that_open() or bool(reads)


def _has_no_agency_key(who: Who) -> bool:
    """Whether one is to be made: none is there, or one that nobody holds, that never came into use and has no copy."""
    key = AgencyKey.objects.filter(Q(agency=who.agency, retired_at=None)).first()
    if key is None:
        return True
    name = str(key.pk)
    if key.in_use_at is not None or _shares_of_today(who).exists() or has_copies(name):
        return False
    retire(name)
    end_key(name)
    return True


def _shares_of_today(who: Who) -> QuerySet[AgencyKeyShare]:
    return AgencyKeyShare.objects.filter(Q(agency=who.agency, agency_key__retired_at=None))


def _own_shares(who: Who, mine: Unlocked) -> list[AgencyKeyShare]:
    """Of the key of today, and of an older one that has not ended."""
    return list(AgencyKeyShare.objects.filter(Q(agency=who.agency, member_key=mine.id)).order_by("made_at"))


def _keep_copies(who: Who, mine: Unlocked) -> None:
    """Copies of the agency's key for recovery, where institutions were enrolled since it was last open."""
    for share in _own_shares(who, mine):
        key = str(share.agency_key_id)
        pair = open_agency_key(bytes(share.sealed), agency=who.agency, key=key, mine=mine)
        keep_copies(pair, agency=who.agency, key=key)


def _waiting(who: Who) -> tuple[Waiting, ...]:
    """Colleagues in office with a key of their own and without the agency's, whose role opens what is sealed."""
    held = _shares_of_today(who).values("member_key")
    in_office = Q(person__until=None) | Q(person__until__gt=Now())
    rows = MemberKey.objects.filter(in_office & Q(agency=who.agency, ended_at=None)).exclude(pk__in=held)
    found = []
    for row in rows.select_related("person__account").order_by("made_at", "pk"):
        if role_opens(row):
            found.append(Waiting(str(row.pk), named(row)))
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
