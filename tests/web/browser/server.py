"""A real server for the browser: our own application with every middleware, on a port of its own, in this process.

In this process, so that a template that names an unknown variable fails the test, and a fault is seen whole.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.signals import got_request_exception
from django.core.wsgi import get_wsgi_application

Answer = Iterable[bytes]
HOST = "127.0.0.1"


class Site:
    """Where the pages are, and what broke while they were made."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.faults: list[str] = []

    def note(self, sender: object, **_given: Any) -> None:
        """Keep what a view raised; Django has answered 500 by then."""
        self.faults.append(f"the server: {sys.exc_info()[1]!r}")


class _Quiet(WSGIRequestHandler):
    """Tells nothing of the requests."""

    def log_message(self, *_words: object) -> None:
        pass


@contextmanager
def served(name: str = HOST) -> Iterator[Site]:
    """The site, for as long as this lasts, under that name of this machine."""
    server = ThreadedWSGIServer((HOST, 0), _Quiet, allow_reuse_address=False)
    site = Site(f"http://{name}:{server.server_port}")
    server.set_app(_watched(get_wsgi_application(), site))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    got_request_exception.connect(site.note)
    thread.start()
    try:
        yield site
    finally:
        got_request_exception.disconnect(site.note)
        server.shutdown()
        server.server_close()
        thread.join()


def _watched(application: Callable[..., Answer], site: Site) -> Callable[..., Answer]:
    """An unknown variable of a template leaves Django as pytest's own exception, which no view catches."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Answer:
        try:
            return application(environ, start_response)
        except pytest.fail.Exception as fault:
            site.faults.append(f"the server: {fault}")
            start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
            return [b"An unknown variable in a template."]

    return answer
