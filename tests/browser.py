"""The browser of the page tests: where it is, how it is started, and what is told when there is none."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

USUAL = ("chromium", "chromium-browser", "google-chrome")
ROOM = "tests/web/browser/"
MISSING = (
    "The page tests need Chromium (Debian: apt-get install chromium fonts-noto-core), "
    "or ALLOW_NO_BROWSER=1 to go on without them."
)
# Nothing is asked of the network, not even whether there is a newer browser; no name leads anywhere but here.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--no-first-run",
)


def find_browser() -> str | None:
    """The path of a Chromium; CHROMIUM names another than the usual ones."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ((named,) if named else USUAL))
    return next((path for path in found if path), None)


def is_left_out() -> bool:
    """Whether there is no browser and somebody said that this is all right."""
    return find_browser() is None and os.environ.get("ALLOW_NO_BROWSER") == "1"


def flags() -> list[str]:
    """What a browser of the tests is started with."""
    return [*FLAGS, *(("--no-sandbox",) if os.geteuid() == 0 else ())]


def start(playwright: Playwright) -> Browser:
    """A browser process without a window."""
    return playwright.chromium.launch(executable_path=find_browser(), args=flags())


def count_left_out(skipped: list[str]) -> str:
    """The line at the end of a run without a browser."""
    pages = sum(name.startswith(ROOM) for name in skipped)
    return f"ALLOW_NO_BROWSER=1 and no browser: {pages} page tests were not run."
