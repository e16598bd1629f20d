"""A complaint with files, given to another body: it answers from then on, and who complained was told."""

from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from pytest_django import Settings

from encircle.actions.reports import body, complaint, door
from encircle.actions.reports.complaint import Complaint
from encircle.actions.reports.files import Taking
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.host.file import corpus
from tests.web.complaint_bodies import make_body
from tests.web.desk.test_complaints import address, unlocked
from tests.web.desks import DeskStaff, opened
from tests.web.page.test_manner import AsStaff
from tests.web.reading import read
from tests.web.world import make_staff

WORDS = "Canary-71aa, nobody asked me"
TOLD = "Another office has it now."


@pytest.fixture(autouse=True)
def _cheap(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def ombud(database: TestDatabase) -> DeskStaff:
    return make_body("oda")


def picture() -> bytes:
    return corpus.picture("JPEG", Random(7))


def complained(*files: bytes) -> door.Code:
    form = door.new_form()
    code = complaint.complain(
        form, Complaint(text=WORDS, about="guardian", complainant="child", language="et")
    )
    if files:
        again, taken = door.new_form(), []
        for content in files:
            taken.append(Taking())
            taken[-1].take(content)
        assert door.keep_files(again, tuple(taken)) == ()
        door.write_back(code.words, "", form=again)
    return code


def newest(of: DeskStaff) -> str:
    return body.complaints(of.first.who).complaints[0].open.id


def test_the_body_looks_at_a_cleaned_copy_and_takes_the_original(ombud: DeskStaff, as_staff: AsStaff):
    taken = picture()
    complained(taken)
    client, page = as_staff(ombud.first), address(ombud)
    shown = read(unlocked(client, page).get(page).content)
    (look,) = {one for one in shown.links if "/files/" in one}
    seen = client.get(look)
    said = read(seen.content)
    assert (seen.status_code, said.problems) == (200, [])
    assert all(words in said.text for words in ("Complaints", "Cleaned copy", "Show it clearly"))
    copy = client.get(f"{look}copy/")
    assert (copy.status_code, copy.headers["Content-Type"]) == (200, "image/jpeg")
    assert corpus.SIGN.encode() not in copy.content
    file = look.rstrip("/").rpartition("/")[2]
    assert client.post(page, {"do": "original", "file": file}).content == taken


def test_who_may_not_read_a_complaint_finds_no_file_of_it(ombud: DeskStaff, as_staff: AsStaff):
    complained(picture())
    with opened(ombud.first):
        said = body.read_complaint(ombud.first.who, newest(ombud)).said
    (file,) = [one.file.id for one in said if one.file]
    look = f"{address(ombud)}files/{file}/"
    absent = f"{address(ombud)}files/{uuid4()}/"
    for role in (Role.CHILD_PROTECTION_SERVICE, Role.GUARDIAN, Role.TRIAGE_TEAM):
        client = as_staff(make_staff(f"no-{role.value}", role))
        assert client.get(look).status_code == client.get(absent).status_code != 200
        assert client.get(f"{look}copy/").status_code != 200
    stranger = as_staff(make_body("other").first)
    assert stranger.get(look).status_code in (302, 404)


def test_it_is_given_to_another_body_which_answers_from_then_on(
    ombud: DeskStaff, database: TestDatabase, as_staff: AsStaff
):
    code = complained()
    later = make_body("ove")
    client, page = as_staff(ombud.first), address(ombud)
    assert "Give it to another body" in read(unlocked(client, page).get(page).content).text
    nobody = client.post(page, {"do": "hand_on", "to": str(uuid4()), "told": TOLD, "token": str(uuid4())})
    assert (nobody.status_code, "Choose the body" in read(nobody.content).text) == (422, True)
    empty = client.post(page, {"do": "hand_on", "to": later.first.agency, "told": " ", "token": str(uuid4())})
    assert (empty.status_code, "Write something to send" in read(empty.content).text) == (422, True)
    assert body.complaints(later.first.who).complaints == ()
    form = {"do": "hand_on", "to": later.first.agency, "told": TOLD, "token": str(uuid4())}
    assert client.post(page, form).headers["Location"] == f"{page}?done=hand_on"
    (listed,) = body.complaints(later.first.who).complaints
    assert (listed.is_ours, listed.open.unread_since is not None) == (True, True)
    with opened(later.first):
        assert {one.text for one in body.read_complaint(later.first.who, listed.open.id).said} == {
            WORDS,
            TOLD,
        }
        body.conclude(
            later.first.who, listed.open.id, outcome="right", words="You are right.", token=str(uuid4())
        )
    inbox = door.open_inbox(code.words)
    assert inbox is not None
    assert {one.text for one in inbox.said if one.theirs} == {TOLD, "You are right."}
    assert not body.complaints(ombud.first.who, done=True).complaints[0].is_ours


def test_it_is_never_given_to_who_is_complained_of_or_answers_no_complaints(ombud: DeskStaff):
    complained()
    for role in (Role.GUARDIAN, Role.TRIAGE_TEAM):
        staff = make_staff(f"to-{role.value}", role)
        with opened(ombud.first), pytest.raises(BadInput):
            body.hand_on(ombud.first.who, newest(ombud), to=staff.agency, told=TOLD, token=str(uuid4()))


def test_what_they_are_told_stands_ready_in_their_language(ombud: DeskStaff, as_staff: AsStaff):
    complained()
    make_body("ove")
    page = unlocked(as_staff(ombud.first), address(ombud)).get(address(ombud)).content.decode()
    assert "Sinu kaebus on nüüd teises asutuses" in page


def test_it_is_due_soon_when_a_quarter_of_the_time_is_left_and_then_late(ombud: DeskStaff):
    complained()
    listed = body.complaints(ombud.first.who).complaints[0]
    due = listed.due
    assert due is not None
    assert not listed.soon
    length = due - listed.open.hour
    for before, soon in ((length / 4 + timedelta(minutes=1), False), (length / 4, True), (-length, True)):
        assert body.is_soon(listed.open, due, at=due - before) is soon
