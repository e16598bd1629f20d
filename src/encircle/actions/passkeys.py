"""Passkeys asked for by an agency: of those whose mandate reads sensitive parts, from a day on. Knows no child.

A passkey cannot be read out on the telephone, nor typed into a forged page; a code can.
"""

from datetime import datetime, timedelta

from encircle.actions.account import NoSuchAccount
from encircle.actions.permit import mandates
from encircle.actions.post import Post
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records.context import with_context
from encircle.records.models import Agency
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose

SENSITIVE = frozenset({FieldGroup.LOCATION, FieldGroup.HEALTH, FieldGroup.VIEWS})
"""Where a child is, its health, and what it told."""
_OPERATOR = "operator"


def require_passkeys(agency: str, *, in_days: int) -> datetime:
    """From so many days on, the people of this agency (its code) who read sensitive parts need a passkey; from when.

    Refuses: NoSuchAccount (`no_such_agency`).
    """
    found = _agency(agency)
    with with_context(
        agency=AgencyId(str(found.pk)), actor=_OPERATOR, purpose=Purpose.OPERATE.value
    ) as context:
        since = context.now + timedelta(days=in_days)
        Agency.objects.filter(pk=found.pk).update(passkeys_from=since)
        journal.enter(journal.Act(kind=EntryKind.POLICY, outcome="passkeys_required"), ctx=context)
    return since


def stop_requiring_passkeys(agency: str) -> None:
    """A code of an app is enough again. Refuses: NoSuchAccount (`no_such_agency`)."""
    found = _agency(agency)
    with with_context(
        agency=AgencyId(str(found.pk)), actor=_OPERATOR, purpose=Purpose.OPERATE.value
    ) as context:
        Agency.objects.filter(pk=found.pk).update(passkeys_from=None)
        journal.enter(journal.Act(kind=EntryKind.POLICY, outcome="passkeys_not_required"), ctx=context)


def passkey_needed_from(post: Post) -> datetime | None:
    """From when on this post needs a passkey; None where its agency does not ask, or its mandate reads nothing sensitive."""
    mandate = mandates().get(post.who.role)
    if post.passkeys_from is None or mandate is None or SENSITIVE.isdisjoint(mandate.sees):
        return None
    return post.passkeys_from


def _agency(code: str) -> Agency:
    found = Agency.objects.filter(code=code, ended_at=None).first()
    if found is None:
        raise NoSuchAccount(
            code="no_such_agency", reason="No agency has this code.", instead="Look at the code again."
        )
    return found
