"""Mail through a server that speaks SMTP: no word of what is known of children leaves, and none goes to a child's device."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from encircle.actions.notices import Round, send_notices
from encircle.actions.reports import complaint, door, files, talk
from encircle.actions.reports.body import tell_bodies
from encircle.actions.reports.telling import tell_desks
from encircle.host import mail
from encircle.records.roots import open_root
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.identifier import RootId
from tests.actions.kept import as_jobs
from tests.actions.stating import state, who
from tests.actions.test_notices import earlier, reached_at, rows
from tests.database import TestDatabase
from tests.mail import Letter, PostOffice, post_office
from tests.records.world import Actor, a_fact
from tests.web.complaint_bodies import make_body
from tests.web.desks import DeskStaff, make_desk

HEAD = (
    "From: encircle@agency.example",
    "Subject: Something waits for you in Encircle",
    "Auto-Submitted: auto-generated",
    'Content-Type: text/plain; charset="utf-8"',
    "Content-Transfer-Encoding: 7bit",
    "MIME-Version: 1.0",
)
KINDS = (
    *(
        "alarm",
        "duty",
        "emergency",
        "looks_of_week",
        "looks_stand_out",
        "offered",
        "owner_asked",
        "unanswered",
    ),
    *("report_waits", "report_late", "talk_waits", "talk_late", "complaint_waits", "complaint_late"),
)
BODY = "Something waits for you in Encircle.\n\nhttps://encircle.example/"
PHONE, PLACE = "+372 5555 0199", "Canary-Place 7"
CHILDS = ("canary-child@example.test", PHONE)


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    with post_office() as office:
        settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = "127.0.0.1", office.port, "none"
        settings.SMTP_FROM, settings.ADDRESS = "encircle@agency.example", "https://encircle.example/"
        yield office


@pytest.fixture
def dora(own_database: TestDatabase) -> DeskStaff:
    """Everything that can be written down of a child is a canary; the desks, and a body, have addresses."""
    desks = [make_desk(own_database, name) for name in ("dora", "dirk")]
    body = make_body("oda")
    for number, one in enumerate((*desks, body)):
        address = f"desk{number}@agency.example"
        reached_at(one.first.agency, address, address, own_database)
    return desks[0]


def strange(letter: Letter) -> list[str]:
    """What stands in a letter beside the one sentence, the address of the installation and the desk's own address."""
    head, _, body = letter.content.partition("\n\n")
    lines = [line for line in head.split("\n") if line not in HEAD and line != f"To: {letter.to[0]}"]
    return [*lines, *([] if body.strip() == BODY else [body])]


def told_at_the_door() -> None:
    """A report with a file, one of danger, a talk and a complaint, each full of canaries."""
    form, taken = door.new_form(), files.Taking()
    taken.take(b"Canary-File " * 100)
    assert door.keep_files(form, (taken,)) == ()
    words = f"Canary-Report, I am at {PLACE}, call {PHONE} or {CHILDS[0]}"
    door.send(form, door.Account(text=words, parts={"name": "Canary-Name Kask"}))
    door.send(door.new_form(), door.Account(text="Canary-Danger", danger="yes"))
    form = door.new_form()
    talk.begin(form, "Canary-Talk " + PHONE, shown=talk.rule_shown(form), account=door.Account())
    complaint.complain(door.new_form(), complaint.Complaint(text="Canary-Complaint", complainant="child"))


def told_on_record(by: DeskStaff) -> RootId:
    """A child whose name and place are canaries."""
    carla = Actor(by.first.person, by.first.agency)
    with carla.at_work() as ctx:
        root = open_root(Kind.CHILD, ctx=ctx)
    for kind, payload in (
        ("name_recorded", {"name_used": "Canary-Name Kask"}),
        ("concern_registered", {"channel": "telephone", "text": f"Canary-Concern at {PLACE}, {PHONE}"}),
    ):
        fact = a_fact(root, read_payload(kind, payload), type_name=kind, by=carla)
        state(fact, who=who(carla), follows=None)
    return root


def one_waits(database: TestDatabase, kind: str, code: str, agency: str, root: RootId) -> None:
    """A notice of that kind about that child, to be sent now; no other waits to be sent."""
    with database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE notice SET send_at = NULL")
        keeper.execute(
            "INSERT INTO notice (root_id, kind, code, agency_id, acted_id) VALUES (%s, %s, %s, %s, %s)",
            (root, kind, code, agency, agency),
        )


def again(database: TestDatabase) -> None:
    """As if an hour had gone by for what waits to be sent."""
    earlier(database, timedelta(hours=2))


def everything_waits(database: TestDatabase) -> int:
    """Notices of reports, danger, talks and complaints, all to be sent now; to how many agencies."""
    with as_jobs(database):
        tell_desks("ee")
        tell_bodies("ee")
    again(database)
    return len({to for (to,) in rows(database, "agency_id", "send_at IS NOT NULL")})


def test_no_kind_of_notice_carries_a_word_a_number_a_place_or_a_name(
    dora: DeskStaff, office: PostOffice, own_database: TestDatabase
):
    told_at_the_door()
    root = told_on_record(dora)
    desks = everything_waits(own_database)
    waiting = {kind for (kind,) in rows(own_database, "kind", "send_at IS NOT NULL")}
    assert {"report_waits", "talk_waits", "complaint_waits"} <= waiting
    with as_jobs(own_database):
        assert send_notices() == Round(desks, 0, away=False)
        for number, kind in enumerate(KINDS):
            one_waits(own_database, kind, f"D{number:02}", dora.first.agency, root)
            assert send_notices() == Round(1, 0, away=False), kind
    assert len(office.letters) == desks + len(KINDS)
    assert [strange(one) for one in office.letters] == [[]] * len(office.letters)
    own = {f"desk{number}@agency.example" for number in range(3)}
    assert {to for one in office.letters for to in one.to} == own
    assert {one.sender for one in office.letters} == {"encircle@agency.example"}
    whole = repr(office.letters)
    assert not [word for word in ("Canary", "Kask", root, *CHILDS) if word in whole]


def test_a_letter_that_told_more_would_be_found():
    good = "\n".join((*HEAD, "To: desk0@agency.example")) + f"\n\n{BODY}\n"
    assert strange(Letter("encircle@agency.example", ("desk0@agency.example",), good)) == []
    for planted in (
        good.replace("Subject: Something", "Subject: Aino: something"),
        good.replace("MIME-Version: 1.0", "MIME-Version: 1.0\nX-Report: 1"),
        good.replace("Encircle.\n", "Encircle, number EE-1.\n"),
    ):
        assert strange(Letter("encircle@agency.example", ("desk0@agency.example",), planted)) != []


def test_one_place_alone_sends_mail_and_to_addresses_of_agencies_alone():
    sending = sorted(
        path.as_posix()
        for path in Path("src/encircle").rglob("*.py")
        if re.search(
            r"host\.mail import.*\bsend\b|[^ ]send_mail\(|mail_admins|EmailMessage\(", path.read_text("utf-8")
        )
    )
    assert sending == ["src/encircle/actions/notices.py", "src/encircle/host/mail.py"]
    sent = re.findall(r"\bsend\(server, (.*)\)", Path("src/encircle/actions/notices.py").read_text("utf-8"))
    assert sent == ['to=address, subject=SUBJECT, text=f"{SUBJECT}.\\n\\n{settings.ADDRESS}\\n"']


@pytest.mark.parametrize(("mood", "heard"), [("refuses", 0), ("breaks_off", 1), ("goes_away", 0)])
def test_a_server_that_refuses_or_breaks_off_loses_nothing_and_is_told_once_more(
    mood: str, heard: int, dora: DeskStaff, office: PostOffice, own_database: TestDatabase
):
    told_at_the_door()
    desks = everything_waits(own_database)
    office.refuses, office.mood = mood == "refuses", mood
    with as_jobs(own_database):
        told = send_notices()
        assert told.mailed == 0
        assert len(office.letters) == heard
        office.refuses, office.mood = False, ""
        for _ in range(2):
            again(own_database)
            send_notices()
    taken = office.letters[heard:]
    assert sorted(one.to for one in taken) == sorted(
        (f"desk{number}@agency.example",) for number in range(desks)
    )
    assert [strange(one) for one in office.letters] == [[]] * len(office.letters)
    assert rows(own_database, "kind", "sent_at IS NULL") == []


def test_a_slow_server_is_waited_for_and_told_once(
    dora: DeskStaff, office: PostOffice, own_database: TestDatabase
):
    told_at_the_door()
    desks, office.mood = everything_waits(own_database), "slow"
    with as_jobs(own_database):
        assert send_notices() == Round(desks, 0, away=False)
        assert send_notices() == Round(0, 0, away=False)
    assert len(office.letters) == desks


def test_a_server_that_says_nothing_is_given_up_and_asked_again(
    dora: DeskStaff, office: PostOffice, own_database: TestDatabase, monkeypatch: pytest.MonkeyPatch
):
    told_at_the_door()
    desks, office.mood = everything_waits(own_database), "silent"
    monkeypatch.setattr(mail, "PATIENCE_SECONDS", 0.5)
    with as_jobs(own_database):
        assert send_notices() == Round(0, 0, away=True)
        office.mood = ""
        again(own_database)
        assert send_notices() == Round(desks, 0, away=False)
    assert len(office.letters) == desks
