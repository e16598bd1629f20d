"""A rule that the law of one country does not have: why not, and where it stands. Decides nothing."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from encircle.law.texts import Texts
from encircle.web.law import words
from encircle.web.law.elsewhere import Elsewhere, aside_of, elsewhere, rule_of
from encircle.web.law.room import Room
from encircle.web.law.source import SourceShown, sources
from encircle.web.page import errors, wording


@dataclass(frozen=True, slots=True)
class AbsentPage:
    """A rule that does not stand here. `because`: why a pack says so; nothing, where its packs do not name it."""

    room: Room
    code: str
    title: wording.Told
    because: SafeString | str
    sources: tuple[SourceShown, ...]
    everywhere: tuple[Elsewhere, ...]


def absent_page(request: HttpRequest, room: Room, code: str, *, page: str) -> HttpResponse:
    """The page that says why the rule does not stand here; not found, where no law that can be read here has it."""
    title = _title(room, code, page=page)
    if title is None:
        return errors.not_found(request)
    its = room.book.law
    aside = aside_of(its, code)
    shown = AbsentPage(
        room=room,
        code=code,
        title=words.told(title),
        because="" if aside is None else words.shown(aside.because),
        sources=() if aside is None else sources(aside.sources, its),
        everywhere=elsewhere(room.book, code, page=page),
    )
    return render(request, "law/absent.html", {"page": shown})


def _title(room: Room, code: str, *, page: str) -> Texts | None:
    for law in room.book.everywhere().values():
        found = rule_of(law, code, page=page) or aside_of(law, code)
        if found is not None:
            return found.title
    return None
