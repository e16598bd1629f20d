"""What my agency was told: alarms and overdue duties that nobody has answered. Decides nothing."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.told import (
    COMPLAINT_LATE,
    COMPLAINT_WAITS,
    CONCERN_ALONE,
    CONCERN_LATE,
    CONCERN_WAITS,
    LOOKS_OF_WEEK,
    LOOKS_STAND_OUT,
    OFFER_ANSWERED,
    OFFERED,
    REPORT_LATE,
    REPORT_WAITS,
    TALK_LATE,
    TALK_WAITS,
    UNANSWERED,
    ToldItem,
    ToldList,
    Waiting,
    told_to,
)
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.listing import page_asked
from encircle.web.gate import purpose, purpose_of
from encircle.web.page import when, wording
from encircle.web.page.staff import for_staff

OF_LOOKS: dict[str, tuple[str, str | Promise]] = {
    LOOKS_STAND_OUT: (
        "look_alarms",
        gettext_lazy("Looks of people of your agency stand out: say what you found"),
    ),
    UNANSWERED: (
        "emergencies_counted",
        gettext_lazy(
            "An agency has not answered in time: looks that stood out, or records opened in an emergency"
        ),
    ),
    REPORT_WAITS: ("reports", gettext_lazy("Reports from the door wait to be opened")),
    REPORT_LATE: ("reports", gettext_lazy("A report from the door was not opened in time by any agency")),
    CONCERN_WAITS: ("triage", gettext_lazy("Concerns wait to be looked at")),
    CONCERN_LATE: ("triage", gettext_lazy("A concern was not looked at in time by any agency")),
    CONCERN_ALONE: (
        "triage",
        gettext_lazy("A child may be in danger, and nobody is there at the agency that has the concern"),
    ),
    COMPLAINT_WAITS: ("complaints", gettext_lazy("Complaints wait for an answer")),
    COMPLAINT_LATE: ("complaints", gettext_lazy("A complaint was not acknowledged or answered in time")),
    TALK_WAITS: ("talks", gettext_lazy("Somebody asks at the door and waits for an answer")),
    TALK_LATE: (
        "talks",
        gettext_lazy("Somebody asked at the door, and nobody has answered for more than an hour"),
    ),
    OFFERED: ("offers", gettext_lazy("A child is referred to your agency: say whether you take part")),
    LOOKS_OF_WEEK: ("looks_of_week", gettext_lazy("Who looked at your records in the last week")),
}
"""Notices that name no record: the page that each leads to, and what it says."""


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
    waiting, of_looks = item.waiting, OF_LOOKS.get(item.kind)
    return ToldTask(
        title=_title_of(item, language) if of_looks is None else str(of_looks[1]),
        label="" if waiting is None else _label(waiting),
        number="" if waiting is None else waiting.number,
        href=_href(item) if of_looks is None else reverse(of_looks[0]) if item.is_open else "",
        kind=item.kind,
        told=when.learnt(item.made_at, zone),
        channel=_channel(item, zone),
        higher=item.higher,
        acted=item.acted_name,
    )


def _title_of(item: ToldItem, language: str) -> str:
    if item.waiting is None:
        return _("In a record that is not open to you")
    return _title(item.waiting, item.kind, language)


def _href(item: ToldItem) -> str:
    return "" if item.waiting is None else _answered_at(item.waiting, item.kind)


def _title(waiting: Waiting, kind: str, language: str) -> str:
    if kind == "emergency":
        return _("Opened in an emergency: look at why, and say what you found")
    if kind == OFFER_ANSWERED:
        return _("An agency to which you referred this child has answered")
    if kind == "owner_asked":
        return _("Somebody asked whose child this is: let them in, or say why not")
    return waiting.code if waiting.rule is None else wording.told(waiting.rule.title, language)


def _label(waiting: Waiting) -> str:
    return waiting.name or (_("Concern") if waiting.kind is Kind.CONCERN else _("Record"))


def _answered_at(waiting: Waiting, kind: str) -> str:
    if kind == "emergency":
        return reverse("emergencies", args=[waiting.number])
    if kind == OFFER_ANSWERED:
        return reverse("offers_of", args=[waiting.number])
    if kind == "owner_asked":
        return reverse("owner_questions", args=[waiting.number])
    return reverse("acknowledge" if kind == "alarm" else "duty", args=[waiting.number, waiting.code])


def _channel(item: ToldItem, zone: str) -> str:
    if item.by_mail and item.sent_at is not None:
        return _("mail sent {time}").format(time=when.learnt(item.sent_at, zone))
    return _("told on this page only") if item.sent_at is not None else _("mail not sent yet")
