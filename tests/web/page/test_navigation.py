"""Navigation: a way is shown when its page is there and the role has use for it; light or dark is kept without a script."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver, resolve
from pytest_django import Settings

from encircle.actions.post import post_of
from encircle.records.context import with_context
from encircle.records.roots import add_member
from encircle.records.seen import root_numbered
from encircle.vocabulary.role import Role
from encircle.web.page.navigation import MAIN, OF_A_RECORD, main_ways, record_ways
from tests.actions.act.test_perform import open_record
from tests.database import TestDatabase
from tests.web.page.test_errors import no_database
from tests.web.reading import read
from tests.web.world import Staff, make_staff


def test_only_pages_that_are_there_are_in_the_navigation(carla: Staff):
    there = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    request = RequestFactory().get("/records/ab12-cd34/")
    request.resolver_match = resolve("/records/ab12-cd34/")
    post = post_of(UUID(carla.account))
    of_record = [str(item.text) for item in record_ways(request, post)]
    assert of_record == [str(way.text) for way in OF_A_RECORD if way.name in there]
    assert [item.text for item in record_ways(request, post) if item.current] == ["Home"]
    main = main_ways(request, post)
    answers_none = {"complaints"}
    shown = [
        way for way in MAIN if (not way.roles or carla.role in way.roles) and way.name not in answers_none
    ]
    assert [item.text for item in main] == [way.text for way in shown if way.name in there]
    assert [item.text for item in main if item.current] == ["Records"]


@pytest.mark.parametrize(
    "address", ["/law/", "/law/duties/D02b/", "/law/instruments/EU-2011/36/", "/law/words/"]
)
def test_whoever_steers_finds_the_law_in_the_navigation(database: TestDatabase, address: str):
    request = RequestFactory().get(address)
    request.resolver_match = resolve(address)
    ministry = make_staff("mari", Role.MINISTRY)
    main = main_ways(request, post_of(UUID(ministry.account)))
    assert [item.text for item in main if item.current] == ["The law"]


def test_who_is_not_signed_in_is_shown_no_way(database: TestDatabase):
    request = RequestFactory().get("/")
    request.resolver_match = resolve("/")
    assert (main_ways(request, None), record_ways(request, None)) == ((), ())


def test_statistics_are_for_who_steers_and_the_board_for_who_sits_at_it():
    shown = {way.name: way.roles for way in MAIN}
    assert Role.COORDINATOR in shown["statistics"]
    assert Role.POLICE not in shown["statistics"]
    assert shown["law"] == shown["statistics"]
    assert Role.POLICE in shown["triage"]
    assert shown["work"] == shown["records"] == shown["search"] == frozenset()


@pytest.mark.parametrize(
    ("theme", "said"), [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ("", "")]
)
def test_light_or_dark_is_chosen_by_hand_and_kept(database: TestDatabase, theme: str, said: str):
    client = Client()
    client.post("/theme/", {"theme": "dark"})
    answer = client.post("/theme/", {"theme": theme, "next": "/sign-in/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")
    assert f"{said}>" in client.get("/sign-in/").content.decode().partition("\n<head>")[0]


@pytest.mark.parametrize("theme", ["purple", "<script>"])
def test_another_light_than_ours_changes_nothing(database: TestDatabase, theme: str):
    client = Client()
    client.post("/theme/", {"theme": "dark"})
    client.post("/theme/", {"theme": theme})
    assert 'data-theme="dark"' in client.get("/sign-in/").content.decode()
    client.cookies["encircle-theme"] = theme
    assert "data-theme" not in client.get("/sign-in/").content.decode()


def test_nobody_is_led_away_after_choosing(database: TestDatabase):
    answer = Client().post("/theme/", {"theme": "dark", "next": "https://example.org/"})
    assert answer.headers["Location"] == "/"


def test_a_role_without_use_for_a_page_is_not_shown_it(
    database: TestDatabase, as_staff: Callable[[Staff], Client], settings: Settings
):
    school = make_staff("aune", Role.SCHOOL)
    post = post_of(UUID(school.account))
    request = RequestFactory().get("/")
    request.resolver_match = resolve("/")
    names = {str(item.text) for item in main_ways(request, post)}
    assert names & {"Triage", "Statistics"} == set()


def ways(staff: Staff, number: str = "") -> set[str]:
    """The names of the ways that are offered: on the first page, or on the pages of that record."""
    post = post_of(UUID(staff.account))
    address = f"/records/{number}/" if number else "/"
    request = RequestFactory().get(address)
    request.resolver_match = resolve(address)
    found = record_ways(request, post) if number else main_ways(request, post)
    return {str(item.text) for item in found}


@pytest.mark.parametrize(
    ("role", "offered", "not_offered"),
    [
        (Role.COORDINATOR, {"Home", "Who has looked"}, {"What happened?", "Meetings", "Child's page"}),
        (Role.CHILD_PROTECTION_SERVICE, {"Home", "What happened?", "Who has looked", "Child's page"}, set()),
        (Role.INTERPRETER, set(), {"Home", "What happened?", "Who has looked", "Child's page"}),
    ],
)
def test_on_a_record_only_that_is_offered_which_the_mandate_opens(
    database: TestDatabase, role: Role, offered: set[str], not_offered: set[str]
):
    staff = make_staff("maarja", role)
    found = ways(staff, open_record(staff))
    assert (offered - found, found & not_offered) == (set(), set())


def test_a_relation_to_the_record_widens_what_is_offered_there_and_nowhere_else(database: TestDatabase):
    town = make_staff("maarja", Role.MUNICIPALITY)
    led, other = open_record(town), open_record(town)
    with with_context(agency=town.agency, actor=town.person, purpose="record"):
        root = root_numbered(led)
        assert root is not None
        add_member(root.id, town.agency, relation="case_lead")
    assert {"Child's page", "Who has looked"} <= ways(town, led) - ways(town, other)


def test_without_a_database_the_navigation_offers_what_the_role_alone_opens(database: TestDatabase):
    town = make_staff("maarja", Role.MUNICIPALITY)
    number = open_record(town)
    post = post_of(UUID(town.account))
    request = RequestFactory().get(f"/records/{number}/")
    request.resolver_match = resolve(f"/records/{number}/")
    with no_database():
        found = {str(item.text) for item in record_ways(request, post)}
    assert "What happened?" in found
    assert "Child's page" not in found


def test_an_interpreter_is_not_led_from_the_list_to_what_is_closed(
    database: TestDatabase, carla: Staff, as_staff: Callable[[Staff], Client]
):
    interpreter = make_staff("ilmar", Role.INTERPRETER)
    for staff, is_led in ((interpreter, False), (carla, True)):
        number = open_record(staff)
        page = read(as_staff(staff).get("/records/").content)
        assert number in page.text
        assert (f"/records/{number}/" in page.links) is is_led


def test_a_role_without_the_purpose_of_a_page_is_not_offered_it(database: TestDatabase):
    assert ways(make_staff("ilmar", Role.INTERPRETER)) & {"Search", "Statistics"} == set()
    assert ways(make_staff("mari", Role.MINISTRY)) == {"Changes of practice", "Statistics", "The law"}
