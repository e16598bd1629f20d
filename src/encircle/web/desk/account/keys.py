"""Keys: one's passphrase set, changed, unlocked for this visit and locked again; the agency's key given. Decides nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from encircle.actions.context import Who
from encircle.actions.own_key import note_locked
from encircle.actions.people_keys import (
    change_passphrase,
    give_agency_key,
    keys_of,
    set_passphrase,
    unlock,
)
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.web.desk.account import agency_key, forgotten_key, key_by_passkey
from encircle.web.gate import purpose
from encircle.web.page import held_key
from encircle.web.page.again import asks_again
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

LONGEST = 600
DONE: dict[str, str | Promise] = {
    "set": _("Your passphrase is set, and your key is open for this visit."),
    "unlock": _("Your key is open until you sign out, lock it or leave the page unused."),
    "change": _("Your passphrase is changed."),
    "lock": _("Your key is locked."),
    "give": _("Your colleague has the key of your agency."),
    **key_by_passkey.DONE,
    **agency_key.DONE,
    **forgotten_key.DONE,
}


@purpose(Purpose.SIGN_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("passphrase", "new", "again", *key_by_passkey.SENT)
@for_staff
@asks_again
def my_keys(request: HttpRequest, who: Who) -> HttpResponse:
    """How it stands; and what was asked for."""
    problems: dict[str, str] = {}
    if request.method == "POST":
        do, _colon, whom = request.POST.get("do", "").partition("-")
        try:
            if do in _ACTS:
                _ACTS[do](request, who, whom)
                return redirect(f"{request.path}?done={do}")
        except BadInput as wrong:
            problems = {wrong.where: str(why_not(wrong))}
    keys = keys_of(who)
    told: dict[str, object] = {
        **agency_key.told_of_renewal(request, who),
        **forgotten_key.told_of_ending(request, who),
        "keys": keys,
        "by_passkey": key_by_passkey.by_passkey(request, who, is_unlocked=keys.is_unlocked),
        "problems": problems,
        "done": DONE.get(request.GET.get("done", "")) if not problems else None,
    }
    return render(request, "desk/keys.html", told, status=422 if problems else 200)


def _set(request: HttpRequest, who: Who, whom: str) -> None:
    text = set_passphrase(
        who, _typed(request, "passphrase"), again=_typed(request, "again"), session=_id(request)
    )
    held_key.keep(request, text)


def _unlock(request: HttpRequest, who: Who, whom: str) -> None:
    held_key.keep(request, unlock(who, _typed(request, "passphrase"), session=_id(request)))


def _change(request: HttpRequest, who: Who, whom: str) -> None:
    text = change_passphrase(
        who,
        _typed(request, "passphrase"),
        new=_typed(request, "new"),
        again=_typed(request, "again"),
        session=_id(request),
    )
    held_key.keep(request, text)


def _lock(request: HttpRequest, who: Who, whom: str) -> None:
    held_key.drop(request)
    note_locked(who)


def _give(request: HttpRequest, who: Who, whom: str) -> None:
    give_agency_key(who, whom)


_ACTS: dict[str, Callable[[HttpRequest, Who, str], None]] = {
    "set": _set,
    "unlock": _unlock,
    "change": _change,
    "lock": _lock,
    "give": _give,
    **key_by_passkey.ACTS,
    **agency_key.ACTS,
    **forgotten_key.ACTS,
}


def _typed(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "")[:LONGEST]


def _id(request: HttpRequest) -> str:
    return request.session.session_key or ""
