"""The list of records: what each is called, where it stands, how much waits. Decides nothing."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.opening import can_open
from encircle.actions.record import RecordCard, RecordList, records_of
from encircle.core.duty import DutyState
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose, purpose_of
from encircle.web.page import wording
from encircle.web.page.staff import for_staff

MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Card:
    """One record in the list."""

    number: str
    label: str
    named: bool
    is_open: bool
    protection: str
    overdue: int
    due_soon: int
    unknown: int
    alarms: int


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of the list, with the numbers of those beside it (0: none)."""

    cards: tuple[Card, ...]
    page: int
    before: int
    after: int


@purpose(Purpose.WORK_LIST)
@require_safe
@for_staff
def records(request: HttpRequest, who: Who) -> HttpResponse:
    """The records in which the agency takes part."""
    found = records_of(who, purpose=purpose_of(request), page=page_asked(request.GET.get("page", "")))
    may_open = can_open(who, purpose=Purpose.OPEN_CASE)
    return render(request, "desk/records.html", {"page": list_page(found), "may_open": may_open})


def list_page(found: RecordList) -> ListPage:
    """The page for those records."""
    return ListPage(
        cards=tuple(_card(card) for card in found.cards),
        page=found.page,
        before=found.page - 1,
        after=found.page + 1 if found.more else 0,
    )


def _card(card: RecordCard) -> Card:
    no_name = _("Concern, no child's name") if card.kind is Kind.CONCERN else _("No name known")
    unset = card.protection is None or card.protection == "none"
    status = _("No status on record") if unset else wording.titled(str(card.protection))
    return Card(
        number=card.number,
        label=card.name or (no_name if card.is_named else card.number),
        named=bool(card.name),
        is_open=card.is_open,
        protection=status if card.status_is_open else _("Not open to your role"),
        overdue=card.count(DutyState.OVERDUE) + card.count(DutyState.BREACHED),
        due_soon=card.count(DutyState.DUE_SOON),
        unknown=card.count(DutyState.UNKNOWN),
        alarms=card.raised,
    )


def page_asked(text: str) -> int:
    """The page asked for; the first one, where that cannot be read."""
    return (
        int(text)
        if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= MOST_PAGES and len(text) < 6
        else 1
    )
