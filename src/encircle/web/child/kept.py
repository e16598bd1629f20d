"""What a child was writing when the page closed: sealed to its record, and given back after the code, to nobody else."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from encircle.actions.keys import KeptForm, open_kept, open_mark, seal_kept
from encircle.web.child.form import FORMS, form_shown

OWNER, CARRIED = "mark", "carried"
_NOT_OPEN = 403


@dataclass(frozen=True, slots=True)
class Carried:
    """Of which record, which form, and what was typed."""

    record: str
    form: str
    about: str
    words: str


def closed(request: HttpRequest) -> HttpResponse:
    """The question for the code, with what was typed sealed inside: it can be read by nobody who has no code."""
    mark = open_mark(request.POST.get(OWNER, ""))
    sealed = ""
    if mark is not None and mark.page in FORMS:
        values = tuple((name, (request.POST.get(name, ""),)) for name in ("about", "words"))
        sealed = seal_kept(KeptForm(mark.page, "", values, files=False), account=mark.account)
    return code_page(request, carried=sealed, status=_NOT_OPEN)


def code_page(
    request: HttpRequest, *, wrong: bool = False, carried: str = "", demo: bool = False, status: int = 200
) -> HttpResponse:
    """The question for the code."""
    shown = {
        "wrong": wrong,
        "typed": request.POST.get("code", "")[:40],
        "carried": carried,
        "demo": demo,
    }
    return render(request, "child/code.html", shown, status=status)


def given(request: HttpRequest, *, record: str) -> Carried | None:
    """What comes back after the code of the same child; None where nothing was carried, or it is another child's."""
    sealed = request.POST.get(CARRIED, "")
    form = open_kept(sealed, account=record) if sealed and record else None
    if form is None or form.page not in FORMS:
        return None
    values = dict(form.values)
    return Carried(record, form.page, values["about"][0], values["words"][0])


def shown(request: HttpRequest, carried: Carried) -> HttpResponse:
    """The form with what was typed; nothing is saved yet."""
    page = form_shown(
        carried.form, record=carried.record, about=carried.about, typed=carried.words, given_back=True
    )
    return render(request, "child/write.html", page)
