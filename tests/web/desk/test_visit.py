"""The purpose of a visit: asked once where the mandate allows several, kept in view, written down with each look."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from encircle.actions.context import at_work
from encircle.records.context import with_context
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from encircle.web.page.visit import IDLE_SECONDS
from tests.web.conftest import Purposeful
from tests.web.desk.test_record_act import ALONE, hidden
from tests.web.reading import read
from tests.web.world import Staff, colleague_of, make_staff

pytestmark = pytest.mark.usefixtures("database")
SignedIn = Callable[[Staff], Client]
NAMES = "Aino"


@pytest.fixture
def dmitri() -> Staff:
    return make_staff("dmitri", Role.POLICE)


@pytest.fixture
def number(aino: str, carla: Staff, dmitri: Staff) -> str:
    with at_work(carla.who, Purpose.PROTECT):
        root = root_numbered(aino)
        assert root is not None
        add_member(root.id, dmitri.agency, relation=Relation.TEAM)
    return aino


@pytest.fixture
def browser(as_staff: SignedIn) -> SignedIn:
    """One that answers nothing by itself."""

    def signed_in(staff: Staff) -> Client:
        client = as_staff(staff)
        client.__class__ = Client
        return client

    return signed_in


def visits_of(staff: Staff) -> list[tuple[object, ...]]:
    """What stands in the journal of the looks of that person: outcome, visit, regime, groups, duty."""
    with (
        with_context(agency=staff.agency, actor=staff.person, purpose="protect"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT outcome, visit, regime, array_to_string(field_groups, ''), duty FROM journal_entry"
            " WHERE actor = %s AND kind = 'look' ORDER BY at",
            (staff.person,),
        )
        return [tuple(row) for row in cursor.fetchall()]


def chosen(client: Client, number: str, visit: str, way: str = "") -> str:
    """Where it leads when that purpose is chosen."""
    address = f"/records/{number}/purpose/"
    form = {"way": hidden(client.get(address, {"next": way} if way else {}).content)["way"]}
    return client.post(address, {**form, "visit": visit}).headers["Location"]


def test_who_may_open_it_to_one_end_only_is_asked_nothing(number: str, carla: Staff, browser: SignedIn):
    page = browser(carla).get(f"/records/{number}/")
    assert page.status_code == 200
    assert "Purpose of this visit" not in read(page.content).text
    assert visits_of(carla)[-1][:3] == ("shown", "protect", "gdpr")


def test_who_may_open_it_to_several_is_asked_once_and_gets_where_they_wanted(
    number: str, dmitri: Staff, browser: SignedIn
):
    client, deep = browser(dmitri), f"/records/{number}/facts/?sort=1"
    asked = client.get(deep)
    assert asked.status_code == 302
    question = client.get(asked.headers["Location"])
    page = read(question.content)
    assert (page.problems, page.count("h1")) == ([], 1)
    assert [(one["value"], "checked" in one) for one in page.inputs if one.get("name") == "visit"] == [
        ("protect", True),
        ("investigate", False),
    ]
    assert "criminal records" in page.text
    assert NAMES not in page.text
    form = {**hidden(question.content), "visit": "investigate"}
    led = client.post(f"/records/{number}/purpose/", form)
    assert (led.status_code, led.headers["Location"]) == (302, deep)
    for way in (deep, f"/records/{number}/", f"/records/{number}/people/", f"/records/{number}/calendar/"):
        shown = client.get(way)
        assert (way, shown.status_code) == (way, 200)
        assert "Purpose of this visit: Investigate an offence" in read(shown.content).text
        assert "investigate" not in "".join(one for one in read(shown.content).links)
    assert [line[:3] for line in visits_of(dmitri)] == [
        ("visit_begun", "investigate", "law_enforcement"),
        ("shown", "investigate", "law_enforcement"),
        ("shown", "investigate", "law_enforcement"),
        ("people", "investigate", "law_enforcement"),
        ("calendar_shown", "investigate", "law_enforcement"),
    ]


def test_the_purpose_decides_what_is_open_and_can_be_changed(number: str, dmitri: Staff, browser: SignedIn):
    client = browser(dmitri)
    assert chosen(client, number, "protect") == f"/records/{number}/"
    assert "R" not in str(visits_of(dmitri)[-1][3])
    page = read(client.get(f"/records/{number}/").content)
    change = next(link for link in page.links if f"/records/{number}/purpose/" in link)
    again = read(client.get(change).content)
    assert [one["value"] for one in again.inputs if "checked" in one] == ["protect"]
    assert chosen(client, number, "investigate", "/") == "/"
    client.get(f"/records/{number}/")
    assert visits_of(dmitri)[-1][1:3] == ("investigate", "law_enforcement")


@pytest.mark.parametrize("visit", ["", "oversee", "nothing", "protect\0"])
def test_a_purpose_that_is_not_allowed_opens_nothing(
    number: str, dmitri: Staff, browser: SignedIn, visit: str
):
    client = browser(dmitri)
    answer = client.post(f"/records/{number}/purpose/", {"visit": visit})
    assert answer.status_code == 422
    assert "Choose one of these." in read(answer.content).text
    assert client.get(f"/records/{number}/").status_code == 302
    assert visits_of(dmitri) == []


@pytest.mark.parametrize(
    "way", ["https://example.org/", "//example.org/", "javascript:x", "/\\example.org", "x"]
)
def test_the_way_leads_nowhere_else(number: str, dmitri: Staff, browser: SignedIn, way: str):
    assert chosen(browser(dmitri), number, "protect", way) == f"/records/{number}/"


def test_the_question_tells_nobody_that_there_is_a_record(number: str, eva: Staff, browser: SignedIn):
    client = browser(eva)
    hidden_one, absent = (client.get(f"/records/{one}/purpose/") for one in (number, "zzzz-zzzz"))
    assert (hidden_one.status_code, absent.status_code) == (404, 404)
    assert hidden_one.content.replace(number.encode(), b"") == absent.content.replace(b"zzzz-zzzz", b"")
    posted = client.post(f"/records/{number}/purpose/", {"visit": "protect"})
    assert posted.status_code == 404


def unused_for(client: Client, seconds: int) -> None:
    """As if nothing had been looked at for so long."""
    session = client.session
    session["encircle_visits"] = {
        key: [purpose, duty, seen - seconds]
        for key, (purpose, duty, seen) in session["encircle_visits"].items()
    }
    session.save()


def test_a_visit_ends_after_some_hours_without_use_and_with_the_session(
    number: str, dmitri: Staff, browser: SignedIn
):
    client, address = browser(dmitri), f"/records/{number}/"
    chosen(client, number, "protect")
    for _ in range(2):
        unused_for(client, IDLE_SECONDS - 60)
        assert client.get(address).status_code == 200
    unused_for(client, IDLE_SECONDS)
    assert client.get(address).status_code == 302
    assert browser(dmitri).get(address).status_code == 302


def test_a_visit_is_of_one_record_and_not_of_the_colleague_at_the_same_desk(
    number: str, dmitri: Staff, browser: SignedIn
):
    client = browser(dmitri)
    chosen(client, number, "protect")
    client.force_login(get_user_model().objects.get(pk=colleague_of(dmitri).account))
    assert client.get(f"/records/{number}/").status_code == 302
    assert number not in str(dict(client.session.items()))


def test_no_typed_text_is_lost_by_the_question(number: str, dmitri: Staff, browser: SignedIn):
    client, address = browser(dmitri), f"/records/{number}/record/plan-interview/"
    chosen(client, number, "investigate")
    form = hidden(client.get(address).content)
    session = client.session
    del session["encircle_visits"]
    session.save()
    typed = {**form, **ALONE}
    question = client.post(address, typed)
    assert "What you typed is kept" in read(question.content).text
    kept = client.post(f"/records/{number}/purpose/", {**hidden(question.content), "visit": "investigate"})
    back = client.post(address, hidden(kept.content))
    assert back.status_code == 200
    assert 'value="24.12.2026"' in back.content.decode()


def test_a_look_that_comes_from_a_duty_says_which(number: str, carla: Staff, browser: SignedIn):
    client = browser(carla)
    duty = next(link for link in read(client.get(f"/records/{number}/").content).links if "/duties/" in link)
    code = duty.split("/duties/")[1].split("/")[0]
    assert client.get(duty).status_code == 200
    client.get(f"/records/{number}/people/")
    client.get(f"/records/{number}/duties/D999/")
    assert [line[4] for line in visits_of(carla) if line[0] in ("shown", "people")] == [
        None,
        code,
        code,
        code,
    ]


def test_who_looks_at_the_journal_reads_the_purpose_in_words(
    number: str, dmitri: Staff, carla: Staff, browser: SignedIn
):
    client = browser(dmitri)
    chosen(client, number, "investigate")
    client.get(f"/records/{number}/")
    told = read(browser(carla).get(f"/records/{number}/looks/").content).text
    assert "Investigate an offence" in told


def test_the_browser_of_other_tests_answers_the_question_itself(
    number: str, dmitri: Staff, as_staff: SignedIn
):
    assert isinstance(as_staff(dmitri), Purposeful)
    assert as_staff(dmitri).get(f"/records/{number}/").status_code == 200
