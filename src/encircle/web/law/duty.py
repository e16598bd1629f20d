"""The page of one duty: what it says, who owes it, when it stands and by when, its sources and its tests. Decides nothing."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.law.duty import Clock, DutyRule, Ground, Scope
from encircle.law.sop import SopRule
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose
from encircle.web.law import words
from encircle.web.law.aside import absent_page
from encircle.web.law.elsewhere import DUTY, Elsewhere, elsewhere
from encircle.web.law.glossary import See, terms_of
from encircle.web.law.proof import Story, stories
from encircle.web.law.room import Room, entered
from encircle.web.law.source import SourceShown, sources
from encircle.web.page import wording
from encircle.web.page.html import filled
from encircle.web.page.in_words import in_words
from encircle.web.page.length import period
from encircle.web.page.plain_words import PlainWords, plain_words
from encircle.web.page.practice import adopted
from encircle.web.page.staff import for_staff

CLOCKS: dict[Clock, str | Promise] = {
    Clock.KNOWN: lazy(
        "With the first of these that happens; it is counted from when the owner can know of it."
    ),
    Clock.HAPPENED: lazy("With the first of these; it is counted from when it happened."),
}


HANGS_ON: dict[Scope, str | Promise] = {
    Scope.CHILD: lazy("a child"),
    Scope.REPORT: lazy("a report or concern, also before it is known which child it is about"),
    Scope.PERSON: lazy("another person on the record of a child"),
    Scope.AGENCY: lazy("an agency as such, whatever child it works with"),
    Scope.INSTALLATION: lazy("the country as such, whatever child is concerned"),
}
"""To whom or what a duty is owed, or what owes it as such."""


@dataclass(frozen=True, slots=True)
class GroundShown:
    """One ground on which it ends, is on hold, or can no longer be met."""

    heading: str
    because: SafeString
    when: SafeString
    rule: str


@dataclass(frozen=True, slots=True)
class ProofShown:
    """One proof, and what has to be on record for it."""

    text: SafeString
    needs: SafeString


@dataclass(frozen=True, slots=True)
class DutyPage:
    """One duty by the law of one country. `law_words`: where a number counts, the words beside it."""

    room: Room
    code: str
    title: wording.Told
    plain: PlainWords | None
    owner: SafeString
    hangs_on: str | Promise
    each: str
    due: SafeString
    law_words: SafeString | str
    sop: SafeString | str
    starts: tuple[str, ...]
    clock: str | Promise
    when: SafeString
    unknown_opens: bool
    rule: str
    evidence: tuple[ProofShown, ...]
    grounds: tuple[GroundShown, ...]
    never: tuple[SafeString, ...]
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
def law_duty(request: HttpRequest, who: Who, code: str) -> HttpResponse:
    """One duty, by the law of the country that was chosen."""
    room = entered(request, who)
    found = next((rule for rule in room.book.law.duties if rule.code == code), None)
    if found is None:
        return absent_page(request, room, code, page=DUTY)
    return render(request, "law/duty.html", {"page": duty_page(found, room)})


def duty_page(rule: DutyRule, room: Room) -> DutyPage:
    """The page of that duty."""
    its = room.book.law
    return DutyPage(
        room=room,
        code=rule.code,
        title=words.told(rule.title),
        plain=plain_words(its, rule.code),
        owner=words.owner(rule.owner, its),
        hangs_on=HANGS_ON[rule.scope],
        each="" if rule.for_each is None else wording.plain(rule.for_each.value),
        due=words.by_when(rule.due),
        law_words="" if words.counting(rule.due) is None else words.shown(rule.due.words),
        sop=_sop(rule.due.sop, its.zone),
        starts=tuple(dict.fromkeys(wording.attribute(str(mark)) for mark in rule.from_)),
        clock=CLOCKS[rule.clock],
        when=in_words(rule.when),
        unknown_opens=rule.unknown_opens,
        rule=rule.when.text,
        evidence=tuple(ProofShown(words.shown(one.text), in_words(one.needs)) for one in rule.evidence),
        grounds=_grounds(rule),
        never=tuple(words.shown(one) for one in rule.never),
        practice="" if rule.sop_source is None else words.shown(rule.sop_source),
        terms=terms_of(rule.code, room),
        sources=sources(rule.sources, its),
        is_based=bool(rule.basis(its.country, its.on)),
        everywhere=elsewhere(room.book, rule.code, page=DUTY),
        stories=stories(rule.code),
        origins=tuple(str(origin) for origin in rule.origins),
    )


def _sop(sop: SopRule | None, zone: str) -> str | SafeString:
    """The number of practice, or that this country has not set one and why; nothing, where the duty has no such number."""
    if sop is None:
        return ""
    if sop.period is None:
        none = _("This country has set no number; the words of the law stand alone.")
        return none if sop.no_number is None else filled("{} {}", none, words.shown(sop.no_number))
    by = adopted(sop, zone)
    return f"{period(sop.period)} ({by})" if by else period(sop.period)


def _grounds(rule: DutyRule) -> tuple[GroundShown, ...]:
    headed: tuple[tuple[str, tuple[Ground, ...]], ...] = (
        (_("On hold"), rule.suspended_by),
        (_("No longer due"), rule.lifted_by),
        (_("Can no longer be done in time"), rule.breached_by),
    )
    return tuple(
        GroundShown(heading, words.shown(ground.because), in_words(ground.when), ground.when.text)
        for heading, grounds in headed
        for ground in grounds
    )
