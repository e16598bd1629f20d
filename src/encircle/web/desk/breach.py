"""The breach pack as a page and as files: what an account of one's agency did, for who has to report it. Decides nothing."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from encircle.actions.breach import (
    BreachAsked,
    BreachPack,
    as_csv,
    as_paper,
    as_proofs,
    breach_of,
    breach_to_take_out,
)
from encircle.actions.context import Who
from encircle.actions.supervised import LooksOfAsked
from encircle.host.document import as_pdf
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput
from encircle.web.desk.supervised import chosen, looks_asked, of_whom
from encircle.web.gate import purpose
from encircle.web.page import spreadsheet
from encircle.web.page.errors import not_found
from encircle.web.page.field import Field, one_of, problems_of
from encircle.web.page.paper import attached, paper_view
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not


@purpose(Purpose.SUPERVISE)
@require_safe
@for_staff
def breach(request: HttpRequest, who: Who) -> HttpResponse:
    """What one account did in some days: records by number, parts, times, what was passed on and taken out."""
    asked, wrong = looks_asked(request), ""
    try:
        found = breach_of(who, asked)
    except BadInput as refused:
        wrong = str(why_not(refused))
        found = breach_of(who, LooksOfAsked())
    fields = _fields(found, asked, wrong)
    pack = found.pack
    shown = {
        "fields": fields,
        "problems": problems_of(fields),
        "paper": None if pack is None else paper_view(as_paper(pack)),
        "nothing": pack is not None and not pack.entries,
        "files": () if pack is None else _files(asked),
    }
    return render(request, "desk/breach.html", shown, status=422 if wrong else 200)


@purpose(Purpose.SUPERVISE)
@require_safe
@for_staff
def breach_file(request: HttpRequest, who: Who, kind: str) -> HttpResponse:
    """The same as a file: the report, each entry, or the proofs. Nobody is named in its name."""
    if kind not in _KINDS:
        return not_found(request)
    try:
        pack = breach_to_take_out(who, looks_asked(request)).pack
    except BadInput:
        pack = None
    return not_found(request) if pack is None else _as_file(pack, kind)


def _as_file(pack: BreachPack, kind: str) -> HttpResponse:
    if kind == "report":
        return attached(as_pdf(as_paper(pack)), "report.pdf")
    if kind == "entries":
        return spreadsheet.attached(as_csv(pack), name="entries.csv")
    return spreadsheet.attached(as_proofs(pack), name="proofs.json", kind="application/json")


def _files(asked: LooksOfAsked) -> tuple[tuple[str, str], ...]:
    kept = {
        name: value
        for name, value in (("person", chosen(asked)), ("since", asked.since), ("until", asked.until))
        if value
    }
    words = {
        "report": _("The report to print (PDF)"),
        "entries": _("Each entry (CSV)"),
        "proofs": _("The proofs (JSON)"),
    }
    return tuple((f"{reverse('breach_file', args=[kind])}?{urlencode(kept)}", words[kind]) for kind in _KINDS)


def _fields(found: BreachAsked, asked: LooksOfAsked, wrong: str) -> tuple[Field, ...]:
    day = _("A day, such as 2026-11-28")
    return (
        one_of("person", _("Account or program"), _("Nobody yet"), of_whom(found), chosen(asked)),
        Field("since", _("From"), hint=day, value=asked.since, optional=True),
        Field("until", _("Until"), hint=day, value=asked.until, optional=True, problem=wrong),
    )


_KINDS = ("report", "entries", "proofs")
