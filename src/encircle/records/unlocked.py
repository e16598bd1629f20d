"""What somebody has unlocked, for the length of one request: their own key. Nothing of it outlives the request.

As the context of a transaction says through whose eyes the database looks, this says with whose key seals are opened.
Jobs and programs have none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from encircle.crypto.people import KeyPair


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The key of one person, open. `id`: of its row."""

    id: str
    pair: KeyPair = field(repr=False)


_now: ContextVar[Unlocked | None] = ContextVar("unlocked", default=None)


@contextmanager
def with_unlocked(key: Unlocked | None) -> Iterator[None]:
    """Inside, seals are opened with this key; with None, those to people stay shut."""
    before = _now.set(key)
    try:
        yield
    finally:
        _now.reset(before)


def unlocked() -> Unlocked | None:
    """The key that is open in this request."""
    return _now.get()
