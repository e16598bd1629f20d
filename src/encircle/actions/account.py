"""Accounts of staff, as an operator keeps them: added, given a new password, freed of a lost second factor, closed.

Each is journalled. A password is made here, told once, and kept by nobody.
"""

import secrets
from datetime import timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db.models.functions import Now

from encircle.core.journal.entry import EntryKind
from encircle.records import journal, people
from encircle.records.context import Context, with_context
from encircle.records.models import Account, Agency, Person, StaffSession
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.role import Role

OPERATOR = "operator"
"""The actor in the journal: whoever may run commands on the machine."""
PASSWORD_BYTES = 15
FIRST_PASSWORD_DAYS = 7
"""As long a password that was made here opens its own change; then it opens nothing."""


class NoSuchAccount(Refused):
    """Nobody has this login, or no agency this code."""


def add_account(*, login: str, agency: str, role: Role) -> str:
    """A new account for that agency and role; its password, to be handed over in person.

    Refuses: NoSuchAccount (`no_such_agency`); a login that somebody has already (`login_taken`).
    """
    found = Agency.objects.filter(code=agency).first()
    if found is None:
        raise NoSuchAccount(
            code="no_such_agency", reason="No agency has this code.", instead="Look at the code again."
        )
    if Account.objects.filter(login=login).exists():
        raise Refused(code="login_taken", reason="Somebody has this login.", instead="Choose another one.")
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    with with_context(
        agency=AgencyId(str(found.pk)), actor=OPERATOR, purpose=Purpose.OPERATE.value
    ) as context:
        people.add_staff(login=login, password=password, agency=AgencyId(str(found.pk)), role=role)
        password_is_first(login)
        _enter(context, "account_made", role.value)
    return password


def reset_password(login: str) -> str:
    """A new password; every session of the account ends. Refuses: NoSuchAccount."""
    account = _account(login)
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    with with_context(agency=_agency(account), actor=OPERATOR, purpose=Purpose.OPERATE.value) as context:
        Account.objects.filter(pk=account).update(
            password=make_password(password), changed="password_reset", changed_at=Now()
        )
        password_is_first(login)
        _end_sessions(account)
        _enter(context, "password_reset")
    return password


def password_is_first(login: str) -> None:
    """It was seen by somebody else, so its owner changes it before anything else opens, and within some days."""
    until = Now() + timedelta(days=FIRST_PASSWORD_DAYS)
    Account.objects.filter(login=login).update(first_password_until=until)


def reset_second_factor(login: str) -> int:
    """Forget app, passkeys and recovery codes; how many there were. Every session of the account ends.

    Refuses: NoSuchAccount.
    """
    account = _account(login)
    with with_context(agency=_agency(account), actor=OPERATOR, purpose=Purpose.OPERATE.value) as context:
        gone, _each = Authenticator.objects.filter(user_id=account).delete()
        Account.objects.filter(pk=account).update(changed="second_factor_reset", changed_at=Now())
        _end_sessions(account)
        _enter(context, "second_factor_reset")
    return int(gone)


def end_sessions(login: str) -> None:
    """Whoever works under this login signs in anew. Refuses: NoSuchAccount."""
    account = _account(login)
    with with_context(agency=_agency(account), actor=OPERATOR, purpose=Purpose.OPERATE.value) as context:
        _end_sessions(account)
        _enter(context, "sessions_ended")


def close_account(login: str) -> None:
    """Nobody signs in with it any more, and its posts end; what was written under it stays. Refuses: NoSuchAccount."""
    account = _account(login)
    with with_context(agency=_agency(account), actor=OPERATOR, purpose=Purpose.OPERATE.value) as context:
        Account.objects.filter(pk=account).update(is_active=False)
        _end_sessions(account)
        Person.objects.filter(account=account, until=None).update(until=Now())
        _enter(context, "account_closed")


def _account(login: str) -> UUID:
    found = Account.objects.filter(login=login).first()
    if found is None:
        raise NoSuchAccount(
            code="no_such_account", reason="Nobody has this login.", instead="Look at the login again."
        )
    return found.pk


def _end_sessions(account: UUID) -> None:
    Account.objects.filter(pk=account).update(signed_out_at=Now())
    StaffSession.objects.filter(account=account).delete()


def _agency(account: UUID) -> AgencyId | None:
    """In whose journal it stands: the agency of the person longest in office."""
    person = Person.objects.filter(account=account).order_by("since", "pk").first()
    return None if person is None else AgencyId(str(person.agency_id))


def _enter(context: Context, outcome: str, role: str | None = None) -> None:
    journal.enter(journal.Act(kind=EntryKind.POLICY, outcome=outcome, role=role), ctx=context)
