"""Missing children across records: who is missing now, who was found and for whom something is due. Decides nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.missing import Due, MissingChild, MissingList, Stands, missing_children
from encircle.core.duty import DutyState
from encircle.vocabulary.moment import Span
from encircle.vocabulary.purpose import Purpose
from encircle.web.desk.listing import page_asked
from encircle.web.gate import purpose
from encircle.web.page import when, wording
from encircle.web.page.staff import for_staff

Words = str | Promise

SHOWN: tuple[tuple[str, Words], ...] = (
    ("", gettext_lazy("All")),
    ("missing", gettext_lazy("Missing now")),
    ("found", gettext_lazy("Found, something is still due")),
)
"""What the list can be narrowed to: its word in the address, its words."""
SECTIONS: dict[bool, tuple[str, Words, Words]] = {
    True: ("missing", gettext_lazy("Missing now"), gettext_lazy("Noticed last first.")),
    False: (
        "found",
        gettext_lazy("Found, something is still due"),
        gettext_lazy("It leaves this list when all is done, also the talk after the return."),
    ),
}
DANGERS: dict[str, tuple[Words, str]] = {
    "grave": (gettext_lazy("Danger: grave"), "alarm"),
    "possible": (gettext_lazy("Danger: possible"), "due_soon"),
    "not_known": (gettext_lazy("Danger: not known"), "unknown"),
}
"""How grave the danger is in the judgement of a person, and how that is marked."""
NO_DANGER: tuple[Words, str] = (gettext_lazy("Danger: nobody has judged it yet"), "unknown")


@dataclass(frozen=True, slots=True)
class Step:
    """One point on the way from missing to safe: when it was, or that it is not on record."""

    text: Words
    at: str
    kind: str


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done, by whom, by when."""

    title: str
    owner: str
    by: str
    state: str
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One child. `far`: for how long it is missing."""

    number: str
    label: str
    href: str
    since: str
    far: str
    late: bool
    steps: tuple[Step, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Those missing, or those found."""

    slug: str
    title: Words
    explained: Words
    cards: tuple[Card, ...]


@purpose(Purpose.WORK_LIST)
@require_safe
@for_staff
def missing_list(request: HttpRequest, who: Who) -> HttpResponse:
    """The list."""
    found = missing_children(
        who, page=page_asked(request.GET.get("page", "")), stands=request.GET.get("show", "")
    )
    query = urlencode({"show": found.stands}) if found.stands else ""
    shown = {
        "sections": sections(found, get_language() or "en"),
        "narrow": [
            (text, f"{reverse('missing_children')}{'?show=' if code else ''}{code}", code == found.stands)
            for code, text in SHOWN
        ],
        "query": query,
        "page": found.page,
        "before": found.page - 1,
        "after": found.page + 1 if found.more else 0,
    }
    return render(request, "desk/missing_list.html", shown)


def sections(found: MissingList, language: str) -> tuple[Section, ...]:
    """The list as it is shown: those missing before those found."""
    return tuple(
        Section(*SECTIONS[is_missing], cards)
        for is_missing in (True, False)
        if (
            cards := tuple(
                _card(one, found.at, language)
                for one in found.items
                if (one.stands is Stands.MISSING) is is_missing
            )
        )
    )


def _card(child: MissingChild, at: datetime, language: str) -> Card:
    href = reverse("missing", args=[child.number]) if child.is_open else ""
    since = "" if child.since is None else when.span(child.since)
    ends = child.returned or child.located
    is_missing = child.stands is Stands.MISSING and child.since is not None
    return Card(
        number=child.number,
        label=child.name or _("No name known"),
        href=href,
        since=since if ends is None else when.span(ends),
        far=when.distance(child.since.earliest, at) if is_missing and child.since is not None else "",
        late=any(one.state in (DutyState.OVERDUE, DutyState.BREACHED) for one in child.duties),
        steps=tuple(_steps(child)),
        tasks=tuple(_task(one, child, language) for one in child.duties),
    )


def _steps(child: MissingChild) -> Iterator[Step]:
    """In the order in which they come; of what comes after the child is found, nothing before."""
    danger, kind = NO_DANGER if child.danger is None else DANGERS.get(child.danger, NO_DANGER)
    since = "" if child.since is None else when.span(child.since)
    yield Step(_("Missing since") if since else _("Missing"), since, "")
    yield _step(_("Police told"), _("Police not told"), child.police)
    yield Step(danger, "", kind)
    if child.alert is not None:
        yield _step(_("Alert given"), "", child.alert)
    if child.alert is None or child.told is not None:
        yield _step(_("Others told"), _("No alert, others not told"), child.told)
    if child.stands is Stands.MISSING:
        return
    yield _step(_("The child was found"), _("Time of finding not known"), child.located or child.returned)
    if child.located is not None:
        yield _step(_("Measures decided"), _("Measures not decided"), child.measures)
    yield _step(_("Back"), _("Not back yet"), child.returned)


def _step(done: Words, not_done: Words, at: Span | None) -> Step:
    return Step(not_done, "", "unknown") if at is None else Step(done, when.span(at), "calm")


def _task(due: Due, child: MissingChild, language: str) -> Task:
    owner = child.law.owner(due.owner)
    role = wording.titled(due.owner.value) if owner is None else wording.told(owner.agency, language)
    lacking = () if due.rule is None else tuple(one for one in due.rule.evidence if one.id in due.missing)
    words = "" if due.rule is None else wording.told(due.rule.due.words, language)
    return Task(
        title=due.code if due.rule is None else wording.told(due.rule.title, language),
        owner=due.agency_name or role,
        by=when.minute(due.due_latest, child.law.zone) if due.due_latest is not None else words,
        state=due.state.value,
        lacking=tuple(wording.told(one.text, language) for one in lacking),
    )
