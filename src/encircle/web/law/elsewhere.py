"""The same rule by the law of each country: who, by when, on which sources, and what its pack changed. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from encircle.actions.law_book import Book
from encircle.law.change import Change
from encircle.law.duty import DutyRule
from encircle.law.law import Law, SetAside
from encircle.law.prohibition import ProhibitionRule
from encircle.web.law import words
from encircle.web.law.source import cite
from encircle.web.page import wording
from encircle.web.page.html import filled

Rule = DutyRule | ProhibitionRule
DUTY, PROHIBITION = "law_duty", "law_prohibition"
"""Names of the two pages of a rule."""
NO_DIFFERENCE = frozenset({"title"})
"""A translation of the title changes nothing of what is owed."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One country. `chosen`: that whose law is shown. `absent`: why the rule does not stand there, else nothing."""

    country: str
    href: str
    chosen: bool
    absent: SafeString | str
    who: SafeString | str
    due: SafeString | str
    rests: tuple[str, ...]
    differs: tuple[SafeString, ...]


def elsewhere(book: Book, code: str, *, page: str) -> tuple[Elsewhere, ...]:
    """The rule of that code in each country whose law can be read here; `page` is the name of its page."""
    way = reverse(page, args=(code,))
    return tuple(
        _stands(rule_of(its, code, page=page), aside_of(its, code), its, place)
        for key, its in book.everywhere().items()
        for place in (_Place(words.country(key, book.countries[key]), f"{way}?law={key}", its is book.law),)
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Whose law a line tells of."""

    country: str
    href: str
    chosen: bool


def rule_of(its: Law, code: str, *, page: str) -> Rule | None:
    """The rule of that code which has such a page; None where this law has none."""
    rules: tuple[Rule, ...] = its.duties if page == DUTY else its.prohibitions
    return next((rule for rule in rules if rule.code == code), None)


def aside_of(its: Law, code: str) -> SetAside | None:
    """What this law has set aside under that code."""
    return next((one for one in its.set_aside if one.code == code), None)


def _stands(rule: Rule | None, aside: SetAside | None, its: Law, place: _Place) -> Elsewhere:
    if rule is None:
        absent = _("Its packs do not have it.") if aside is None else words.shown(aside.because)
        return Elsewhere(place.country, place.href, place.chosen, absent, "", "", (), ())
    who, due = (
        (words.owner(rule.owner, its), words.by_when(rule.due))
        if isinstance(rule, DutyRule)
        else (str(wording.OVERRIDES[rule.override]), words.shown(rule.instead))
    )
    rests = tuple(dict.fromkeys(cite(one) for one in rule.basis(its.country, its.on)))
    differs = tuple(_changes(rule.changes, its))
    return Elsewhere(place.country, place.href, place.chosen, "", who, due, rests, differs)


def _changes(changes: tuple[Change, ...], its: Law) -> Iterator[SafeString]:
    for change in changes:
        fields = [words.FIELDS.get(name, name) for name in change.fields if name not in NO_DIFFERENCE]
        if not fields:
            continue
        said = _("{pack} says anew: {what}").format(
            pack=words.pack(change.pack, its), what=words.listed(fields)
        )
        because = "" if change.because is None else words.shown(change.because)
        yield filled("{} {}", said, because)
