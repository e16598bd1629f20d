"""Navigation: the ways from page to page, shown where the page behind them is there and open. Opens nothing by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encircle.actions.permit import Use, uses_of
from encircle.actions.post import Post
from encircle.core.access import Doing
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from encircle.web.gate import purpose_at

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of a navigation. `roles`: to whom it is of use (empty: to all); `within`: other pages that belong to it.

    It is shown to those whose mandate has the purpose that its page declares, for `doing`.
    """

    name: str
    text: Words
    icon: str
    roles: frozenset[Role] = frozenset()
    within: frozenset[str] = frozenset()
    doing: Doing = Doing.LOOK


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

TALK = frozenset(
    {Role.HELPLINE, Role.REPORTING_CHANNEL, Role.TRIAGE_TEAM, Role.CHILD_PROTECTION_SERVICE, Role.POLICE}
)
"""Who talks with those who ask at the door before they report."""

STEERING = frozenset(
    {Role.COORDINATOR, Role.RAPPORTEUR, Role.OMBUDSPERSON, Role.MINISTRY, Role.SUPERVISOR, Role.FOCAL_POINT}
)
"""Who steers, or watches over those who do."""

OF_A_RECORD = (
    Way("record", _("Home"), "house", within=frozenset({"days", "missing"})),
    Way("happened", _("What happened?"), "pencil", doing=Doing.ADD),
    Way("people", _("People"), "users", within=frozenset({"opened_parts", "owner_questions", "offers_of"})),
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
    ),
    Way("childs_page", _("Child's page"), "key-round"),
    Way(
        "looks",
        _("Who has looked"),
        "eye",
        within=frozenset({"emergencies", "access_files", "access_file", "keeping", "certificate"}),
    ),
)
"""The pages of one record, in the order of its tabs."""

PRACTICE = frozenset({Role.COORDINATOR, Role.MINISTRY})
"""Who proposes what practice sets, and who decides."""

MAIN = (
    Way("work", _("My work"), "clipboard-list", within=frozenset({"offers", "offer", "missing_children"})),
    Way("records", _("Records"), "folder", within=frozenset(way.name for way in OF_A_RECORD)),
    Way("triage", _("Triage"), "inbox", roles=TRIAGE, within=frozenset({"reports", "report"})),
    Way("caseload", _("Caseload"), "users", within=frozenset({"caseload_review", "caseload_child"})),
    Way("complaints", _("Complaints"), "flag", within=frozenset({"complaint"})),
    Way("talks", _("Talks"), "message-circle", roles=TALK, within=frozenset({"talk", "talk_call"})),
    Way("calendar", _("Calendar"), "calendar"),
    Way("search", _("Search"), "search", within=frozenset({"emergency", "ask_owner"})),
    Way(
        "own_duties",
        _("Our duties"),
        "scale",
        within=frozenset(
            {
                *("own_duties_record", "own_duties_take_back"),
                *("agreements", "new_agreement", "agreement"),
            }
        ),
    ),
    Way(
        "countrys_duties",
        _("Our country"),
        "globe",
        roles=frozenset({Role.COORDINATOR}),
        within=frozenset({"countrys_duties_record", "countrys_duties_take_back"}),
    ),
    Way(
        "look_alarms",
        _("Looks"),
        "eye",
        roles=frozenset({Role.SUPERVISOR, Role.DATA_PROTECTION_OFFICER}),
        within=frozenset({"supervised", "breach", "asked_again"}),
    ),
    Way("statistics", _("Statistics"), "chart-column", roles=STEERING),
    Way(
        "law",
        _("The law"),
        "scale",
        roles=STEERING,
        within=frozenset(
            {
                *("law_duty", "law_prohibition", "law_chart"),
                *("law_instruments", "law_instrument", "law_words", "law_unread", "law_privacy"),
            }
        ),
    ),
    Way(
        "practice",
        _("Changes of practice"),
        "pencil",
        roles=PRACTICE,
        within=frozenset({"practice_new", "practice_form", "practice_proposal", "practice_records"}),
    ),
)
"""What staff may go to from everywhere."""


def main_ways(request: HttpRequest, post: Post | None) -> tuple[Item, ...]:
    """The main navigation of who is signed in; nothing for everybody else."""
    if post is None:
        return ()
    here, number = _here(request)
    ways = tuple(way for way in MAIN if not way.roles or post.who.role in way.roles)
    return tuple(
        Item(way.text, href, way.icon, _is_here(way, here, number)) for way, href in _open(ways, post, "")
    )


def _is_here(way: Way, here: str, number: str) -> bool:
    """Whether the page belongs to that way; every page of a record belongs to the records."""
    return here == way.name or here in way.within or (bool(number) and way.name == "records")


def record_ways(request: HttpRequest, post: Post | None) -> tuple[Item, ...]:
    """The pages of the record to which this page belongs; nothing where it belongs to none."""
    here, number = _here(request)
    if post is None or not number:
        return ()
    return tuple(
        Item(way.text, href, way.icon, way.name == here or here in way.within)
        for way, href in _open(OF_A_RECORD, post, number)
    )


def _open(ways: Sequence[Way], post: Post, number: str) -> tuple[tuple[Way, str], ...]:
    """Those whose page is there and open to that post, with its address."""
    urlconf = get_urlconf() or ""
    there = {way: href for way in ways if (href := _address(way.name, number, urlconf))}
    uses = {way: Use(_purpose(way.name, bool(number), urlconf), way.doing) for way in there}
    may = uses_of(post.who, set(uses.values()), number=number)
    return tuple((way, href) for way, href in there.items() if uses[way] in may)


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


@lru_cache(maxsize=256)
def _purpose(name: str, is_of_a_record: bool, urlconf: str) -> Purpose:
    """What the page of that name is for; it does not depend on the record."""
    return purpose_at(_address(name, "x" if is_of_a_record else "", urlconf))
