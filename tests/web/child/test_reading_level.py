"""Each screen of the child's page holds at most 40 words in each language, what is folded left out; more opens by a tap."""

from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from encircle.actions.act import Statement
from encircle.law.reading_ease import FORMULAS, figure_of
from encircle.law.reading_level import MOST_WORDS, level
from encircle.law.saying import LONGEST_SENTENCE, Band
from encircle.web.child import words
from encircle.web.child.form import FORMS
from tests.web.child.test_decision_words import WORDS, decided, written
from tests.web.child.test_own_page import code_for, opened, told
from tests.web.complaint_bodies import make_body
from tests.web.world import Staff

SCREENS = (
    "",
    "next/",
    "people/",
    "people/?saved",
    "decided/",
    "rights/",
    "rights/?more=1",
    "say/",
    "complain/",
    "seen/",
    "data/",
)
SAVED = ("say/?saved", "complain/?saved")
LINES = {"h1", "h2", "h3", "p", "li", "a", "summary", "button", "label", "legend", "div"}
VOID = {"input", "br", "img", "hr", "path", "use"}


class _Seen(HTMLParser):
    """The lines inside `main` that stand there before anything is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = dict(attrs)
        inside = self.open[-1][1] if self.open else False
        folded = bool(self.open) and self.open[-1][0] == "details"
        out = (inside and tag != "summary") or tag in ("svg", "textarea") or given.get("class") == "trial"
        self.open.append((tag, out))
        if tag == "details" and "open" not in given:
            self.open[-1] = (tag, True)
        if tag == "summary" and folded:
            self.open[-1] = (tag, False)
        if tag in LINES:
            self.lines.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Lines of an icon hold no words."""

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass
        if tag in LINES:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if any(tag == "main" for tag, _out in self.open) and not self.open[-1][1]:
            self.lines[-1] += data


def lines_on(page: bytes) -> list[str]:
    reader = _Seen()
    reader.feed(page.decode())
    return [" ".join(one.split()) for one in reader.lines if one.strip()]


def save(child: Client, screen: str) -> None:
    """Write something there, and send it."""
    way = {"way": "complain"} if screen.startswith("complain") else {}
    form = {"words": "I want to learn.", "about": "other", "token": str(uuid4()), **way}
    assert child.post(f"/my/{screen.partition('?')[0]}", form).status_code == 302


@pytest.mark.parametrize("language", dict(settings.PUBLIC_LANGUAGES))
def test_each_screen_of_the_childs_page_is_short_and_all_of_them_are_easy(
    language: str, aino: str, carla: Staff
):
    child = opened(code_for(aino, carla))
    child.post("/my/language/", {"language": language})
    on_record = lines_on(child.get("/my/complain/").content)
    assert level(on_record, language=language).words <= MOST_WORDS, "where no office receives complaints"
    make_body("oda")
    told(carla, aino, written(WORDS, decided(carla, aino)))
    told(carla, aino, Statement(type="interview_planned", values={"at": "2027-03-20T10:00"}))
    long = {}
    all_lines: list[str] = []
    for screen in (*SCREENS, *SAVED):
        if screen in SAVED:
            save(child, screen)
        lines = lines_on(child.get(f"/my/{screen}").content)
        assert lines, screen
        all_lines += lines
        found = level(lines, language=language)
        if found.words > MOST_WORDS or found.mean > 12:
            long[screen] = (found.words, found.mean, lines)
    assert long == {}
    figure = figure_of(all_lines, language=language)
    assert figure is None or FORMULAS[language].allows(figure), (FORMULAS[language].name, figure)


def test_a_planted_line_is_counted_and_a_folded_one_is_not():
    page = b"<main><h1>One</h1><details><summary>Two</summary><p>three</p></details><p>four</p></main>"
    assert lines_on(page) == ["One", "Two", "four"]
    unfolded = page.replace(b"<details>", b"<details open>")
    assert lines_on(unfolded) == ["One", "Two", "three", "four"]


SAID = [
    *(right.says for right in (*words.COMING.values(), *words.RIGHTS) if right.says),
    *(does for _title, does in words.HELPERS.values()),
    *(one for form in FORMS.values() for one in form.reads),
]


def test_what_is_said_at_each_age_has_sentences_for_that_age():
    assert all(set(one) == set(Band) for one in SAID)
    for one in SAID:
        if str(one[Band.YOUNG]) == str(one[Band.OLDER]):
            continue
        for band, most in LONGEST_SENTENCE.items():
            for sentence in str(one[band]).replace("?", ".").split("."):
                assert len(sentence.split()) <= most, (band, sentence)
        assert len(str(one[Band.YOUNG])) <= len(str(one[Band.MIDDLE]))
