"""Is the child of a report known already? Asked by its reader while it is a report, of own records, and nothing is kept."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from encircle.actions.case import NewCase, open_case
from encircle.actions.reports import desk, door
from encircle.actions.triage import concern_seen
from encircle.records.context import with_context
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.desks import PASSPHRASE, DeskStaff, make_desk
from tests.web.page.test_manner import AsStaff
from tests.web.reading import read
from tests.web.world import Staff, make_staff

NAME = "Zlatka Quorn-Verrett"
ASK = {"do": "ask", "name": NAME}


@pytest.fixture(autouse=True)
def _cheap(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def dora(database: TestDatabase) -> DeskStaff:
    return make_desk(database, "dora")


@pytest.fixture
def dirk(database: TestDatabase) -> DeskStaff:
    return make_desk(database, "dirk")


@pytest.fixture
def report(dora: DeskStaff, dirk: DeskStaff) -> str:
    door.send(door.new_form(), door.Account(text=f"{NAME} is locked in a flat.", danger="no"))
    return f"/reports/{desk.reports(dora.first.who).reports[0].open.id}/"


def a_case(staff: Staff, birth: str = "") -> str:
    return open_case(staff.who, NewCase(name=NAME, birth=birth, why="Seen at a harbour."), token=str(uuid4()))


def unlocked(client: Client, report: str) -> Client:
    assert client.post(report, {"do": "unlock", "passphrase": PASSPHRASE}).status_code == 302
    return client


def send(client: Client, page: str, **answers: str) -> tuple[int, str]:
    token = re.search(r'name="token" value="([^"]+)"', client.get(page).content.decode())
    assert token is not None
    answer = client.post(page, {"token": token[1], **answers})
    return answer.status_code, answer.content.decode()


def bare(page: str) -> str:
    """The page without what is new each time: tokens of forms."""
    return re.sub(r'value="[0-9a-zA-Z_=-]{30,}"|nonce="[^"]*"', "", page)


def outcomes(staff: Staff) -> list[tuple[str, int]]:
    with (
        with_context(agency=staff.agency, actor=staff.person, purpose="triage"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT outcome, cardinality(field_groups) FROM journal_entry WHERE actor = %s ORDER BY at",
            (staff.person,),
        )
        return [(outcome, many) for outcome, many in cursor.fetchall()]


def test_who_reads_a_report_asks_by_the_name_it_tells_and_learns_why_in_words(
    dora: DeskStaff, report: str, as_staff: AsStaff
):
    case, client = a_case(dora.first, birth="2011-05-06"), unlocked(as_staff(dora.first), report)
    page = f"{report}same-child/"
    assert page in read(client.get(report).content).links
    assert case not in client.get(page).content.decode()
    status, shown = send(client, page, **ASK, born="2011")
    said = read(shown.encode())
    assert (status, said.problems) == (200, [])
    for words in (
        f"Could this be the same child as {NAME}?",
        "The name is written the same.",
        "The date of birth agrees.",
        case,
    ):
        assert words in said.text
    assert not re.search(r"\d ?%", said.text)
    assert ("searched", 1) in outcomes(dora.first)


def test_a_record_that_one_may_not_see_is_as_if_it_were_not_there(
    dora: DeskStaff, dirk: DeskStaff, report: str, as_staff: AsStaff
):
    page, client = f"{report}same-child/", unlocked(as_staff(dora.first), report)
    without = bare(send(client, page, **ASK)[1])
    hidden = a_case(dirk.first)
    assert bare(send(client, page, **ASK)[1]) == without
    assert ("searched", 0) in outcomes(dora.first)
    assert hidden in send(unlocked(as_staff(dirk.first), report), page, **ASK)[1]


def test_who_cannot_open_the_report_asks_nothing(dora: DeskStaff, report: str, as_staff: AsStaff):
    case, page = a_case(dora.first), f"{report}same-child/"
    shut = as_staff(dora.first).post(page, ASK)
    assert (shut.status_code, "This report is sealed" in shut.content.decode()) == (409, True)
    assert case not in shut.content.decode()
    eva = as_staff(make_staff("eva", Role.TRIAGE_TEAM))
    absent = f"/reports/{uuid4()}/same-child/"
    assert [eva.post(one, ASK).status_code for one in (page, absent)] == [404, 404]
    assert "searched" not in {outcome for outcome, _many in outcomes(dora.first)}


def test_what_was_typed_comes_back_after_the_key_was_unlocked(
    dora: DeskStaff, report: str, as_staff: AsStaff
):
    client, page = as_staff(dora.first), f"{report}same-child/"
    assert f'value="{NAME}"' in client.post(page, ASK).content.decode()
    opened = client.post(page, {"do": "unlock", "passphrase": PASSPHRASE, "name": NAME})
    assert f'value="{NAME}"' in opened.content.decode()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"name": ""}, "Write the name that the report tells."),
        ({"name": "x" * 201}, "Write the name that the report tells."),
        ({"name": NAME, "born": "last summer"}, "Write it like 2011, 2011-05 or 2011-05-06."),
    ],
)
@pytest.mark.parametrize("do", ["ask", "concern"])
def test_what_cannot_be_read_is_said_at_its_field_and_opens_nothing(
    dora: DeskStaff, report: str, as_staff: AsStaff, do: str, answers: dict[str, str], words: str
):
    client = unlocked(as_staff(dora.first), report)
    status, shown = send(client, f"{report}same-child/", do=do, **answers)
    assert (status, words in read(shown.encode()).text) == (422, True)
    assert desk.reports(dora.first.who).reports[0].open.concern == ""


def test_a_concern_opened_from_there_has_the_name_and_the_question_waits_in_it(
    dora: DeskStaff, report: str, as_staff: AsStaff
):
    case, client, page = a_case(dora.first), unlocked(as_staff(dora.first), report), f"{report}same-child/"
    token = re.search(r'name="token" value="([^"]+)"', client.get(page).content.decode())
    assert token is not None
    typed = {"token": token[1], "do": "concern", "name": NAME, "born": "2011"}
    first, second = client.post(page, typed), client.post(page, typed)
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    concern = first["Location"].split("/")[2]
    known = concern_seen(dora.first.who, concern).known
    assert (known.names, known.births, [one.number for one in known.questions]) == (
        (NAME,),
        ("2011",),
        [case],
    )
    again = client.get(page).content.decode()
    assert first["Location"] in again
    assert 'value="concern"' not in again
    assert concern not in send(client, page, **ASK)[1].partition("By what the child is known")[0]
