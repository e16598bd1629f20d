"""What is sealed to a desk: asking for the passphrase, with what was typed before, and answering what was refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from encircle.actions.context import Who
from encircle.actions.own_key import held_by_visit
from encircle.actions.people_keys import unlock, with_unlocked
from encircle.actions.permit import NotAllowed
from encircle.actions.reports.desk import NoReport, NotUnlocked
from encircle.actions.reports.trial import PASSPHRASE
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.web.desk.forms.asking import Asking
from encircle.web.page import held_key
from encircle.web.page.why_not import WhyNot, why_not

Words = str | Promise
Again = Callable[[Asking, WhyNot | None, int], HttpResponse]


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is shut: its title, the page of its list and what that is called, and who can read it."""

    title: Words
    address: str
    list: Words
    heading: Words
    read_by: Words
    note: Words = ""


_BY_DESKS = gettext_lazy(
    "Only people of the agencies that receive reports can read it, each with their own key. Who runs the server cannot."
)
REPORT = Sealed(
    gettext_lazy("A report from the door"),
    "reports",
    gettext_lazy("Reports from the door"),
    gettext_lazy("This report is sealed"),
    _BY_DESKS,
    gettext_lazy(
        "A report that came before your agency received any stays sealed to the others."
        " They can answer it, or open a concern."
    ),
)
TALK = Sealed(
    gettext_lazy("A talk at the door"),
    "talks",
    gettext_lazy("Talks"),
    gettext_lazy("This talk is sealed"),
    _BY_DESKS,
)
COMPLAINT = Sealed(
    gettext_lazy("A complaint"),
    "complaints",
    gettext_lazy("Complaints"),
    gettext_lazy("This complaint is sealed"),
    gettext_lazy(
        "Only people of the body that received it can read it, each with their own key. Who runs the server cannot."
    ),
)


def answered(
    act: Callable[[], HttpResponse | None],
    again: Again,
    *,
    typed: Asking,
    renamed: Mapping[str, str] | None = None,
) -> HttpResponse:
    """What an act on something sealed answers; without an answer, or where it was refused, the page again with why.

    `renamed`: the field of this form for a field of the action. What is not there or not one's own is as if it were not.
    """
    form, status, refused = typed, 200, None
    try:
        answer = act()
        if answer is not None:
            return answer
    except BadInput as wrong:
        where = (renamed or {}).get(wrong.where, wrong.where)
        form, status = Asking(form.typed, {where: str(why_not(wrong))}), 422
    except NotAllowed:
        raise
    except NoReport as gone:
        raise Http404(gone.code) from gone
    except NotUnlocked:
        status = 409
    except Refused as why:
        refused, status = why_not(why), 409
    return again(form, refused, status)


def shut(
    request: HttpRequest, form: Asking, what: Sealed, names: Iterable[str], *, status: int
) -> HttpResponse:
    """The page that asks for the passphrase; `names`: of the fields whose words are carried along."""
    kept = {name: form.typed.one(name) for name in names}
    shown: dict[str, object] = {
        "what": what,
        "back": reverse(what.address),
        "problem": form.problems.get("passphrase", ""),
        "typed": kept,
        "token": form.token,
    }
    if settings.DEMO:
        shown["told"] = PASSPHRASE
    return render(request, "desk/sealed_shut.html", shown, status=status)


def unlocked(
    request: HttpRequest, who: Who, names: Iterable[str], typed_before: Callable[[], HttpResponse]
) -> HttpResponse:
    """The page again; with what was typed before the key was shut, where there is something. Refuses: BadInput."""
    session = request.session.session_key or ""
    held = unlock(who, request.POST.get("passphrase", ""), session=session)
    held_key.keep(request, held)
    if not any(request.POST.get(name) for name in names):
        return redirect(f"{request.path}?done=unlock")
    with with_unlocked(held_by_visit(held, session=session, person=who.person)):
        return typed_before()


def language(code: str) -> str:
    """The name of a language, as far as it is known."""
    try:
        return str(_(get_language_info(code)["name"]))
    except KeyError:
        return code
