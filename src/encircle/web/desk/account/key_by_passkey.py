"""A passkey that opens one's key: asked with a challenge of this session, its signature looked at, then handed on.

Decides nothing. A challenge is good for one answer, to what it was made for, by a passkey of this account.
"""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import get_server
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_encode
from fido2.webauthn import AttestedCredentialData, UserVerificationRequirement

from encircle.actions.context import Who
from encircle.actions.passkey_lock import (
    Shown,
    add_passkey,
    locks_of,
    read_output,
    remove_passkey,
    unlock_with_passkey,
)
from encircle.web.desk.account.passkey_form import NO_ANSWER
from encircle.web.page import held_key

OPEN: Final = "passkey_open"
ADD: Final = "passkey_add"
REMOVE: Final = "passkey_remove"
SENT: Final = ("credential", "prf")
"""What the answer of a passkey carries: its signature, and the output of its PRF."""
DONE: dict[str, str | Promise] = {
    OPEN: _("Your key is open until you sign out, lock it or leave the page unused."),
    ADD: _("This passkey opens your key from now on. Your passphrase still does too."),
    REMOVE: _("This passkey opens your key no longer. Your passphrase still does."),
}
ASKED: Final = "encircle_key_challenge"
LONGEST: Final = 20_000
MOST_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class PasskeyView:
    """One passkey by its name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ByPasskey:
    """What the page shows: which passkeys open the key, whether there are any, and what a passkey may be asked to do now.

    `do`: open or add; nothing, where there is none to ask. `asked`: for the script.
    """

    opening: tuple[PasskeyView, ...] = ()
    has_any: bool = False
    do: str = ""
    asked: dict[str, object] | None = None


def by_passkey(request: HttpRequest, who: Who, *, is_unlocked: bool) -> ByPasskey:
    """How it stands with passkeys and one's key; where one can be asked, with a new challenge for this session."""
    locks = locks_of(who)
    if locks is None:
        return ByPasskey()
    mine = _passkeys(request)
    opening = [one for one in mine if one.pk in locks.passkeys]
    others = [one for one in mine if one.pk not in locks.passkeys]
    do, wanted = (ADD, others) if is_unlocked else (OPEN, opening)
    return ByPasskey(
        opening=tuple(PasskeyView(one.pk, one.wrap().name) for one in opening),
        has_any=bool(mine),
        do=do if wanted else "",
        asked=_asked(request, do, wanted, locks.salt) if wanted else None,
    )


def _asked(
    request: HttpRequest, do: str, passkeys: Collection[Authenticator], salt: bytes
) -> dict[str, object]:
    """What the browser asks one of these passkeys. The person has to show themselves to it, whatever the passkey prefers."""
    options, state = get_server().authenticate_begin(
        credentials=[_credential(one) for one in passkeys],
        user_verification=UserVerificationRequirement.REQUIRED,
        extensions={"prf": {"eval": {"first": websafe_encode(salt)}}},
    )
    request.session[ASKED] = {**state, "do": do}
    return {"request_options": dict(options)}


def _shown(request: HttpRequest, do: str) -> Shown | None:
    """The passkey that answered the challenge of this session; None for all else. The challenge is used up."""
    state = request.session.pop(ASKED, None)
    output = read_output(request.POST.get("prf", "")[:LONGEST])
    if output is None or not isinstance(state, dict) or state.get("do") != do:
        return None
    mine = _passkeys(request)
    try:
        answer = json.loads(request.POST.get("credential", "")[:LONGEST])
        credentials = [_credential(one) for one in mine]
        found = get_server().authenticate_complete(state, credentials, answer)
    except NO_ANSWER:
        return None
    passkey = next(one.pk for one in mine if _credential(one).credential_id == found.credential_id)
    return Shown(passkey, found.credential_id.hex(), output)


def _open(request: HttpRequest, who: Who, whom: str) -> None:
    session = request.session.session_key or ""
    held_key.keep(request, unlock_with_passkey(who, _shown(request, OPEN), session=session))


def _add(request: HttpRequest, who: Who, whom: str) -> None:
    add_passkey(who, _shown(request, ADD))


def _remove(request: HttpRequest, who: Who, whom: str) -> None:
    remove_passkey(who, int(whom) if whom.isascii() and whom.isdecimal() and len(whom) < MOST_DIGITS else 0)


ACTS: dict[str, Callable[[HttpRequest, Who, str], None]] = {OPEN: _open, ADD: _add, REMOVE: _remove}


def _passkeys(request: HttpRequest) -> list[Authenticator]:
    """Those of the account that is signed in."""
    account = request.user
    assert isinstance(account, AbstractBaseUser)  # for_staff
    return list(
        Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    )


def _credential(passkey: Authenticator) -> AttestedCredentialData:
    data: AttestedCredentialData | None = passkey.wrap().authenticator_data.credential_data
    assert data is not None  # the library keeps it when a passkey is added
    return data
