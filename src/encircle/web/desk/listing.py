"""The list of records: what each is called, where it stands, how much waits. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.opening import can_open
from encircle.actions.record import RecordCard, RecordList, Sifted, records_of
from encircle.core.duty import DutyState
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose, purpose_of
from encircle.web.page import wording
from encircle.web.page.field import Field, one_of
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
    restricted: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of the list, with the numbers of those beside it (0: none). `query`: by what it is sifted, as an address."""

    cards: tuple[Card, ...]
    page: int
    before: int
    after: int
    fields: tuple[Field, ...]
    query: str


@purpose(Purpose.WORK_LIST)
@require_safe
@for_staff
def records(request: HttpRequest, who: Who) -> HttpResponse:
    """The records in which the agency takes part."""
    given = request.GET
    sifted = Sifted(
        given.get("status", ""),
        given.get("alarms") == "raised",
        given.get("region", ""),
        given.get("sort") == "newest",
    )
    page = page_asked(given.get("page", ""))
    found = records_of(who, purpose=purpose_of(request), page=page, sifted=sifted)
    may_open = can_open(who, purpose=Purpose.OPEN_CASE)
    return render(request, "desk/records.html", {"page": list_page(found), "may_open": may_open})


def list_page(found: RecordList) -> ListPage:
    """The page for those records."""
    return ListPage(
        cards=tuple(_card(card) for card in found.cards),
        page=found.page,
        before=found.page - 1,
        after=found.page + 1 if found.more else 0,
        fields=tuple(_fields(found)),
        query=_query(found.sifted),
    )


def _query(sifted: Sifted) -> str:
    given = {
        "status": sifted.protection,
        "alarms": "raised" if sifted.alarms else "",
        "region": sifted.region,
        "sort": "newest" if sifted.newest else "",
    }
    return urlencode({name: value for name, value in given.items() if value})


def _fields(found: RecordList) -> Iterator[Field]:
    """By what the list can be sifted: what the mandate closes is not asked."""
    sifted = found.sifted
    if found.statuses:
        statuses = ((code, wording.titled(code)) for code in found.statuses)
        yield one_of("status", _("Protection"), _("All"), statuses, sifted.protection)
    if found.by_alarms:
        raised = (("raised", _("With an alarm")),)
        yield one_of("alarms", _("Alarms"), _("All"), raised, "raised" if sifted.alarms else "")
    if len(found.regions) > 1:
        regions = ((code, code) for code in found.regions)
        yield one_of("region", _("Region"), _("All"), regions, sifted.region)
    newest = (("newest", _("Newest first")),)
    if found.by_urgency:
        yield one_of("sort", _("Order"), _("Most urgent first"), newest, "newest" if sifted.newest else "")


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
        restricted=card.restricted,
    )


def page_asked(text: str) -> int:
    """The page asked for; the first one, where that cannot be read."""
    return (
        int(text)
        if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= MOST_PAGES and len(text) < 6
        else 1
    )
