"""Talks: the rule on danger stands first, one person answers, and a report comes of it with nothing typed again."""

from uuid import uuid4

import pytest
from django.db import connection

from encircle.actions.permit import NotAllowed
from encircle.actions.reports import desk, door, talk, talk_desk
from encircle.host.database import DatabaseRole
from encircle.records.context import with_context
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.desks import DeskStaff, make_desk, opened
from tests.web.world import Staff, make_staff

CANARY = "Canary-5b2e, may I ask something first?"
CHILD = door.Account(language="et")


@pytest.fixture
def dora(database: TestDatabase) -> DeskStaff:
    return make_desk(database, "dora")


@pytest.fixture
def dirk(database: TestDatabase) -> DeskStaff:
    return make_desk(database, "dirk")


@pytest.fixture
def code(dora: DeskStaff, dirk: DeskStaff) -> str:
    """Of a talk that waits at both desks."""
    return begun(CANARY).words


def begun(words: str) -> door.Code:
    form = door.new_form()
    return talk.begin(form, words, shown=talk.rule_shown(form), account=CHILD)[0]


def listed(staff: Staff, *, over: bool = False) -> tuple[talk_desk.ListedTalk, ...]:
    return talk_desk.talks_at_desk(staff.who, over=over).talks


def newest(staff: Staff) -> str:
    return listed(staff)[-1].open.report


def take(staff: Staff, report: str) -> None:
    with opened(staff):
        talk_desk.take(staff.who, report)


def say(staff: Staff, report: str, words: str) -> None:
    with opened(staff):
        talk_desk.say(staff.who, report, words, token=str(uuid4()))


def said(code: str) -> list[tuple[str, bool]]:
    found = talk.look(code)
    assert found is not None
    return [(one.text, one.theirs) for one in found.said]


def test_nothing_can_be_said_before_the_rule_on_danger_was_shown_and_its_showing_is_kept(
    dora: DeskStaff, dirk: DeskStaff
):
    form, other = door.new_form(), door.new_form()
    for shown in ("", "x", "ü", talk.rule_shown(other)):
        with pytest.raises(talk.RuleNotShown):
            talk.begin(form, CANARY, shown=shown, account=CHILD)
    talk.begin(form, CANARY, shown=talk.rule_shown(form), account=CHILD)
    (one,) = [one.open for one in listed(dora.first)]
    assert (one.rule, one.rule_hour) == (talk.RULE, one.since)
    assert (one.since.minute, one.since.second) == (0, 0)


def test_the_words_go_back_and_forth_in_their_order_and_each_is_said_once(dora: DeskStaff, code: str):
    report = newest(dora.first)
    take(dora.first, report)
    form = door.new_form()
    for number in range(4):
        say(dora.first, report, f"answer {number}")
        for _ in range(2):
            talk.go_on(code, f"word {number}", form=form)
        form = door.new_form()
    turns = [line for n in range(4) for line in ((f"answer {n}", True), (f"word {n}", False))]
    assert said(code) == [(CANARY, False), *turns]
    with opened(dora.second):
        read = talk_desk.read_talk(dora.second.who, report)
    assert [(one.text, one.theirs) for one in read.said] == said(code)


def test_a_form_begins_one_talk_and_an_answer_is_sent_once(dora: DeskStaff, dirk: DeskStaff):
    form, token = door.new_form(), str(uuid4())
    codes = {talk.begin(form, CANARY, shown=talk.rule_shown(form), account=CHILD)[0] for _ in range(3)}
    assert (len(codes), len(listed(dora.first))) == (1, 1)
    report = newest(dora.first)
    take(dora.first, report)
    with opened(dora.first):
        for _ in range(2):
            talk_desk.say(dora.first.who, report, "We are here.", token=token)
        with pytest.raises(BadInput):
            talk_desk.say(dora.first.who, report, " \n", token=str(uuid4()))
    assert said(codes.pop().digits) == [(CANARY, False), ("We are here.", True)]


def test_of_two_who_take_it_one_answers_and_the_other_may_read_it(
    dora: DeskStaff, dirk: DeskStaff, code: str
):
    report = newest(dora.first)
    take(dora.first, report)
    take(dora.first, report)
    for other in (dora.second, dirk.first):
        with pytest.raises(talk_desk.NotYours):
            take(other, report)
        with pytest.raises(talk_desk.NotYours):
            say(other, report, "And I am here too.")
    assert said(code) == [(CANARY, False)]
    (one,) = listed(dora.second)
    assert (one.open.state, one.is_mine, one.is_ours, one.open.worker) == (
        *("on", False, True),
        dora.first.person,
    )


def test_it_is_passed_to_a_colleague_and_taken_over_only_from_who_answers(
    dora: DeskStaff, dirk: DeskStaff, code: str
):
    report = newest(dora.first)
    take(dora.first, report)
    first, second = dora.first.person, dora.second.person
    with opened(dora.first):
        with pytest.raises(BadInput):
            talk_desk.hand_to(dora.first.who, report, to=dirk.first.person, instead_of=first)
        talk_desk.hand_to(dora.first.who, report, to=second, instead_of=first)
    say(dora.second, report, "I go on.")
    with opened(dora.first):
        with pytest.raises(talk_desk.NotYours):
            talk_desk.hand_to(dora.first.who, report, to=first, instead_of=first)
        talk_desk.hand_to(dora.first.who, report, to=first, instead_of=second)
    say(dora.first, report, "And I am back.")
    assert [one for one, _ in said(code)] == [CANARY, "I go on.", "And I am back."]


def test_who_asks_sees_that_it_was_read_once_the_one_who_answers_has_read_it(
    dora: DeskStaff, dirk: DeskStaff, code: str
):
    report = newest(dora.first)
    with opened(dirk.first):
        talk_desk.read_talk(dirk.first.who, report)
    assert not looked(code).is_read
    take(dora.first, report)
    with opened(dora.first):
        talk_desk.read_talk(dora.first.who, report)
    assert (looked(code).is_read, looked(code).state) == (True, "on")


def looked(code: str) -> talk.Talking:
    found = talk.look(code)
    assert found is not None
    return found


def test_it_ends_when_who_asks_leaves_and_waits_again_when_they_come_back(dora: DeskStaff, code: str):
    report = newest(dora.first)
    take(dora.first, report)
    talk.leave(code)
    assert looked(code).state == "ended"
    with pytest.raises(talk_desk.TalkOver):
        say(dora.first, report, "Are you there?")
    talk.go_on(code, "I am back", form=door.new_form())
    (one,) = [one for one in listed(dora.first) if one.open.report == report]
    assert (one.open.state, one.worker) == ("waits", "")


def test_a_summary_ends_it_which_only_desks_read(dora: DeskStaff, dirk: DeskStaff, code: str):
    report, token = newest(dora.first), str(uuid4())
    take(dora.first, report)
    with opened(dora.first):
        with pytest.raises(BadInput):
            talk_desk.end(dora.first.who, report, " ", token=token)
        for _ in range(2):
            talk_desk.end(dora.first.who, report, "Asked about school.", token=token)
    assert (said(code), looked(code).state) == ([(CANARY, False)], "ended")
    assert [one.open.report for one in listed(dora.first, over=True)] == [report]
    with opened(dirk.first):
        read = talk_desk.read_talk(dirk.first.who, report)
    assert [(one.text, one.kind) for one in read.said] == [
        (CANARY, "message"),
        ("Asked about school.", "note"),
    ]


def test_no_report_is_seen_until_it_is_given_and_then_nothing_has_to_be_typed(
    dora: DeskStaff, dirk: DeskStaff, code: str
):
    report, token = newest(dora.first), str(uuid4())
    take(dora.first, report)
    assert (desk.reports(dirk.first.who).reports, desk.unread(dirk.first.who)) == ((), (0, 0))
    with opened(dirk.first), pytest.raises(desk.NoReport):
        desk.read_report(dirk.first.who, report)
    with opened(dora.first):
        with pytest.raises(BadInput):
            talk_desk.give(dora.first.who, report, "I must pass it on.", because="?", token=token)
        for _ in range(2):
            talk_desk.give(dora.first.who, report, "I must pass it on.", because="danger", token=token)
    assert said(code)[-1] == ("I must pass it on.", True)
    assert [one.open.id for one in desk.reports(dirk.first.who).reports] == [report]
    with opened(dirk.first):
        read = desk.read_report(dirk.first.who, report)
        assert desk.take_over(dirk.first.who, report)
    assert [one.text for one in read.said] == [CANARY, "I must pass it on."]
    inbox = door.open_inbox(code)
    assert inbox is not None
    assert not inbox.is_talk


def test_nobody_reads_it_without_an_open_key_the_seal_or_the_role(
    database: TestDatabase, dora: DeskStaff, code: str
):
    report = newest(dora.first)
    late, eva = make_desk(database, "late").first, make_staff("eva", Role.SCHOOL)
    with pytest.raises(desk.NotUnlocked):
        talk_desk.read_talk(dora.first.who, report)
    for one in (report, str(uuid4())):
        with pytest.raises(desk.NoReport), opened(late):
            talk_desk.read_talk(late.who, one)
    with pytest.raises(NotAllowed):
        talk_desk.talks_at_desk(eva.who)
    assert (talk_desk.waiting(dora.first.who), talk_desk.waiting(late.who), talk_desk.waiting(eva.who)) == (
        1,
        0,
        0,
    )


def test_who_waits_longest_stands_first(own_database: TestDatabase):
    dora, dirk = (make_desk(own_database, name).first for name in ("dora", "dirk"))
    codes = [begun(f"number {number}").words for number in range(5)]
    take(dirk, listed(dora)[0].open.report)
    talk.leave(codes[1])
    talk.go_on(codes[1], "again", form=door.new_form())
    order = []
    for one in listed(dora):
        with opened(dora):
            order.append(talk_desk.read_talk(dora.who, one.open.report).said[0].text)
    assert order == ["number 2", "number 3", "number 4", "number 1", "number 0"]


def test_codes_of_reports_open_no_talk_and_no_word_of_a_talk_stands_in_its_tables(
    database: TestDatabase, dora: DeskStaff, code: str
):
    report = door.send(door.new_form(), door.Account(text="a report"))
    assert (talk.look(report.words), talk.look("x"), talk.leave("y")) == (None, None, None)
    inbox = door.open_inbox(code)
    assert inbox is not None
    assert inbox.is_talk
    with (
        database.used_as(DatabaseRole.OWNER),
        with_context(agency=None, actor="migration", purpose="migrate"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT string_agg(talk::text || report_part::text, ' ') FROM talk JOIN report_part USING (report_id)"
        )
        found = cursor.fetchone()[0]
    assert newest(dora.first) in found
    for word in (CANARY, CANARY.encode().hex(), code):
        assert word not in found
