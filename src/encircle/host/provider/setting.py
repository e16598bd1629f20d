"""Setting: the identity providers that an operator trusts, and for whom, as one file of YAML. A slip stops the start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

import yaml

from encircle.vocabulary.refusal import Refused

ALGORITHMS: Final = ("ES256", "PS256", "RS256", "ES384", "PS384", "RS384", "ES512", "PS512", "RS512")
"""Signatures with a key pair. Never `none`, and never one with a shared secret (HS256)."""
PASSKEY, STEP = "passkey", "second_step"
STEPS: Final = MappingProxyType({PASSKEY: "webauthn", STEP: "provider"})
"""What `acr` and `amr` can stand for, and how a session calls it."""
_KEYS: Final = frozenset(
    {
        *("code", "name", "issuer", "client_id", "client_secret_file", "algorithms", "hosts", "ca_file"),
        "agencies",
    }
)
_OF_AGENCY: Final = frozenset({"acr", "amr"})
_CODE, _WORD = re.compile(r"[a-z][a-z0-9-]{0,30}"), re.compile(r"[!-~]{1,500}")
_LEAST_SECRET = 32


class ProvidersRefused(Refused):
    """The file of identity providers cannot be used. The text names the place, never a secret."""


@dataclass(frozen=True, slots=True)
class Steps:
    """For one agency: which `acr` and which `amr` stand for a second step; by the provider's word, as a session calls it."""

    acr: Mapping[str, str]
    amr: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. `hosts`: where it may be asked, its issuer's own among them; `agencies`: whose people may come by it."""

    code: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    algorithms: tuple[str, ...]
    hosts: frozenset[str]
    ca_file: Path | None
    agencies: Mapping[str, Steps]

    def __repr__(self) -> str:
        return f"Provider({self.code!r})"


def read_providers(file: Path) -> tuple[Provider, ...]:
    """Those of the file. Refuses: ProvidersRefused, at the first thing that cannot be used."""
    try:
        told = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as failed:
        raise _refused(file, "", "cannot be read as YAML") from failed
    rows = told.get("providers") if isinstance(told, dict) else None
    if not isinstance(rows, list) or not rows or set(told) != {"providers"}:
        raise _refused(file, "", "holds no list named providers, or more than that")
    found = tuple(_provider(file, row) for row in rows)
    for what in ("code", "issuer"):
        if len({getattr(one, what) for one in found}) != len(found):
            raise _refused(file, what, "stands there twice")
    return found


def _provider(file: Path, row: object) -> Provider:
    if not isinstance(row, dict) or not _is_code(row.get("code")):
        raise _refused(file, "code", "is missing, or is no word of small letters, digits and lines")
    at = str(row["code"])
    strange = set(row) - _KEYS
    if strange:
        raise _refused(file, f"{at}, {sorted(map(str, strange))[0]}", "is not known here")
    issuer = _issuer(file, at, row.get("issuer"))
    algorithms = row.get("algorithms", ["ES256", "PS256", "RS256"])
    if not isinstance(algorithms, list) or not algorithms or not set(map(str, algorithms)) <= {*ALGORITHMS}:
        raise _refused(file, f"{at}, algorithms", f"is no list of some of {', '.join(ALGORITHMS)}")
    hosts = row.get("hosts", [])
    if not isinstance(hosts, list) or not all(
        isinstance(host, str) and _WORD.fullmatch(host) for host in hosts
    ):
        raise _refused(file, f"{at}, hosts", "is no list of host names")
    ca_file = row.get("ca_file")
    if ca_file is not None and not Path(str(ca_file)).is_file():
        raise _refused(file, f"{at}, ca_file", "is not there")
    return Provider(
        code=at,
        name=_word(file, f"{at}, name", row.get("name"), words=True),
        issuer=issuer,
        client_id=_word(file, f"{at}, client_id", row.get("client_id")),
        client_secret=_secret(file, at, row.get("client_secret_file")),
        algorithms=tuple(str(one) for one in algorithms),
        hosts=frozenset({urlsplit(issuer).netloc, *hosts}),
        ca_file=None if ca_file is None else Path(str(ca_file)),
        agencies=_agencies(file, at, row.get("agencies")),
    )


def _issuer(file: Path, at: str, value: object) -> str:
    parts = urlsplit(value) if isinstance(value, str) else urlsplit("")
    plain = not (parts.query or parts.fragment or parts.username or parts.password)
    if parts.scheme != "https" or not parts.hostname or not plain or not _WORD.fullmatch(str(value)):
        raise _refused(
            file, f"{at}, issuer", "is no address that begins with https:// and ends without ? or #"
        )
    return str(value)


def _secret(file: Path, at: str, value: object) -> str:
    """The secret as its file holds it."""
    where = f"{at}, client_secret_file"
    try:
        secret = Path(str(value)).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as failed:
        raise _refused(file, where, "names no file that this account may read") from failed
    if len(secret) < _LEAST_SECRET or not _WORD.fullmatch(secret):
        raise _refused(file, where, f"holds fewer than {_LEAST_SECRET} signs, or a space")
    return secret


def _agencies(file: Path, at: str, value: object) -> Mapping[str, Steps]:
    if not isinstance(value, dict) or not value:
        raise _refused(file, f"{at}, agencies", "names no agency whose people may come by it")
    return MappingProxyType({str(code): _steps(file, f"{at}, {code}", row) for code, row in value.items()})


def _steps(file: Path, at: str, row: object) -> Steps:
    given = {} if row is None else row
    if not isinstance(given, dict) or not set(given) <= _OF_AGENCY:
        raise _refused(file, at, "may hold acr and amr, nothing else")
    read: dict[str, Mapping[str, str]] = {}
    for name in sorted(_OF_AGENCY):
        pairs = given.get(name, {})
        if not isinstance(pairs, dict) or not set(map(str, pairs.values())) <= set(STEPS):
            raise _refused(file, f"{at}, {name}", f"says for each word one of {PASSKEY}, {STEP}")
        read[name] = MappingProxyType({str(word): STEPS[str(step)] for word, step in pairs.items()})
    return Steps(acr=read["acr"], amr=read["amr"])


def _word(file: Path, at: str, value: object, *, words: bool = False) -> str:
    fine = isinstance(value, str) and 0 < len(value.strip()) <= 200 and value.isprintable()
    if not fine or not (words or _WORD.fullmatch(str(value))):
        raise _refused(file, at, "is missing or cannot be used")
    return str(value).strip()


def _is_code(value: object) -> bool:
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def _refused(file: Path, place: str, finding: str) -> ProvidersRefused:
    where = f": {place}" if place else ""
    return ProvidersRefused(
        code="providers_refused",
        reason=f"ENCIRCLE_PROVIDERS, {file.name}{where} {finding}.",
        instead="See docs/operator/providers.md.",
    )
