"""Identities: who of an identity provider works here under which account. Linked in person only, never by a mail address.

An identity is linked by who is signed in already, after the second step, or with the code of an invitation. Nobody is
made by signing in.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import Q
from django.db.models.functions import Now

from encircle.actions.post import post_of
from encircle.actions.second_factor import journal_sign_in
from encircle.actions.sign_in import NOBODY, SignedIn
from encircle.core.journal.entry import EntryKind
from encircle.host.provider.claim import Ended, Identity, step_of
from encircle.host.provider.setting import Provider
from encircle.records import journal
from encircle.records.context import with_context
from encircle.records.models import Account, LinkedIdentity, StaffSession
from encircle.records.sessions import of_provider
from encircle.vocabulary.identifier import is_random_id
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused

BY_SELF = "self"
"""By its owner; what is linked with an invitation says so, see `records/people.py`."""


class NotLinked(Refused):
    """This identity opens nothing here: linked to nobody, to somebody who left, or not for their agency."""


class CannotLink(Refused):
    """This identity is not linked to this account."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Who signed in by a provider. `step`: with which second step, as a session calls it; nothing: ours is still due."""

    signed_in: SignedIn
    step: str


@dataclass(frozen=True, slots=True)
class Linked:
    """One identity of an account, as it is listed. The provider's word for the person is shown to nobody."""

    id: str
    issuer: str
    since: datetime


def sign_in_by(found: Identity, provider: Provider) -> Opened:
    """Whose identity this is. Journalled. Refuses: NotLinked, with the same words whatever the reason."""
    with with_context(agency=None, actor=NOBODY, purpose=Purpose.SIGN_IN.value) as context:
        row = _row(found)
        post = None if row is None or not row.account.is_active else post_of(row.account_id)
        agency = "" if post is None else post.agency_code
        if row is None or post is None or agency not in provider.agencies:
            act = journal.Act(kind=EntryKind.SIGN_IN, outcome="provider_refused:not_linked")
            journal.enter(act, ctx=context)
            row = None
    if row is None or post is None:
        raise NotLinked(
            code="not_linked",
            reason="You are signed in there, but that sign-in opens nothing here yet.",
            instead="Sign in with your password and link it under “Your sign-in”, or ask your supervisor for an invitation.",
        )
    step = step_of(found, provider, agency=agency)
    journal_sign_in(row.account_id, "ok" if step else "provider_right")
    return Opened(SignedIn(row.account, post.who), step)


def link_own(account: UUID, found: Identity, provider: Provider) -> None:
    """Let this identity sign in as this account, whose owner asks for it. Journalled. Refuses: CannotLink."""
    post = post_of(account)
    if post is None or post.agency_code not in provider.agencies:
        raise CannotLink(
            code="cannot_link",
            reason="Your agency does not sign in by this provider.",
            instead="Ask the coordinator of your agency.",
        )
    with with_context(agency=post.who.agency, actor=post.who.person, purpose=Purpose.SIGN_IN.value):
        standing = _row(found)
        other = LinkedIdentity.objects.filter(account=account, issuer=found.issuer, ended_at=None).exists()
        if standing is None and not other:
            _link(account, found, by=BY_SELF)
    if standing is not None and standing.account_id == account:
        return
    if standing is not None or other:
        raise _linked_already()
    journal_sign_in(account, "identity_linked")


def make_sure_it_is_free(found: Identity) -> None:
    """Before an account is made with an invitation, inside its transaction. Refuses: CannotLink."""
    if _row(found) is not None:
        raise _linked_already()


def linked_of(account: UUID) -> tuple[Linked, ...]:
    """Those of this account, the oldest first."""
    rows = LinkedIdentity.objects.filter(account=account, ended_at=None).order_by("linked_at", "pk")
    return tuple(Linked(str(row.pk), row.issuer, row.linked_at) for row in rows)


def is_own(account: UUID, found: Identity) -> bool:
    """Whether this identity is linked to this account."""
    row = _row(found)
    return row is not None and row.account_id == account


def unlink(account: UUID, identity: str, *, has_password: bool) -> None:
    """It opens nothing any more, and what it opened is over. Journalled. Refuses: CannotLink, for the only way in."""
    if not is_random_id(identity):
        return
    if not has_password and len(linked_of(account)) < 2:
        raise CannotLink(
            code="cannot_link",
            reason="It is your only way to sign in, so it stays until you have another.",
            instead="Ask an operator for a password first.",
        )
    mine = LinkedIdentity.objects.filter(account=account, pk=identity, ended_at=None)
    if mine.update(ended_at=Now()):
        StaffSession.objects.filter(account=account, provider_session__isnull=False).delete()
        journal_sign_in(account, "identity_unlinked")


def end_by_provider(said: Ended) -> int:
    """End what the provider says has ended: that session of its, or all that it opened for that person. How many there were.

    Only what had begun when it was said, so that an old word ends nothing new.
    """
    which = Q(provider_session__isnull=False, begun_at__lte=said.said_at)
    if said.session:
        which &= Q(provider_session=of_provider(said.issuer, said.session))
    if said.subject:
        owners = LinkedIdentity.objects.filter(issuer=said.issuer, subject=said.subject, ended_at=None)
        which &= Q(account__in=owners.values("account"))
    ended = StaffSession.objects.filter(which)
    accounts = sorted(set(ended.values_list("account", flat=True).order_by("account")), key=str)
    gone, _each = ended.delete()
    for account in accounts:
        journal_sign_in(account, "session_ended_by_provider")
    return int(gone)


def has_own_sign_in(account: object) -> bool:
    """Whether this account has anything to keep: a password, or an identity that is linked. Not so who stepped in."""
    return isinstance(account, Account) and (account.has_usable_password() or bool(linked_of(account.pk)))


def _link(account: UUID, found: Identity, *, by: str) -> None:
    """The database holds that one identity opens one account."""
    LinkedIdentity.objects.create(
        id=uuid4(), account_id=account, issuer=found.issuer, subject=found.subject, linked_by=by
    )


def _row(found: Identity) -> LinkedIdentity | None:
    """By issuer and subject together: a provider cannot speak for the people of another."""
    named = LinkedIdentity.objects.select_related("account").filter(ended_at=None)
    return named.filter(issuer=found.issuer, subject=found.subject).first()


def _linked_already() -> CannotLink:
    return CannotLink(
        code="cannot_link",
        reason="That sign-in is linked already, or you have another one of this provider.",
        instead="Nothing was changed.",
    )


def not_you() -> CannotLink:
    """The answer came to somebody who did not ask, or who is no longer signed in."""
    return CannotLink(
        code="not_you",
        reason="This is not the sign-in under which you began, or it has ended.",
        instead="Sign in and begin again.",
    )


def one_step_only() -> CannotLink:
    """At the provider no second step was shown, as the agency counts them."""
    return CannotLink(
        code="no_step",
        reason="You signed in there with one step only, so what is sealed stays closed.",
        instead="Sign in there with a second step, or set one up here under “Your sign-in”.",
    )
