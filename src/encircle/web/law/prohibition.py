"""The page of one prohibition: what must never be done, what to do instead, who may decide otherwise. Decides nothing."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.law.prohibition import ProhibitionRule
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose
from encircle.web.law import words
from encircle.web.law.aside import absent_page
from encircle.web.law.elsewhere import PROHIBITION, Elsewhere, elsewhere
from encircle.web.law.glossary import See, terms_of
from encircle.web.law.proof import Story, stories
from encircle.web.law.room import Room, entered
from encircle.web.law.source import SourceShown, sources
from encircle.web.page import wording
from encircle.web.page.in_words import in_words
from encircle.web.page.plain_words import PlainWords, plain_words
from encircle.web.page.staff import for_staff


@dataclass(frozen=True, slots=True)
class ProhibitionPage:
    """One prohibition by the law of one country. `clears`: what ends its alarm; nothing, where somebody has to answer it."""

    room: Room
    code: str
    title: wording.Told
    plain: PlainWords | None
    each: str
    instead: SafeString
    override: str | Promise
    raised: str
    when: SafeString
    rule: str
    clears: SafeString | str
    practice: SafeString | str
    terms: tuple[See, ...]
    sources: tuple[SourceShown, ...]
    is_based: bool
    everywhere: tuple[Elsewhere, ...]
    stories: tuple[Story, ...]
    origins: tuple[str, ...]


@purpose(Purpose.LAW)
@require_safe
@for_staff
def law_prohibition(request: HttpRequest, who: Who, code: str) -> HttpResponse:
    """One prohibition, by the law of the country that was chosen."""
    room = entered(request, who)
    found = next((rule for rule in room.book.law.prohibitions if rule.code == code), None)
    if found is None:
        return absent_page(request, room, code, page=PROHIBITION)
    return render(request, "law/prohibition.html", {"page": prohibition_page(found, room)})


def prohibition_page(rule: ProhibitionRule, room: Room) -> ProhibitionPage:
    """The page of that prohibition."""
    its = room.book.law
    return ProhibitionPage(
        room=room,
        code=rule.code,
        title=words.told(rule.title),
        plain=plain_words(its, rule.code),
        each="" if rule.for_each is None else wording.plain(rule.for_each.value),
        instead=words.shown(rule.instead),
        override=wording.OVERRIDES[rule.override],
        raised=wording.attribute(str(rule.at)),
        when=in_words(rule.when),
        rule=rule.when.text,
        clears="" if rule.clears is None else in_words(rule.clears),
        practice="" if rule.sop_source is None else words.shown(rule.sop_source),
        terms=terms_of(rule.code, room),
        sources=sources(rule.sources, its),
        is_based=bool(rule.basis(its.country, its.on)),
        everywhere=elsewhere(room.book, rule.code, page=PROHIBITION),
        stories=stories(rule.code),
        origins=tuple(str(origin) for origin in rule.origins),
    )
