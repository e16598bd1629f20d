"""The weight of a page: what goes over the line for it, with nothing kept by the browser and with its styles kept."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

KIB = 1024
FIRST_KIB, LATER_KIB = 80, 25


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes with their headers, as the browser counted them."""

    first: int
    later: int

    def too_much(self) -> list[str]:
        """What is over the limits, in words."""
        limits = (("first", self.first, FIRST_KIB), ("later", self.later, LATER_KIB))
        return [
            f"{name} load: {got / KIB:.1f} KiB, not {most}" for name, got, most in limits if got > most * KIB
        ]


def weigh(page: Page, address: str) -> Weight:
    """Load the page twice in a browser that has seen nothing of the site."""
    return Weight(_load(page, address), _load(page, address))


def _load(page: Page, address: str) -> int:
    session = page.context.new_cdp_session(page)
    lengths: list[float] = []

    def count(event: dict[str, Any]) -> None:
        lengths.append(event["encodedDataLength"])

    session.on("Network.loadingFinished", count)
    session.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    session.detach()
    return round(sum(lengths))
