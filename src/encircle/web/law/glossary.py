"""The words of the field: what each means, where that was read, and the rules in which it matters. Decides nothing."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.law.glossary import Term
from encircle.law.law import Law
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose
from encircle.web.law import words
from encircle.web.law.elsewhere import DUTY, PROHIBITION, aside_of, rule_of
from encircle.web.law.resting import Rule
from encircle.web.law.room import Room, entered, whose
from encircle.web.law.source import SourceShown, sources
from encircle.web.page.field import Field
from encircle.web.page.staff import for_staff
from encircle.web.page.terms import anchor, terms_of_rule


@dataclass(frozen=True, slots=True)
class See:
    """A way to a term."""

    title: SafeString
    href: str


@dataclass(frozen=True, slots=True)
class TermShown:
    """One word. `anchor`: its id on the page of words."""

    anchor: str
    title: SafeString
    means: SafeString
    sources: tuple[SourceShown, ...]
    rules: tuple[Rule, ...]
    see: tuple[See, ...]


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """All words, in the order of the language of the page."""

    room: Room
    fields: tuple[Field, ...]
    terms: tuple[TermShown, ...]


@purpose(Purpose.LAW)
@require_safe
@for_staff
def law_words(request: HttpRequest, who: Who) -> HttpResponse:
    """The glossary of one country."""
    room = entered(request, who)
    terms = sorted(room.book.law.terms, key=lambda term: words.told(term.title).casefold())
    shown = tuple(_term(term, room) for term in terms)
    return render(request, "law/words.html", {"page": GlossaryPage(room, (whose(room),), shown)})


def terms_of(code: str, room: Room) -> tuple[See, ...]:
    """The words that matter in the rule of that code."""
    return tuple(_see(term, room) for term in terms_of_rule(code, room.book.law))


def _see(term: Term, room: Room) -> See:
    return See(words.shown(term.title), f"{reverse('law_words')}{room.asked}#{anchor(term)}")


def _term(term: Term, room: Room) -> TermShown:
    its = room.book.law
    by_code = {one.code: one for one in its.terms}
    return TermShown(
        anchor=anchor(term),
        title=words.shown(term.title),
        means=words.shown(term.means),
        sources=sources(term.sources, its),
        rules=tuple(_rule(code, its, room) for code in term.rules),
        see=tuple(_see(by_code[code], room) for code in term.see if code in by_code),
    )


def _rule(code: str, its: Law, room: Room) -> Rule:
    duty, prohibition = rule_of(its, code, page=DUTY), rule_of(its, code, page=PROHIBITION)
    found = duty or prohibition or aside_of(its, code)
    title = "" if found is None else words.shown(found.title)
    return Rule(code, title, room.way(PROHIBITION if prohibition else DUTY, code))
