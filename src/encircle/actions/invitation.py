"""Invitations: a colleague is given a code in person and makes their own sign-in with it, once, within some days.

Nobody chooses the password of somebody else, and no mail is sent. A code opens nothing but the making of that sign-in.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Now

from encircle.actions.account import NoSuchAccount
from encircle.actions.colleague import keeps_people
from encircle.actions.context import Who, at_work
from encircle.actions.identity import make_sure_it_is_free
from encircle.core.journal.entry import EntryKind
from encircle.host.provider.claim import Identity
from encircle.host.provider.setting import Provider
from encircle.records import journal, people
from encircle.records.context import Context, with_context
from encircle.records.models import Account, Agency, Invitation, Person
from encircle.vocabulary.identifier import AgencyId, is_random_id
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.vocabulary.role import Role

DAYS = 7
_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
_GROUPS, _IN_A_GROUP = 4, 5
_LONGEST_NAME, _LONGEST_LOGIN = 200, 150
_OPERATOR, _INVITED = "operator", "invited"


class NotInvited(Refused):
    """This code opens nothing: unknown, used, taken back or over; which of them is not told."""


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that can still be used, as it is listed: without its code."""

    id: str
    name: str
    role: Role
    until: datetime


def roles_to_invite(who: Who) -> tuple[Role, ...]:
    """The roles into which one may invite: that of the agency, and those that somebody has there."""
    agency = Agency.objects.get(pk=who.agency)
    held = (
        Person.objects.filter(Q(agency=who.agency), until=None)
        .values_list("role", flat=True)
        .order_by("role")
    )
    return tuple(Role(role) for role in dict.fromkeys([agency.role, *held]))


def invite(who: Who, *, given_name: str, surname: str, role: str) -> str:
    """Invite a colleague into a role of one's own agency; the code, shown only now.

    Refuses: NotAPeopleKeeper; BadInput, a name that is missing or a role that nobody has there.
    """
    keeps_people(who)
    roles = {one.value: one for one in roles_to_invite(who)}
    if not (given_name.strip() or surname.strip()):
        raise BadInput(code="no_name", reason="Write the name of your colleague.", where="surname")
    if role not in roles:
        raise BadInput(code="no_role", reason="Choose a role.", where="role")
    code = _new_code()
    with at_work(who, Purpose.SIGN_IN) as context:
        _add(who.agency, roles[role], code, made_by=who.person, given_name=given_name, surname=surname)
        _enter(context, "colleague_invited", roles[role])
    return code


def invite_by_operator(*, agency: str, role: Role) -> str:
    """The same by an operator, for the agency with that code. Refuses: NoSuchAccount (`no_such_agency`)."""
    found = Agency.objects.filter(code=agency, ended_at=None).first()
    if found is None:
        raise NoSuchAccount(
            code="no_such_agency", reason="No agency has this code.", instead="Look at the code again."
        )
    home, code = AgencyId(str(found.pk)), _new_code()
    with with_context(agency=home, actor=_OPERATOR, purpose=Purpose.OPERATE.value) as context:
        _add(home, role, code, made_by=_OPERATOR, given_name="", surname="")
        _enter(context, "colleague_invited", role)
    return code


def invitations(who: Who) -> tuple[Invited, ...]:
    """Those of one's agency that can still be used, the newest first. Refuses: NotAPeopleKeeper."""
    keeps_people(who)
    rows = Invitation.objects.filter(_good() & Q(agency=who.agency)).order_by("-made_at", "pk")
    return tuple(
        Invited(str(row.pk), f"{row.given_name} {row.surname}".strip(), Role(row.role), row.expires_at)
        for row in rows
    )


def take_back_invitation(who: Who, invitation: str) -> None:
    """Its code opens nothing any more. Refuses: NotAPeopleKeeper."""
    keeps_people(who)
    if not is_random_id(invitation):
        return
    with at_work(who, Purpose.SIGN_IN) as context:
        open_one = Invitation.objects.filter(_good() & Q(agency=who.agency), pk=invitation)
        if open_one.update(revoked_at=Now()):
            _enter(context, "invitation_taken_back", who.role)


def accept_invitation(*, code: str, login: str, password: str, again: str) -> None:
    """Make the sign-in of who was invited. Journalled under the agency.

    Refuses: NotInvited, after it was journalled; BadInput, a login that is taken, a password that is too easy.
    """
    problem = _login_problem(login) or _problem(login, password, again)
    found = _invited(code)
    if problem:
        raise problem
    _make(found, code, login, password)


def may_accept_by_provider(*, code: str, login: str, provider: Provider) -> None:
    """Before the browser is led there: the code is good, the login free, and the agency comes by that provider.

    Refuses: NotInvited, BadInput.
    """
    problem = _login_problem(login)
    found = _invited(code)
    if problem is None and Account.objects.filter(login=login).exists():
        problem = _login_taken()
    if problem is None and found.agency.code not in provider.agencies:
        problem = BadInput(
            code="not_by_provider",
            reason="The agency that invites you does not sign in by this provider: choose a password.",
            where="password",
        )
    if problem:
        raise problem


def accept_by_provider(*, code: str, login: str, identity: Identity, provider: Provider) -> None:
    """Make the sign-in of who was invited, without a password: this identity opens it.

    Refuses: as `may_accept_by_provider`; CannotLink, an identity that opens another account already.
    """
    may_accept_by_provider(code=code, login=login, provider=provider)
    _make(_invited(code), code, login, None, identity)


def _invited(code: str) -> Invitation:
    with with_context(agency=None, actor=_INVITED, purpose=Purpose.SIGN_IN.value) as context:
        found = Invitation.objects.select_related("agency").filter(_good(), code_hash=_hash(code)).first()
        if found is None:
            act = journal.Act(kind=EntryKind.REFUSAL, outcome="not_invited")
            journal.enter(act, ctx=context)
    if found is None:
        raise NotInvited(
            code="not_invited",
            reason="This code opens nothing: it was used, taken back or is too old, or it is mistyped.",
            instead="Look at it again, or ask who gave it to you for a new one.",
        )
    return found


def _make(
    invitation: Invitation, code: str, login: str, password: str | None, identity: Identity | None = None
) -> None:
    """The database makes it: to the code itself, for the role and the agency for which that was given."""
    home = AgencyId(str(invitation.agency_id))
    with with_context(agency=home, actor=_INVITED, purpose=Purpose.SIGN_IN.value) as context:
        if Account.objects.filter(login=login).exists():
            raise _login_taken()
        if identity is not None:
            make_sure_it_is_free(identity)
        if not people.accept_invitation(
            _meant(code),
            login=login,
            password=make_password(password),
            identity=None if identity is None else (identity.issuer, identity.subject),
        ):
            raise NotInvited(code="not_invited", reason="This code was used just now.", instead="Sign in.")
        _enter(context, "account_made", Role(invitation.role))


def _login_taken() -> BadInput:
    return BadInput(code="login_taken", reason="Somebody has this login: choose another.", where="login")


def _login_problem(login: str) -> BadInput | None:
    if not login or len(login) > _LONGEST_LOGIN:
        return BadInput(code="no_login", reason="Choose a login of at most 150 signs.", where="login")
    return None


def _problem(login: str, password: str, again: str) -> BadInput | None:
    if password != again:
        return BadInput(code="not_the_same", reason="The two passwords are not the same.", where="again")
    try:
        validate_password(password, Account(login=login))
    except ValidationError:
        return BadInput(
            code="easy_password",
            reason="This password is too short or too common. A few words that belong to no saying are good.",
            where="password",
        )
    return None


def _add(agency: AgencyId, role: Role, code: str, *, made_by: str, given_name: str, surname: str) -> None:
    Invitation.objects.create(
        id=uuid4(),
        agency_id=agency,
        role=role.value,
        given_name=given_name.strip()[:_LONGEST_NAME],
        surname=surname.strip()[:_LONGEST_NAME],
        code_hash=_hash(code),
        made_by=made_by,
        expires_at=Now() + timedelta(days=DAYS),
    )


def _good() -> Q:
    return Q(used_at=None, revoked_at=None, expires_at__gt=Now(), agency__ended_at=None)


def _new_code() -> str:
    """A hundred random bits, in groups that can be read out."""
    signs = [secrets.choice(_SIGNS) for _ in range(_GROUPS * _IN_A_GROUP)]
    return "-".join("".join(signs[at : at + _IN_A_GROUP]) for at in range(0, len(signs), _IN_A_GROUP))


_READ_AS = str.maketrans("oil", "011", "- ")


def _hash(code: str) -> bytes:
    return hashlib.sha256(_meant(code)).digest()


def _meant(code: str) -> bytes:
    """The code as it is meant: small letters, without lines between, and what is easily misread read rightly."""
    return code.strip().lower().translate(_READ_AS).encode("utf-8", "replace")


def _enter(context: Context, outcome: str, role: Role) -> None:
    journal.enter(journal.Act(kind=EntryKind.SIGN_IN, outcome=outcome, role=role.value), ctx=context)
