"""Every screen that a child or the public comes to, one after another, in the language of whoever looks.

Without a script, so that each is a page that the server made. What is folded away is looked at unfolded as well.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from encircle.actions.reports import professional
from encircle.law.help import READERS
from encircle.law.indicator import Setting
from encircle.law.saying import Band
from encircle.web.door.reading import TOPICS
from tests.host.file.corpus import picture
from tests.web.browser.at_the_door import go_on, press
from tests.web.browser.screen import Screen

Look = Callable[[str], None]
"""Looks at the page that is open; it is told which one that is."""

WORDS = "I want to tell you something."
QUESTIONS = ("child_who", "child_needs", "child_account")
PARTS = ("next", "people", "decided", "rights", "say", "complain", "seen", "data", "file", "card")
BY_AGE = ("next", "people", "rights", "data")
"""Those that are told in simpler and in fuller words."""
UNFOLD = "() => [...document.querySelectorAll('details:not([open])')].map(one => { one.open = true; }).length"
_NOT_YET, _WRONG, _SHUT = 422, 403, 503


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a telephone, and what is done with each page."""

    screen: Screen
    look: Look

    def seen(self, name: str) -> None:
        """Look at the page, and once more with all of it unfolded."""
        self.look(name)
        if self.screen.page.evaluate(UNFOLD):
            self.look(f"{name}, unfolded")

    def at(self, path: str, *, status: int = 200) -> None:
        """The page at that address."""
        with self.answered(status):
            self.screen.page.goto(f"{self.screen.site.address}{path}")
        self.seen(path)

    def step(self, button: str, *, status: int = 200, of: str = "") -> None:
        """The page to which that button leads."""
        with self.answered(status):
            press(self.screen.page, button)
        self.seen(of or button)

    def sent(self, button: str, name: str, *, status: int = 200) -> None:
        """The page to which that button of a form without steps leads."""
        with self.answered(status):
            go_on(self.screen.page, self.screen.page.locator(button).first)
        self.seen(name)

    def typed(self, field: str, words: str = WORDS) -> None:
        """Words in that field."""
        self.screen.page.locator(field).fill(words)

    @contextmanager
    def answered(self, status: int) -> Iterator[None]:
        """That status, and no other, is the answer to be had."""
        with self.screen.expecting(status):
            yield
        assert self.screen.status == status, (self.screen.path, self.screen.status, self.screen.site.faults)


def first_screens(one: Visitor) -> None:
    """The first few of the door: in which languages differ in length, letters and direction."""
    one.at("/hello/")
    one.step("danger")
    one.step("no", of="story")
    one.step("child_who")


def where_nobody_receives(one: Visitor) -> None:
    """The door before any desk has its key in use."""
    one.at("/hello/")
    one.step("unsafe")
    one.step("danger")
    one.step("no", status=_SHUT, of="shut")
    one.at("/hello/")
    one.step("complain", status=_SHUT, of="no body")
    one.at(f"/report/{Setting.SCHOOL}/", status=_SHUT)


def the_door(one: Visitor) -> None:
    """Help asked for, with a file, and looked at again by its code."""
    first_screens(one)
    one.screen.page.locator("input[name=who]").first.check()
    one.step("child_needs")
    one.screen.page.locator("input[name=picked]").first.check()
    one.step("child_account")
    one.typed("#text")
    one.step("check")
    one.step("files")
    added(one, b"", wrong=True)
    added(one, picture("JPEG", Random(6)))
    one.step("send", of="sent")
    one.step("inbox")
    one.typed("#text")
    one.step("reply")
    one.at("/hello/")
    one.step("code")
    one.typed("#code", "none of these words")
    one.step("inbox", status=_WRONG, of="wrong code")


def added(one: Visitor, content: bytes, *, wrong: bool = False) -> None:
    """A file; nothing of it, where it is to be told that there is none."""
    if content:
        file = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": content}
        one.screen.page.locator("#file").set_input_files(file)
    one.step("add", status=_NOT_YET if wrong else 200)


def a_complaint(one: Visitor) -> None:
    """About those who work for the child, from the door."""
    one.at("/hello/")
    one.step("complain")
    one.step("complain_about")
    one.step("complain_words")
    one.step("complain_send", status=_NOT_YET, of="nothing written")
    one.typed("#text")
    one.step("complain_send")
    one.step("inbox", of="complaint")


def the_talk(one: Visitor) -> None:
    """Asked first, said, and ended."""
    one.at("/hello/")
    for step in ("danger", "no"):
        press(one.screen.page, step)
    one.step("ask")
    one.step("talk")
    one.typed("#text")
    one.step("say")
    one.step("look")
    one.step("part")


def to_read(one: Visitor) -> None:
    """What everybody can know: for each age, who helps, and what stands there after leaving."""
    one.at("/hello/read/")
    for age in READERS:
        one.at("/hello/read/")
        one.sent(f"button[name=age][value='{age}']", f"read {age}")
        for topic in list(TOPICS)[1:]:
            one.sent(f"button[name=part][value='{topic}']", f"read {age} {topic}")
    one.sent("button[name=part][value=help]", "who helps")
    one.at("/sea/")


def for_professionals(one: Visitor) -> None:
    """Each way in and its guide; the form with what is wrong in it, what was typed, the code."""
    one.at("/report/")
    for setting in [answer.id for answer in professional.settings_of().answers]:
        one.at(f"/report/{setting}/guide/")
        one.at(f"/report/{setting}/")
    one.step("check", status=_NOT_YET, of="what is wrong")
    one.screen.page.locator("input[name=pro_danger]").last.check()
    one.typed("#pro_seen")
    one.step("check", of="report looked at")
    one.step("send", of="report sent")
    one.step("inbox", of="report opened")


def the_childs_page(one: Visitor, code: str) -> None:
    """From the code to leaving: each part, in the words of each age, and what is told after writing."""
    go = "button.go"
    one.at("/my/")
    one.at("/my/data/")
    one.at("/my/")
    one.typed("#code", "wrong")
    one.sent(go, "my wrong code", status=_WRONG)
    one.typed("#code", code)
    one.sent(go, "my page")
    for part in PARTS:
        one.at(f"/my/{part}/")
    for part in BY_AGE:
        for band in Band:
            one.at(f"/my/{part}/?words={band}&more=1")
    one.at("/my/people/")
    one.sent("form:not(.languages) button", "asked for a talk")
    one.at("/my/file/")
    one.sent(go, "asked for the file")
    for part in ("say", "complain"):
        one.at(f"/my/{part}/")
        one.sent(go, f"{part} nothing", status=_NOT_YET)
        one.typed("#words")
        one.sent(go, f"{part} saved")
    closed_while_writing(one, code)
    go_on(one.screen.page, one.screen.page.locator("a.out"))
    one.seen("/read/")


def closed_while_writing(one: Visitor, code: str) -> None:
    """The page closes while the child writes; after the code the words are there."""
    one.at("/my/say/")
    one.typed("#words")
    one.screen.page.context.clear_cookies(name="page")
    one.sent("button.go", "closed while writing", status=_WRONG)
    one.typed("#code", code)
    one.sent("button.go", "words given back")
    assert one.screen.page.locator("#words").input_value() == WORDS
