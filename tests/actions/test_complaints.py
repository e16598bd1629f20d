"""Complaints: sealed to a body that is not complained of, answered there; nobody else learns that there is one."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from encircle.actions.permit import NotAllowed
from encircle.actions.reports import body, complaint, desk, door
from encircle.actions.reports.complaint import Complaint
from encircle.actions.reports.telling import tell_desks
from encircle.host.database import DatabaseRole
from encircle.records.context import with_context
from encircle.records.models import Notice
from encircle.records.reports import Seal, add_seals
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.complaint_bodies import make_body
from tests.web.desks import DeskStaff, make_desk, opened
from tests.web.world import Staff, make_staff

CANARY = "Canary-6c1e, they shout at me and nobody listens"


@pytest.fixture
def ombud(database: TestDatabase) -> DeskStaff:
    return make_body("oda")


def send(text: str = CANARY, about: str = Role.CHILD_PROTECTION_SERVICE.value) -> door.Code:
    return complaint.complain(door.new_form(), Complaint(text=text, about=about, complainant="child"))


def newest(staff: Staff) -> str:
    return body.complaints(staff.who).complaints[0].open.id


def words_read(staff: Staff, which: str) -> list[str]:
    with opened(staff):
        return [one.text for one in body.read_complaint(staff.who, which).said]


def test_a_body_reads_it_and_its_answer_opens_by_the_code(ombud: DeskStaff):
    code = send()
    which = newest(ombud.first)
    assert words_read(ombud.second, which) == [CANARY]
    with opened(ombud.first):
        day = body.read_complaint(ombud.first.who, which).today + timedelta(days=7)
        body.promise_answer(ombud.first.who, which, day)
        body.conclude(
            ombud.first.who, which, outcome="right", words="You are right. It stops.", token=str(uuid4())
        )
    inbox = door.open_inbox(code.words)
    assert inbox is not None
    assert inbox.complaint is not None
    assert (inbox.is_read, inbox.complaint.outcome, inbox.complaint.promised_by) == (True, "right", day)
    assert [(one.text, one.theirs) for one in inbox.said if one.theirs] == [
        ("You are right. It stops.", True)
    ]
    assert body.complaints(ombud.first.who).complaints == ()
    assert door.write_back(code.digits, "It goes on.", form=door.new_form()) is not None
    assert [one.open.id for one in body.complaints(ombud.first.who).complaints] == [which]


def test_without_a_body_nothing_is_taken_and_a_body_does_not_answer_for_itself(
    ombud: DeskStaff, monkeypatch: pytest.MonkeyPatch
):
    assert complaint.somebody_receives()
    assert not complaint.somebody_receives(Role.OMBUDSPERSON.value)
    with pytest.raises(complaint.NobodyReceives):
        send(about=Role.OMBUDSPERSON.value)
    monkeypatch.setattr(complaint, "complaint_roles", lambda: frozenset({Role.CONSULATE}))
    assert not complaint.somebody_receives()
    with pytest.raises(complaint.NobodyReceives):
        send()


def test_a_form_sent_twice_is_one_complaint_and_another_than_its_report(
    database: TestDatabase, ombud: DeskStaff
):
    dora = make_desk(database, "dora").first
    make_desk(database, "dirk")
    form = door.new_form()
    reported = door.send(form, door.Account(text="I need help."))
    first = complaint.complain(form, Complaint(text=CANARY))
    assert complaint.complain(form, Complaint(text=CANARY)) == first
    assert first != reported
    assert len(body.complaints(ombud.first.who).complaints) == 1
    with opened(dora):
        said = [
            one.text for one in desk.read_report(dora.who, desk.reports(dora.who).reports[0].open.id).said
        ]
    assert said == ["I need help."]


@pytest.mark.parametrize(
    "role",
    [
        Role.CHILD_PROTECTION_SERVICE,
        Role.CASE_LEAD,
        Role.SUPERVISOR,
        Role.TRIAGE_TEAM,
        Role.GUARDIAN,
        Role.POLICE,
        Role.COORDINATOR,
        Role.RAPPORTEUR,
    ],
)
def test_whoever_is_no_such_body_is_refused(database: TestDatabase, ombud: DeskStaff, role: Role):
    send()
    other = make_staff(f"other-{role.value}", role)
    for ask in (
        lambda: body.complaints(other.who),
        lambda: body.read_complaint(other.who, newest(ombud.first)),
        lambda: body.give_on(other.who, newest(ombud.first), agreed=True),
    ):
        with pytest.raises(NotAllowed):
            ask()


def test_a_desk_of_reports_finds_no_complaint_and_neither_does_a_later_body(
    database: TestDatabase, ombud: DeskStaff
):
    dora = make_desk(database, "dora").first
    send()
    late = make_body("late").first
    which = newest(ombud.first)
    assert (desk.reports(dora.who).reports, desk.unread(dora.who)) == ((), (0, 0))
    with opened(dora), pytest.raises(desk.NoReport):
        desk.read_report(dora.who, which)
    assert body.complaints(late.who).complaints == ()
    with opened(late), pytest.raises(desk.NoReport):
        body.read_complaint(late.who, which)
    with pytest.raises(desk.NotUnlocked):
        body.read_complaint(ombud.first.who, which)


def test_the_database_gives_its_key_to_nobody_of_the_role_complained_of_and_to_no_desk(
    database: TestDatabase, ombud: DeskStaff
):
    send()
    which, carla = newest(ombud.first), make_staff("carla", Role.CHILD_PROTECTION_SERVICE)
    dora = make_desk(database, "dora").first
    for other in (carla, dora):
        with (
            pytest.raises(IntegrityError, match="not given to those whom it is about"),
            with_context(agency=ombud.first.agency, actor=ombud.first.person, purpose="complaints"),
        ):
            add_seals(which, (Seal(other.agency, b"k" * 16, b"sealed"),))


def test_no_answer_without_words_an_outcome_or_a_day_that_can_be_kept(ombud: DeskStaff):
    send()
    which, who = newest(ombud.first), ombud.first.who
    with opened(ombud.first):
        today = body.read_complaint(who, which).today
        for day in (None, today - timedelta(days=1), today + timedelta(days=400), date.max):
            with pytest.raises(BadInput):
                body.promise_answer(who, which, day)
        for outcome, words in (("", "x"), ("guilty", "x"), ("right", " \n"), ("right", "x" * 20_001)):
            with pytest.raises(BadInput):
                body.conclude(who, which, outcome=outcome, words=words, token=str(uuid4()))
        with pytest.raises(BadInput):
            body.give_on(who, which, agreed=False)
        found = body.read_complaint(who, which)
    assert (len(found.said), found.listed.open.standing.outcome) == (1, None)


def test_the_child_finds_on_its_page_what_became_of_it_and_no_other_child_does(ombud: DeskStaff):
    aino, other, token = RootId(str(uuid4())), RootId(str(uuid4())), str(uuid4())
    for _ in range(2):
        complaint.complain_on_page(aino, Complaint(text=CANARY, about="guardian"), token=token)
    complaint.complain_on_page(aino, Complaint(text="And the food."), token=str(uuid4()))
    assert len(body.complaints(ombud.first.who).complaints) == 2
    which = next(
        one.open.id
        for one in body.complaints(ombud.first.who).complaints
        if one.open.standing.about == "guardian"
    )
    with opened(ombud.first):
        body.write_to(ombud.first.who, which, "We read it.", token=str(uuid4()))
    told = {one.standing.about: one for one in complaint.complaints_on_page(aino)}
    assert set(told) == {"guardian", "not_said"}
    assert [one.text for one in told["guardian"].answers] == ["We read it."]
    assert (told["guardian"].is_read, told["not_said"].is_read) == (True, False)
    assert complaint.complaints_on_page(other) == ()


def test_bodies_are_told_that_one_waits_and_desks_are_not(database: TestDatabase, ombud: DeskStaff):
    make_desk(database, "dora")
    send()
    with database.used_as(DatabaseRole.JOBS):
        tell_desks("EE")
        assert body.tell_bodies("EE") >= 1
        assert body.tell_bodies("EE") == 0
    assert told(ombud.first) == ["complaint_waits"]
    words_read(ombud.first, newest(ombud.first))
    with database.used_as(DatabaseRole.JOBS):
        body.tell_bodies("EE")
    assert told(ombud.first) == []


def told(staff: Staff) -> list[str]:
    with with_context(agency=staff.agency, actor=staff.person, purpose="work_list"):
        return list(
            Notice.objects.filter(agency=staff.agency, settled_at=None).values_list("kind", flat=True)
        )
