"""The second factor of a sign-in: a code of an app, a passkey, a recovery code. Journals it; knows no child."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import F
from django.db.models.functions import Now

from encircle.actions.post import post_of
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records.context import with_context
from encircle.records.models import Account
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes replace a factor once; they are none by themselves."""


CHANGES = frozenset(
    {
        *("password_changed", "password_reset", "second_factor_added", "second_factor_removed"),
        *("second_factor_reset", "recovery_codes_made", "identity_linked", "identity_unlinked"),
    }
)
"""What its owner is told of, in every session but the one in which it was done."""
WRONG_CODE = "second_factor_refused"


class LastSecondFactor(Refused):
    """Outside a demonstration nobody works without a second factor: the last one stays until there is another."""


def has_second_factor(account: UUID) -> bool:
    """Whether this account asks for more than a password."""
    return _count(account) > 0


def may_remove_a_factor(account: UUID) -> bool:
    """Whether one of the factors can go: not the last one, outside a demonstration."""
    return settings.DEMO or _count(account) > 1


def make_sure_one_stays(account: UUID) -> None:
    """Refuses: LastSecondFactor."""
    if not may_remove_a_factor(account):
        raise LastSecondFactor(
            code="last_second_factor",
            reason="This is your last second factor.",
            instead="Set up another one first.",
        )


def _count(account: UUID) -> int:
    return int(Authenticator.objects.filter(user_id=account, type__in=FACTORS).count())


def journal_sign_in(account: UUID, outcome: str) -> None:
    """Write down what happened at the sign-in of this account: a second step, a change of password or factor."""
    post = post_of(account)
    agency = None if post is None else post.who.agency
    actor = str(account) if post is None else post.who.person
    with with_context(agency=agency, actor=actor, purpose=Purpose.SIGN_IN.value) as context:
        role = None if post is None else post.who.role.value
        if outcome in CHANGES:
            Account.objects.filter(pk=account).update(changed=outcome, changed_at=Now())
        if outcome == WRONG_CODE:
            Account.objects.filter(pk=account).update(wrong_attempts=F("wrong_attempts") + 1)
        journal.enter(journal.Act(kind=EntryKind.SIGN_IN, outcome=outcome, role=role), ctx=context)
