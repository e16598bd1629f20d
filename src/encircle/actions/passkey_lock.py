"""One's own key opened by a passkey: a lock beside the passphrase, for each passkey that its person chose.

A passkey answers in the browser with a signature, which the server looks at, and with the output of its PRF, which alone
opens the lock. Either without the other opens nothing. The output is kept nowhere.
"""

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

from django.db.models import Q

from encircle.actions.context import Who, at_work
from encircle.actions.own_key import came_right, counted_try, enter, own_key
from encircle.actions.people_keys import open_for_visit
from encircle.crypto.passkey_lock import lock_by_passkey, salt_for, unlock_by_passkey
from encircle.crypto.people import KeyPair, bound_to
from encircle.crypto.sealed import SealBroken
from encircle.records.models import PasskeyLock
from encircle.records.unlocked import unlocked
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput

WHERE: Final = "passkey"
_LOCK: Final = "passkey-lock"
_OUTPUT: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
"""Thirty-two bytes in base64url."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A passkey that was shown just now: the server has looked at its signature. `passkey`: its row at the sign-in.

    `credential`: its own id. `output`: what its PRF gave.
    """

    passkey: int
    credential: str
    output: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PasskeyLocks:
    """With what passkeys are asked for one's key, and which of them open it."""

    salt: bytes
    passkeys: frozenset[int]


def read_output(text: str) -> bytes | None:
    """The output of a PRF as a form carries it; None for what is none."""
    return urlsafe_b64decode(f"{text}=") if _OUTPUT.fullmatch(text) else None


def locks_of(who: Who) -> PasskeyLocks | None:
    """Which passkeys open one's key; None, where there is no key yet."""
    with at_work(who, Purpose.SIGN_IN):
        mine = own_key(who)
        if mine is None:
            return None
        held = PasskeyLock.objects.filter(Q(member_key=mine.pk)).values_list("passkey_id", flat=True)
        return PasskeyLocks(salt_for(str(mine.pk)), frozenset(held))


def add_passkey(who: Who, shown: Shown | None) -> None:
    """From now on this passkey opens one's key too. `shown`: None, where it did not answer as asked.

    Refuses: BadInput, a key that is not open in this request, or a passkey that did not answer.
    """
    with at_work(who, Purpose.SIGN_IN) as context:
        mine, open_now = own_key(who), unlocked()
        if mine is None or open_now is None or open_now.id != str(mine.pk):
            raise BadInput(
                code="key_is_shut",
                reason="Unlock your key first; then choose what else is to open it.",
                where=WHERE,
            )
        if shown is None:
            raise BadInput(
                code="passkey_not_shown",
                reason="The passkey did not answer as it should. Nothing was changed. Try again.",
                where=WHERE,
            )
        sealed = lock_by_passkey(open_now.pair, shown.output, bound=_place(who, str(mine.pk), shown))
        PasskeyLock.objects.filter(Q(member_key=mine.pk, passkey=shown.passkey)).delete()
        PasskeyLock.objects.create(
            id=uuid4(), member_key=mine, agency_id=who.agency, passkey_id=shown.passkey, sealed=sealed
        )
        enter(who, context, "passkey_lock_added")


def remove_passkey(who: Who, passkey: int) -> None:
    """This passkey opens one's key no longer. Refuses: BadInput, if it did not."""
    with at_work(who, Purpose.SIGN_IN) as context:
        of_mine = Q(member_key__person=who.person, member_key__ended_at=None, passkey=passkey)
        if not PasskeyLock.objects.filter(of_mine).delete()[0]:
            raise BadInput(
                code="no_passkey_lock", reason="This passkey does not open your key as it is.", where=WHERE
            )
        enter(who, context, "passkey_lock_removed")


def unlock_with_passkey(who: Who, shown: Shown | None, *, session: str) -> str:
    """Open one's key for this visit; what the visit holds of it. `shown`: None, where it did not answer as asked.

    Refuses: BadInput, with one answer whatever was wrong, or a try too soon. Tries are those of the passphrase.
    """
    key, _ = counted_try(who, where=WHERE)
    pair = None if shown is None else _opened(who, key, shown)
    if pair is None:
        with at_work(who, Purpose.SIGN_IN) as context:
            enter(who, context, "passkey_refused")
        raise BadInput(
            code="passkey_opens_nothing",
            reason="The passkey did not open your key. Try again, or use your passphrase.",
            where=WHERE,
        )
    came_right(who, key)
    return open_for_visit(who, pair, key, session=session, outcome="keys_unlocked_by_passkey")


def _opened(who: Who, key: str, shown: Shown) -> KeyPair | None:
    with at_work(who, Purpose.SIGN_IN):
        row = PasskeyLock.objects.filter(Q(member_key=key, passkey=shown.passkey)).first()
    try:
        return (
            None
            if row is None
            else unlock_by_passkey(bytes(row.sealed), shown.output, bound=_place(who, key, shown))
        )
    except SealBroken:
        return None


def _place(who: Who, key: str, shown: Shown) -> bytes:
    """Moved to another person, key or passkey, a lock does not open."""
    return bound_to(_LOCK, who.person, key, shown.credential)
