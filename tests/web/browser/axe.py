"""axe on the page that is open. It runs in a world of its own beside the page's, so the page keeps its policy.

A page that looks in all like one of before in this run is not looked at again: what was found then is said again.
"""

import re
from hashlib import sha256

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import CDPSession, Page

OPTIONS = '{resultTypes: ["violations"], preload: false, rules: {"target-size": {enabled: true}}}'
# Where scripts are switched off no timer fires, but promises are kept: axe waits by promises there and here.
_TIMERS = (
    "self.setTimeout = (wake, wait = 0, ...given) => wait || Promise.resolve().then(() => wake(...given));"
)
_RUN = f"""axe.run(document, {OPTIONS}).then(found => found.violations.flatMap(rule => rule.nodes.map(node =>
  `${{rule.id}} (${{rule.impact}}): ${{node.target.join(" ")}} | ${{node.html.slice(0, 160)}} | ${{
  [...node.any, ...node.all, ...node.none].map(check => check.message).join("; ")}}`)))"""
_LOOK = """[innerWidth, matchMedia("(prefers-color-scheme: dark)").matches, matchMedia("print").matches,
  document.activeElement?.outerHTML, document.title, document.documentElement.outerHTML,
  ...[...document.querySelectorAll("input, select, textarea")].map(field => [!!field.value, field.checked])
].join("\\n")"""
# What differs each time and changes nothing of a page: the marks of a form, an answer, a record; the minute; that
# htmx came by.
_MARKS = re.compile(
    r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[a-z0-9]{4}-[a-z0-9]{4}\b|[\w=-]{64,}"
    r"|nonce(:\w+)?=.[\w-]+|\b\d\d(:|%3A)\d\d\b| data-htmx-powered=.true."
)
_FOUND: dict[bytes, list[str]] = {}


def violations(page: Page) -> list[str]:
    """What axe finds, one line each: rule, element, why. All of its rules; none is switched off."""
    look = look_of(page)
    if look not in _FOUND:
        _FOUND[look] = _ask(page)
    return _FOUND[look]


def look_of(page: Page) -> bytes:
    """A mark that two pages share if they are the same to the eye: their elements and words, width, colours, focus."""
    said: str = page.evaluate(_LOOK)
    return sha256(_MARKS.sub("", said).encode()).digest()


def _ask(page: Page) -> list[str]:
    session = page.context.new_cdp_session(page)
    try:
        world = _world(session)
        _evaluate(session, world, f"{_TIMERS} {AXE_SCRIPT}; true")
        found: list[str] = _evaluate(session, world, _RUN)
    finally:
        session.detach()
    return found


def _world(session: CDPSession) -> int:
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    made = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "axe"})
    context: int = made["executionContextId"]
    return context


def _evaluate(session: CDPSession, world: int, words: str) -> list[str]:
    answer = session.send(
        "Runtime.evaluate",
        {"expression": words, "contextId": world, "awaitPromise": True, "returnByValue": True},
    )
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    value: list[str] = answer["result"]["value"]
    return value
