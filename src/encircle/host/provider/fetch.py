"""Fetch: one question to a provider, over https, to the hosts that were named, with an end to time and size."""

import http.client
import json
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore, Event, Timer
from typing import Final
from urllib.parse import urlsplit

from encircle.host.provider.setting import Provider
from encircle.vocabulary.refusal import Refused

PATIENCE_SECONDS: Final = 8.0
"""For the whole question and answer, whatever trickles in."""
MOST_BYTES: Final = 262_144
AT_ONCE: Final = 2
"""So many questions run at the same time: a provider that hangs holds up no more of our threads."""
_OK = 200
_RUNNING = BoundedSemaphore(AT_ONCE)


class ProviderAway(Refused):
    """The provider does not answer, or answers what cannot be used. What it said is told to nobody."""


def fetch_json(
    provider: Provider,
    address: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Mapping[str, object]:
    """The object that lies at that address; with `body` it is posted. No redirect is followed, no proxy asked.

    Refuses: ProviderAway, with a code that tells an operator where to look: `elsewhere`, `no_answer`, `too_large`,
    `not_ok`, `not_json`.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.netloc not in provider.hosts or parts.hostname is None:
        raise away("elsewhere")
    context = ssl.create_default_context(cafile=None if provider.ca_file is None else str(provider.ca_file))
    way = http.client.HTTPSConnection(
        parts.hostname, parts.port or 443, timeout=PATIENCE_SECONDS, context=context
    )
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    wanted = {"Accept": "application/json", **(headers or {})}
    if not _RUNNING.acquire(timeout=PATIENCE_SECONDS / 4):
        raise away("busy")
    try:
        way.connect()
        with _ends_in_time(way.sock):
            way.request("GET" if body is None else "POST", path, body=body, headers=wanted)
            with way.getresponse() as answer:
                text = answer.read(MOST_BYTES + 1)
    except (OSError, http.client.HTTPException) as failed:
        raise away("no_answer") from failed
    finally:
        way.close()
        _RUNNING.release()
    if len(text) > MOST_BYTES:
        raise away("too_large")
    if answer.status != _OK:
        raise away("not_ok")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as failed:
        raise away("not_json") from failed
    if not isinstance(told, dict):
        raise away("not_json")
    return told


@contextmanager
def _ends_in_time(way: socket.socket) -> Iterator[None]:
    """However slowly it trickles in: then the way is cut, and what reads from it gets an OSError."""
    cut = Event()

    def end() -> None:
        cut.set()
        with suppress(OSError):
            socket.socket.shutdown(way, socket.SHUT_RDWR)

    timer = Timer(PATIENCE_SECONDS, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if cut.is_set():
            raise away("no_answer")


def away(code: str) -> ProviderAway:
    """The refusal that all of these share."""
    return ProviderAway(
        code=code,
        reason="The sign-in of your organisation does not answer as it should.",
        instead="Try again in a few minutes, or sign in with your password.",
    )
