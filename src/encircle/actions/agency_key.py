"""A new key of an agency, after somebody left who may have copied the one of today; nothing is unreadable at any moment.

Who has the key open makes a new pair and seals it to all colleagues who hold the one of today; from then on new facts are
sealed to it. Then what stands is sealed anew, batch by batch, and with the last part the older key ends for all.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from encircle.actions.context import Who, at_work
from encircle.actions.own_key import enter
from encircle.actions.people_keys import ENOUGH, named, role_opens
from encircle.crypto.people import KeyPair
from encircle.crypto.sealed import seal_broken
from encircle.records.agency_keys import add_key, end_key, move_seals, retire, seals_to, seals_to_in_the_end
from encircle.records.models import AgencyKey, AgencyKeyShare, MemberKey
from encircle.records.people_keys import Recipient, open_agency_key, seal_agency_key
from encircle.records.recovery import has_copies, keep_copies
from encircle.records.report_keys import move_reports, reports_left
from encircle.records.unlocked import Unlocked, unlocked
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput

BATCH: Final = 500
"""How many parts are sealed anew at once: below a second of work."""


class Why(StrEnum):
    """Why an agency takes a new key."""

    LEFT = "colleague_left"
    SEEN = "key_may_be_known"
    REGULARLY = "regularly"


@dataclass(frozen=True, slots=True)
class Renewal:
    """How things stand with the agency's key, to who has it open. `key`: the one of today.

    `receivers`: who would get a new one, by name; `left`: parts still sealed to an older one; `is_moving`: an older one
    has not ended yet; `has_copies`: any two institutions of recovery could bring back the key of today.
    """

    key: str
    receivers: tuple[str, ...]
    left: int
    is_moving: bool
    has_copies: bool

    @property
    def may_renew(self) -> bool:
        """Whether there are enough people: nothing is sealed to a key that one alone holds."""
        return len(self.receivers) >= ENOUGH


@dataclass(frozen=True, slots=True)
class SealedAnew:
    """What one batch did: so many parts; `left`: still sealed to an older key."""

    done: int
    left: int


def renewal_of(who: Who) -> Renewal | None:
    """What the page of keys tells of a new one; None, where the key in use of one's agency is not open to who asks."""
    with at_work(who, Purpose.SIGN_IN):
        mine, key = unlocked(), _of_today(who)
        if mine is None or key is None or _pair(who, mine, key) is None:
            return None
        older = list(_older(who))
        now = bytes(key.public)
        reports = sum(reports_left(who.agency, old=bytes(one.public), new=now) for one in older)
        return Renewal(
            key=str(key.pk),
            receivers=tuple(named(one) for one in _receivers(who, key)),
            left=sum(seals_to(str(one.pk)) for one in older) + reports,
            is_moving=bool(older),
            has_copies=has_copies(str(key.pk)),
        )


def make_new_key(who: Who, *, in_place_of: str, reason: str, confirmed: bool) -> None:
    """A new key, for all who hold that of today and still work here in a role that opens sealed parts.

    All in one transaction: from its end on new facts are sealed to the new key, and the older one still opens what was.
    Refuses: BadInput.
    """
    if reason not in set(Why):
        raise BadInput(code="reason_missing", reason="Choose why a new key is made.", where="reason")
    if not confirmed:
        raise BadInput(
            code="not_confirmed", reason="Confirm that a new key is to be made.", where="confirmed"
        )
    with at_work(who, Purpose.SIGN_IN) as context:
        mine, old = unlocked(), _of_today(who, locked=True)
        if mine is None or old is None or _pair(who, mine, old) is None:
            raise _not_open()
        if str(old.pk) != in_place_of:
            raise BadInput(
                code="key_replaced",
                reason="Your agency has a new key since you opened the page.",
                where="renew",
            )
        receivers = _receivers(who, old)
        if len(receivers) < ENOUGH:
            raise BadInput(
                code="two_first",
                reason="A new key needs two people who hold the one of today. First give that to a colleague.",
                where="renew",
            )
        pair = KeyPair.new()
        retire(str(old.pk))
        key = add_key(pair.public, agency=who.agency, reason=reason)
        for one in receivers:
            public, member_key = bytes(one.public), str(one.pk)
            seal_agency_key(pair, agency=who.agency, key=key, member_key=member_key, public=public)
        keep_copies(pair, agency=who.agency, key=key)
        enter(who, context, "agency_key_renewed", {"key": key, "in_place_of": in_place_of, "reason": reason})


def seal_anew(who: Who, *, at_most: int = BATCH) -> SealedAnew:
    """Seal the next parts to the key of today; an older key to which nothing is sealed any more ends for all.

    One transaction: stopped half-way, nothing of it was done, and the next call goes on. Refuses: BadInput.
    """
    with at_work(who, Purpose.SIGN_IN) as context:
        mine, key = unlocked(), _of_today(who)
        held = None if mine is None or key is None else _pair(who, mine, key)
        if mine is None or key is None or held is None:
            raise _not_open()
        if held.public != bytes(key.public):  # another public key in its place: nothing is sealed to that
            raise seal_broken()
        to, done, broken, left = Recipient(who.agency, str(key.pk), held.public), 0, 0, 0
        for old in _older(who, locked=True):
            pair = _pair(who, mine, old)
            if pair is not None:
                moved = move_seals(pair, old=str(old.pk), to=to, at_most=at_most - done)
                reports = move_reports(pair, who.agency, new=held.public, at_most=at_most - done - moved.done)
                done, broken = done + moved.done + reports.done, broken + moved.broken + reports.broken
            rest = seals_to(str(old.pk)) or seals_to_in_the_end(str(old.pk))
            rest += reports_left(who.agency, old=bytes(old.public), new=held.public)
            left += rest
            if pair is not None and not rest:
                end_key(str(old.pk))
                enter(who, context, "agency_key_ended", {"key": str(old.pk)})
        if done:
            enter(who, context, "sealed_anew", {"key": str(key.pk), "parts": str(done)})
    if broken and not done:
        raise BadInput(
            code="parts_broken",
            reason="The parts that are left do not open with the older key: they were altered. They stand as they were;"
            " tell whoever runs the installation.",
            where="renew",
        )
    return SealedAnew(done, left)


def has_it_open(who: Who) -> bool:
    """Whether the key of today of their agency, in use or not, is open to who asks. In an open transaction."""
    mine = unlocked()
    key = AgencyKey.objects.filter(Q(agency=who.agency, retired_at=None)).first()
    return mine is not None and key is not None and _pair(who, mine, key) is not None


def _of_today(who: Who, *, locked: bool = False) -> AgencyKey | None:
    found = AgencyKey.objects.filter(Q(agency=who.agency, retired_at=None, in_use_at__isnull=False))
    return (found.select_for_update(no_key=True) if locked else found).first()


def _older(who: Who, *, locked: bool = False) -> QuerySet[AgencyKey]:
    found = AgencyKey.objects.filter(Q(agency=who.agency, retired_at__isnull=False, ended_at=None))
    return (found.select_for_update(no_key=True) if locked else found).order_by("made_at", "pk")


def _pair(who: Who, mine: Unlocked, key: AgencyKey) -> KeyPair | None:
    """That key of the agency, if who asks has it open."""
    share = AgencyKeyShare.objects.filter(Q(agency_key=key.pk, member_key=mine.id)).first()
    if share is None:
        return None
    return open_agency_key(bytes(share.sealed), agency=who.agency, key=str(key.pk), mine=mine)


def _receivers(who: Who, key: AgencyKey) -> list[MemberKey]:
    """Who holds that key, works here today, and has a role that opens sealed parts; the longest first."""
    holds = AgencyKeyShare.objects.filter(Q(agency_key=key.pk)).values("member_key")
    in_office = Q(person__until=None) | Q(person__until__gt=Now())
    rows = MemberKey.objects.filter(
        in_office, Q(agency=who.agency, ended_at=None, pk__in=holds, person__account__is_active=True)
    )
    return [
        row for row in rows.select_related("person__account").order_by("made_at", "pk") if role_opens(row)
    ]


def _not_open() -> BadInput:
    return BadInput(
        code="agency_key_shut",
        reason="Unlock your key first: only somebody who has the agency's key open can do this.",
        where="renew",
    )
