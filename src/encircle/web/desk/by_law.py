"""By which law a record is shown: today's, or that of its day; the way to the other, and what differs. Decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from encircle.actions.law_day import ByLaw
from encircle.actions.record import Look
from encircle.core.duty import DutyRow
from encircle.core.prohibition import Alarm
from encircle.core.two_laws import Apart, LawOf, NumberSince, Row, Way, number_of
from encircle.law.sop import SopRule
from encircle.vocabulary.field_group import FieldGroup
from encircle.web.desk.as_of import Choice, joined, link
from encircle.web.desk.facts import FactList
from encircle.web.desk.ledger import about
from encircle.web.page import wording
from encircle.web.page.html import filled, isolated
from encircle.web.page.length import period, set_number
from encircle.web.page.practice import adopted

_FEW = 8
_LINE = '<span class="code">{}</span> {}{}'
_LINK = '<a href="{}">{}</a>'
_SOFT = ' <span class="soft">{}</span>'
_TWO = '{} <span class="tag {}">{}</span>'


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that differs: which, by today's law, and by the law of the day; empty where it doesn't stand under it."""

    what: SafeString
    today: SafeString | str
    then: SafeString | str


@dataclass(frozen=True, slots=True)
class LawView:
    """What is told of the law by which a page is shown.

    `is_told`: whether anything is: of today there is one law alone. `is_then`: whether it is that of the day; `same`:
    whether that is today's as well. `is_compared`: whether `lines` and `sources` say all that differs, of what is open.
    """

    is_told: bool
    is_then: bool
    same: bool
    told: str
    held: str
    packs: tuple[str, ...]
    choices: tuple[Choice, ...]
    is_compared: bool
    is_partial: bool
    lines: tuple[Line, ...]
    sources: tuple[SafeString, ...]
    since: tuple[Line, ...]

    @property
    def is_open(self) -> bool:
        """Whether the list is short enough to stand open."""
        return len(self.lines) + len(self.since) <= _FEW

    @property
    def many(self) -> int:
        """How many things differ."""
        return len(self.lines) + len(self.since)


def law_view(
    look: Look, facts: FactList, *, here: str, language: str, code: str = "", of: str = ""
) -> LawView:
    """What is told of the law of that look. `here`: the question of the page; `code`, `of`: of one duty alone."""
    by = look.by_law
    apart = [one for one in by.differs if not code or _is_about(one.row, code, of)]
    lines = _Lines(look, facts, language)
    return LawView(
        is_told=look.as_of.at != look.now or by.law_of is LawOf.THEN or "law_of" in look.problems,
        is_then=by.law_of is LawOf.THEN,
        same=not by.is_past if by.law_of is LawOf.TODAY else by.era.holds(look.now.date()),
        told=_told(by),
        held=_held(by),
        packs=tuple(f"{pack.code} {pack.version}" for pack in look.law.packs),
        choices=_choices(
            by, here, only_then=bool(code and apart) and all(one.today is None for one in apart)
        ),
        is_compared=by.is_compared,
        is_partial=look.allowed.groups != frozenset(FieldGroup),
        lines=tuple(lines.line(one) for one in apart if one.ways != (Way.SOURCES,)),
        sources=tuple(lines.rule(row) for row in _each_once(apart)),
        since=tuple(lines.number(one) for one in by.since if not code or _measures(one, look, code)),
    )


def only_under_the_other(look: Look, code: str, of: str) -> tuple[Apart, ...]:
    """The duties of that code that stand under today's law and not under that of the day, which is shown."""
    return tuple(
        one
        for one in look.by_law.differs
        if one.then is None and isinstance(one.today, DutyRow) and _is_about(one.today, code, of)
    )


@dataclass(frozen=True, slots=True)
class _Lines:
    look: Look
    facts: FactList
    language: str

    def line(self, one: Apart) -> Line:
        """A duty or an alarm that is another under the other law."""
        sides = [
            filled(_TWO, words, *_tag(row))
            if row is not None
            else filled("{} {}", words, _("does not stand"))
            for words, row in ((_("Today's law:"), one.today), (_("Law of that day:"), one.then))
        ]
        if Way.NUMBER in one.ways:
            sides = [
                filled("{} · {}", side, _number(row))
                for side, row in zip(sides, (one.today, one.then), strict=True)
            ]
        return Line(self.named(one.row, is_only_today=one.then is None), *sides)

    def named(self, row: Row, *, is_only_today: bool = False) -> SafeString:
        """Its code and title, which lead to its page under a law under which it stands."""
        title = isolated(wording.told(row.rule.title, self.language))
        of = about(row.subject, self.look, self.facts)
        linked = title
        if isinstance(row, DutyRow):
            law_of = LawOf.TODAY if is_only_today else LawOf.THEN
            linked = filled(_LINK, self._href(row, law_of), title)
        return filled(_LINE, row.rule.code, linked, filled(_SOFT, of) if of else "")

    def rule(self, row: Row) -> SafeString:
        """A duty or prohibition as such, however often it stands."""
        title = isolated(wording.told(row.rule.title, self.language))
        if not isinstance(row, DutyRow):
            return filled(_LINE, row.rule.code, title, "")
        address = reverse("duty", args=(self.look.number, row.rule.code))
        asked = link(self.look.asked, zoom="all")
        return filled(_LINE, row.rule.code, filled(_LINK, f"{address}{joined(asked, {})}", title), "")

    def number(self, one: NumberSince) -> Line:
        """A number of practice that is another today."""
        zone = self.look.law.zone
        sides = (
            filled("{} {}{}", words, _length(sop), filled(_SOFT, by) if (by := adopted(sop, zone)) else "")
            for words, sop in ((_("Today:"), one.now), (_("On that day:"), one.then))
        )
        return Line(isolated(wording.told(one.now.title, self.language)), *sides)

    def _href(self, row: DutyRow, law_of: LawOf) -> str:
        asked = link(self.look.asked, zoom="all", law_of="" if law_of is LawOf.TODAY else law_of.value)
        of = {} if row.subject is None else {"of": str(row.subject)}
        return f"{reverse('duty', args=(self.look.number, row.rule.code))}{joined(asked, of)}"


def _is_about(row: Row, code: str, of: str) -> bool:
    return row.rule.code == code and (not of or str(row.subject or "") == of)


def _each_once(apart: Iterable[Apart]) -> Iterable[Row]:
    """One row of each rule of which nothing but the sources differs."""
    others = {one.row.rule.code for one in apart if one.ways != (Way.SOURCES,)}
    rows = {one.row.rule.code: one.row for one in apart if one.row.rule.code not in others}
    return rows.values()


def _measures(one: NumberSince, look: Look, code: str) -> bool:
    rows: Iterable[DutyRow] = look.answer.duties
    sops = (row.rule.due.sop for row in rows if row.rule.code == code)
    return any(sop is not None and sop.code == one.now.code for sop in sops)


def _tag(row: DutyRow | Alarm) -> tuple[str, str | Promise]:
    if isinstance(row, DutyRow):
        return row.state.value, wording.STATES[row.state]
    return "", wording.ALARMS[row.state]


def _number(row: Row | None) -> str:
    if not isinstance(row, DutyRow):
        return ""
    standing, length = number_of(row.rule.due)
    kind = str(wording.STANDINGS[standing])
    return kind if length is None else f"{period(length)} ({kind})"


def _length(sop: SopRule) -> str:
    return set_number(sop) or _("no number: the words of the law stand alone")


def _told(by: ByLaw) -> str:
    if by.law_of is LawOf.THEN:
        return _("Shown by the law that was in force on {day}.").format(day=_day(by.on))
    return _("Shown by today's law, that of {day}.").format(day=_day(by.on))


def _held(by: ByLaw) -> str:
    """From when and until when that law is the same."""
    first, last = by.era.first, by.era.last
    if first and last:
        return _("It is the same from {first} to {last}.").format(first=_day(first), last=_day(last))
    if first:
        return _("It is the same from {first} on.").format(first=_day(first))
    return _("It is the same on all days until {last}.").format(last=_day(last)) if last else ""


def _choices(by: ByLaw, here: str, *, only_then: bool) -> tuple[Choice, ...]:
    """The two laws as links; without one to today's, where what is shown does not stand under it."""
    today = "" if only_then else joined(here, {}) or "?"
    return (
        Choice(today, _("Today's law"), by.law_of is LawOf.TODAY),
        Choice(joined(here, {"law_of": LawOf.THEN.value}), _("The law of that day"), by.law_of is LawOf.THEN),
    )


def _day(on: date) -> str:
    return date_format(on, "DATE_FORMAT")
