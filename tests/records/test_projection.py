"""The rows that follow from facts: written where they changed and nowhere else, and seen by members only."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from encircle.actions.law import law_of, packs_folder
from encircle.actions.replay.answer import answer
from encircle.core.access import groups_of
from encircle.core.calendar import calendar
from encircle.core.child import AsOf
from encircle.core.duty.turning import next_turning
from encircle.host.database import DatabaseRole
from encircle.law.pack.head import packs_in
from encircle.records.context import with_context
from encircle.records.erasure import erase
from encircle.records.facts import append, facts_of
from encircle.records.models.code import CODE, RULE, RULE_LENGTH
from encircle.records.projection import Held, Projection, hold
from encircle.records.rebuilding import waiting
from encircle.records.roots import add_member, end_membership
from encircle.records.syncing import Synced, sync
from encircle.records.turning import Due, due
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.age import AgeClaimed
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.identifier import RootId
from tests.database import TestDatabase
from tests.records.world import Actor, a_fact, make_actor

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
TABLES = ("duty_row", "alarm_row", "calendar_row", "situation_row")


def projected(held: Held, *, now: datetime = NOW) -> Projection:
    """What follows from the facts on record under the law of Estonia."""
    law, facts = law_of("ee"), facts_of(held.root)
    found = answer(facts, law=law, as_of=AsOf(now))
    turning = next_turning(facts, found.folded, found.duties, law=law, now=now)
    ahead = calendar(found.folded.earliest, (), zone="Europe/Tallinn")
    return Projection(
        found.duties,
        found.alarms,
        found.folded.earliest,
        ahead,
        groups_of(facts),
        len(facts),
        "ee@2026.11",
        now,
        turning,
    )


def written(root: RootId, *, now: datetime = NOW) -> Synced:
    held = hold(root)
    assert held is not None
    return sync(held, projected(held, now=now))


def told(root: RootId, kind: str, payload: dict[str, object], by: Actor, subject: str | None = None) -> Fact:
    with by.at_work() as ctx:
        fact = a_fact(root, read_payload(kind, payload), type_name=kind, by=by, subject=subject)
        return append(fact, follows=None, ctx=ctx)


def rows(table: str, root: RootId, columns: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} WHERE root_id = %s ORDER BY 1, 2", (root,))
        return [tuple(row) for row in cursor.fetchall()]


def counts(root: RootId) -> dict[str, int]:
    return {table: len(rows(table, root, "1, 2")) for table in TABLES}


@pytest.fixture
def victim(aino: RootId, carla: Actor) -> RootId:
    """Aino's record says that she is fifteen and presumed to be a victim."""
    told(aino, "age_claimed", {"claimed_child": True, "claimed_years": 15}, carla)
    told(aino, "status_set", {"status": "presumed_victim", "set_by_role": "triage_team"}, carla)
    return aino


@pytest.fixture
def sweeper(database: TestDatabase) -> Iterator[None]:
    with (
        database.used_as(DatabaseRole.JOBS),
        with_context(agency=None, actor="sweeper", purpose="sweep"),
    ):
        yield


def test_a_record_is_listed_from_its_first_moment_and_due_to_be_computed(aino: RootId, carla: Actor):
    with carla.at_work() as ctx:
        assert rows("situation_row", aino, "facts, codes, pack, next_change_at <= now()") == [
            (0, "{}", "none", True)
        ]
        assert due(ctx.now, at_most=10) == (Due(aino, ()),)


def test_every_duty_of_the_ledger_has_its_row(victim: RootId, carla: Actor):
    with carla.at_work():
        held = hold(victim)
        assert held is not None
        projection = projected(held)
        assert sync(held, projection) == Synced(len(projection.duties), 0, 0)
        stored = rows("duty_row", victim, "code, coalesce(subject_id::text, ''), state, due_latest")
    assert stored == [
        (*row.key, row.state.value, None if row.due is None else row.due.latest)
        for row in sorted(projection.duties, key=lambda row: row.key)
    ]
    assert len(stored) > 5


@pytest.mark.parametrize("country", sorted(set(packs_in(packs_folder())) - {"base"}))
def test_what_the_packs_name_fits_the_columns_for_it(country: str):
    law = law_of(country)
    codes = [rule.code for rule in (*law.duties, *law.prohibitions)]
    assert [code for code in codes if not re.search(RULE, code) or len(code) > RULE_LENGTH] == []
    proofs = [evidence.id for rule in law.duties for evidence in rule.evidence]
    assert [proof for proof in proofs if not re.search(CODE, proof)] == []
    assert [code for code in codes if "-" in code] != []


def test_writing_again_what_has_not_changed_touches_no_row(victim: RootId, carla: Actor):
    with carla.at_work():
        written(victim)
        before = rows("duty_row", victim, "id, xmin::text, computed_at")
    with carla.at_work():
        assert written(victim, now=NOW + timedelta(seconds=1)) == Synced(0, 0, 0)
        assert rows("duty_row", victim, "id, xmin::text, computed_at") == before
        ((computed_at, _),) = rows("situation_row", victim, "computed_at, facts")
        assert computed_at == NOW + timedelta(seconds=1), "the record itself says when it was last computed"


def test_a_duty_for_an_interview_names_it_and_goes_when_it_is_withdrawn(victim: RootId, carla: Actor):
    with carla.at_work():
        written(victim)
        before = counts(victim)
    interview = told(victim, "interview_held", {"purpose": "investigative"}, carla)
    with carla.at_work():
        added = written(victim)
        named = rows("duty_row", victim, "subject_id::text, code")
    assert added.added > 0
    assert {subject for subject, _ in named if subject is not None} == {interview.id}
    with carla.at_work() as ctx:
        withdrawal = a_fact(
            victim,
            read_payload("withdrawal", {"withdrawal_reasons": "It was another child."}),
            by=carla,
            type_name="withdrawal",
            withdraws=interview.id,
        )
        append(withdrawal, follows=interview.id, ctx=ctx)
        assert written(victim).removed == added.added
        assert counts(victim) == before


def test_an_alarm_tells_by_which_fact_and_who_acted(aino: RootId, carla: Actor, dmitri: Actor):
    told(aino, "age_claimed", {"claimed_child": True, "claimed_years": 15}, carla)
    detained = told(
        aino, "detention_started", {"detention_kind": "immigration", "adults_present": True}, dmitri
    )
    with carla.at_work():
        written(aino)
        alarms = rows("alarm_row", aino, "code, state, by_fact_id::text, agency_id::text, override")
    by_fact = [alarm for alarm in alarms if alarm[2] == detained.id]
    assert by_fact != []
    assert {(state, agency) for _, state, _, agency, _ in by_fact} == {("raised", dmitri.agency)}


def test_a_duty_is_owed_by_the_one_member_of_its_role(victim: RootId, carla: Actor):
    guardians = make_actor("guardianship_authority")
    with carla.at_work():
        written(victim)
        before = rows("duty_row", victim, "owner, agency_id::text")
        assert {owner for owner, agency in before if agency == carla.agency} == {"child_protection_service"}
        add_member(victim, guardians.agency, relation="team")
    with carla.at_work():
        written(victim)
        after = rows("duty_row", victim, "owner, agency_id::text")
    assert {agency for owner, agency in before if owner == "guardianship_authority"} == {None}
    assert {agency for owner, agency in after if owner == "guardianship_authority"} == {guardians.agency}


def test_with_two_members_of_one_role_nobody_is_named(victim: RootId, carla: Actor):
    second = make_actor("child_protection_service")
    with carla.at_work():
        add_member(victim, second.agency, relation="team")
    with carla.at_work():
        written(victim)
        found = rows("duty_row", victim, "owner, agency_id::text")
    assert {agency for owner, agency in found if owner == "child_protection_service"} == {None}


def test_the_situation_is_kept_in_codes_alone(victim: RootId, carla: Actor):
    told(victim, "name_recorded", {"name_used": "Aino"}, carla)
    with carla.at_work():
        written(victim)
        ((protection, age_basis, facts, _),) = rows(
            "situation_row", victim, "protection, age_basis, facts, codes"
        )
        ((open_, codes),) = rows("situation_row", victim, "codes #>> '{duties,open}', codes::text")
    assert (protection, age_basis, facts) == ("presumed_victim", "claimed", 3)
    assert int(str(open_)) > 0
    assert '"is_child": true' in str(codes)
    assert "Aino" not in str(codes)


def test_eva_sees_none_of_the_rows_and_cannot_hold_them(victim: RootId, carla: Actor, eva: Actor):
    with carla.at_work():
        written(victim)
        assert all(count > 0 for table, count in counts(victim).items() if table != "alarm_row")
    with eva.at_work():
        assert counts(victim) == dict.fromkeys(TABLES, 0)
        assert hold(victim) is None


def test_who_joins_or_leaves_has_the_record_computed_anew(victim: RootId, carla: Actor, dmitri: Actor):
    def waits() -> object:
        return rows("situation_row", victim, "next_change_at = now(), 0")[0][0]

    with carla.at_work():
        written(victim)
        assert waits() is not True
    with carla.at_work():
        membership = add_member(victim, make_actor("school").agency, relation="team")
        assert waits() is True
        written(victim)
    with carla.at_work():
        assert waits() is not True
        end_membership(membership)
        assert waits() is True


def test_a_member_that_ends_later_moves_the_record_then(victim: RootId, database: TestDatabase, carla: Actor):
    until = datetime(2027, 1, 1, tzinfo=UTC)
    with database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE membership SET until = %s WHERE root_id = %s", (until, victim))
    with carla.at_work():
        held = hold(victim)
    assert held is not None
    assert held.members_change_at == until


def test_erasing_one_compartment_has_the_rest_computed_anew(victim: RootId, carla: Actor):
    with carla.at_work():
        written(victim)
    with carla.at_work() as ctx:
        erase(victim, (Compartment.GENERAL,), because="retention")
        assert [one.root for one in due(ctx.now + timedelta(seconds=1), at_most=10)] == [victim]


def test_jobs_write_rows_under_a_named_purpose_only(victim: RootId, database: TestDatabase):
    with database.used_as(DatabaseRole.JOBS):
        with with_context(agency=None, actor="sweeper", purpose="sweep"):
            assert written(victim).added > 0
        with with_context(agency=None, actor="sweeper", purpose="curiosity"):
            assert hold(victim) is None


def test_a_row_that_was_deleted_comes_back(victim: RootId, database: TestDatabase, carla: Actor):
    with database.connect_as_keeper() as keeper:
        keeper.execute("DELETE FROM situation_row WHERE root_id = %s", (victim,))
    with carla.at_work():
        assert counts(victim)["situation_row"] == 0
        written(victim)
        assert counts(victim)["situation_row"] == 1


def test_the_second_of_two_writers_waits_for_the_first(victim: RootId, database: TestDatabase, carla: Actor):
    with carla.at_work():
        hold(victim)
        with database.connect(DatabaseRole.JOBS) as other, other.transaction():
            other.execute("SET LOCAL encircle.purpose = 'sweep'")
            taken = "SELECT 1 FROM situation_row WHERE root_id = %s FOR UPDATE SKIP LOCKED"
            assert other.execute(taken, (victim,)).fetchone() is None
    with database.connect(DatabaseRole.JOBS) as other, other.transaction():
        other.execute("SET LOCAL encircle.purpose = 'sweep'")
        assert other.execute(taken, (victim,)).fetchone() == (1,)


def test_nothing_waits_to_be_computed_anew_by_itself(database: TestDatabase):
    with (
        database.used_as(DatabaseRole.JOBS),
        with_context(agency=None, actor="rebuilder", purpose="rebuild"),
    ):
        assert waiting() == 0


def test_an_age_that_time_will_end_says_when(aino: RootId, carla: Actor):
    with carla.at_work() as ctx:
        append(
            a_fact(aino, AgeClaimed(claimed_child=True, claimed_years=17), by=carla), follows=None, ctx=ctx
        )
        written(aino)
        ((at, codes),) = rows("situation_row", aino, "next_change_at, codes -> 'turns_18'")
    assert isinstance(at, datetime)
    assert NOW < at <= datetime(2027, 5, 7, tzinfo=UTC)
    assert str(codes).startswith('["2026-05-')
