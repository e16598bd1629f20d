"""The access file on the desk: prepared, read, checked by a second person, given. Decides nothing."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from encircle.actions import access_file as files
from encircle.actions.access_file import AccessFile, FileRow, Files
from encircle.actions.context import Who
from encircle.actions.permit import NotAllowed, NotSeen
from encircle.core.access_file import CHOSEN, Reason, Recipient
from encircle.host.document import as_pdf
from encircle.vocabulary.identifier import FactId, is_random_id
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.web.desk.access_paper import RECIPIENTS, access_paper, said
from encircle.web.desk.facts import fact_list
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.gate import purpose
from encircle.web.page import when, wording
from encircle.web.page.field import Field, FieldKind, Option, problems_of
from encircle.web.page.name import name_of
from encircle.web.page.paper import attached, paper_view
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import WhyNot, why_not


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact as who prepares a file sees it: in the file, or left out; `fixed`: by the rule, whoever prepares it."""

    title: str
    happened: str
    said: tuple[str, ...]
    options: tuple[Option, ...]
    fixed: str | Promise


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file in the list."""

    href: str
    recipient: str | Promise
    prepared: str
    state: str | Promise


@purpose(Purpose.ACCOUNT_FOR)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def access_files(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """The files of a record; preparing one."""
    form, status, told = Asking(asking.sent(request)), 200, None
    with_place = form.typed.one("with_place") == "asked_and_safe"
    if request.method == "POST":
        try:
            return redirect("access_file", number, _prepare(who, number, form, with_place=with_place))
        except (NotSeen, NotAllowed):
            raise
        except BadInput as wrong:
            form, status = Asking(form.typed, {wrong.where: str(why_not(wrong))}), 422
        except Refused as refused:
            told, status = why_not(refused), 409
    seen = files.access_files(who, number)
    fields = _fields(seen, form)
    shown = {
        "number": number,
        "name": name_of(seen.told.situation),
        "items": tuple(_line(one, seen) for one in seen.items),
        "entries": _entries(seen, form),
        "closed": tuple(wording.GROUPS[group] for group in seen.closed),
        "is_sealed": seen.is_sealed,
        "holders": seen.holders,
        "fields": fields,
        "problems": problems_of(fields),
        "refused": told,
        "token": form.token,
    }
    return render(request, "desk/access_files.html", shown, status=status)


@purpose(Purpose.ACCOUNT_FOR)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def access_file(request: HttpRequest, who: Who, number: str, file: str) -> HttpResponse:
    """One file as it would be given; checking it, giving it, putting it aside."""
    told, status = None, 200
    if request.method == "POST":
        try:
            _do(request, who, number, file)
            return redirect(f"{reverse('access_file', args=[number, file])}?done")
        except (NotSeen, NotAllowed):
            raise
        except Refused as refused:
            told, status = why_not(refused), 409
    try:
        found = files.access_file(who, number, file)
    except (NotSeen, NotAllowed):
        raise
    except Refused as refused:
        return _not_shown(request, number, refused)
    row, zone = found.row, found.look.law.zone
    shown = {
        **_refused(number, told),
        "paper": paper_view(access_paper(found)),
        "state": _state(row),
        "prepared": when.minute(row.prepared_at, zone),
        "prepared_by": row.prepared_name,
        "checked": "" if row.checked_at is None else when.minute(row.checked_at, zone),
        "checked_by": row.checked_name,
        "recipient": RECIPIENTS[Recipient(row.recipient)],
        "may_check": _is_open(row) and row.digest is None and row.prepared_by != who.person,
        "waits": _is_open(row) and row.digest is None and row.prepared_by == who.person,
        "may_give": _is_open(row) and row.digest is not None,
        "may_drop": _is_open(row),
        "file": row.id,
        "token": Asking(asking.sent(request)).token,
        "done": "done" in request.GET and told is None,
    }
    return render(request, "desk/access_file.html", shown, status=status)


@purpose(Purpose.ACCOUNT_FOR)
@require_safe
@for_staff
def access_file_pdf(request: HttpRequest, who: Who, number: str, file: str) -> HttpResponse:
    """The same file to be printed. The number of the record is no part of its name."""
    try:
        return attached(_pdf(files.access_file(who, number, file)), "file.pdf")
    except (NotSeen, NotAllowed):
        raise
    except Refused as refused:
        return _not_shown(request, number, refused)


def _pdf(file: AccessFile) -> bytes:
    return as_pdf(access_paper(file))


def _prepare(who: Who, number: str, form: Asking, *, with_place: bool) -> str:
    recipients = {one.value: one for one in Recipient}
    languages = dict(settings.LANGUAGES)
    recipient, language = recipients.get(form.typed.one("recipient")), form.typed.one("language")
    if recipient is None:
        raise BadInput(code="no_recipient", reason=_("Choose who asks for it."), where="recipient")
    if language not in languages:
        raise BadInput(code="no_language", reason=_("Choose a language."), where="language")
    out = {}
    for chosen in form.typed.many("out"):
        fact, _colon, reason = chosen.partition(":")
        if is_random_id(fact) and reason in {one.value for one in CHOSEN}:
            out[FactId(fact)] = Reason(reason)
    return files.prepare_file(
        who,
        number,
        recipient,
        language=language,
        with_place=with_place,
        out=out,
        token=form.typed.one("token"),
    )


def _do(request: HttpRequest, who: Who, number: str, file: str) -> None:
    match request.POST.get("do", ""):
        case "check":
            files.check_file(who, number, file, make=_pdf)
        case "give":
            files.give_file(who, number, file, make=_pdf, token=request.POST.get("token", "")[:100])
        case "drop":
            files.drop(who, number, file)
        case _:
            raise files.NoSuchFile


def _fields(seen: Files, form: Asking) -> tuple[Field, ...]:
    place = [
        ("", _("No")),
        ("asked_and_safe", _("Yes: the child asked for it, and nobody else will read it")),
    ]
    fields = [
        form.choice(
            "recipient", _("Who asks for it?"), [(one.value, words) for one, words in RECIPIENTS.items()]
        ),
        form.choice("language", _("In which language?"), settings.LANGUAGES),
    ]
    if seen.place_is_open:
        hint = _("It is left out unless the child itself wants it and it is safe.")
        label = _("Should it say where the child is?")
        chosen = [form.typed.one("with_place")]
        fields.append(
            form.choice("with_place", label, place, hint=hint, chosen=chosen, kind=FieldKind.CHOICE)
        )
    return tuple(fields)


def _entries(seen: Files, form: Asking) -> tuple[Entry, ...]:
    chosen = set(form.typed.many("out"))
    choices: list[tuple[str, str | Promise]] = [
        ("", _("in the file")),
        (Reason.OTHER_PERSON, _("left out: about somebody else")),
        (Reason.INVESTIGATION, _("left out: an investigation runs")),
        (Reason.SAFETY, _("left out: somebody's safety")),
    ]
    fixed = {Reason(code): words for code, words in choices if code}
    fixed[Reason.CONFIDENTIAL] = _("left out: a confidential talk")
    fixed[Reason.SEALED] = _("sealed, and not open to you")
    return tuple(
        Entry(
            title=view.title,
            happened=view.happened,
            said=tuple(said(view.fact, seen.look)),
            options=tuple(
                Option(one := f"{view.fact.id}:{code}" if code else "", words, chosen=one in chosen)
                for code, words in choices
            ),
            fixed=fixed.get(seen.out[view.fact.id], "") if view.fact.id in seen.out else "",
        )
        for view in fact_list(seen.look).by_id.values()
    )


def _line(row: FileRow, seen: Files) -> FileLine:
    return FileLine(
        href=reverse("access_file", args=[seen.told.number, row.id]),
        recipient=RECIPIENTS[Recipient(row.recipient)],
        prepared=when.minute(row.prepared_at, seen.told.law.zone),
        state=_state(row),
    )


def _state(row: FileRow) -> str:
    if row.is_dropped:
        return _("put aside")
    if row.given_at is not None:
        return _("given")
    return _("waits for a second person") if row.digest is None else _("checked, can be given")


def _is_open(row: FileRow) -> bool:
    return not row.is_dropped and row.given_at is None


def _not_shown(request: HttpRequest, number: str, refused: Refused) -> HttpResponse:
    told = {**_refused(number, why_not(refused)), "is_sealed": isinstance(refused, files.PartSealed)}
    return render(request, "desk/access_file.html", told, status=409)


def _refused(number: str, refused: WhyNot | None) -> dict[str, object]:
    shown = {"number": number, "refused": refused, "paper": None, "state": "", "done": False}
    return {**shown, "is_sealed": False}
