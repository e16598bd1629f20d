"""Sources on the page: the provision, whom it binds, since when, and whether one of us has read it. Decides nothing."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from encircle.law.law import Law
from encircle.law.source import BINDING_KINDS, EVERY_COUNTRY, Act, Read, Reviewed, Source
from encircle.web.law import words
from encircle.web.page.country import country
from encircle.web.page.html import filled

GROUPS: dict[str, words.Words] = {
    "COE": lazy("the member States of the Council of Europe"),
    "EU": lazy("the member States of the European Union"),
}
"""Groups of countries that acts name."""


@dataclass(frozen=True, slots=True)
class SourceShown:
    """One provision. `here`: whether it binds in the country whose law is shown, or why not."""

    cite: str
    href: str
    title: SafeString
    kind: str
    bound: str
    force: str
    here: str
    binds: bool
    is_read: bool
    read: SafeString | str
    reviewed: str


def sources(given: tuple[Source, ...], its: Law) -> tuple[SourceShown, ...]:
    """The sources of a rule, those that bind here first."""
    shown = tuple(_source(one, its) for one in given)
    return (*(one for one in shown if one.binds), *(one for one in shown if not one.binds))


def cite(source: Source) -> str:
    """The provision as people cite it, in the language of the page where its name exists in it."""
    return source.cite(get_language() or "en")


def _source(source: Source, its: Law) -> SourceShown:
    act = source.act
    return SourceShown(
        cite=cite(source),
        href=f"{reverse('law_instrument', args=(act.code,))}?law={its.pack}",
        title=words.shown(act.title),
        kind=str(words.ACTS[act.kind]),
        bound=bound(source, its),
        force=in_force(source.from_ or act.from_, source.until or act.until),
        here=here(source, its),
        binds=source.binds(its.country, its.on),
        is_read=source.is_read,
        read=read(source.read),
        reviewed=reviewed(source.reviewed),
    )


def bound(source: Source, its: Law) -> str:
    """Whom a provision binds."""
    if source.countries is not None:
        return _named(source.countries, its)
    return act_bound(source.act, its, without=source.not_bound)


def act_bound(act: Act, its: Law, *, without: frozenset[str] = frozenset()) -> str:
    """Whom an act binds: every State, groups of States, others by name; and who is left out."""
    if act.kind not in BINDING_KINDS:
        return _("nobody: it explains what binds")
    who = _("every country") if EVERY_COUNTRY in act.bound else _named(act.bound, its)
    out = act.not_bound | without
    return _("{whom}, but not {others}").format(whom=who, others=_named(out, its)) if out else who


def _named(codes: frozenset[str], its: Law) -> str:
    """Groups of which all members are there, the largest alone; then the other countries by name."""
    whole = {code: its.groups[code] for code in codes if code in its.groups}
    largest = [code for code in whole if not any(whole[code] < other for other in whole.values())]
    others = codes - whole.keys() - frozenset().union(*whole.values())
    names = sorted(country(code) for code in others)
    return words.listed((*(GROUPS.get(code, code) for code in sorted(largest)), *names))


def in_force(first: date | None, last: date | None) -> str:
    """From its first day until its last one, as far as they are known."""
    if first is None and last is None:
        return _("its first day is not on record")
    if last is None or first is None:
        pattern, on = (_("since {day}"), first) if first is not None else (_("until {day}"), last)
        return "" if on is None else pattern.format(day=words.day(on))
    return _("from {first} until {last}").format(first=words.day(first), last=words.day(last))


def here(source: Source, its: Law) -> str:
    """Whether it binds by the law that is shown; if not, why."""
    if source.pending:
        return _("not law yet: it opens nothing")
    if not source.in_force(its.on):
        return _("not in force on the day of this law")
    if source.reaches(its.country):
        return _("binds here")
    if source.act.kind not in BINDING_KINDS:
        return _("explains what binds")
    return _("does not bind here")


def read(given: Read | None) -> SafeString | str:
    """When and where the text was read; nothing, where nobody has read it."""
    if given is None:
        return ""
    return filled('{} <span lang="en" class="soft">({})</span>', words.day(given.on), given.where)


def reviewed(given: Reviewed | None) -> str:
    """When a lawyer of the country looked at it."""
    return _("not yet") if given is None else words.day(given.on)
