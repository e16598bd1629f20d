"""A record played day by day, two clocks side by side: what happened, what was known, what was due. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from encircle.actions.asked import Asked
from encircle.actions.context import Who
from encircle.actions.days import ANYBODY, Clock, Day, DayLook, day_of, days_of
from encircle.core.duty import DutyRow, DutyState
from encircle.core.prohibition import AlarmState
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.as_of import Choice, link, read_form
from encircle.web.desk.by_law import LawView, law_view
from encircle.web.desk.day_lines import Row, State, changes, happenings, learnings, missed, table_rows
from encircle.web.desk.facts import Counts, FactList, FactView, fact_list
from encircle.web.desk.ledger import Duty, about
from encircle.web.gate import purpose, purpose_of
from encircle.web.page import when, wording
from encircle.web.page.name import name_of
from encircle.web.page.staff import for_staff

_LAST = (
    DutyState.MET.value,
    DutyState.LIFTED.value,
    DutyState.NOT_APPLICABLE.value,
    AlarmState.CLEARED.value,
)
"""States in which nothing is left to do: after the others."""


SHOWN = 8
"""How many changes stand beside what happened and what was known; the table below has all."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A day on which something changed, as a link."""

    href: str
    text: str
    what: str
    here: bool


@dataclass(frozen=True, slots=True)
class DayPage:
    """Everything that the page shows. `knower`: the agency whose knowledge is shown; empty for any agency."""

    number: str
    name: str
    is_partial: bool
    day: str
    place: int
    stops: tuple[Stop, ...]
    before: str
    after: str
    knower: str
    agencies: tuple[Choice, ...]
    asked: Asked
    problems: dict[str, str]
    happened: SafeString
    learnt: SafeString
    missed: int
    missed_lines: SafeString
    changed: SafeString
    more: int
    rows: SafeString
    alike: int
    alike_rows: SafeString
    home: str
    law: LawView


@purpose(Purpose.PROTECT)
@require_safe
@for_staff
def days(request: HttpRequest, who: Who, number: str) -> HttpResponse:
    """One day of one record. What could not be read of the question is told; the rest is answered."""
    asked, _zoom = read_form(request.GET.dict())
    told = day_of(who, number, purpose=purpose_of(request), asked=asked)
    page = day_page(told, asked, language=get_language() or "en")
    return render(request, "desk/days.html", {"page": page}, status=400 if page.problems else 200)


def day_page(told: DayLook, asked: Asked, *, language: str) -> DayPage:
    """The page for that day."""
    facts, knowing = fact_list(told.happened.look), fact_list(told.known.look)
    views = sorted(facts.by_id.values(), key=lambda view: view.number)
    unknown = [
        view for view in views if view.does_count and knowing.by_id[view.fact.id].counts is Counts.NOT_KNOWN
    ]
    rows = (*_ordered(_alarms(told, facts, language)), *_ordered(_duties(told, facts, knowing, language)))
    changed = [row for row in rows if row.has_changed]
    alike = [row for row in rows if not row.is_worth_a_look]
    asked = Asked(told.on.isoformat(), "", told.by or ANYBODY, asked.law, asked.law_of)
    return DayPage(
        number=told.today.number,
        name=name_of(told.now),
        is_partial=told.today.allowed.groups != frozenset(FieldGroup),
        day=_written(told.on, language),
        place=next((n for n, day in enumerate(told.days, start=1) if day.on == told.on), 0),
        stops=tuple(_stop(day, told, asked, language) for day in told.days),
        before="" if told.before is None else _address(asked, told.before),
        after="" if told.after is None else _address(asked, told.after),
        knower="" if told.by is None else told.agencies[told.by].name,
        agencies=tuple(
            Choice(agency.id, agency.name, agency.id == told.by)
            for agency in sorted(told.agencies.values(), key=lambda one: one.name)
        ),
        asked=asked,
        problems={field: wording.problem(field, words) for field, words in told.problems.items()},
        happened=happenings(view for view in views if _on_this_day(view, told)),
        learnt=learnings((view, _later(view, told)) for view in views if _is_learnt(view, told)),
        missed=len(unknown),
        missed_lines=missed(unknown),
        changed=changes(changed[:SHOWN]),
        more=max(len(changed) - SHOWN, 0),
        rows=table_rows(row for row in rows if row.is_worth_a_look),
        alike=len(alike),
        alike_rows=table_rows(alike),
        home=link(Asked(asked.as_of, law=asked.law, law_of=asked.law_of), zoom="all"),
        law=law_view(
            told.happened.look, facts, here=_address(replace(asked, law_of=""), told.on), language=language
        ),
    )


def _duties(told: DayLook, facts: FactList, knowing: FactList, language: str) -> Iterator[Row]:
    known = {row.key: row for row in told.known.look.answer.duties}
    happened = {row.key: row for row in told.happened.look.answer.duties}
    before = {**told.known.duties_before, **told.happened.duties_before}
    for key in dict.fromkeys((*happened, *known, *before)):
        states = _state(key, happened.get(key), told.happened), _state(key, known.get(key), told.known)
        if key in happened:
            duty = Duty(happened[key], told.happened.look, facts, language)
        elif key in known:
            duty = Duty(known[key], told.known.look, knowing, language)
        else:
            code, subject = key
            of = about(subject or None, told.happened.look, facts)
            yield Row(code, wording.told(before[key].title, language), of, "", *states)
            continue
        yield Row(duty.code, duty.title, duty.about, duty.href, *states)


def _alarms(told: DayLook, facts: FactList, language: str) -> Iterator[Row]:
    happened, known = (
        {(one.rule.code, one.subject or ""): one for one in clock.look.answer.alarms}
        for clock in (told.happened, told.known)
    )
    for key, one in {**known, **happened}.items():
        yield Row(
            one.rule.code,
            wording.told(one.rule.title, language),
            about(one.subject, told.happened.look, facts),
            "",
            _raised(key, happened[key].state, told.happened) if key in happened else None,
            _raised(key, known[key].state, told.known) if key in known else None,
        )


def _state(key: tuple[str, str], row: DutyRow | None, clock: Clock) -> State | None:
    """Where it stands on that clock; where it stood the evening before and does not any more, that."""
    was = clock.duties_before.get(key)
    state = None if was is None else was.state
    words = None if state is None else wording.STATES[DutyState(state)]
    if row is not None:
        return State(row.state.value, wording.STATES[row.state], _before(state, row.state.value, words))
    if was is None:
        return None
    return State(DutyState.LIFTED.value, _("does not stand"), _before(state, "", words))


def _raised(key: tuple[str, str], state: AlarmState, clock: Clock) -> State:
    was = clock.alarms_before.get(key)
    before = _before(
        None if was is None else was.state,
        state.value,
        None if was is None else wording.ALARMS[AlarmState(was.state)],
    )
    return State("alarm" if state is AlarmState.RAISED else "met", wording.ALARMS[state], before)


def _before(was: str | None, now: str, words: str | Promise | None) -> str:
    if was == now:
        return ""
    return _("new") if words is None else _("before: {state}").format(state=words)


def _ordered(rows: Iterator[Row]) -> tuple[Row, ...]:
    """What changed first, then what the clocks tell differently, then what stands; what is done last."""
    return tuple(sorted(rows, key=lambda row: (not row.has_changed, not row.differs, _is_done(row))))


def _is_done(row: Row) -> bool:
    return all(one is None or one.css in _LAST for one in (row.happened, row.known))


def _on_this_day(view: FactView, told: DayLook) -> bool:
    """Whether it happened on this day, or has for certain by its end."""
    return told.on in days_of(view.fact, told.zone)


def _is_learnt(view: FactView, told: DayLook) -> bool:
    at = view.fact.first_learnt(by=told.by)
    return at is not None and when.local(at, told.zone).date() == told.on


def _later(view: FactView, told: DayLook) -> str:
    """How long after it had happened it was learnt; nothing, where that is less than a day."""
    at, since = view.fact.first_learnt(by=told.by), view.fact.happened.latest
    return when.distance(at, since) if at is not None and (at - since).days >= 1 else ""


def _stop(day: Day, told: DayLook, asked: Asked, language: str) -> Stop:
    counts = (
        (day.happened, ngettext("{n} thing happened", "{n} things happened", day.happened)),
        (
            day.coarse,
            ngettext("{n} thing without an exact day", "{n} things without an exact day", day.coarse),
        ),
        (day.learnt, ngettext("{n} fact learnt", "{n} facts learnt", day.learnt)),
        (day.ended, ngettext("{n} time ran out", "{n} times ran out", day.ended)),
    )
    what = " · ".join(words.format(n=count) for count, words in counts if count)
    return Stop(_address(asked, day.on), _written(day.on, language), what, day.on == told.on)


def _address(asked: Asked, on: date) -> str:
    return link(replace(asked, as_of=on.isoformat()), zoom="all")


@lru_cache(maxsize=4096)
def _written(on: date, language: str) -> str:
    """The day in that language, which is the one of the page."""
    return date_format(on, "DATE_FORMAT")
