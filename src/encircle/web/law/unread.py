"""What a lawyer of the country has still to look at: what is not read, not reviewed, not named, not set. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.law_book import proved
from encircle.law.finding import Finding, Lack
from encircle.law.law import Law
from encircle.law.review import review
from encircle.law.texts import Texts
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose
from encircle.web.law import words
from encircle.web.law.listing import Tally, tally
from encircle.web.law.resting import Rule, provisions
from encircle.web.law.room import Room, entered, whose
from encircle.web.page import wording
from encircle.web.page.field import Field
from encircle.web.page.staff import for_staff

LACKS: dict[Lack, tuple[str | Promise, str | Promise]] = {
    Lack.OWNER_MISSING: (
        lazy("No agency is named"),
        lazy("The role is known, but no pack says which agency of this country has it."),
    ),
    Lack.SOP_MISSING: (
        lazy("No number is set"),
        lazy("The law has words only, and this country has set no number of its own for its practice."),
    ),
    Lack.WITHOUT_BASIS: (
        lazy("No source that binds"),
        lazy("No source that binds this country was found. It is shown as practice, or not used."),
    ),
    Lack.NOT_IN_FORCE: (
        lazy("A source is not in force"),
        lazy("One of its sources is not law yet, or no longer."),
    ),
    Lack.LANGUAGE_MISSING: (
        lazy("Not in the language of the country"),
        lazy("Its title is shown in English."),
    ),
    Lack.TEXT_MISSING: (
        lazy("Plain words are missing"),
        lazy(
            "There is no text of it for professionals or for children, or not in the language of the country."
        ),
    ),
    Lack.LOOSER_THAN_LAW: (
        lazy("Practice is looser than the law"),
        lazy("The number of practice is longer than the limit of law."),
    ),
    Lack.LOOSER_THAN_UNREAD: (
        lazy("Practice is looser than a number that nobody has read"),
        lazy("Read the text of the law first; then shorten the number, or say why it may stand."),
    ),
    Lack.WORD_AS_NUMBER: (
        lazy("A word was made a number"),
        lazy("The law says a word such as promptly, and a pack gives a number as if it were law."),
    ),
    Lack.READ_AHEAD: (
        lazy("Read on a day that has not come"),
        lazy("The day on which the text was read lies ahead."),
    ),
    Lack.STALE: (lazy("Read long ago"), lazy("The text may have changed since it was read. Read it again.")),
    Lack.ORPHAN_ROLE: (
        lazy("A role without a task"),
        lazy("An agency is named for a role that owes nothing here."),
    ),
    Lack.CALENDAR_ENDS: (
        lazy("The calendar ends"),
        lazy("Public holidays are known for a short time only."),
    ),
    Lack.HARD_TO_READ: (
        lazy("Hard to read for the age"),
        lazy("A text for children has sentences that are too long for their age."),
    ),
    Lack.LEADING: (
        lazy("A question leads"),
        lazy("A form of the door suggests an answer, or asks for a detail of what happened."),
    ),
    Lack.ASKS_FOR_IMAGES: (
        lazy("A question asks for pictures"),
        lazy("No form of the door asks for pictures."),
    ),
    Lack.ASKS_WHO: (
        lazy("A question asks who somebody is"),
        lazy("Nobody has to say who they are before they are heard."),
    ),
    Lack.HELP_TOO_OLD: (
        lazy("Help was not looked at for a year"),
        lazy("A helpline or service may have changed. Look at its page again, and write down the day."),
    ),
    Lack.HELP_OLD: (
        lazy("Help is to be looked at again"),
        lazy("Half a year has passed since somebody looked at the page of this helpline or service."),
    ),
    Lack.PART_UNTRANSLATED: (
        lazy("A part is not translated"),
        lazy("Its proofs or grounds are shown in English."),
    ),
    Lack.UNUSED: (lazy("Not used"), lazy("No rule of this country names it.")),
    Lack.UNTESTED: (lazy("No test names it"), lazy("No case and no story says what is to be told of it.")),
}
"""What is lacking, and what that means."""
OTHERWISE = frozenset(
    {
        Lack.UNVERIFIED,
        Lack.UNREVIEWED,
        Lack.NOT_LOADED,
        Lack.DOOR_ALONE,
        Lack.TESTED_ONE_WAY,
        Lack.UNSAID,
        Lack.TRANSLATION_DRAFT,
    }
)
"""What is shown by provision or by language, or only by `encircle pack lint`: a pack that cannot be loaded is no law here."""


@dataclass(frozen=True, slots=True)
class Act:
    """The provisions of one act that nobody has read, each with what rests on it."""

    name: SafeString
    href: str
    provisions: tuple[tuple[str, tuple[Rule, ...]], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Everything that has the same lack."""

    anchor: str
    title: str | Promise
    explained: str | Promise
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """What is still to be done. `unread`: how many provisions; `acts`: those by their act.

    `drafts`: the languages in which nobody has reviewed the texts.
    """

    room: Room
    fields: tuple[Field, ...]
    tally: Tally
    unread: int
    acts: tuple[Act, ...]
    groups: tuple[Group, ...]
    drafts: str


@purpose(Purpose.LAW)
@require_safe
@for_staff
def law_unread(request: HttpRequest, who: Who) -> HttpResponse:
    """What a lawyer has still to look at."""
    room = entered(request, who)
    return render(request, "law/unread.html", {"page": unread_page(room)})


def unread_page(room: Room) -> UnreadPage:
    """The page for that country."""
    its = room.book.law
    acts = tuple(_acts(room))
    return UnreadPage(
        room=room,
        fields=(whose(room),),
        tally=tally(its),
        unread=sum(len(act.provisions) for act in acts),
        acts=acts,
        groups=tuple(_groups(room, review(its))),
        drafts=words.listed(
            wording.language(one.language) for one in its.translations if one.is_draft and not one.files
        ),
    )


def _acts(room: Room) -> Iterator[Act]:
    named = provisions(room)
    for act in room.book.law.acts:
        unread = tuple(
            (one.source.at, tuple(one.rules)) for one in named.get(act.code, ()) if not one.source.is_read
        )
        if unread:
            yield Act(words.shown(act.short), room.way("law_instrument", act.code), unread)


def _groups(room: Room, findings: tuple[Finding, ...]) -> Iterator[Group]:
    titles = dict(_titles(room.book.law))
    for lack, (title, explained) in LACKS.items():
        found = (one.code for one in findings if one.lack is lack)
        codes = dict.fromkeys(found if lack is not Lack.UNTESTED else _untested(room.book.law))
        rules = tuple(_rule(code, titles.get(code), room) for code in codes)
        if rules:
            yield Group(lack.value.replace(" ", "-"), title, explained, rules)


def _rule(code: str, title: Texts | None, room: Room) -> Rule:
    its = room.book.law
    said = _mandate(code) if title is None else words.shown(title)
    if any(rule.code == code for rule in its.duties):
        return Rule(code, said, room.way("law_duty", code))
    if any(rule.code == code for rule in its.prohibitions):
        return Rule(code, said, room.way("law_prohibition", code))
    return Rule("", said, "")


def _untested(its: Law) -> tuple[str, ...]:
    tested = proved()
    codes = (*(rule.code for rule in its.duties), *(rule.code for rule in its.prohibitions))
    return tuple(code for code in codes if code not in tested)


def _mandate(code: str) -> str:
    """The mandate of a role, as a review names it; else the code."""
    what, _space, role = code.partition(" ")
    return wording.titled(role) if what == "mandate" and role else code


def _titles(its: Law) -> Iterator[tuple[str, Texts]]:
    yield from ((rule.code, rule.title) for rule in its.duties)
    yield from ((rule.code, rule.title) for rule in its.prohibitions)
    yield from ((rule.code, rule.title) for rule in its.limits)
    yield from ((rule.code, rule.title) for rule in its.sops)
    yield from ((rule.code, rule.title) for rule in its.channels)
    yield from ((rule.code, rule.title) for rule in its.retention)
