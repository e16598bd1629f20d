"""Stepping into a role: in a demonstration only, as one of its people only, and then seeing what their agency sees."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import islice

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker, Settings

from encircle.actions.demonstration import add_country
from encircle.actions.examples import load_case
from encircle.actions.post import Post, demonstration_posts
from encircle.actions.sign_in import step_into
from encircle.actions.synthetic import synthetic_cases, synthetic_people
from encircle.host.database import DatabaseRole
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.reading import read
from tests.web.world import Staff, journal_of, make_staff

STEP_IN, UNKNOWN = "/step-in/", "/no-such-page/"
CHILDREN = 8


class Stops(HTMLParser):
    """Where the keyboard stops, in order, and what each button sends."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.stops: list[str] = []
        self.orders: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("tabindex", "-1") != "-1":
            self.orders.append(f"{tag} {given['tabindex']}")
        if tag == "a":
            self.stops.append(given["href"] or "")
        elif tag == "button" and given.get("name") == "person":
            self.stops.append(given["value"] or "")


@pytest.fixture(scope="module")
def country(cloned: Callable[[], TestDatabase], django_db_blocker: DjangoDbBlocker) -> Iterator[TestDatabase]:
    """A database with the synthetic country, its people and its first children."""
    database = cloned()
    with (
        django_db_blocker.unblock(),
        database.used_as(DatabaseRole.JOBS),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(django_settings, "DEMO", True)
        add_country(1)
        for case in islice(synthetic_cases(1), CHILDREN):
            load_case(case, seen_by=())
    return database


@pytest.fixture
def demonstration(
    country: TestDatabase, settings: Settings, django_db_blocker: DjangoDbBlocker
) -> Iterator[TestDatabase]:
    """The country as the pages of a demonstration meet it."""
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.web.demonstration_urls"
    with django_db_blocker.unblock(), country.used_as(DatabaseRole.WEB):
        yield country


def records_by_agency(database: TestDatabase) -> dict[str, set[str]]:
    """Which records each agency takes part in, asked of the tables themselves."""
    with database.connect_as_keeper() as keeper:
        rows = keeper.execute(
            "SELECT agency_id::text, number FROM membership JOIN root ON root.id = root_id"
        ).fetchall()
    found: dict[str, set[str]] = {}
    for agency, number in rows:
        found.setdefault(str(agency), set()).add(str(number))
    return found


def as_staff_of(post: Post) -> Staff:
    return Staff("", post.who.agency, post.who.role, str(post.account), post.who.person)


def test_outside_a_demonstration_the_page_is_as_if_it_had_never_been(aino: str, carla: Staff):
    client = Client()
    for answer in (client.get, client.post):
        page, unknown = answer(STEP_IN), answer(UNKNOWN)
        assert (page.status_code, unknown.status_code) == (404, 404)
        assert page.content == unknown.content
        assert dict(page.headers) == dict(unknown.headers)
    assert b"step-in" not in client.get("/sign-in/").content


def test_outside_a_demonstration_the_action_refuses_and_writes_nothing(
    demonstration: TestDatabase, settings: Settings
):
    settings.DEMO = False
    post = demonstration_posts()[0]
    before = journal_of(as_staff_of(post))
    with pytest.raises(Refused) as refused:
        step_into(post.who.person)
    assert refused.value.code == "demo_only"
    assert journal_of(as_staff_of(post)) == before


@pytest.mark.parametrize("person", ["", "x", "\0", "11111111-1111-1111-1111-111111111111"])
def test_nobody_is_stepped_into_who_is_not_there(demonstration: TestDatabase, person: str):
    with pytest.raises(Refused) as refused:
        step_into(person)
    assert refused.value.code == "nobody_there"
    assert Client().post(STEP_IN, {"person": person}).status_code == 403


def test_people_whom_the_demonstration_did_not_make_stay_closed(demonstration: TestDatabase):
    eva = make_staff("eva", Role.NGO)
    assert eva.login not in read(Client().get(STEP_IN).content).text
    client = Client()
    assert client.post(STEP_IN, {"person": eva.person}).status_code == 403
    assert client.get("/").status_code == 302
    assert journal_of(eva) == []


def test_the_page_lists_all_sixty_six_people_with_role_and_agency_in_keyboard_order(
    demonstration: TestDatabase,
):
    content = Client().get(STEP_IN).content
    page, stops = read(content), Stops(content)
    posts = demonstration_posts()
    assert (page.problems, page.count("h1"), page.count("h2"), page.count("h3")) == ([], 1, 4, 18)
    assert stops.orders == []
    people = [stop for stop in stops.stops if re.fullmatch(r"[0-9a-f-]{36}", stop)]
    assert people == [post.who.person for post in posts]
    for post in posts:
        assert f"Step in: {post.name}, {post.who.role.value.replace('_', ' ')}, {post.agency}" in page.text
    names = {f"{person.given_name} {person.surname}" for person in synthetic_people(1)}
    assert {post.name for post in posts} == names


def test_each_button_has_a_name_of_its_own(demonstration: TestDatabase):
    named = re.findall(r"Step in: [^\n]+", read(Client().get(STEP_IN).content).text)
    assert len(named) == len(set(named)) == 66


def test_no_password_stands_on_the_page_or_opens_an_account(demonstration: TestDatabase):
    content = Client().get(STEP_IN).content.decode()
    assert 'type="password"' not in content
    with connection.cursor() as cursor:
        cursor.execute("SELECT password, login FROM account JOIN person ON account_id = account.id")
        rows = cursor.fetchall()
    assert [login for password, login in rows if password in content] == []
    assert [login for password, login in rows if login in content] == []
    ours = {person.login for person in synthetic_people(1)}
    assert {password[0] for password, login in rows if login in ours} == {"!"}
    assert Client().post("/sign-in/", {"login": "carla.north", "password": "!"}).status_code == 400


def test_the_sign_in_page_leads_there_and_keeps_its_form(demonstration: TestDatabase):
    page = read(Client().get("/sign-in/").content)
    assert STEP_IN in page.links
    assert {"login", "password"} <= set(page.ids)


def test_everybody_can_be_stepped_into_which_is_journalled(demonstration: TestDatabase):
    for post in demonstration_posts():
        before = len(journal_of(as_staff_of(post)))
        assert step_into(post.who.person).who == post.who
        assert journal_of(as_staff_of(post))[before:] == [("sign_in", "stepped_in", "sign_in", "", False)]


def test_who_steps_in_sees_the_records_of_their_agency_and_no_others(demonstration: TestDatabase):
    mine = records_by_agency(demonstration)
    everything = set().union(*mine.values())
    assert len(everything) == CHILDREN
    client, sizes = Client(), set()
    for post in {post.who.agency: post for post in demonstration_posts()}.values():
        response = client.post(STEP_IN, {"person": post.who.person})
        assert (response.status_code, response.headers["Location"]) == (302, "/")
        page = read(client.get("/records/").content)
        assert f"Signed in: {post.name} " in page.text
        assert {number for number in everything if number in page.text} == mine.get(post.who.agency, set())
        sizes.add(len(mine.get(post.who.agency, ())))
    assert 0 < max(sizes) < CHILDREN


def test_a_record_of_others_cannot_be_opened_after_stepping_in(demonstration: TestDatabase):
    mine = records_by_agency(demonstration)
    post = demonstration_posts()[0]
    own = mine[post.who.agency]
    other = sorted(set().union(*mine.values()) - own)[0]
    client = Client()
    client.post(STEP_IN, {"person": post.who.person})
    assert client.get(f"/records/{sorted(own)[0]}/").status_code == 200
    hidden, absent = client.get(f"/records/{other}/"), client.get("/records/zzzz-zzzz/")
    assert (hidden.status_code, hidden.content == absent.content) == (404, True)


def test_the_page_tells_whom_one_is_and_offers_all_the_others(demonstration: TestDatabase):
    post = next(post for post in demonstration_posts() if post.name.startswith("Carla"))
    client = Client()
    client.post(STEP_IN, {"person": post.who.person})
    content = client.get(STEP_IN).content
    page = read(content)
    assert page.problems == []
    assert f"Signed in: {post.name} child protection service · {post.agency}" in page.text
    assert (page.text.count("You now"), page.text.count("Step in: ")) == (1, 65)
    assert post.who.person not in Stops(content).stops


def test_who_steps_into_another_role_leaves_the_one_before(demonstration: TestDatabase):
    first, second = demonstration_posts()[0], demonstration_posts()[-1]
    client = Client()
    client.post(STEP_IN, {"person": first.who.person})
    before = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    client.post(STEP_IN, {"person": second.who.person})
    assert client.cookies[django_settings.SESSION_COOKIE_NAME].value != before
    assert f"Signed in: {second.name} " in read(client.get("/").content).text


def test_a_step_without_the_token_of_the_form_is_refused(demonstration: TestDatabase):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(STEP_IN, {"person": demonstration_posts()[0].who.person})
    assert (answer.status_code, client.get("/").status_code) == (403, 302)


def test_sixty_six_people_cost_as_many_queries_as_none(
    demonstration: TestDatabase, own_database: TestDatabase, settings: Settings
):
    counts = []
    for database in (demonstration, own_database):
        with database.used_as(DatabaseRole.WEB):
            client = Client()
            client.get(STEP_IN)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(STEP_IN).status_code == 200
            counts.append(len(asked))
    assert counts[0] == counts[1] == 1


def test_the_header_tells_who_is_signed_in_also_outside_a_demonstration(
    aino: str, carla: Staff, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    for address in ("/", f"/records/{aino}/"):
        page = read(client.get(address).content)
        assert f"Signed in: {carla.login} child protection service · The agency of carla" in page.text
        assert STEP_IN not in page.links
