"""One's own key: found, tried, held for a visit. Whatever opens it, each try is counted, and each opening written down."""

import base64
import json
from datetime import datetime
from typing import Final

from django.db.models import F, Q
from django.db.models.functions import Now

from encircle.actions.context import Who, at_work
from encircle.core.journal.entry import EntryKind
from encircle.crypto import people as crypto
from encircle.crypto.sealed import SealBroken
from encircle.records import journal
from encircle.records.context import Context
from encircle.records.models import MemberKey
from encircle.records.unlocked import Unlocked
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput

FREE_TRIES, LONGEST_WAIT = 3, 300
"""After so many wrong tries each next one waits twice as long, up to so many seconds. Only one's own key is slowed."""
MEMBER: Final = "member-key"
"""The purpose of what holds such a key."""


def own_key(who: Who) -> MemberKey | None:
    """The row of their key; None, if there is none. In an open transaction."""
    return MemberKey.objects.filter(Q(person=who.person, agency=who.agency, ended_at=None)).first()


def counted_try(who: Who, *, where: str) -> tuple[str, bytes]:
    """Count a try before it is made, so that tries at once help nobody; the id of the key, and its private half as it lies.

    Refuses: BadInput, no key, or too soon after wrong ones.
    """
    with at_work(who, Purpose.SIGN_IN) as context:
        row = (
            MemberKey.objects.select_for_update()
            .filter(Q(person=who.person, agency=who.agency, ended_at=None))
            .first()
        )
        if row is None:
            raise BadInput(code="no_passphrase", reason="You have set no passphrase yet.", where=where)
        if _waits(row.tries, row.tried_at, context.now):
            raise BadInput(
                code="passphrase_too_soon",
                reason="Too many wrong tries in a row. Wait some minutes, then try again.",
                where=where,
            )
        MemberKey.objects.filter(pk=row.pk).update(tries=F("tries") + 1, tried_at=Now())
        return str(row.pk), bytes(row.locked)


def came_right(who: Who, key: str) -> None:
    """The try was right: the next wrong one is the first."""
    with at_work(who, Purpose.SIGN_IN):
        MemberKey.objects.filter(pk=key).update(tries=0)


def hold(pair: crypto.KeyPair, *, session: str, person: str, key: str) -> str:
    """What the visit holds of this key."""
    blob = crypto.hold(pair, session, bound=crypto.bound_to(MEMBER, person, key))
    return f"{key}:{base64.b64encode(blob).decode()}"


def held_by_visit(text: str, *, session: str, person: str) -> Unlocked | None:
    """The key that the visit holds; None for what is none, is of another session, or was altered."""
    key_id, _, encoded = text.partition(":")
    try:
        blob = base64.b64decode(encoded.encode(), validate=True)
        bound = crypto.bound_to(MEMBER, person, key_id)
        return Unlocked(key_id, crypto.held(blob, session, bound=bound))
    except (SealBroken, ValueError):
        return None


def held_anew(text: str, *, before: str, now: str, person: str) -> str:
    """The same for another session: when its id changes. Nothing, where it did not open."""
    key = held_by_visit(text, session=before, person=person)
    return "" if key is None else hold(key.pair, session=now, person=person, key=key.id)


def note_locked(who: Who) -> None:
    """That somebody locked their key before the end of the visit."""
    with at_work(who, Purpose.SIGN_IN) as context:
        enter(who, context, "keys_locked")


def enter(who: Who, context: Context, outcome: str, told: dict[str, str] | None = None) -> None:
    """Write down what was done with it."""
    act = journal.Act(kind=EntryKind.SIGN_IN, outcome=outcome, role=who.role.value)
    journal.enter(act, ctx=context, body=None if told is None else json.dumps(told).encode())


def _waits(tries: int, last: datetime | None, now: datetime) -> bool:
    if last is None or tries < FREE_TRIES:
        return False
    wait = min(2 ** (tries - FREE_TRIES + 1), LONGEST_WAIT)
    return bool((now - last).total_seconds() < wait)
