"""The list of proposals: what waits, what was decided, and what of it holds. Decides nothing."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.law import law_of
from encircle.actions.practice.reading import holding, listed
from encircle.records.practice import Proposal
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose, purpose_of
from encircle.web.law import words
from encircle.web.law.practice import words as said
from encircle.web.law.room import Room, entered
from encircle.web.page import when, wording
from encircle.web.page.field import Field, one_of
from encircle.web.page.staff import for_staff

WAITING, DECIDED = "waiting", "decided"
_SIFTED = {WAITING: True, DECIDED: False}


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal in the list."""

    number: int
    part: str | Promise
    title: SafeString
    country: str
    sets: SafeString | str
    from_day: str
    state: str | Promise
    tone: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of proposals. `holds`: how many things practice has set in the country shown that hold now."""

    room: Room
    fields: tuple[Field, ...]
    lines: tuple[Line, ...]
    page: int
    before: int
    after: int
    query: str
    may_propose: bool
    holds: int
    sifted: bool


@purpose(Purpose.LAW)
@require_safe
@for_staff
def practice(request: HttpRequest, who: Who) -> HttpResponse:
    """The proposals, the newest first."""
    room = entered(request, who)
    asked = request.GET.get("state", "")
    page = page_of(request.GET.get("page", ""))
    found = listed(who, purpose=purpose_of(request), page=page, waiting=_SIFTED.get(asked))
    options = ((WAITING, _("Those that wait")), (DECIDED, _("Those that are decided")))
    shown = ListPage(
        room=room,
        fields=(one_of("state", _("Which"), _("All"), options, asked),),
        lines=tuple(_line(one) for one in found.proposals),
        page=page,
        before=page - 1,
        after=page + 1 if found.more else 0,
        query=f"state={asked}" if asked in _SIFTED else "",
        may_propose=found.may_propose,
        holds=len(holding(room.code, found.now)),
        sifted=asked in _SIFTED,
    )
    return render(request, "law/practice/list.html", {"page": shown})


def _line(one: Proposal) -> Line:
    law = law_of(one.pack)
    state, tone = said.state(one)
    held = one.held
    from_day = words.day(one.valid_from) if held is None else when.minute(held.by.since, law.zone)
    return Line(
        number=one.number,
        part=said.PARTS[one.amendment.part],
        title=said.title(one.amendment, law),
        country=str(wording.COUNTRIES.get(one.pack, one.pack)),
        sets=said.set_by(one.amendment).value,
        from_day=from_day,
        state=state,
        tone=tone,
    )


def page_of(typed: str) -> int:
    """The page that was asked for; the first, where it is no number."""
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < int(typed) < 10_000 else 1
