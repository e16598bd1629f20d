"""Stands in a session: what a request writes, it writes in the session of its cookie, and the database is told of which."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from encircle.actions.sessions import in_session, proof_of


def stands_in_session(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware, after that of the sessions. A cookie that nobody was given proves nothing."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        def proof() -> str:
            key = request.session.session_key
            return proof_of(key) if key else ""

        with in_session(proof):
            return get_response(request)

    return answer
