"""Parts of a record opened by decision: what runs, opening one more, ending one. Decides nothing."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from encircle.actions.context import Who
from encircle.actions.opened import DAYS, OpenedPart, OpenedParts, end_opened_part, open_part_to, opened_parts
from encircle.actions.permit import NotAllowed, NotSeen
from encircle.actions.sharing import Agreement
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.web.desk.agreements import ONWARD
from encircle.web.desk.forms import asking
from encircle.web.desk.forms.asking import Asking
from encircle.web.gate import purpose
from encircle.web.page import when, wording
from encircle.web.page.again import asks_again
from encircle.web.page.field import Field, FieldKind, problems_of
from encircle.web.page.name import name_of
from encircle.web.page.staff import for_staff
from encircle.web.page.why_not import why_not

TIMES: dict[int, str | Promise] = {
    7: gettext_lazy("for a week"),
    30: gettext_lazy("for 30 days"),
    90: gettext_lazy("for 90 days"),
    365: gettext_lazy("for a year"),
}


@dataclass(frozen=True, slots=True)
class PartView:
    """One decision. `words`: the free text of the part is open too."""

    id: str
    agency: str
    part: str | Promise
    words: bool
    runs: bool
    since: str
    until: str
    reason: str
    basis: str
    by: str
    may_end: bool
    agreement: str
    onward: str | Promise


@purpose(Purpose.PROTECT)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("reason")
@for_staff
@asks_again
def opened(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """What decisions have opened of that record; opening a part; ending it earlier."""
    form, status, told = Asking(asking.sent(request)), 200, None
    if request.method == "POST":
        try:
            _do(who, number, form, request.POST.get("do", ""))
            return redirect(f"{reverse('opened_parts', args=[number])}?done")
        except (NotSeen, NotAllowed):
            raise
        except BadInput as wrong:
            form, status = Asking(form.typed, {wrong.where: str(why_not(wrong))}), 422
        except Refused as refused:
            told, status = why_not(refused), 409
    seen = opened_parts(who, number)
    fields = _fields(seen, form)
    shown = {
        "number": seen.told.number,
        "name": name_of(seen.told.situation),
        "items": tuple(_view(one, seen) for one in seen.items),
        "fields": fields,
        "problems": problems_of(fields),
        "refused": told,
        "done": "done" in request.GET and told is None,
        "token": form.token,
    }
    return render(request, "desk/opened.html", shown, status=status)


def _do(who: Who, number: str, form: Asking, do: str) -> None:
    typed = form.typed
    if do != "open":
        end_opened_part(who, number, do.removeprefix("end-"))
        return
    groups = {group.value: group for group in FieldGroup}
    days = {str(days): days for days in DAYS}
    open_part_to(
        who,
        number,
        AgencyId(typed.one("agency")),
        groups.get(typed.one("group"), FieldGroup.MINIMUM),
        days=days.get(typed.one("days"), 0),
        basis=typed.one("basis"),
        reason=typed.one("reason"),
        token=form.token,
        agreement=typed.one("agreement"),
    )


def _fields(seen: OpenedParts, form: Asking) -> tuple[Field, ...]:
    """The form, for who may open something to somebody."""
    if not (seen.groups and seen.agencies):
        return ()
    rests: tuple[Field, ...] = ()
    if seen.agreements:
        none = ("", _("None: on the basis below"))
        named = [(one.id, _agreement(one)) for one in seen.agreements]
        rests = (
            form.choice(
                "agreement", _("On which agreement?"), [none, *named], kind=FieldKind.SELECT, optional=True
            ),
        )
    return (
        form.choice("agency", _("To which agency?"), seen.agencies, kind=FieldKind.SELECT),
        form.choice(
            "group", _("Which part?"), [(group.value, wording.GROUPS[group]) for group in seen.groups]
        ),
        form.choice("days", _("For how long?"), [(str(days), TIMES[days]) for days in DAYS]),
        *rests,
        form.line(
            "basis",
            _("On which legal basis?"),
            hint=_("Act and article in short, in Latin letters, such as Child Protection Act 31."),
            optional=bool(rests),
        ),
        form.text(
            "reason", _("What do they need it for?"), hint=_("All who take part in this record read this.")
        ),
    )


def _agreement(one: Agreement) -> str:
    parts = "; ".join(str(wording.GROUPS[group]) for group in FieldGroup if group in one.terms.groups)
    return f"{one.taker_name}: {parts} ({one.basis}, {when.written(one.terms.last)})"


def _view(one: OpenedPart, seen: OpenedParts) -> PartView:
    zone = seen.told.law.zone
    return PartView(
        id=one.id,
        agency=one.agency_name,
        part=wording.GROUPS[one.group],
        words=one.words,
        runs=one.runs,
        since=when.day(one.since, zone),
        until=when.day(one.until, zone),
        reason=one.reason or _("What was written is erased."),
        basis=one.basis,
        by=", ".join(word for word in (one.by, one.by_agency) if word),
        may_end=one.runs and (seen.ends_all or one.person == seen.person),
        agreement="" if one.agreement is None else reverse("agreement", args=[one.agreement]),
        onward="" if one.onward is None else ONWARD[one.onward],
    )
