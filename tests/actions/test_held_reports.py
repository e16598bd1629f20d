"""Floods: what comes in one is taken and sealed as all is, and stands in the held part; nothing of it is lost or final."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from encircle.actions.permit import NotAllowed
from encircle.actions.reports import desk, door, held
from encircle.actions.reports.flood import Arrivals, Often, numbers_of
from encircle.actions.reports.telling import tell_desks
from encircle.actions.whose_law import law_for
from encircle.host.clock import now
from encircle.host.database import DatabaseRole
from encircle.records.context import with_context
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.desks import make_desk, opened
from tests.web.world import Staff, make_staff

HOUR = 3600.0
SAME = "Number {n}. Buy our shoes now, they are the very best shoes that anybody can buy in this town today."
OWN = (
    "My brother has not come home since they took him to the harbour to work.",
    "He keeps my passport in a drawer and says that I owe him for the journey.",
    "I am in the house with the green door and I may not go out by myself.",
)
FEW, MANY = Often(3, HOUR), Often(6, HOUR)


def arrivals(clock: Callable[[], float] = lambda: 0.0) -> Arrivals:
    return Arrivals(clock=clock)


def suspected(came: Arrivals, words: str, *, codes: tuple[str, ...] = (), in_danger: bool = False) -> bool:
    return came.is_suspected(words, codes, in_danger=in_danger, many=MANY, alike=FEW)


def test_what_is_alike_is_suspected_once_very_many_come_and_other_words_are_not():
    came = arrivals()
    assert [suspected(came, SAME.format(n=number)) for number in range(8)] == [False] * 5 + [True] * 3
    assert [suspected(came, words) for words in OWN] == [False] * 3


def test_a_few_words_changed_are_still_alike():
    came = arrivals()
    for number in range(6):
        suspected(came, SAME.format(n=number))
    assert suspected(came, SAME.replace("this town", "that city").format(n="x"))


def test_one_that_tells_of_danger_is_never_suspected():
    came = arrivals()
    assert not any(suspected(came, SAME, in_danger=True) for _ in range(20))
    assert suspected(came, SAME), "the others in the same flood are"


def test_many_from_one_house_in_words_of_their_own_are_no_flood():
    came = arrivals()
    assert not any(suspected(came, f"{words} {chr(97 + at) * 3}") for at, words in enumerate(OWN * 2))


def test_reports_without_words_are_alike_by_what_was_chosen():
    came = arrivals()
    for _ in range(6):
        suspected(came, "", codes=("afraid", "me"))
    assert suspected(came, " ", codes=("me", "afraid"))
    assert not suspected(came, "", codes=("home", "me"))


def test_after_the_times_of_practice_nothing_is_remembered():
    at = [0.0]
    came = arrivals(lambda: at[0])
    for _ in range(7):
        suspected(came, SAME)
    at[0] += HOUR + 1
    assert [suspected(came, SAME) for _ in range(6)] == [False] * 5 + [True]


def test_two_processes_remember_the_same_words_by_other_hashes():
    first, second = arrivals(), arrivals()
    suspected(first, SAME)
    suspected(second, SAME)
    assert not set(first._seen) & set(second._seen)


def test_the_numbers_are_those_of_practice_and_without_them_nothing_is_held():
    law = law_for("EE")
    assert numbers_of(law, now()) == (Often(100, HOUR), Often(20, HOUR))
    for code in ("reports_flood_from", "reports_alike_held_from"):
        bare = tuple(replace(rule, period=None) if rule.code == code else rule for rule in law.sops)
        assert numbers_of(replace(law, sops=bare), now()) is None


@pytest.fixture
def desks(own_database: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> tuple[Staff, Staff]:
    """Two desks, and a practice by which six reports are a flood and three are alike."""
    monkeypatch.setattr(door, "numbers_of", lambda _law, _now: (MANY, FEW))
    monkeypatch.setattr(door, "ARRIVALS", arrivals())
    return make_desk(own_database, "dora").first, make_desk(own_database, "dirk").first


def flood(many: int, *, danger: str = "no") -> list[door.Code]:
    """So many that are alike."""
    return [
        door.send(door.new_form(), door.Account(text=SAME.format(n=number), danger=danger))
        for number in range(many)
    ]


def waiting(staff: Staff) -> list[str]:
    return [one.open.id for one in desk.reports(staff.who).reports]


def held_ids(staff: Staff) -> list[str]:
    return [one.listed.open.id for one in held.held_reports(staff.who).reports]


def test_a_flood_is_taken_and_held_and_each_code_opens_its_report(desks: tuple[Staff, Staff]):
    codes = flood(12)
    real = door.send(door.new_form(), door.Account(text=OWN[0]))
    assert (len(waiting(desks[0])), len(held_ids(desks[0])), desk.unread(desks[0].who)) == (6, 7, (6, 0))
    assert held.waiting(desks[1].who) == 7
    inboxes = [door.open_inbox(code.words) for code in (*codes, real)]
    assert [inbox.said[0].text for inbox in inboxes if inbox is not None] == [
        *(SAME.format(n=number) for number in range(12)),
        OWN[0],
    ]
    assert door.write_back(codes[-1].digits, "Is anybody there?", form=door.new_form()) is not None


def test_danger_is_not_held_in_the_middle_of_a_flood_and_the_database_refuses_to(desks: tuple[Staff, Staff]):
    flood(12)
    door.send(door.new_form(), door.Account(text=SAME, danger="yes"))
    first = desk.reports(desks[0].who).reports[0].open
    assert (first.danger, first.held) == ("yes", False)
    held.hold_again(desks[0].who, first.id)
    assert first.id in waiting(desks[0])
    with (
        pytest.raises(IntegrityError, match="report_in_danger_is_not_held"),
        with_context(agency=desks[0].agency, actor="a", purpose="triage"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE report SET held = true WHERE id = %s", (first.id,))


def test_a_desk_looks_a_page_through_and_takes_out_what_is_real(desks: tuple[Staff, Staff]):
    flood(10)
    with opened(desks[0]):
        page = held.held_reports(desks[0].who)
        assert {one.begins for one in page.reports} == {SAME.format(n=number) for number in range(5, 10)}
        shown = [one.listed.open.id for one in page.reports]
        assert held.look_through(desks[0].who, shown, real=shown[:1]) == (1, 4)
        assert held.look_through(desks[0].who, shown, real=shown[:1]) == (0, 0), "twice is once"
    assert (shown[0] in waiting(desks[1]), held.waiting(desks[1].who)) == (True, 0)
    assert sorted(held_ids(desks[1])) == sorted(shown[1:]), "nothing leaves the held part by itself"


def test_looking_through_tells_nobody_that_a_person_has_read_it(desks: tuple[Staff, Staff]):
    codes = flood(8)
    with opened(desks[0]):
        held.look_through(desks[0].who, held_ids(desks[0]), real=())
    inbox = door.open_inbox(codes[-1].words)
    assert inbox is not None
    assert not inbox.is_read


def test_what_was_looked_through_waits_anew_once_it_is_taken_out_and_can_be_held_again(
    desks: tuple[Staff, Staff],
):
    flood(8)
    with opened(desks[0]):
        held.look_through(desks[0].who, held_ids(desks[0]), real=())
    report = held_ids(desks[1])[0]
    held.take_out(desks[1].who, report)
    one = next(one for one in desk.reports(desks[0].who).reports if one.open.id == report)
    assert (one.open.held, one.open.unread_since is not None) == (False, True)
    held.hold_again(desks[0].who, report)
    assert report in held_ids(desks[0])


def test_new_words_make_a_held_report_wait_to_be_looked_through_again(desks: tuple[Staff, Staff]):
    codes = flood(8)
    with opened(desks[0]):
        held.look_through(desks[0].who, held_ids(desks[0]), real=())
    assert held.waiting(desks[0].who) == 0
    door.write_back(codes[-1].words, "It is me again.", form=door.new_form())
    assert held.waiting(desks[0].who) == 1


def test_without_an_open_key_nothing_is_shown_or_looked_through_and_others_have_no_part_in_it(
    own_database: TestDatabase, desks: tuple[Staff, Staff]
):
    flood(8)
    page = held.held_reports(desks[0].who)
    assert ({one.begins for one in page.reports}, page.is_unlocked) == ({""}, False)
    with pytest.raises(desk.NotUnlocked):
        held.look_through(desks[0].who, held_ids(desks[0]), real=())
    late, eva = make_desk(own_database, "late").first, make_staff("eva", Role.SCHOOL)
    report = held_ids(desks[0])[0]
    for act in (held.take_out, held.hold_again):
        with pytest.raises(desk.NoReport):
            act(late.who, report)
        with pytest.raises(desk.NoReport):
            act(desks[0].who, str(uuid4()))
    assert (held_ids(late), held.waiting(late.who), report in held_ids(desks[0])) == ([], 0, True)
    for refused in (
        lambda: held.held_reports(eva.who),
        lambda: held.waiting(eva.who),
        lambda: held.take_out(eva.who, report),
        lambda: held.hold_again(eva.who, report),
        lambda: held.look_through(eva.who, [report], real=[report]),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_each_act_stands_in_the_journal_and_one_that_changes_nothing_does_not(
    own_database: TestDatabase, desks: tuple[Staff, Staff]
):
    flood(8)
    with opened(desks[0]):
        shown = held_ids(desks[0])
        held.look_through(desks[0].who, shown, real=shown[:1])
    held.hold_again(desks[0].who, shown[0])
    held.hold_again(desks[0].who, shown[0])
    written = ("reports_taken_out", "held_reports_looked_through", "reports_held_again")
    assert sorted(one for one in outcomes(own_database) if one in written) == sorted(written)


def outcomes(database: TestDatabase) -> list[str]:
    with (
        database.used_as(DatabaseRole.OWNER),
        with_context(agency=None, actor="migration", purpose="migrate"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT outcome FROM journal_entry ORDER BY at, id")
        return [outcome for (outcome,) in cursor.fetchall()]


def test_held_reports_are_late_together_by_a_number_of_their_own(
    own_database: TestDatabase, desks: tuple[Staff, Staff]
):
    flood(8)
    due = {one.listed.open_by for one in held.held_reports(desks[0].who).reports}
    assert due == {one.open_by for one in desk.reports(desks[0].who).reports}, (
        "both are 24 hours as delivered"
    )
    with opened(desks[1]):
        for report in waiting(desks[1]):
            desk.read_report(desks[1].who, report)
    with (
        own_database.used_as(DatabaseRole.OWNER),
        with_context(agency=None, actor="migration", purpose="migrate"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE report SET unread_since = unread_since - interval '2 days'")
    with own_database.used_as(DatabaseRole.JOBS):
        tell_desks("EE")
        with with_context(agency=None, actor="notifier", purpose="sweep"), connection.cursor() as cursor:
            cursor.execute("SELECT code, count(*) FROM notice WHERE settled_at IS NULL GROUP BY 1 ORDER BY 1")
            assert cursor.fetchall() == [("R1", 2), ("R1-late", 2)], (
                "one for each desk, however many are held"
            )


def test_nothing_of_who_sent_it_is_asked_for():
    source = Path(door.__file__).with_name("flood.py").read_text()
    assert not any(word in source for word in ("REMOTE_ADDR", "FORWARDED", "request", "META", "user_agent"))
    assert json.dumps(sorted(arrivals().__dict__)) == '["_came", "_clock", "_key", "_lock", "_said", "_seen"]'
