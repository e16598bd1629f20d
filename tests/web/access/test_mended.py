"""What the access matrix found when it first ran; each stays mended."""

from collections.abc import Callable

import pytest
from django.test import Client

from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from tests.actions.stating import state
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact
from tests.web.access.world import Scene, scene, signed_in, take_part
from tests.web.reading import read
from tests.web.world import Staff, make_staff

SignedIn = Callable[[Staff], Client]
MANY = ("/", "/records/", "/calendar/", "/calendar/download/", "/notices/", "/my-looks/", "/triage/")


@pytest.fixture
def on(database: TestDatabase) -> Scene:
    return scene(database)


def entries_of(database: TestDatabase, staff: Staff) -> list[tuple[object, ...]]:
    """Kind, outcome, purpose, legal basis and regime, oldest first."""
    with database.connect_as_keeper() as keeper:
        return keeper.execute(
            "SELECT kind, outcome, purpose, legal_basis IS NOT NULL, regime FROM journal_entry WHERE actor = %s"
            " ORDER BY at",
            (staff.person,),
        ).fetchall()


def test_each_look_at_a_list_says_on_which_basis_and_under_which_regime(on: Scene):
    dmitri = on.actor(Role.POLICE, "team")
    for address in MANY:
        assert dmitri.client.get(address).status_code == 200
    dmitri.client.post("/search/", {"asked": on.record.number})
    found = entries_of(on.database, dmitri.staff)
    assert {(basis, regime) for _kind, _outcome, _purpose, basis, regime in found} == {
        (True, "law_enforcement")
    }
    assert {outcome for _kind, outcome, *_rest in found} >= {
        "duties_listed",
        "listed",
        "calendar_listed",
        "calendar_taken_along",
        "notices_listed",
        "own_looks_shown",
        "concerns_listed",
        "searched",
    }


def test_the_looks_at_a_record_and_what_became_of_a_concern_are_seen_on_a_basis(on: Scene):
    carla = on.actor(Role.CHILD_PROTECTION_SERVICE, "team")
    carla.client.get(f"/records/{on.record.number}/looks/")
    carla.client.get(f"/concerns/{on.record.number}/")
    assert entries_of(on.database, carla.staff) == [
        ("look", "looks_shown", "account_for", True, "gdpr"),
        ("look", "concern_sent", "record", True, "gdpr"),
    ]


def test_a_role_that_does_not_search_is_told_so_before_it_can_type(
    database: TestDatabase, as_staff: SignedIn
):
    interpreter = make_staff("interpreter", Role.INTERPRETER)
    page = as_staff(interpreter).get("/search/")
    assert (page.status_code, read(page.content).problems) == (403, [])
    assert "This is not among the purposes of your role." in read(page.content).text
    assert as_staff(interpreter).post("/search/", {"asked": "Aino"}).status_code == 403
    assert [entry[:3] for entry in entries_of(database, interpreter)] == 2 * [
        ("refusal", "purpose", "search")
    ]


def test_an_entry_of_which_a_part_is_closed_is_not_said_anew_and_the_refusal_is_written_down(on: Scene):
    carla = on.actor(Role.CHILD_PROTECTION_SERVICE, "team")
    page = carla.client.get(f"/records/{on.record.number}/facts/{on.record.things['fact told']}/correct/")
    assert (page.status_code, read(page.content).problems) == (403, [])
    assert "Part of what this entry says is closed to you" in read(page.content).text
    assert entries_of(on.database, carla.staff)[-1][:3] == ("refusal", "partly_closed", "record")


def test_the_number_of_a_linked_record_is_told_only_to_who_takes_part_in_both(on: Scene):
    guardian, carer = on.guardian, on.actor(Role.CARER, "team")
    take_part(on.database, on.other, guardian, Relation.GUARDIAN)
    same = read_payload("same_child_stated", {"other_record": on.other.number})
    by = Actor(guardian.person, guardian.agency)
    fact = a_fact(on.record.root, same, by=by, type_name="same_child_stated", happened="2022-02-02")
    state(fact, who=guardian.who, follows=None)
    address = f"/records/{on.record.number}/facts/"
    assert on.other.number in signed_in(guardian).get(address).content.decode()
    assert on.other.number not in carer.client.get(address).content.decode()
