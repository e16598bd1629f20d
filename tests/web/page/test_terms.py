"""Every page for staff says which words of the field it uses, or why none; each word leads to its place in the glossary."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from encircle.actions.law import law_of
from encircle.law.saying import stem
from encircle.vocabulary.role import Role
from encircle.web.crossborder import urls as crossborder
from encircle.web.desk import urls as desk
from encircle.web.law import urls as law
from encircle.web.page.terms import (
    A_RECORD,
    EVERY_RULE,
    OF_A_RECORD,
    OF_A_RULE,
    TERMS,
    anchor,
    terms_of_page,
    words_of_rule,
)
from encircle.web.steering import urls as steering
from tests.web.world import Staff, make_staff

Browser = Callable[[Staff], Client]

A_FILE = "it gives a file, not a page"
A_STEP = "it only leads on, or asks for one word more"
OF_ACCOUNTS = "it is about the sign-in of who works here, and speaks of no child"
OF_LOOKS = "it lists looks and messages, in words of every day"
WITHOUT = {
    "law_words": "it is the glossary itself",
    "law_privacy": "it shows papers as they are printed, in English",
    "law_privacy_pdf": A_FILE,
    "law_unread": "it lists provisions by their numbers",
    "practice_records": "it lists records and what would move on them, as its proposal names it",
    "practice_files": A_FILE,
    "calendar_download": "it tells how to take a calendar along to another program",
    "statistic_csv": A_FILE,
    "report_file_copy": A_FILE,
    "complaint_file_copy": A_FILE,
    "statistic_json": A_FILE,
    "concern_sent": A_STEP,
    "own_duties_take_back": A_STEP,
    "countrys_duties_take_back": A_STEP,
    "step_in": A_STEP,
    "search": A_STEP,
    "my_looks": OF_LOOKS,
    "look_alarms": OF_LOOKS,
    "supervised": OF_LOOKS,
    "supervised_csv": A_FILE,
    "breach": OF_LOOKS,
    "breach_file": A_FILE,
    "looks_of_week": OF_LOOKS,
    "notices": OF_LOOKS,
    "sign_in": OF_ACCOUNTS,
    "sign_out": OF_ACCOUNTS,
    "invited": OF_ACCOUNTS,
    "provider_enter": A_STEP,
    "provider_back": OF_ACCOUNTS,
    "provider_ended": "it answers a program of the provider",
}
"""Pages that use no word of the field, each with the reason."""


def routes() -> dict[str, str]:
    """The addresses of all pages for staff by their names, but those of accounts."""
    found = (*desk.PAGES, *desk.DEMONSTRATION, *law.PAGES, *crossborder.PAGES, *steering.PAGES)
    named = {str(one.name): str(one.pattern) for one in found}
    return {name: at for name, at in named.items() if not at.startswith("account/")}


def folded(page: str) -> dict[str, str]:
    """The words at the foot of a page: what they mean, by the id of their place in the glossary."""
    found = page.partition('<footer class="foot">')[2].partition("</details>")[0]
    return dict(
        re.findall(r'<dt><a href="/law/words/#([^"]+)">.*?</dt><dd><bdi[^>]*>(.*?)</bdi></dd>', found)
    )


def test_every_page_for_staff_names_its_words_or_says_why_it_has_none() -> None:
    of_a_record = {name for name, at in routes().items() if at.startswith(OF_A_RECORD)}
    assert len(of_a_record) > 30
    assert A_RECORD in TERMS
    assert set(routes()) == {*TERMS, *WITHOUT, *of_a_record}
    assert set(TERMS) & set(WITHOUT) == set()
    assert {name for name, codes in TERMS.items() if not codes} <= OF_A_RULE
    assert set(TERMS) >= OF_A_RULE


def test_each_declared_word_is_in_the_glossary_and_each_word_of_the_glossary_is_on_a_page() -> None:
    its = law_of(settings.COUNTRY)
    known = {term.code for term in its.terms}
    declared = {code for codes in TERMS.values() for code in codes}
    assert declared - known == {EVERY_RULE}
    shown = {term.code for name in TERMS for term in terms_of_page(name, "", its)}
    assert shown == known


@pytest.mark.parametrize("country", ["coe", "dk", "ee", "eu", "fi", "gb"])
def test_every_rule_of_every_country_has_a_word(country: str) -> None:
    its = law_of(country)
    named = {code for term in its.terms for code in term.rules}
    bare = [
        rule.code
        for rule in (*its.duties, *its.prohibitions)
        if rule.code not in named and stem(rule.code) not in named
    ]
    assert bare == []


def test_a_page_shows_its_words_folded_away_each_with_its_meaning_and_its_place(
    carla: Staff, aino: str, as_staff: Browser
) -> None:
    browser = as_staff(carla)
    its = law_of(settings.COUNTRY)
    at = {anchor(term): str(term.means) for term in terms_of_page("record", "", its)}
    assert len(at) == 5
    page = browser.get(f"/records/{aino}/").content.decode()
    assert folded(page) == at
    assert '<details class="fold"><summary>Words on this page</summary>' in page
    assert folded(browser.get(f"/records/{aino}/looks/").content.decode()) == at
    glossary = browser.get("/law/words/").content.decode()
    assert {one for one in at if f'id="{one}"' not in glossary} == set()
    assert folded(glossary) == {}


def test_a_duty_on_a_record_names_its_words_and_links_each_source_to_its_instrument(
    carla: Staff, aino: str, as_staff: Browser
) -> None:
    browser = as_staff(carla)
    page = browser.get(f"/records/{aino}/duties/D19/").content.decode()
    assert set(folded(page)) == {"word-exploitation", "word-non_punishment", "word-trafficking"}
    why = page.partition("Words of the field:</span>")[2].partition("</p>")[0]
    assert re.findall(r'href="([^"]+)"', why) == [
        "/law/words/#word-exploitation",
        "/law/words/#word-non_punishment",
        "/law/words/#word-trafficking",
    ]
    sources = page.partition('<ul class="sources">')[2].partition("</ul>")[0]
    ways = re.findall(r'<li><bdi><a href="([^"]+)">', sources)
    assert len(ways) == sources.count("<li>") > 1
    assert {way: browser.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)


def test_words_are_said_in_the_language_of_the_page_and_a_record_that_is_not_there_has_none(
    eva: Staff, aino: str, as_staff: Browser
) -> None:
    with translation.override("ar"):
        assert "الوصي" in words_of_rule("D02b-asylum")
    assert words_of_rule("D99") == ""
    assert folded(as_staff(eva).get(f"/records/{aino}/duties/D19/").content.decode()) == {}


def test_the_chart_has_the_words_of_all_rules(as_staff: Browser, carla: Staff) -> None:
    browser = as_staff(make_staff("liis", Role.MINISTRY))
    its = law_of(settings.COUNTRY)
    found = folded(browser.get(reverse("law_chart")).content.decode())
    assert set(found) == {anchor(term) for term in its.terms}
