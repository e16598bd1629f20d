"""The key that a visit holds: in the session, under what follows from the session's id. Gone with it, on idle and sign-out.

The database holds the wrapped key and a hash of that id; the id itself is in the cookie alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest

from encircle.actions.own_key import held_anew, held_by_visit
from encircle.actions.people_keys import with_unlocked

HELD = "encircle_held_key"


def keep(request: HttpRequest, text: str) -> None:
    """Hold it from now on."""
    request.session[HELD] = text


def drop(request: HttpRequest) -> None:
    """Hold it no longer."""
    request.session.pop(HELD, None)


def cycle(request: HttpRequest, *, person: str) -> None:
    """Give the session a new id, and hold the key under what follows from that."""
    text, before = request.session.get(HELD, ""), request.session.session_key or ""
    request.session.cycle_key()
    if text:
        anew = held_anew(text, before=before, now=request.session.session_key or "", person=person)
        request.session[HELD] = anew


@contextmanager
def open_for(request: HttpRequest, *, person: str) -> Iterator[None]:
    """Inside, what is sealed to this person's agency opens, if the visit holds their key."""
    text, session = request.session.get(HELD, ""), request.session.session_key or ""
    with with_unlocked(held_by_visit(text, session=session, person=person) if text and session else None):
        yield
