"""Calendars: all proceedings of a child side by side, what clashes, and what is ahead of an agency."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from encircle.actions.act import Statement, perform
from encircle.actions.calendar import actions_to_do, coming_of
from encircle.actions.opened import end_opened_part, open_part_to, opened_parts
from encircle.host.clock import now
from encircle.records.context import with_context
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import open_record
from tests.web.reading import Page, read
from tests.web.world import Staff, make_staff

pytestmark = pytest.mark.usefixtures("database")
SignedIn = Callable[[Staff], Client]
NAME = "Aino"
DAY = now().date() + timedelta(days=20)


@pytest.fixture
def dmitri() -> Staff:
    return make_staff("dmitri", Role.POLICE)


@pytest.fixture
def aino(carla: Staff, dmitri: Staff) -> str:
    """Aino's record: an asylum hearing in the morning, a hearing as a victim in the afternoon of one day."""
    number = open_record(carla)
    with with_context(agency=carla.agency, actor=carla.person, purpose="record"):
        root = root_numbered(number)
        assert root is not None
        add_member(root.id, dmitri.agency, relation="team")
    said = [Statement(type="name_recorded", values={"name_used": NAME})]
    for kind, hour in (("asylum", "09:00"), ("criminal_victim", "14:00")):
        said.append(Statement(type="proceeding_opened", values={"proceeding_kind": kind}, label=kind))
        at = {"at": f"{DAY}T{hour}", "proceeding": f"@{kind}", "child_to_attend": True}
        said.append(Statement(type="hearing_scheduled", values=at))
    said.append(
        Statement(
            type="action_agreed",
            values={"task": "Ask the bank", "agency": dmitri.agency, "due": str(DAY - timedelta(days=3))},
        )
    )
    perform(carla.who, number, said, token=str(uuid4()))
    return number


def seen(client: Client, address: str) -> Page:
    answered = client.get(address)
    assert answered.status_code == 200
    page = read(answered.content)
    assert page.problems == []
    return page


@pytest.mark.parametrize("show", ["lanes", "month", "list", "no-such"])
def test_all_proceedings_are_side_by_side_and_what_clashes_is_said_first(
    show: str, carla: Staff, aino: str, as_staff: SignedIn
):
    page = seen(as_staff(carla), f"/records/{aino}/calendar/?show={show}&month={DAY:%Y-%m}")
    told = (
        "The child would have to be twice on one day",
        "Criminal case, child as victim",
        "whose kind is not known to you",
    )
    assert [line in page.text for line in told] == [True] * 3
    assert page.text.count("Clashes") == (4 if show == "month" else 2)


def test_a_month_that_cannot_be_read_is_that_of_today(carla: Staff, aino: str, as_staff: SignedIn):
    client = as_staff(carla)
    today = seen(client, f"/records/{aino}/calendar/?show=month")
    for asked in ("0000-00", "2026-13", "1", "9999-12", "2026-02-01"):
        assert seen(client, f"/records/{aino}/calendar/?show=month&month={asked}").headings == today.headings


def test_a_lane_that_is_not_open_is_not_drawn_and_does_not_clash(
    carla: Staff, dmitri: Staff, aino: str, as_staff: SignedIn
):
    text = seen(as_staff(dmitri), f"/records/{aino}/calendar/").text
    assert ("Criminal case, child as victim" in text, "Asylum" in text) == (True, False)
    guardian = make_staff("bo", Role.GUARDIAN)
    with with_context(agency=carla.agency, actor=carla.person, purpose="record"):
        root = root_numbered(aino)
        assert root is not None
        add_member(root.id, guardian.agency, relation="team")
    assert "Asylum" in seen(as_staff(guardian), f"/records/{aino}/calendar/").text


def test_a_second_interview_is_counted_and_said(carla: Staff, aino: str, as_staff: SignedIn):
    client = as_staff(carla)
    assert "The child is asked more than once" not in seen(client, f"/records/{aino}/calendar/").text
    held = [
        Statement(type="interview_held", values={"purpose": "investigative"}, happened=f"2026-0{month}-01")
        for month in (1, 2)
    ]
    perform(carla.who, aino, held, token=str(uuid4()))
    text = seen(client, f"/records/{aino}/calendar/").text
    assert "The child is asked more than once" in text
    assert re.search(r"Interviews held\s*2", text)


def test_an_agency_sees_what_is_ahead_and_first_what_it_agreed_to_do(
    carla: Staff, dmitri: Staff, aino: str, as_staff: SignedIn
):
    page = seen(as_staff(dmitri), "/calendar/")
    headings = [words for tag, words in page.headings if tag == "h2"]
    assert headings == ["Your agency has agreed to do", "Day by day"]
    assert (NAME in page.text, "Agreed action due" in page.text) == (True, True)
    assert "Your agency has agreed to do" not in seen(as_staff(carla), "/calendar/").text
    assert "Agreed at meetings" in seen(as_staff(dmitri), "/").text
    assert "Agreed at meetings" not in seen(as_staff(carla), "/").text
    (to_do,) = actions_to_do(dmitri.who, purpose=Purpose.COOPERATE).items
    assert (to_do.root.number, to_do.agency) == (aino, dmitri.agency)


def test_eva_sees_no_date_and_the_answer_of_a_record_that_is_not_there(
    aino: str, eva: Staff, as_staff: SignedIn
):
    client = as_staff(eva)
    page = seen(client, "/calendar/")
    assert (aino in page.text, "Nothing is ahead" in page.text) == (False, True)
    absent = client.get("/records/zzzz-zzzz/calendar/").content
    for path in ("calendar/", "calendar/download/"):
        assert client.get(f"/records/{aino}/{path}").content == absent


@pytest.mark.parametrize("address", ["/calendar/download/", "/records/{number}/calendar/download/"])
def test_a_calendar_is_taken_along_without_a_name(address: str, carla: Staff, aino: str, as_staff: SignedIn):
    taken = as_staff(carla).get(address.format(number=aino))
    text = taken.content.decode()
    assert taken.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert NAME in seen(as_staff(carla), "/calendar/").text
    assert (NAME in text, "Ask the bank" in text, text.count("BEGIN:VEVENT")) == (False, False, 3)
    assert f"SUMMARY:Hearing\\, {aino}" in text
    assert text.count(f"DTSTART:{DAY:%Y%m%d}") == 2
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_an_operator_has_no_calendar_of_children(as_staff: SignedIn):
    assert as_staff(make_staff("operator", Role.OPERATOR)).get("/calendar/").status_code == 403


def let_in(carla: Staff, number: str, other: Staff, relation: str) -> None:
    with with_context(agency=carla.agency, actor=carla.person, purpose="record"):
        root = root_numbered(number)
        assert root is not None
        add_member(root.id, other.agency, relation=relation)


def ahead_of(staff: Staff) -> list[str]:
    return [one.what for one in coming_of(staff.who, purpose=Purpose.COOPERATE).items]


def test_what_a_decision_has_opened_is_in_the_calendar_of_the_agency_until_it_ends(carla: Staff, aino: str):
    rosa = make_staff("rosa", Role.SCHOOL)
    let_in(carla, aino, rosa, "team")
    before = ahead_of(rosa)
    open_part_to(
        carla.who,
        aino,
        rosa.agency,
        FieldGroup.ACCOUNT,
        days=7,
        basis="Child Protection Act 31",
        reason="She is taken out of school for the hearing.",
        token=str(uuid4()),
    )
    during = ahead_of(rosa)
    (decision,) = opened_parts(carla.who, aino).items
    end_opened_part(carla.who, aino, decision.id)
    assert ("hearing" in before, during.count("hearing"), ahead_of(rosa)) == (False, 2, before)
    assert ahead_of(make_staff("eva", Role.NGO)) == []


def test_who_has_become_an_adverse_party_sees_nothing_more_ahead(
    carla: Staff, dmitri: Staff, aino: str, as_staff: SignedIn
):
    assert "hearing" in ahead_of(dmitri)
    let_in(carla, aino, dmitri, "adverse")
    assert ahead_of(dmitri) == []
    assert actions_to_do(dmitri.who, purpose=Purpose.COOPERATE).items == ()
    assert aino not in seen(as_staff(dmitri), "/calendar/").text
