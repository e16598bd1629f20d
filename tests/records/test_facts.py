"""Facts go in once, come out as they were, and a stale write is told to the writer."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from encircle.records.context import with_context
from encircle.records.facts import add_learnt, append, facts_of, read, version
from encircle.records.refusal import Conflict, RuleBroken
from encircle.records.roots import open_root
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.fact import Fact, Learnt
from encircle.vocabulary.facts.age import AgeClaimed
from encircle.vocabulary.facts.guardianship import GuardianAppointed, GuardianEnded
from encircle.vocabulary.facts.health import HealthNeedNoted
from encircle.vocabulary.facts.identity import NameRecorded, SameChildStated
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.withdrawal import Withdrawal
from encircle.vocabulary.identifier import FactId, RootId
from tests.records.world import LONG_AGO, Actor, a_fact

FIFTEEN = AgeClaimed(claimed_child=True, claimed_years=15)
SEVENTEEN = AgeClaimed(claimed_child=True, claimed_years=17)
PROVISIONAL = GuardianAppointed(capacity="provisional", name="Bo Lind")


def record(fact: Fact, *, by: Actor, follows: FactId | None = None) -> Fact:
    with by.at_work() as ctx:
        return append(fact, follows=follows, ctx=ctx)


def facts_seen_by(actor: Actor, root: RootId) -> tuple[Fact, ...]:
    with actor.at_work():
        return facts_of(root)


def test_a_fact_comes_out_as_it_went_in(aino: RootId, carla: Actor):
    about_the_child = record(a_fact(aino, FIFTEEN, by=carla, happened="2026-03/2026-05-06"), by=carla)
    about_a_guardian = record(a_fact(aino, PROVISIONAL, by=carla, subject=str(uuid4())), by=carla)
    first_of_its_thing = record(a_fact(aino, PROVISIONAL, by=carla), by=carla)
    assert facts_seen_by(carla, aino) == (about_the_child, about_a_guardian, first_of_its_thing)


def test_the_database_says_when_a_fact_was_recorded(aino: RootId, carla: Actor):
    fact = a_fact(aino, FIFTEEN, by=carla)
    with carla.at_work() as ctx:
        recorded = append(fact, follows=None, ctx=ctx)
    assert recorded == replace(fact, recorded=recorded.recorded)
    assert timedelta(0) <= recorded.recorded - ctx.now < timedelta(seconds=30)


def test_a_later_fact_may_be_about_the_thing_that_an_earlier_one_began(aino: RootId, carla: Actor):
    appointed = record(a_fact(aino, PROVISIONAL, by=carla), by=carla)
    ended = record(
        a_fact(aino, GuardianEnded(ended_because="replaced"), by=carla, subject=appointed.id), by=carla
    )
    assert facts_seen_by(carla, aino) == (appointed, ended)


def test_only_the_compartments_asked_for_are_read(aino: RootId, carla: Actor):
    age = record(a_fact(aino, FIFTEEN, by=carla), by=carla)
    health = record(a_fact(aino, HealthNeedNoted(need="injury", urgent=True), by=carla), by=carla)
    assert facts_seen_by(carla, aino) == (age, health)
    with carla.at_work():
        assert facts_of(aino, (Compartment.GENERAL,)) == (age,)
        assert facts_of(aino, (Compartment.HEALTH,)) == (health,)


def test_reading_takes_the_same_queries_for_one_fact_and_for_many(aino: RootId, carla: Actor):
    counts = []
    for size in (1, 4):
        while len(facts_seen_by(carla, aino)) < size:
            record(a_fact(aino, PROVISIONAL, by=carla), by=carla)
        with carla.at_work(), CaptureQueriesContext(connection) as queries:
            facts_of(aino)
        counts.append(len(queries))
    assert counts == [2, 2]


def test_a_root_without_facts_is_a_child_without_a_name_or_not_yet_born(carla: Actor):
    with carla.at_work() as ctx:
        child, concern = open_root(Kind.CHILD, ctx=ctx), open_root(Kind.CONCERN, ctx=ctx)
    assert facts_seen_by(carla, child) == facts_seen_by(carla, concern) == ()


def test_another_agency_that_learns_a_fact_is_added(aino: RootId, carla: Actor, dmitri: Actor):
    fact = record(a_fact(aino, FIFTEEN, by=carla), by=carla)
    later = Learnt(dmitri.agency, LONG_AGO + timedelta(days=3))
    with dmitri.at_work():
        add_learnt(fact.id, later)
    assert facts_seen_by(carla, aino) == (replace(fact, learnt=(*fact.learnt, later)),)


def test_two_sources_versions_of_one_event_stand_side_by_side(aino: RootId, carla: Actor, dmitri: Actor):
    first = record(a_fact(aino, FIFTEEN, by=carla), by=carla)
    second = record(a_fact(aino, SEVENTEEN, by=dmitri, version_of=first.id), by=dmitri, follows=first.id)
    assert facts_seen_by(carla, aino) == facts_seen_by(dmitri, aino) == (first, second)


def test_a_stale_write_gets_the_conflict_with_both(aino: RootId, carla: Actor, dmitri: Actor):
    first = record(a_fact(aino, FIFTEEN, by=carla), by=carla)
    theirs = record(a_fact(aino, SEVENTEEN, by=dmitri, corrects=first.id), by=dmitri, follows=first.id)
    yours = a_fact(aino, FIFTEEN, by=carla, corrects=first.id)
    with pytest.raises(Conflict) as told:
        record(yours, by=carla, follows=first.id)
    assert (told.value.yours, told.value.theirs) == (yours, (theirs,))
    assert facts_seen_by(carla, aino) == (first, theirs)


def test_a_writer_who_read_nothing_gets_all_that_is_there(aino: RootId, carla: Actor):
    first = record(a_fact(aino, FIFTEEN, by=carla), by=carla)
    second = record(a_fact(aino, SEVENTEEN, by=carla), by=carla, follows=first.id)
    with pytest.raises(Conflict) as told:
        record(a_fact(aino, FIFTEEN, by=carla), by=carla)
    assert told.value.theirs == (first, second)


def test_writers_about_different_matters_never_conflict(aino: RootId, carla: Actor):
    one, other = str(uuid4()), str(uuid4())
    facts = [
        record(a_fact(aino, payload, by=carla, subject=subject), by=carla)
        for payload, subject in ((PROVISIONAL, one), (PROVISIONAL, other), (FIFTEEN, None))
    ]
    assert facts_seen_by(carla, aino) == tuple(facts)


def test_a_withdrawal_and_a_correction_of_one_fact_conflict(aino: RootId, carla: Actor):
    fact = record(a_fact(aino, FIFTEEN, by=carla), by=carla)
    withdrawal = a_fact(aino, Withdrawal(withdrawal_reasons="Another child."), by=carla, withdraws=fact.id)
    withdrawn = record(withdrawal, by=carla, follows=fact.id)
    with pytest.raises(Conflict) as told:
        record(a_fact(aino, SEVENTEEN, by=carla, corrects=fact.id), by=carla, follows=fact.id)
    assert told.value.theirs == (withdrawn,)
    with carla.at_work():
        assert version(fact) == withdrawn.id


def test_of_two_who_write_at_the_same_moment_exactly_one_wins(aino: RootId, carla: Actor, dmitri: Actor):
    both_ready = Barrier(2)

    def write(actor: Actor) -> Fact | Conflict:
        try:
            with actor.at_work() as ctx:
                both_ready.wait(timeout=30)
                return append(a_fact(aino, FIFTEEN, by=actor), follows=None, ctx=ctx)
        except Conflict as conflict:
            return conflict
        finally:
            connection.close()

    for _ in range(3):
        with ThreadPoolExecutor(2) as threads:
            outcomes = list(threads.map(write, (carla, dmitri)))
        (won,) = [outcome for outcome in outcomes if isinstance(outcome, Fact)]
        (lost,) = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
        assert lost.theirs == (won,)
        with carla.at_work() as ctx:
            aino = open_root(Kind.CHILD, ctx=ctx)
            connection.cursor().execute(
                "INSERT INTO membership (id, root_id, agency_id, relation) VALUES (%s, %s, %s, 'team')",
                (str(uuid4()), aino, dmitri.agency),
            )


def test_linked_records_are_read_together_until_the_link_is_withdrawn(aino: RootId, carla: Actor):
    with carla.at_work() as ctx:
        other = open_root(Kind.CHILD, ctx=ctx)
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM root WHERE id = %s", (other,))
            number = cursor.fetchone()[0]
    here = record(a_fact(aino, FIFTEEN, by=carla), by=carla)
    there = record(a_fact(other, NameRecorded(name_used="Aino"), by=carla), by=carla)
    assert facts_seen_by(carla, aino) == (here,)
    same = record(a_fact(aino, SameChildStated(other_record=number), by=carla), by=carla)
    assert facts_seen_by(carla, aino) == facts_seen_by(carla, other) == (here, there, same)
    withdrawal = a_fact(aino, Withdrawal(withdrawal_reasons="A cousin."), by=carla, withdraws=same.id)
    taken_back = record(withdrawal, by=carla, follows=same.id)
    assert facts_seen_by(carla, aino) == (here, same, taken_back)
    assert facts_seen_by(carla, other) == (there,)


def test_a_link_to_a_record_that_the_agency_does_not_see_is_refused(aino: RootId, carla: Actor, eva: Actor):
    with eva.at_work() as ctx:
        hers = open_root(Kind.CHILD, ctx=ctx)
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM root WHERE id = %s", (hers,))
            number = cursor.fetchone()[0]
    with pytest.raises(RuleBroken, match="no other record with this number"):
        record(a_fact(aino, SameChildStated(other_record=number), by=carla), by=carla)
    assert facts_seen_by(carla, aino) == ()


def broken_facts(root: RootId, by: Actor, known: Fact, elsewhere: Fact) -> dict[str, Fact]:
    """A fact that breaks each rule, by the name of the rule."""
    tomorrow = LONG_AGO + timedelta(days=40_000)
    fact = a_fact(root, FIFTEEN, by=by)
    return {
        "fact_of_a_known_type": replace(fact, type="height_measured"),
        "fact_says_what_its_type_says": replace(fact, payload=PROVISIONAL),
        "fact_ids_are_random": replace(fact, id=FactId("f1")),
        "fact_pkey": replace(a_fact(root, PROVISIONAL, by=by), id=known.id),
        "fact_not_recorded_before_it_happened": a_fact(
            root, FIFTEEN, by=by, happened="2140", learnt=tomorrow
        ),
        "fact_not_learnt_before_it_happened": a_fact(root, FIFTEEN, by=by, happened="2026-05-07"),
        "fact_not_recorded_before_it_was_learnt": a_fact(root, FIFTEEN, by=by, learnt=tomorrow),
        "fact_withdrawal_names_a_fact": a_fact(root, Withdrawal(withdrawal_reasons="So."), by=by),
        "fact_refers_to_a_fact": a_fact(root, FIFTEEN, by=by, corrects=FactId(str(uuid4()))),
        "fact_refers_to_its_type": a_fact(root, FIFTEEN, by=by, corrects=known.id),
        "fact_refers_within_its_root": a_fact(root, PROVISIONAL, by=by, corrects=elsewhere.id),
        "fact_corrects_its_subject": a_fact(root, PROVISIONAL, by=by, corrects=known.id),
        "fact_subject_of_its_kind": a_fact(
            root, HealthNeedNoted(need="injury", urgent=True), by=by, subject=known.id
        ),
        "fact_subject_of_its_root": a_fact(root, PROVISIONAL, by=by, subject=elsewhere.id),
    }


RULES = tuple(broken_facts(RootId(""), Actor("", ""), *(a_fact(RootId(""), FIFTEEN, by=Actor("", "")),) * 2))


@pytest.mark.parametrize("rule", RULES)
def test_a_broken_rule_is_told_with_its_reason_and_nothing_is_written(rule: str, aino: RootId, carla: Actor):
    with carla.at_work() as ctx:
        another = open_root(Kind.CHILD, ctx=ctx)
    known = record(a_fact(aino, PROVISIONAL, by=carla), by=carla)
    elsewhere = record(a_fact(another, PROVISIONAL, by=carla), by=carla)
    with pytest.raises(RuleBroken) as told:
        record(broken_facts(aino, carla, known, elsewhere)[rule], by=carla)
    assert told.value.code == rule
    assert facts_seen_by(carla, aino) == (known,)


def test_what_was_read_must_be_of_the_same_matter(aino: RootId, carla: Actor):
    guardian = record(a_fact(aino, PROVISIONAL, by=carla), by=carla)
    with pytest.raises(RuleBroken) as told:
        record(a_fact(aino, FIFTEEN, by=carla), by=carla, follows=guardian.id)
    assert told.value.code == "fact_follows_its_matter"


def test_the_loader_of_example_cases_brings_its_own_times(aino: RootId, carla: Actor):
    fact = a_fact(aino, FIFTEEN, by=carla)
    with carla.at_work("load") as ctx:  # the purpose alone is not enough: the role must be jobs
        assert append(fact, follows=None, ctx=ctx).recorded != fact.recorded


def test_a_context_is_not_changed_half_way(carla: Actor):
    with (
        carla.at_work(),
        pytest.raises(RuntimeError),
        with_context(agency=None, actor="nobody", purpose="none"),
    ):
        pass


def test_erased_is_empty_where_nothing_was_erased(aino: RootId, carla: Actor):
    record(a_fact(aino, FIFTEEN, by=carla), by=carla)
    with carla.at_work():
        assert read(aino).erased == ()
