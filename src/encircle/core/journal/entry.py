"""Journal entries: who did what, by which right, as bytes that never vary. Knows no tables and no bodies.

An entry carries codes and ids only. What was seen or written stands in the body, sealed under the child's
key; the entry holds the digest of the sealed body, so that erasing the key leaves the journal whole.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

FORMAT, WITH_VISIT = 1, 2


class EntryKind(StrEnum):
    """What is journalled."""

    LOOK = "look"
    WRITE = "write"
    REFUSAL = "refusal"
    DISCLOSURE = "disclosure"
    SIGN_IN = "sign_in"
    EXPORT = "export"
    POLICY = "policy"
    PACK = "pack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One journal entry. None: the field has no place in this kind of entry (a sign-in serves no duty).

    `purpose`: what the page or the job is for; `visit`: to what end the record was visited.
    """

    id: str
    at: datetime
    kind: EntryKind
    actor: str
    agency: str | None
    role: str | None
    purpose: str | None
    legal_basis: str | None
    regime: str | None
    field_groups: tuple[str, ...]
    root_id: str | None
    duty: str | None
    outcome: str
    body_digest: bytes | None
    visit: str | None = None


def entry_bytes(entry: Entry) -> bytes:
    """The one encoding of an entry: JSON, keys sorted, no spaces, UTF-8 (RFC 8785 for text and integers).

    Times are UTC with microseconds; the digest is hexadecimal; "v" is the format, so that a later field can
    be told from one that was taken out. The words are kept as they were recorded, also when a code is later
    dropped. An entry outside a visit is encoded as all were before there were visits.
    """
    visit = {} if entry.visit is None else {"visit": entry.visit, "v": WITH_VISIT}
    return _encode(
        {
            "actor": entry.actor,
            "agency": entry.agency,
            "at": _utc(entry.at),
            "body_digest": None if entry.body_digest is None else entry.body_digest.hex(),
            "duty": entry.duty,
            "field_groups": entry.field_groups,
            "id": entry.id,
            "kind": entry.kind,
            "legal_basis": entry.legal_basis,
            "outcome": entry.outcome,
            "purpose": entry.purpose,
            "regime": entry.regime,
            "role": entry.role,
            "root_id": entry.root_id,
            "v": FORMAT,
            **visit,
        }
    ).encode()


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def _utc(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("the time of a journal entry names its zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
