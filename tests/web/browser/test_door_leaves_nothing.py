"""What is left on a device after somebody was at the door and left: no word of it, in any file that the browser keeps."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import find_browser, flags
from tests.database import TestDatabase
from tests.web.browser.at_the_door import press
from tests.web.browser.server import Site
from tests.web.desks import make_desk

SEA = "Why is the sea salty?"
CANARY = "Canary-93b1-of-a-child"
NEUTRAL = {("/hello/", "Hello"), ("/hello/", SEA), ("/hello/out/", SEA), ("/sea/", SEA)}
SETTLES_MS = 3_000
"""The browser writes what it keeps of open pages some seconds later."""


@pytest.fixture(autouse=True)
def desks(database: TestDatabase) -> None:
    for name in ("dora", "dirk"):
        make_desk(database, name)


@contextmanager
def own_profile(browser: Browser, folder: Path, *, javascript: bool = True) -> Iterator[BrowserContext]:
    """A browser that keeps what any browser keeps, in that folder."""
    opened = browser.browser_type.launch_persistent_context(
        folder, executable_path=find_browser(), args=flags(), java_script_enabled=javascript
    )
    try:
        yield opened
    finally:
        opened.close()


def report(page: Page, site: Site) -> str:
    """Somebody tells, sends, and comes back with the code; the code."""
    page.goto(f"{site.address}/hello/")
    for step in ("danger", "no", "child_who", "child_needs", "child_account"):
        press(page, step)
    page.locator("#text").fill(CANARY)
    press(page, "check")
    page.wait_for_timeout(SETTLES_MS)
    press(page, "send")
    code: str = page.locator(".code").first.inner_text()
    page.goto(f"{site.address}/hello/")
    press(page, "code")
    page.locator("#code").fill(code)
    press(page, "inbox")
    assert CANARY in page.content()
    page.wait_for_timeout(SETTLES_MS)
    return code


def found_in(folder: Path, *words: str) -> list[str]:
    """The files that hold one of these words, in one of the ways in which a browser writes text."""
    signs = [word.encode(coding) for word in words for coding in ("utf-8", "utf-16-le", "utf-16-be")]
    held = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    assert len(held) > 10, "a profile holds more"
    return sorted(
        path.relative_to(folder).as_posix()
        for path in held
        if any(sign in content for content in [path.read_bytes()] for sign in signs)
    )


def visited(folder: Path, site: Site) -> set[tuple[str, str]]:
    """The pages of ours in the history, with their titles."""
    (history,) = folder.rglob("History")
    with closing(sqlite3.connect(f"file:{history}?immutable=1", uri=True)) as kept:
        rows = kept.execute("SELECT url, title FROM urls WHERE url LIKE ?", (f"{site.address}%",)).fetchall()
    return {(str(url).removeprefix(site.address), str(title)) for url, title in rows}


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_after_leaving_no_word_and_no_code_is_in_any_file_of_the_browser(
    browser: Browser, site: Site, tmp_path: Path, javascript: bool
):
    with own_profile(browser, tmp_path, javascript=javascript) as opened:
        page = opened.pages[0]
        code = report(page, site)
        page.locator("a.out").click()
        page.locator("article").wait_for()
        page.wait_for_timeout(SETTLES_MS)
        assert opened.cookies() == []
    assert found_in(tmp_path, CANARY, code) == []
    assert visited(tmp_path, site) <= NEUTRAL


def test_a_page_that_keeps_a_word_is_found(browser: Browser, site: Site, tmp_path: Path):
    with own_profile(browser, tmp_path) as opened:
        page = opened.pages[0]
        page.goto(f"{site.address}/hello/")
        page.evaluate("(word) => localStorage.setItem('draft', word)", CANARY)
        page.wait_for_timeout(SETTLES_MS)
    assert found_in(tmp_path, CANARY) != []


def test_what_a_teacher_wrote_is_in_no_file_of_the_browser(browser: Browser, site: Site, tmp_path: Path):
    with own_profile(browser, tmp_path) as opened:
        page = opened.pages[0]
        page.goto(f"{site.address}/report/school/")
        page.locator('input[name="pro_danger"][value="no"]').check()
        page.locator("#pro_seen").fill(CANARY)
        press(page, "check")
        assert CANARY in page.content()
        page.wait_for_timeout(SETTLES_MS)
        press(page, "send")
        code = page.locator(".code").first.inner_text()
        page.wait_for_timeout(SETTLES_MS)
        page.locator("a.out").click()
        page.locator("article").wait_for()
        page.wait_for_timeout(SETTLES_MS)
    assert found_in(tmp_path, CANARY, code) == []
