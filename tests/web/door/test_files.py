"""Files at the door: sealed while they come in, left out again or sent, and opened by a desk; no byte of them stands open."""

import hashlib
import re
import wave
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from encircle.actions.reports import desk, door, files
from encircle.host.database import DatabaseRole
from encircle.records import report_files as rows
from encircle.records.context import with_context
from tests.database import TestDatabase
from tests.web.desks import make_desk, opened
from tests.web.door.test_door import Child
from tests.web.world import Staff

CANARY = b"Canary-51ab in a file"
PICTURE = b"\xff\xd8\xff\xe0" + CANARY * 40_000  # several pieces long


@pytest.fixture
def desks(database: TestDatabase) -> tuple[Staff, Staff]:
    return make_desk(database, "dora").first, make_desk(database, "dirk").first


def a_file(content: bytes = PICTURE, name: str = "my holiday.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def telling(text: str = "") -> Child:
    return Child().press("danger").press("", danger="no").press("check", text=text)


def files_read(staff: Staff) -> list[files.File]:
    (report, *_) = desk.reports(staff.who).reports
    with opened(staff):
        return [one.file for one in desk.read_report(staff.who, report.open.id).said if one.file]


def original(staff: Staff, file: files.File) -> bytes:
    (report, *_) = desk.reports(staff.who).reports
    with opened(staff):
        return desk.original_of(staff.who, report.open.id, file.id)[1]


def test_a_file_that_is_added_is_told_of_sent_and_opened_by_the_desk_as_it_came(desks: tuple[Staff, Staff]):
    child = telling("words").press("files").press("add", file=a_file())
    assert "A picture, 820.3\xa0KB" in child.said
    assert "words" in child.said
    assert "holiday" not in child.said_in_html()
    assert child.press("send").page.status_code == 200
    (file,) = files_read(desks[0])
    assert (file.sort.code, file.size, file.digest) == (
        "jpeg",
        len(PICTURE),
        hashlib.sha256(PICTURE).hexdigest(),
    )
    assert original(desks[0], file) == original(desks[1], file) == PICTURE
    assert "A picture" in child.press("inbox").said


def test_it_can_be_left_out_again_before_it_is_sent(desks: tuple[Staff, Staff]):
    child = telling().press("files").press("add", file=[a_file(), a_file(b"OggS" + CANARY)])
    left = re.findall(r'name="left_out" value="([^"]+)"', child.said_in_html())
    assert len(left) == 2
    child.press("", left_out=left[0])
    assert re.findall(r'name="left_out" value="([^"]+)"', child.said_in_html()) == left[1:]
    child.press("", left_out=left[0]).press("", left_out="no id at all").press("send")
    assert [file.id for file in files_read(desks[0])] == left[1:]
    child.press("", left_out=left[1])
    assert [file.id for file in files_read(desks[0])] == left[1:], "what was sent stays"


def test_files_and_a_voice_go_with_an_answer_also_without_a_word(desks: tuple[Staff, Staff]):
    child = telling().press("send").press("inbox")
    child.press("files").press("add", voice=a_file(b"#!AMR\n" + CANARY, "voice.amr"))
    assert "A sound" in child.said
    child.press("reply", text="")
    assert "It is sent" in child.said
    assert [file.sort.code for file in files_read(desks[0])] == ["amr"]
    child.press("files").press("add", file=a_file()).press("reply", text="and words")
    assert sorted(file.sort.code for file in files_read(desks[0])) == ["amr", "jpeg"]
    assert "and words" in child.said


def test_the_same_file_and_the_same_form_twice_are_once(desks: tuple[Staff, Staff]):
    child = telling().press("files")
    held = {one["name"]: one["value"] or "" for one in child.inputs() if one.get("type") == "hidden"}
    for _ in range(2):
        child.client.post("/hello/", {**held, "step": "add", "file": a_file()})
        child.client.post("/hello/", {**held, "step": "send"})
    child.client.post("/hello/", {**held, "step": "send"})
    assert len(files_read(desks[0])) == 1
    assert len(desk.reports(desks[0].who).reports) == 1


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "No file was chosen"),
        ({"file": ("empty.txt", b"")}, "nothing in the file"),
        ({"file": ("huge.bin", b"x" * (files.MOST_BYTES + 1))}, "too big"),
    ],
)
def test_what_cannot_be_taken_is_told_kindly_and_the_words_stay(
    desks: tuple[Staff, Staff], sent: dict[str, tuple[str, bytes]], told: str
):
    child = telling("my words").press("files")
    child.press("add", **{field: a_file(content, name) for field, (name, content) in sent.items()})
    assert (child.page.status_code, told in child.said) == (422, True)
    assert "my words" in child.press("back").said
    assert "A file," not in child.said
    assert child.press("send").page.status_code == 200


def test_six_files_are_five_and_a_kind_word(desks: tuple[Staff, Staff]):
    child = telling().press("files")
    child.press("add", file=[a_file(b"GIF89a%d" % number) for number in range(8)])
    assert "five files now" in child.said
    child.press("back").press("send")
    assert len(files_read(desks[0])) == files.MOST_FILES


def test_words_are_taken_also_when_so_many_files_wait_that_no_more_are(
    desks: tuple[Staff, Staff], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(files, "MOST_WAITING", 0)
    child = telling("my words").press("files").press("add", file=a_file())
    assert "Files cannot be taken just now" in child.said
    assert child.press("back").press("send").page.status_code == 200


def test_what_was_never_sent_goes_after_a_day_and_what_was_sent_stays(
    desks: tuple[Staff, Staff], database: TestDatabase, monkeypatch: pytest.MonkeyPatch
):
    waits, sent = telling().press("files"), telling().press("files")
    waits.press("add", file=a_file())
    sent.press("add", file=a_file()).press("send")
    with database.used_as(DatabaseRole.JOBS):
        assert files.sweep_files() == 0
        monkeypatch.setattr(files, "WAITS_HOURS", -2)
        assert files.sweep_files() > 1
    assert "A picture" not in waits.press("back").said
    assert original(desks[0], files_read(desks[0])[0]) == PICTURE


def test_nobody_but_its_form_sees_what_waits_and_a_desk_only_what_is_sealed_to_it(
    desks: tuple[Staff, Staff], database: TestDatabase
):
    eva = make_desk(database, "eva").first
    child = telling().press("files").press("add", file=a_file())
    (file,) = re.findall(r'name="left_out" value="([^"]+)"', child.said_in_html())
    seen = []
    for who in (desks[0], eva):
        with with_context(agency=who.agency, actor=who.person, purpose="triage"):
            seen.append(rows.piece(file, 1))
    assert seen == [None, None]
    telling().press("", left_out=file)
    assert door.files_waiting(door.new_form()) == ()
    child.press("send")
    assert files_read(desks[0])[0].id == file


def test_no_plain_byte_stands_in_the_tables_or_the_temporary_folder_and_no_other_page_takes_a_file(
    desks: tuple[Staff, Staff],
    database: TestDatabase,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    sent = telling().press("files").press("add", file=a_file())
    with database.connect_as_keeper() as keeper:
        sealed = [bytes(one) for (one,) in keeper.execute("SELECT sealed FROM report_piece ORDER BY id")]
    assert len(sealed) > 4
    assert [one for one in sealed if CANARY in one] == []
    assert CANARY in PICTURE[: files.PIECE_BYTES], "it would be found"
    sent.press("send")
    Client().post("/sign-in/", {"login": "x", "file": a_file(bytes(5_000_000))})
    assert list(tmp_path.rglob("*")) == []


def voice_of(seconds: int) -> SimpleUploadedFile:
    """So many seconds of silence, as a telephone records them."""
    out = BytesIO()
    with wave.open(out, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(1)
        written.setframerate(8_000)
        written.writeframes(b"\x80" * 8_000 * seconds)
    return SimpleUploadedFile("voice.wav", out.getvalue(), "audio/wav")


def test_a_voice_of_more_than_three_minutes_is_told_kindly_and_can_come_whole_as_a_file(
    desks: tuple[Staff, Staff],
):
    child = telling("words").press("files").press("add", voice=voice_of(240))
    assert child.page.status_code == 422
    assert "longer than three minutes" in child.said
    assert "words" in child.said_in_html(), "what was typed is kept"
    assert "A sound" in child.press("add", file=voice_of(240)).said
    assert "A sound" in telling().press("files").press("add", voice=voice_of(181)).said, "recorders end late"
    nothing = SimpleUploadedFile("voice.ogg", b"OggS" + CANARY, "audio/ogg")
    assert "A sound" in telling().press("files").press("add", voice=nothing).said, (
        "what cannot be measured is taken"
    )
