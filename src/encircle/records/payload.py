"""Payloads as bytes: one format with a number, so that a later one can be told apart. Knows no keys."""

from functools import lru_cache
from typing import Final

import msgspec

from encircle.vocabulary.facts.fact_type import FACT_TYPES, Payload

FORMAT: Final = 1
"""JSON, UTF-8, fields that are not set left out."""

_encoder = msgspec.json.Encoder(order="deterministic")


def to_bytes(payload: Payload) -> bytes:
    """The payload in the newest format."""
    return _encoder.encode(payload)


def from_bytes(plain: bytes, *, type_name: str, payload_format: int) -> Payload:
    """The payload of a fact of that type.

    Raises LookupError for a format or type that this release does not know: it was written by a newer one.
    """
    if payload_format != FORMAT:
        raise LookupError(f"payload format {payload_format} of {type_name} is newer than this release")
    return _decoder(type_name).decode(plain)


@lru_cache(maxsize=1024)
def _decoder(type_name: str) -> msgspec.json.Decoder[Payload]:
    return msgspec.json.Decoder(FACT_TYPES[type_name].payload)
