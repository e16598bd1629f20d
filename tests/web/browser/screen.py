"""A screen with one page open: what it shows, what went wrong behind it, and a picture of each page that was seen."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, Response

from tests.house.source import ROOT
from tests.web.browser import axe
from tests.web.browser.server import Site
from tests.web.browser.variant import Variant
from tests.web.reading import not_in_words

SCREENSHOTS = Path(os.environ.get("SCREENSHOTS", ROOT / "var" / "screenshots"))
PATIENCE_MS = 15_000
# What the browser itself writes to its console when a page comes with such a status; the status is asked for elsewhere.
_STATUS = re.compile(r"Failed to load resource: the server responded with a status of (\d{3})")
_LONGEST: dict[str, int] = {}
"""Which pictures this run has kept, and how long the page was."""

_WIDER = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
_UNSEEN_IN_PRINT = """() => {
  const hidden = [];
  for (const element of document.querySelectorAll("main *")) {
    if (element.closest("form, nav, button, .button, .steps, .skip, summary, details, .unseen")) continue;
    if (element.closest(".back, .actions, .quiet, .on-screen, [hidden], svg, dialog")) continue;
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (own && !element.checkVisibility({visibilityProperty: true, opacityProperty: true}))
      hidden.push(element.outerHTML.slice(0, 120));
  }
  return hidden;
}"""


class Screen:
    """One person's browser."""

    def __init__(self, context: BrowserContext, site: Site, variant: Variant) -> None:
        self.site = site
        self.variant = variant
        self.faults: list[str] = []
        self.seen: list[str] = []
        self.allowed: set[int] = set()
        self.status = 0
        self._context = context
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        if variant.printed:
            self.page.emulate_media(media="print")
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("console", self._told)
        context.on("weberror", lambda error: self.faults.append(f"a script: {error.error}"))

    def speak(self, language: str) -> None:
        """Read the pages in that language."""
        self._context.add_cookies(
            [{"name": "encircle-language", "value": language, "url": self.site.address}]
        )

    def sign_in(self, cookie: str) -> None:
        """Be somebody, without the page of the sign-in."""
        self._context.add_cookies([{"name": "encircle", "value": cookie, "url": self.site.address}])

    @property
    def cookies(self) -> str:
        """What the browser would send along."""
        return "; ".join(f"{one['name']}={one['value']}" for one in self._context.cookies())

    def sign_out(self) -> None:
        """Be nobody again."""
        self._context.clear_cookies(name="encircle")

    def open(self, path: str, *, status: int = 200) -> "Screen":
        """Go to an address of ours; that status is the answer to be had."""
        with self.expecting(status):
            answer = self.page.goto(f"{self.site.address}{path}")
            assert answer is not None
            said = f"{path} answered {answer.status}, not {status}: {self.heading} {self.site.faults}"
            assert answer.status == status, said
            self.picture()
        return self

    @contextmanager
    def expecting(self, status: int) -> Iterator[None]:
        """An answer of that status is no fault while this lasts."""
        self.allowed = {status}
        try:
            yield
        finally:
            self.page.wait_for_load_state()
            self.allowed = set()

    @property
    def path(self) -> str:
        """Where it is."""
        return urlsplit(self.page.url).path

    @property
    def heading(self) -> str:
        """The heading of the page, or nothing."""
        first = self.page.locator("h1").first
        return first.inner_text() if first.count() else ""

    @property
    def text(self) -> str:
        """What can be read in the main part."""
        return self.page.locator("main").inner_text()

    def main(self, selector: str, *, has: Locator | None = None, has_text: str | None = None) -> Locator:
        """Elements of the main part; `has`, `has_text`: only those in which that stands."""
        return self.page.locator("main").locator(selector, has=has, has_text=has_text)

    def said(self, text: str) -> str:
        """These words of ours in the language of this screen."""
        with override(self.variant.language):
            return gettext(text)

    def named(self, name: str | re.Pattern[str]) -> str | re.Pattern[str]:
        """What a link or button is looked for by: in this screen's language, with anything for what is filled in."""
        if isinstance(name, str) and "%(" in name:
            return re.compile(".*".join(map(re.escape, re.split(r"%\(\w+\)s", self.said(name)))))
        return self.said(name) if isinstance(name, str) else name

    def follow(self, name: str | re.Pattern[str]) -> "Screen":
        """Follow a link by what it says."""
        self.page.get_by_role("link", name=self.named(name)).first.click()
        return self._arrived()

    def press(self, name: str | re.Pattern[str], *, status: int = 200) -> "Screen":
        """Press a button by what it says, and see what comes."""
        with self.expecting(status):
            self.page.get_by_role("button", name=self.named(name)).first.click()
            self._arrived()
        return self

    def fill(self, label: str, value: str) -> "Screen":
        """Type into a field by its label."""
        self.page.get_by_label(self.said(label), exact=True).fill(value)
        return self

    def choose(self, label: str, option: str) -> "Screen":
        """Choose from a list by its label."""
        self.page.get_by_label(self.said(label), exact=True).select_option(label=option)
        return self

    def tick(self, label: str) -> "Screen":
        """Tick a box or choose a button of several by its label."""
        self.page.get_by_label(self.said(label), exact=True).check()
        return self

    def _arrived(self) -> "Screen":
        self.page.wait_for_load_state()
        self.picture()
        return self

    def picture(self) -> None:
        """Keep what is seen, named by page and variant. Of several visits of a run the longest page is kept."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        status = "" if self.status == 200 else f"-{self.status}"
        name = f"{page_name(self)}{status}-{self.variant.name}.png"
        self.seen.append(name)
        length: int = self.page.evaluate("document.documentElement.scrollHeight")
        if length <= _LONGEST.get(name, 0):
            return
        _LONGEST[name] = length
        # The caret stays: to hide it Playwright gives fields a style, which htmx copies in a swap and the policy blocks.
        self.page.screenshot(path=SCREENSHOTS / name, full_page=True, animations="disabled", caret="initial")

    def problems(self) -> list[str]:
        """What shuts somebody out of this page: axe, width, headings, title, language, what print leaves out."""
        found = [f"axe: {one}" for one in axe.violations(self.page)]
        page, variant = self.page, self.variant
        if (wider := page.evaluate(_WIDER)) > 0:
            found.append(f"wider than the screen by {wider} px")
        if (headings := page.locator("h1").count()) != 1:
            found.append(f"{headings} headings of the first rank")
        if len(page.title().removesuffix("· Encircle").strip()) < 3:
            found.append(f"a title that says nothing: {page.title()!r}")
        found += [f"not in words: {one}" for one in not_in_words(page.inner_text("body"))]
        lang, direction = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
        if (lang, direction) != (variant.language, variant.direction):
            found.append(f"language and direction are {lang}, {direction}")
        if variant.printed:
            page.emulate_media(media="print")  # The end of axe's own session ends what was emulated.
            found += [f"not printed: {one}" for one in page.evaluate(_UNSEEN_IN_PRINT)]
        return [f"{self.path} ({variant.name}): {one}" for one in found]

    def check(self) -> "Screen":
        """Fail with page, rule and element where something shuts somebody out."""
        none_left(self.problems())
        return self

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.site.address, "data:", "blob:")):
            self.faults.append(f"asked another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.status = response.status
        if response.status >= 400 and response.status not in self.allowed:
            self.faults.append(f"{response.request.method} {response.url} answered {response.status}")

    def _told(self, message: ConsoleMessage) -> None:
        status = _STATUS.match(message.text)
        if message.type in ("error", "warning") and not (status and int(status[1]) in self.allowed):
            self.faults.append(f"the console: {message.text} ({message.location.get('url', '')})")


def none_left(faults: list[str]) -> None:
    """Fail where there are some, one line each."""
    assert not faults, "\n".join(faults)


def page_name(screen: Screen) -> str:
    """A name for a page, without the number of a record: the route, or the heading where no route leads there."""
    try:
        named = resolve(screen.path).route
    except Resolver404:
        named = f"error {screen.heading}"
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"<(\w+:)?", "", named).lower()).strip("-") or "start"


@contextmanager
def screen_of(browser: Browser, site: Site, variant: Variant, elsewhere: str = "") -> Iterator[Screen]:
    """A screen that ends with the test, which fails if anything went wrong behind it.

    `elsewhere`: where it may be led beside our pages, such as a provider of the tests with a certificate of its own.
    """
    context = browser.new_context(
        java_script_enabled=variant.javascript,
        viewport={"width": variant.width, "height": variant.height},
        color_scheme="dark" if variant.dark else "light",
        reduced_motion="reduce",
        locale=variant.language,
        timezone_id="UTC",
        ignore_https_errors=bool(elsewhere),
    )
    try:
        screen = Screen(context, site, variant)
        yield screen
        none_left([*screen.faults, *site.faults])
    finally:
        context.close()
