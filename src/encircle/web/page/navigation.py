"""Navigation: the ways from page to page, shown when the page behind them is there. Opens nothing by itself."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encircle.actions.permit import has_purpose
from encircle.actions.post import Post
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of a navigation. `roles`: to whom it is shown (empty: to all); `within`: other pages that belong to it."""

    name: str
    text: Words
    icon: str
    roles: frozenset[Role] = frozenset()
    within: frozenset[str] = frozenset()
    purpose: Purpose | None = None
    """For which purpose: shown only to roles that have it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One link as it is shown."""

    text: Words
    href: str
    icon: str
    current: bool


TRIAGE = frozenset(
    {
        Role.TRIAGE_TEAM,
        Role.REPORTING_CHANNEL,
        Role.CHILD_PROTECTION_SERVICE,
        Role.CASE_LEAD,
        Role.SUPERVISOR,
        Role.POLICE,
        Role.PROSECUTOR,
        Role.IDENTIFICATION_AUTHORITY,
        Role.BARNAHUS,
        Role.HEALTH_SERVICE,
        Role.HELPLINE,
        Role.COORDINATOR,
    }
)
"""Who sits at the board where reports are looked at together, or sends to it."""

STATISTICS = frozenset(
    {Role.COORDINATOR, Role.RAPPORTEUR, Role.OMBUDSPERSON, Role.MINISTRY, Role.SUPERVISOR, Role.FOCAL_POINT}
)
"""Who steers, or watches over those who do."""

OF_A_RECORD = (
    Way("record", _("Home"), "house"),
    Way("happened", _("What happened?"), "pencil"),
    Way("people", _("People"), "users"),
    Way(
        "meetings",
        _("Meetings"),
        "message-circle",
        within=frozenset({"new_meeting", "meeting", "print_meeting", "meeting_act"}),
    ),
    Way("record_calendar", _("Calendar"), "calendar"),
    Way(
        "requests",
        _("Cross-border"),
        "globe",
        within=frozenset(
            {
                *("request_new", "request", "request_send", "request_print"),
                *("request_act", "requests_act", "flag_act"),
            }
        ),
        purpose=Purpose.CROSS_BORDER,
    ),
    Way("childs_page", _("Child's page"), "key-round", purpose=Purpose.CHILDS_PAGE),
    Way("looks", _("Who has looked"), "eye"),
)
"""The pages of one record, in the order of its tabs."""

MAIN = (
    Way("work", _("My work"), "clipboard-list"),
    Way("records", _("Records"), "folder", within=frozenset(way.name for way in OF_A_RECORD)),
    Way("triage", _("Triage"), "inbox", roles=TRIAGE),
    Way("calendar", _("Calendar"), "calendar"),
    Way("search", _("Search"), "search"),
    Way("statistics", _("Statistics"), "chart-column", roles=STATISTICS),
)
"""What staff may go to from everywhere."""


def main_ways(request: HttpRequest, post: Post | None) -> tuple[Item, ...]:
    """The main navigation of who is signed in; nothing for everybody else."""
    if post is None:
        return ()
    here, number = _here(request)
    return tuple(
        Item(way.text, href, way.icon, way.name == here or (bool(number) and way.name == "records"))
        for way in MAIN
        if (not way.roles or post.who.role in way.roles)
        for href in [_address(way.name, "", get_urlconf() or "")]
        if href
    )


def record_ways(request: HttpRequest, post: Post | None) -> tuple[Item, ...]:
    """The pages of the record to which this page belongs; nothing where it belongs to none."""
    here, number = _here(request)
    if post is None or not number:
        return ()
    return tuple(
        Item(way.text, href, way.icon, way.name == here or here in way.within)
        for way in OF_A_RECORD
        if way.purpose is None or has_purpose(post.who.role, way.purpose)
        for href in [_address(way.name, number, get_urlconf() or "")]
        if href
    )


def _here(request: HttpRequest) -> tuple[str, str]:
    """The name of the page, and the number of the record in its address."""
    match = request.resolver_match
    if match is None:
        return "", ""
    return match.url_name or "", str(match.kwargs.get("number", ""))


@lru_cache(maxsize=4096)
def _address(name: str, number: str, _urlconf: str) -> str:
    """The address of that page; nothing where there is no such page in this installation."""
    try:
        return reverse(name, kwargs={"number": number} if number else None)
    except NoReverseMatch:
        return ""
