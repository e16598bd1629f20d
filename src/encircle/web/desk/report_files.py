"""Files of a report: seen as cleaned copies, or given as they came. What others made is never run, framed or kept here."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.reports.body import look_at_complaint_file, original_of_complaint
from encircle.actions.reports.desk import Looked, NoReport, NotUnlocked, look_at_file, original_of
from encircle.actions.reports.files import File
from encircle.host.file.cleaning import Copy
from encircle.host.file.scanner import Scan
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose
from encircle.web.headers import MADE_BY_OTHERS, OWN_ICON, PLAYS
from encircle.web.page.file_words import FAMILIES
from encircle.web.page.part_of_file import in_parts
from encircle.web.page.staff import for_staff

Words = str | Promise
NO_COPY: Mapping[str, Words] = {
    "damaged": _("This file is damaged, or it is not what it seems to be."),
    "not_cleaned": _("Of this sort no cleaned copy can be made here."),
    "no_sandbox": _("On this server no cleaned copy can be made safely."),
    "too_much": _("It took too long, or too much memory: it may be made to harm."),
}
SCANS: Mapping[Scan, Words] = {
    Scan.NONE: _("It was not looked through for harmful programs: no scanner is set up here."),
    Scan.NOTHING_FOUND: _("A scanner has found nothing harmful in it."),
    Scan.FOUND: _("A scanner has found something harmful in it. Do not open the original."),
    Scan.NO_ANSWER: _("The scanner gave no answer: nobody knows whether it is harmful."),
}


@dataclass(frozen=True, slots=True)
class FileView:
    """A file in words. `size`: in bytes; `digest`: SHA-256 of the original."""

    id: str
    what: Words
    sort: str
    size: int
    digest: str


def file_view(file: File) -> FileView:
    """That file in words."""
    return FileView(file.id, FAMILIES[file.sort.family], file.sort.ending.upper(), file.size, file.digest)


@dataclass(frozen=True, slots=True)
class Of:
    """Of what the files are: how one is looked at and taken, and where the pages of it stand."""

    look: Callable[..., Looked]
    take: Callable[[Who, str, str], tuple[File, bytes]]
    list: str
    list_text: Words
    one: str
    one_text: Words
    copy: str


REPORT = Of(
    look_at_file,
    original_of,
    "reports",
    _("Reports from the door"),
    "report",
    _("A report from the door"),
    "report_file_copy",
)
COMPLAINT = Of(
    look_at_complaint_file,
    original_of_complaint,
    "complaints",
    _("Complaints"),
    "complaint",
    _("A complaint"),
    "complaint_file_copy",
)


def original(request: HttpRequest, who: Who, report: str, of: Of = REPORT) -> HttpResponse:
    """The file that was asked for, as it came, under a name of our own. Refuses as `original_of`."""
    file, plain = of.take(who, report, request.POST.get("file", ""))
    setattr(request, MADE_BY_OTHERS, True)
    answer = HttpResponse(plain, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="original-{file.digest[:12]}.{file.sort.ending}"'
    )
    return answer


@purpose(Purpose.TRIAGE)
@require_safe
@for_staff
def one_file(request: HttpRequest, who: Who, report: UUID, file: UUID) -> HttpResponse:
    """What a file is; a picture veiled until it is asked for, a sound or a video in the browser's own player."""
    return _page(request, who, report, file, REPORT)


@purpose(Purpose.COMPLAINTS)
@require_safe
@for_staff
def complaint_file(request: HttpRequest, who: Who, complaint: UUID, file: UUID) -> HttpResponse:
    """The same of a complaint, at the body."""
    return _page(request, who, complaint, file, COMPLAINT)


def _page(request: HttpRequest, who: Who, report: UUID, file: UUID, of: Of) -> HttpResponse:
    seen = _looked(who, report, file, of, veiled=True)
    if seen is None:
        return redirect(of.one, report)
    copy = seen.copy if isinstance(seen.copy, Copy) else None
    family = "" if copy is None else copy.sort.family
    asked = request.GET.get("show") == "1"
    setattr(request, OWN_ICON, True)
    setattr(request, PLAYS, True)
    shown = {
        "of": of,
        "list": reverse(of.list),
        "back": reverse(of.one, args=[report]),
        "copy": reverse(of.copy, args=[report, file]),
        "file": file_view(seen.file),
        "family": family,
        "text": copy.content.decode("utf-8", "replace") if copy and copy.sort.code == "text" else "",
        "asked": asked,
        "veiled": _data(copy) if copy and family == "picture" and not asked else "",
        "no_copy": "" if copy else NO_COPY[getattr(seen.copy, "why", "not_cleaned")],
        "scan": SCANS[seen.scan.result],
        "harmful": seen.scan.result is Scan.FOUND,
        "found": seen.scan.name,
    }
    return render(request, "desk/report_file_page.html", shown)


@purpose(Purpose.TRIAGE)
@require_safe
@for_staff
def file_copy(request: HttpRequest, who: Who, report: UUID, file: UUID) -> HttpResponse:
    """The cleaned copy; for a player also a part of it."""
    return _copy(request, who, report, file, REPORT)


@purpose(Purpose.COMPLAINTS)
@require_safe
@for_staff
def complaint_file_copy(request: HttpRequest, who: Who, complaint: UUID, file: UUID) -> HttpResponse:
    """The same of a complaint, at the body."""
    return _copy(request, who, complaint, file, COMPLAINT)


def _copy(request: HttpRequest, who: Who, report: UUID, file: UUID, of: Of) -> HttpResponse:
    seen = _looked(who, report, file, of, veiled=False)
    if seen is None:
        return redirect(of.one, report)
    if not isinstance(seen.copy, Copy):
        raise Http404("no_copy")
    sort = seen.copy.sort
    setattr(request, MADE_BY_OTHERS, True)
    answer = in_parts(request, seen.copy.content, media=sort.media)
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="copy-{seen.file.digest[:12]}.{sort.ending}"'
    )
    return answer


def _looked(who: Who, report: UUID, file: UUID, of: Of, *, veiled: bool) -> Looked | None:
    """The file; None, where the key is shut. What may not be seen is as what is not there."""
    try:
        return of.look(who, str(report), str(file), veiled=veiled)
    except NoReport as gone:
        raise Http404(gone.code) from gone
    except NotUnlocked:
        return None


def _data(copy: Copy) -> str:
    return f"data:{copy.sort.media};base64,{base64.b64encode(copy.content).decode()}"
