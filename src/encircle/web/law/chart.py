"""The chart of a country: who does what, counted from what and by when; and the numbers that set it. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.law.counting import Period, Unit
from encircle.law.duty import DutyRule, Standing
from encircle.law.law import Law
from encircle.law.limit import LimitRule, Sense
from encircle.vocabulary.facts.kind import KINDS, Kind
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose
from encircle.web.law import words
from encircle.web.law.room import Room, entered, whose
from encircle.web.page import wording
from encircle.web.page.cited import cited
from encircle.web.page.field import Field, FieldKind, Option
from encircle.web.page.html import all_of, filled
from encircle.web.page.length import period, set_number
from encircle.web.page.practice import adopted
from encircle.web.page.staff import for_staff

PHASES: tuple[tuple[str | Promise, frozenset[Kind]], ...] = (
    (lazy("When a concern arrives"), frozenset({Kind.CONCERN, Kind.CONSULTATION})),
    (lazy("From the first contact with the child"), frozenset({Kind.CHILD, Kind.PERSON, Kind.REFERRAL})),
    (lazy("While the age is in doubt"), frozenset({Kind.AGE_ASSESSMENT})),
    (
        lazy("Care, health and school"),
        frozenset({Kind.PLACEMENT, Kind.DETENTION, Kind.HEALTH_NEED, Kind.SCHOOLING, Kind.SERVICE}),
    ),
    (lazy("When the child is missing"), frozenset({Kind.MISSING, Kind.ALERT})),
    (
        lazy("Interviews, examinations and hearings"),
        frozenset({Kind.INTERVIEW, Kind.EXAMINATION, Kind.HEARING}),
    ),
    (lazy("Proceedings"), frozenset({Kind.PROCEEDING, Kind.STEP, Kind.ALLEGED_ACT})),
    (lazy("Decisions"), frozenset({Kind.DECISION})),
    (lazy("At a border, and to another country"), frozenset({Kind.SCREENING, Kind.TRANSFER, Kind.REQUEST})),
)
"""Parts of the way of a case, and the things whose facts start the time of a duty in each of them."""

BY_OWNER = "owner"
_HOURS = {
    Unit.HOURS: 1,
    Unit.DAYS: 24,
    Unit.WORKING_DAYS: 34,
    Unit.WEEKS: 168,
    Unit.MONTHS: 730,
    Unit.YEARS: 8760,
}
"""About how many hours a unit has: only to put numbers in order."""


@dataclass(frozen=True, slots=True)
class Line:
    """One duty of the chart. `starts`: what its time is counted from."""

    code: str
    title: SafeString
    href: str
    who: SafeString
    starts: tuple[str, ...]
    due: SafeString


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the chart."""

    title: SafeString | str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number that law or practice sets, or that is not set."""

    title: SafeString
    length: str
    kind: str
    by: SafeString | str


@dataclass(frozen=True, slots=True)
class ChartPage:
    """The chart of one country. `by_owner`: in the order of those who owe it, else of what happens."""

    room: Room
    fields: tuple[Field, ...]
    by_owner: bool
    groups: tuple[Group, ...]
    numbers: tuple[Number, ...]
    day: str


@purpose(Purpose.LAW)
@require_safe
@for_staff
def law_chart(request: HttpRequest, who: Who) -> HttpResponse:
    """Who does what, by when."""
    page = chart_page(entered(request, who), by_owner=request.GET.get("order") == BY_OWNER)
    return render(request, "law/chart.html", {"page": page})


def chart_page(room: Room, *, by_owner: bool) -> ChartPage:
    """The chart of that country in that order."""
    its = room.book.law
    return ChartPage(
        room=room,
        fields=(whose(room), _order(by_owner=by_owner)),
        by_owner=by_owner,
        groups=tuple(_by_owner(room) if by_owner else _by_phase(room)),
        numbers=(*_practice(its), *_limits(its)),
        day="" if its.on is None else words.day(its.on),
    )


def _order(*, by_owner: bool) -> Field:
    options = (
        Option("", _("What happens"), chosen=not by_owner),
        Option(BY_OWNER, _("Who owes it"), chosen=by_owner),
    )
    return Field("order", _("In the order of"), kind=FieldKind.SELECT, options=options)


def phase(rule: DutyRule) -> int:
    """In which part of the way the time of a duty starts; the number after the last where it starts in none."""
    of = rule.for_each if rule.for_each is not None else _kind(rule.from_[0].of) if rule.from_ else None
    return next((number for number, (_title, kinds) in enumerate(PHASES) if of in kinds), len(PHASES))


def _kind(of: str) -> Kind | None:
    return next((kind for kind, doc in KINDS.items() if of in (kind.value, doc.plural)), None)


def _by_phase(room: Room) -> Iterator[Group]:
    rules = room.book.law.duties
    titles = (*(str(title) for title, _kinds in PHASES), _("At any time"))
    for number, title in enumerate(titles):
        own = [rule for rule in rules if phase(rule) == number]
        if own:
            yield Group(title, _lines(own, room))


def _by_owner(room: Room) -> Iterator[Group]:
    its = room.book.law
    roles = {rule.owner for rule in its.duties}
    for role in sorted(roles, key=lambda role: (its.owner(role) is None, wording.titled(role.value))):
        yield Group(words.owner(role, its), _lines([rule for rule in its.duties if rule.owner is role], room))


def _lines(rules: list[DutyRule], room: Room) -> tuple[Line, ...]:
    """What has the shortest number first, then what has words alone."""
    ordered = sorted(rules, key=lambda rule: _length(words.counting(rule.due)))
    return tuple(
        Line(
            code=rule.code,
            title=words.shown(rule.title),
            href=room.way("law_duty", rule.code),
            who=words.owner(rule.owner, room.book.law),
            starts=tuple(dict.fromkeys(wording.attribute(str(mark)) for mark in rule.from_)),
            due=words.by_when(rule.due),
        )
        for rule in ordered
    )


def _length(period: Period | None) -> timedelta:
    return timedelta.max if period is None else timedelta(hours=period.amount * _HOURS[period.unit])


def _practice(its: Law) -> Iterator[Number]:
    for sop in its.sops:
        said = sop.no_number if sop.period is None else sop.set_by
        by = "" if said is None else words.shown(said)
        if decided := adopted(sop, its.zone):
            by = filled('{}<span class="note">{}</span>', by, decided)
        length = _("not set: the words of the law stand alone") if sop.period is None else set_number(sop)
        yield Number(words.shown(sop.title), length, str(wording.STANDINGS[Standing.SOP]), by)


def _limits(its: Law) -> Iterator[Number]:
    for limit in its.limits:
        if limit.may_be_law(its.country, its.on):
            length = period(limit.period)
            if limit.sense is Sense.AT_LEAST:
                length = _("at least {length}").format(length=length)
            yield Number(words.shown(limit.title), length, _standing(limit, its), _cited(limit, its))


def _standing(limit: LimitRule, its: Law) -> str:
    standing = Standing.LAW if limit.is_law(its.country, its.on) else Standing.UNVERIFIED
    return str(wording.STANDINGS[standing])


def _cited(limit: LimitRule, its: Law) -> SafeString:
    language = get_language() or "en"
    links = (cited(one, its, language) for one in limit.sources if one.binds(its.country, its.on))
    return filled("<bdi>{}</bdi>", all_of(_(", "), list(dict.fromkeys(links))))
