"""What a screen reader is given on the path of a child, word for word: kept as a page that can be read and reviewed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.database import TestDatabase
from tests.house.source import ROOT
from tests.web.browser.at_the_door import press
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.screen import Screen
from tests.web.browser.test_childs_page import PARTS, code_for
from tests.web.browser.variant import PLAIN
from tests.web.desks import make_desk
from tests.web.world import Staff

KEPT = ROOT / "docs/developer/heard.md"
ANEW = ROOT / "var/heard.md"
PARTS_OF_A_PAGE = ("body > header", "main", "body > footer")
WORDS = "I want to tell you something."
Heard = tuple[str, tuple[str, ...]]
VARIES = (
    (re.compile(r"\b\d{5} \d{5} \d{5} \d{5} \d{5}\b"), "(the code in digits)"),
    (re.compile(r"(?<=paragraph: )(?:[a-z]+ ){7}[a-z]+$", re.MULTILINE), "(the code in words)"),
    (re.compile(r"\b\d{1,2} [A-Z][a-z]+ 20\d\d\b"), "(a date)"),
)


@pytest.fixture(autouse=True)
def desks(database: TestDatabase) -> None:
    for name in ("dora", "dirk"):
        make_desk(database, name)


def heard(child: Screen) -> tuple[str, ...]:
    """What is given to a screen reader in the head, the middle and the foot, without what differs from day to day."""
    every = [child.page.locator(part) for part in PARTS_OF_A_PAGE]
    said = ["\n".join(one.aria_snapshot() for one in part.all()) for part in every]
    whole = child.page.locator("body").aria_snapshot()
    assert sum(map(len, said)) >= len(whole) - len(said), f"something stands elsewhere: {whole}"
    for varies, instead in VARIES:
        said = [varies.sub(instead, one) for one in said]
    return tuple(said)


def at_the_door(child: Screen) -> Iterator[Heard]:
    child.open("/hello/")
    yield "The first page", heard(child)
    for step, title in (
        ("danger", "In danger?"),
        ("no", "What happens next"),
        ("child_who", "Who it is about"),
        ("child_needs", "What is needed"),
        ("child_account", "In own words"),
    ):
        press(child.page, step)
        yield title, heard(child)
    child.page.locator("#text").fill(WORDS)
    for step, title in (("check", "Before sending"), ("send", "The code"), ("inbox", "The way back")):
        press(child.page, step)
        yield title, heard(child)


def on_the_own_page(child: Screen, code: str) -> Iterator[Heard]:
    child.open("/my/")
    yield "The code", heard(child)
    child.page.locator("#code").fill(code)
    child.page.locator("button.go").click()
    child.page.locator("ul.ways").wait_for()
    yield "What there is", heard(child)
    for part in PARTS:
        child.open(f"/my/{part}/")
        yield child.heading, heard(child)


def as_page(rooms: list[tuple[str, list[Heard]]]) -> str:
    """The page of the documentation: what it says of itself, then each page as it is heard."""
    parts = [KEPT.read_text().split("\n## ", 1)[0]]
    for room, pages in rooms:
        parts.append(f"## {room}\n")
        head, foot = "", ""
        for title, (top, middle, bottom) in pages:
            new = [
                part
                for part, before in ((top, head), (middle, ""), (bottom, foot))
                if part and part != before
            ]
            said = "\n".join(new)
            parts.append(f"### {title}\n\n```yaml\n{said}\n```\n")
            head, foot = top, bottom or foot
    return "\n".join(parts)


def test_what_is_heard_on_the_path_of_a_child_is_what_is_written_down(
    screen: OpenScreen, carla: Staff, aino: str
):
    child = screen(variant=PLAIN)
    rooms = [
        ("At the door", list(at_the_door(child))),
        ("On the child's own page", list(on_the_own_page(child, code_for(aino, carla)))),
    ]
    now = as_page(rooms)
    if now != KEPT.read_text():
        ANEW.parent.mkdir(exist_ok=True)
        ANEW.write_text(now)
    assert now == KEPT.read_text(), f"listen to the pages, then keep {relative(ANEW)} as {relative(KEPT)}"


def test_a_page_that_says_nothing_to_the_ear_differs(screen: OpenScreen):
    child = screen(variant=PLAIN)
    child.open("/hello/")
    before = heard(child)
    child.page.evaluate("() => document.querySelector('a.out').setAttribute('aria-hidden', 'true')")
    assert heard(child) != before


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
