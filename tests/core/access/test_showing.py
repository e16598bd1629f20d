"""What may be shown: a closed fact is in no list, no time, no reason; duties that one owns or leads come without it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encircle.actions.law import law_of
from encircle.actions.replay.answer import ChildAnswer, answer
from encircle.core.access import CLOSED, Allowed, Shown, groups_of, shown, text_is_open
from encircle.core.access.needed import BY_ITSELF, closed_attributes, needed, needed_by_rules, needed_for
from encircle.core.access.showing import EVERY
from encircle.core.child import AsOf
from encircle.core.child.derived import DERIVED
from encircle.core.duty import DutyRow
from encircle.core.prohibition import AlarmState
from encircle.law.mandate import LedgerSeen
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.role import Role
from tests.core.world import condition
from tests.web.desk.looks import NOW, POLICE, a_fact

LAW = law_of("ee")
NOBODY = AgencyId("nobody")
MINIMUM, ACCOUNT, CRIMINAL, ASYLUM = (
    FieldGroup.MINIMUM,
    FieldGroup.ACCOUNT,
    FieldGroup.CRIMINAL,
    FieldGroup.ASYLUM,
)
NAME = a_fact("a", "name_recorded", "2026-03-01", name_used="Aino")
TOLD = a_fact("b", "account_told", "2026-03-03", told_to="guardian", said="words of the child")
STATUS = a_fact("c", "status_set", "2026-03-04", status="presumed_victim", status_reasons="indications")
FAMILY = a_fact("d", "proceeding_opened", "2026-03-05", proceeding_kind="family")
ASYLUM_OPENED = a_fact("e", "proceeding_opened", "2026-03-06", proceeding_kind="asylum")
CHARGED = a_fact("f", "proceeding_opened", "2026-03-07", proceeding_kind="criminal_suspect")
TAKEN_BACK = a_fact("g", "withdrawal", "2026-03-08", withdraws="e", withdrawal_reasons="a mistake")
CLAIMED = a_fact("h", "age_claimed", "2026-03-02", claimed_child=True, claimed_years=15)
CONCERN = a_fact("j", "concern_registered", "2026-03-01", channel="telephone")
PLACED = a_fact("k", "placement_started", "2026-03-04", placement_kind="adult_reception_centre")
FACTS = (NAME, TOLD, STATUS, FAMILY, ASYLUM_OPENED, CHARGED, CLAIMED, CONCERN, PLACED)
WITHOUT_STATUS = tuple(fact for fact in FACTS if fact is not STATUS)


def told(*facts: Fact) -> ChildAnswer:
    return answer(facts, law=LAW, as_of=AsOf(NOW))


def seen(
    *facts: Fact,
    groups: frozenset[FieldGroup],
    ledger: LedgerSeen = LedgerSeen.OWN,
    roles: frozenset[Role] = frozenset(),
    agency: AgencyId = NOBODY,
) -> Shown:
    given_answer = told(*facts)
    return shown(
        facts,
        given_answer.folded.earliest,
        given_answer.duties,
        given_answer.alarms,
        law=LAW,
        allowed=Allowed(groups, "a mandate", ledger=ledger, roles=roles),
        agency=agency,
    )


def ids(what: Shown) -> set[str]:
    return {str(fact.id) for fact in what.facts}


def test_the_group_of_a_proceeding_is_that_of_its_kind():
    assert {str(one): group for one, group in groups_of((FAMILY, ASYLUM_OPENED, CHARGED)).items()} == {
        "d": ACCOUNT,
        "e": ASYLUM,
        "f": CRIMINAL,
    }


def test_a_withdrawal_is_of_the_group_of_what_it_takes_back():
    again = a_fact("i", "withdrawal", "2026-03-09", withdraws="g", withdrawal_reasons="none")
    found = groups_of((ASYLUM_OPENED, TAKEN_BACK, again))
    assert set(found.values()) == {ASYLUM}


@given(fewer=st.frozensets(st.sampled_from(FieldGroup)), more=st.frozensets(st.sampled_from(FieldGroup)))
@settings(max_examples=40, deadline=None)
def test_more_groups_never_hide_a_fact_a_value_a_duty_or_an_alarm(
    fewer: frozenset[FieldGroup], more: frozenset[FieldGroup]
):
    before, after = seen(*FACTS, groups=fewer), seen(*FACTS, groups=fewer | more)
    assert ids(before) <= ids(after)
    assert {row.key for row in before.duties} <= {row.key for row in after.duties}
    assert {alarm.key for alarm in before.alarms} <= {alarm.key for alarm in after.alarms}
    closed_after = {name for name, value in after.situation.child.items() if value == CLOSED}
    assert closed_after <= {name for name, value in before.situation.child.items() if value == CLOSED}


@given(groups=st.frozensets(st.sampled_from(FieldGroup)), ledger=st.sampled_from(LedgerSeen))
@settings(max_examples=40, deadline=None)
def test_no_closed_fact_is_behind_anything_that_is_shown(groups: frozenset[FieldGroup], ledger: LedgerSeen):
    what = seen(*FACTS, groups=groups, ledger=ledger)
    group_of = groups_of(FACTS)
    behind = [fact for told_of in what.situation.told.values() for one in told_of for fact in one.facts]
    behind += [fact for row in what.duties if row.started is not None for fact in row.started.facts]
    behind += [fact for alarm in what.alarms if alarm.at is not None for fact in alarm.at.facts]
    assert {group_of[fact.id] for fact in (*what.facts, *behind)} <= groups
    assert "words of the child" not in repr(what) or ACCOUNT in groups
    assert "words of the child" in repr(seen(*FACTS, groups=EVERY))


def told_by_what_is_closed(facts: tuple[Fact, ...], groups: frozenset[FieldGroup]) -> list[str]:
    """What is shown otherwise where nothing closed is on record: by which somebody learns of what is closed."""
    group_of = groups_of(facts)
    whole = seen(*facts, groups=groups)
    less = seen(*(fact for fact in facts if group_of[fact.id] in groups), groups=groups)
    values, others = whole.situation.child, less.situation.child
    found = [name for name, value in values.items() if value != others[name]]
    items, other_items = whole.situation.items, less.situation.items
    kinds = (kind for kind in Kind if kind is not Kind.CHILD)
    found += [kind for kind in kinds if items.get(kind, ()) != other_items.get(kind, ())]
    if [as_told(row) for row in whole.duties] != [as_told(row) for row in less.duties]:
        found.append("duties")
    return found + (["alarms"] if whole.alarms != less.alarms else [])


def as_told(row: DutyRow) -> tuple[object, ...]:
    return row.key, row.state, row.due, row.late, row.missing, row.because, row.unknown


@pytest.mark.parametrize("facts", [FACTS, WITHOUT_STATUS], ids=["status set", "no status"])
@given(groups=st.frozensets(st.sampled_from(FieldGroup)))
@settings(max_examples=60, deadline=None)
def test_what_is_shown_is_the_same_whether_or_not_something_closed_is_on_record(
    facts: tuple[Fact, ...], groups: frozenset[FieldGroup]
):
    """Nobody learns from what is missing that something is there. Where the child is opens with its own group."""
    own = {"location"} if FieldGroup.LOCATION in groups else set[str]()
    assert set(told_by_what_is_closed(facts, groups)) <= own


@pytest.mark.parametrize(
    ("name", "groups", "facts"),
    [
        ("placed_with_adults", frozenset({MINIMUM}), FACTS),
        ("open_proceedings", frozenset({ACCOUNT}), FACTS),
    ],
)
def test_a_value_that_opens_though_closed_facts_are_behind_it_is_found(
    name: str, groups: frozenset[FieldGroup], facts: tuple[Fact, ...], monkeypatch: pytest.MonkeyPatch
):
    """A planted fault: each of these opened once with one group alone."""
    monkeypatch.setattr("encircle.core.access.needed.BY_ITSELF", {**BY_ITSELF, name: groups})
    for remembered in (needed, closed_attributes):
        remembered.cache_clear()
    try:
        assert told_by_what_is_closed(facts, groups) == [name]
    finally:
        monkeypatch.undo()
        for remembered in (needed, closed_attributes):
            remembered.cache_clear()


def test_a_status_that_only_says_that_there_is_a_concern_opens_with_the_concerns():
    account, both = frozenset({ACCOUNT}), frozenset({ACCOUNT, FieldGroup.INDICATORS})
    for facts, told_with_both in ((WITHOUT_STATUS, "concern"), ((NAME, TOLD), "none")):
        assert seen(*facts, groups=account).situation.child["protection"] == CLOSED
        assert seen(*facts, groups=both).situation.child["protection"] == told_with_both
    assert seen(*FACTS, groups=account).situation.child["protection"] == "presumed_victim"


def test_a_duty_that_asks_whether_a_status_is_none_or_a_concern_opens_with_the_concerns():
    """The situation that a duty reads has the value that is closed; so the duty has to be closed with it."""
    asks = [
        rule.code
        for rule in LAW.duties
        for asked in (
            rule.when,
            *(one.when for one in (*rule.suspended_by, *rule.lifted_by, *rule.breached_by)),
        )
        if re.search(r"child\.protection [^&|]*'(none|concern)'", asked.text)
    ]
    assert asks == ["D02a"]
    assert [code for code in asks if FieldGroup.INDICATORS not in needed_by_rules(LAW)[code]] == []


def test_one_who_leads_sees_every_duty_and_alarm_and_its_state_as_it_is():
    full = told(*FACTS)
    what = seen(*FACTS, groups=frozenset({MINIMUM}), ledger=LedgerSeen.ALL)
    assert [(row.key, row.state, row.due) for row in what.duties] == [
        (row.key, row.state, row.due) for row in full.duties
    ]
    assert [(alarm.key, alarm.state) for alarm in what.alarms] == [
        (alarm.key, alarm.state) for alarm in full.alarms
    ]
    assert what.partly


def test_an_owner_sees_the_own_duty_whatever_it_rests_on():
    closed = seen(*FACTS, groups=frozenset())
    owner = told(*FACTS).duties[0].rule.owner
    own = seen(*FACTS, groups=frozenset(), roles=frozenset({owner}))
    assert closed.duties == ()
    assert {row.rule.owner for row in own.duties} == {owner}
    assert {row.key for row in own.duties} <= own.partly


def test_the_agency_that_acted_sees_the_alarm():
    confronted = a_fact(
        "i", "interview_held", "2026-03-09", by=POLICE, confrontation=True, purpose="investigative"
    )
    raised = [alarm for alarm in told(*FACTS, confronted).alarms if alarm.state is AlarmState.RAISED]
    assert raised
    acted = seen(*FACTS, confronted, groups=frozenset({MINIMUM}), agency=POLICE)
    other = seen(*FACTS, confronted, groups=frozenset({MINIMUM}))
    assert {alarm.key for alarm in acted.alarms} >= {
        alarm.key for alarm in raised if alarm.by_fact == confronted.id
    }
    assert other.alarms == ()


def test_the_status_and_the_place_open_with_their_own_group():
    values = {
        name: seen(*FACTS, groups=frozenset({group})).situation.child[name]
        for name, group in (("protection", ACCOUNT), ("location", FieldGroup.LOCATION))
    }
    assert values["protection"] == "presumed_victim"
    assert values["location"] != CLOSED
    school = seen(*FACTS, groups=frozenset({MINIMUM})).situation.child
    assert (school["protection"], school["location"], school["open_proceedings"]) == (CLOSED,) * 3
    assert school["is_child"] is True


def test_the_safety_flags_are_of_the_minimum_set():
    flags = (
        "missing_now",
        "detained",
        "guardian_in_conflict",
        "do_not_contact",
        "died",
    )
    assert closed_attributes(Kind.CHILD, frozenset({MINIMUM})).isdisjoint(flags)
    assert closed_attributes(Kind.CHILD, frozenset()) >= set(flags)


def test_every_attribute_that_the_situation_derives_needs_some_group():
    assert [
        (kind, name) for kind, derived in DERIVED.items() for name in derived if not needed(kind, name)
    ] == []
    assert BY_ITSELF.keys() <= DERIVED[Kind.CHILD].keys()


def test_every_duty_and_prohibition_needs_some_group():
    assert [code for code, groups in needed_by_rules(LAW).items() if not groups] == []


def test_privileged_text_is_open_to_nobody():
    assert not text_is_open(Compartment.PRIVILEGED, Allowed(EVERY, ""))


@pytest.mark.parametrize("compartment", [one for one in Compartment if one is not Compartment.PRIVILEGED])
def test_free_text_opens_with_its_group_and_not_in_a_summary(compartment: Compartment):
    full = Allowed(EVERY, "")
    assert text_is_open(compartment, full)
    summary = replace(full, summary=EVERY)
    assert text_is_open(compartment, summary) is (compartment is Compartment.GENERAL)


def test_one_who_leads_sees_an_alarm_that_rests_on_what_is_closed_without_the_facts_behind_it():
    confronted = a_fact(
        "i", "interview_held", "2026-03-09", by=POLICE, confrontation=True, purpose="investigative"
    )
    only = frozenset({MINIMUM})
    raised = {alarm.key for alarm in told(*FACTS, confronted).alarms if alarm.by_fact == confronted.id}
    assert raised
    leads = seen(*FACTS, confronted, groups=only, ledger=LedgerSeen.ALL)
    assert {alarm.key for alarm in leads.alarms} >= raised
    assert [alarm.by_fact for alarm in leads.alarms if alarm.key in raised] == [None] * len(raised)


def test_a_condition_needs_the_groups_of_everything_that_it_reads():
    read = condition("child.protection == 'presumed_victim' && placements.exists(p, p.started)")
    assert needed_for(read) == {ACCOUNT, FieldGroup.LOCATION}
    assert needed_for(condition("true")) == frozenset()
