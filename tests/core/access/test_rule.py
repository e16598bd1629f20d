"""The access rule over all mandates: closed unless opened, widened by a relation only as far as mandates go."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from encircle.actions.law import law_of
from encircle.core.access import Allowed, Denied, Doing, decide
from encircle.law.mandate import LedgerSeen, Mandate
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from tests.core.access.plainly import GIVES

TABLE: Mapping[str, str] = yaml.safe_load(
    Path(__file__).with_name("mandates.yaml").read_text(encoding="utf-8")
)
MANDATES = law_of("ee").mandates_by_role
MEMBER = frozenset({Relation.TEAM})
LOOKING = [role for role in Role if Purpose.PROTECT in MANDATES[role].purposes]


def asked(
    role: Role,
    *,
    doing: Doing = Doing.LOOK,
    purpose: Purpose = Purpose.PROTECT,
    relations: frozenset[Relation] = MEMBER,
    mandates: Mapping[Role, Mandate] = MANDATES,
) -> Allowed | Denied:
    return decide(doing, role=role, purpose=purpose, relations=relations, mandates=mandates)


def letters(sees: frozenset[FieldGroup], summary: frozenset[FieldGroup]) -> str:
    return "".join(
        "." if group not in sees else group.value.lower() if group in summary else group.value
        for group in FieldGroup
    )


def test_every_role_has_a_mandate_and_a_line_in_the_table():
    assert set(MANDATES) == set(Role)
    assert sorted(TABLE) == sorted(role.value for role in Role)


@pytest.mark.parametrize("country", ["coe", "ee", "eu", "gb"])
@pytest.mark.parametrize("role", Role)
def test_a_role_sees_what_the_table_says_in_each_country(role: Role, country: str):
    mandate = law_of(country).mandates_by_role[role]
    assert letters(mandate.sees, mandate.summary) == TABLE[role.value]


@pytest.mark.parametrize("role", LOOKING)
def test_a_member_sees_the_groups_of_its_mandate_and_no_others(role: Role):
    answer = asked(role)
    assert isinstance(answer, Allowed)
    assert letters(answer.groups, answer.summary) == TABLE[role.value]


@pytest.mark.parametrize("role", [role for role in Role if role not in LOOKING])
def test_a_role_without_the_purpose_to_protect_opens_no_record(role: Role):
    answer = asked(role)
    assert isinstance(answer, Denied)
    assert (answer.code, answer.hidden, bool(answer.source), bool(answer.instead)) == (
        "purpose",
        False,
        True,
        True,
    )


@pytest.mark.parametrize("role", Role)
def test_who_takes_no_part_or_stands_against_the_child_is_not_told_that_there_is_a_record(role: Role):
    for relations in (frozenset[Relation](), frozenset({Relation.ADVERSE}), frozenset(Relation)):
        answer = asked(role, relations=relations)
        assert isinstance(answer, Denied)
        assert answer.hidden


def test_a_role_without_a_mandate_sees_nothing():
    answer = asked(Role.POLICE, mandates={})
    assert isinstance(answer, Denied)
    assert answer.code == "no_mandate"


def test_a_relation_gives_its_mandate_only_to_a_role_that_may_hold_it():
    lead = frozenset({Relation.TEAM, Relation.CASE_LEAD})
    widened, alone = asked(Role.NGO, relations=lead), asked(Role.CASE_LEAD)
    assert isinstance(widened, Allowed)
    assert isinstance(alone, Allowed)
    assert widened.groups == alone.groups | MANDATES[Role.NGO].sees
    assert widened.ledger is LedgerSeen.ALL
    assert widened.roles == {Role.NGO, Role.CASE_LEAD}
    assert asked(Role.COORDINATOR, relations=lead) == asked(Role.COORDINATOR)
    assert asked(Role.SCHOOL, relations=lead) == asked(Role.SCHOOL)


def test_the_childs_words_are_open_if_one_of_the_mandates_opens_them():
    guardian = frozenset({Relation.GUARDIAN})
    answer = asked(Role.CHILD_PROTECTION_SERVICE, relations=guardian)
    assert isinstance(answer, Allowed)
    assert answer.summary == frozenset()


@given(role=st.sampled_from(Role), relations=st.sets(st.sampled_from(Relation)), doing=st.sampled_from(Doing))
def test_nothing_is_opened_beyond_the_mandates_that_are_held(
    role: Role, relations: set[Relation], doing: Doing
):
    answer = asked(role, relations=frozenset(relations), doing=doing)
    if isinstance(answer, Denied):
        return
    held = {role, *(GIVES[one] for one in relations if one in GIVES)}
    assert answer.roles <= held
    assert answer.groups <= frozenset[FieldGroup]().union(*(MANDATES[one].sees for one in held))
    assert answer.adds <= frozenset[FieldGroup]().union(*(MANDATES[one].adds for one in held))


@given(
    role=st.sampled_from(LOOKING), fewer=st.sets(st.sampled_from(Relation)), more=st.sampled_from(Relation)
)
def test_one_more_relation_closes_nothing_unless_it_is_adverse(
    role: Role, fewer: set[Relation], more: Relation
):
    relations = (fewer | {Relation.TEAM}) - {Relation.ADVERSE}
    if more is Relation.ADVERSE:
        return
    before = asked(role, relations=frozenset(relations))
    after = asked(role, relations=frozenset({*relations, more}))
    assert isinstance(before, Allowed)
    assert isinstance(after, Allowed)
    assert before.groups <= after.groups
    assert before.groups - before.summary <= after.groups - after.summary


def test_who_states_nothing_or_decides_nothing_is_told_so():
    told = [
        asked(Role.COORDINATOR, doing=Doing.ADD),
        asked(Role.CARER, doing=Doing.DECIDE),
        asked(Role.POLICE, doing=Doing.ADD),
    ]
    assert [one.code if isinstance(one, Denied) else "allowed" for one in told] == [
        "adds_nothing",
        "decides_nothing",
        "allowed",
    ]


def test_a_look_of_police_is_law_enforcement_and_names_its_basis():
    answer = asked(Role.POLICE)
    assert isinstance(answer, Allowed)
    assert (answer.regime.value, answer.basis) == ("law_enforcement", "EU-2016/680 8")
    assert "Guidance document" in answer.source


@given(
    only=st.frozensets(st.sampled_from(FieldGroup)),
    role=st.sampled_from([role for role in LOOKING if MANDATES[role].sees]),
)
def test_what_is_narrowed_opens_no_other_group_and_keeps_the_rest(only: frozenset[FieldGroup], role: Role):
    answer = asked(role)
    assert isinstance(answer, Allowed)
    assert answer.narrowed(None) == answer
    assert answer.narrowed(only) == replace(
        answer, groups=answer.groups & only, summary=answer.summary & only, adds=answer.adds & only
    )


@pytest.mark.parametrize(
    ("is_open", "groups"),
    [(True, {FieldGroup.MINIMUM, FieldGroup.HEALTH}), (False, set())],
    ids=["open-to-this-end", "not-open"],
)
def test_a_restricted_record_is_marked_in_a_list_and_shown_no_more_of_unless_it_is_open(
    is_open: bool, groups: set[FieldGroup]
):
    opened = Allowed(
        frozenset({FieldGroup.MINIMUM, FieldGroup.HEALTH}), "Act 1", summary=frozenset({FieldGroup.HEALTH})
    )
    told = opened.under_restriction(is_open=is_open)
    assert (told.groups, told.summary, told.restricted) == (groups, groups & {FieldGroup.HEALTH}, True)
    assert not opened.restricted
