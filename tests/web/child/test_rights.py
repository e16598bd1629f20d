"""The rights on the child's page: in the words of the packs for the child's age, in simpler or fuller ones on asking."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from encircle.actions.act import Statement
from encircle.actions.law import law_of, packs_folder
from encircle.actions.whose_law import laws_in
from encircle.host.clock import now
from encircle.law.saying import Band
from encircle.records.childs_page import on_own_page
from encircle.web.child.words import COMING, RIGHTS
from tests.actions.act.test_perform import open_record
from tests.web.child.test_own_page import code_for, opened, said, told
from tests.web.world import Staff

HEARD = {
    Band.YOUNG: "You may say what you think. Adults must listen before they decide.",
    Band.MIDDLE: "Afterwards they must tell you how your words counted.",
    Band.OLDER: "Before anything is decided about you, you must be asked what you think.",
}
"""What the packs say of D04 to a child of each age."""


def born(years_ago: int) -> Statement:
    day = (now() - timedelta(days=366 * years_ago)).date()
    values = {"date_of_birth": day.isoformat(), "evidence": "document"}
    return Statement(type="date_of_birth_recorded", values=values)


def page_of(carla: Staff, *on_record: Statement) -> Client:
    number = open_record(carla)
    if on_record:
        told(carla, number, *on_record)
    return opened(code_for(number, carla))


def bands_on(client: Client, asked: str = "") -> list[Band]:
    shown = said(client.get("/my/rights/", {"words": asked} if asked else {}))
    return [band for band, sentence in HEARD.items() if sentence in shown]


@pytest.mark.parametrize(
    ("on_record", "band"),
    [
        ((), Band.MIDDLE),
        ((born(7),), Band.YOUNG),
        ((born(11),), Band.MIDDLE),
        ((born(16),), Band.OLDER),
        ((born(16), Statement(type="age_doubted", values={"doubt_reasons": "Looks younger"})), Band.MIDDLE),
    ],
)
def test_the_rights_are_told_in_the_words_for_the_age_and_in_simpler_ones_in_doubt(
    carla: Staff, on_record: tuple[Statement, ...], band: Band
):
    assert bands_on(page_of(carla, *on_record)) == [band]


def test_the_child_can_ask_for_simpler_and_for_fuller_words(carla: Staff):
    client = page_of(carla, born(11))
    ways = client.get("/my/rights/").content.decode()
    assert ('href="?words=6-9"' in ways, 'href="?words=14-17"' in ways) == (True, True)
    assert [bands_on(client, band.value) for band in Band] == [[band] for band in Band]
    assert bands_on(client, "0-99") == [Band.MIDDLE]
    simplest, fullest = (
        client.get("/my/rights/", {"words": band}).content.decode() for band in ("6-9", "14-17")
    )
    assert ("simpler words" in simplest, "simpler words" in fullest) == (False, True)
    assert ("Tell me more" in simplest, "Tell me more" in fullest) == (True, False)


def test_the_database_tells_no_age_where_no_page_is_open_and_never_the_date_of_birth(carla: Staff):
    client = page_of(carla, born(16))
    age = "SELECT turns_18, in_doubt FROM encircle_childs_age()"
    with connection.cursor() as cursor:
        cursor.execute(age)
        assert cursor.fetchall() in ([], [(None, None)])
    session = hashlib.sha256(client.cookies["page"].value.encode()).digest()
    with on_own_page(session) as own, connection.cursor() as cursor:
        assert own is not None
        cursor.execute(age)
        ((turns_18, in_doubt),) = cursor.fetchall()
        assert (turns_18 > now(), in_doubt) == (True, False)
        cursor.execute("SELECT count(*) FROM fact WHERE type = 'date_of_birth_recorded'")
        assert cursor.fetchall() == [(0,)]


def test_what_is_told_is_the_same_for_every_child_of_that_age_whatever_stands_on_the_record(carla: Staff):
    plain = page_of(carla, born(16))
    missing = page_of(carla, born(16), Statement(type="missing_reported", values={}))
    assert said(plain.get("/my/rights/")) == said(missing.get("/my/rights/"))


@pytest.mark.parametrize(
    ("language", "sentence"), [("et", "Sa võid öelda, mida sa arvad."), ("ar", "يمكنك أن تقول رأيك.")]
)
def test_the_rights_are_told_in_the_language_of_the_page(carla: Staff, language: str, sentence: str):
    client = page_of(carla, born(7))
    client.post("/my/language/", {"language": language, "next": "/my/rights/"})
    answer = client.get("/my/rights/")
    assert sentence in said(answer)
    assert 'lang="en"' not in answer.content.decode().partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize("country", sorted(laws_in(packs_folder())))
def test_every_right_on_the_page_is_said_by_the_law_of_every_country(country: str):
    law = law_of(country)
    codes = {code for right in (*RIGHTS, *COMING.values()) for code in right.rules}
    assert {code for code in codes if law.saying(code) is None} == set()
    rules = {rule.code for rule in (*law.duties, *law.prohibitions)}
    assert codes - rules == {"P5"}
    assert all(right.rules or right.says for right in RIGHTS)


@pytest.mark.parametrize(
    ("age", "sentence"),
    [
        (7, "In court, you need not see the person who hurt you."),
        (16, "Before a hearing the court must be asked"),
    ],
)
def test_what_is_owed_at_what_comes_next_is_told_in_the_words_for_the_age(
    carla: Staff, age: int, sentence: str
):
    when = (now() + timedelta(days=9)).strftime("%Y-%m-%dT10:00")
    hearing = Statement(type="hearing_scheduled", values={"at": when, "child_to_attend": True})
    shown = said(page_of(carla, born(age), hearing).get("/my/next/"))
    assert ("A judge listens to people" if age == 7 else "The court hears people before it decides") in shown
    assert sentence in shown
