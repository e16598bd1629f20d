"""A child complains on its page: to a body that is not complained of; those around it learn nothing unless it wants it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from encircle.actions.childs_page import complaining
from encircle.actions.childs_page.handing import Check, Company, Device, hand_over
from encircle.actions.reports import body
from encircle.actions.reports.complaint import NobodyReceives
from tests.database import TestDatabase
from tests.web.complaint_bodies import make_body
from tests.web.desks import DeskStaff, opened
from tests.web.reading import read
from tests.web.world import Staff, load

CANARY = "Canary-a41d, they never tell me anything"
AsStaff = Callable[[Staff], Client]


@pytest.fixture
def ombud(database: TestDatabase) -> DeskStaff:
    return make_body("oda")


@pytest.fixture
def child(aino: str, carla: Staff, ombud: DeskStaff) -> Client:
    code = hand_over(carla.who, aino, Check(Company.ALONE, Device.OWN, wished=True), token=str(uuid4()))
    client = Client()
    client.post("/my/", {"code": code})
    return client


def sent(client: Client, **more: str) -> str:
    form = {"words": CANARY, "about": "guardian", "token": str(uuid4()), "way": "complain", **more}
    for _ in range(2):
        answer = client.post("/my/complain/", form, follow=True)
    return read(answer.content).text


def newest(ombud: DeskStaff) -> str:
    return body.complaints(ombud.first.who).complaints[0].open.id


def test_it_is_told_before_who_reads_it_and_who_does_not(child: Client):
    page = read(child.get("/my/complain/").content)
    assert "It is not the people whom it is about" in page.text
    assert "do not see that you complained, unless you want it" in page.text


def test_it_reaches_the_body_once_and_the_answer_comes_to_the_page(child: Client, ombud: DeskStaff):
    assert "Thank you. It is saved." in sent(child)
    assert "Nobody has read this yet." in read(child.get("/my/complain/").content).text
    assert len(body.complaints(ombud.first.who).complaints) == 1
    which, who = newest(ombud), ombud.first.who
    with opened(ombud.first):
        found = body.read_complaint(who, which)
        assert [(one.text, one.picked) for one in found.said] == [(CANARY, ())]
        body.promise_answer(who, which, found.today)
        promised = read(child.get("/my/complain/").content).text
        body.conclude(who, which, outcome="right", words="They must tell you.", token=str(uuid4()))
    assert "You get an answer by this day" in promised
    page = child.get("/my/complain/")
    assert all(text in read(page.content).text for text in ("you are right", "They must tell you."))
    assert CANARY not in page.content.decode()
    assert "you are right" in read(child.get("/my/file/").content).text


def test_nobody_of_the_record_sees_that_there_is_one(
    child: Client, aino: str, carla: Staff, as_staff: AsStaff
):
    client = as_staff(carla)
    pages = ("/", f"/records/{aino}/", f"/records/{aino}/facts/", f"/records/{aino}/looks/", "/notices/")
    child.get("/my/")
    before = [plain(client, page) for page in pages]
    sent(child)
    child.get("/my/complain/")
    after = [plain(client, page) for page in pages]
    assert "omplain" not in "".join(after)
    assert after[0] == before[0]
    assert client.get("/complaints/").status_code == 403


def plain(client: Client, page: str) -> str:
    return read(client.get(page).content).text


def test_what_the_child_allows_is_told_and_no_word_of_it(
    child: Client, aino: str, carla: Staff, ombud: DeskStaff, as_staff: AsStaff
):
    assert "The child has made a complaint" not in plain(as_staff(carla), f"/records/{aino}/")
    sent(child, tell_team="yes", tell_who="yes")
    page = as_staff(carla).get(f"/records/{aino}/")
    assert "The child has made a complaint" in read(page.content).text
    assert (
        "Canary"
        not in page.content.decode() + as_staff(carla).get(f"/records/{aino}/facts/").content.decode()
    )
    with opened(ombud.first):
        assert body.read_complaint(ombud.first.who, newest(ombud)).said[0].picked == (aino,)
    own = read(child.get("/my/complain/").content).text
    assert own.count("A person has read this.") == 1
    assert "The head of the social workers" not in own


def test_where_no_body_takes_it_the_words_stay_and_nothing_is_saved_for_others(
    child: Client, monkeypatch: pytest.MonkeyPatch, aino: str, carla: Staff, as_staff: AsStaff
):
    def gone(*_given: object, **_more: object) -> None:
        raise NobodyReceives

    monkeypatch.setattr(complaining, "complain_on_page", gone)
    answer = child.post(
        "/my/complain/", {"words": CANARY, "about": "carer", "token": str(uuid4()), "way": "complain"}
    )
    page = read(answer.content)
    assert answer.status_code == 422
    assert "It is not sent." in page.text
    assert CANARY in answer.content.decode()
    assert 'name="way" value="complain_on_record"' in answer.content.decode()
    assert "The child has made a complaint" not in plain(as_staff(carla), f"/records/{aino}/")


def test_another_childs_page_shows_nothing_of_it(child: Client, database: TestDatabase, carla: Staff):
    sent(child)
    other = load(database, "8.1", seen_by=carla)
    code = hand_over(carla.who, other, Check(Company.ALONE, Device.OWN, wished=True), token=str(uuid4()))
    elsewhere = Client()
    elsewhere.post("/my/", {"code": code})
    assert "Nobody has read this yet." not in read(elsewhere.get("/my/complain/").content).text
