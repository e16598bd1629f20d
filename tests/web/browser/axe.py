"""axe on the page that is open. It runs in a world of its own beside the page's, so the page keeps its policy."""

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


def violations(page: Page) -> list[str]:
    """What axe finds, one line each: rule, element, why. All of its rules; none is switched off."""
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
