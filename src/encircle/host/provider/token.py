"""Token: a code is exchanged for a signed word, and the word is believed only with a key of that provider."""

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote, urlencode

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from encircle.host.provider.claim import Ended, Identity, ended_of, identity_of
from encircle.host.provider.fetch import fetch_json
from encircle.host.provider.known import Known, known
from encircle.host.provider.setting import Provider
from encircle.vocabulary.refusal import Refused

LONGEST_TOKEN = 16_384
_END_TYPE, _SIGN_IN_TYPES = "logout+jwt", (None, "JWT", "jwt")


class NotBelieved(Refused):
    """A word that the provider did not sign, or that was not meant for this question. `code` says why, for the journal."""


def identity(
    provider: Provider, *, code: str, verifier: str, nonce: str, back: str, at: datetime
) -> Identity:
    """Who signed in: the code is exchanged, the token looked at whole, and nothing of it kept.

    `verifier`: of the question that the browser took there (PKCE); `nonce`: of that question; `back`: where the code came.
    Refuses: NotBelieved, ProviderAway.
    """
    told = _exchanged(provider, known(provider), code=code, verifier=verifier, back=back)
    token = told.get("id_token")
    kind = told.get("token_type")
    if not isinstance(token, str) or not isinstance(kind, str) or kind.lower() != "bearer":
        raise not_believed("no_token")
    found = identity_of(_signed(provider, token, types=_SIGN_IN_TYPES), provider, nonce=nonce, at=at)
    if isinstance(found, str):
        raise not_believed(found)
    return found


def ended(provider: Provider, token: str, *, at: datetime) -> Ended:
    """What the provider says has ended there. Refuses: NotBelieved, ProviderAway."""
    found = ended_of(_signed(provider, token, types=(_END_TYPE,)), provider, at=at)
    if isinstance(found, str):
        raise not_believed(found)
    return found


def not_believed(code: str) -> NotBelieved:
    """The refusal that all of these share: nobody is told which it was."""
    return NotBelieved(
        code=code,
        reason="This sign-in could not be believed, so nobody was signed in.",
        instead="Begin again from the page of signing in.",
    )


def _exchanged(provider: Provider, at: Known, *, code: str, verifier: str, back: str) -> Mapping[str, object]:
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": verifier,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if at.by_post:
        asked |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
    else:
        pair = f"{quote(provider.client_id, safe='')}:{quote(provider.client_secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return fetch_json(provider, at.token, body=urlencode(asked).encode(), headers=headers)


def _signed(provider: Provider, token: str, *, types: tuple[str | None, ...]) -> Mapping[str, object]:
    """What the token says, once its signature was right under a key of the provider, by a way that was set."""
    header = _header(token)
    algorithm = header.get("alg")
    if algorithm not in provider.algorithms or header.get("typ") not in types or "crit" in header:
        raise not_believed("other_algorithm")
    key = _key(known(provider).keys, header, str(algorithm)) or _key(
        known(provider, anew=True).keys, header, str(algorithm)
    )
    if key is None:
        raise not_believed("unknown_key")
    try:
        payload = jws.deserialize_compact(token, key, algorithms=[str(algorithm)]).payload
        claims = json.loads(payload)
    except (JoseError, ValueError, RecursionError) as failed:
        raise not_believed("not_signed") from failed
    if not isinstance(claims, dict):
        raise not_believed("not_signed")
    return claims


def _header(token: str) -> Mapping[str, object]:
    """The head of a token of three parts, not yet believed."""
    parts = token.split(".")
    if len(parts) != 3 or len(token) > LONGEST_TOKEN or not token.isascii():
        raise not_believed("no_token")
    try:
        header = json.loads(base64.urlsafe_b64decode(parts[0] + "=" * (-len(parts[0]) % 4)))
    except (ValueError, RecursionError) as failed:
        raise not_believed("no_token") from failed
    if not isinstance(header, dict):
        raise not_believed("no_token")
    return header


_CURVES = {"ES256": "P-256", "ES384": "P-384", "ES512": "P-521"}


def _key(keys: KeySet, header: Mapping[str, object], algorithm: str) -> RSAKey | ECKey | None:
    """The key that the token names, if it is of the kind that the way of signing needs; the only one, if it names none."""
    fitting = [key for key in keys.keys if isinstance(key, RSAKey | ECKey) and _fits(key, algorithm)]
    named = header.get("kid")
    if named is not None:
        return next((key for key in fitting if key.kid == named), None)
    return fitting[0] if len(fitting) == 1 else None


def _fits(key: RSAKey | ECKey, algorithm: str) -> bool:
    if isinstance(key, RSAKey):
        return algorithm.startswith(("RS", "PS"))
    return key.curve_name == _CURVES.get(algorithm)
