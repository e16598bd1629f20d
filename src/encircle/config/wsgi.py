"""The application as a web server calls it. What could stop it does so here, at the start, not at the first visit.

The server's own threads wait for what slow lines send; a few others make pages, and wait for nobody. What brings nothing
is given up where others need its place (host/lines.py).
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from encircle.host.body import Body, BrokenOff, NoRoom
from encircle.host.lines import InHand, Lines

Environ = dict[str, Any]
Start = Callable[..., Any]
App = Callable[[Environ, Start], Iterable[bytes]]
MAKERS = 4
"""Threads that make pages; each keeps a connection to the database."""


class InTurn:
    """The pages, made by a few threads in the order in which requests are whole."""

    def __init__(self, app: App, *, makers: int = MAKERS) -> None:
        self._app = app
        self._makers = ThreadPoolExecutor(makers, thread_name_prefix="pages")
        self.in_hand = InHand()

    def __call__(self, environ: Environ, start: Start) -> list[bytes]:
        """Wait until the request is whole, then until its page is made. One that breaks off changes nothing."""
        body = Body()
        try:
            body.read_in(environ["wsgi.input"], _length(environ))
            environ["wsgi.input"] = body.opened()
            with self.in_hand.one():
                told, page = self._makers.submit(self._made, environ).result()
        except NoRoom:
            told, page = ("503 Service Unavailable", [("Retry-After", "60")]), b""
        except BrokenOff:
            told, page = ("400 Bad Request", []), b""
        finally:
            body.close()
        start(*told)
        return [page]

    def _made(self, environ: Environ) -> tuple[tuple[str, list[tuple[str, str]]], bytes]:
        """Status with headers, and the page; with the end of it all that Django does at the end of a request."""
        told: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], *_failed: object) -> None:
            told.append((status, headers))

        made = self._app(environ, start)
        try:
            page = b"".join(made)
        finally:
            close = getattr(made, "close", None)
            if close is not None:
                close()
        return told[-1], page


def _length(environ: Environ) -> int:
    """How many bytes are said to come; none, where it is no number: Django takes none then either."""
    try:
        return max(0, int(environ.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return 0


def served() -> InTurn:
    """The application where a server calls it: from now on silent lines are given up."""
    Lines(application.in_hand).watch()
    return application


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "encircle.config.settings")
application = InTurn(get_wsgi_application())
import_module(settings.ROOT_URLCONF)
