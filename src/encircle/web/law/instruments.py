"""The instruments: treaties, laws, judgments and guidance that the packs name, and what rests on each. Decides nothing."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.law.law import Law
from encircle.law.library import Resource, ResourceKind
from encircle.law.source import BINDING_KINDS, Act, ActKind
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose
from encircle.web.law import words
from encircle.web.law.resting import Provision, Rule, provisions
from encircle.web.law.room import Room, entered, whose
from encircle.web.law.source import act_bound, cite, in_force, read
from encircle.web.page import errors, wording
from encircle.web.page.field import Field
from encircle.web.page.staff import for_staff

SHELVES: dict[ResourceKind, str | Promise] = {
    ResourceKind.INSTRUMENT: lazy("Instruments on which no rule rests"),
    ResourceKind.POLICY: lazy("Policy"),
    ResourceKind.NETWORK: lazy("Agencies and networks"),
    ResourceKind.GUIDANCE: lazy("Guides and studies to read"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One act of the list. `rests`: how many rules name it; `unread`: how many of its provisions nobody has read."""

    name: SafeString
    number: str
    href: str
    bound: str
    force: str
    binds: bool
    rests: int
    provisions: int
    unread: int


@dataclass(frozen=True, slots=True)
class Kinds:
    """The acts of one kind."""

    kind: str | Promise
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """One thing of the library."""

    title: SafeString
    made: str
    about: SafeString | str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything of one kind in the library."""

    title: str | Promise
    books: tuple[Book, ...]


@dataclass(frozen=True, slots=True)
class InstrumentsPage:
    """All acts that the law of one country was read with, and what the guidance names beside them."""

    room: Room
    fields: tuple[Field, ...]
    kinds: tuple[Kinds, ...]
    shelves: tuple[Shelf, ...]


@dataclass(frozen=True, slots=True)
class ProvisionShown:
    """One provision, and what rests on it."""

    at: str
    is_read: bool
    read: SafeString | str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class InstrumentPage:
    """One act."""

    room: Room
    name: wording.Told
    title: SafeString
    number: str
    kind: str | Promise
    bound: str
    binds: bool
    explains: bool
    force: str
    read: SafeString | str
    remark: SafeString | str
    provisions: tuple[ProvisionShown, ...]


@purpose(Purpose.LAW)
@require_safe
@for_staff
def law_instruments(request: HttpRequest, who: Who) -> HttpResponse:
    """All instruments, by kind."""
    room = entered(request, who)
    found = provisions(room)
    acts = room.book.law.acts
    kinds = tuple(
        Kinds(title, lines)
        for kind, title in words.ACTS.items()
        if (lines := tuple(_line(act, found.get(act.code, ()), room) for act in acts if act.kind is kind))
    )
    page = InstrumentsPage(room, (whose(room),), kinds, _shelves(room.book.law))
    return render(request, "law/instruments.html", {"page": page})


@purpose(Purpose.LAW)
@require_safe
@for_staff
def law_instrument(request: HttpRequest, who: Who, code: str) -> HttpResponse:
    """One instrument, with each provision that is named of it."""
    room = entered(request, who)
    act = next((one for one in room.book.law.acts if one.code == code), None)
    if act is None:
        return errors.not_found(request)
    page = _page(act, provisions(room).get(act.code, ()), room)
    return render(request, "law/instrument.html", {"page": page})


def _shelves(its: Law) -> tuple[Shelf, ...]:
    return tuple(
        Shelf(title, books)
        for kind, title in SHELVES.items()
        if (books := tuple(_book(one) for one in its.library if one.kind is kind))
    )


def _book(one: Resource) -> Book:
    return Book(
        title=words.shown(one.title),
        made=", ".join(part for part in (one.by, one.year) if part),
        about="" if one.about is None else words.shown(one.about),
        sources=tuple(cite(source) for source in one.sources),
    )


def _line(act: Act, named: tuple[Provision, ...], room: Room) -> Line:
    rules = {(rule.code, str(rule.title)) for one in named for rule in one.rules}
    its = room.book.law
    return Line(
        name=words.shown(act.short),
        number=act.number,
        href=room.way("law_instrument", act.code),
        bound=act_bound(act, its),
        force=in_force(act.from_, act.until),
        binds=act.binds(its.country),
        rests=len(rules),
        provisions=len(named),
        unread=sum(not one.source.is_read for one in named),
    )


def _page(act: Act, named: tuple[Provision, ...], room: Room) -> InstrumentPage:
    shown = tuple(
        ProvisionShown(one.source.at, one.source.is_read, read(one.source.read), tuple(one.rules))
        for one in named
    )
    return InstrumentPage(
        room=room,
        name=words.told(act.short),
        title=words.shown(act.title),
        number=act.number,
        kind=words.ACTS[act.kind],
        bound=act_bound(act, room.book.law),
        binds=act.binds(room.book.law.country),
        explains=act.kind not in BINDING_KINDS and act.kind is not ActKind.PROPOSAL,
        force=in_force(act.from_, act.until),
        read=read(act.read),
        remark="" if act.remark is None else words.shown(act.remark),
        provisions=shown,
    )
