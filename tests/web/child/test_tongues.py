"""On the child's page no sentence stands in another language than the one that was chosen, unless it says so itself."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.test import Client

from encircle.actions.act import Statement
from encircle.actions.law import packs_folder
from encircle.host.clock import now
from encircle.host.packs import OPTION
from encircle.law.saying import Band
from tests.database import TestDatabase
from tests.web.child.test_decision_words import WORDS, decided, written
from tests.web.child.test_own_page import code_for, opened, told
from tests.web.complaint_bodies import make_body
from tests.web.world import Staff, load

CASES = sorted(path.stem for path in (packs_folder() / "base" / "cases").glob("8.*.yaml"))
LANGUAGES = tuple(dict(settings.PUBLIC_LANGUAGES))
RIGHTS = tuple(f"rights/?words={band.value}{more}" for band in Band for more in ("", "&more=1"))
COMING = tuple(f"next/?words={band.value}" for band in Band)
PEOPLE = tuple(f"people/?words={band.value}" for band in Band)
DATA = tuple(f"data/?words={band.value}{more}" for band in Band for more in ("", "&more=1"))
OF_A_CASE = ("", "next/", "people/", "decided/", "rights/", "say/", "complain/", "seen/", "card/", "file/")
ALL = ("", *COMING, *PEOPLE, "decided/", *RIGHTS, "say/", "complain/", "seen/", *DATA, "card/", "file/")
OTHER_LETTERS = ("ar", "fa", "ru", "uk")
"""Languages in which a word of Latin letters is a name, or was left in another language."""
LATIN = re.compile("[A-Za-z\N{LATIN CAPITAL LETTER A WITH GRAVE}-\N{LATIN SMALL LETTER SCHWA}]{2}")
WORD = re.compile(r"[^\W\d_]{2,}")
SHORTEST = 3
"""Words of a sentence: one or two can be the same in two languages, as "Skola" and "Police" are."""
SPOKEN = ("aria-label", "title", "alt", "placeholder")
VOID = {"input", "br", "hr", "img", "meta", "link", "path", "circle", "rect", "line", "use"}


@dataclass
class Said:
    """What a page says in its language, and what it says of itself that it is in another one."""

    own: list[str] = field(default_factory=list)
    marked: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Each text of a page with the language of the nearest element that names one; a name in `bdi` is in none."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.said = language, Said()
        self.open: list[tuple[str, str]] = [("html", language)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = given.get("lang") or ("" if tag == "bdi" else self.open[-1][1])
        if tag not in VOID:
            self.open.append((tag, language))
        for name in SPOKEN:
            self._hear(given.get(name, ""), language)

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._hear(data, self.open[-1][1])

    def _hear(self, data: str, language: str) -> None:
        text = " ".join(data.split())
        if text and language == self.language:
            self.said.own.append(text)
        elif text and language:
            self.said.marked.setdefault(language, []).append(text)


def said_on(page: str, language: str) -> Said:
    reader = _Reader(language)
    reader.feed(page)
    return reader.said


def foreign(pages: Mapping[str, Said]) -> dict[str, set[str]]:
    """By language what is said in another one: what stands word for word on the same page of another, or in other letters."""
    found = {
        language: {
            text
            for text in said.own
            if len(WORD.findall(text)) >= SHORTEST
            and any(text in other.own for code, other in pages.items() if code != language)
        }
        | {text for text in said.own if language in OTHER_LETTERS and LATIN.search(text)}
        for language, said in pages.items()
    }
    return {language: texts for language, texts in found.items() if texts}


def read_in_all(client: Client, parts: tuple[str, ...]) -> tuple[dict[str, dict[str, set[str]]], list[str]]:
    """Part by part what is said in another language; and all that is marked as such, without the names of languages."""
    pages: dict[str, dict[str, Said]] = {part: {} for part in parts}
    for language in LANGUAGES:
        client.post("/my/language/", {"language": language})
        for part in parts:
            answer = client.get(f"/my/{part}")
            html = answer.content.decode()
            assert (answer.status_code, f'<html lang="{language}"' in html) == (200, True), (part, language)
            pages[part][language] = said_on(html, language)
    names = set(dict(settings.PUBLIC_LANGUAGES).values())
    marked = [
        text
        for of_part in pages.values()
        for said in of_part.values()
        for texts in said.marked.values()
        for text in texts
        if text not in names
    ]
    return {part: found for part, of_part in pages.items() if (found := foreign(of_part))}, marked


def with_all(carla: Staff, number: str) -> None:
    """A record with people who help, everything that can come, and a decision that the child was told."""
    when = (now() + timedelta(days=9)).strftime("%Y-%m-%dT10:00")
    told(
        carla,
        number,
        Statement(type="guardian_appointed", values={"capacity": "guardian", "name": "Bo"}),
        Statement(type="lawyer_appointed", values={"name": "Sanna"}),
        Statement(type="interview_planned", values={"at": when}),
        Statement(type="hearing_scheduled", values={"at": when, "child_to_attend": True}),
        Statement(type="examination_planned", values={"at": when}),
    )
    told(carla, number, written(WORDS, decided(carla, number)))


@pytest.mark.parametrize("case", CASES)
def test_each_sample_child_reads_its_page_in_the_language_that_it_chose_and_in_no_other(
    database: TestDatabase, carla: Staff, case: str
):
    child = opened(code_for(load(database, case, seen_by=carla), carla))
    child.post("/my/say/", {"about": "education", "words": "x"})
    found, marked = read_in_all(child, OF_A_CASE)
    assert found == {}
    assert marked == []


def test_a_child_of_whom_everything_is_on_record_reads_it_in_its_language_and_the_words_of_staff_in_theirs(
    aino: str, carla: Staff
):
    make_body("oda")
    with_all(carla, aino)
    found, marked = read_in_all(opened(code_for(aino, carla)), ALL)
    assert found == {}
    assert {*marked} == {WORDS}, "written for the child by staff, in English, and marked as English"


def test_whoever_has_no_code_yet_is_asked_for_it_in_each_language(database: TestDatabase):
    found, marked = read_in_all(Client(), ("", "data/"))
    assert (found, marked) == ({}, [])


def test_a_right_that_nobody_has_said_in_a_language_is_found_on_the_page_and_is_marked_as_english(
    aino: str, carla: Staff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    packs = tmp_path / "packs"
    shutil.copytree(packs_folder(), packs)
    file = packs / "base/phrases/child.yaml"
    phrases = yaml.safe_load(file.read_text("utf-8"))
    gap = "You may say what you think. Adults must listen before they decide."
    del phrases[gap]["uk"]
    file.write_text(yaml.safe_dump(phrases, allow_unicode=True), "utf-8")
    monkeypatch.setenv(OPTION, str(packs))
    assert read_in_all(opened(code_for(aino, carla)), RIGHTS[:1]) == ({}, [gap])


def test_a_planted_sentence_of_another_language_is_found():
    english, sentence = "<p>You can say stop.</p>", "Du kannst Stopp sagen."
    pages = {
        "en": said_on(english, "en"),
        "de": said_on(f"<p>{sentence}</p><b>Stopp</b>", "de"),
        "fr": said_on(english, "fr"),
        "uk": said_on(f"<p title='My page'>Так</p><p lang='de'>{sentence}</p><bdi>Carla Bo</bdi>", "uk"),
        "fi": said_on("<p>Aino <b>Stopp</b></p>", "fi"),
    }
    assert foreign(pages) == {"en": {"You can say stop."}, "fr": {"You can say stop."}, "uk": {"My page"}}
    assert pages["uk"].marked == {"de": [sentence]}
