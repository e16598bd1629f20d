"""Faults that other systems of case work have published, each as a test that it is not here.

Six faults of access that one system mended in 21 months, by the numbers of its own changes, and what was seen of its audit:
1,012 requests with the worker of jobs stopped left no row, and a parameter of the request changed what was recorded.
"""

from uuid import uuid4

import psycopg
import pytest
from django.http import HttpResponse
from django.test import Client

from encircle.host.database import DatabaseRole
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from tests.actions.stating import state
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact
from tests.web.access.probe import NOWHERE, masked
from tests.web.access.world import Actor as Somebody
from tests.web.access.world import Scene, scene, take_part

NAME = "zqm{}xname"


@pytest.fixture
def on(database: TestDatabase) -> Scene:
    return scene(database)


def parts(on: Scene) -> list[tuple[object, ...]]:
    """Who takes part in the record, as the keeper of the database sees it."""
    with on.database.connect_as_keeper() as keeper:
        return keeper.execute(
            "SELECT agency_id::text, relation, person_id::text, until FROM membership WHERE root_id = %s ORDER BY id",
            (on.record.root,),
        ).fetchall()


def facts(on: Scene) -> int:
    """How many facts are on the record."""
    with on.database.connect_as_keeper() as keeper:
        row = keeper.execute("SELECT count(*) FROM fact WHERE root_id = %s", (on.record.root,)).fetchone()
    return int(str(row[0])) if row else 0


def told(who: Somebody, path: str, purpose: str, body: object) -> HttpResponse:
    """What the program of the agency is answered."""
    headers = {
        "Authorization": f"Bearer {who.secret}",
        "Encircle-Purpose": purpose,
        "Idempotency-Key": str(uuid4()),
        "If-Match": "*",
    }
    return Client().post(f"/api/v1{path}", body, content_type="application/json", headers=headers)


def test_nobody_escalates_their_own_privileges(on: Scene):
    """R2-3138, December 2024: privilege escalation."""
    school = on.actor(Role.SCHOOL, "team")
    before, address = parts(on), f"/records/{on.record.number}/people/"
    form = {
        "do": "let",
        "agency": school.staff.agency,
        "relation": "guardian",
        "basis": "Act 1",
        "role": "guardian",
    }
    assert school.client.post(address, form).status_code == 403
    body = {"agency": school.staff.agency, "relation": "guardian", "basis": "Act 1"}
    assert told(school, f"/records/{on.record.number}/people", "protect", body).status_code == 403
    more = told(school, f"/records/{on.record.number}/people", "protect", {**body, "role": "guardian"})
    assert more.status_code == 422
    assert parts(on) == before


@pytest.mark.parametrize(
    "words",
    [
        "UPDATE membership SET relation = 'case_lead'",
        "UPDATE api_token SET purposes = '{protect}'",
        "UPDATE opened_part SET field_group = 'h'",
    ],
)
def test_nobody_edits_the_groups_to_which_they_belong(on: Scene, words: str):
    """R2-3558, November 2025: users could edit their own groups. Here what makes a member is closed even to the pages."""
    with (
        on.database.connect(DatabaseRole.WEB) as web,
        pytest.raises(psycopg.Error, match="permission denied"),
    ):
        web.execute(words)


def test_a_linked_record_is_not_seen_by_those_of_the_other(on: Scene):
    """R2-3568, November 2025: everyone saw linked cases."""
    carer, guardian = on.actor(Role.CARER, "team"), on.guardian
    take_part(on.database, on.other, guardian, Relation.GUARDIAN)
    same = read_payload("same_child_stated", {"other_record": on.other.number})
    by = Actor(guardian.person, guardian.agency)
    linked = a_fact(on.record.root, same, by=by, type_name="same_child_stated", happened="2022-02-02")
    state(linked, who=guardian.who, follows=None)
    assert carer.client.get(f"/records/{on.record.number}/facts/").status_code == 200
    hidden = carer.client.get(f"/records/{on.other.number}/")
    assert masked(hidden, on.other.number) == masked(carer.client.get(f"/records/{NOWHERE}/"), NOWHERE)
    for way in ("", "facts/", "days/", "people/", "calendar/"):
        page = carer.client.get(f"/records/{on.record.number}/{way}").content.decode()
        assert NAME.format(on.other.sign) not in page
        assert on.other.number not in page
    assert on.other.number not in carer.client.get("/records/").content.decode()


def test_a_name_that_is_hidden_cannot_be_shown_by_who_may_only_look(on: Scene):
    """R2-3157, April 2025: view-only supervisors could unhide names."""
    rapporteur, name = on.actor(Role.RAPPORTEUR, "team"), NAME.format(on.record.sign)
    before = facts(on)
    for more in ("", "?hidden_name=false", "?show=name", "?groups=M", "?by=" + rapporteur.staff.agency):
        page = rapporteur.client.get(f"/records/{on.record.number}/{more}")
        assert name not in page.content.decode()
    typed = {"name_recorded-name_used": "Aino", "hidden_name": "false", "do": "save"}
    assert (
        rapporteur.client.post(f"/records/{on.record.number}/record/name_recorded/", typed).status_code == 403
    )
    assert facts(on) == before


def test_nobody_assigns_a_case_without_access_to_it(on: Scene):
    """R2-3930, August 2026: assigning cases without access. The role may assign, but takes no part in this record."""
    carla = on.actor(Role.CHILD_PROTECTION_SERVICE, "elsewhere")
    before = parts(on)
    asked = {"/lead": {"person": carla.staff.person}, "/people": None}
    asked["/people"] = {"agency": carla.staff.agency, "relation": "team", "basis": "Act 1"}
    for way, body in asked.items():
        hidden = told(carla, f"/records/{on.record.number}{way}", "protect", body)
        assert (hidden.status_code, hidden.content) == (
            404,
            told(carla, f"/records/{NOWHERE}{way}", "protect", body).content,
        )
    form = {"do": "lead", "person": carla.staff.person}
    assert carla.client.post(f"/records/{on.record.number}/people/", form).status_code == 404
    assert parts(on) == before


def test_nobody_moves_on_a_request_that_is_closed_to_them(on: Scene):
    """PR 7645, August 2026: unauthorised updates of transitions. Police see no requests; an outsider no record."""
    dmitri, eva = on.actor(Role.PROSECUTOR, "team"), on.actor(Role.CENTRAL_AUTHORITY, "outside")
    before, request = facts(on), on.record.things["request"]
    for who in (dmitri, eva):
        for act, body in (
            ("acknowledged", {}),
            ("answered", {"answer": "consent"}),
            ("delayed", {"reasons": "a", "exceptional": False}),
        ):
            way = f"/records/{on.record.number}/requests/{request}/{act}"
            assert told(who, way, "cross_border", body).status_code == 404, act
            page = f"/records/{on.record.number}/cross-border/{request}/{act}/"
            assert who.client.post(page, {"answer": "consent"}).status_code == 404
    assert facts(on) == before


def entries(on: Scene, who: Somebody) -> list[tuple[object, ...]]:
    with on.database.connect_as_keeper() as keeper:
        return keeper.execute(
            "SELECT kind, outcome, purpose FROM journal_entry WHERE actor = %s ORDER BY at",
            (who.staff.person,),
        ).fetchall()


def test_each_look_is_written_down_before_it_is_answered_though_no_job_runs(on: Scene):
    """Seen: 1,012 requests with the worker stopped left 0 rows. Here no worker writes: none runs in this test."""
    carer = on.actor(Role.CARER, "team")
    for _ in range(30):
        assert carer.client.get(f"/records/{on.record.number}/").status_code == 200
    assert entries(on, carer) == 30 * [("look", "shown", "protect")]


def test_a_look_that_cannot_be_written_down_is_not_answered(own_database: TestDatabase):
    """The other half of it: where the journal cannot be written, nothing is shown."""
    on = scene(own_database)
    carer, name = on.actor(Role.CARER, "team"), NAME.format(on.record.sign)
    assert name in carer.client.get(f"/records/{on.record.number}/").content.decode()
    with own_database.connect_as_keeper() as keeper:
        keeper.execute("REVOKE INSERT ON journal_entry FROM encircle_web")
    lost = carer.client.get(f"/records/{on.record.number}/")
    assert (lost.status_code >= 500, name in lost.content.decode()) == (True, False)


def test_no_parameter_of_a_request_changes_what_is_written_down(on: Scene):
    """Seen: a parameter changed the action that the audit recorded."""
    carer = on.actor(Role.CARER, "team")
    more = "?action=list&record_action=none&purpose=operate&kind=sign_in&outcome=nothing&actor=nobody"
    headers = {"X-HTTP-Method-Override": "DELETE", "Encircle-Purpose": "operate", "Encircle-Person": "nobody"}
    assert carer.client.get(f"/records/{on.record.number}/facts/{more}", headers=headers).status_code == 200
    assert entries(on, carer) == [("look", "shown", "protect")]
