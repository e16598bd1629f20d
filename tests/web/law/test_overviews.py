"""The overviews of the law: the chart of a country, its instruments, and what nobody has read yet."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from encircle.actions.law import law_of
from encircle.law.finding import Lack
from encircle.vocabulary.role import Role
from encircle.web.law.chart import PHASES, phase
from encircle.web.law.unread import LACKS, OTHERWISE
from tests.database import TestDatabase
from tests.web.law.test_rules import text
from tests.web.reading import read
from tests.web.world import make_staff

COUNTRIES = ("ee", "fi", "dk", "gb", "eu", "coe")


@pytest.fixture
def client(database: TestDatabase, as_staff: Callable[..., Client]) -> Client:
    return as_staff(make_staff("eva", Role.SCHOOL))


def links(client: Client, address: str) -> set[str]:
    return {link.partition("?")[0] for link in read(client.get(address).content).links}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "No law of Lithuania itself stands here yet: no duty, no time and no agency."),
        ("et", "Riigi enda õigust siin veel ei ole (Leedu)"),
    ],
)
def test_a_country_that_has_stated_no_law_says_whose_law_its_pages_show(
    client: Client, settings: Settings, language: str, said: str
):
    settings.COUNTRY = "lt"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for page in ("/law/", "/law/chart/", "/law/instruments/", "/law/unread/", "/law/duties/D06/"):
        assert said in text(client, page)
    settings.COUNTRY = "ee"
    assert said not in text(client, "/law/")
    assert "law=lt" not in client.get("/law/").content.decode()


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("order", ["", "owner"])
def test_every_duty_of_a_country_stands_in_its_chart_once(client: Client, country: str, order: str):
    address = f"/law/chart/?law={country}&order={order}"
    text(client, address)
    found = [link for link in read(client.get(address).content).links if link.startswith("/law/duties/")]
    assert sorted(link.split("/")[3] for link in found) == sorted(
        rule.code for rule in law_of(country).duties
    )


def test_the_chart_goes_along_the_way_of_a_case():
    by_code = {rule.code: str(PHASES[phase(rule)][0]) for rule in law_of("ee").duties if phase(rule) < 9}
    assert by_code["D13"] == "When a concern arrives"
    assert by_code["D31"] == "When the child is missing"
    assert by_code["D40"] == "At a border, and to another country"


def test_in_a_part_of_the_chart_what_has_a_number_comes_first(client: Client):
    told = text(client, "/law/chart/")
    missing = told[told.index("When the child is missing") :]
    assert missing.index("12 hours Limit of law") < missing.index("at once; there is no waiting time")


def test_a_number_of_practice_is_told_as_practice_and_one_that_is_not_set_as_words(client: Client):
    assert "72 hours Procedure of this country, not law" in text(client, "/law/chart/?law=gb")
    assert "not set: the words of the law stand alone" in text(client, "/law/chart/")


def test_a_number_of_law_that_nobody_has_read_is_told_as_not_verified(client: Client):
    assert "5 years Number not verified" in text(client, "/law/chart/")


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_act_of_a_country_has_a_page_with_what_rests_on_it(client: Client, country: str):
    acts = law_of(country).acts
    assert {f"/law/instruments/{act.code}/" for act in acts} <= links(
        client, f"/law/instruments/?law={country}"
    )
    for act in acts:
        text(client, f"/law/instruments/{act.code}/?law={country}")


def test_an_instrument_says_whom_it_binds_and_which_duties_rest_on_which_provision(client: Client):
    told = text(client, "/law/instruments/EU-2011/36/?law=ee")
    assert "the member States of the European Union, but not Denmark" in told
    assert "/law/duties/D02b/" in links(client, "/law/instruments/EU-2011/36/?law=ee")


def test_an_act_that_no_pack_names_is_not_found(client: Client):
    assert client.get("/law/instruments/EU-1/1/").status_code == 404
    assert client.get("/law/instruments/EU-2011/36/?law=dk").status_code == 404


@pytest.mark.parametrize("country", COUNTRIES)
def test_what_is_not_read_is_told_by_act(client: Client, country: str):
    text(client, f"/law/unread/?law={country}")
    law = law_of(country)
    sources = [source for rule in (*law.duties, *law.prohibitions) for source in rule.sources]
    read = {(source.act.code, source.at) for source in sources if source.is_read}
    unread = {source.act.code for source in sources if (source.act.code, source.at) not in read}
    told = {
        link.removeprefix("/law/instruments/").rstrip("/")
        for link in links(client, f"/law/unread/?law={country}")
    }
    assert unread <= told


def test_what_has_no_owner_or_number_is_listed():
    assert {Lack.OWNER_MISSING, Lack.SOP_MISSING} <= LACKS.keys()


def test_a_number_that_is_not_set_on_purpose_says_why(client: Client):
    why = "the words name the moment, before the first interview and before each major decision"
    assert "No number is set" not in text(client, "/law/unread/")
    assert why in text(client, "/law/chart/")
    told = text(client, "/law/duties/D20/")
    assert "This country has set no number" in told
    assert why in told


def test_a_translation_that_nobody_has_reviewed_is_told_on_every_page_in_that_language(client: Client):
    assert "reviewedArabic, Estonian" in text(client, "/law/unread/")
    draft = "are a draft translation, made by machine"
    assert draft not in text(client, "/law/duties/D20/")
    for language, words in (("et", "masinaga tehtud tõlke mustand"), ("ar", "مسودة ترجمة صنعتها آلة")):
        page = client.get("/law/duties/D20/", headers={"accept-language": language}).content.decode()
        assert words in page


def test_whatever_a_check_can_find_is_shown_or_said_to_be_shown_elsewhere():
    assert set(Lack) == LACKS.keys() | OTHERWISE
    assert not LACKS.keys() & OTHERWISE


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_word_of_the_field_says_what_it_means_and_where_that_was_read(client: Client, country: str):
    address = f"/law/words/?law={country}"
    told = text(client, address)
    for term in law_of(country).terms:
        assert term.means.in_("en") in told
        assert all(source.cite() in told for source in term.sources)
        assert {f"/law/duties/{code}/" for code in term.rules if code[0] == "D"} <= links(client, address)


def test_the_law_of_the_union_adds_its_sources_to_a_word(client: Client):
    assert "2011/36/EU, 2 read" in text(client, "/law/words/?law=fi")
    assert "2011/36/EU" not in text(client, "/law/words/?law=dk")


def test_a_rule_leads_to_the_words_that_matter_in_it(client: Client):
    assert "/law/words/#word-guardian" in read(client.get("/law/duties/D02b/").content).links


def test_a_rule_is_told_in_plain_words_for_professionals_and_for_each_age(client: Client):
    told = text(client, "/law/duties/D02b/")
    saying = law_of("ee").saying("D02b")
    assert saying is not None
    assert all(one.in_("en") in told for one in (saying.professional, *saying.child.values()))


def test_every_page_of_staff_leads_to_the_law_and_its_words_and_no_other(client: Client):
    assert {"/law/", "/law/words/"} <= links(client, "/records/")
    assert not {"/law/", "/law/words/"} & set(read(Client().get("/sign-in/").content).links)


def test_what_the_guidance_names_beside_the_law_is_shown_with_its_place(client: Client):
    told = text(client, "/law/instruments/")
    library = law_of("ee").library
    assert {one.kind.value for one in library} == {"instrument", "policy", "network", "guidance"}
    assert all(one.title.in_("en") in told for one in library)
    assert "Guidance document 2025, annex 2, L1495" in told
