"""The records that a proposal would move, page by page, for those to whom their duties are open. Decides nothing."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.practice.effect import as_codes
from encircle.actions.practice.records import moved_records
from encircle.records.practice import Figure
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose, purpose_of
from encircle.web.law.practice import words as said
from encircle.web.law.practice.listing import page_of
from encircle.web.law.room import Room, entered
from encircle.web.page import errors
from encircle.web.page.staff import for_staff


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """One page of records: each by its number, with its duties and what would move of them."""

    room: Room
    number: int
    title: SafeString
    lines: tuple[tuple[str, tuple[tuple[str, SafeString, SafeString | str], ...]], ...]
    page: int
    before: int
    after: int


@purpose(Purpose.PROTECT)
@require_safe
@for_staff
def practice_records(request: HttpRequest, who: Who, number: int) -> HttpResponse:
    """The records of one's agency that the proposal would move."""
    page = page_of(request.GET.get("page", ""))
    found = moved_records(who, number, purpose=purpose_of(request), page=page)
    if found is None:
        return errors.not_found(request)
    lines = tuple(
        (
            record.number,
            tuple(
                (one.code, said.rule_title(one.code, found.law), said.moved(Figure(*as_codes(one), 0)))
                for one in record.moved
            ),
        )
        for record in found.records
    )
    title = said.title(found.proposal.amendment, found.law)
    after = page + 1 if found.more else 0
    shown = RecordsPage(entered(request, who), number, title, lines, page, page - 1, after)
    return render(request, "law/practice/records.html", {"page": shown})
