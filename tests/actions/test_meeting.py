"""A meeting before an interview: called, answered, shared, held, agreed, minuted; each agency by itself."""

from uuid import uuid4

import pytest
from pytest_django import Settings

from encircle.actions.act import NotTaken
from encircle.actions.meeting import (
    Call,
    Held,
    Meetings,
    NoSuchMeeting,
    agree,
    answer_invitation,
    call_meeting,
    cancel,
    end_action,
    hold,
    invite,
    meetings_of,
    minute,
    share,
)
from encircle.actions.permit import NotSeen
from encircle.core.meeting import Meeting, Participant
from encircle.records.context import with_context
from encircle.records.refusal import Conflict
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.actions.act.test_perform import open_record
from tests.database import TestDatabase
from tests.web.world import Staff, make_staff


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def dmitri(database: TestDatabase) -> Staff:
    return make_staff("dmitri", Role.POLICE)


@pytest.fixture
def eva(database: TestDatabase) -> Staff:
    return make_staff("eva", Role.NGO)


@pytest.fixture
def aino(carla: Staff, dmitri: Staff) -> str:
    """Aino's record, in which Carla's and Dmitri's agencies take part."""
    number = open_record(carla)
    with with_context(agency=carla.agency, actor=carla.person, purpose="record"):
        root = root_numbered(number)
        assert root is not None
        add_member(root.id, dmitri.agency, relation="team")
    return number


def token() -> str:
    return str(uuid4())


def seen(staff: Staff, number: str) -> Meetings:
    return meetings_of(staff.who, number, purpose=Purpose.PROTECT)


def called(carla: Staff, number: str, *invited: Staff, at: str = "2099-03-01T10:00") -> Meeting:
    call = Call(
        purpose="before_interview",
        at=at,
        held_as="video",
        agenda="Who interviews\n\nQuestions of all agencies\n",
        interview=None,
        invited=tuple(one.agency for one in invited),
    )
    call_meeting(carla.who, number, call, token=token())
    return seen(carla, number).meetings[0]


def of(meeting: Meeting, staff: Staff) -> Participant:
    (found,) = [one for one in meeting.participants if one.agency == staff.agency]
    return found


def test_a_meeting_is_called_and_each_agency_answers_for_itself(carla: Staff, dmitri: Staff, aino: str):
    meeting = called(carla, aino, dmitri)
    answer_invitation(dmitri.who, aino, of(meeting, dmitri).id, "by_telephone", token=token())

    now = seen(dmitri, aino).one(meeting.id)
    assert now.agenda == ("Who interviews", "Questions of all agencies")
    assert (now.purpose, now.held_as, now.is_held) == ("before_interview", "video", False)
    assert [(of(now, one).answer, of(now, one).present) for one in (carla, dmitri)] == [
        (None, None),
        ("by_telephone", None),
    ]


def test_what_is_agreed_names_who_does_it_by_when_and_what_became_of_it(
    carla: Staff, dmitri: Staff, aino: str
):
    meeting = called(carla, aino, dmitri, at="2026-02-01T10:00")
    agree(
        carla.who,
        aino,
        meeting=meeting.id,
        task="Ask the bank for the account",
        agency=dmitri.agency,
        due="2026-02-10",
        token=token(),
    )
    (action,) = seen(dmitri, aino).one(meeting.id).actions
    assert (action.task, action.agency, action.outcome) == (
        "Ask the bank for the account",
        dmitri.agency,
        None,
    )
    assert action.is_late(seen(dmitri, aino).now)

    end_action(dmitri.who, aino, action.id, outcome="done", reasons="", token=token())
    (action,) = seen(carla, aino).one(meeting.id).actions
    assert action.outcome == "done"
    assert not action.is_late(seen(carla, aino).now)


def test_a_meeting_that_was_held_says_who_was_there(carla: Staff, dmitri: Staff, aino: str):
    meeting = called(carla, aino, dmitri)
    held = Held(
        happened="2026-02-01T10:00",
        present={of(meeting, carla).id},
        guardian_heard=True,
        calendar_joined=None,
        shared_beyond_need=False,
        by_telephone=False,
    )
    hold(carla.who, aino, meeting, held, token=token())
    now = seen(carla, aino).one(meeting.id)
    assert now.is_held
    assert [of(now, one).present for one in (carla, dmitri)] == [True, False]


def test_nothing_is_shared_without_a_legal_basis(carla: Staff, aino: str):
    meeting = called(carla, aino)
    me = of(meeting, carla).id
    with pytest.raises(NotTaken) as refused:
        share(carla.who, aino, me, content="School days", legal_basis=" ", part="M", token=token())
    assert [problem.field for problem in refused.value.problems] == ["legal_basis"]

    share(carla.who, aino, me, content="School days", legal_basis="§ 27", part="M", token=token())
    (shared,) = of(seen(carla, aino).meetings[0], carla).shared
    assert (shared.content, shared.legal_basis, shared.part) == ("School days", "§ 27", "M")


def test_minutes_written_by_two_at_once_are_told_and_not_lost(carla: Staff, aino: str):
    meeting = called(carla, aino)
    minute(carla.who, aino, meeting.id, {"decisions": "One interview"}, follows=None, token=token())
    with pytest.raises(Conflict):
        minute(carla.who, aino, meeting.id, {"decisions": "Two interviews"}, follows=None, token=token())
    minutes = seen(carla, aino).meetings[0].minutes
    assert minutes is not None
    assert minutes.decisions == "One interview"


def test_a_cancelled_meeting_says_why_and_one_more_agency_can_be_invited(
    carla: Staff, dmitri: Staff, aino: str
):
    meeting = called(carla, aino)
    invite(carla.who, aino, meeting.id, dmitri.agency, token=token())
    cancel(carla.who, aino, meeting.id, "The child is ill.", token=token())
    now = seen(carla, aino).one(meeting.id)
    assert {one.agency for one in now.participants} == {carla.agency, dmitri.agency}
    assert (now.is_cancelled, now.cancelled_because) == (True, "The child is ill.")


def test_another_agency_sees_no_meeting_at_all(carla: Staff, eva: Staff, aino: str):
    called(carla, aino)
    with pytest.raises(NotSeen):
        seen(eva, aino)


def test_a_meeting_of_another_record_is_not_there(carla: Staff, aino: str):
    elsewhere = called(carla, open_record(carla))
    with pytest.raises(NoSuchMeeting):
        seen(carla, aino).one(elsewhere.id)
