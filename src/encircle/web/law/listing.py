"""The list of duties and prohibitions, and by what it can be sifted. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.law.duty import DutyRule
from encircle.law.law import Law
from encircle.law.prohibition import ProhibitionRule
from encircle.law.source import Source
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from encircle.web.gate import purpose
from encircle.web.law import words
from encircle.web.law.room import Room, entered, whose
from encircle.web.law.words import Reading
from encircle.web.page import wording
from encircle.web.page.field import Field, one_of
from encircle.web.page.staff import for_staff

Rule = DutyRule | ProhibitionRule
DUTIES, PROHIBITIONS = "duties", "prohibitions"


@dataclass(frozen=True, slots=True)
class Line:
    """One duty or prohibition. `third`: by when it is due, or what to do instead."""

    code: str
    title: SafeString
    href: str
    second: SafeString | str | Promise
    third: SafeString
    read: SafeString


@dataclass(frozen=True, slots=True)
class Tally:
    """How much law there is, and how much of it was read."""

    duties: int
    prohibitions: int
    provisions: int
    read: int
    reviewed: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A prohibition that no condition can express: what it says, and what makes it impossible to break."""

    code: str
    says: SafeString
    kept_by: SafeString


@dataclass(frozen=True, slots=True)
class ListPage:
    """The list. `sifted`: whether only a part of it is shown."""

    room: Room
    fields: tuple[Field, ...]
    duties: tuple[Line, ...]
    prohibitions: tuple[Line, ...]
    kept: tuple[Kept, ...]
    tally: Tally
    sifted: bool


@dataclass(frozen=True, slots=True)
class Sieve:
    """What was asked of the list; what cannot be read asks nothing."""

    text: str
    kind: str
    owner: Role | None
    read: Reading | None

    def lets(self, rule: Rule, law: Law) -> bool:
        """Whether that rule is shown."""
        if isinstance(rule, ProhibitionRule):
            if self.kind == DUTIES or self.owner is not None:
                return False
        elif self.kind == PROHIBITIONS or self.owner not in (None, rule.owner):
            return False
        if self.read is not None and words.reading(relevant(rule, law)) is not self.read:
            return False
        return all(part in _haystack(rule, law) for part in self.text.casefold().split())


@purpose(Purpose.LAW)
@require_safe
@for_staff
def law(request: HttpRequest, who: Who) -> HttpResponse:
    """The duties and prohibitions of one country."""
    room = entered(request, who)
    given = request.GET
    sieve = Sieve(
        given.get("q", "")[:80].replace("\0", ""),
        given.get("kind", ""),
        next((role for role in Role if role.value == given.get("owner")), None),
        next((one for one in Reading if one.value == given.get("read")), None),
    )
    return render(request, "law/list.html", {"page": list_page(room, sieve)})


def list_page(room: Room, sieve: Sieve) -> ListPage:
    """The page for what was asked."""
    its = room.book.law
    sifted = bool(sieve.text.strip() or sieve.owner or sieve.read) or sieve.kind in (DUTIES, PROHIBITIONS)
    return ListPage(
        room=room,
        fields=tuple(_fields(room, sieve)),
        duties=tuple(_duty(rule, room) for rule in its.duties if sieve.lets(rule, its)),
        prohibitions=tuple(_prohibition(rule, room) for rule in its.prohibitions if sieve.lets(rule, its)),
        kept=() if sifted else tuple(_kept(its)),
        tally=tally(its),
        sifted=sifted,
    )


def _kept(its: Law) -> Iterator[Kept]:
    for saying in its.sayings:
        if saying.kept_by is not None:
            yield Kept(saying.code, words.shown(saying.professional), words.shown(saying.kept_by))


def tally(its: Law) -> Tally:
    """How many rules, and how many provisions they rest on; a provision that two rules name counts once."""
    rules: tuple[Rule, ...] = (*its.duties, *its.prohibitions)
    provisions = {(one.act.code, one.at): one for rule in rules for one in relevant(rule, its)}
    return Tally(
        len(its.duties),
        len(its.prohibitions),
        len(provisions),
        sum(one.is_read for one in provisions.values()),
        sum(one.reviewed is not None for one in provisions.values()),
    )


def relevant(rule: Rule, its: Law) -> tuple[Source, ...]:
    """What a rule rests on here: the sources that bind; where none does, those that explain it."""
    return rule.basis(its.country, its.on) or rule.sources


def _fields(room: Room, sieve: Sieve) -> Iterator[Field]:
    yield whose(room)
    yield Field("q", _("Words or code"), value=sieve.text, optional=True)
    kinds = ((DUTIES, _("Duties")), (PROHIBITIONS, _("Prohibitions")))
    yield one_of("kind", _("Which"), _("Both"), kinds, sieve.kind)
    roles = {rule.owner for rule in room.book.law.duties}
    owners = sorted(((role.value, wording.titled(role.value)) for role in roles), key=lambda pair: pair[1])
    yield one_of("owner", _("Who owes it"), _("Everybody"), owners, sieve.owner.value if sieve.owner else "")
    read = ((one.value, words.READINGS[one]) for one in Reading)
    yield one_of("read", _("What was read"), _("All"), read, sieve.read.value if sieve.read else "")


def _duty(rule: DutyRule, room: Room) -> Line:
    its = room.book.law
    href = room.way("law_duty", rule.code)
    second, third = words.owner(rule.owner, its), words.by_when(rule.due)
    return Line(rule.code, words.shown(rule.title), href, second, third, _read(rule, its))


def _prohibition(rule: ProhibitionRule, room: Room) -> Line:
    its = room.book.law
    href = room.way("law_prohibition", rule.code)
    second = wording.OVERRIDES[rule.override]
    return Line(rule.code, words.shown(rule.title), href, second, words.shown(rule.instead), _read(rule, its))


def _read(rule: Rule, its: Law) -> SafeString:
    return words.marks(words.reading(relevant(rule, its)))


def _haystack(rule: Rule, its: Law) -> str:
    """Everything by which a rule can be found, in every language it has."""
    said = [rule.code, *(text for _language, text in rule.title.by_language)]
    if isinstance(rule, DutyRule):
        said += [text for _language, text in rule.due.words.by_language]
        agency = its.owner(rule.owner)
        said += (
            [wording.plain(rule.owner.value), *(text for _l, text in agency.agency.by_language)]
            if agency
            else []
        )
    else:
        said += [text for _language, text in rule.instead.by_language]
    said += [source.cite() for source in rule.sources]
    return " ".join(said).casefold()
