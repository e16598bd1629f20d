"""Lost: the database does not answer, or went away while a form was sent. Says what is certain; nothing typed is lost."""

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from encircle.records.refusal import Unavailable
from encircle.vocabulary.refusal import Refused
from encircle.web.page import errors, kept
from encircle.web.page.errors import Told, told_page
from encircle.web.page.front import recognised

Lost = Unavailable | OperationalError | InterfaceError
SECONDS = "10"
"""When a browser or a program may try again."""


class TellRefusals:
    """Middleware: a refusal that a page did not tell itself becomes a page; a lost database becomes 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass it on; a session that cannot be saved is told too."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for that exception; None for a surprise, which is a fault of ours."""
        if isinstance(exception, Lost):
            return unavailable(request, certain=_is_certain(request, exception))
        if isinstance(exception, Refused):
            return errors.forbidden(request)
        return None


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours; or the database was lost where no page could tell, as in loading or saving the session."""
    if isinstance(sys.exc_info()[1], Lost):
        return unavailable(request, certain=recognised(request) is None)
    return errors.broken(request)


def unavailable(request: HttpRequest, *, certain: bool = True) -> HttpResponse:
    """The database does not answer just now. A form of staff is given back with all that was typed.

    `certain`: whether it is certain that nothing of it was saved.
    """
    response = kept.database_lost(request, certain=certain) or told_page(
        request,
        503,
        Told(
            _("Encircle cannot answer just now"),
            _("The database does not answer. Nothing was lost that had been saved."),
            _("Wait a moment and load the page again. If a child is in danger now, use the telephone."),
            _("Try again"),
            request.path,
        ),
    )
    response.headers["Retry-After"] = SECONDS
    return response


def _is_certain(request: HttpRequest, lost: Exception) -> bool:
    """Nothing was saved before anybody was recognised, nor by a transaction that was lost on its way."""
    if isinstance(lost, Unavailable):
        return lost.code != "not_certain"
    return recognised(request) is None
