"""The question to an identity provider, and the answer held to it: of this browser, of this provider, now, once.

What belongs to the question travels sealed in a cookie of the browser that asks. An answer without it opens nothing, so
that nobody can be signed in by the answer to somebody else's question.
"""

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache

from encircle.actions.keys import open_question, seal_question
from encircle.core.journal.entry import EntryKind
from encircle.host.clock import now
from encircle.host.provider.claim import CLOCKS, Identity
from encircle.host.provider.known import known
from encircle.host.provider.setting import Provider
from encircle.host.provider.token import identity, not_believed
from encircle.records import journal
from encircle.records.context import with_context
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused

QUESTION_SECONDS: Final = 600
_LONGEST, _NOBODY = 2_000, "unknown"


class Aim(StrEnum):
    """What the answer is for."""

    SIGN_IN = "sign_in"
    LINK = "link"
    AGAIN = "again"
    INVITED = "invited"


class NoProvider(Refused):
    """No identity provider of that name is set."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `account`: who has to be signed in when the answer comes; `back`: where it comes; `way`: on to there."""

    provider: str
    aim: str
    back: str
    state: str
    nonce: str
    verifier: str
    asked_at: int
    account: str = ""
    way: str = ""
    login: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where the browser is led, and what it takes along."""

    address: str
    sealed: str


def provider_named(code: str) -> Provider:
    """The one that is set under this name. Refuses: NoProvider."""
    for one in settings.PROVIDERS:
        if one.code == code:
            return one
    raise NoProvider(
        code="no_provider",
        reason="There is no such way to sign in here.",
        instead="Sign in with your login and password.",
    )


def ask(
    code: str, aim: Aim, *, back: str, account: str = "", way: str = "", login: str = "", invitation: str = ""
) -> Asked:
    """Begin. Refuses: NoProvider, ProviderAway."""
    provider = provider_named(code)
    question = Question(
        provider=code,
        aim=aim.value,
        back=back,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        asked_at=int(now().timestamp()),
        account=account,
        way=way,
        login=login,
        code=invitation,
    )
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": "openid",
        "state": question.state,
        "nonce": question.nonce,
        "code_challenge": _challenge(question.verifier),
        "code_challenge_method": "S256",
        "max_age": str(settings.SESSION_COOKIE_AGE),
    }
    words = sorted({word for steps in provider.agencies.values() for word in steps.acr})
    if words:
        asked["acr_values"] = " ".join(words)
    if aim is not Aim.SIGN_IN:
        asked |= {"prompt": "login", "max_age": "0"}
    to = known(provider).authorize
    address = f"{to}{'&' if '?' in to else '?'}{urlencode(asked)}"
    return Asked(address, seal_question(json.dumps(asdict(question))))


def answered(code: str, *, sealed: str, told: Mapping[str, list[str]]) -> tuple[Question, Identity]:
    """The question and who answered it. Each refusal is journalled with its code; people get the same words for all.

    Refuses: NoProvider, NotBelieved, ProviderAway.
    """
    provider = provider_named(code)
    try:
        question = _held_to(provider, sealed, told)
        found = identity(
            provider,
            code=_one(told, "code"),
            verifier=question.verifier,
            nonce=question.nonce,
            back=question.back,
            at=now(),
        )
        _is_of_now(question, found)
    except Refused as refused:
        with with_context(agency=None, actor=_NOBODY, purpose=Purpose.SIGN_IN.value) as context:
            act = journal.Act(kind=EntryKind.SIGN_IN, outcome=f"provider_refused:{refused.code}")
            journal.enter(act, ctx=context)
        raise
    return question, found


def _held_to(provider: Provider, sealed: str, told: Mapping[str, list[str]]) -> Question:
    """The question of this browser, if the answer is one to it. Refuses: NotBelieved, ProviderAway."""
    opened = open_question(sealed)
    if opened is None:
        raise not_believed("no_question")
    question = Question(**json.loads(opened))
    if question.provider != provider.code:
        raise not_believed("mixed_up")
    if not 0 <= now().timestamp() - question.asked_at < QUESTION_SECONDS:
        raise not_believed("too_old")
    if not hmac.compare_digest(_one(told, "state").encode(), question.state.encode()):
        raise not_believed("other_state")
    if not cache.add(f"provider-question-{question.state}", True, QUESTION_SECONDS):
        raise not_believed("played_again")
    issuer = _one(told, "iss")
    if (issuer or known(provider).names_itself) and issuer != provider.issuer:
        raise not_believed("mixed_up")
    if "error" in told or not _one(told, "code"):
        raise not_believed("denied")
    return question


def _is_of_now(question: Question, found: Identity) -> None:
    """Signed in not longer ago than was asked for; where it had to be anew, after the question. Refuses: NotBelieved."""
    since = found.signed_in_at
    anew = question.aim == Aim.AGAIN
    if since is None and not anew:
        return  # then what is sealed asks once more
    longest = 0 if anew else settings.SESSION_COOKIE_AGE
    if since is None or since.timestamp() < question.asked_at - longest - CLOCKS.total_seconds():
        raise not_believed("too_long_ago")


def _one(told: Mapping[str, list[str]], name: str) -> str:
    """What was told under this name, if it was told once and is not too long."""
    values = told.get(name, [])
    return values[0] if len(values) == 1 and len(values[0]) <= _LONGEST else ""


def _challenge(verifier: str) -> str:
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
