"""What follows from facts, in rows: the same rows whether kept fact by fact, swept when time passes, or all made anew."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from encircle.actions.examples import Names
from encircle.actions.law import law_of
from encircle.actions.projection import rebuild_ledger
from encircle.actions.replay.answer import ChildAnswer, answer
from encircle.actions.replay.case import ReplayCase
from encircle.actions.synthetic import AGENCIES
from encircle.core.child import AsOf
from encircle.core.duty.turning import next_turning
from encircle.records import facts as records
from encircle.records import people
from encircle.records.roots import open_root
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.identifier import FactId, RootId
from encircle.vocabulary.moment import point
from tests.actions.kept import KEPT, as_jobs, cases, kept, last_of_the_matter
from tests.actions.stating import state, who
from tests.database import TestDatabase, as_operator
from tests.records.world import Actor, a_fact, make_actor


@pytest.fixture
def carla(database: TestDatabase) -> Actor:
    return make_actor("child_protection_service")


@pytest.fixture
def aino(carla: Actor) -> RootId:
    with carla.at_work() as ctx:
        return open_root(Kind.CHILD, ctx=ctx)


def a_record_told_in_order(case: ReplayCase, order: list[int], taken_back: set[int], carla: Actor) -> RootId:
    """The child of the case, each fact stated by itself in that order; then some of them are withdrawn."""
    names = Names(replace(case, name=uuid4().hex))
    root = names.root("child")
    with as_operator():
        for agency in AGENCIES.values():
            role = agency.role.value
            people.add_agency(
                names.agency(agency.id), code=agency.id, name=agency.name, role=role, country="EE"
            )
    with carla.at_work() as ctx:
        open_root(Kind.CHILD, ctx=ctx, root_id=root)
    stated = [a_statement(names.fact(case.facts[number]), carla) for number in order]
    for number in sorted(taken_back):
        taken = stated[number % len(stated)]
        withdrawal = a_fact(
            root,
            read_payload("withdrawal", {"withdrawal_reasons": "It was another child."}),
            by=carla,
            type_name="withdrawal",
            withdraws=taken.id,
        )
        a_statement(withdrawal, carla)
    return root


def a_statement(fact: Fact, carla: Actor) -> Fact:
    with carla.at_work():
        version = records.version(fact)
    if fact.withdraws is not None:
        version = last_of_the_matter(fact.withdraws, carla)
    return state(fact, who=who(carla), follows=version)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_rows_kept_fact_by_fact_are_those_of_a_full_recomputation(
    database: TestDatabase, carla: Actor, data: st.DataObject
):
    case = data.draw(st.sampled_from(cases()))
    order = data.draw(st.permutations(range(len(case.facts))))
    root = a_record_told_in_order(case, order, data.draw(st.sets(st.integers(0, 30), max_size=3)), carla)
    by_fact = kept(root, carla)
    with database.connect_as_keeper() as keeper:
        for table in ("duty_row", "alarm_row", "situation_row"):
            keeper.execute(f"DELETE FROM {table} WHERE root_id = %s", (root,))
    assert kept(root, carla) == {table: [] for table in KEPT}
    with as_jobs(database):
        rebuild_ledger(tell=lambda done, total: None)
    assert kept(root, carla) == by_fact
    assert len(by_fact["duty_row"]) > 0


def test_a_planted_wrong_row_is_put_right_by_a_full_recomputation(
    database: TestDatabase, aino: RootId, carla: Actor
):
    state(
        a_fact(aino, read_payload("age_claimed", {"claimed_child": True}), by=carla),
        who=who(carla),
        follows=None,
    )
    right = kept(aino, carla)
    with database.connect_as_keeper() as keeper:
        keeper.execute("UPDATE duty_row SET state = 'met', urgency = NULL WHERE root_id = %s", (aino,))
    assert kept(aino, carla) != right
    with as_jobs(database):
        rebuild_ledger(tell=lambda done, total: None)
    assert kept(aino, carla) == right


@settings(max_examples=40, deadline=None)
@given(
    case=st.sampled_from(cases()),
    days=st.integers(0, 700),
    shares=st.lists(st.floats(0, 1), min_size=1, max_size=4),
)
def test_between_now_and_the_next_turning_nothing_changes(case: ReplayCase, days: int, shares: list[float]):
    law, facts = law_of("ee"), case.facts
    now = datetime(2025, 1, 8, tzinfo=UTC) + timedelta(days=days)

    def at(moment: datetime) -> ChildAnswer:
        return answer(facts, law=law, as_of=AsOf(moment))

    found = at(now)
    turning = next_turning(facts, found.folded, found.duties, law=law, now=now)
    end = turning or now + timedelta(days=400)
    for share in shares:
        assert what_stands(at(now + (end - now) * share)) == what_stands(found)


def what_stands(found: ChildAnswer) -> list[tuple[object, ...]]:
    duties = [(*row.key, row.state, row.missing) for row in found.duties]
    alarms = [(*alarm.key, alarm.state) for alarm in found.alarms]
    child = found.folded.earliest.child
    return [*duties, *alarms, (child["is_child"], child["location"], child["protection"])]


def test_a_fact_and_what_follows_from_it_are_saved_together_or_not_at_all(aino: RootId, carla: Actor):
    fact = a_fact(aino, read_payload("age_claimed", {"claimed_child": True}), by=carla)
    state(fact, who=who(carla), follows=None)
    before = kept(aino, carla)
    with pytest.raises(Exception, match="written about this"):
        state(replace(fact, id=FactId(str(uuid4()))), who=who(carla), follows=None)
    assert kept(aino, carla) == before


def test_stating_a_fact_takes_as_many_queries_for_many_duties_as_for_few(aino: RootId, carla: Actor):
    def queries(kind: str, payload: dict[str, object]) -> int:
        fact = a_fact(aino, read_payload(kind, payload), type_name=kind, by=carla)
        with CaptureQueriesContext(connection) as seen:
            state(fact, who=who(carla), follows=None)
        return len(seen)

    queries("age_claimed", {"claimed_child": True, "claimed_years": 15})
    few = queries("status_set", {"status": "at_risk", "set_by_role": "triage_team"})
    assert queries("parental_care_recorded", {"parental_care": "absent"}) == few
    assert len(kept(aino, carla)["duty_row"]) > 2


def test_a_fact_of_the_last_moment_counts_at_once(aino: RootId, carla: Actor):
    with carla.at_work() as ctx:
        now = ctx.now
    fact = replace(
        a_fact(aino, read_payload("child_presumed", {"presumed_on": ["claim"]}), by=carla),
        happened=point(now, "Europe/Tallinn"),
        learnt=(),
        certainty=Certainty.OBSERVED,
    )
    state(fact, who=who(carla), follows=None)
    assert kept(aino, carla)["situation_row"][0][1] == "presumed"


def test_the_law_does_not_name_a_duration_that_is_added_to_another():
    """The next turning looks one duration ahead of each time on record, not at sums of several."""
    texts = [duty.when.text for duty in law_of("ee").duties]
    assert [text for text in texts if text.count("duration(") > 1] == []
