"""Recovery codes: once they were shown, only their hashes lie in the database, each with the salt of its set.

The library keeps a sealed seed from which it can show the codes again. Here that seed is gone as soon as they were shown:
what stays is what the library calls migrated codes, each of which is compared by its hash and taken away by its use.
"""

import hmac
import secrets
from functools import lru_cache
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.hashers import get_hasher, identify_hasher
from django.db import transaction

HASHED = "hashed:"
SALT_BYTES = 24
_DIGITS = 8


class HashedCode(str):
    """A code as it is stored. It equals the text that was typed if that has this hash; what is no code costs nothing."""

    __slots__ = ()

    def __eq__(self, typed: object) -> bool:
        if not isinstance(typed, str) or len(typed) != _DIGITS or not typed.isdecimal():
            return False
        return hmac.compare_digest(
            _again(typed, str.__str__(self).rpartition("$")[0]).encode(), self.encode()
        )

    def __hash__(self) -> int:
        return str.__hash__(self)


def hash_shown_codes(account: UUID | None = None) -> int:
    """Of this account, or of all: sets that were shown keep their hashes only. How many were turned."""
    rows = Authenticator.objects.filter(
        type=Authenticator.Type.RECOVERY_CODES, data__has_key="seed", data__viewed_at__isnull=False
    ).order_by("pk")
    turned = 0
    for row in rows if account is None else rows.filter(user=account):
        with transaction.atomic():
            turned += _turn(row.pk)
    return turned


def _turn(which: int) -> int:
    row = Authenticator.objects.select_for_update().filter(pk=which).first()
    if row is None or "seed" not in row.data:
        return 0
    hasher, salt = get_hasher(), secrets.token_urlsafe(SALT_BYTES)
    kept = [HASHED + hasher.encode(code, salt) for code in RecoveryCodes(row).get_unused_codes()]
    row.data = {"migrated_codes": kept, "viewed_at": row.data["viewed_at"]}
    row.save(update_fields=["data"])
    return 1


@lru_cache(maxsize=1)
def _again(typed: str, way: str) -> str:
    """The hash of what was typed, by the way and salt of a set: computed once for all codes of the set."""
    hasher = identify_hasher(f"{way}$")
    told = hasher.decode(f"{way}$")
    more = {"iterations": told["iterations"]} if "iterations" in told else {}
    return str(hasher.encode(typed, told["salt"], **more))
