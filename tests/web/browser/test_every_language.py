"""Every screen of the door, the talk, the form of professionals, what all can read, and the child's page, in each language.

On a telephone: nothing that axe finds, the language and direction of the page as they are, and no page wider than it.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.conf import settings

from encircle.actions.act import Statement
from tests.database import TestDatabase
from tests.web.browser import public_screens
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.keyboard import Keyboard
from tests.web.browser.public_screens import Visitor
from tests.web.browser.screen import Screen, none_left
from tests.web.browser.test_door import CONTRAST_7
from tests.web.browser.variant import PHONE, Variant
from tests.web.child.test_decision_words import WORDS, decided, written
from tests.web.child.test_own_page import code_for, told
from tests.web.complaint_bodies import make_body
from tests.web.desks import make_desk
from tests.web.world import Staff

LANGUAGES = tuple(dict(settings.PUBLIC_LANGUAGES))
SAMPLE = ("de", "fa", "fi")
"""Long words, another direction, longer words."""
NARROWEST = 320
_WIDER = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


def telephone(language: str) -> Variant:
    return replace(PHONE, name=f"phone-{language}", language=language, javascript=False)


class Looker:
    """Looks at each page, and keeps what it found and how many pages there were."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.seen: list[str] = []
        self.wrong: list[str] = []

    def look(self, name: str) -> None:
        """axe, language, direction, width of two telephones, and the contrast that is promised."""
        page, screen = self.screen.page, self.screen
        self.seen.append(name)
        found = screen.problems()
        page.set_viewport_size({"width": NARROWEST, "height": screen.variant.height})
        if (wider := page.evaluate(_WIDER)) > 0:
            found.append(f"wider than {NARROWEST} px by {wider}")
        page.set_viewport_size({"width": screen.variant.width, "height": screen.variant.height})
        found += [f"too faint: {one}" for one in page.evaluate(CONTRAST_7)]
        self.wrong += [f"{name} in {screen.variant.language}: {one}" for one in found]


Walks = Callable[[Visitor], None]


@pytest.fixture
def every_screen(database: TestDatabase, carla: Staff, aino: str, monkeypatch: pytest.MonkeyPatch) -> Walks:
    """All of them, one after another; those of a door where nobody receives anything first."""

    def walk(visitor: Visitor) -> None:
        for name in ("dora", "dirk"):
            make_desk(database, name)
        make_body("oda")
        with monkeypatch.context() as patched:
            patched.setattr("encircle.actions.reports.door.FEWEST", 1_000)
            patched.setattr("encircle.actions.reports.complaint.complaint_roles", frozenset)
            public_screens.where_nobody_receives(visitor)
        for part in (
            public_screens.the_door,
            public_screens.a_complaint,
            public_screens.the_talk,
            public_screens.to_read,
            public_screens.for_professionals,
        ):
            part(visitor)
        told(carla, aino, written(WORDS, decided(carla, aino)))
        told(carla, aino, Statement(type="interview_planned", values={"at": "2027-03-20T10:00"}))
        public_screens.the_childs_page(visitor, code_for(aino, carla))

    return walk


@pytest.mark.full
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_shuts_anybody_out_in_any_language(screen: OpenScreen, every_screen: Walks, language: str):
    looker = Looker(screen(variant=telephone(language)))
    every_screen(Visitor(looker.screen, looker.look))
    print(f"{language}: {len(looker.seen)} screens")
    none_left(looker.wrong)


@pytest.mark.full
@pytest.mark.parametrize("language", ["en", "fa"])
def test_each_stop_of_a_keyboard_is_seen_on_every_screen_in_the_order_in_which_it_is_read(
    screen: OpenScreen, every_screen: Walks, language: str
):
    reader = screen(variant=telephone(language))
    wrong: list[str] = []

    def look(name: str) -> None:
        keys = Keyboard(reader)
        keys.go_through()
        wrong.extend(f"{name}: {one}" for one in keys.faults)

    every_screen(Visitor(reader, look))
    none_left(wrong)


def test_the_first_screens_shut_nobody_out_in_languages_that_differ(
    screen: OpenScreen, database: TestDatabase, carla: Staff, aino: str
):
    make_desk(database, "dora")
    make_desk(database, "dirk")
    code = code_for(aino, carla)
    wrong: list[str] = []
    for language in SAMPLE:
        looker = Looker(screen(variant=telephone(language)))
        visitor = Visitor(looker.screen, looker.look)
        public_screens.first_screens(visitor)
        visitor.at("/my/")
        visitor.typed("#code", code)
        visitor.sent("button.go", "my page")
        visitor.at("/my/say/")
        wrong += looker.wrong
    none_left(wrong)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("document.documentElement.dir = 'ltr'", "language and direction are fa, ltr"),
        ("document.documentElement.lang = 'xx-none'", "html-has-lang|html-lang-valid"),
        ("document.querySelector('h1').style.color = '#aaa'", "too faint"),
        ("document.querySelector('button.go').style.inlineSize = '370px'", "wider than 320 px"),
        ("document.querySelector('#code').removeAttribute('id')", "label"),
    ],
)
def test_a_planted_fault_is_found(screen: OpenScreen, database: TestDatabase, fault: str, said: str):
    looker = Looker(screen(variant=telephone("fa")))
    visitor = Visitor(looker.screen, looker.look)
    visitor.at("/hello/")
    visitor.step("code")
    assert looker.wrong == []
    looker.screen.page.evaluate(fault)
    looker.look("planted")
    assert any(one in line for line in looker.wrong for one in said.split("|"))
