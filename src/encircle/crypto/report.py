"""A report's own key: its parts are sealed with it, and it is sealed to each who may read them. Knows no tables."""

import hashlib
from dataclasses import dataclass

from encircle.crypto.keyring import new_data_key
from encircle.crypto.people import KeyPair, bound_to, open_with, seal_to
from encircle.crypto.sealed import open_sealed, place, seal

_PART = b"encircle/report-part"
_KEY = "report-key"
KEY_NAME_BYTES = 16


@dataclass(frozen=True, slots=True)
class SealedKey:
    """The key of a report for one recipient. `recipient_key`: the name of the public key to which it is sealed."""

    recipient_key: bytes
    sealed: bytes


def new_report_key() -> bytes:
    """A key for one report."""
    return new_data_key()


def name_of_key(public: bytes) -> bytes:
    """The 16 bytes by which a public key is called."""
    return hashlib.sha256(public).digest()[:KEY_NAME_BYTES]


def seal_report_key(key: bytes, public: bytes, *, report: str) -> SealedKey:
    """The key of that report, which the holder of that public key's private half opens. Refuses: SealBroken."""
    return SealedKey(name_of_key(public), seal_to(public, key, bound=bound_to(_KEY, report)))


def open_report_key(pair: KeyPair, sealed: bytes, *, report: str) -> bytes:
    """The key of that report. Refuses: SealBroken."""
    return open_with(pair, sealed, bound=bound_to(_KEY, report))


def seal_part(plain: bytes, *, key: bytes, report: str, part: str, kind: str) -> bytes:
    """One part of a report, sealed to its place and kind."""
    return seal(plain, key=key, aad=_place(report, part, kind))


def open_part(sealed: bytes, *, key: bytes, report: str, part: str, kind: str) -> bytes:
    """The plain bytes of that part. Refuses: SealBroken."""
    return open_sealed(sealed, key=key, aad=_place(report, part, kind))


def _place(report: str, part: str, kind: str) -> bytes:
    return place(_PART, report.encode(), part.encode(), kind.encode())
