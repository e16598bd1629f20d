"""Reports: sealed at the door, found again by their code, opened and answered by those who hold a key, never lost."""

from uuid import uuid4

import pytest
from django.db import connection

from encircle.actions.permit import NotAllowed
from encircle.actions.reports import desk, door
from encircle.crypto.people import CHEAP
from encircle.records.context import with_context
from encircle.records.reports import recipients
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.web.world import Staff, make_staff

CANARY = "Canary-7f3a, I want to go away from here"
PASSPHRASE = "a long passphrase of the desk"


def make_desk(name: str, *, enrolled: bool = True) -> Staff:
    with with_context(agency=None, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value):
        staff = make_staff(name, Role.TRIAGE_TEAM)
    if enrolled:
        assert desk.enrol(staff.who, PASSPHRASE, cost=CHEAP, cheap_is_allowed=True)
    return staff


@pytest.fixture
def desks(database: object) -> tuple[Staff, Staff]:
    return make_desk("dora"), make_desk("dirk")


def read(staff: Staff, report: str, passphrase: str = PASSPHRASE) -> desk.Read:
    return desk.read_report(staff.who, report, passphrase, cheap_is_allowed=True)


def test_with_one_recipient_the_door_stays_shut(database: object, monkeypatch: pytest.MonkeyPatch):
    with with_context(agency=None, actor="door", purpose=Purpose.DOOR.value):
        monkeypatch.setattr(door, "FEWEST", len(recipients()) + 2)
    assert not door.is_open()
    make_desk("dora")
    with pytest.raises(door.DoorShut):
        door.send(door.new_form(), door.Account(text=CANARY))
    assert not door.is_open()
    make_desk("dirk")
    assert door.is_open()


def test_who_reports_comes_back_by_words_or_digits(desks: tuple[Staff, Staff]):
    code = door.send(
        door.new_form(), door.Account(text=CANARY, picked=("home",), danger="yes", language="et")
    )
    expected = door.Inbox((door.Said(CANARY, theirs=False, picked=("home",)),), is_read=False)
    assert door.open_inbox(code.words) == door.open_inbox(code.digits) == expected


def test_needing_help_is_a_report_without_a_word(desks: tuple[Staff, Staff]):
    code = door.send(door.new_form(), door.Account())
    assert door.open_inbox(code.words) == door.Inbox((door.Said("", theirs=False),), is_read=False)


def test_a_form_sent_twice_is_one_report_and_loses_no_word(desks: tuple[Staff, Staff]):
    form = door.new_form()
    first = door.send(form, door.Account(text="one"))
    assert door.send(form, door.Account(text="one")) == first
    assert door.send(form, door.Account(text="one and more")) == first
    inbox = door.open_inbox(first.words)
    assert inbox is not None
    assert sorted(one.text for one in inbox.said) == ["one", "one and more"]
    assert len(desk.reports(desks[0].who)) == 1


def test_codes_that_open_nothing_are_alike(desks: tuple[Staff, Staff]):
    code = door.send(door.new_form(), door.Account(text=CANARY))
    wrong = (code.words.replace(code.words.split()[0], "zoo", 1), "1 2 3", "", "x" * 9_999, "0" * 25)
    assert {door.open_inbox(one) for one in wrong if one != code.words} == {None}
    assert door.write_back("no code", "words", form=door.new_form()) is None


@pytest.mark.parametrize("form", ["", "x", "é" * 9, "A" * 40, "\ud800"])
def test_a_form_that_was_not_made_here_is_too_old(desks: tuple[Staff, Staff], form: str):
    with pytest.raises(door.FormTooOld):
        door.send(form, door.Account(text=CANARY))


def test_both_desks_read_it_and_the_answer_opens_by_the_code(desks: tuple[Staff, Staff]):
    code = door.send(door.new_form(), door.Account(text=CANARY))
    for staff in desks:
        listed = desk.reports(staff.who)
        assert [one.text for one in read(staff, listed[0].id).said] == [CANARY]
    desk.answer_report(
        desks[1].who, listed[0].id, PASSPHRASE, "I have read it.", token=str(uuid4()), cheap_is_allowed=True
    )
    assert door.write_back(code.digits, "Thank you.", form=door.new_form()) is not None
    inbox = door.open_inbox(code.words)
    assert inbox is not None
    assert inbox.is_read
    assert {(one.text, one.theirs) for one in inbox.said} == {
        (CANARY, False),
        ("I have read it.", True),
        ("Thank you.", False),
    }


def test_nobody_reads_without_the_passphrase_the_seal_or_the_role(desks: tuple[Staff, Staff]):
    door.send(door.new_form(), door.Account(text=CANARY))
    report = desk.reports(desks[0].who)[0].id
    late, eva = make_desk("late"), make_staff("eva", Role.SCHOOL)
    with pytest.raises(desk.NotUnlocked):
        read(desks[0], report, "another")
    with pytest.raises(desk.NoReport):
        read(late, report)
    with pytest.raises(desk.NoReport):
        read(desks[0], str(uuid4()))
    with pytest.raises(NotAllowed):
        read(eva, report)
    assert desk.reports(late.who) == ()


def test_a_concern_is_opened_from_it_with_nothing_typed_again(desks: tuple[Staff, Staff]):
    door.send(door.new_form(), door.Account(text=CANARY, danger="yes"))
    report = desk.reports(desks[0].who)[0].id
    number = desk.take_over(desks[0].who, report, PASSPHRASE, cheap_is_allowed=True)
    assert number == desk.take_over(desks[0].who, report, PASSPHRASE, cheap_is_allowed=True)
    assert [(one.state, one.concern) for one in desk.reports(desks[0].who)] == [("concern", number)]


def test_no_word_of_a_report_stands_in_its_tables_and_no_minute(desks: tuple[Staff, Staff]):
    code = door.send(door.new_form(), door.Account(text=CANARY))
    with connection.cursor() as cursor:
        found = ""
        for table in ("report", "report_seal", "report_part"):
            cursor.execute("SELECT set_config('encircle.purpose', 'migrate', false)")
            cursor.execute(f"SELECT coalesce(string_agg({table}::text, ' '), '') FROM {table}")
            found += cursor.fetchone()[0]
    for word in (CANARY, CANARY.encode().hex(), code.words, code.digits.replace(" ", "")):
        assert word not in found
