"""One address for each page of the site, found by following links over the line, one person of each role after another.

What no link of the demonstration leads to is added by hand; so no page of the site is left out unsaid.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import URLPattern, URLResolver, get_resolver

from tests.web.browser.crawl import fetch, inside, kind_of
from tests.web.reading import read

MOST = 300
"""Addresses that are asked for as one person."""
OF_A_KIND = 4


@dataclass(frozen=True, slots=True)
class Found:
    """An address, and the cookie of the person who reaches it."""

    address: str
    cookie: str


def gather(site: str, cookies: Iterable[str], *, start: str = "/") -> dict[str, Found]:
    """For each route the first address that shows a page."""
    found: dict[str, Found] = {}
    for cookie in cookies:
        for kind, address in _reached(site, cookie, start):
            found.setdefault(kind, Found(address, cookie))
    return found


def _reached(site: str, cookie: str, start: str) -> Iterator[tuple[str, str]]:
    waiting, met, kinds, asked = deque([start]), {start}, Counter[str](), 0
    while waiting and asked < MOST:
        path = waiting.popleft()
        kind = kind_of(path)
        if kinds[kind] >= OF_A_KIND:
            continue
        kinds[kind] += 1
        asked += 1
        answer = fetch(site, path, cookie)
        if answer.status >= 400 or answer.page is None:
            continue
        yield kind_of(urlsplit(answer.path).path), answer.path
        for link in read(answer.page).links:
            inner = inside(site, f"{site}{answer.path}", link)
            if inner is not None and inner not in met:
                met.add(inner)
                waiting.append(inner)


def routes() -> frozenset[str]:
    """Every route of the site but those of programs."""
    return frozenset(route for route in _routes(get_resolver(), "") if not route.startswith("api/"))


def _routes(resolver: URLResolver, before: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern)
        else:
            yield from _routes(pattern, before + str(pattern.pattern))


DEMONSTRATION, PATH, CHILD = "the demonstration", "one child's path", "the child's own page"
PAGES: dict[str, str] = {
    **dict.fromkeys(
        (
            "",
            "calendar/",
            "components/",
            "concerns/new/",
            "country/",
            "country/record/<slug:slug>/",
            "our-duties/",
            "our-duties/record/<slug:slug>/",
            "agreements/",
            "emergency/",
            "law/",
            "law/chart/",
            "law/duties/<slug:code>/",
            "law/instruments/",
            "law/instruments/<path:code>/",
            "law/prohibitions/<slug:code>/",
            "law/unread/",
            "law/words/",
            "caseload/",
            "missing/",
            "my-looks/",
            "my/",
            "read/",
            "notices/",
            "referrals/",
            "records/",
            "records/<slug:number>/",
            "records/<slug:number>/alarms/<slug:code>/acknowledge/",
            "records/<slug:number>/calendar/",
            "records/<slug:number>/childs-page/",
            "records/<slug:number>/cross-border/",
            "records/<slug:number>/cross-border/<slug:request_id>/",
            "records/<slug:number>/cross-border/<slug:request_id>/print/",
            "records/<slug:number>/cross-border/flags/<slug:flag>/<slug:act>/",
            "records/<slug:number>/cross-border/new/",
            "records/<slug:number>/cross-border/record/<slug:act>/",
            "records/<slug:number>/days/",
            "records/<slug:number>/duties/<slug:code>/",
            "records/<slug:number>/emergencies/",
            "records/<slug:number>/facts/",
            "records/<slug:number>/facts/<slug:fact>/correct/",
            "records/<slug:number>/facts/<slug:fact>/learnt/",
            "records/<slug:number>/facts/<slug:fact>/withdraw/",
            "records/<slug:number>/looks/",
            "records/<slug:number>/meetings/",
            "records/<slug:number>/meetings/<slug:meeting>/",
            "records/<slug:number>/meetings/<slug:meeting>/<slug:act>/",
            "records/<slug:number>/meetings/<slug:meeting>/print/",
            "records/<slug:number>/meetings/new/",
            "records/<slug:number>/missing/",
            "records/<slug:number>/people/",
            "records/<slug:number>/people/asked/",
            "records/<slug:number>/people/referrals/",
            "records/<slug:number>/people/opened/",
            "records/<slug:number>/purpose/",
            "records/<slug:number>/record/",
            "records/<slug:number>/record/<slug:slug>/",
            "records/new/",
            "search/",
            "search/whose-child/",
            "sign-in/",
            "statistics/",
            "step-in/",
            "triage/",
            "reports/",
            "talks/",
            "talks/call/",
            "reports/held/",
            "reports/keeping/",
            "talks/keeping/",
        ),
        DEMONSTRATION,
    ),
    **dict.fromkeys(
        (
            "account/",
            "account/again/",
            "account/colleagues/",
            "account/colleagues/<slug:person>/leave/",
            "account/colleagues/invite/",
            "account/keys/",
            "account/linked/",
            "account/passkey-needed/",
            "law/privacy/",
            "my/data/",
            "records/<slug:number>/access/",
            "records/<slug:number>/access/<slug:file>/",
            "records/<slug:number>/keeping/",
            "records/<slug:number>/sealed/",
            "sign-in/invited/",
            "account/app/",
            "account/passkeys/",
            "account/passkeys/add/",
            "account/password/",
            "account/password/again/",
            "account/sessions/",
            "account/sign-in/",
            "agreements/<slug:agreement>/",
            "agreements/new/",
            "emergency/counted/",
            "looks/",
            "referrals/<slug:offer>/",
            "caseload/<uuid:review>/",
            "caseload/<uuid:review>/<uuid:child>/",
            "reports/<uuid:report>/",
            "reports/<uuid:report>/same-child/",
            "complaints/",
            "complaints/keeping/",
            "complaints/<uuid:complaint>/",
            "complaints/<uuid:complaint>/files/<uuid:file>/",
            "talks/<uuid:report>/",
            "reports/<uuid:report>/files/<uuid:file>/",
            "looks/people/",
            "looks/asked-again/",
            "looks/breach/",
            "looks/week/",
            "concerns/<slug:concern>/",
            "records/<slug:number>/cross-border/<slug:request_id>/<slug:act>/",
            "records/<slug:number>/cross-border/<slug:request_id>/send/",
            "records/<slug:number>/overrides/<slug:asked>/",
            "statistics/<slug:code>/",
            "triage/<slug:concern>/",
            "triage/<slug:concern>/answer/",
            "triage/<slug:concern>/same-child/",
        ),
        PATH,
    ),
    **dict.fromkeys(
        (
            "my/next/",
            "my/people/",
            "my/card/",
            "my/decided/",
            "my/rights/",
            "my/say/",
            "my/complain/",
            "my/seen/",
            "my/file/",
        ),
        CHILD,
    ),
    "records/<slug:number>/keeping/<slug:erasure>/": "test_keeping: after an erasure was carried out",
    "our-duties/entries/<slug:fact>/": "test_own_duties: after an entry was recorded",
    "country/entries/<slug:fact>/": "test_own_duties: after an entry was recorded",
    "account/app/remove/": "test_second_factor: after an app was set up",
    "account/passkeys/<int:pk>/remove/": "test_passkey: after a key was added",
    "account/recovery-codes/": "test_second_factor: after an app was set up",
    "account/recovery-codes/new/": "test_second_factor: after an app was set up",
    **dict.fromkeys(
        (
            "account/again/<slug:provider>/",
            "sign-in/with/<slug:provider>/",
            "sign-in/with/<slug:provider>/back/",
        ),
        "test_walk_provider: leads to a provider and back",
    ),
    "sign-in/with/<slug:provider>/ended/": "for programs",
    "account/second-factor/": "test_walk_sign_in: after the password",
    "my/<path:rest>": "shows the child's first page",
    **dict.fromkeys(("-/live", "-/ready"), "for programs"),
    **dict.fromkeys(
        (
            "calendar/download/",
            "law/privacy/<slug:paper>/",
            "records/<slug:number>/access/<slug:file>/pdf/",
            "records/<slug:number>/keeping/<slug:erasure>/pdf/",
            "records/<slug:number>/calendar/download/",
            "statistics/<slug:code>.csv",
            "looks/people.csv",
            "reports/<uuid:report>/files/<uuid:file>/copy/",
            "complaints/<uuid:complaint>/files/<uuid:file>/copy/",
            "looks/breach/<slug:kind>/",
            "statistics/<slug:code>.json",
            "law/practice/files/<slug:pack>.zip",
        ),
        "a file",
    ),
    **dict.fromkeys(
        (
            "law/practice/",
            "law/practice/<int:number>/",
            "law/practice/<int:number>/records/",
            "law/practice/new/",
            "law/practice/new/<slug:part>/",
        ),
        "test_walk_practice: over a database of its own, as what is adopted is law",
    ),
    "hello/hear/<slug:words>/": "a sound: test_read_aloud",
    **dict.fromkeys(("hello/", "hello/read/", "sea/"), "test_door: with a script and without"),
    **dict.fromkeys(
        ("report/", "report/<slug:setting>/", "report/<slug:setting>/guide/"),
        "test_walk_professional: with a script and without",
    ),
    **dict.fromkeys(
        (
            "language/",
            "theme/",
            "sign-out/",
            "reports/<uuid:report>/send/",
            "my/leave/",
            "my/language/",
            "hello/out/",
        ),
        "leads on to a page",
    ),
}
"""Each route, and where it is looked at in every way; or why there is nothing to look at."""


def seen_in(where: str) -> frozenset[str]:
    """The routes that are looked at there."""
    return frozenset(route for route, its in PAGES.items() if its == where)
