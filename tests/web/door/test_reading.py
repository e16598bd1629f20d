"""What anybody may read at the door: by age, and who helps; small, without cookie or script, and to be kept in one file."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import gettext, override

from encircle.actions.help import help_here
from encircle.actions.law import packs_folder
from encircle.host.packs import OPTION
from encircle.law.help import READERS, Topic
from tests.database import TestDatabase
from tests.web.door.test_door import Child, desks
from tests.web.reading import read
from tests.web.world import Staff

__all__ = ["desks"]
KIB = 1024
COUNTRIES = ("ee", "fi", "dk")


def ask(**chosen: str) -> HttpResponse:
    return Client(enforce_csrf_checks=True).post("/hello/read/", chosen)


def html(page: HttpResponse) -> str:
    return page.content.decode()


def said(page: HttpResponse) -> str:
    return read(page.content).text


def pages() -> list[HttpResponse]:
    told = [ask(age=age, part=topic.value) for age in READERS for topic in Topic]
    return [
        Client().get("/hello/read/"),
        *told,
        ask(part="help"),
        ask(part="help", age="6-9", need="pictures"),
    ]


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("language", dict(settings.PUBLIC_LANGUAGES))
def test_each_page_is_small_and_neutral_and_sets_no_cookie(
    database: TestDatabase, settings: LazySettings, country: str, language: str
):
    settings.COUNTRY = country
    with override(language):
        title = gettext("Hello")
    for chosen in (
        {},
        {"part": "help"},
        *({"age": age, "part": topic.value} for age in READERS for topic in Topic),
    ):
        page = ask(language=language, **chosen)
        assert page.status_code == 200
        assert len(page.content) <= 15 * KIB, chosen
        assert '<bdi lang="en"' not in html(page), "nothing is left in English"
        assert not page.cookies
        assert page.headers["Cache-Control"] == "no-store"
        assert re.findall("<title>(.*)</title>", html(page)) == [title]
        assert 'class="out" href="/hello/out/"' in html(page)
        assert read(page.content).problems == []


def test_it_is_reached_from_the_first_page_of_the_door_and_leads_back_to_it(database: TestDatabase):
    child = Child()
    assert 'formaction="/hello/read/"' in child.said_in_html()
    held = {one["name"]: one["value"] or "" for one in child.inputs() if one.get("type") == "hidden"}
    page = Client(enforce_csrf_checks=True).post("/hello/read/", {**held, "language": "et"})
    assert "Kes aitab" in said(page)
    back = Client(enforce_csrf_checks=True).post("/hello/", {"language": "et", "step": "device"})
    assert "Kas see telefon" in said(back) or "telefon" in said(back)


@pytest.mark.parametrize("age", READERS)
def test_each_age_reads_its_own_words_and_the_rights_they_rest_on(database: TestDatabase, age: str):
    told = {topic: ask(age=age, part=topic.value) for topic in Topic}
    for topic, page in told.items():
        shown = said(page)
        assert all(one.words[age].in_("en") in shown for one in help_here().about(topic))
        others = {one.words[other].in_("en") for one in help_here().told for other in READERS if other != age}
        assert not [text for text in others if text in html(page)]
        assert "Convention on the Rights of the Child" in shown
    assert "Child Protection Act, \u2066§ 27, § 31\u2069" in said(told[Topic.NEXT])


def test_services_are_found_by_what_for_by_place_and_by_language(
    database: TestDatabase, settings: LazySettings
):
    settings.COUNTRY = "dk"
    everything = said(ask(part="help"))
    for name in ("BørneTelefonen", "Læsø", "Assens", "SletDet", "Take It Down"):
        assert name in everything
    on_laesoe = said(ask(part="help", place="Læsø", need="report"))
    assert "98 45 50 00" in on_laesoe
    assert "64 74 75 17" not in on_laesoe
    assert "61 89 73 79" in on_laesoe, "what serves the whole country serves each place"
    pictures = said(ask(part="help", need="pictures"))
    assert "SletDet" in pictures
    assert "big and small worries" in everything
    assert "big and small worries" not in pictures
    settings.COUNTRY = "fi"
    swedish = said(ask(part="help", need="talk", spoken="sv"))
    assert "0800 96 116" in swedish
    assert "You can talk about anything. Chat" not in swedish


def test_each_service_names_its_source_and_the_day_it_was_looked_at(database: TestDatabase):
    page = ask(part="help", need="talk")
    assert "sotsiaalkindlustusamet.ee, lasteabi.ee, tai.ee · looked at on 29 November 2026" in said(page)
    assert '<a class="call" href="tel:116111">' in html(page)
    assert "Day and night. It costs nothing. You need not say who you are." in said(page)


def test_nothing_that_fits_is_said_kindly_and_keeps_what_was_chosen(database: TestDatabase):
    page = ask(part="help", need="missing", spoken="ru", place="nowhere <b>")
    assert "Line for missing children" in said(page), "it names no language, and may speak this one"
    page = ask(part="help", need="health", spoken="en")
    assert "Nothing here fits all of that" in said(page)
    assert '<option value="health" selected>' in html(page)
    assert "nowhere" not in html(page)


@pytest.mark.parametrize("sent", [{"part": "x" * 9_000}, {"age": "\x00"}, {"language": "tlh", "need": "🧒"}])
def test_bad_input_leads_to_the_first_page(database: TestDatabase, sent: dict[str, str]):
    page = ask(**sent)
    assert page.status_code == 200
    assert "What you can know" in said(page)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("language", dict(settings.PUBLIC_LANGUAGES))
def test_all_of_it_can_be_kept_in_one_file_that_needs_nothing_else(
    database: TestDatabase, settings: LazySettings, country: str, language: str
):
    settings.COUNTRY = country
    kept = ask(part="file", language=language)
    assert kept.headers["Content-Disposition"] == 'attachment; filename="hello.html"'
    assert len(kept.content) <= 48 * KIB
    assert not re.search(r"<(?:script|link|img|form|iframe)\b|\ssrc=|/static/|url\(", html(kept))
    assert f'lang="{language}"' in html(kept)
    here = help_here()
    for told in here.told:
        assert all(text.in_(language) in said(kept) for text in told.words.values())
    for service in here.services:
        assert service.number in html(kept)
        assert service.name.in_(language) in said(kept)


def test_the_emergency_number_and_the_duty_are_those_of_the_country(
    desks: tuple[Staff, Staff], settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "packs"
    shutil.copytree(packs_folder(), folder)
    file = folder / "ee" / "help" / "services.yaml"
    file.write_text(file.read_text("utf-8").replace('number: "112"', 'number: "5550"', 1), "utf-8")
    monkeypatch.setenv(OPTION, str(folder))
    child = Child()
    for step in ("device", "unsafe", "danger", "story", "check"):
        assert "5550" in child.press(step).said
        assert "112" not in child.said
    assert 'href="tel:5550"' in child.press("danger").said_in_html()


def test_a_broken_file_of_a_country_does_not_shut_its_door(
    desks: tuple[Staff, Staff], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "packs"
    shutil.copytree(packs_folder(), folder)
    (folder / "ee" / "help" / "services.yaml").write_text("emergency: [", "utf-8")
    monkeypatch.setenv(OPTION, str(folder))
    child = Child().press("danger")
    assert "Call 112" in child.said
    assert "They must help a child in danger" in child.press("", danger="no").said


def test_what_the_reader_must_do_by_law_is_said_before_anything_is_told(desks: tuple[Staff, Staff]):
    child = Child().press("danger").press("", danger="no")
    assert "By law they must tell those who can help, even without your wish." in child.said
    assert "<textarea" not in child.said_in_html()
    assert len(main_of(child).split()) <= 40


def test_the_first_screen_has_sixty_words_and_another_way_to_tell(database: TestDatabase):
    child = Child()
    assert len(main_of(child).split()) <= 60
    assert 'href="tel:116111"' in child.press("unsafe").said_in_html()
    assert "116 111 Child helpline Lasteabi" in child.said


def test_a_helpline_stands_on_each_page_of_the_door_after_the_emergency_number(desks: tuple[Staff, Staff]):
    child = Child()
    for step in ("device", "unsafe", "story", "check", "send", "inbox", "code"):
        foot = child.press(step).said_in_html().partition("<footer>")[2]
        assert re.search(
            r'Call 112\..*<bdi dir="ltr">116 111</bdi> · <bdi>Child helpline Lasteabi</bdi>', foot
        )


def main_of(child: Child) -> str:
    """What a page says between the lines that stand around every page."""
    main = child.said_in_html().partition("<main>")[2].partition("</main>")[0]
    return read(f"<main>{main}</main>".encode()).text


def test_what_nobody_has_read_is_told_as_not_verified_and_is_not_given_in_a_hurry(
    database: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "packs"
    shutil.copytree(packs_folder(), folder)
    planted = """services:
  - {code: unseen, name: {en: "Unseen line"}, says: {en: "Listens."}, number: "5551", ways: [call], needs: [talk],
     seen: [{page: "https://example.org/line", read: null, checked: null}]}
"""
    (folder / "ee" / "help" / "more.yaml").write_text(planted, "utf-8")
    monkeypatch.setenv(OPTION, str(folder))
    page = ask(part="help", need="talk")
    told = html(page).partition("Unseen line")[2].partition("<h2>")[0]
    assert "Not verified: nobody here has read where this stands." in told
    assert "5551" in told
    assert "looked at on" not in told
    assert html(page).count("Not verified") == 1
    assert "5551" not in html(page).partition("<footer>")[2]
    assert "5551" not in Child().press("unsafe").said_in_html()


def test_what_a_country_has_not_translated_is_marked_as_english_wherever_it_stands(
    desks: tuple[Staff, Staff], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """It is read aloud as English then, and runs from left to right within Persian."""
    folder = tmp_path / "packs"
    shutil.copytree(packs_folder(), folder)
    for pack in ("base", "ee"):
        for name in ("services", "told", "routes", "indicators", "forms"):
            (folder / pack / "phrases" / f"{name}.yaml").unlink(missing_ok=True)
    monkeypatch.setenv(OPTION, str(folder))
    mark = '<bdi lang="en" dir="ltr">'
    child = Child().press("device", language="fa")
    for step, english in (("unsafe", "Child helpline Lasteabi"), ("danger", "Are you in danger now?")):
        assert (english in child.press(step).said) == (mark + english in child.said_in_html())
    assert f"{mark}Child helpline Lasteabi</bdi>" in child.press("unsafe").said_in_html()
    assert f"{mark}By law they must tell" in child.press("danger").press("", danger="no").said_in_html()
    for chosen, english in (
        ({"age": "6-9"}, "Nobody may hurt you."),
        ({"age": "adult", "part": "next"}, "Everybody who knows"),
        ({"age": "adult", "part": "next"}, "Convention on the Rights of the Child"),
        ({"part": "help"}, "Listens, and tells you what can be done."),
        ({"part": "file"}, "Calls are recorded."),
    ):
        assert mark + english in html(ask(language="fa", **chosen))
    for path, english in (
        ("/report/", "School or kindergarten"),
        ("/report/school/", "School or kindergarten"),
        ("/report/school/", "What did you see or hear yourself?"),
        ("/report/school/guide/", "School or kindergarten"),
        ("/report/school/guide/", "Child Protection Act"),
    ):
        assert mark + english in html(Client().get(f"{path}?language=fa"))
    title = re.findall("<title>(.*)</title>", html(Client().get("/report/school/guide/?language=fa")))
    assert "<" not in title[0]
    assert mark not in html(Client().get("/report/school/guide/?language=en"))
