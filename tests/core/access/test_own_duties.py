"""A duty of one's own, or of a case that one leads, is shown whatever it rests on: without what is closed."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from encircle.actions.law import law_of
from encircle.core.access import CLOSED, Allowed, Shown, groups_of, opened_rows, shown, text_is_open
from encircle.core.access.showing import opened_situation
from encircle.core.child import AsOf, fold
from encircle.core.duty import DutyRow, DutyState, ledger
from encircle.law.duty import DutyRule
from encircle.law.mandate import LedgerSeen
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.role import Role
from encircle.vocabulary.unknown import Unknown
from tests.core.world import duty
from tests.web.desk.looks import NOW, a_fact

LAW = law_of("ee")
OWNER = Role.GUARDIANSHIP_AUTHORITY
M, F, L, R, A, X, V = (FieldGroup(letter) for letter in "MFLRAXV")
EVERYTHING = frozenset(FieldGroup)
CARE = a_fact("a", "parental_care_recorded", "2026-03-01", parental_care="absent")
PLACED = a_fact("b", "placement_started", "2026-03-02", placement_kind="foster")
CHARGED = a_fact("c", "proceeding_opened", "2026-03-03", proceeding_kind="criminal_suspect")


def seen(
    *facts: Fact,
    rule: DutyRule,
    groups: Iterable[FieldGroup],
    roles: Iterable[Role] = (OWNER,),
    ledger_seen: LedgerSeen = LedgerSeen.OWN,
) -> Shown:
    folded = fold(facts, AsOf(NOW), zone=LAW.zone)
    law = replace(LAW, duties=(rule,), prohibitions=())
    return shown(
        facts,
        folded.earliest,
        ledger(folded, (rule,), calendar=LAW.calendar),
        (),
        law=law,
        allowed=Allowed(frozenset(groups), "a mandate", ledger=ledger_seen, roles=frozenset(roles)),
        agency=AgencyId("eva"),
    )


def row(*facts: Fact, rule: DutyRule, groups: Iterable[FieldGroup]) -> DutyRow:
    (one,) = seen(*facts, rule=rule, groups=groups).duties
    return one


# Why it rests


SUSPENDED = duty("child.parental_care_recorded", suspended="placements.exists(p, p.started)")
BREACHED = duty("child.parental_care_recorded", breached="placements.exists(p, p.started)")
LIFTED = duty("child.parental_care_recorded", lifted="placements.exists(p, p.started)")


@pytest.mark.parametrize("rule", [SUSPENDED, BREACHED, LIFTED], ids=["suspended", "breached", "lifted"])
def test_the_ground_of_a_state_is_told_only_where_what_it_reads_is_open(rule: DutyRule):
    opened, closed = (row(CARE, PLACED, rule=rule, groups=groups) for groups in ({M, L}, {M}))
    assert (str(opened.because), closed.because) == ("placements.exists(p, p.started)", None)
    assert opened.state is closed.state


def test_of_two_grounds_the_one_that_holds_decides_whether_it_is_told():
    two = duty(
        "child.parental_care_recorded", suspended="child.parental_care_recorded", lifted="child.suspect_open"
    )
    found = row(CARE, PLACED, rule=two, groups={M})
    assert (found.state, str(found.because)) == (DutyState.SUSPENDED, "child.parental_care_recorded")
    charged = row(CARE, CHARGED, rule=two, groups={M})
    assert (charged.state, charged.because) == (DutyState.LIFTED, None)


# Since when


def test_a_start_that_is_closed_keeps_its_time_and_loses_its_facts():
    rule = duty("child.parental_care_recorded", starts=["placements.started"])
    opened, closed = (row(CARE, PLACED, rule=rule, groups=groups) for groups in ({M, L}, {M}))
    assert opened.started is not None
    assert closed.started is not None
    assert (opened.started.at, opened.started.facts) == (PLACED.happened, (PLACED,))
    assert (closed.started.at, closed.started.facts) == (PLACED.happened, ())


def test_a_duty_whose_clock_has_not_started_is_shown_without_one():
    rule = duty("child.parental_care_recorded", starts=["placements.started"])
    assert row(CARE, rule=rule, groups={M}).started is None


# What is not known


ASKS = duty("child.parental_care == 'absent' && placements.exists(p, p.adults_present)")


def test_the_names_of_missing_facts_are_told_only_where_those_facts_would_be_open():
    nothing_told = a_fact("b", "placement_started", "2026-03-02", placement_kind="foster")
    opened = row(CARE, nothing_told, rule=ASKS, groups={M, L})
    closed = row(CARE, nothing_told, rule=ASKS, groups={M})
    assert (opened.state, opened.unknown) == (
        DutyState.UNKNOWN,
        Unknown("placement.adults_present is not on record", ("placement_started",)),
    )
    assert (closed.state, closed.unknown) == (DutyState.UNKNOWN, Unknown(CLOSED.reason, ()))
    none_open = row(CARE, nothing_told, rule=ASKS, groups=())
    assert none_open.unknown == Unknown(CLOSED.reason, ())


def test_of_several_missing_facts_those_that_would_be_open_are_named():
    both = duty("child.is_child || placements.exists(p, p.adults_present)")
    found = row(PLACED, rule=both, groups={M})
    assert found.unknown == Unknown(
        CLOSED.reason, ("date_of_birth_recorded", "age_claimed", "child_presumed")
    )


# Who sees it


@pytest.mark.parametrize(
    ("groups", "roles", "ledger_seen", "is_shown", "is_partly"),
    [
        ({M, L}, (), LedgerSeen.OWN, True, False),
        ({M}, (), LedgerSeen.OWN, False, False),
        ({M}, (Role.POLICE,), LedgerSeen.OWN, False, False),
        ({M}, (OWNER,), LedgerSeen.OWN, True, True),
        ({M}, (Role.POLICE, OWNER), LedgerSeen.OWN, True, True),
        ({M}, (OWNER,), LedgerSeen.FIGURES, True, True),
        ({M}, (), LedgerSeen.FIGURES, False, False),
        ({M}, (), LedgerSeen.ALL, True, True),
        ((), (), LedgerSeen.ALL, True, True),
        (EVERYTHING, (), LedgerSeen.OWN, True, False),
        (EVERYTHING, (), LedgerSeen.ALL, True, False),
    ],
)
def test_who_sees_a_duty_and_whether_in_whole(
    groups: set[FieldGroup],
    roles: tuple[Role, ...],
    ledger_seen: LedgerSeen,
    is_shown: bool,
    is_partly: bool,
):
    found = seen(CARE, PLACED, rule=SUSPENDED, groups=groups, roles=roles, ledger_seen=ledger_seen)
    assert (bool(found.duties), found.partly) == (
        is_shown,
        frozenset({("D90", "")}) if is_partly else frozenset(),
    )


def test_all_is_shown_as_it_is_to_one_who_leads_and_sees_every_group():
    facts = (CARE, PLACED, CHARGED)
    folded = fold(facts, AsOf(NOW), zone=LAW.zone)
    rows = ledger(folded, (SUSPENDED,), calendar=LAW.calendar)
    found = seen(*facts, rule=SUSPENDED, groups=EVERYTHING, ledger_seen=LedgerSeen.ALL)
    assert found == Shown(facts, folded.earliest, rows, (), frozenset(), (M, L, R))


def test_the_parts_of_which_something_is_shown_are_named_in_their_order():
    found = seen(PLACED, CHARGED, CARE, rule=SUSPENDED, groups={M, L, F})
    assert (found.facts, found.groups) == ((PLACED, CARE), (M, L))


# Subjects and values


def test_a_subject_of_which_nothing_open_is_told_is_not_there():
    folded = fold((CARE, PLACED), AsOf(NOW), zone=LAW.zone)
    group_of = groups_of((CARE, PLACED))
    opened = opened_situation(folded.earliest, group_of, frozenset({M}))
    assert (opened.of(Kind.PLACEMENT), opened.scope["placements"], opened.told) == (
        (),
        (),
        {(Kind.CHILD, ""): folded.earliest.told[Kind.CHILD, ""]},
    )
    assert (opened.child["placed"], opened.child["parental_care"]) == (CLOSED, "absent")
    assert (opened.at, opened.reading, opened.scope["now"]) == (
        folded.earliest.at,
        folded.earliest.reading,
        folded.earliest.scope["now"],
    )
    assert opened.scope["child"] is opened.child


def test_where_every_group_is_open_the_situation_is_the_same_one():
    folded = fold((CARE, PLACED), AsOf(NOW), zone=LAW.zone)
    assert opened_situation(folded.earliest, groups_of((CARE, PLACED)), EVERYTHING) is folded.earliest


def test_a_proceeding_that_is_open_says_that_it_runs_though_another_kind_would_be_closed():
    family = a_fact("d", "proceeding_opened", "2026-03-03", proceeding_kind="family")
    folded = fold((family, CHARGED), AsOf(NOW), zone=LAW.zone)
    opened = opened_situation(folded.earliest, groups_of((family, CHARGED)), frozenset({F}))
    [one] = opened.of(Kind.PROCEEDING)
    assert (one["id"], one["proceeding_kind"], one["current"], one["opened"]) == ("d", "family", True, True)


# Requests that a flag keeps

ASKED = a_fact(
    "r",
    "request_sent",
    "2026-03-03",
    to_country="FI",
    instrument="other",
    request_kind="situation_report",
)
FLAG = a_fact(
    "f", "do_not_contact_set", "2026-03-04", because="risk_to_child", scope=["country"], country="FI"
)
ANSWER_DUE = duty("request.sent", for_each=Kind.REQUEST)


@pytest.mark.parametrize(
    ("facts", "groups", "is_shown"),
    [
        ((ASKED,), {X}, True),
        ((ASKED, FLAG), {X}, False),
        ((ASKED, FLAG), {X, V}, True),
        ((ASKED,), {V}, False),
    ],
)
def test_the_duty_for_a_flagged_request_is_open_to_who_sees_the_plans(
    facts: tuple[Fact, ...], groups: set[FieldGroup], is_shown: bool
):
    folded = fold(facts, AsOf(NOW), zone=LAW.zone)
    rows = ledger(folded, (ANSWER_DUE,), calendar=LAW.calendar)
    law = replace(LAW, duties=(ANSWER_DUE,), prohibitions=())
    opened, alarms = opened_rows(
        facts, rows, (), law=law, allowed=Allowed(frozenset(groups), ""), agency=AgencyId("eva")
    )
    assert (opened, alarms) == (rows if is_shown else (), ())


# Free text

OPENS: dict[Compartment, FieldGroup] = {
    Compartment.IDENTITY: FieldGroup.MINIMUM,
    Compartment.ACCOUNT: FieldGroup.ACCOUNT,
    Compartment.LOCATION: FieldGroup.LOCATION,
    Compartment.HEALTH: FieldGroup.HEALTH,
    Compartment.CRIMINAL: FieldGroup.CRIMINAL,
    Compartment.ASYLUM: FieldGroup.ASYLUM,
    Compartment.VIEWS: FieldGroup.VIEWS,
}


def test_each_compartment_opens_with_a_group_or_with_all_or_with_none():
    assert set(Compartment) - set(OPENS) == {Compartment.GENERAL, Compartment.PRIVILEGED}


@pytest.mark.parametrize("compartment", OPENS)
def test_free_text_opens_with_its_own_group_alone(compartment: Compartment):
    group = OPENS[compartment]
    alone, others = frozenset({group}), EVERYTHING - {group}
    assert [text_is_open(compartment, Allowed(groups, "")) for groups in (alone, others)] == [True, False]
    assert not text_is_open(compartment, Allowed(alone, "", summary=alone))
    assert text_is_open(compartment, Allowed(EVERYTHING, "", summary=others))
