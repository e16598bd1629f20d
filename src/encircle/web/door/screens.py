"""Screens: the pages that a child comes to, as they are before anything was typed, for those who read them aloud.

Left out: what only shows what somebody wrote (the last look, the inbox, a talk), and the list of who helps, which changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest

from encircle.actions.help import help_here
from encircle.actions.reports.complaint import NOT_SAID
from encircle.actions.reports.door import Code
from encircle.actions.reports.form import form_of
from encircle.law.help import READERS
from encircle.law.question import AskedOf
from encircle.web.door import pages, reading
from encircle.web.door.asked import screens as questions
from encircle.web.door.read_aloud import spoken
from encircle.web.door.typed import Typed

_PLAIN = ("device", "unsafe", "files", "code")


@dataclass(frozen=True, slots=True)
class Screen:
    """One page: a name for people, and its lines as they are read."""

    name: str
    lines: tuple[str, ...]


def screens(language: str) -> Iterator[Screen]:
    """Every screen in that language, in the order of the path. Asks no database."""
    for name, page in _pages(HttpRequest(), _nothing_typed(language)):
        yield Screen(name, spoken(page.decode()))


def _pages(request: HttpRequest, typed: Typed) -> Iterator[tuple[str, bytes]]:
    plain = {name: f"door/{name}.html" for name in _PLAIN}
    for name in ("device", "unsafe"):
        yield name, pages.page_of(request, typed, plain[name]).content
    yield "danger", pages.danger_page(request, typed).content
    yield "story", pages.story_page(request, typed).content
    for question in questions(form_of(AskedOf.CHILD)):
        yield question.code, pages.asked_page(request, typed, question.code).content
    yield "files", pages.page_of(request, typed, plain["files"], {"problems": ()}).content
    sent = {"way_back": Code("", "")}
    yield "sent", pages.page_of(request, typed, "door/sent.html", sent).content
    yield "code", pages.page_of(request, typed, plain["code"]).content
    yield "complain", pages.complain_page(request, typed).content
    yield "complain_about", pages.complain_about_page(request, typed).content
    yield "complain_words", pages.complain_words_page(request, typed).content
    yield "read", reading.start_page(request, typed.language).content
    here = help_here()
    for age in READERS:
        for topic in reading.TOPICS:
            asked = reading.Asked(part=topic, age=age, need="", place="", spoken="", language=typed.language)
            yield f"read_{age}_{topic}", reading.told_page(request, here, asked).content


def _nothing_typed(language: str) -> Typed:
    return Typed(
        step="device",
        language=language,
        form="",
        renewed=False,
        danger="unknown",
        who="",
        picked=(),
        text="",
        code="",
        about=NOT_SAID,
        by="other",
        too_long=False,
    )
