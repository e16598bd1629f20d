"""Known: what a provider says of itself, fetched from its issuer and remembered for a while. Held to what was set."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Final
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, KeySet, RSAKey

from encircle.host.provider.fetch import away, fetch_json
from encircle.host.provider.setting import Provider

AGE_SECONDS: Final = 600
"""As long it is believed without asking again."""
ANEW_SECONDS: Final = 30
"""Keys that are not known are asked for no oftener than this."""
LEAST_BITS: Final = 2048
_BEHIND_ISSUER: Final = "/.well-known/openid-configuration"
_READ: dict[tuple[str, str], "Known"] = {}
_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class Known:
    """Where a provider is asked, and by which keys it signs. `names_itself`: it says who it is in each answer (RFC 9207)."""

    authorize: str
    token: str
    keys: KeySet
    by_post: bool
    names_itself: bool
    read_at: float


def known(provider: Provider, *, anew: bool = False) -> Known:
    """What it says of itself. `anew`: a key was missing, so ask again unless it was asked just now. Refuses: ProviderAway."""
    mark = (provider.code, provider.issuer)
    with _LOCK:
        found = _READ.get(mark)
    age = AGE_SECONDS if found is None else time.monotonic() - found.read_at
    if found is not None and age < (ANEW_SECONDS if anew else AGE_SECONDS):
        return found
    read = _ask(provider)
    with _LOCK:
        _READ[mark] = read
    return read


def forget() -> None:
    """Ask all of them anew."""
    with _LOCK:
        _READ.clear()


def _ask(provider: Provider) -> Known:
    told = fetch_json(provider, provider.issuer.rstrip("/") + _BEHIND_ISSUER)
    if told.get("issuer") != provider.issuer:
        raise away("other_issuer")
    ways = told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    methods = told.get("code_challenge_methods_supported", ["S256"])
    if not isinstance(methods, list) or "S256" not in methods:
        raise away("no_pkce")
    return Known(
        authorize=_address(provider, told, "authorization_endpoint"),
        token=_address(provider, told, "token_endpoint"),
        keys=_keys(fetch_json(provider, _address(provider, told, "jwks_uri"))),
        by_post=isinstance(ways, list) and "client_secret_basic" not in ways,
        names_itself=told.get("authorization_response_iss_parameter_supported") is True,
        read_at=time.monotonic(),
    )


def _address(provider: Provider, told: Mapping[str, object], name: str) -> str:
    """Over https, at a host that was named."""
    address = told.get(name)
    parts = urlsplit(address if isinstance(address, str) else "")
    if parts.scheme != "https" or parts.netloc not in provider.hosts or parts.fragment:
        raise away("elsewhere")
    return str(address)


def _keys(told: Mapping[str, object]) -> KeySet:
    """The public keys that can check a signature; all others are passed over, shared secrets above all."""
    rows = told.get("keys")
    found: list[Key] = []
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict) or row.get("use", "sig") != "sig" or "d" in row:
            continue
        plain: dict[str, str | list[str]] = {
            str(name): value for name, value in row.items() if isinstance(value, str) and name != "alg"
        }
        try:
            if row.get("kty") == "RSA":
                rsa = RSAKey.import_key(plain)
                if rsa.public_key.key_size >= LEAST_BITS:
                    found.append(rsa)
            elif row.get("kty") == "EC":
                found.append(ECKey.import_key(plain))
        except (JoseError, ValueError):
            continue
    if not found:
        raise away("no_keys")
    return KeySet(found)
