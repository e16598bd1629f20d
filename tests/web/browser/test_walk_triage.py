"""Triage by three agencies, in a browser: a report comes, two are asked, two decide, and nothing is typed twice."""

import re

import pytest
from pytest_django import Settings

from encircle.actions.case import NewCase, open_case
from encircle.actions.concern import Concern, register
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.browser.at_the_door import press
from tests.web.browser.conftest import OpenScreen
from tests.web.browser.test_walk_report import door_of
from tests.web.browser.variant import EITHER, NO_SCRIPT, PHONE, Variant, rest_in_full
from tests.web.browser.walk import Walk
from tests.web.desks import PASSPHRASE, make_desk
from tests.web.world import Staff, make_staff

WORDS = "They took my papers. I want to go to school. Canary-3c9e"
ANSWER = "Three agencies have looked at it. Somebody comes tomorrow at ten."


@pytest.fixture
def database(own_database: TestDatabase, settings: Settings) -> TestDatabase:
    settings.DEMO = True
    return own_database


@pytest.mark.parametrize("variant", rest_in_full((*EITHER, PHONE), *EITHER))
def test_three_agencies_look_at_a_report_together_and_it_becomes_a_case_with_nothing_typed_again(
    screen: OpenScreen, database: TestDatabase, variant: Variant
):
    dora, dirk = make_desk(database, "dora").first, make_desk(database, "dirk").first
    dmitri, rosa = make_staff("dmitri", Role.POLICE), make_staff("rosa", Role.SCHOOL)
    walk, asks = Walk(screen, variant), door_of(screen, variant)
    code = asks(WORDS)
    with walk.given("a report waits, and Dora opens it with her key", dora) as page:
        page.open("/reports/").follow(re.compile("Report,"))
        page.fill("Passphrase", PASSPHRASE).press("Unlock")
        assert WORDS in page.text
    with walk.when("she opens a concern: it has the child's words", dora) as page:
        page.press("Open a concern")
        concern = page.path.split("/")[2]
        assert WORDS in page.text
    with walk.then("it stands on her board with the time by which somebody looks at it", dora) as page:
        page.open("/triage/")
        assert concern in page.text
        assert "Look at it by" in page.text
    they_look_together(walk, concern, dora, dmitri, dirk)
    with walk.then("the case begins with what was told, and asks for none of it", dora) as page:
        page.open(f"/triage/{concern}/").follow("Open a case")
        assert page.main("textarea").count() == 0
        page.press("Continue")
        assert re.fullmatch(r"/records/[a-z0-9-]+/", page.path)
        page.open(f"{page.path}facts/")
        assert WORDS in page.text
    with walk.then("who was not asked does not find the concern", rosa) as page:
        page.open(f"/records/{concern}/", status=404)
    with walk.when("Dora tells who reported, and notes that she did", dora) as page:
        page.open("/triage/")
        assert concern not in page.text
        page.open(f"/triage/{concern}/").press("The reporter has been told what followed")
        page.open("/reports/?show=done").follow(re.compile("Report,"))
        page.fill("Write to them", ANSWER).press("Send the answer")
    with walk.then("the child reads it with the code", None) as page:
        press(page.open("/hello/").page, "code")
        page.page.locator("#code").fill(code)
        press(page.page, "inbox")
        assert ANSWER in page.text


def they_look_together(walk: Walk, concern: str, dora: Staff, dmitri: Staff, dirk: Staff) -> None:
    """Two agencies are asked, each answers on its own law, one decides and another one agrees."""
    with walk.when("she asks the police and the other triage team what they know", dora) as page:
        page.open(f"/triage/{concern}/")
        for agency in ("The agency of dmitri", "The agency of dirk"):
            page.choose("Which agency?", agency).press("Ask this agency")
        assert "has not answered yet" in page.text
    with walk.when("the police know something, and say on which law they tell it", dmitri) as page:
        page.open(f"/triage/{concern}/answer/").press("Send the answer", status=422)
        page.tick("We know something").fill("What do you know? (optional)", "Seen twice at the harbour.")
        page.fill("On which legal basis does your agency say or withhold it?", "Police Act 7")
        page.press("Send the answer")
    with walk.when("the other team knows nothing, which is an answer too", dirk) as page:
        page.open(f"/triage/{concern}/answer/").tick("We know nothing")
        page.fill("On which legal basis does your agency say or withhold it?", "Child Protection Act 9")
        page.press("Send the answer")
    with walk.when("Dora decides with reasons", dora) as page:
        page.open(f"/triage/{concern}/")
        assert "We know something · Seen twice at the harbour. · Police Act 7" in page.text
        assert "We know nothing · Child Protection Act 9" in page.text
        page.tick("The child may be a victim of trafficking: open a case")
        page.tick("Urgent: within the next days").fill("Why?", "Papers were taken.")
        page.press("Save the decision")
        assert "Look at it as a second person" not in page.text
    with walk.when("the other team looks at it as a second person and agrees", dirk) as page:
        page.open(f"/triage/{concern}/").tick("Yes, I agree")
        page.main('form:has(input[name="review"])').get_by_label("Why?").fill("The police saw it too.")
        page.press("Save as second person")
        assert "The police saw it too." in page.text


@pytest.mark.parametrize("variant", rest_in_full(EITHER, NO_SCRIPT))
def test_a_child_who_may_be_known_is_a_question_and_what_is_told_joins_her_record(
    screen: OpenScreen, database: TestDatabase, variant: Variant
):
    hanna, eva = make_staff("hanna", Role.TRIAGE_TEAM), make_staff("eva", Role.TRIAGE_TEAM)
    rosa, walk = make_staff("rosa", Role.SCHOOL), Walk(screen, variant)
    record = open_case(hanna.who, NewCase(name="Aino Tamm", why="Seen alone."), token=TOKENS[0])
    hidden = open_case(eva.who, NewCase(name="Aino Tamm", why="Seen alone."), token=TOKENS[1])
    said = Concern(text="A girl called Aino Tam is never alone.", recipient=AgencyId(hanna.agency))
    concern = register(rosa.who, said, token=TOKENS[2])
    with walk.given("a teacher told of a girl by her name", hanna) as page:
        page.open(f"/triage/{concern}/").follow("Look whether the child is known")
        assert "nothing is compared" in page.text
    with walk.when("Hanna writes down the name that the teacher told", hanna) as page:
        page.press("Look whether the child is known", status=422)
        page.fill("Name of the child, as the concern tells it", "Aino Tam")
        page.press("Look whether the child is known")
    with walk.then("she is asked of the record that is open to her, and of no other", hanna) as page:
        assert "Could this be the same child as Aino Tamm?" in page.text
        assert record in page.text
        assert hidden not in page.text
    with walk.when("she says yes, and why", hanna) as page:
        page.press("Save the answer", status=422)
        page.tick("Yes, it is the same child").fill("Why?", "The same school and aunt.")
        page.press("Save the answer")
        assert "The same child" in page.text
    with walk.then("what the teacher told stands on the record", hanna) as page:
        page.open(f"/records/{record}/facts/")
        assert "A girl called Aino Tam is never alone." in page.text


TOKENS = tuple(f"6b1f9f0e-7a55-4a7f-9d0e-2f5f3a3f2d{number}" for number in (11, 12, 13))
