"""Reports: sealed at the door, found again by their code, opened and answered by those who hold a key, never lost."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from encircle.actions.agency_key import Why, make_new_key, renewal_of, seal_anew
from encircle.actions.permit import NotAllowed
from encircle.actions.reports import desk, door
from encircle.actions.reports.telling import tell_desks
from encircle.actions.whose_law import law_for
from encircle.host.database import DatabaseRole
from encircle.records import reports as rows
from encircle.records.agency_keys import end_key
from encircle.records.context import with_context
from encircle.records.reports import recipients
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.desks import give_keys, let_receive, make_desk, opened
from tests.web.world import Staff, colleague_of, make_staff

CANARY = "Canary-7f3a, I want to go away from here"


@pytest.fixture
def desks(database: TestDatabase) -> tuple[Staff, Staff]:
    """Somebody of each of two agencies that receive reports."""
    return make_desk(database, "dora").first, make_desk(database, "dirk").first


def listed(staff: Staff, *, done: bool = False) -> tuple[desk.Listed, ...]:
    return desk.reports(staff.who, done=done).reports


def newest(staff: Staff) -> str:
    return listed(staff)[0].open.id


def words_read(staff: Staff, report: str) -> list[str]:
    with opened(staff):
        return [one.text for one in desk.read_report(staff.who, report).said]


def test_the_door_stays_shut_until_two_agencies_receive_and_two_people_of_each_have_its_key(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch
):
    with with_context(agency=None, actor="door", purpose="door"):
        monkeypatch.setattr(door, "FEWEST", len(recipients()) + 2)
    make_desk(database, "dora")
    lacks = make_staff("dirk", Role.TRIAGE_TEAM)
    let_receive(database, lacks)
    assert not door.is_open()
    with pytest.raises(door.DoorShut) as shut:
        door.send(door.new_form(), door.Account(text=CANARY))
    told = (shut.value.code, shut.value.reason, shut.value.instead)
    assert told == (
        "door_shut",
        "Nobody can receive reports here yet.",
        "Call a helpline, or tell an adult whom you trust.",
    )
    give_keys(lacks, colleague_of(lacks))
    assert door.is_open()


def test_who_reports_comes_back_by_words_or_digits(desks: tuple[Staff, Staff]):
    code = door.send(
        door.new_form(), door.Account(text=CANARY, picked=("home",), danger="yes", language="et")
    )
    inbox = door.open_inbox(code.words)
    assert inbox == door.open_inbox(code.digits)
    assert inbox is not None
    said = [(one.text, one.theirs, one.picked, one.parts, one.who) for one in inbox.said]
    assert said == [(CANARY, False, ("home",), {}, "")]
    assert not inbox.is_read


def test_needing_help_is_a_report_without_a_word(desks: tuple[Staff, Staff]):
    inbox = door.open_inbox(door.send(door.new_form(), door.Account()).words)
    assert inbox is not None
    assert [(one.text, one.theirs) for one in inbox.said] == [("", False)]


def test_a_form_sent_twice_is_one_report_and_loses_no_word(desks: tuple[Staff, Staff]):
    form = door.new_form()
    first = door.send(form, door.Account(text="one"))
    assert door.send(form, door.Account(text="one")) == first
    assert door.send(form, door.Account(text="one and more")) == first
    inbox = door.open_inbox(first.words)
    assert inbox is not None
    assert sorted(one.text for one in inbox.said) == ["one", "one and more"]
    assert len(listed(desks[0])) == 1


def test_a_form_sent_again_makes_nothing_unread_and_new_words_do(desks: tuple[Staff, Staff]):
    form, again = door.new_form(), door.new_form()
    code = door.send(form, door.Account(text=CANARY))
    report = newest(desks[0])

    def is_unread_after(write: Callable[[], object]) -> bool:
        words_read(desks[0], report)
        assert listed(desks[0])[0].open.unread_since is None
        write()
        return listed(desks[0])[0].open.unread_since is not None

    assert not is_unread_after(lambda: door.send(form, door.Account(text=CANARY)))
    assert is_unread_after(lambda: door.send(form, door.Account(text="more")))
    assert is_unread_after(lambda: door.write_back(code.words, "Are you there?", form=again))
    assert not is_unread_after(lambda: door.write_back(code.words, "Are you there?", form=again))


def test_codes_that_open_nothing_are_alike(desks: tuple[Staff, Staff]):
    code = door.send(door.new_form(), door.Account(text=CANARY))
    wrong = (code.words.replace(code.words.split()[0], "zoo", 1), "1 2 3", "", "x" * 9_999, "0" * 25)
    assert {door.open_inbox(one) for one in wrong if one != code.words} == {None}
    assert door.write_back("no code", "words", form=door.new_form()) is None


@pytest.mark.parametrize("form", ["", "x", "é" * 9, "A" * 40, "\ud800"])
def test_a_form_that_was_not_made_here_is_too_old(desks: tuple[Staff, Staff], form: str):
    with pytest.raises(door.FormTooOld) as old:
        door.send(form, door.Account(text=CANARY))
    told = (old.value.code, old.value.reason, old.value.instead)
    assert told == ("form_too_old", "This form is too old.", "Press the button once more.")


def test_both_desks_read_it_and_the_answer_opens_by_the_code(desks: tuple[Staff, Staff]):
    code = door.send(door.new_form(), door.Account(text=CANARY))
    report = newest(desks[0])
    assert [words_read(staff, report) for staff in desks] == [[CANARY], [CANARY]]
    with opened(desks[1]):
        desk.answer_report(desks[1].who, report, "I have read it.", token=str(uuid4()))
    assert door.write_back(code.digits, "Thank you.", form=door.new_form()) is not None
    inbox = door.open_inbox(code.words)
    assert inbox is not None
    assert inbox.is_read
    assert {(one.text, one.theirs) for one in inbox.said} == {
        (CANARY, False),
        ("I have read it.", True),
        ("Thank you.", False),
    }


def test_an_answer_is_sent_once_however_often_its_form_is_and_never_empty(desks: tuple[Staff, Staff]):
    code = door.send(door.new_form(), door.Account(text=CANARY))
    report, token = newest(desks[0]), str(uuid4())
    with opened(desks[0]):
        for _ in range(2):
            desk.answer_report(desks[0].who, report, "We are here.", token=token)
        for words in (" \n", "x" * (door.LONGEST + 1)):
            with pytest.raises(BadInput):
                desk.answer_report(desks[0].who, report, words, token=str(uuid4()))
    inbox = door.open_inbox(code.words)
    assert inbox is not None
    assert [one.text for one in inbox.said if one.theirs] == ["We are here."]


def test_nobody_reads_without_an_open_key_the_seal_or_the_role(
    database: TestDatabase, desks: tuple[Staff, Staff]
):
    door.send(door.new_form(), door.Account(text=CANARY))
    report = newest(desks[0])
    late, eva = make_desk(database, "late").first, make_staff("eva", Role.SCHOOL)
    with pytest.raises(desk.NotUnlocked):
        desk.read_report(desks[0].who, report)
    with pytest.raises(desk.NoReport), opened(late):
        desk.read_report(late.who, report)
    with pytest.raises(desk.NoReport), opened(desks[0]):
        desk.read_report(desks[0].who, str(uuid4()))
    with pytest.raises(NotAllowed):
        desk.reports(eva.who)
    assert (listed(late), desk.unread(eva.who), desk.unread(late.who)) == ((), (0, 0), (0, 0))


def test_a_colleague_without_the_agencys_key_sees_the_list_and_not_a_word(
    database: TestDatabase, desks: tuple[Staff, Staff]
):
    door.send(door.new_form(), door.Account(text=CANARY))
    new = colleague_of(desks[0])
    report = newest(new)
    with pytest.raises(desk.NotUnlocked):
        desk.read_report(new.who, report)


def test_each_report_has_an_owner_from_its_arrival_and_another_desk_may_answer_for_it(
    own_database: TestDatabase,
):
    both = [make_desk(own_database, name).first for name in ("dora", "dirk")]
    for _ in range(12):
        door.send(door.new_form(), door.Account())
    owners = [one.open.owner for one in listed(both[0])]
    assert set(owners) == {both[0].agency, both[1].agency}
    theirs = next(one for one in listed(both[0]) if not one.is_ours)
    desk.take_report(both[0].who, theirs.open.id)
    assert next(one.is_ours for one in listed(both[0]) if one.open.id == theirs.open.id)


def test_it_has_to_be_opened_within_the_time_for_its_danger_and_no_more_once_it_is(
    desks: tuple[Staff, Staff],
):
    hours = {}
    for danger in ("yes", "unknown", "no"):
        code = door.send(door.new_form(), door.Account(danger=danger))
        one = next(one for one in listed(desks[0]) if one.open.danger == danger)
        assert one.open_by is not None
        hours[danger] = one.open_by - one.open.hour
    assert hours == {"yes": timedelta(hours=2), "unknown": timedelta(hours=6), "no": timedelta(hours=24)}
    words_read(desks[1], one.open.id)
    assert [one.open_by for one in listed(desks[0]) if one.open.danger == "no"] == [None]
    door.write_back(code.words, "Are you there?", form=door.new_form())
    again = next(one for one in listed(desks[0]) if one.open.danger == "no")
    assert (again.open_by is not None, again.open.state) == (True, "read")


def test_those_that_nobody_has_opened_stand_first_and_of_them_those_in_danger(own_database: TestDatabase):
    dora, dirk = (make_desk(own_database, name).first for name in ("dora", "dirk"))
    for danger in ("no", "yes", "unknown"):
        door.send(door.new_form(), door.Account(danger=danger))
    words_read(dirk, next(one.open.id for one in listed(dora) if one.open.danger == "no"))
    assert [one.open.danger for one in listed(dora)] == ["yes", "unknown", "no"]
    assert desk.unread(dora.who) == (2, 1)


def test_nothing_more_follows_only_where_two_agencies_say_so_and_new_words_bring_it_back(
    database: TestDatabase,
):
    dora, dirk = make_desk(database, "dora"), make_desk(database, "dirk")
    code = door.send(door.new_form(), door.Account(text=CANARY))
    report = newest(dora.first)
    with opened(dora.first):
        with pytest.raises(BadInput):
            desk.set_report_aside(dora.first.who, report, "because I say so")
        desk.set_report_aside(dora.first.who, report, "advice_given")
    with opened(dora.second), pytest.raises(desk.NotTheSameDesk):
        desk.review_report(dora.second.who, report, agrees=True)
    with opened(dirk.first):
        desk.review_report(dirk.first.who, report, agrees=True)
    assert report in {one.open.id for one in listed(dora.first, done=True)}
    assert report not in {one.open.id for one in listed(dora.first)}
    door.write_back(code.words, "It has happened again.", form=door.new_form())
    assert report in {one.open.id for one in listed(dora.first)}


def test_who_set_it_aside_may_bring_it_back_alone(database: TestDatabase):
    dora = make_desk(database, "dora")
    make_desk(database, "dirk")
    door.send(door.new_form(), door.Account(text=CANARY))
    report = newest(dora.first)
    with opened(dora.first):
        desk.set_report_aside(dora.first.who, report, "known_already")
        assert desk.read_report(dora.first.who, report).set_aside_by_us
        desk.review_report(dora.first.who, report, agrees=False)
    one = next(one.open for one in listed(dora.first) if one.open.id == report)
    assert (one.state, one.set_aside_by, one.because) == ("read", None, None)


def test_a_concern_is_opened_from_it_with_nothing_typed_again(desks: tuple[Staff, Staff]):
    door.send(door.new_form(), door.Account(text=CANARY, danger="yes"))
    report = newest(desks[0])
    with opened(desks[0]):
        number = desk.take_over(desks[0].who, report)
        assert number == desk.take_over(desks[0].who, report)
    (one,) = (one.open for one in listed(desks[0], done=True) if one.open.id == report)
    assert (one.state, one.concern, one.owner) == ("concern", number, desks[0].agency)
    (for_the_other,) = (one.open for one in listed(desks[1], done=True) if one.open.id == report)
    assert (for_the_other.state, for_the_other.concern) == ("concern", "")


def test_desks_are_told_at_once_of_danger_with_the_hour_of_the_rest_and_all_of_them_when_it_is_late(
    own_database: TestDatabase,
):
    dora, dirk = (make_desk(own_database, name).first for name in ("dora", "dirk"))
    door.send(door.new_form(), door.Account(danger="no"))
    assert told(own_database) == {("report_waits", "R1", False): 2}
    door.send(door.new_form(), door.Account(danger="yes"))
    assert told(own_database) == {("report_waits", "R1", False): 2, ("report_waits", "R1-danger", True): 2}
    assert told(own_database) == told(own_database)
    long_ago(own_database)
    assert told(own_database)["report_late", "R1-late", True] == 2
    for one in listed(dora):
        words_read(dirk, one.open.id)
    assert told(own_database) == {}


def told(database: TestDatabase) -> dict[tuple[str, str, bool], int]:
    """What waits to be told after the job has run: kind, code, and whether it is to be sent now."""
    with database.used_as(DatabaseRole.JOBS):
        tell_desks("EE")
        with with_context(agency=None, actor="notifier", purpose="sweep"), connection.cursor() as cursor:
            cursor.execute(
                "SELECT kind, code, send_at <= now(), count(*) FROM notice WHERE settled_at IS NULL GROUP BY 1, 2, 3"
            )
            return {(kind, code, now): many for kind, code, now, many in cursor.fetchall()}


def long_ago(database: TestDatabase) -> None:
    with (
        database.used_as(DatabaseRole.OWNER),
        with_context(agency=None, actor="migration", purpose="migrate"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE report SET unread_since = unread_since - interval '2 days'")


def test_reports_stay_readable_at_every_step_when_a_desk_takes_a_new_key(database: TestDatabase):
    dora, _dirk = make_desk(database, "dora"), make_desk(database, "dirk")
    door.send(door.new_form(), door.Account(text=CANARY))
    report = newest(dora.first)
    with opened(dora.first):
        stands = renewal_of(dora.first.who)
        assert stands is not None
        make_new_key(dora.first.who, in_place_of=stands.key, reason=Why.LEFT, confirmed=True)
    assert words_read(dora.second, report) == [CANARY]
    door.send(door.new_form(), door.Account(text="after it"))
    assert [words_read(dora.second, one.open.id) for one in listed(dora.second)] == [["after it"], [CANARY]]
    with opened(dora.first):
        assert stands_left(dora.first) == 1
        assert seal_anew(dora.first.who).left == 0
    with connection.cursor() as cursor, with_context(agency=dora.first.agency, actor="a", purpose="triage"):
        cursor.execute(
            "SELECT count(*) FROM agency_key WHERE id = %s AND ended_at IS NOT NULL", (stands.key,)
        )
        assert cursor.fetchone() == (1,)
    assert words_read(dora.second, report) == [CANARY]


def test_a_report_whose_key_ends_in_that_moment_is_sealed_to_the_one_in_its_place(
    database: TestDatabase, monkeypatch: pytest.MonkeyPatch
):
    dora, dirk = make_desk(database, "dora"), make_desk(database, "dirk")
    with with_context(agency=None, actor="door", purpose="door"):
        read_just_before = [recipients()]
    with opened(dora.first):
        stands = renewal_of(dora.first.who)
        assert stands is not None
        make_new_key(dora.first.who, in_place_of=stands.key, reason=Why.LEFT, confirmed=True)
    monkeypatch.setattr(
        rows, "recipients", lambda: read_just_before.pop() if read_just_before else recipients()
    )
    door.send(door.new_form(), door.Account(text=CANARY))
    assert read_just_before == []
    assert words_read(dirk.first, newest(dirk.first)) == [CANARY]
    assert words_read(dora.first, newest(dora.first)) == [CANARY]


def stands_left(staff: Staff) -> int:
    stands = renewal_of(staff.who)
    assert stands is not None
    return stands.left


def test_the_database_ends_no_key_that_a_report_still_needs(database: TestDatabase):
    dora, _dirk = make_desk(database, "dora"), make_desk(database, "dirk")
    door.send(door.new_form(), door.Account(text=CANARY))
    with opened(dora.first):
        stands = renewal_of(dora.first.who)
        assert stands is not None
        make_new_key(dora.first.who, in_place_of=stands.key, reason=Why.LEFT, confirmed=True)
    with (
        pytest.raises(IntegrityError, match="no report needs it"),
        with_context(agency=dora.first.agency, actor="a", purpose="sign_in"),
    ):
        end_key(stands.key)


def test_the_times_are_numbers_of_practice_that_a_country_may_set():
    codes = {rule.code for rule in law_for("EE").sops}
    assert {"report_in_danger_opened_within", "report_opened_within"} <= codes


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
