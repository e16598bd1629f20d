"""A desk sends a file: cleaned and sealed; who has the code opens it, veiled until asked, and nothing stays by itself."""

import base64
import gzip
import re
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pytest_django import Settings

from encircle.actions.reports import desk, door
from encircle.law.reading_level import MOST_WORDS, level
from tests.database import TestDatabase
from tests.host.file import corpus
from tests.web.desk.test_report_files import outcomes, unlocked
from tests.web.desks import DeskStaff, make_desk, opened
from tests.web.door.screen import texts_on
from tests.web.door.test_door import Child
from tests.web.page.test_manner import AsStaff
from tests.web.reading import read


@pytest.fixture(autouse=True)
def _cheap(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def desks(database: TestDatabase) -> tuple[DeskStaff, DeskStaff]:
    return make_desk(database, "dora"), make_desk(database, "dirk")


@pytest.fixture
def code(desks: tuple[DeskStaff, DeskStaff]) -> door.Code:
    return door.send(door.new_form(), door.Account(text="Where do I go?"))


def picture() -> bytes:
    return corpus.picture("JPEG", Random(7))


def at(of: DeskStaff) -> str:
    return f"/reports/{desk.reports(of.first.who).reports[0].open.id}/"


def sent(client: Client, page: str, content: bytes, name: str = "Kalamaja shelter.jpg"):
    return client.post(f"{page}send/", {"file": SimpleUploadedFile(name, content)})


def files_in(of: DeskStaff) -> list[object]:
    with opened(of.first):
        return [one.file for one in desk.read_report(of.first.who, at(of).split("/")[2]).said if one.file]


def test_the_child_opens_a_cleaned_copy_and_nothing_of_its_name(
    desks: tuple[DeskStaff, DeskStaff], code: door.Code, as_staff: AsStaff
):
    client, page, taken = as_staff(desks[0].first), at(desks[0]), picture()
    assert corpus.SIGN.encode() in taken
    answer = sent(unlocked(client, page), page, taken)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{page}?done=file")
    assert "The file is sent, cleaned" in read(client.get(f"{page}?done=file").content).text
    child = Child().press("code").press("inbox", code=code.words)
    (file,) = re.findall(r'name="file" value="([^"]+)"', child.said_in_html())
    child.press("", file=file)
    assert "It stays on this phone only if you keep it." in child.said
    veiled = child.said_in_html()
    assert "data:image" in veiled
    assert len(gzip.compress(child.page.content)) < 15 * 1024
    clear = child.press("clear")
    assert clear.said_in_html() != veiled
    assert clear.page.headers["Cache-Control"] == "no-store"
    assert "hello_out" not in clear.said_in_html()
    assert "Leave this page now" in clear.said_in_html()
    clear_page = clear.said_in_html()
    kept = child.press("keep").page
    assert kept.headers["Content-Disposition"] == 'attachment; filename="file.jpg"'
    assert kept.headers["Cache-Control"] == "no-store"
    assert "sandbox" in kept.headers["Content-Security-Policy"]
    assert corpus.SIGN.encode() not in kept.content
    assert kept.content[:3] == taken[:3]
    assert base64.b64encode(kept.content).decode() in clear_page
    assert base64.b64encode(kept.content).decode() not in veiled
    assert "report_file_sent" in outcomes(desks[0])


def test_the_page_of_the_file_is_short(
    desks: tuple[DeskStaff, DeskStaff], code: door.Code, as_staff: AsStaff
):
    client, page = as_staff(desks[0].first), at(desks[0])
    sent(unlocked(client, page), page, picture())
    for language in ("en", "et", "ar"):
        child = Child().press("code", language=language).press("inbox", code=code.words)
        (file,) = re.findall(r'name="file" value="([^"]+)"', child.said_in_html())
        found = level(texts_on(child.press("", file=file).page.content), language=language)
        assert found.words <= MOST_WORDS
        assert found.is_easy


def test_the_same_file_is_sent_once_and_no_piece_is_plain(
    desks: tuple[DeskStaff, DeskStaff], code: door.Code, as_staff: AsStaff
):
    client, page = as_staff(desks[0].first), at(desks[0])
    unlocked(client, page)
    for _ in range(2):
        assert sent(client, page, picture()).status_code == 302
    assert len(files_in(desks[0])) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM report_piece WHERE number = 0")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Choose a file to send."),
        (b"MZ" + bytes(500), "no cleaned copy can be made"),
        (b"\xff\xd8\xff broken", "no cleaned copy can be made"),
        (b"\xff\xd8\xff" + bytes(21 * 1024 * 1024), "This file is too big."),
    ],
)
def test_what_cannot_be_cleaned_is_not_sent_and_why_stands_at_the_field(
    desks: tuple[DeskStaff, DeskStaff], code: door.Code, as_staff: AsStaff, content: bytes, why: str
):
    client, page = as_staff(desks[0].first), at(desks[0])
    answer = sent(unlocked(client, page), page, content)
    assert answer.status_code == 422
    assert why in read(answer.content).text
    assert files_in(desks[0]) == []


def test_with_a_shut_key_or_another_code_nothing_is_sent_or_seen(
    desks: tuple[DeskStaff, DeskStaff], code: door.Code, as_staff: AsStaff
):
    client, page = as_staff(desks[0].first), at(desks[0])
    assert sent(client, page, picture()).headers["Location"] == page
    sent(unlocked(client, page), page, picture())
    other = door.send(door.new_form(), door.Account(text="Another"))
    child = Child().press("code").press("inbox", code=code.words)
    (file,) = re.findall(r'name="file" value="([^"]+)"', child.said_in_html())
    for step in ("see", "clear", "keep"):
        for typed in (other.words, "no"):
            answer = Child().press(step, code=typed, of_file=file).page
            assert answer.status_code == 403
            assert b"image" not in answer.content.partition(b"<main")[2]


def test_a_form_of_another_site_sends_nothing(
    desks: tuple[DeskStaff, DeskStaff], code: door.Code, as_staff: AsStaff
):
    client, page = as_staff(desks[0].first), at(desks[0])
    unlocked(client, page)
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = client.cookies
    assert sent(forged, page, picture()).status_code == 403
    assert files_in(desks[0]) == []
