"""The professional's path: twelve questions, sealed as a child's report is, a code, a receipt, nothing typed again."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import override
from pytest_django import Settings

from encircle.actions.help import help_here
from encircle.actions.indicators import forms
from encircle.actions.reports import desk, door, professional
from encircle.actions.reports.form import form_of
from encircle.law.indicator import Setting
from encircle.law.question import About, AskedOf
from encircle.records.context import with_context
from encircle.records.journal.sequencer import make_journal_key
from encircle.records.journal.signing import is_signed
from encircle.records.reports import recipients
from encircle.web.door import told_to_adults
from encircle.web.door.receipt import paper
from tests.database import TestDatabase
from tests.web.desks import make_desk, opened
from tests.web.reading import read
from tests.web.world import Staff

SEEN = "Canary-70ab. He was tired <b>and</b> alone at the gate."
WORDS = '"I have to be back by six." Canary-70ac'
FILLED: Mapping[str, str] = {
    "pro_danger": "no",
    "pro_seen": SEEN,
    "pro_words": WORDS,
    "pro_present": "The school nurse.",
    "pro_asked": "None.",
    "pro_where": "In the hall, on Monday.",
    "pro_inferred": "Somebody may make him work.",
    "pro_reporter": "Canary-70ad, class teacher",
    "pro_sealed": "desks",
}


@pytest.fixture
def desks(database: TestDatabase) -> tuple[Staff, Staff]:
    return make_desk(database, "dora").first, make_desk(database, "dirk").first


class Teacher:
    """A browser that keeps nothing: each page is sent with what stands in its form."""

    def __init__(self, setting: str = "school") -> None:
        self.client, self.address = Client(enforce_csrf_checks=True), f"/report/{setting}/"
        self.page: HttpResponse = self.client.get(self.address)

    def press(self, step: str, **typed: str) -> "Teacher":
        held = {
            one["name"]: one["value"] or ""
            for one in read(self.page.content).inputs
            if one.get("type") == "hidden"
        }
        self.page = self.client.post(self.address, {**held, "step": step, **typed})
        return self

    @property
    def said(self) -> str:
        return read(self.page.content).text

    def codes(self) -> list[str]:
        return re.findall(r'class="code"[^>]*dir="ltr">([^<]+)<', self.page.content.decode())


def report_of(staff: Staff) -> str:
    return desk.reports(staff.who).reports[0].open.id


def test_there_are_at_most_twelve_questions_and_one_needs_an_answer():
    form = form_of(AskedOf.PROFESSIONAL)
    assert len(form) == 12
    assert [one.code for one in form if one.needed] == ["pro_danger"]
    assert {"pro_words", "pro_where", "pro_present", "pro_asked"} <= {
        one.code for one in form if one.about is About.EVENT
    }


def test_what_was_filled_in_is_shown_sent_and_comes_back_with_the_code(desks: tuple[Staff, Staff]):
    teacher = Teacher().press("check", **FILLED)
    assert all(text in teacher.said for text in (SEEN, WORDS, "Somebody may make him work.", "School"))
    words, digits = teacher.press("send").codes()
    assert len(words.split()) == 8
    back = Client().post("/hello/", {"step": "inbox", "code": digits})
    assert all(text in read(back.content).text for text in (SEEN, WORDS, "Nobody has read this yet"))


def test_the_desk_reads_the_parts_apart_and_a_concern_has_them_without_who_reported(
    desks: tuple[Staff, Staff],
):
    Teacher().press("check", **FILLED).press("send")
    with opened(desks[0]):
        (said,) = desk.read_report(desks[0].who, report_of(desks[0])).said
        parts = {one.code: one.text for one in professional.parts_of(said.parts, "en")}
        assert parts == {**FILLED, "pro_setting": "School or kindergarten", "pro_danger": "No, not now",
                         "pro_sealed": parts["pro_sealed"]}  # fmt: skip
        values = professional.concern([said], "en")
        desk.take_over(desks[0].who, report_of(desks[0]))
    assert {name: values[name] for name in values if name != "text"} == {
        "raised_by": "professional",
        "anonymous": True,
        "reporter_role": "school",
        "exact_words": WORDS,
        "where_noticed": "In the hall, on Monday.",
        "who_was_present": "The school nurse.",
        "questions_asked": "None.",
    }
    assert str(values["text"]).startswith("What did you see or hear yourself?\n" + SEEN)
    assert "Canary-70ad" not in str(values)


def test_who_reported_stands_in_the_file_only_where_the_reporter_said_so():
    said = door.Said("", theirs=False, parts={**FILLED, "pro_sealed": "file"})
    values = professional.concern([said], "en")
    assert values["anonymous"] is False
    assert "Canary-70ad" in str(values["text"])
    assert professional.concern([door.Said("help", theirs=False)], "en") == {}


def test_what_was_written_afterwards_is_in_the_concern_too():
    messages = [door.Said("", theirs=False, parts=FILLED), door.Said("He is gone.", theirs=False)]
    assert str(professional.concern(messages, "en")["text"]).endswith("\n\nHe is gone.")


@pytest.fixture
def signing_key(tmp_path: Path, settings: Settings) -> None:
    settings.JOURNAL_KEY_FILE = tmp_path / "journal-signing-key"
    make_journal_key()


def test_without_a_key_to_sign_with_the_receipt_says_so(
    desks: tuple[Staff, Staff], settings: Settings, tmp_path: Path
):
    settings.JOURNAL_KEY_FILE = tmp_path / "none"
    teacher = Teacher().press("check", **FILLED).press("send")
    receipt = professional.receipt(teacher.codes()[1])
    assert receipt is not None
    assert receipt.note == ""
    with override("en"):
        last = paper(receipt, "en").sections[-1]
    assert receipt.digest in last.paragraphs
    assert "No key" in last.paragraphs[0]


@pytest.mark.usefixtures("signing_key")
def test_the_receipt_says_when_and_to_whom_and_nothing_of_the_story(desks: tuple[Staff, Staff]):
    teacher = Teacher().press("check", **FILLED).press("send")
    digits = teacher.codes()[1]
    receipt = professional.receipt(digits)
    assert receipt is not None
    with with_context(agency=None, actor="door", purpose="door"):
        enrolled = recipients()
    assert (receipt.setting, len(receipt.digest)) == ("school", 64)
    assert 2 <= len(receipt.to) <= len(enrolled), "those of one name are named once"
    assert is_signed(receipt.note.encode())
    assert not is_signed(receipt.note.replace("school", "police").encode())
    teacher.press("receipt")
    assert teacher.page.headers["Content-Type"] == "application/pdf"
    assert teacher.page.content.startswith(b"%PDF-")
    with pikepdf.open(BytesIO(teacher.page.content)) as pdf, pdf.open_metadata() as told:
        assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == ("2", "A", "1")
        assert told["xmp:CreateDate"] == f"{receipt.hour.astimezone(UTC):%Y-%m-%dT%H:00:00}Z", "to the hour"
    assert not any(word in receipt.note + str(receipt) for word in ("Canary", "tired", "nurse"))


def test_what_came_of_it_is_told_as_far_as_it_may_be(desks: tuple[Staff, Staff]):
    teacher = Teacher().press("check", **FILLED).press("send")
    inbox = {"step": "inbox", "code": teacher.codes()[1]}
    assert "opened a concern" not in read(Client().post("/hello/", inbox).content).text
    with opened(desks[0]):
        desk.take_over(desks[0].who, report_of(desks[0]))
    assert "opened a concern" in read(Client().post("/hello/", inbox).content).text
    child = door.send(door.new_form(), door.Account(text="help"))
    with opened(desks[0]):
        desk.take_over(desks[0].who, report_of(desks[0]))
    told = read(Client().post("/hello/", {"step": "inbox", "code": child.digits}).content).text
    assert "opened a concern" not in told


def test_a_code_of_a_child_and_a_wrong_one_open_no_receipt(desks: tuple[Staff, Staff]):
    of_child = door.send(door.new_form(), door.Account(text="help"))
    answers = [
        Client().post("/report/school/", {"step": "receipt", "code": one}) for one in ("zoo", of_child.digits)
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert len({re.sub(rb'nonce="[^"]*"', b"", answer.content) for answer in answers}) == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"pro_danger": ""}, "Choose one. Not knowing is an answer."),
        (
            dict.fromkeys((code for code in FILLED if code not in ("pro_danger", "pro_sealed")), " "),
            "Write at least one sentence",
        ),
        ({"pro_seen": "ä" * 4_001}, "This is too long to be sent."),
        ({"pro_reporter": "x" * 501}, "This is too long to be sent."),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_its_field_keeps_what_was_typed_and_sends_nothing(
    desks: tuple[Staff, Staff], typed: dict[str, str], told: str
):
    for step in ("check", "send"):
        teacher = Teacher().press(step, **{**FILLED, **typed})
        assert teacher.page.status_code == 422
        assert told in teacher.said
        kept = [text for code, text in {**FILLED, **typed}.items() if code in ("pro_told", "pro_reporter")]
        assert all(text in teacher.said for text in kept)
    assert desk.reports(desks[0].who).reports == ()


def test_a_form_from_elsewhere_is_asked_for_once_more_and_two_presses_are_one_report(
    desks: tuple[Staff, Staff],
):
    teacher = Teacher().press("send", **{**FILLED, "form": "made elsewhere"})
    assert "Some time has passed" in teacher.said
    held = {one["name"]: one["value"] or "" for one in read(teacher.page.content).inputs}
    answers = [teacher.client.post(teacher.address, {**held, "step": "send"}) for _ in range(2)]
    assert len({tuple(re.findall(rb'dir="ltr">([a-z0-9 ]+)<', one.content)) for one in answers}) == 1
    assert len(desk.reports(desks[0].who).reports) == 1


def test_what_cannot_be_is_answered_kindly(desks: tuple[Staff, Staff]):
    assert Client().get("/report/zoo/").status_code == 404
    strange = {"step": "check", "pro_danger": "maybe", "pro_seen": "\x00\ud7ff" + SEEN, "language": "tlh"}
    assert Client().post("/report/hotel/", strange).status_code == 422
    assert Client().post("/report/hotel/", {"step": "check", "pro_seen": "ä" * 3_000_000}).status_code in (
        400,
        413,
        422,
    )


def test_no_page_sets_a_cookie_and_each_is_small(desks: tuple[Staff, Staff]):
    teacher = Teacher()
    pages = [
        Client().get("/report/"),
        teacher.page,
        teacher.press("check", **FILLED).page,
        teacher.press("send").page,
    ]
    for page in pages:
        assert not page.cookies
        assert page.headers["Cache-Control"] == "no-store"
        assert len(page.content) <= 15 * 1024
        assert [one for one in read(page.content).problems if "radio" not in one] == []


@pytest.mark.parametrize("language", [one for one in dict(settings.PUBLIC_LANGUAGES) if one != "en"])
def test_it_speaks_the_language_that_was_chosen(desks: tuple[Staff, Staff], language: str):
    start = Client().get(f"/report/?language={language}")
    assert f'<html lang="{language}"' in start.content.decode()
    teacher = Teacher()
    teacher.press("form", language=language, pro_seen=SEEN)
    assert SEEN in teacher.said
    for step in ("check", "send"):
        teacher.press(step, **FILLED)
        assert f'<html lang="{language}"' in teacher.page.content.decode()
        assert not re.search(r"Send it|Go on|the receipt|What did you", teacher.page.content.decode())
        assert len(teacher.page.content) <= 15 * 1024
        assert not teacher.page.cookies
    guide = Client().get(f"/report/school/guide/?language={language}")
    assert len(guide.content) <= 15 * 1024
    for page in (start, guide, Client().get(f"/report/school/?language={language}")):
        assert len(page.content) <= 15 * 1024
        assert '<bdi lang="en"' not in page.content.decode()
        assert [one for one in read(page.content).problems if "radio" not in one] == []


@pytest.mark.parametrize("language", ["fa", "lv", "pl", "uk"])
def test_a_receipt_can_be_kept_in_a_language_of_the_public(desks: tuple[Staff, Staff], language: str):
    teacher = Teacher()
    teacher.press("form", language=language)
    code = teacher.press("check", **FILLED).press("send").codes()[1]
    kept = teacher.client.post("/report/school/", {"step": "receipt", "code": code, "language": language})
    assert kept.headers["Content-Type"] == "application/pdf"
    found = professional.receipt(code)
    assert found is not None
    with override(language):
        assert paper(found, language).title != "Receipt of a report about a child"


def test_the_language_of_the_browser_is_heard_where_none_was_chosen(database: TestDatabase):
    page = Client(headers={"accept-language": "uk,en;q=0.5"}).get("/report/")
    assert '<html lang="uk"' in page.content.decode()


def test_with_too_few_recipients_the_page_says_that_nobody_reads(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(door, "FEWEST", 1_000)
    assert Teacher().page.status_code == 503


@pytest.mark.parametrize(
    "setting", ["school", "health", "border", "police", "sport", "street", "hotel", "labour", "anybody"]
)
def test_each_profession_has_a_route_with_signs_and_words_and_their_sources(
    database: TestDatabase, setting: str
):
    for language in ("en", "et", "ar"):
        page = Client().get(f"/report/{setting}/guide/?language={language}")
        assert page.status_code == 200
        assert not page.cookies
        assert len(page.content) <= 15 * 1024
        assert read(page.content).problems == []
        told = read(page.content).text
        with override(language):
            parts = forms().routes_at(Setting(setting))
        assert all(text.in_(language) in told for route in parts for text in route.texts)
        assert all(one.where in told for route in parts for one in route.seen)
        assert all(one.title.in_(language) in told for one in forms().indicators_at(Setting(setting)))


def test_the_duty_of_the_country_and_its_helpline_stand_there_with_their_source(database: TestDatabase):
    here = help_here()
    for page in ("/report/", "/report/health/guide/"):
        told = read(Client().get(page).content).text
        assert here.duty.adult.in_("en") in told
        assert here.duty.at in told
    told = read(Client().get("/report/health/guide/").content).text
    assert here.emergency.number in told
    assert [one.number for one in here.to_talk() if one.number not in told] == []


def test_a_duty_that_nobody_has_read_is_shown_as_unverified(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch
):
    here = help_here()
    unread = replace(here.duty, seen=tuple(replace(one, read=None) for one in here.duty.seen))
    assert "Unverified" not in read(Client().get("/report/").content).text
    monkeypatch.setattr(told_to_adults, "help_here", lambda: replace(here, duty=unread))
    assert "Unverified" in read(Client().get("/report/").content).text


def test_the_form_shows_the_signs_of_its_setting_as_prompts_and_no_total(desks: tuple[Staff, Staff]):
    said = Teacher("hotel").said
    assert "Several children with the same adult whom nobody knows" in said
    assert "Begs or sells" not in said
    assert 'type="checkbox"' not in Teacher("hotel").page.content.decode()
    assert Client().get("/report/zoo/guide/").status_code == 404
