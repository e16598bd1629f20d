"""A forgotten passphrase: the key under it ends, by its person or a colleague; then a new one is set, and the agency's given.

Nobody gains anything by it: to end a key takes away what it opened. It is told to whose key it was, and journalled.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Now

from encircle.actions.agency_key import has_it_open
from encircle.actions.context import Who, at_work
from encircle.actions.own_key import enter, own_key
from encircle.actions.people_keys import forget_passphrase, named
from encircle.records.agency_keys import nobody_else_has
from encircle.records.context import Context
from encircle.records.models import Account, AgencyKeyShare, MemberKey
from encircle.records.recovery import has_copies
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput

ENDED = "key_ended"
"""What the account is told of."""


@dataclass(frozen=True, slots=True)
class Ending:
    """`colleagues`: whose key who asks could end, by id and name. `ended_at`: when one's own was ended, where none was
    set since; `ended_by`: by whom, nothing: by oneself.
    """

    colleagues: tuple[tuple[str, str], ...]
    ended_at: datetime | None
    ended_by: str


def ending_of(who: Who) -> Ending:
    """What the page of keys tells of keys that end."""
    with at_work(who, Purpose.SIGN_IN):
        others = _keys_of_colleagues(who) if has_it_open(who) else []
        ended = None if own_key(who) is not None else _ended(who)
        return Ending(
            tuple((str(row.pk), named(row)) for row in others),
            None if ended is None else ended.ended_at,
            "" if ended is None else _by(who, ended),
        )


def end_own_key(who: Who, *, confirmed: bool) -> None:
    """One's own key, of which the passphrase is forgotten. Refuses: BadInput, also where it is the last of the agency."""
    _ask_whether_confirmed(confirmed, "forgotten")
    with at_work(who, Purpose.SIGN_IN) as context:
        mine = own_key(who)
        if mine is None:
            raise BadInput(code="no_passphrase", reason="You have set no passphrase yet.", where="forgotten")
        _end(who, mine, context, where="forgotten")


def end_key_of(who: Who, member_key: str, *, confirmed: bool) -> None:
    """That of a colleague, by somebody who has the agency's key open. Refuses: BadInput."""
    with at_work(who, Purpose.SIGN_IN) as context:
        if not has_it_open(who):
            raise BadInput(
                code="agency_key_shut",
                reason="Unlock your key first: only somebody who has the agency's key open can do this.",
                where="whose",
            )
        row = next((one for one in _keys_of_colleagues(who) if str(one.pk) == member_key), None)
        if row is None:
            raise BadInput(
                code="nobody_chosen", reason="Choose whose passphrase is forgotten.", where="whose"
            )
        _ask_whether_confirmed(confirmed, "whose")
        _end(who, row, context, where="whose")


def _end(who: Who, row: MemberKey, context: Context, *, where: str) -> None:
    key = str(row.pk)
    held = Q(member_key=key, agency_key__in_use_at__isnull=False)
    if nobody_else_has(who.agency, held):
        keys = AgencyKeyShare.objects.filter(held).values_list("agency_key_id", flat=True)
        if not all(has_copies(str(one)) for one in keys):
            raise BadInput(
                code="last_holder",
                reason="Nobody else at your agency has its key, and there is no copy for recovery: what is sealed to it would"
                " be lost. Keep the key; the passphrase may be remembered.",
                where=where,
            )
    forget_passphrase(key)
    MemberKey.objects.filter(pk=key).update(ended_by=who.person)
    Account.objects.filter(Q(pk=row.person.account_id)).update(changed=ENDED, changed_at=Now())
    enter(who, context, "passphrase_forgotten", {"member_key": key})


def _keys_of_colleagues(who: Who) -> list[MemberKey]:
    in_office = Q(person__until=None) | Q(person__until__gt=Now())
    rows = MemberKey.objects.filter(in_office, Q(agency=who.agency, ended_at=None)).exclude(
        Q(person=who.person)
    )
    return list(rows.select_related("person__account").order_by("person__surname", "made_at", "pk"))


def _ended(who: Who) -> MemberKey | None:
    ended = MemberKey.objects.filter(Q(person=who.person, agency=who.agency, ended_by__isnull=False))
    return ended.select_related("ended_by__account").order_by("-ended_at").first()


def _by(who: Who, ended: MemberKey) -> str:
    by = ended.ended_by
    if by is None or str(by.pk) == who.person:
        return ""
    return f"{by.given_name} {by.surname}".strip() or ("" if by.account is None else by.account.login)


def _ask_whether_confirmed(confirmed: bool, where: str) -> None:
    if not confirmed:
        raise BadInput(code="not_confirmed", reason="Confirm that the key is to end.", where=where)
