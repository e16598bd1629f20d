"""Once more: what is sealed or dangerous opens only for a while after a second step; then it is asked for again.

Two ways. A view marked with `@asks_again` asks before it answers. On all other pages of a record the sealed parts stay
closed, and the page says so. What was typed comes back, see `page/kept.py`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from encircle.actions.context import Who
from encircle.actions.permit import NotAllowed, mandates
from encircle.host.clock import now
from encircle.vocabulary.field_group import FieldGroup
from encircle.web.page import kept, second_factor
from encircle.web.page.front import recognised

View = TypeVar("View", bound=Callable[..., HttpResponse])

SEALED = frozenset({FieldGroup.LOCATION})
"""Where a child is."""
_ASKS, _CLOSED = "encircle_asks_again", "encircle_closed"
_GROUP_IS_CLOSED = "not_allowed"


def asks_again(view: View) -> View:
    """The form of this page is dangerous: it is taken only soon after a second step. Stands under `for_staff`."""
    setattr(view, _ASKS, True)
    return view


def has_to_ask(request: HttpRequest, view: Callable[..., HttpResponse]) -> bool:
    """Whether the page asks for a second step before it answers."""
    return bool(getattr(view, _ASKS, False)) and not second_factor.is_recent(request, at=now())


def with_sealed_parts(request: HttpRequest, who: Who) -> Who:
    """Who looks, with the sealed parts closed where no second step was shown lately."""
    if second_factor.is_recent(request, at=now()):
        return who
    setattr(request, _CLOSED, True)
    return replace(who, closed=SEALED)


def could_open(who: Who, refused: NotAllowed) -> bool:
    """Whether a second step might lift this refusal: the part is one of those that are closed for now."""
    return bool(who.closed) and refused.code == _GROUP_IS_CLOSED


def ask(request: HttpRequest) -> HttpResponse:
    """The way to the second step and back; for a form that was sent, with what was typed."""
    carried = kept.carried_of(request)
    if carried:
        return kept.ask_again(request, carried)
    return HttpResponseRedirect(_way(request))


def way_to_open(request: HttpRequest) -> str:
    """Where one shows it once more, on a page of a record of which sealed parts are closed for now; nothing elsewhere."""
    post, match = recognised(request), request.resolver_match
    if not getattr(request, _CLOSED, False) or post is None or match is None or "number" not in match.kwargs:
        return ""
    mandate = mandates().get(post.who.role)
    opens = mandate is not None and not SEALED.isdisjoint(mandate.sees | mandate.adds)
    return _way(request) if opens else ""


def _way(request: HttpRequest) -> str:
    here = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    return f"{reverse('again')}?{urlencode({'next': here})}"
