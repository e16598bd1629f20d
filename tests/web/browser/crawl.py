"""Walking every link of the site from one page on, as one person, until enough of each kind of page was seen.

Links are followed over the line, where a page costs what the server costs. A page is opened in the browser and
looked at where something stands on it that was not looked at before: a first page of its kind nearly always, and
the page of another role where it has a part that the first had not.
"""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.web.browser.screen import Screen
from tests.web.reading import read

HOPS = 5
Visit = Callable[[Screen], list[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came over the line: status, where it came from in the end, and the page; no page where it is a file."""

    status: int
    path: str
    page: bytes | None


def crawl(
    screen: Screen, *, start: str = "/", most: int, of_a_kind: int, visit: Visit, known: set[str]
) -> list[str]:
    """What is wrong with the pages that are found; `most` of them, `of_a_kind` with the same route.

    `visit` says what is wrong with the page that is open. A link that leads nowhere is wrong too, and so is a page
    that is not well formed. `known`: the elements looked at already; those of this walk join them.
    """
    wrong: list[str] = []
    waiting, met, kinds = deque([start]), {start}, Counter[str]()
    while waiting and kinds.total() < most:
        path = waiting.popleft()
        kind = kind_of(path)
        if kinds[kind] >= of_a_kind:
            continue
        kinds[kind] += 1
        answer = fetch(screen.site.address, path, screen.cookies)
        if answer.status >= 400:
            wrong.append(f"{path} answered {answer.status}")
            continue
        if answer.page is None:
            continue
        found = read(answer.page)
        wrong += [f"{answer.path}: {problem}" for problem in found.problems]
        if new := elements(answer.page) - known:
            known |= new
            screen.open(answer.path)
            wrong += visit(screen)
        for link in found.links:
            inner = inside(screen.site.address, f"{screen.site.address}{answer.path}", link)
            if inner is not None and inner not in met:
                met.add(inner)
                waiting.append(inner)
    return wrong


def fetch(address: str, path: str, cookies: str) -> Answer:
    """Ask for that path as one who carries these cookies, and follow where it sends on."""
    for _hop in range(HOPS):
        line = HTTPConnection(urlsplit(address).netloc, timeout=60)
        line.request("GET", path, headers={"Cookie": cookies, "Accept": "text/html"})
        got = line.getresponse()
        body, kind, onward = got.read(), got.getheader("Content-Type", ""), got.getheader("Location")
        line.close()
        if onward is None:
            return Answer(got.status, path, body if kind.startswith("text/html") else None)
        path = urljoin(path, onward)
    return Answer(508, path, None)


def elements(page: bytes) -> set[str]:
    """Each kind of element on that page: its name, its classes, its attributes; never its words."""
    taken = _Elements()
    taken.feed(page.decode())
    taken.close()
    return taken.found


class _Elements(HTMLParser):
    """Takes a page apart."""

    SAID = ("class", "type", "role", "rel", "scope")

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = sorted(f"{name}={value}" if name in self.SAID else name for name, value in attrs)
        self.found.add(" ".join((tag, *told)))


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
