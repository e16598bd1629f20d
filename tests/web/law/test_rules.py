"""The law browser: for everybody on staff, journalled, without a word of a child; what is not read says so."""

from collections.abc import Callable

import pytest
from django.test import Client

from encircle.actions.law import law_of
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff, journal_of, make_staff

EVERY_RULE = [
    *(f"/law/duties/{rule.code}/" for rule in law_of("ee").duties),
    *(f"/law/prohibitions/{rule.code}/" for rule in law_of("ee").prohibitions),
]


@pytest.fixture
def school(database: TestDatabase) -> Staff:
    """Somebody who takes part in no record."""
    return make_staff("eva", Role.SCHOOL)


@pytest.fixture
def client(school: Staff, as_staff: Callable[[Staff], Client]) -> Client:
    return as_staff(school)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    page = read(answer.content)
    assert page.problems == [], address
    assert page.count("h1") == 1
    return " ".join(page.text.split())


def test_nobody_reads_it_without_a_sign_in(database: TestDatabase):
    assert Client().get("/law/").headers["Location"].startswith("/sign-in/")


def test_a_look_is_written_into_the_journal_and_names_no_record(client: Client, school: Staff):
    client.get("/law/")
    client.get("/law/duties/D02b/")
    assert journal_of(school) == [("look", "law_shown", "law", "", False)] * 2


def test_the_list_has_every_duty_and_prohibition_of_the_country(client: Client):
    law = law_of("dk")
    links = {link.partition("?")[0] for link in read(client.get("/law/?law=dk").content).links}
    assert {f"/law/duties/{rule.code}/" for rule in law.duties} <= links
    assert {f"/law/prohibitions/{rule.code}/" for rule in law.prohibitions} <= links


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ("q=guardian", "D02b", "D26-asylum"),
        ("kind=prohibitions", "P1-interview", "D02b"),
        ("kind=duties", "D02b", "P1-interview"),
        ("owner=court", "D51", "D02b"),
        ("read=none", "D63", "D02b-asylum"),
        ("q=Lanzarote", "P1-interview", "D35"),
    ],
)
def test_the_list_is_sifted(client: Client, asked: str, there: str, gone: str):
    codes = [link.rstrip("/").rpartition("/")[2] for link in read(client.get(f"/law/?{asked}").content).links]
    assert there in codes
    assert gone not in codes


def test_what_cannot_be_read_of_a_question_asks_nothing(client: Client):
    everything = text(client, "/law/")
    assert text(client, "/law/?owner=nobody&read=perhaps&kind=x&law=zz") == everything


def test_where_nothing_is_like_it_the_list_says_so(client: Client):
    assert "No rule is like this" in text(client, "/law/?q=zzzz")


@pytest.mark.parametrize("address", EVERY_RULE)
def test_every_rule_has_a_page_that_can_be_read(client: Client, address: str):
    told = text(client, address)
    assert "Sources" in told
    assert "Tests that prove it" in told


def test_a_duty_says_who_owes_it_by_when_and_what_proves_it(client: Client):
    told = text(client, "/law/duties/D02b-asylum/")
    for words in (
        "Representative in the asylum procedure",
        "15 working days Limit of law",
        "In the words of the law: as soon as possible, and at most 15 working days",
        "What proves that it is done",
    ):
        assert words in told, words


def test_a_source_that_nobody_has_read_is_marked_so(client: Client):
    told = text(client, "/law/duties/D13/")
    assert "unverified: not read yetReviewed by a lawyer of the country: not yet" in told


def test_a_duty_says_where_else_it_stands_and_what_differs(client: Client):
    told = text(client, "/law/duties/D16/")
    for words in ("Denmark", "United Kingdom", "Estonia says anew: when it stands"):
        assert words in told, words


def test_a_rule_that_does_not_apply_here_says_why_and_where_it_does(client: Client):
    told = text(client, "/law/duties/D26-asylum/?law=dk")
    assert "This does not apply here" in told
    assert "Finland" in told


def test_a_prohibition_says_what_to_do_instead_and_who_may_decide_otherwise(client: Client):
    told = text(client, "/law/prohibitions/P2/")
    assert "Ask the guardian, the lawyer and the case lead to review the flag first." in told
    assert "Nobody can override it." in told


@pytest.mark.parametrize("address", ["/law/duties/D999/", "/law/prohibitions/D02b/", "/law/duties/P1/"])
def test_a_code_that_no_law_has_is_not_found(client: Client, address: str):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/law/duties/D04/", "/law/prohibitions/P1-interview/"])
def test_a_rule_is_said_in_plain_words_for_professionals_and_for_a_child_of_each_age(
    client: Client, address: str
):
    shown = text(client, address)
    saying = law_of("ee").saying(address.split("/")[3])
    assert saying is not None
    for said in (saying.professional, *saying.child.values()):
        assert said.in_("en") in shown
    assert all(age in shown for age in ("6\u20139 years", "10\u201313 years", "14\u201317 years"))


def test_the_words_for_a_child_stand_there_in_the_other_languages_too_each_marked_as_such(client: Client):
    answer = client.get("/law/duties/D04/?law=fi").content.decode()
    saying = law_of("fi").saying("D04")
    assert saying is not None
    for code, direction in (("et", "ltr"), ("fi", "ltr"), ("ar", "rtl")):
        words = answer.partition(f'<details lang="{code}" dir="{direction}">')[2].partition("</details>")[0]
        assert all(texts.in_(code) in words for texts in saying.child.values())


def test_the_duties_and_alarms_of_a_record_lead_to_their_pages_of_the_law(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    desk = as_staff(carla)
    found = read(desk.get(f"/records/{aino}/").content).links
    duty = next(link for link in found if link.startswith(f"/records/{aino}/duties/"))
    in_law = {link for link in read(desk.get(duty).content).links if link.startswith("/law/duties/")}
    assert in_law
    assert all(desk.get(link).status_code == 200 for link in in_law)


def test_what_no_condition_can_express_is_told_with_what_keeps_it(client: Client):
    shown = text(client, "/law/")
    saying = law_of("ee").saying("P5")
    assert saying is not None
    assert saying.kept_by is not None
    assert f"P5 {saying.professional} {saying.kept_by}" in shown
    assert str(saying.kept_by) not in text(client, "/law/?kind=duties")
