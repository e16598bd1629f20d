"""Somebody who has a keyboard and nothing else: Tab and Shift+Tab to go, Enter, Space and arrows to act."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tests.web.browser.screen import Screen

MOST = 80
"""Stops on one page; more would be no page for a keyboard."""
_STOP = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const box = here.getBoundingClientRect(), style = getComputedStyle(here), top = here.closest(".top");
  const at = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, innerHeight - box.top) / 2);
  return {
    place: [...document.querySelectorAll("*")].indexOf(here),
    says: here.outerHTML.slice(0, 100),
    top: box.top + (top ? 0 : scrollY), height: box.height,
    along: document.documentElement.dir === "rtl" ? innerWidth - box.right : box.left,
    above: !!top,
    marked: here.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: !!at && (here.contains(at) || at.contains(here) || (here.labels && [...here.labels].some(one => one.contains(at)))),
  };
}"""
_ACTS = """() => {
  const groups = new Set();
  return [...document.querySelectorAll("a[href], button, input, textarea, select, summary")].filter(one => {
    if (one.type === "hidden" || !one.checkVisibility({ visibilityProperty: true })) return false;
    if (one.type !== "radio") return true;
    const met = groups.has(one.name);
    groups.add(one.name);
    return !met;
  }).length;
}"""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the focus is. `along`: how far from where lines begin; `above`: it stands in the line above every page."""

    place: int
    says: str
    top: float
    height: float
    along: float
    above: bool
    marked: bool
    seen: bool

    @property
    def faults(self) -> list[str]:
        """What keeps somebody from seeing where they are."""
        told = {"not marked": self.marked, "covered or out of sight": self.seen}
        return [f"{what}: {self.says}" for what, holds in told.items() if not holds]

    def comes_before(self, other: "Stop") -> bool:
        """Whether it is read first: it stands higher, or in the same line nearer to where the line begins."""
        if self.above or other.above:
            return self.above
        middle = other.top + other.height / 2
        same_line = self.top < middle < self.top + self.height
        return self.along < other.along if same_line else self.top < other.top


class Keyboard:
    """The keys, and the page they are for. Each stop of the focus has to be seen."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.faults: list[str] = []

    def press(self, key: str) -> Stop | None:
        """That key; where the focus is then, None where it is on nothing."""
        self.screen.page.keyboard.press(key)
        found: dict[str, Any] | None = self.screen.page.evaluate(_STOP)
        return None if found is None else Stop(**found)

    def type(self, words: str) -> None:
        """Words where the focus is."""
        self.screen.page.keyboard.type(words)

    def to(self, selector: str, *, by: str = "Tab") -> None:
        """On to the first of these, stop by stop."""
        for _ in range(MOST):
            if (stop := self.press(by)) is not None:
                self.faults += stop.faults
            if self.screen.page.evaluate("(here) => !!document.activeElement.matches(here)", selector):
                return
        raise AssertionError(f"{by} does not lead to {selector} on {self.screen.path}")

    def act(self, key: str) -> None:
        """A key that leads to another page, and that page."""
        page = self.screen.page
        page.evaluate("() => { document.body.dataset.before = ''; }")
        page.keyboard.press(key)
        page.locator("body:not([data-before])").wait_for()
        page.wait_for_load_state()
        self.screen.picture()

    def go_through(self) -> list[Stop]:
        """All stops of the page, each once, from the first; there and back; told what is wrong with their order."""
        if (acts := self.screen.page.evaluate(_ACTS)) == 0:
            return []
        there = list(self._round("Tab"))
        back = list(self._round("Shift+Tab"))
        self.faults += [fault for stop in (*there, *back) for fault in stop.faults]
        there.sort(key=lambda stop: stop.place)
        for one, other in pairwise(there):
            if not one.comes_before(other):
                self.faults.append(f"reached before, read after: {one.says}; {other.says}")
        if len(there) != acts:
            self.faults.append(f"{len(there)} stops for {acts} things to act on")
        if sorted(stop.place for stop in back) != [stop.place for stop in there]:
            self.faults.append("not the same stops there and back")
        return there

    def _round(self, key: str) -> Iterator[Stop]:
        """Once around the page. The order is that in which the page is written, but for where it begins anew."""
        met: list[Stop] = []
        for _ in range(MOST):
            stop = self.press(key)
            if stop is None:
                continue
            if met and stop.place == met[0].place:
                break
            met.append(stop)
        else:
            self.faults.append(f"no way around the page by {key}")
        places = [stop.place for stop in met] if key == "Tab" else [-stop.place for stop in met]
        if sum(one > other for one, other in pairwise([*places, *places[:1]])) > 1:
            self.faults.append(f"{key} goes to and fro")
        yield from met
