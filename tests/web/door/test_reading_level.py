"""Each screen of the child's path can be read by a child: few words, short sentences, easy English; planted ones are told."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from encircle.law.reading_ease import FORMULAS, figure_of
from encircle.law.reading_level import level
from tests.database import TestDatabase
from tests.web.complaint_bodies import make_body
from tests.web.desks import make_desk
from tests.web.door.screen import texts_on
from tests.web.door.test_door import Child

PATH = (
    "unsafe",
    "danger",
    "",
    "child_who",
    "child_needs",
    "child_account",
    "check",
    "send",
    "inbox",
    "reply",
)


@pytest.fixture(autouse=True)
def desks(database: TestDatabase) -> None:
    for name in ("dora", "dirk"):
        make_desk(database, name)
    make_body("oda")


def screens(language: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, bytes]]:
    """Every page of the path, as it is sent, with its name."""
    child = Child().press("device", language=language)
    yield "device", child.page.content
    for step in PATH:
        typed = {
            "": {"danger": "no"},
            "child_account": {"picked": ["afraid", "place"]},
            "reply": {"text": "Hi"},
        }
        yield step or "story", child.press(step, **typed.get(step, {})).page.content
    asking = Child().press("danger", language=language).press("", danger="no")
    for step in ("ask", "talk", "say", "look", "part"):
        yield step, asking.press(step, **({"text": "Hi"} if step == "say" else {})).page.content
    yield "code", Child().press("code", language=language).page.content
    yield "wrong code", Child().press("code", language=language).press("inbox", code="no").page.content
    long = Child().press("danger", language=language).press("check", text="ä" * 30_000)
    yield "too long", long.page.content
    yield "renewed", Child().press("device", language=language).press("send", form="old").page.content
    complains = Child().press("complain", language=language)
    yield "complain", complains.page.content
    for step in ("complain_about", "complain_words"):
        yield step, complains.press(step).page.content
    yield "complained of nothing", complains.press("complain_send", text=" ").page.content
    yield "complained", complains.press("complain_send", text="They shout.").page.content
    with monkeypatch.context() as patched:
        patched.setattr("encircle.actions.reports.complaint.complaint_roles", frozenset)
        yield "no body", Child().press("complain", language=language).page.content
    with monkeypatch.context() as patched:
        patched.setattr("encircle.actions.reports.door.FEWEST", 1_000)
        yield "shut", Child().press("danger", language=language).press("", danger="no").page.content


@pytest.mark.parametrize("language", dict(settings.PUBLIC_LANGUAGES))
def test_each_screen_of_the_child_is_short_and_easy(language: str, monkeypatch: pytest.MonkeyPatch):
    """And so are all of them together, by the formula of the language, where there is one."""
    hard, path = {}, {}
    for name, page in screens(language, monkeypatch):
        for script in (True, False):
            texts = texts_on(page, script=script)
            assert texts, name
            found = level(texts, language=language)
            if not found.is_easy:
                hard[name] = (found, texts)
            path |= dict.fromkeys(texts)
    assert hard == {}
    figure = figure_of(path, language=language)
    assert (figure is None) == (language not in FORMULAS)
    assert figure is None or FORMULAS[language].allows(figure), (FORMULAS[language].name, figure)


def test_a_planted_screen_is_found_to_be_hard():
    page = (
        "<main><h1>Notification</h1><p>Irrespective of confidentiality, authorities communicate.</p>"
        '<p class="said">the words of the child are not counted</p><textarea>nor these</textarea></main>'
    )
    texts = texts_on(page.encode())
    assert texts == ["Notification", "Irrespective of confidentiality, authorities communicate."]
    assert not level(texts, language="en").is_easy
    assert not level(texts_on(b"<main>" + b"<p>one two three</p>" * 14 + b"</main>"), language="et").is_easy
