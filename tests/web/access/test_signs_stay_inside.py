"""What leaves by itself: no letter and no line of the log holds a sign of a record, whoever looks, asks, fails or is told."""

import logging
import re
from collections.abc import Iterator
from email import message_from_string
from email.policy import default
from pathlib import Path
from string import Template

import pytest
from pytest_django import Settings

from encircle.actions.notices import send_notices, tell_higher
from encircle.actions.watching import watch_looks
from encircle.config.log_line import LogLine
from encircle.host.mail import MailServer, send
from encircle.vocabulary.role import Role
from tests.actions.kept import as_jobs, until_nothing_waits
from tests.database import TestDatabase
from tests.mail import PostOffice, post_office
from tests.web.access.hidden import KINDS
from tests.web.access.probe import sent
from tests.web.access.twins import looks_of
from tests.web.access.world import SIGNS, Record, Scene, scene
from tests.web.desk.test_canaries import found_in

SOURCE = Path(__file__).parents[3] / "src"
WHO = (
    (Role.CHILD_PROTECTION_SERVICE, "team"),
    (Role.POLICE, "emergency"),
    (Role.NGO, "offered"),
    (Role.GUARDIAN, "adverse"),
)
"""Who looks everywhere: who leads, who came in the night, who weighs an offer, who must not know."""
PUT = (
    "status",
    "suspect",
    "account",
    "place",
    "request abroad",
    "concern of others",
    "emergency",
    "offer to others",
)


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    with post_office() as office:
        settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = "127.0.0.1", office.port, "none"
        settings.SMTP_FROM, settings.ADDRESS = "encircle@agency.example", "https://encircle.example/"
        yield office


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """All that is logged, as the log of a server has it."""
    file = tmp_path / "server.log"
    handler, root = logging.FileHandler(file, encoding="utf-8"), logging.getLogger()
    handler.setFormatter(LogLine())
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield file
    root.setLevel(before)
    root.removeHandler(handler)
    handler.close()


def signs_of(record: Record) -> set[str]:
    """The words that stand in its parts and nowhere else."""
    text = Template(SIGNS.read_text("utf-8")).safe_substitute(N=f"{record.sign}x")
    return set(re.findall(rf"zq[a-z]{record.sign}x[a-z]+", text))


def everybody_is_reached(database: TestDatabase) -> None:
    with database.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE agency SET notice_address = id || '@day.example', night_address = notice_address"
        )


def told(database: TestDatabase, office: PostOffice) -> None:
    """The jobs of some days: what is computed, counted, refused by the mail server, sent, and told higher."""
    everybody_is_reached(database)
    until_nothing_waits(database)
    for office.refuses in (True, False):
        with as_jobs(database):
            watch_looks()
            send_notices()
            tell_higher()
        days_pass(database)
    with as_jobs(database):
        tell_higher()
        send_notices()


def days_pass(database: TestDatabase) -> None:
    with database.connect_as_keeper() as keeper:
        moved = ", ".join(
            f"{time} = {time} - interval '9 days'" for time in ("made_at", "send_at", "higher_at")
        )
        keeper.execute(f"UPDATE notice SET {moved}")


def read_as_a_person(letter: str) -> str:
    """With its heads and its text as a program for mail shows them."""
    message = message_from_string(letter, policy=default)
    return "\n".join([*(f"{name}: {value}" for name, value in message.items()), message.get_content()])


def letters_in(office: PostOffice, to: Path) -> Path:
    said = [
        f"{one.sender} {one.to}\n{one.content}\n{read_as_a_person(one.content)}" for one in office.letters
    ]
    to.write_text("\n".join(said), "utf-8")
    return to


def looked_at_everything(on: Scene) -> str:
    """What was answered to each of them, at each address."""
    answers = []
    for role, standing in WHO:
        for look in looks_of(on.actor(role, standing)):
            answer = sent(look.row, look.method, look.viewer, number=on.record.number, more=look.more)
            answers.append(answer.content.decode(errors="replace"))
    return "".join(answers)


def test_no_letter_and_no_line_of_the_log_holds_a_sign_of_a_record(
    own_database: TestDatabase, office: PostOffice, log: Path, tmp_path: Path
):
    on = scene(own_database)
    for kind in PUT:
        KINDS[kind][1](on)
    words = signs_of(on.record) | signs_of(on.other)
    assert len(words) >= 28
    answers = looked_at_everything(on)
    assert sum(word in answers for word in words) >= 8
    told(own_database, office)
    assert len(office.letters) >= 5
    numbers = {on.record.number, on.other.number}
    letters = letters_in(office, tmp_path / "letters")
    assert found_in([letters], [*words, *numbers]) == set()
    assert "notice.not_sent" in log.read_text("utf-8")
    assert found_in([log], words) == set()


def test_a_sign_in_a_letter_or_in_the_log_is_found(office: PostOffice, log: Path, tmp_path: Path):
    server = MailServer("127.0.0.1", office.port, "none", None, None, "encircle@agency.example")
    send(server, to="a@b.example", subject="Something waits", text="of zqf7xsaid, née Zażółć")
    logging.getLogger("planted").warning("notice.not_sent", extra={"agency": "zqm7xname"})
    letters = letters_in(office, tmp_path / "letters")
    assert found_in([letters, log], ["zqf7xsaid", "zqm7xname", "zqh7xneed"]) == {"zqf7xsaid", "zqm7xname"}


def test_letters_leave_by_one_door():
    sends = [
        str(file.relative_to(SOURCE))
        for file in sorted(SOURCE.rglob("*.py"))
        if re.search(r"\bsmtplib\b|django\.core\.mail|EmailMessage", file.read_text("utf-8"))
    ]
    assert sends == ["encircle/host/mail.py"]
