"""What somebody is told of their own sign-in: how often it was tried wrongly, and what was changed. Knows no child."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from encircle.host.clock import now
from encircle.records.models import Account

CHANGE_DAYS: Final = 7
"""As long a change is told of."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What was changed, as the journal calls it, and when."""

    what: str
    at: datetime


def wrong_since_last(account: UUID) -> int:
    """How many wrong passwords and codes there were since the last sign-in; counted anew from now on."""
    count = Account.objects.filter(pk=account, wrong_attempts__gt=0).values_list("wrong_attempts", flat=True)
    found = next(iter(count), 0)
    if found:
        Account.objects.filter(pk=account).update(wrong_attempts=0)
    return found


def changed_lately(account: object) -> Changed | None:
    """The last change of this account's sign-in; None where there was none in the last days."""
    if not isinstance(account, Account) or account.changed_at is None:
        return None
    lately = account.changed_at > now() - timedelta(days=CHANGE_DAYS)
    return Changed(account.changed, account.changed_at) if lately else None


def has_first_password(account: object) -> bool:
    """Whether the password is one that somebody else has seen."""
    return isinstance(account, Account) and account.first_password_until is not None
