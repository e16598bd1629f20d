"""Sending: the last look before a request leaves, and the record of one that has gone already."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from encircle.actions.act import Performed
from encircle.actions.context import Who
from encircle.actions.crossborder import (
    Draft,
    NoSuchRequest,
    NotSent,
    OnRecord,
    Requests,
    draft_of,
    has_been_sent,
    requests_of,
    send,
    stands_against,
)
from encircle.core.crossborder import Offered, Reason
from encircle.vocabulary.need import Need
from encircle.vocabulary.purpose import Purpose
from encircle.web.crossborder import showing
from encircle.web.crossborder.asking import Form, begun, plain
from encircle.web.crossborder.pages import saved
from encircle.web.crossborder.words import INFORMED
from encircle.web.gate import purpose
from encircle.web.page import errors, kept
from encircle.web.page.country import country
from encircle.web.page.field import Field, FieldKind, problems_of
from encircle.web.page.name import name_of
from encircle.web.page.staff import for_staff


@purpose(Purpose.CROSS_BORDER)
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def request_send(request: HttpRequest, who: Who, number: str, request_id: str) -> HttpResponse:
    """Look once more at what stands against it, then mark it as sent; or record that it has gone already."""
    seen = requests_of(who, number, page="request_act_begun")
    try:
        one = seen.one(request_id)
    except NoSuchRequest:
        return errors.not_found(request)
    offered = _offered(seen, one)
    if not seen.may_go(one) or not seen.may_write:
        return redirect("request", number=number, request_id=request_id)
    given = request.POST if request.method == "POST" else kept.typed(request)
    form = begun(given) if given is not None else _from_record(one)
    if offered is None:
        return _show(request, seen, one, None, form, ())
    draft = _draft(one, offered, form)
    if request.method == "POST" and form.one("go") in ("send", "gone"):
        return _do(request, who, seen, one, draft, form)
    return _show(request, seen, one, draft, form, stands_against(who, number, draft))


def _offered(seen: Requests, one: OnRecord) -> Offered | None:
    if one.channel is None or one.word("request_kind") not in list(Need):
        return None
    return seen.advice(Need(one.word("request_kind")), one.country).offer(one.channel.code)


def _from_record(one: OnRecord) -> Form:
    """A new form that begins with what was prepared."""
    form = begun(None)
    held = one.item["contents"]
    form.given.setlist("contents", list(map(str, held)) if isinstance(held, tuple) else [])
    form.given["informed"] = one.word("child_informed")
    return form


def _draft(one: OnRecord, offered: Offered, form: Form) -> Draft:
    known = {content.id for content in offered.channel.contents}
    held = frozenset(form.many("contents")) & known
    informed = form.one("informed")
    reasons = form.one("not_informed_reasons") if informed == "not_informed_with_reason" else ""
    return draft_of(one, offered, contents=held, informed=informed, reasons=reasons)


def _do(
    request: HttpRequest, who: Who, seen: Requests, one: OnRecord, draft: Draft, form: Form
) -> HttpResponse:
    number, due = seen.heading.number, form.day("due")

    def save() -> Performed:
        if form.one("go") == "gone":
            happened = form.day("happened") or ""
            return has_been_sent(who, number, draft, happened=happened, due=due, token=form.token)
        return send(who, number, draft, due=due, token=form.token)

    try:
        problem, status = saved(request, who, save)
    except NotSent as refused:
        return _show(request, seen, one, draft, form, refused.reasons, status=403)
    if problem:
        return _show(request, seen, one, draft, form, (), problem=problem, status=status)
    return redirect("request", number=number, request_id=one.id)


def _fields(draft: Draft, form: Form) -> tuple[Field, ...]:
    language = get_language() or "en"
    parts = [(part.id, part.text.in_(language), "") for part in draft.offered.channel.contents]
    return (
        form.choice("contents", _("The request holds"), parts, kind=FieldKind.CHOICES),
        form.choice("informed", _("Has the child been told that another country is asked?"), plain(INFORMED)),
        form.text(
            "not_informed_reasons",
            _("Why not, and when it will be done"),
            hint=_("Only if the child is not told."),
            optional=True,
        ),
        form.date(
            "due",
            _("By when is an answer agreed?"),
            hint=_("Leave it empty if only the time of the law counts."),
            optional=True,
        ),
    )


def _show(
    request: HttpRequest,
    seen: Requests,
    one: OnRecord,
    draft: Draft | None,
    form: Form,
    reasons: tuple[Reason, ...],
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    fields = () if draft is None else _fields(draft, form)
    number = seen.heading.number
    about = {
        "number": number,
        "name": name_of(seen.heading.situation),
        "country": country(one.country),
        "back": reverse("request", args=[number, one.id]),
        "address": reverse("request_send", args=[number, one.id]),
        "fields": fields,
        "gone": form.date("happened", _("On which day did it go?")),
        "hidden": form.hidden(fields, but=("happened",)),
        "problems": (*((("form", problem),) if problem else ()), *problems_of(fields)),
        "checked": showing.checked(reasons, seen),
        "has_channel": draft is not None,
        "may_send": seen.may_send,
    }
    return render(request, "crossborder/send.html", about, status=status)
