"""Walking every link of the site from one page on, as one person, until enough of each kind of page was seen."""

from collections import Counter, deque
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from tests.web.browser.screen import Screen

_LINKS = "[...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))"
Visit = Callable[[Screen], list[str]]


def crawl(screen: Screen, *, start: str = "/", most: int, of_a_kind: int, visit: Visit) -> list[str]:
    """What is wrong with the pages that are found; `most` of them, `of_a_kind` with the same route.

    `visit` says what is wrong with the page that is open. A link that leads nowhere is wrong too.
    """
    wrong: list[str] = []
    waiting, known, kinds = deque([start]), {start}, Counter[str]()
    visited = 0
    while waiting and visited < most:
        path = waiting.popleft()
        kind = kind_of(path)
        if kinds[kind] >= of_a_kind:
            continue
        kinds[kind] += 1
        visited += 1
        status, is_page = went_to(screen, path)
        if status >= 400:
            wrong.append(f"{path} answered {status}")
        if status >= 400 or not is_page:
            continue
        wrong += visit(screen)
        for link in screen.page.evaluate(_LINKS):
            found = inside(screen.site.address, screen.page.url, link)
            if found is not None and found not in known:
                known.add(found)
                waiting.append(found)
    return wrong


def went_to(screen: Screen, path: str) -> tuple[int, bool]:
    """The status of that address, and whether it is a page: a file to keep is fetched and not looked at."""
    try:
        answer = screen.page.goto(screen.site.address + path)
    except Error as told:
        if "Download is starting" not in told.message:
            raise
        return screen.page.context.request.get(screen.site.address + path).status, False
    return (0 if answer is None else answer.status), True


def inside(address: str, here: str, link: str) -> str | None:
    """The path and question of a link within the site; None for one that leads away or to a place on the same page."""
    if link.startswith("#"):
        return None
    whole = urlsplit(urljoin(here, link))
    if f"{whole.scheme}://{whole.netloc}" != address:
        return None
    return f"{whole.path}?{whole.query}" if whole.query else whole.path


def kind_of(path: str) -> str:
    """Which page an address leads to, whatever the record; a page with a question is another kind than without."""
    parts = urlsplit(path)
    try:
        route = resolve(parts.path).route
    except Resolver404:
        return path
    return f"{route}?" if parts.query else route
