"""A talk at the door without a script: the rule first, no cookie, no field for a name; by reload; with the code again."""

import re
from uuid import uuid4

import pytest

from encircle.actions.reports import talk_desk
from tests.database import TestDatabase
from tests.web.desks import always_there, make_desk, never_there, opened
from tests.web.door.test_door import Child
from tests.web.world import Staff

CANARY = "Canary-c81d <b>tohin</b> ma küsida 🧒"
NAMES = re.compile(r"name|nimi|phone|email|address|age|school", re.IGNORECASE)


@pytest.fixture(autouse=True)
def dora(database: TestDatabase) -> Staff:
    make_desk(database, "dirk")
    dora = make_desk(database, "dora").first
    always_there(database, dora)
    return dora


def asking() -> Child:
    """Somebody who has read the rule."""
    return Child().press("danger").press("", danger="no").press("ask").press("talk")


def answered(dora: Staff, words: str) -> str:
    report = talk_desk.talks_at_desk(dora.who).talks[-1].open.report
    with opened(dora):
        talk_desk.take(dora.who, report)
        talk_desk.say(dora.who, report, words, token=str(uuid4()))
    return report


def test_the_rule_on_danger_stands_before_the_first_word(dora: Staff):
    child = Child().press("danger").press("", danger="no").press("ask")
    assert "I must act" in child.said
    assert "textarea" not in child.said_in_html()
    child.press("talk").press("say", text=CANARY)
    (one,) = talk_desk.talks_at_desk(dora.who).talks
    assert (one.open.rule, one.open.danger) == ("must_act_1", "no")


@pytest.mark.parametrize("step", ["talk", "say"])
@pytest.mark.parametrize("shown", ["", "0" * 24, "\ud7ff"])
def test_without_the_rule_nothing_can_be_said_and_what_was_typed_is_kept(dora: Staff, step: str, shown: str):
    child = Child()
    child.press(step, text=CANARY, shown=shown)
    assert "Before we talk" in child.said
    assert {"name": "text", "value": CANARY}.items() <= next(
        one for one in child.inputs() if one["name"] == "text"
    ).items()
    assert talk_desk.talks_at_desk(dora.who).talks == ()


def test_words_go_back_and_forth_by_reload_and_later_with_the_code(dora: Staff):
    child = asking().press("say", text=CANARY)
    assert all(words in child.said for words in (CANARY, "Please wait. Somebody is told that you are here."))
    (code,) = child.codes()
    answered(dora, "We are here <i>now</i>.")
    assert "We are here <i>now</i>." in child.press("look").said
    child.press("look", text="half a thought")
    assert "half a thought</textarea>" in child.said_in_html()
    assert child.press("say", text="Thank you").said.count("Thank you") == 1
    again = Child().press("code").press("inbox", code=code)
    assert all(words in again.said for words in (CANARY, "We are here <i>now</i>.", "Thank you"))
    assert again.press("say", text="One more").said.count("One more") == 1


def test_a_form_sent_twice_says_its_words_once(dora: Staff):
    child = asking()
    held = {one["name"]: one["value"] or "" for one in child.inputs() if one.get("type") == "hidden"}
    pages = [child.client.post("/hello/", {**held, "step": "say", "text": CANARY}) for _ in range(3)]
    assert len({tuple(re.findall(rb'dir="ltr">([0-9 ]+)<', page.content)) for page in pages}) == 1
    child.page = pages[-1]
    held = {one["name"]: one["value"] or "" for one in child.inputs() if one.get("type") == "hidden"}
    for _ in range(2):
        child.page = child.client.post("/hello/", {**held, "step": "say", "text": "only once"})
    assert (child.said.count("only once"), len(talk_desk.talks_at_desk(dora.who).talks)) == (1, 1)


def test_nothing_asks_for_a_name_no_page_sets_a_cookie_and_all_are_small(dora: Staff):
    child = Child().press("danger").press("", danger="no")
    pages = [child.press("ask").page, child.press("talk").page, child.press("say", text=CANARY).page]
    pages += [child.press("look").page, child.press("part").page]
    for page in pages:
        child.page = page
        fields = {
            one["name"] for one in child.inputs() if one.get("type") != "hidden" and "hidden" not in one
        }
        assert fields <= {"text"}
        assert not [name for name in fields if NAMES.search(name)]
        assert (dict(page.cookies), page.headers["Cache-Control"]) == ({}, "no-store")
        assert re.findall("<title>(.*)</title>", page.content.decode()) == ["Hello"]
        assert len(page.content) < 15 * 1024


def test_it_ends_when_who_asks_leaves_and_goes_on_when_they_write(dora: Staff):
    child = asking().press("say", text=CANARY)
    answered(dora, "We are here.")
    assert "The talk has ended" in child.press("part").said
    assert "Please wait" in child.press("say", text="I am back").said


def test_after_it_became_a_report_the_talk_is_read_and_gone_on_with_there(dora: Staff):
    child = asking().press("say", text=CANARY)
    (code,) = child.codes()
    report = answered(dora, "We are here.")
    with opened(dora):
        talk_desk.give(dora.who, report, "I must pass it on.", because="danger", token=str(uuid4()))
    assert "I must pass it on." in child.press("look").said
    assert "Still here" in child.press("say", text="Still here").said
    inbox = Child().press("code").press("inbox", code=code)
    said = inbox.said
    assert [
        said.index(one) for one in (CANARY, "We are here.", "I must pass it on.", "Still here")
    ] == sorted(said.index(one) for one in (CANARY, "We are here.", "I must pass it on.", "Still here"))


def test_while_nobody_is_there_it_says_so_and_still_takes_the_words(database: TestDatabase):
    assert "Nobody is here now" not in asking().said
    never_there(database)
    child = asking()
    assert "Nobody is here now" in child.said
    assert "Nobody is here now" in child.press("say", text=CANARY).said
    assert CANARY in child.said


def test_what_is_too_long_or_empty_is_told_kindly_and_kept(dora: Staff):
    child = asking().press("say", text="  ")
    assert (child.page.status_code, talk_desk.talks_at_desk(dora.who).talks) == (200, ())
    child.press("say", text=CANARY + "ä" * 21_000)
    assert (child.page.status_code, "send it in pieces" in child.said) == (413, True)
    assert CANARY in child.said
    child.press("say", text=CANARY).press("say", text="ä" * 21_000)
    assert child.page.status_code == 413
    wrong = [Child().press(step, code="zoo " * 8, text=CANARY) for step in ("say", "look", "part")]
    assert {one.page.status_code for one in wrong} == {403}
