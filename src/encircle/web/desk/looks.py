"""Who has looked: the journal of one record, and of oneself, in words. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.looks import Looks, LooksAsked, looks_at, looks_of
from encircle.core.journal.entry import EntryKind
from encircle.records.journal.history import Line
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose, purpose_of
from encircle.web.page import when, wording
from encircle.web.page.field import Field, one_of
from encircle.web.page.staff import for_staff
from encircle.web.page.visit import VISITS

KINDS: dict[str, str | Promise] = {
    EntryKind.LOOK: gettext_lazy("Looked"),
    EntryKind.WRITE: gettext_lazy("Wrote"),
    EntryKind.REFUSAL: gettext_lazy("Was refused"),
    EntryKind.DISCLOSURE: gettext_lazy("Passed on"),
    EntryKind.EXPORT: gettext_lazy("Took out"),
}
"""What was done; kinds that no record has are left out."""

PURPOSES: dict[str, str | Promise] = {
    Purpose.WORK_LIST: gettext_lazy("to see what has to be done"),
    Purpose.PROTECT: gettext_lazy("to protect the child"),
    Purpose.RECORD: gettext_lazy("to write down what happened"),
    Purpose.SEARCH: gettext_lazy("to find a record"),
    Purpose.EMERGENCY: gettext_lazy("to help in an emergency"),
    Purpose.TRIAGE: gettext_lazy("to decide on a concern"),
    Purpose.CASELOAD: gettext_lazy("to go through a caseload"),
    Purpose.COMPLAINTS: gettext_lazy("to answer complaints"),
    Purpose.OPEN_CASE: gettext_lazy("to open a record"),
    Purpose.COOPERATE: gettext_lazy("to work together with other agencies"),
    Purpose.CROSS_BORDER: gettext_lazy("to ask or answer another country"),
    Purpose.CHILDS_PAGE: gettext_lazy("to hand over the child's page"),
    Purpose.ACCOUNT_FOR: gettext_lazy("to see who has looked"),
    Purpose.SUPERVISE: gettext_lazy("to see what people of the agency look at"),
    Purpose.ASK_OWNER: gettext_lazy("to ask whose child it is"),
    Purpose.OWN_DUTIES: gettext_lazy("to see what the agency owes"),
    Purpose.COUNTRYS_DUTIES: gettext_lazy("to see what the country owes"),
    Purpose.LOAD_EXAMPLES: gettext_lazy("to load examples"),
}


@dataclass(frozen=True, slots=True)
class LookRow:
    """One entry in words."""

    at: str
    did: str
    person: str
    agency: str
    role: str
    purpose: str
    groups: str
    number: str
    signed: bool


@dataclass(frozen=True, slots=True)
class LooksPage:
    """A page of entries. `number`: of the record; empty for one's own. `older`, `newest`: addresses of other pages."""

    number: str
    name: str
    rows: tuple[LookRow, ...]
    fields: tuple[Field, ...]
    older: str
    newest: str
    may_give: bool = False


@purpose(Purpose.ACCOUNT_FOR)
@require_safe
@for_staff
def looks(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """Who has looked at this record."""
    found = looks_at(who, number, purpose=purpose_of(request), asked=_asked(request))
    return render(request, "desk/looks.html", {"page": looks_page(found)})


@purpose(Purpose.WORK_LIST)
@require_safe
@for_staff
def my_looks(request: HttpRequest, who: Who) -> HttpResponse:
    """What the person who is signed in has looked at."""
    found = looks_of(who, purpose=purpose_of(request), asked=_asked(request))
    return render(request, "desk/looks.html", {"page": looks_page(found)})


def looks_page(found: Looks) -> LooksPage:
    """The page for those entries."""
    asked = found.asked
    chosen = {"kind": asked.kind, "agency": asked.agency, "person": asked.person}
    kept = {name: value for name, value in chosen.items() if value}
    return LooksPage(
        number=found.number,
        name=found.name,
        rows=tuple(look_row(line, found.zone) for line in found.lines),
        fields=tuple(_fields(found)),
        older=f"?{urlencode({**kept, 'before': found.next_page})}" if found.next_page else "",
        newest=f"?{urlencode(kept)}" if asked.before else "",
        may_give=found.may_give,
    )


def _fields(found: Looks) -> Iterator[Field]:
    asked = found.asked
    yield one_of("kind", _("What was done"), _("Everything"), KINDS.items(), asked.kind)
    if found.agencies:
        yield one_of("agency", _("Agency"), _("All"), found.agencies.items(), asked.agency)
    if found.people:
        yield one_of("person", _("Person"), _("All"), found.people.items(), asked.person)


def look_row(line: Line, zone: str) -> LookRow:
    """One entry in words, its time in that zone."""
    role = "" if line.role is None else wording.plain(line.role)
    return LookRow(
        at=when.minute(line.at, zone),
        did=str(KINDS.get(line.kind, wording.plain(line.kind))),
        person=line.person or program_named(line.program) or _("The system"),
        agency=line.agency_name,
        role=role,
        purpose=_purpose(line),
        groups=", ".join(str(wording.GROUPS[FieldGroup(group)]) for group in line.groups),
        number=line.number or "",
        signed=line.signed,
    )


def program_named(name: str) -> str:
    """A program of the agency that stands beside it, by what the agency calls it; empty, where there is none."""
    return _("a program of this agency: {name}").format(name=name) if name else ""


def _purpose(line: Line) -> str:
    """What the page is for; and to what end the record was visited, where that is told."""
    known = {one.value: words for one, words in VISITS.items()}
    page = str(PURPOSES.get(line.purpose or "", wording.plain(line.purpose or "")))
    visit = "" if line.visit is None else str(known.get(line.visit, wording.plain(line.visit)))
    return " · ".join(word for word in (visit, page) if word)


def _asked(request: HttpRequest) -> LooksAsked:
    given = request.GET
    return LooksAsked(
        *(given.get(name, "")[:100].replace("\0", "") for name in ("kind", "agency", "person", "before"))
    )
