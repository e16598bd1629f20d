"""A forgotten passphrase, on the page of keys: one's own key ended, or that of a colleague. Decides nothing."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encircle.actions.context import Who
from encircle.actions.forgotten_key import Ending, end_key_of, end_own_key, ending_of
from encircle.actions.whose_law import law_for
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.page import held_key, when
from encircle.web.page.sign_in_told import done_here

DONE: dict[str, str | Promise] = {
    "forget": _("Your key has ended. Set a new passphrase; then a colleague gives you the agency's key."),
    "end": _(
        "The key has ended. Your colleague is told; when they have set a new passphrase, give them the agency's key."
    ),
}


def told_of_ending(request: HttpRequest, who: Who) -> dict[str, object]:
    """That one's own key was ended; and of whom one could end it."""
    ending, form = ending_of(who), Asking(asking.sent(request))
    asked = form.choice("whose", _("Whose passphrase is forgotten?"), ending.colleagues)
    return {"ended": _ended(ending), "ending_fields": (asked,) if ending.colleagues else ()}


def _ended(ending: Ending) -> str:
    if ending.ended_at is None:
        return ""
    minute = when.minute(ending.ended_at, law_for(settings.COUNTRY).zone)
    if not ending.ended_by:
        return str(_("You ended your earlier key: {when}.")).format(when=minute)
    words = _(
        "{who} ended your earlier key, as its passphrase was forgotten: {when}. If you had not asked for that, tell your"
        " supervisor at once."
    )
    return str(words).format(who=ending.ended_by, when=minute)


def _forget(request: HttpRequest, who: Who, whom: str) -> None:
    end_own_key(who, confirmed=request.POST.get("confirmed") == "yes")
    held_key.drop(request)
    done_here(request)


def _end(request: HttpRequest, who: Who, whom: str) -> None:
    end_key_of(who, request.POST.get("whose", ""), confirmed=request.POST.get("confirmed") == "yes")


ACTS: dict[str, Callable[[HttpRequest, Who, str], None]] = {"forget": _forget, "end": _end}
