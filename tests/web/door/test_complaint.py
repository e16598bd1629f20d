"""Somebody complains at the door: without account, cookie or script, to others than those complained of."""

from uuid import uuid4

import pytest

from encircle.actions.reports import body, complaint, desk
from tests.database import TestDatabase
from tests.web.complaint_bodies import make_body
from tests.web.desks import DeskStaff, make_desk, opened
from tests.web.door.test_door import Child

CANARY = "Canary-17d0 <b>nobody</b> asks me"


@pytest.fixture
def ombud(database: TestDatabase) -> DeskStaff:
    return make_body("oda")


def complained(text: str = CANARY) -> Child:
    someone = Child().press("complain").press("complain_about", by="guardian")
    return someone.press("complain_words", about="police").press("complain_send", text=text)


def test_a_guardian_complains_and_comes_back_for_the_answer(ombud: DeskStaff):
    sent = complained()
    assert "You did nothing wrong." in sent.said
    assert dict(sent.client.cookies) == {}
    words, digits = sent.codes()
    (found,) = body.complaints(ombud.first.who).complaints
    assert (found.open.standing.about, found.open.standing.complainant) == ("police", "guardian")
    back = Child().press("code").press("inbox", code=words)
    assert "Nobody has read this yet." in back.said
    with opened(ombud.first):
        who = ombud.first.who
        body.conclude(who, found.open.id, outcome="partly_right", words="They will ask.", token=str(uuid4()))
    again = Child().press("code").press("inbox", code=digits)
    assert all(text in again.said for text in (CANARY, "They will ask.", "you are right in a part of it"))
    assert "And more" in again.press("reply", text="And more").said
    assert [one.open.id for one in body.complaints(who).complaints] == [found.open.id]


@pytest.mark.parametrize("text", ["", " \n", "x" * 30_000, "\x00", "\ud800"])
def test_what_cannot_be_sent_is_asked_for_again_or_told_and_never_an_error(ombud: DeskStaff, text: str):
    assert complained(text.encode("utf-8", "replace").decode()).page.status_code in (200, 413, 422)


def test_nothing_is_lost_where_the_form_was_too_old(ombud: DeskStaff):
    someone = Child().press("complain").press("complain_about").press("complain_words")
    again = someone.press("complain_send", text=CANARY, form="old")
    assert "Some time has passed." in again.said
    assert "Canary-17d0" in again.said_in_html()
    assert len(again.press("complain_send", text=CANARY).codes()) == 2


def test_where_no_body_takes_it_the_page_says_so(ombud: DeskStaff, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(complaint, "complaint_roles", frozenset)
    for step in ("complain", "complain_send"):
        page = Child().press("danger").press(step, text=CANARY)
        assert page.page.status_code == 503
        assert "Nobody can read this here yet" in page.said


def test_a_complaint_about_the_only_kind_of_body_goes_to_nobody(ombud: DeskStaff):
    someone = Child().press("complain").press("complain_about").press("complain_words", about="ombudsperson")
    assert someone.press("complain_send", text=CANARY).page.status_code == 503
    assert body.complaints(ombud.first.who).complaints == ()


def test_the_desks_of_reports_see_nothing_of_it(database: TestDatabase, ombud: DeskStaff):
    dora = make_desk(database, "dora").first
    complained()
    assert desk.reports(dora.who).reports == ()
