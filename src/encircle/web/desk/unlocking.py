"""What is sealed to a desk and shut: the page that asks for the passphrase, with what was typed before. Decides nothing."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from encircle.actions.context import Who
from encircle.actions.own_key import held_by_visit
from encircle.actions.people_keys import unlock, with_unlocked
from encircle.actions.reports.trial import PASSPHRASE
from encircle.web.desk.forms.asking import Asking
from encircle.web.page import held_key


def shut(request: HttpRequest, form: Asking, names: Iterable[str], *, status: int) -> HttpResponse:
    """The page that asks for it; `names`: of the fields whose words are carried along."""
    kept = {name: form.typed.one(name) for name in names}
    shown: dict[str, object] = {
        "problem": form.problems.get("passphrase", ""),
        "typed": kept,
        "token": form.token,
    }
    if settings.DEMO:
        shown["told"] = PASSPHRASE
    return render(request, "desk/talk_shut.html", shown, status=status)


def unlocked(request: HttpRequest, who: Who, typed_before: Callable[[], HttpResponse]) -> HttpResponse:
    """The page again; with what was typed before the key was shut, where there is something. Refuses: BadInput."""
    session = request.session.session_key or ""
    held = unlock(who, request.POST.get("passphrase", ""), session=session)
    held_key.keep(request, held)
    if not any(request.POST.get(name) for name in ("words", "summary", "told")):
        return redirect(f"{request.path}?done=unlock")
    with with_unlocked(held_by_visit(held, session=session, person=who.person)):
        return typed_before()


def language(code: str) -> str:
    """The name of a language, as far as it is known."""
    try:
        return str(_(get_language_info(code)["name"]))
    except KeyError:
        return code
