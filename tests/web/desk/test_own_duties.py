"""What an agency owes as an agency: seen by its staff alone, recorded there, taken back, and moved by time."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from encircle.actions.own_record import own_record
from encircle.actions.projection import project, rebuild_ledger
from encircle.core.duty import DutyState
from encircle.host.clock import now
from encircle.host.database import DatabaseRole
from encircle.records.context import with_context
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.world import Staff, make_staff, numbers_seen

Browser = Callable[[Staff], Client]


@pytest.fixture
def coordinator(database: TestDatabase) -> Staff:
    return make_staff("maret", Role.COORDINATOR)


def states(staff: Staff, whose: Kind = Kind.AGENCY) -> dict[str, DutyState]:
    return {row.rule.code: row.state for row in own_record(staff.who, whose).look.answer.duties}


def kept(staff: Staff) -> dict[str, tuple[object, ...]]:
    """The rows of the ledger of this agency's own record: scope, state, who owes it, place in a work list."""
    with (
        with_context(agency=staff.agency, actor=staff.person, purpose="own_duties"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT code, scope, state, agency_id::text, urgency FROM duty_row"
            " WHERE scope IN ('agency', 'installation')"
        )
        return {str(code): tuple(rest) for code, *rest in cursor.fetchall()}


def record(browser: Client, slug: str, **answers: str) -> None:
    page = browser.get(f"/our-duties/record/{slug}/")
    token = re.search(r'name="token" value="([^"]+)"', page.content.decode())
    assert token is not None
    name = slug.replace("-", "_")
    sent = {f"{name}-{field}": value for field, value in answers.items() if field != "happened"}
    answer = browser.post(f"/our-duties/record/{slug}/", {"token": token[1], **sent})
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/our-duties/?done")


def test_before_anything_is_said_the_protective_answer_stands(carla: Staff) -> None:
    assert states(carla) == dict.fromkeys(
        ("D12-channel", "D35-way", "D46-staff", "D59", "D60", "D61"), DutyState.OPEN
    )


def test_rows_are_kept_with_their_owner_and_on_no_work_list(carla: Staff) -> None:
    own_record(carla.who, Kind.AGENCY)
    assert kept(carla)["D59"] == ("agency", "open", carla.agency, None)


def test_what_is_recorded_on_the_page_meets_the_duty_and_taken_back_opens_it_again(
    carla: Staff, as_staff: Browser
) -> None:
    browser = as_staff(carla)
    record(browser, "tasks-stated", meets_children="yes", receives_reports="no")
    record(browser, "staff-vetted", vetted_whom="everyone_who_meets_children")
    assert states(carla) == {
        "D35-way": DutyState.OPEN,
        "D46-staff": DutyState.OPEN,
        "D59": DutyState.OPEN,
        "D60": DutyState.MET,
        "D61": DutyState.OPEN,
    }
    page = browser.get("/our-duties/").content.decode()
    entries = re.findall(r'href="(/our-duties/entries/[^"]+)"', page)
    assert len(entries) == 2
    form = browser.get(entries[0]).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', form)
    assert token is not None
    assert browser.post(entries[0], {"token": token[1]}).status_code == 400
    assert browser.post(entries[0], {"token": token[1], "reasons": "Not everybody"}).status_code == 302
    assert states(carla)["D60"] is DutyState.OPEN
    assert "withdrawn" in browser.get("/our-duties/").content.decode()


def test_a_day_that_has_passed_opens_the_duty_again(carla: Staff, as_staff: Browser) -> None:
    browser, ahead = as_staff(carla), now() + timedelta(days=40)
    record(browser, "tasks-stated", meets_children="yes", receives_reports="no")
    record(
        browser,
        "staff-trained",
        trained_whom="everyone_who_meets_children",
        next_training=ahead.date().isoformat(),
    )
    assert kept(carla)["D59"][1] == "met"
    with with_context(agency=carla.agency, actor=carla.person, purpose="own_duties") as context:
        with connection.cursor() as cursor:
            cursor.execute("SELECT root_id::text, next_change_at FROM situation_row")
            ((root, turns),) = cursor.fetchall()
        assert now() < turns <= ahead
        project(RootId(root), ctx=context, now=ahead + timedelta(days=2))
    assert kept(carla)["D59"][1] == "open"


def test_an_own_record_is_on_no_list_and_no_page_of_records_opens_it(carla: Staff, as_staff: Browser) -> None:
    number = own_record(carla.who, Kind.AGENCY).look.number
    assert number in numbers_seen(carla)
    browser = as_staff(carla)
    assert number not in browser.get("/records/").content.decode()
    assert browser.get(f"/records/{number}/").status_code == 404


def test_another_agency_sees_its_own_and_not_this_one(carla: Staff, eva: Staff, as_staff: Browser) -> None:
    record(as_staff(carla), "contact-point-named", reachable="at_any_hour")
    assert states(carla)["D61"] is DutyState.MET
    assert states(eva)["D61"] is DutyState.OPEN
    assert "D61" in kept(eva)
    assert own_record(carla.who, Kind.AGENCY).look.number not in numbers_seen(eva)


def test_the_country_is_kept_by_its_coordinator_and_is_absent_for_all_others(
    carla: Staff, coordinator: Staff, as_staff: Browser
) -> None:
    assert set(states(coordinator, Kind.INSTALLATION)) == {
        *("D15-focal", "D15-rules", "D30-storage", "D50-year", "D62", "D63")
    }
    page = as_staff(coordinator).get("/country/")
    assert page.status_code == 200
    assert "A national coordinator or rapporteur" in page.content.decode()
    absent = as_staff(carla).get("/country/")
    assert absent.status_code == 404
    assert "/country/" not in as_staff(carla).get("/").content.decode()


def test_a_form_that_lacks_an_answer_is_shown_again_with_it(carla: Staff, as_staff: Browser) -> None:
    browser = as_staff(carla)
    answer = browser.post("/our-duties/record/staff-trained/", {"staff_trained-next_training": "31.13.2026"})
    assert answer.status_code == 400
    assert "31.13.2026" in answer.content.decode()
    assert browser.get("/our-duties/record/interview-held/").status_code == 404


def test_rows_are_the_same_after_all_is_computed_anew(
    database: TestDatabase, carla: Staff, as_staff: Browser
) -> None:
    record(as_staff(carla), "reporting-explained", explained_in_writing="yes")
    before = kept(carla)
    with database.used_as(DatabaseRole.JOBS):
        rebuild_ledger(tell=lambda done, total: None)
    assert kept(carla) == before
    assert before["D46-staff"][1] == "met"


def test_the_law_browser_says_what_a_duty_hangs_on(carla: Staff, as_staff: Browser) -> None:
    browser = as_staff(make_staff("liis", Role.MINISTRY))
    hangs_on = {
        code: re.search(
            r"<dt>It hangs on</dt><dd>([^<]+)", browser.get(f"/law/duties/{code}/").content.decode()
        )
        for code in ("D59", "D62", "D13", "D48", "D24")
    }
    assert {code: found[1] for code, found in hangs_on.items() if found} == {
        "D59": "an agency as such, whatever child it works with",
        "D62": "the country as such, whatever child is concerned",
        "D13": "a report or concern, also before it is known which child it is about",
        "D48": "another person on the record of a child",
        "D24": "a child",
    }


def test_people_shows_what_is_owed_to_another_child_without_a_name(
    carla: Staff, aino: str, as_staff: Browser
) -> None:
    page = as_staff(carla).get(f"/records/{aino}/people/").content.decode()
    section = page.partition('id="owed"')[2].partition("</section>")[0]
    assert "D47-child" in section
    assert "Missing:" in section
    assert f"/records/{aino}/record/" in section
