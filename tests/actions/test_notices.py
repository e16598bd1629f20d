"""Agencies are told that something waits, by a message without content; a higher desk when nobody answers."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from pytest_django import Settings

from encircle.actions import notices
from encircle.actions.notices import Round, send_notices, tell_higher
from encircle.host.mail import MailServer, send
from encircle.records import notices as kept
from encircle.records.context import with_context
from encircle.records.facts import facts_of
from encircle.records.roots import add_member, open_root
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.identifier import AgencyId, RootId
from encircle.vocabulary.refusal import BadInput
from tests.actions.kept import as_jobs, until_nothing_waits
from tests.actions.stating import state, who
from tests.database import TestDatabase
from tests.mail import PostOffice, post_office
from tests.records.world import Actor, a_fact, make_actor

CONTENT = """Something waits for you in Encircle.

https://encircle.example/"""


@pytest.fixture(autouse=True)
def _a_country_with_numbers(settings: Settings) -> None:
    """England has numbers of practice, so that something there can be overdue."""
    settings.COUNTRY = "gb"


@pytest.fixture
def carla(own_database: TestDatabase) -> Actor:
    """Triage is her agency's task."""
    carla = make_actor("triage_team")
    reached_at(carla.agency, "day@carla.example", "night@carla.example", own_database)
    return carla


def a_concern(by: Actor, *, at: str) -> RootId:
    """A child whose concern came then; the first decision on it is due within a working day."""
    with by.at_work() as ctx:
        root = open_root(Kind.CHILD, ctx=ctx)
    told: tuple[tuple[str, dict[str, object]], ...] = (
        ("age_claimed", {"claimed_child": True, "claimed_years": 15}),
        ("concern_registered", {"channel": "telephone"}),
    )
    for kind, payload in told:
        fact = a_fact(
            root,
            read_payload(kind, payload),
            type_name=kind,
            by=by,
            happened=at,
            learnt=datetime.fromisoformat(at).replace(tzinfo=UTC),
        )
        state(fact, who=who(by), follows=None)
    return root


@pytest.fixture
def aino(carla: Actor) -> RootId:
    """A child for whom something is overdue."""
    return a_concern(carla, at="2026-11-02T10:00")


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    with post_office() as office:
        settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = "127.0.0.1", office.port, "none"
        settings.SMTP_FROM = "encircle@agency.example"
        settings.ADDRESS = "https://encircle.example/"
        yield office


def reached_at(agency: AgencyId, day: str, night: str, database: TestDatabase) -> None:
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE agency SET notice_address = %s, night_address = %s WHERE id = %s", (day, night, agency)
        )


def rows(database: TestDatabase, columns: str, where: str = "true") -> list[tuple[object, ...]]:
    with database.connect_as_keeper() as keeper:
        return keeper.execute(
            f"SELECT {columns} FROM notice JOIN agency ON agency.id = agency_id WHERE {where} ORDER BY notice.id"
        ).fetchall()


def earlier(database: TestDatabase, by: timedelta) -> None:
    """As if all notices were that much older."""
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE notice SET made_at = made_at - %s, send_at = send_at - %s, higher_at = higher_at - %s",
            (by, by, by),
        )


def overdue(database: TestDatabase) -> list[str]:
    with database.connect_as_keeper() as keeper:
        found = keeper.execute("SELECT code FROM duty_row WHERE state = 'overdue' ORDER BY code").fetchall()
    return [str(code) for (code,) in found]


def test_what_turns_overdue_in_a_sweep_is_noticed_once_with_the_row(aino: RootId, own_database: TestDatabase):
    late = overdue(own_database)
    assert late
    assert sorted(code for (code,) in rows(own_database, "notice.code")) == late
    with own_database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE situation_row SET next_change_at = now() - interval '1 day'")
    until_nothing_waits(own_database)
    assert sorted(code for (code,) in rows(own_database, "notice.code")) == late


def test_one_letter_without_content_goes_to_the_agency_whatever_waits(
    aino: RootId, own_database: TestDatabase, office: PostOffice
):
    with as_jobs(own_database):
        assert send_notices() == Round(mailed=1, shown=0, away=False)
        assert send_notices() == Round(mailed=0, shown=0, away=False)
    (letter,) = office.letters
    head, _, body = letter.content.partition("\n\n")
    assert letter.sender == "encircle@agency.example"
    assert letter.to in {("day@carla.example",), ("night@carla.example",)}
    assert body.strip() == CONTENT
    assert "Subject: Something waits for you in Encircle" in head
    assert set(rows(own_database, "channel, sent_at IS NOT NULL, send_at, tries")) == {
        ("mail", True, None, 1)
    }


def test_by_night_the_duty_desk_is_told_and_by_day_the_case_leads(
    own_database: TestDatabase, carla: Actor, office: PostOffice
):
    for opens, closes, night in (("00:00", "00:00", ""), ("00:00", "00:00:00.000001", "night")):
        with own_database.connect_as_keeper() as keeper:
            keeper.execute("UPDATE agency SET opens_at = %s, closes_at = %s", (opens, closes))
        a_concern(carla, at="2026-11-02T10:00")
        with as_jobs(own_database):
            send_notices()
        assert office.letters[-1].to == (f"{night or 'day'}@carla.example",)
    assert {desk for (desk,) in rows(own_database, "desk")} == {"day", "night"}


@pytest.mark.parametrize(
    ("day", "night", "to"),
    [("", "n@c.example", ["n@c.example"]), ("d@c.example", "", ["d@c.example"]), ("", "", [])],
    ids=["only a duty desk", "only case leads", "nobody"],
)
def test_an_agency_is_told_where_it_can_be_reached_else_in_encircle(
    aino: RootId,
    carla: Actor,
    own_database: TestDatabase,
    office: PostOffice,
    day: str,
    night: str,
    to: list[str],
):
    reached_at(carla.agency, day, night, own_database)
    with as_jobs(own_database):
        assert send_notices() == Round(len(to), 1 - len(to), away=False)
    assert [one for letter in office.letters for one in letter.to] == to
    assert {channel for (channel,) in rows(own_database, "channel")} == {"mail" if to else "window"}


def test_without_a_mail_server_notices_are_shown_in_encircle_only(aino: RootId, own_database: TestDatabase):
    with as_jobs(own_database):
        assert send_notices() == Round(mailed=0, shown=1, away=False)
    assert set(rows(own_database, "channel, desk, send_at")) == {("window", None, None)}


def test_a_server_that_refuses_is_asked_again_later_and_nothing_is_lost(
    aino: RootId, own_database: TestDatabase, office: PostOffice
):
    office.refuses = True
    waits = []
    with as_jobs(own_database):
        for _ in range(4):
            assert send_notices() == Round(0, 0, away=False)
            waits += rows(
                own_database,
                "DISTINCT round(extract(epoch FROM send_at - now()) / 60)::int, tries, notice.id",
            )
            earlier(own_database, timedelta(hours=2))
        assert [(minutes, tries) for minutes, tries, _ in waits] == [(1, 1), (2, 2), (4, 3), (8, 4)]
        office.refuses = False
        assert send_notices() == Round(1, 0, away=False)
    assert len(office.letters) == 1


def test_a_server_that_is_away_ends_the_round(aino: RootId, own_database: TestDatabase, settings: Settings):
    settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = "127.0.0.1", 1, "none"
    with as_jobs(own_database):
        assert send_notices() == Round(0, 0, away=True)
    assert rows(own_database, "sent_at, tries") == [(None, 1)]


def test_cut_off_between_sending_and_marking_it_is_sent_once_more(
    aino: RootId, carla: Actor, own_database: TestDatabase, office: PostOffice
):
    with as_jobs(own_database):
        with with_context(agency=None, actor="notifier", purpose="sweep") as context:
            taken = kept.lease(carla.agency, context.now, until=context.now + notices.LEASE)
        server = notices.mail_server()
        assert taken
        assert isinstance(server, MailServer)
        send(server, to="day@carla.example", subject=notices.SUBJECT, text="Sent, and never marked.")
        assert send_notices() == Round(0, 0, away=False)
        earlier(own_database, notices.LEASE + timedelta(minutes=1))
        assert send_notices() == Round(1, 0, away=False)
        earlier(own_database, timedelta(days=3))
        assert send_notices() == Round(0, 0, away=False)
    assert len(office.letters) == 2


def test_what_nobody_answers_goes_one_desk_higher_at_each_time_of_practice_and_each_step_once(
    aino: RootId, carla: Actor, own_database: TestDatabase
):
    lead, above = make_actor("case_lead"), make_actor("coordinator")
    with carla.at_work():
        add_member(aino, lead.agency, relation="case_lead")
    until_nothing_waits(own_database)
    names = {carla.agency: "carla", lead.agency: "the case lead", above.agency: "the coordinator"}

    def told() -> set[tuple[object, object]]:
        return {(step, names[str(agency)]) for step, agency in rows(own_database, "step, agency_id::text")}

    first, higher = {(0, "carla")}, {(1, "carla"), (1, "the case lead")}
    with as_jobs(own_database):
        for hours, went, expected in (
            (0, 0, first),
            (3, 0, first),
            (2, 1, first | higher),
            (18, 0, first | higher),
            (2, 1, first | higher | {(2, "the coordinator")}),
            (1000, 0, first | higher | {(2, "the coordinator")}),
        ):
            earlier(own_database, timedelta(hours=hours))
            assert (tell_higher(), told()) == (went, expected)


def test_both_steps_that_are_due_are_told_when_nobody_asked_in_between(
    aino: RootId, own_database: TestDatabase
):
    make_actor("coordinator")
    earlier(own_database, timedelta(days=3))
    with as_jobs(own_database):
        assert (tell_higher(), tell_higher()) == (2, 0)


def test_what_is_done_is_settled_with_its_row_and_told_to_nobody_any_more(
    aino: RootId, carla: Actor, own_database: TestDatabase, office: PostOffice
):
    with carla.at_work():
        concern = next(fact for fact in facts_of(aino) if fact.type == "concern_registered")
    withdrawal = a_fact(
        aino,
        read_payload("withdrawal", {"withdrawal_reasons": "It was about somebody else."}),
        by=carla,
        type_name="withdrawal",
        withdraws=concern.id,
    )
    state(withdrawal, who=who(carla), follows=concern.id)
    assert overdue(own_database) == []
    earlier(own_database, timedelta(days=3))
    with as_jobs(own_database):
        assert (tell_higher(), send_notices()) == (0, Round(0, 0, away=False))
    assert rows(own_database, "settled_at IS NOT NULL, sent_at") == [(True, None)]
    assert office.letters == []


def test_an_alarm_is_told_to_who_acted_until_it_is_acknowledged(own_database: TestDatabase):
    dmitri = make_actor("police")
    with dmitri.at_work() as ctx:
        root = open_root(Kind.CHILD, ctx=ctx)
    interview = str(uuid4())
    payload = read_payload("interview_held", {"in_presence_of_suspect": True})
    held = state(a_fact(root, payload, by=dmitri, subject=interview), who=who(dmitri), follows=None)
    where = "notice.code = 'P1-interview'"
    columns = "notice.kind, agency_id::text, settled_at IS NOT NULL"
    assert rows(own_database, columns, where) == [("alarm", dmitri.agency, False)]
    done = {"prohibition": "P1", "done": "We spoke with her.", "by_fact": held.id}
    acknowledged = a_fact(root, read_payload("alarm_acknowledged", done), by=dmitri)
    state(acknowledged, who=who(dmitri), follows=None)
    assert rows(own_database, columns, where) == [("alarm", dmitri.agency, True)]


def test_an_operator_says_where_an_agency_is_reached_and_what_is_left_out_stays(
    carla: Actor, own_database: TestDatabase
):
    code = f"a-{carla.agency}"
    with as_jobs(own_database):
        first = notices.reach_agency(code, day=None, night="", opens=time(7, 30), closes=None)
        assert (first.by_day, first.by_night) == ("day@carla.example", "")
        assert (first.opens_at, first.closes_at) == (time(7, 30), time(16))
        for unknown, day in (("nobody", None), (code, "not an address")):
            with pytest.raises(BadInput):
                notices.reach_agency(unknown, day=day, night=None, opens=None, closes=None)
