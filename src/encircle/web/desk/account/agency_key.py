"""A new key of one's agency, on the page of keys: made, and what stands sealed anew. Decides nothing."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encircle.actions.agency_key import Why, make_new_key, renewal_of, seal_anew
from encircle.actions.context import Who
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking

DONE: dict[str, str | Promise] = {
    "renew": _("Your agency has a new key. What is written from now on is sealed to it."),
    "anew": _("What was sealed anew opens with the new key alone."),
}
WHY: dict[Why, str | Promise] = {
    Why.LEFT: _("Somebody left who may have copied it."),
    Why.SEEN: _("A passphrase or a device may be in wrong hands."),
    Why.REGULARLY: _("The agency changes its key from time to time."),
}


def told_of_renewal(request: HttpRequest, who: Who) -> dict[str, object]:
    """What the page tells of a new key, and what it asks for one."""
    form = Asking(asking.sent(request))
    words = [(why.value, text) for why, text in WHY.items()]
    return {
        "renewal": renewal_of(who),
        "renewal_fields": (form.choice("reason", _("Why is a new key made?"), words),),
    }


def _renew(request: HttpRequest, who: Who, key: str) -> None:
    """The key, then the first batch; where that is stopped, the page shows what is left."""
    confirmed = request.POST.get("confirmed") == "yes"
    make_new_key(who, in_place_of=key, reason=request.POST.get("reason", ""), confirmed=confirmed)
    seal_anew(who)


def _anew(request: HttpRequest, who: Who, whom: str) -> None:
    seal_anew(who)


ACTS: dict[str, Callable[[HttpRequest, Who, str], None]] = {"renew": _renew, "anew": _anew}
