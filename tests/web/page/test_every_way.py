"""Every way that is offered is open: each role follows each link of its navigation, and none is dead or refused."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve

from encircle.actions.post import post_of
from encircle.vocabulary.role import Role
from encircle.web.page.navigation import main_ways, record_ways
from tests.actions.act.test_perform import open_record
from tests.database import TestDatabase
from tests.web.desk.test_what_is_open import joined
from tests.web.reading import read
from tests.web.world import Staff, make_staff

SignedIn = Callable[[Staff], Client]


def offered(staff: Staff, address: str) -> list[str]:
    """The addresses to which the navigation of that page leads."""
    post = post_of(UUID(staff.account))
    request = RequestFactory().get(address)
    request.resolver_match = resolve(address)
    return [item.href for item in (*main_ways(request, post), *record_ways(request, post))]


@pytest.mark.parametrize("role", Role)
def test_each_role_can_open_every_page_that_its_navigation_offers(
    role: Role, carla: Staff, as_staff: SignedIn
):
    number = open_record(carla)
    staff = joined(carla, number, role)
    client = as_staff(staff)
    ways = {*offered(staff, "/"), *offered(staff, f"/records/{number}/")}
    answers = {way: client.get(way, follow=True).status_code for way in ways}
    assert {way: status for way, status in answers.items() if status != 200} == {}


def test_a_coordinator_is_not_led_to_the_calendar_which_is_closed_to_that_role(
    database: TestDatabase, carla: Staff, as_staff: SignedIn
):
    coordinator = make_staff("kert", Role.COORDINATOR)
    assert "/calendar/" in offered(carla, "/"), "others are led there"
    assert as_staff(coordinator).get("/calendar/").status_code == 403, "there is something to lead to in vain"
    for page in offered(coordinator, "/"):
        assert "/calendar/" not in read(as_staff(coordinator).get(page).content).links
