"""Tokens: with what a program of an agency works by the API. Made by an operator, bound to purposes, over after ninety days.

The secret is shown once; kept is its hash. It never opens more than the mandate of its role does.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4, uuid5

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Now

from encircle.actions.context import Who, at_work
from encircle.actions.permit import mandates
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records.context import with_context
from encircle.records.models import Agency, ApiToken
from encircle.records.models.code import CODE
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.role import Role

LONGEST_DAYS = 90
PREFIX = "encircle_"
"""So that a secret that lies where it should not can be found by a program."""
ACTOR = "token:"
"""Before the id of the token, as the journal names who acted."""
_SECRET_BYTES = 32
_OPERATOR = "operator"


class NoSuchToken(Refused):
    """There is no such token, agency or mandate; or the same key was sent with something else."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is listed: without its secret."""

    id: str
    agency: str
    role: str
    name: str
    purposes: tuple[str, ...]
    groups: tuple[str, ...]
    made_by: str
    made_at: datetime
    expires_at: datetime
    last_used_hour: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Caller:
    """A program at work: as who, and for which purposes its token is good."""

    who: Who
    token: str
    purposes: frozenset[Purpose]
    _secret: bytes = field(repr=False)

    def hashed(self, said: bytes) -> bytes:
        """Keyed by the secret of the token, which is not kept here: nobody can test what was sent."""
        return hmac.digest(self._secret, said, "sha256")


def make_token(
    *,
    agency: str,
    role: Role,
    name: str,
    purposes: Collection[Purpose],
    groups: Collection[FieldGroup] | None = None,
    days: int = LONGEST_DAYS,
    made_by: str = _OPERATOR,
) -> str:
    """A new token for that agency (its code); its secret, shown only now. `groups`: None for all that the mandate opens.

    Refuses: NoSuchToken (`no_such_agency`, `no_mandate`); purposes or groups beyond the mandate; more than ninety days.
    """
    found = Agency.objects.filter(code=agency, ended_at=None).first()
    if found is None:
        raise NoSuchToken(
            code="no_such_agency", reason="No agency has this code.", instead="Look at the code again."
        )
    opened = _opened(role, purposes, groups)
    if not re.fullmatch(CODE, name) or not re.fullmatch(CODE, made_by):
        raise Refused(
            code="not_a_code",
            reason="A name here is a code: a-z, 0-9, _ . : - and at most 64 signs.",
            instead="Write it so.",
        )
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(
            code="too_long",
            reason=f"A token is good for 1 to {LONGEST_DAYS} days.",
            instead="Make a new one when it is over.",
        )
    secret = PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
    home = AgencyId(str(found.pk))
    with with_context(agency=home, actor=_OPERATOR, purpose=Purpose.OPERATE.value) as context:
        ApiToken.objects.create(
            id=uuid4(),
            agency=found,
            role=role.value,
            name=name,
            made_by=made_by,
            purposes=sorted(purpose.value for purpose in set(purposes)),
            field_groups=[group.value for group in FieldGroup if group in opened],
            secret_hash=_hash(secret),
            expires_at=Now() + timedelta(days=days),
        )
        act = journal.Act(kind=EntryKind.POLICY, outcome="token_made", role=role.value)
        journal.enter(act, ctx=context)
    return secret


def tokens(agency: str = "") -> tuple[Token, ...]:
    """All tokens, or those of the agency with that code; the newest first."""
    asked = Q(agency__code=agency) if agency else Q()
    return tuple(
        Token(
            id=str(one.pk),
            agency=one.agency.code,
            role=one.role,
            name=one.name,
            purposes=tuple(one.purposes),
            groups=tuple(one.field_groups),
            made_by=one.made_by,
            made_at=one.made_at,
            expires_at=one.expires_at,
            last_used_hour=one.last_used_hour,
            revoked_at=one.revoked_at,
        )
        for one in ApiToken.objects.filter(asked).select_related("agency").order_by("-made_at", "pk")
    )


def revoke_token(token: str) -> None:
    """From now on it opens nothing. Refuses: NoSuchToken, also one that was revoked before."""
    found = ApiToken.objects.filter(pk=_uuid(token), revoked_at=None).first()
    if found is None:
        raise NoSuchToken(
            code="no_such_token",
            reason="There is no token of that id that could still be used.",
            instead="Look at the list of tokens.",
        )
    home = AgencyId(str(found.agency_id))
    with with_context(agency=home, actor=_OPERATOR, purpose=Purpose.OPERATE.value) as context:
        ApiToken.objects.filter(pk=found.pk).update(revoked_at=Now())
        act = journal.Act(kind=EntryKind.POLICY, outcome="token_revoked", role=found.role)
        journal.enter(act, ctx=context)


def caller_of(secret: str, *, person: str = "") -> Caller | None:
    """Who works with that secret; None for one that is unknown, over or revoked: which of them is not told, but journalled.

    `person`: for whom the program works, a code that the agency knows; it becomes part of the actor.
    """
    is_good = ExpressionWrapper(
        Q(revoked_at=None, agency__ended_at=None, expires_at__gt=Now()), output_field=BooleanField()
    )
    found = ApiToken.objects.filter(secret_hash=_hash(secret)).annotate(is_good=is_good).first()
    if found is None:
        return None
    who = Who(
        person=ACTOR + str(found.pk) + (f":{person}" if person else ""),
        agency=AgencyId(str(found.agency_id)),
        role=Role(found.role),
        only=frozenset(FieldGroup(group) for group in found.field_groups),
    )
    if not found.is_good:
        outcome = "token_over" if found.revoked_at is None else "token_revoked"
        _refuse(who, Purpose.SIGN_IN, outcome)
        return None
    _used(found.pk)
    return Caller(who, str(found.pk), frozenset(map(Purpose, found.purposes)), secret.encode())


def ask_for_purpose(caller: Caller, purpose: Purpose) -> None:
    """Refuses, after it was journalled: a purpose that the token does not name, or the mandate no longer does."""
    mandate = mandates().get(caller.who.role)
    if purpose not in caller.purposes:
        code, reason = "token_purpose", "This token is not made for this purpose."
    elif mandate is None or purpose not in mandate.purposes:
        code, reason = "purpose", "This is not among the purposes of your role."
    else:
        return
    _refuse(caller.who, purpose, code)
    raise Refused(code=code, reason=reason, instead="Ask the operator for a token with this purpose.")


def token_of_request(caller: Caller, key: str, said: bytes, *, purpose: Purpose) -> str:
    """The token under which an action saves what came with that key: the same key, the same token.

    Refuses: `key_used`, a key that came with something else before.
    """
    key_hash, said_hash = caller.hashed(key.encode()), caller.hashed(said)
    with at_work(caller.who, purpose), connection.cursor() as cursor:
        cursor.execute(_REMEMBER, {"token": caller.token, "key": key_hash, "said": said_hash})
        cursor.execute(
            "SELECT said_hash FROM api_request WHERE token_id = %s AND key_hash = %s",
            (caller.token, key_hash),
        )
        before = bytes(cursor.fetchone()[0])
    if not hmac.compare_digest(before, said_hash):
        raise Refused(
            code="key_used",
            reason="This Idempotency-Key came with another request before. Nothing was saved.",
            instead="Send a new key with each new request, and the same one only to repeat it.",
        )
    return str(uuid5(UUID(caller.token), key))


_REMEMBER = """
    WITH old AS (DELETE FROM api_request WHERE token_id = %(token)s AND made_at < now() - interval '30 days')
    INSERT INTO api_request (token_id, key_hash, said_hash) VALUES (%(token)s, %(key)s, %(said)s)
    ON CONFLICT DO NOTHING
"""

_USED = """
    UPDATE api_token SET last_used_hour = date_trunc('hour', now())
     WHERE id = %s AND (last_used_hour IS NULL OR last_used_hour < date_trunc('hour', now()))
"""


def _opened(
    role: Role, purposes: Collection[Purpose], groups: Collection[FieldGroup] | None
) -> Collection[FieldGroup]:
    """The field groups of the token, where its mandate has them and the purposes."""
    mandate = mandates().get(role)
    if mandate is None:
        raise NoSuchToken(
            code="no_mandate",
            reason="This role has no mandate in this country.",
            instead="Choose a role that a pack gives a mandate.",
        )
    beyond = sorted({purpose.value for purpose in purposes} - {one.value for one in mandate.purposes})
    if beyond or not purposes:
        have = ", ".join(sorted(one.value for one in mandate.purposes)) or "none"
        raise Refused(
            code="beyond_the_mandate",
            reason=f"Not among the purposes of this role: {', '.join(beyond) or 'none was named'}.",
            instead=f"It has: {have}.",
        )
    open_to_role = mandate.sees | mandate.adds
    more = [group.value for group in FieldGroup if group in (groups or ()) and group not in open_to_role]
    if more:
        have = ", ".join(group.value for group in FieldGroup if group in open_to_role) or "none"
        raise Refused(
            code="beyond_the_mandate",
            reason=f"Not open to this role: {', '.join(more)}.",
            instead=f"It has: {have}.",
        )
    return open_to_role if groups is None else groups


def _used(token: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_USED, (token,))


def _refuse(who: Who, purpose: Purpose, outcome: str) -> None:
    with at_work(who, purpose) as context:
        act = journal.Act(kind=EntryKind.REFUSAL, outcome=outcome, role=who.role.value)
        journal.enter(act, ctx=context)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _uuid(text: str) -> UUID:
    """The id that was typed; one that nothing has, where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
