"""The door: help is asked for without account, cookie or script; the way back opens with the code; leaving forgets."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from encircle.actions.reports import desk, door
from encircle.actions.reports.form import form_of
from encircle.law.question import About, AskedOf
from tests.database import TestDatabase
from tests.web.desks import make_desk, opened
from tests.web.reading import read
from tests.web.world import Staff

CANARY = "Canary-9b1c <b>mis & ma</b> tahan ära 🧒"


@pytest.fixture
def desks(database: TestDatabase) -> tuple[Staff, Staff]:
    return make_desk(database, "dora").first, make_desk(database, "dirk").first


class Child:
    """A browser that keeps nothing: each page is sent with what stands in its form."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.page: HttpResponse = self.client.get("/hello/")

    def press(self, step: str, **typed: object) -> "Child":
        held: dict[str, list[str]] = {}
        for one in self.inputs():
            if one.get("type") == "hidden" or "checked" in one:
                held.setdefault(one["name"], []).append(one["value"] or "")
        if 'name="text"' in self.said_in_html():
            held.setdefault("text", [""])
        self.page = self.client.post("/hello/", {**held, **({"step": step} if step else {}), **typed})
        return self

    def inputs(self) -> list[dict[str, str]]:
        return [dict(one) for one in read(self.page.content).inputs]

    def said_in_html(self) -> str:
        return self.page.content.decode()

    @property
    def said(self) -> str:
        return read(self.page.content).text

    def codes(self) -> list[str]:
        return re.findall(r'class="code"[^>]*dir="ltr">([^<]+)<', self.said_in_html())


def test_help_is_asked_for_in_three_taps_and_without_a_word(desks: tuple[Staff, Staff]):
    child = Child().press("danger").press("", danger="yes").press("send")
    assert child.page.status_code == 200
    words, digits = child.codes()
    assert (len(words.split()), len(digits.replace(" ", ""))) == (8, 25)
    assert [one.open.danger for one in desk.reports(desks[0].who).reports] == ["yes"]


def test_what_was_told_comes_back_with_the_code_and_so_does_the_answer(desks: tuple[Staff, Staff]):
    child = Child().press("danger").press("", danger="no")
    child.press("check", text=CANARY, picked=["afraid", "nothing we asked"], who="me")
    assert CANARY in child.said
    words, digits = child.press("send").codes()
    report = desk.reports(desks[0].who).reports[0].open.id
    back = Child().press("code").press("inbox", code=words)
    assert "Nobody has read this yet" in back.said
    token = str(uuid4())
    with opened(desks[0]):
        desk.answer_report(desks[0].who, report, "We are here.", token=token)
    back = Child().press("code").press("inbox", code=digits)
    assert all(
        text in back.said for text in (CANARY, "We are here.", "A person has read this", "I am afraid")
    )
    assert "Thank you, dear people" in back.press("reply", text="Thank you, dear people").said


def test_no_page_sets_a_cookie_or_says_in_its_address_or_title_what_it_is(desks: tuple[Staff, Staff]):
    child = Child()
    pages = [child.page]
    pages += [
        child.press("danger").page,
        child.press("", danger="no").page,
        child.press("check", text=CANARY).page,
    ]
    pages += [child.press("send").page, child.press("inbox").page, child.press("code").page]
    for page in (*pages, child.client.get("/hello/out/"), child.client.get("/sea/")):
        assert not page.cookies
        assert page.headers["Cache-Control"] == "no-store"
    assert {re.findall("<title>(.*)</title>", page.content.decode())[0] for page in pages} == {"Hello"}


def test_a_form_sent_twice_is_one_report_with_the_same_code(desks: tuple[Staff, Staff]):
    child = Child().press("danger").press("", danger="no").press("check", text="once")
    held = {one["name"]: one["value"] or "" for one in child.inputs() if one.get("type") == "hidden"}
    answers = [child.client.post("/hello/", {**held, "step": "send"}) for _ in range(3)]
    assert len({tuple(re.findall(rb'dir="ltr">([a-z0-9 ]+)<', answer.content)) for answer in answers}) == 1
    assert len(desk.reports(desks[0].who).reports) == 1


def test_wrong_codes_are_answered_alike(desks: tuple[Staff, Staff]):
    code = door.send(door.new_form(), door.Account(text=CANARY))
    wrong = ("", "zoo " * 8, "1" * 25, "x" * 9_999, code.digits[:-1])
    pages = [Child().press("code").press("inbox", code=one) for one in wrong]
    assert {page.page.status_code for page in pages} == {403}
    told = {
        re.sub(r"(?s)<textarea.*?</textarea>|value=\"[^\"]*\"|nonce=\"[^\"]*\"", "", page.said_in_html())
        for page in pages
    }
    assert len(told) == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"step": "send", "form": "made elsewhere", "text": CANARY},
        {
            "step": "story",
            "text": "\x00\ud7ff" + CANARY,
            "picked": ["x"] * 50,
            "language": "tlh",
            "danger": "?",
        },
        {"step": "send", "form": "", "text": CANARY + "ä" * 30_000},
        {"step": "nowhere"},
    ],
)
def test_bad_input_keeps_what_was_typed_and_is_told_kindly(
    desks: tuple[Staff, Staff], sent: dict[str, object]
):
    answer = Client().post("/hello/", sent)
    assert answer.status_code in (200, 413)
    if "text" in sent:
        assert CANARY in read(answer.content).text or "Canary-9b1c" in answer.content.decode()


def test_with_too_few_recipients_the_page_says_that_nobody_reads(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(door, "FEWEST", 1_000)
    child = Child().press("danger").press("", danger="no")
    assert child.page.status_code == 503
    assert "Nobody can read messages here yet" in child.said
    assert "112" in child.said


def test_leaving_is_a_link_on_each_page_and_tells_the_browser_to_forget(desks: tuple[Staff, Staff]):
    child = Child()
    for step in ("danger", "unsafe", "code", "story", "check"):
        assert 'class="out" href="/hello/out/" rel="nofollow noreferrer"' in child.press(step).said_in_html()
    answer = child.client.get("/hello/out/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sea/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "salty" in read(child.client.get("/sea/").content).text


def test_the_first_page_is_small_and_asks_for_a_style_and_a_script_and_holds_its_icon(database: TestDatabase):
    page = Client().get("/hello/").content.decode()
    files = re.findall(r'(?:src|href)="(/static/[^"?]+)', page)
    assert sorted(files) == ["/static/door.css", "/static/door.js"]
    assert '<link rel="icon" href="data:image/svg+xml,' in page
    held = [(Path(settings.STATIC_ROOT) / name.removeprefix("/static/")).stat().st_size for name in files]
    assert len(page.encode()) + sum(held) < 30 * 1024


def test_each_question_has_a_page_of_its_own_and_one_alone_is_about_what_happened(desks: tuple[Staff, Staff]):
    asked = [one for one in form_of(AskedOf.CHILD) if one.about is not About.DANGER]
    assert [one.code for one in asked if one.about is About.EVENT] == ["child_account"]
    child = Child().press("danger").press("", danger="no")
    for question in asked:
        assert f'name="step" value="{question.code}"' in child.said_in_html()
        assert str(question.ask) in child.press(question.code).said
    assert 'name="step" value="check"' in child.said_in_html()


def test_what_was_chosen_on_one_page_is_kept_on_all_others_and_can_be_taken_back(
    desks: tuple[Staff, Staff],
):
    child = Child().press("danger").press("", danger="no").press("child_who")
    child.press("child_needs", who="other_child")
    child.press("child_account", picked=["afraid", "talk"])
    child.press("check", text=CANARY)
    assert all(words in child.said for words in ("For another child", "I am afraid", "Somebody to talk to"))
    assert re.findall(r'value="(\w+)" checked', child.press("child_needs").said_in_html()) == [
        "talk",
        "afraid",
    ]
    child.press("child_account", picked=["food"]).press("check", text=CANARY)
    assert "I am afraid" not in child.said
    assert all(words in child.said for words in ("Food or clothes", "For another child", CANARY))


@pytest.mark.parametrize("language", ["et", "ar"])
def test_each_page_speaks_the_language_that_was_chosen(desks: tuple[Staff, Staff], language: str):
    child = Child().press("device", language=language)
    assert f'lang="{language}"' in child.said_in_html()
    for step in ("danger", "story", "child_needs", "child_account", "check", "send", "inbox"):
        child.press(step)
        assert (
            f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in child.said_in_html()
        )
        assert not re.search(r"Leave this page|In danger now|Send it", child.said_in_html())
