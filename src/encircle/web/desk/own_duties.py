"""What we owe as an agency, and what the country owes: the duties of an own record, recorded there and taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions.act import AlreadySaved, NotTaken, Statement, Writing
from encircle.actions.context import Who
from encircle.actions.own_record import OwnRecord, own_record, state, take_back, types_of
from encircle.core.duty.answering import types_for_evidence
from encircle.core.duty.row import STANDING
from encircle.records.refusal import Conflict
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.facts import Counts, FactList, FactView, fact_list
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.desk.forms.questions import questions, values
from encircle.web.desk.forms.telling import told
from encircle.web.desk.forms.typed_time import written
from encircle.web.desk.ledger import Duty
from encircle.web.desk.ways import Link
from encircle.web.gate import purpose
from encircle.web.page import errors, when, wording
from encircle.web.page.field import Field, problems_of
from encircle.web.page.staff import for_staff

Words = str | Promise

TITLES: Mapping[Kind, Words] = {
    Kind.AGENCY: gettext_lazy("What we owe as an agency"),
    Kind.INSTALLATION: gettext_lazy("What our country owes"),
}
LEADS: Mapping[Kind, Words] = {
    Kind.AGENCY: gettext_lazy(
        "Duties of your agency, whatever child it works with. Everybody who works in it can see and record them."
    ),
    Kind.INSTALLATION: gettext_lazy(
        "Duties of the country as such, whatever child is concerned. The coordinator keeps them."
    ),
}
PAGE: Mapping[Kind, str] = {Kind.AGENCY: "own_duties", Kind.INSTALLATION: "countrys_duties"}


@dataclass(frozen=True)
class OwnDuty(Duty):
    """One duty of an own record, as the ledger shows a duty, with the ways to record what is missing there."""

    whose: Kind = Kind.AGENCY

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"duty-{self.code}"

    @property
    def owner(self) -> str:
        """Who owes it."""
        if self.whose is Kind.AGENCY and self.look.own is not None:
            return self.look.agencies[self.look.own].name
        return wording.titled(self.row.rule.owner.value)

    @cached_property
    def ways(self) -> tuple[Link, ...]:
        """The forms that give what is missing; before all, what would say whether the duty stands."""
        if self.row.state not in STANDING:
            return ()
        lacking = set(self.row.missing)
        asked = [one for one in self.row.rule.evidence if one.id in lacking]
        unknown = () if self.row.unknown is None else self.row.unknown.missing
        names = dict.fromkeys((*unknown, *(name for one in asked for name in types_for_evidence(one))))
        return tuple(way(self.whose, name) for name in names if name in types_of(self.whose))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the record: what it says, by whom, since when it counts no more."""

    view: FactView
    href: str


def way(whose: Kind, name: str) -> Link:
    """The way to the form of that type."""
    return Link(
        wording.titled(name),
        FACT_TYPES[name].doc,
        reverse(f"{PAGE[whose]}_record", args=[name.replace("_", "-")]),
    )


@purpose(Purpose.OWN_DUTIES)
@require_safe
@for_staff
def own_duties(request: HttpRequest, who: Who) -> HttpResponse:
    """What my agency owes as an agency."""
    return _duties(request, who, Kind.AGENCY)


@purpose(Purpose.COUNTRYS_DUTIES)
@require_safe
@for_staff
def countrys_duties(request: HttpRequest, who: Who) -> HttpResponse:
    """What the country owes as a country."""
    return _duties(request, who, Kind.INSTALLATION)


@purpose(Purpose.OWN_DUTIES)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def own_duties_record(request: HttpRequest, who: Who, slug: str) -> HttpResponse:
    """Record what my agency did."""
    return _record(request, who, Kind.AGENCY, slug)


@purpose(Purpose.COUNTRYS_DUTIES)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def countrys_duties_record(request: HttpRequest, who: Who, slug: str) -> HttpResponse:
    """Record what the country did."""
    return _record(request, who, Kind.INSTALLATION, slug)


@purpose(Purpose.OWN_DUTIES)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def own_duties_take_back(request: HttpRequest, who: Who, fact: str) -> HttpResponse:
    """Take back an entry of my agency."""
    return _take_back(request, who, Kind.AGENCY, fact)


@purpose(Purpose.COUNTRYS_DUTIES)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def countrys_duties_take_back(request: HttpRequest, who: Who, fact: str) -> HttpResponse:
    """Take back an entry of the country."""
    return _take_back(request, who, Kind.INSTALLATION, fact)


def _duties(request: HttpRequest, who: Who, whose: Kind) -> HttpResponse:
    seen = own_record(who, whose)
    facts = fact_list(seen.look, page="")
    page = {
        "title": TITLES[whose],
        "lead": LEADS[whose],
        "name": seen.name,
        "duties": _rows(seen, facts),
        "entries": tuple(_entries(seen, facts)),
        "others": tuple(way(whose, name) for name in types_of(whose)),
        "done": "done" in request.GET,
    }
    return render(request, "desk/own_duties.html", page)


def _rows(seen: OwnRecord, facts: FactList) -> tuple[OwnDuty, ...]:
    """What waits first, in the order of the states; within one by code."""
    order = {state: number for number, state in enumerate(wording.STATES)}
    rows = sorted(seen.look.answer.duties, key=lambda row: (order[row.state], row.rule.code))
    return tuple(OwnDuty(row, seen.look, facts, get_language() or "en", seen.whose) for row in rows)


def _entries(seen: OwnRecord, facts: FactList) -> list[Entry]:
    """Every entry, the newest first; one that counts can be taken back."""
    views = sorted(facts.by_id.values(), key=lambda view: (view.fact.recorded, view.number), reverse=True)
    return [
        Entry(
            view,
            reverse(f"{PAGE[seen.whose]}_take_back", args=[view.fact.id])
            if view.counts in (Counts.COUNTS, Counts.LATER)
            else "",
        )
        for view in views
    ]


def _record(request: HttpRequest, who: Who, whose: Kind, slug: str) -> HttpResponse:
    name = slug.replace("-", "_")
    if name not in types_of(whose):
        return errors.not_found(request)
    seen = own_record(who, whose)
    form = Asking(asking.sent(request))
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        now = when.local(seen.look.now, seen.look.law.zone)
        statement = Statement(
            type=name,
            values=values(name, form.typed, now=now),
            happened=written(form.typed.one("happened"), now=now) or None,
        )
        try:
            state(who, whose, statement, token=form.token)
            return redirect(f"{reverse(PAGE[whose])}?done")
        except NotTaken as refused:
            problems = told(refused.problems, [name])
        except (AlreadySaved, Conflict) as refused:
            problems = {"": str(refused)}
    return _form(request, seen, name, Asking(form.typed, problems), token=form.token)


def _form(request: HttpRequest, seen: OwnRecord, name: str, form: Asking, *, token: str) -> HttpResponse:
    happened = form.line(
        "happened",
        _("When did it happen?"),
        hint=_("Empty: now. Else for example 28.11.2026 14:30, yesterday, November 2026 or 2026."),
        optional=True,
    )
    asked = questions(name, writing=_writing(seen), typed=form.typed, problems=dict_of(form.problems))
    fields: tuple[Field, ...] = (*asked.values(), happened)
    others = tuple(("form", str(words)) for key, words in form.problems.items() if not key)
    page = {
        "title": wording.titled(name),
        "question": FACT_TYPES[name].doc,
        "back": reverse(PAGE[seen.whose]),
        "back_words": TITLES[seen.whose],
        "fields": fields,
        "problems": (*others, *problems_of(fields)),
        "token": token,
    }
    return render(request, "desk/own_duties_record.html", page, status=400 if form.problems else 200)


def dict_of(problems: Mapping[str, Words]) -> dict[str, str]:
    """The problems by field, in the language of the page."""
    return {name: str(words) for name, words in problems.items()}


def _take_back(request: HttpRequest, who: Who, whose: Kind, fact: str) -> HttpResponse:
    seen = own_record(who, whose)
    view = fact_list(seen.look, page="").by_id.get(FactId(fact))
    if view is None:
        return errors.not_found(request)
    form = Asking(asking.sent(request))
    problems: dict[str, Words] = {}
    if request.method == "POST":
        try:
            take_back(who, whose, view.fact.id, reasons=form.typed.one("reasons"), token=form.token)
            return redirect(f"{reverse(PAGE[whose])}?done")
        except NotTaken:
            problems = {"reasons": _("Write why it is taken back, at most 20,000 characters.")}
        except (AlreadySaved, Conflict) as refused:
            problems = {"reasons": str(refused)}
    reasons = Asking(form.typed, problems).text("reasons", _("Why is it taken back?"))
    page = {
        "title": view.title,
        "entry": view,
        "back": reverse(PAGE[whose]),
        "back_words": TITLES[whose],
        "fields": (reasons,),
        "problems": problems_of((reasons,)),
        "token": form.token,
    }
    return render(request, "desk/own_duties_take_back.html", page, status=400 if problems else 200)


def _writing(seen: OwnRecord) -> Writing:
    """The record as a form asks about it."""
    look = seen.look
    return Writing(
        number=look.number,
        kind=look.kind,
        law=look.law,
        now=look.now,
        own=next(iter(look.agencies)),
        allowed=look.allowed,
        facts=look.facts,
        situation=look.answer.folded.earliest,
        duties=look.answer.duties,
        alarms=(),
        agencies=look.agencies,
        read_until=None,
    )
