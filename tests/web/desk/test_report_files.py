"""Files of a report at the desk: the original, with a warning and an entry; who may not read gets what absent gets."""

from random import Random
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from encircle.actions.reports import desk, door
from encircle.actions.reports.files import Taking
from encircle.records.context import with_context
from encircle.records.models import JournalEntry
from tests.database import TestDatabase
from tests.host.file import corpus
from tests.web.desks import PASSPHRASE, DeskStaff, make_desk, opened
from tests.web.page.test_manner import AsStaff
from tests.web.reading import read

PICTURE = b"\xff\xd8\xff\xe0Canary-44c1" + bytes(300_000)


@pytest.fixture(autouse=True)
def _cheap(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def desks(database: TestDatabase) -> tuple[DeskStaff, DeskStaff]:
    return make_desk(database, "dora"), make_desk(database, "dirk")


def reported(*contents: bytes) -> None:
    """A report with these files."""
    form, taken = door.new_form(), []
    for content in contents:
        taken.append(Taking())
        taken[-1].take(content)
    assert door.keep_files(form, tuple(taken)) == ()
    door.send(form, door.Account(text="See these."))


def at(of: DeskStaff) -> tuple[str, list[str]]:
    """The address of the newest report, and the ids of its files."""
    report = desk.reports(of.first.who).reports[0].open.id
    with opened(of.first):
        said = desk.read_report(of.first.who, report).said
    return f"/reports/{report}/", [one.file.id for one in said if one.file]


def unlocked(client: Client, report: str) -> Client:
    assert client.post(report, {"do": "unlock", "passphrase": PASSPHRASE}).status_code == 302
    return client


def original(client: Client, report: str, file: str) -> HttpResponse:
    return client.post(report, {"do": "original", "file": file})


def outcomes(of: DeskStaff) -> list[str]:
    with with_context(agency=of.first.agency, actor=of.first.person, purpose="own_looks"):
        return list(JournalEntry.objects.order_by("at").values_list("outcome", flat=True))


def test_the_original_is_given_as_a_download_under_a_name_of_ours_and_entered_in_the_journal(
    desks: tuple[DeskStaff, DeskStaff], as_staff: AsStaff
):
    reported(PICTURE)
    report, (file,) = at(desks[0])
    client = unlocked(as_staff(desks[0].first), report)
    page = read(client.get(report).content)
    assert (page.problems, "A picture" in page.text, "JPG" in page.text) == ([], True, True)
    assert "may tell where and with which device it was made" in page.text
    assert "report_original_taken" not in outcomes(desks[0])
    answer = original(client, report, file)
    assert answer.content == PICTURE
    assert outcomes(desks[0]).count("report_original_taken") == 1
    told = {
        name: answer.headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")
    }
    assert told == {
        "Content-Type": "application/octet-stream",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    assert answer.headers["Content-Security-Policy"].endswith("; sandbox")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="original-')
    assert answer.headers["Content-Disposition"].endswith('.jpg"')


def test_a_page_for_a_browser_to_run_is_given_as_bytes_alone(
    desks: tuple[DeskStaff, DeskStaff], as_staff: AsStaff
):
    reported(b"<html><script>alert(1)</script>")
    report, (file,) = at(desks[0])
    answer = original(unlocked(as_staff(desks[0].first), report), report, file)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].endswith('.bin"')


def test_who_may_not_read_it_gets_the_bytes_of_what_is_absent(
    desks: tuple[DeskStaff, DeskStaff], database: TestDatabase, as_staff: AsStaff
):
    reported(PICTURE)
    report, (file,) = at(desks[0])
    eva = as_staff(make_desk(database, "eva").first)
    nowhere = f"/reports/{uuid4()}/"
    closed, absent = original(eva, report, file), original(eva, nowhere, file)
    assert (closed.status_code, absent.status_code) == (404, 404)
    assert closed.content.replace(report.encode(), b"") == absent.content.replace(nowhere.encode(), b"")
    no_file = original(unlocked(as_staff(desks[0].first), report), report, str(uuid4()))
    assert no_file.status_code == 404


def test_with_a_key_that_is_shut_nothing_is_given(desks: tuple[DeskStaff, DeskStaff], as_staff: AsStaff):
    reported(PICTURE)
    report, (file,) = at(desks[0])
    answer = original(as_staff(desks[0].first), report, file)
    assert (answer.status_code, b"Canary-44c1" in answer.content) == (409, False)
    assert "This report is sealed" in read(answer.content).text


def test_a_concern_begins_with_the_words_and_a_file_adds_none(
    desks: tuple[DeskStaff, DeskStaff], as_staff: AsStaff
):
    reported(PICTURE, b"OggS" + bytes(10))
    report, files = at(desks[0])
    assert len(files) == 2
    answer = unlocked(as_staff(desks[0].first), report).post(report, {"do": "concern"})
    assert answer.status_code == 302


def picture() -> bytes:
    """With the place and the maker in it."""
    return corpus.picture("JPEG", Random(5))


def test_a_picture_is_veiled_until_it_is_asked_for_and_its_copy_holds_no_place_or_maker(
    desks: tuple[DeskStaff, DeskStaff], as_staff: AsStaff
):
    reported(picture())
    report, (file,) = at(desks[0])
    client, page = unlocked(as_staff(desks[0].first), report), f"{report}files/{file}/"
    assert page in client.get(report).content.decode()
    veiled = client.get(page)
    assert read(veiled.content).problems == []
    assert (b"data:image/jpeg;base64," in veiled.content, f"{page}copy/" in veiled.content.decode()) == (
        True,
        True,
    )
    assert 'img src="/reports' not in veiled.content.decode()
    assert "no scanner is set up here" in read(veiled.content).text
    assert f'img src="{page}copy/"' in client.get(f"{page}?show=1").content.decode()
    copy = client.get(f"{page}copy/")
    assert [sign for sign in corpus.SIGNS if sign in copy.content] == []
    told = {name: copy.headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")}
    assert told == {
        "Content-Type": "image/jpeg",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    assert copy.headers["Content-Security-Policy"].endswith("; sandbox")
    assert copy.headers["Content-Disposition"].startswith('attachment; filename="copy-')
    assert outcomes(desks[0]).count("report_file_seen") == 3


def test_a_voice_is_played_by_the_browser_which_may_ask_for_a_part(
    desks: tuple[DeskStaff, DeskStaff], as_staff: AsStaff
):
    reported(corpus.media("3gp", "aac", 16_000))
    report, (file,) = at(desks[0])
    client, page = unlocked(as_staff(desks[0].first), report), f"{report}files/{file}/"
    shown = client.get(page)
    assert f'<audio controls preload="none" src="{page}copy/"' in shown.content.decode()
    assert "media-src 'self'" in shown.headers["Content-Security-Policy"]
    whole = client.get(f"{page}copy/")
    part = client.get(f"{page}copy/", headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole.content)}"
    for odd in ("bytes=-5", "bytes=99999999-", "pages=1-2", "bytes=9"):
        assert client.get(f"{page}copy/", headers={"range": odd}).content == whole.content


def test_what_cannot_be_cleaned_is_said_and_only_the_original_can_be_taken(
    desks: tuple[DeskStaff, DeskStaff], as_staff: AsStaff
):
    reported(b"MZ no picture", b"\xff\xd8\xffno picture either")
    report, files = at(desks[0])
    client = unlocked(as_staff(desks[0].first), report)
    for file in files:
        page = read(client.get(f"{report}files/{file}/").content)
        assert (page.problems, "Only the original can be taken" in page.text) == ([], True)
        assert client.get(f"{report}files/{file}/copy/").status_code == 404
        assert original(client, report, file).status_code == 200


def test_of_a_document_the_words_are_shown(desks: tuple[DeskStaff, DeskStaff], as_staff: AsStaff):
    reported(corpus.docx())
    report, (file,) = at(desks[0])
    client = unlocked(as_staff(desks[0].first), report)
    assert "Dear Bo" in read(client.get(f"{report}files/{file}/").content).text


def test_who_may_not_read_a_file_gets_the_bytes_of_what_is_absent_on_both_addresses(
    desks: tuple[DeskStaff, DeskStaff], database: TestDatabase, as_staff: AsStaff
):
    reported(picture())
    report, (file,) = at(desks[0])
    eva = as_staff(make_desk(database, "eva").first)
    for end in ("", "copy/"):
        there, nowhere = f"{report}files/{file}/{end}", f"/reports/{uuid4()}/files/{uuid4()}/{end}"
        closed, absent = eva.get(there), eva.get(nowhere)
        assert (closed.status_code, absent.status_code) == (404, 404)
        assert closed.content.replace(there.encode(), b"") == absent.content.replace(nowhere.encode(), b"")


def test_with_a_shut_key_the_way_leads_to_where_it_is_opened(
    desks: tuple[DeskStaff, DeskStaff], as_staff: AsStaff
):
    reported(picture())
    report, (file,) = at(desks[0])
    answer = as_staff(desks[0].first).get(f"{report}files/{file}/copy/")
    assert (answer.status_code, answer.headers["Location"]) == (302, report)
