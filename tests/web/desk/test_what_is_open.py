"""Access as people meet it: a look shows what the mandate opens, hides the rest, and writes down what it showed."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from encircle.actions.act import Statement, perform, withdraw
from encircle.actions.asked import Asked
from encircle.actions.context import Who
from encircle.actions.permit import NotAllowed, NotSeen, permitted
from encircle.actions.record import look, records_of
from encircle.actions.work_list import duties_of
from encircle.core.access import CLOSED, Doing, groups_of
from encircle.records.context import with_context
from encircle.records.facts import read
from encircle.records.roots import add_member, open_root
from encircle.records.seen import root_numbered
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.reading import read as read_page
from tests.web.world import Staff, journal_of, make_staff, numbers_seen

NAME, WORDS = "Aino", "what she told nobody before"
SAID = (
    Statement(type="name_recorded", values={"name_used": NAME}),
    Statement(type="account_told", values={"told_to": "guardian", "said": WORDS}),
    Statement(type="status_set", values={"status": "presumed_victim", "status_reasons": "indications"}),
    Statement(type="proceeding_opened", values={"proceeding_kind": "asylum"}),
    Statement(type="proceeding_opened", values={"proceeding_kind": "family"}),
)


@pytest.fixture
def aino(carla: Staff) -> str:
    """The number of Aino's record: her name, her account, a status, an asylum and a family proceeding."""
    before = set(numbers_seen(carla))
    with with_context(agency=carla.agency, actor=carla.person, purpose="record") as ctx:
        open_root(Kind.CHILD, ctx=ctx)
    (number,) = set(numbers_seen(carla)) - before
    perform(carla.who, number, SAID, token=str(uuid4()))
    return number


def root_of(carla: Staff, number: str) -> RootId:
    with with_context(agency=carla.agency, actor=carla.person, purpose="protect"):
        root = root_numbered(number)
        assert root is not None
        return root.id


def joined(carla: Staff, number: str, role: Role, relation: str = "team") -> Staff:
    """Somebody in that role whose agency takes part in the record."""
    staff, root = make_staff(role.value, role), root_of(carla, number)
    with with_context(agency=carla.agency, actor=carla.person, purpose="record"):
        add_member(root, staff.agency, relation=relation)
    return staff


def seen_by(who: Who, number: str) -> set[str]:
    return {fact.type for fact in look(who, number, purpose=Purpose.PROTECT, asked=Asked()).facts}


def test_each_role_sees_the_facts_of_its_groups(carla: Staff, aino: str):
    everything = {"name_recorded", "account_told", "status_set", "proceeding_opened"}
    assert seen_by(carla.who, aino) == everything
    assert seen_by(joined(carla, aino, Role.SCHOOL).who, aino) == {"name_recorded"}
    assert seen_by(joined(carla, aino, Role.ASYLUM_AUTHORITY).who, aino) == {
        "name_recorded",
        "proceeding_opened",
    }
    assert seen_by(joined(carla, aino, Role.COORDINATOR).who, aino) == set()
    kinds = {
        role: [
            fact.payload.proceeding_kind
            for fact in look(
                joined(carla, aino, role).who, aino, purpose=Purpose.PROTECT, asked=Asked()
            ).facts
            if fact.type == "proceeding_opened"
        ]
        for role in (Role.ASYLUM_AUTHORITY, Role.COURT, Role.GUARDIAN)
    }
    assert {role: sorted(found) for role, found in kinds.items()} == {
        Role.ASYLUM_AUTHORITY: ["asylum"],
        Role.COURT: ["family"],
        Role.GUARDIAN: ["asylum", "family"],
    }


def test_a_permit_opens_the_same_facts_as_the_page_shows(carla: Staff, aino: str):
    for role in (Role.SCHOOL, Role.COURT, Role.GUARDIAN, Role.COORDINATOR):
        staff = joined(carla, aino, role)
        with permitted(staff.who, aino, purpose=Purpose.PROTECT) as permit:
            opened = {fact.id for fact in permit.open_facts()}
            assert len(permit.whole().facts) == len(SAID)
        found = look(staff.who, aino, purpose=Purpose.PROTECT, asked=Asked())
        assert opened == {fact.id for fact in found.facts}


def test_a_withdrawal_stays_in_the_group_of_what_it_takes_back(carla: Staff, aino: str):
    root = root_of(carla, aino)
    with with_context(agency=carla.agency, actor=carla.person, purpose="protect"):
        account = next(fact for fact in read(root).facts if fact.type == "account_told")
    withdraw(carla.who, aino, account.id, reasons="an error", token=str(uuid4()), follows=account.id)
    with with_context(agency=carla.agency, actor=carla.person, purpose="protect"):
        facts = read(root).facts
        withdrawal = next(fact for fact in facts if fact.type == "withdrawal")
        assert groups_of(facts)[withdrawal.id] is groups_of(facts)[account.id] is FieldGroup.ACCOUNT
    assert "withdrawal" not in seen_by(joined(carla, aino, Role.SCHOOL).who, aino)


def test_a_school_sees_neither_account_nor_status(carla: Staff, aino: str):
    school = joined(carla, aino, Role.SCHOOL)
    found = look(school.who, aino, purpose=Purpose.PROTECT, asked=Asked())
    assert found.answer.folded.earliest.child["protection"] == CLOSED
    (card,) = records_of(school.who, purpose=Purpose.WORK_LIST).cards
    assert (card.name, card.protection, card.status_is_open) == (NAME, None, False)
    (full,) = records_of(carla.who, purpose=Purpose.WORK_LIST).cards
    assert (full.name, full.protection, full.status_is_open) == (NAME, "presumed_victim", True)


def test_a_coordinator_sees_figures_and_no_name_in_lists_and_on_the_record(carla: Staff, aino: str):
    coordinator = joined(carla, aino, Role.COORDINATOR)
    (card,) = records_of(coordinator.who, purpose=Purpose.WORK_LIST).cards
    assert (card.number, card.name, card.is_named, bool(card.counts)) == (aino, "", False, True)
    found = look(coordinator.who, aino, purpose=Purpose.PROTECT, asked=Asked())
    assert (found.facts, found.is_named, sum(found.figures.values()) > 0) == ((), False, True)
    assert {item.name for item in duties_of(coordinator.who, purpose=Purpose.WORK_LIST).items} <= {""}
    assert [entry[3] for entry in journal_of(coordinator)] == ["", "", ""]


def test_a_look_leaves_role_purpose_regime_basis_and_the_groups_really_shown(carla: Staff, aino: str):
    police = joined(carla, aino, Role.POLICE)
    look(police.who, aino, purpose=Purpose.PROTECT, asked=Asked())
    with (
        with_context(agency=police.agency, actor=police.person, purpose="protect"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT role, purpose, regime, legal_basis, array_to_string(field_groups, '') FROM journal_entry"
            " WHERE actor = %s",
            (police.person,),
        )
        assert cursor.fetchall() == [("police", "protect", "law_enforcement", "EU-2016/680 8", "MF")]


def test_a_membership_of_one_person_opens_nothing_to_the_colleagues(
    carla: Staff, aino: str, database: TestDatabase
):
    bo = joined(carla, aino, Role.NGO, relation="guardian")
    assert "account_told" in seen_by(bo.who, aino)
    with database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE membership SET person_id = %s WHERE agency_id = %s", (bo.person, bo.agency))
    assert "account_told" in seen_by(bo.who, aino)
    colleague = replace(bo.who, person=str(uuid4()))
    with pytest.raises(NotSeen):
        seen_by(colleague, aino)


def test_one_who_stands_against_the_child_is_told_nothing(carla: Staff, aino: str):
    adverse = joined(carla, aino, Role.GUARDIAN, relation="adverse")
    with pytest.raises(NotSeen):
        seen_by(adverse.who, aino)


def test_what_the_mandate_does_not_allow_is_refused_with_reason_source_and_a_way_on(carla: Staff, aino: str):
    operator, school = joined(carla, aino, Role.OPERATOR), joined(carla, aino, Role.SCHOOL)
    with pytest.raises(NotAllowed) as refused:
        seen_by(operator.who, aino)
    assert (refused.value.code, bool(refused.value.source), bool(refused.value.instead)) == (
        "purpose",
        True,
        True,
    )
    with pytest.raises(NotAllowed) as refused:
        perform(school.who, aino, [SAID[1]], token=str(uuid4()))
    assert refused.value.code == "not_allowed"
    with (
        permitted(school.who, aino, purpose=Purpose.RECORD, doing=Doing.DECIDE) as permit,
        pytest.raises(NotAllowed),
    ):
        permit.ask_to_decide(Decision.CLOSE)


def test_a_refused_look_is_told_on_a_page_of_its_own_and_journalled(
    carla: Staff, aino: str, eva: Staff, as_staff: Callable[[Staff], Client]
):
    operator = joined(carla, aino, Role.OPERATOR)
    answered = as_staff(operator).get(f"/records/{aino}/")
    page = answered.content.decode()
    assert answered.status_code == 403
    assert "This is not among the purposes of your role." in page
    assert "Source:" in page
    assert NAME not in page
    assert journal_of(operator) == [("refusal", "purpose", "protect", "", False)]


def test_hidden_and_absent_records_answer_with_the_same_bytes(
    carla: Staff, aino: str, eva: Staff, as_staff: Callable[[Staff], Client]
):
    adverse = joined(carla, aino, Role.POLICE, relation="adverse")
    for staff in (eva, adverse):
        client = as_staff(staff)
        hidden, absent = client.get(f"/records/{aino}/"), client.get("/records/zzzz-zzzz/")
        assert (hidden.status_code, hidden.content) == (404, absent.content)


def test_the_page_of_each_role_holds_only_what_is_open(
    carla: Staff, aino: str, as_staff: Callable[[Staff], Client]
):
    clients = {
        role: as_staff(joined(carla, aino, role)) for role in (Role.GUARDIAN, Role.SCHOOL, Role.COORDINATOR)
    }
    pages = {
        role: "".join(client.get(f"/records/{aino}/{page}").content.decode() for page in ("", "facts/"))
        for role, client in clients.items()
    }
    assert (NAME in pages[Role.GUARDIAN], WORDS in pages[Role.GUARDIAN]) == (True, True)
    assert (NAME in pages[Role.SCHOOL], WORDS in pages[Role.SCHOOL]) == (True, False)
    assert "Presumed victim" in pages[Role.GUARDIAN]
    assert "resumed victim" not in pages[Role.SCHOOL].partition("<h2")[0]
    assert (NAME in pages[Role.COORDINATOR], aino in pages[Role.COORDINATOR]) == (False, True)


def test_what_is_closed_to_a_role_is_not_said_to_be_absent(
    carla: Staff, aino: str, as_staff: Callable[[Staff], Client]
):
    pages = {
        role: read_page(as_staff(joined(carla, aino, role)).get(f"/records/{aino}/").content)
        for role in (Role.GUARDIAN, Role.SCHOOL, Role.COORDINATOR)
    }
    said = ("No alarm is raised and no flag stands", "No alarm and no flag that is open to your role")
    assert {role: tuple(words in page.text for words in said) for role, page in pages.items()} == {
        Role.GUARDIAN: (True, False),
        Role.SCHOOL: (False, True),
        Role.COORDINATOR: (False, False),
    }
    assert ["safety-title" in page.ids for page in pages.values()] == [True, True, False]
    assert "No duty that is open to your role" in pages[Role.SCHOOL].text
    assert [
        "Nothing is on record" in page.text for role, page in pages.items() if role is not Role.GUARDIAN
    ] == [
        False,
        False,
    ]


def test_who_leads_sees_all_duties_and_is_told_that_some_rest_on_more(
    carla: Staff, aino: str, as_staff: Callable[[Staff], Client]
):
    client = as_staff(carla)
    links = read_page(client.get(f"/records/{aino}/").content).links
    ways = sorted({link for link in links if link.startswith(f"/records/{aino}/duties/")})
    pages = [client.get(link).content.decode() for link in (*ways, f"/records/{aino}/facts/")]
    assert any("rests on facts that are not open to your role" in page for page in pages)
    assert not any(WORDS in page for page in pages)
    found = look(carla.who, aino, purpose=Purpose.PROTECT, asked=Asked())
    assert sum(found.figures.values()) == len(found.answer.duties)


def test_a_thousand_looks_leave_a_thousand_entries_with_no_job_running(carla: Staff, aino: str):
    looks = 1_000
    for _ in range(looks):
        look(carla.who, aino, purpose=Purpose.PROTECT, asked=Asked())
    with (
        with_context(agency=carla.agency, actor=carla.person, purpose="protect"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT count(*), count(DISTINCT leaf.hash) FROM journal_entry AS entry"
            " JOIN journal_leaf AS leaf ON leaf.entry = entry.id WHERE entry.actor = %s AND entry.kind = 'look'",
            (carla.person,),
        )
        assert cursor.fetchone() == (looks, looks)
