"""My work: the duties of one's agency, late first, each with why it stands and the way to meet it. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.missing import sees_missing
from encircle.actions.offers import may_weigh
from encircle.actions.opening import can_open
from encircle.actions.permit import Use, uses_of
from encircle.actions.reports.desk import unread
from encircle.actions.reports.talk_desk import waiting as talks_waiting
from encircle.actions.triage import late_concerns
from encircle.actions.work_list import MOST_COUNTED, Narrowed, WorkAlarm, WorkItem, WorkList, duties_of
from encircle.core.duty.urgency import Urgency
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.acts import act_for, acts_for
from encircle.web.desk.calendars.agencys import agreed
from encircle.web.desk.childs_words import WordView, word_view
from encircle.web.desk.listing import page_asked
from encircle.web.desk.ways import Link, may_add, way
from encircle.web.gate import purpose, purpose_of
from encircle.web.page import when, wording
from encircle.web.page.cited import cited
from encircle.web.page.errors import not_found
from encircle.web.page.navigation import main_ways
from encircle.web.page.staff import for_staff, recognised

MOST_WAYS = 3
LONGEST_NUMBER = 32

SECTIONS: dict[Urgency, tuple[str, str | Promise, str | Promise]] = {
    Urgency.LATE: (
        "late",
        gettext_lazy("Overdue"),
        gettext_lazy("The time that law or practice sets has passed. It still has to be done."),
    ),
    Urgency.DATED: (
        "dated",
        gettext_lazy("Today and the next days"),
        gettext_lazy("What is due first stands first."),
    ),
    Urgency.UNDATED: (
        "undated",
        gettext_lazy("As soon as you can"),
        gettext_lazy(
            "The law says how soon in words, without a number that was read. The oldest stands first."
        ),
    ),
    Urgency.UNKNOWN: (
        "unknown",
        gettext_lazy("Not known yet: answer a question"),
        gettext_lazy("Whether this has to be done depends on something that is not on record."),
    ),
}
"""By place in the list: its word in the address, its heading, what it means."""


@dataclass(frozen=True, slots=True)
class Child:
    """Whose duty it is, as the list tells it."""

    label: str
    named: bool
    number: str


@dataclass(frozen=True, slots=True)
class Task:
    """One duty. `due` and `far`: when, and in how long; `why`: what started it; `ways`: forms that meet it."""

    child: Child
    code: str
    title: str
    state: str
    state_words: str | Promise
    due: str
    far: str
    due_kind: str | Promise
    words: str
    why: str
    owner: str
    missing: tuple[str, ...]
    ways: tuple[Link, ...]
    sources: tuple[str, ...]
    href: str

    @property
    def more_missing(self) -> int:
        """How many proofs are missing beside the first two."""
        return max(0, len(self.missing) - 2)


@dataclass(frozen=True, slots=True)
class Section:
    """Duties that stand in the same place."""

    slug: str
    title: str | Promise
    explained: str | Promise
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class AlarmTask:
    """An alarm that waits for an answer."""

    child: Child
    title: str
    at: str
    href: str


@dataclass(frozen=True, slots=True)
class Written:
    """What a child wrote, with whose it is."""

    child: Child
    word: WordView


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to see less. `count`: how many, in words."""

    text: str | Promise
    href: str
    current: bool
    count: str = ""


@dataclass(frozen=True, slots=True)
class WorkPage:
    """Everything that the page shows."""

    sections: tuple[Section, ...]
    alarms: tuple[AlarmTask, ...]
    words: tuple[Written, ...]
    whose: tuple[Filter, ...]
    places: tuple[Filter, ...]
    child: Child | None
    without_child: str
    query: str
    page: int
    before: int
    after: int
    at: str

    @property
    def is_narrowed(self) -> bool:
        """Whether less than everything is shown."""
        return bool(self.query)


@purpose(Purpose.WORK_LIST)
@require_safe
@for_staff
def work(request: HttpRequest, who: Who) -> HttpResponse:
    """The duties of the agency, or of the children that one leads, or of one child."""
    if not uses_of(who, {Use(purpose_of(request))}):
        return _elsewhere(request)
    narrowed = _narrowed(request)
    found = duties_of(
        who, purpose=purpose_of(request), page=page_asked(request.GET.get("page", "")), narrowed=narrowed
    )
    page = work_page(found, narrowed, language=get_language() or "en")
    whole = page.page == 1 and not page.is_narrowed
    own = agreed(who, purpose_of(request)) if whole else ()
    may_report = can_open(who, purpose=Purpose.RECORD)
    waiting, in_danger = unread(who) if whole else (0, 0)
    shown = {
        "page": page,
        "agreed": own,
        "may_report": may_report,
        "may_weigh": may_weigh(who.role),
        "sees_missing": sees_missing(who.role),
        "unread": waiting,
        "late_concerns": late_concerns(who) if whole else 0,
        "talks": talks_waiting(who) if whole else 0,
        "in_danger": in_danger,
    }
    return render(request, "desk/work.html", shown)


def _elsewhere(request: HttpRequest) -> HttpResponse:
    """The first page of somebody whose role has no work of its own with children: a ministry, say."""
    ways = main_ways(request, recognised(request))
    return redirect(ways[0].href) if ways else not_found(request)


def work_page(found: WorkList, narrowed: Narrowed, *, language: str) -> WorkPage:
    """The page for those duties."""
    tasks = [(item.place, _task(item, found, language)) for item in found.items]
    one = next((task.child for _place, task in tasks), None) if narrowed.number else None
    return WorkPage(
        sections=tuple(
            Section(slug, title, explained, tuple(task for at, task in tasks if at is place))
            for place, (slug, title, explained) in SECTIONS.items()
            if any(at is place for at, _task in tasks)
        ),
        alarms=tuple(_alarm(alarm, language) for alarm in found.alarms),
        words=tuple(Written(_child(one.number, one.name, one.kind), word_view(one)) for one in found.words),
        whose=tuple(_whose(found, narrowed)),
        places=tuple(_places(found, narrowed)),
        child=one or (Child(narrowed.number, False, narrowed.number) if narrowed.number else None),
        without_child=_address(replace(narrowed, number="")),
        query=_query(narrowed),
        page=found.page,
        before=found.page - 1,
        after=found.page + 1 if found.more else 0,
        at=when.minute(found.at, found.items[0].law.zone if found.items else "UTC"),
    )


def _whose(found: WorkList, narrowed: Narrowed) -> Iterator[Filter]:
    unowned, mine = narrowed.unowned and found.leads, narrowed.mine and not (narrowed.unowned and found.leads)
    given = replace(narrowed, mine=False, unowned=False)
    yield Filter(_("My agency"), _address(given), not (mine or unowned))
    yield Filter(_("Children I lead"), _address(replace(given, mine=True)), mine)
    if found.leads:
        yield Filter(
            _("Children I lead: whoever owes it does not take part"),
            _address(replace(given, unowned=True)),
            unowned,
        )


def _narrowed(request: HttpRequest) -> Narrowed:
    """What the address asks for; what it says of no sense is not asked for."""
    slugs = {slug: place for place, (slug, _title, _explained) in SECTIONS.items()}
    return Narrowed(
        mine=request.GET.get("whose") == "mine",
        unowned=request.GET.get("whose") == "nobody",
        number=request.GET.get("child", "").strip().lower()[:LONGEST_NUMBER].replace("\0", ""),
        place=slugs.get(request.GET.get("show", "")),
    )


def _query(narrowed: Narrowed) -> str:
    given = {
        "whose": "nobody" if narrowed.unowned else "mine" if narrowed.mine else "",
        "child": narrowed.number,
        "show": "" if narrowed.place is None else SECTIONS[narrowed.place][0],
    }
    return urlencode({name: value for name, value in given.items() if value})


def _address(narrowed: Narrowed) -> str:
    return f"{reverse('work')}?{_query(narrowed)}".removesuffix("?")


def _places(found: WorkList, narrowed: Narrowed) -> Iterator[Filter]:
    total = sum(found.counts.values())
    yield Filter(_("All"), _address(replace(narrowed, place=None)), narrowed.place is None, _count(total))
    for place, (_slug, title, _explained) in SECTIONS.items():
        if found.counts.get(place) or narrowed.place is place:
            count = _count(found.counts.get(place, 0))
            yield Filter(title, _address(replace(narrowed, place=place)), narrowed.place is place, count)


def _count(number: int) -> str:
    return str(number) if number < MOST_COUNTED else f"{MOST_COUNTED}+"


def _child(number: str, name: str, kind: Kind) -> Child:
    no_name = _("Concern") if kind is Kind.CONCERN else _("Record")
    return Child(name or no_name, bool(name), number)


def _alarm(alarm: WorkAlarm, language: str) -> AlarmTask:
    return AlarmTask(
        child=_child(alarm.number, alarm.name, alarm.kind),
        title=alarm.code if alarm.rule is None else wording.told(alarm.rule.title, language),
        at="" if alarm.at is None else when.learnt(alarm.at, alarm.law.zone),
        href=reverse("acknowledge", args=[alarm.number, alarm.code]),
    )


def _task(item: WorkItem, found: WorkList, language: str) -> Task:
    rule, zone = item.rule, item.law.zone
    owner = item.law.owner(item.owner)
    dated = item.place in (Urgency.LATE, Urgency.DATED) and item.due_latest is not None
    lacking = () if rule is None else tuple(one for one in rule.evidence if one.id in item.missing)
    return Task(
        child=_child(item.number, item.name, item.kind),
        code=item.code,
        title=item.code if rule is None else wording.told(rule.title, language),
        state=item.state.value,
        state_words=wording.STATES[item.state],
        due=when.between(item.due_earliest or item.due_latest, item.due_latest, zone)
        if dated and item.due_latest
        else "",
        far=_far(item, found) if dated else "",
        due_kind=wording.STANDINGS[item.standing],
        words="" if rule is None else wording.told(rule.due.words, language),
        why=_why(item),
        owner=wording.titled(item.owner.value) if owner is None else wording.told(owner.agency, language),
        missing=tuple(wording.told(one.text, language) for one in lacking),
        ways=tuple(_ways(item))[:MOST_WAYS],
        sources=() if rule is None else tuple(cited(one, item.law, language) for one in rule.sources),
        href=reverse("record", args=[item.number]) + f"#duty-{item.code}{_of(item)}",
    )


def _of(item: WorkItem) -> str:
    return "" if item.subject is None else f"-{item.subject}"


def _far(item: WorkItem, found: WorkList) -> str:
    """In how long it is due, or since when it is late."""
    if item.due_latest is None:
        return ""
    words = _("{length} late") if item.due_latest < found.at else _("in {length}")
    return words.format(length=when.distance(found.at, item.due_latest))


def _why(item: WorkItem) -> str:
    """In one line, what made it a duty, as far as that is open."""
    if item.place is Urgency.UNKNOWN:
        asked = [wording.titled(name) for name in item.unknown[:MOST_WAYS]]
        return _("It would be told by: {facts}").format(facts=", ".join(asked)) if asked else ""
    told = [
        _("{what}, {time}").format(what=wording.titled(fact.type), time=when.span(fact.happened))
        for fact in item.behind[:2]
    ]
    if told:
        return "; ".join(told)
    return "" if item.is_whole else _("It rests on facts that are not open to your role.")


def _ways(item: WorkItem) -> Iterator[Link]:
    """The forms that meet it, or that answer what is not known."""
    if item.place is Urgency.UNKNOWN:
        acts = tuple(act for name in item.unknown if name in FACT_TYPES for act in [act_for(name)] if act)
    else:
        acts = () if item.rule is None else acts_for(item.rule, item.missing)
    about = None if item.rule is None else item.rule.for_each
    for act in dict.fromkeys(acts):
        if may_add(act, item.adds):
            yield way(item.number, act, about=about, subject=item.subject)
