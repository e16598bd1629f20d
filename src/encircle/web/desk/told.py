"""What my agency was told: alarms and overdue duties that nobody has answered. Decides nothing."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.told import ToldItem, ToldList, Waiting, told_to
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.listing import page_asked
from encircle.web.gate import purpose, purpose_of
from encircle.web.page import when, wording
from encircle.web.page.staff import for_staff


@dataclass(frozen=True, slots=True)
class ToldTask:
    """One notice in words. `number`: of the record, empty where it is not open; `href`: where it is answered."""

    title: str
    label: str
    number: str
    href: str
    kind: str
    told: str
    channel: str
    higher: bool
    acted: str


@dataclass(frozen=True, slots=True)
class ToldPage:
    """Everything that the page shows."""

    tasks: tuple[ToldTask, ...]
    mails: bool
    page: int
    before: int
    after: int


@purpose(Purpose.WORK_LIST)
@require_safe
@for_staff
def told(request: HttpRequest, who: Who) -> HttpResponse:
    """What the agency of who is signed in was told and nobody has answered."""
    found = told_to(who, purpose=purpose_of(request), page=page_asked(request.GET.get("page", "")))
    return render(request, "desk/told.html", {"page": told_page(found, language=get_language() or "en")})


def told_page(found: ToldList, *, language: str) -> ToldPage:
    """The page for those notices."""
    return ToldPage(
        tasks=tuple(_task(item, found.zone, language) for item in found.items),
        mails=found.mails,
        page=found.page,
        before=found.page - 1,
        after=found.page + 1 if found.more else 0,
    )


def _task(item: ToldItem, zone: str, language: str) -> ToldTask:
    waiting = item.waiting
    return ToldTask(
        title=_("In a record that is not open to you")
        if waiting is None
        else _title(waiting, item.kind, language),
        label="" if waiting is None else _label(waiting),
        number="" if waiting is None else waiting.number,
        href="" if waiting is None else _answered_at(waiting, item.kind),
        kind=item.kind,
        told=when.learnt(item.made_at, zone),
        channel=_channel(item, zone),
        higher=item.higher,
        acted=item.acted_name,
    )


def _title(waiting: Waiting, kind: str, language: str) -> str:
    if kind == "emergency":
        return _("Opened in an emergency: look at why, and say what you found")
    return waiting.code if waiting.rule is None else wording.told(waiting.rule.title, language)


def _label(waiting: Waiting) -> str:
    return waiting.name or (_("Concern") if waiting.kind is Kind.CONCERN else _("Record"))


def _answered_at(waiting: Waiting, kind: str) -> str:
    if kind == "emergency":
        return reverse("emergencies", args=[waiting.number])
    return reverse("acknowledge" if kind == "alarm" else "duty", args=[waiting.number, waiting.code])


def _channel(item: ToldItem, zone: str) -> str:
    if item.by_mail and item.sent_at is not None:
        return _("mail sent {time}").format(time=when.learnt(item.sent_at, zone))
    return _("told on this page only") if item.sent_at is not None else _("mail not sent yet")
