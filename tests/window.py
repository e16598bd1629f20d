"""One window of a browser, by the commands of WebDriver (W3C, WebDriver, sections 10 to 15); how they are sent is its own."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Self
from urllib.parse import urlsplit

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The name under which a page's element is passed on (WebDriver, section 12)."""
PATIENCE_S = 30
TOO_SOON = ("no such element", "stale element reference", "no such window")


class Failed(Exception):
    """What a browser answers where something could not be done; the first word is its code."""


class Window(ABC):
    """What a person does in it, and what it shows."""

    @abstractmethod
    def ask(self, command: str, **given: object) -> Any:
        """One command and its answer. Raises: Failed."""

    def open(self, address: str) -> Self:
        """Go to an address."""
        self.ask("Navigate", url=address)
        return self

    @property
    def address(self) -> str:
        """Where it is."""
        return str(self.ask("GetCurrentURL"))

    @property
    def path(self) -> str:
        """The address, without what stands before the first slash of the site."""
        return urlsplit(self.address).path

    @property
    def title(self) -> str:
        """What its tab says."""
        return str(self.ask("GetTitle"))

    @property
    def source(self) -> str:
        """The page as it stands."""
        return str(self.ask("GetPageSource"))

    def back(self) -> None:
        """Press Back; a page that cannot be shown again is none."""
        try:
            self.ask("Back")
        except Failed as failed:
            if not str(failed).startswith("unknown error: Reached error page"):
                raise

    def find(self, selector: str) -> str:
        """The first element of that selector, as soon as there is one."""
        found: dict[str, str] = patiently(
            lambda: self.ask("FindElement", using="css selector", value=selector)
        )
        return found[ELEMENT]

    def text(self, selector: str) -> str:
        """What can be read there."""
        return str(patiently(lambda: self.ask("GetElementText", id=self.find(selector))))

    def value(self, selector: str) -> str:
        """What is typed there."""
        return str(self.ask("GetElementProperty", id=self.find(selector), name="value"))

    def click(self, selector: str) -> None:
        """Tap on it."""
        self.ask("ElementClick", id=self.find(selector))

    def leads_on(self, selector: str) -> None:
        """Tap on what leads to another page, and wait until that stands there."""
        before = self.find("h1")
        self.click(selector)
        until = time.monotonic() + PATIENCE_S
        while self.find("h1") == before and time.monotonic() < until:
            time.sleep(0.02)

    def cookies(self) -> list[dict[str, object]]:
        """What it would send along."""
        return list(self.ask("GetCookies"))

    def type(self, selector: str, words: str) -> None:
        """Type into a field."""
        self.ask("ElementSendKeys", id=self.find(selector), text=words)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, and let each go."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.ask("PerformActions", actions=[{"type": "key", "id": "keys", "actions": actions}])

    def run(self, script: str) -> Any:
        """What a script in the page answers by `done`."""
        words = f"const done = arguments[0]; {script}"
        return self.ask("ExecuteAsyncScript", script=words, args=[], newSandbox=True)


def patiently(asked: Callable[[], Any]) -> Any:
    """Ask until it is there."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return asked()
        except Failed as failed:
            if not str(failed).startswith(TOO_SOON) or time.monotonic() > until:
                raise
            time.sleep(0.05)
