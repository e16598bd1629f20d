"""Visits: what is open of a record depends on the purpose to which it is visited, and never is more than a mandate opens."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from encircle.actions.law import law_of
from encircle.core.access import Allowed, Denied, Doing, Opened, decide, visits_open
from encircle.law.mandate import Mandate
from encircle.law.pack.entitling import COLLECTED_FOR
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.regime import Regime
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from encircle.vocabulary.visit_purpose import VisitPurpose, regime_of

COUNTRIES = ("coe", "dk", "ee", "eu", "fi", "gb")
MANDATES = law_of("ee").mandates_by_role


def visited(
    role: Role,
    visit: VisitPurpose | None,
    *relations: Relation,
    mandates: Mapping[Role, Mandate] = MANDATES,
    opened: Opened | None = None,
) -> Allowed | Denied:
    return decide(
        Doing.LOOK,
        role=role,
        purpose=Purpose.PROTECT,
        relations=frozenset(relations or {Relation.TEAM}),
        mandates=mandates,
        visit=visit,
        opened=opened or Opened(),
    )


def letters(answer: Allowed | Denied) -> str:
    return "" if isinstance(answer, Denied) else "".join(g.value for g in FieldGroup if g in answer.groups)


def test_police_see_suspects_when_they_investigate_and_not_when_they_protect():
    protect, investigate = (
        visited(Role.POLICE, visit) for visit in (VisitPurpose.PROTECT, VisitPurpose.INVESTIGATE)
    )
    assert (letters(protect), letters(investigate)) == ("MFI", "MFRI")
    assert isinstance(protect, Allowed)
    assert isinstance(investigate, Allowed)
    assert (protect.regime, investigate.regime) == (Regime.GDPR, Regime.LAW_ENFORCEMENT)


def test_a_purpose_that_the_mandate_does_not_name_is_refused_with_the_mandate_as_source():
    answer = visited(Role.SCHOOL, VisitPurpose.INVESTIGATE)
    assert answer == Denied(
        code="visit",
        reason="This is not among the purposes of your role.",
        source="; ".join(source.cite() for source in MANDATES[Role.SCHOOL].sources),
        instead="Ask the case lead to do it, or to tell you what you need for your part.",
    )


def test_who_is_guardian_too_sees_the_health_of_the_child_when_they_speak_for_it_and_not_else():
    relations = (Relation.TEAM, Relation.GUARDIAN)
    answers = {
        visit: letters(visited(Role.CHILD_PROTECTION_SERVICE, visit, *relations))
        for visit in visits_open(role=Role.CHILD_PROTECTION_SERVICE, relations=relations, mandates=MANDATES)
    }
    assert answers == {VisitPurpose.PROTECT: "MFLXVI", VisitPurpose.REPRESENT: "MFLHAXV"}


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_visit_opens_more_than_its_mandate_and_all_visits_together_open_all_of_it(country: str):
    for role, mandate in law_of(country).mandates_by_role.items():
        together = frozenset[FieldGroup]().union(*mandate.opened_for().values())
        assert (role, together) == (role, mandate.sees)


@pytest.mark.parametrize("country", COUNTRIES)
def test_what_was_collected_for_another_purpose_is_open_only_where_the_mandate_says_so(country: str):
    for role, mandate in law_of(country).mandates_by_role.items():
        for visit, groups in mandate.opened_for().items():
            regime = regime_of(visit, mandate.regime)
            crossed = {one for one in groups if COLLECTED_FOR.get(one, regime) is not regime}
            assert (role, visit, crossed - mandate.crosses) == (role, visit, set())


def test_what_a_decision_opened_is_open_to_any_end():
    opened = Opened(frozenset({FieldGroup.LOCATION}), frozenset({FieldGroup.LOCATION}))
    assert letters(visited(Role.POLICE, VisitPurpose.PROTECT, opened=opened)) == "MFLI"


def test_nobody_outside_and_nobody_adverse_has_a_purpose_to_choose():
    assert {
        relation: dict(visits_open(role=Role.POLICE, relations=relations, mandates=MANDATES))
        for relation, relations in (
            ("none", frozenset[Relation]()),
            ("adverse", frozenset({Relation.ADVERSE, Relation.TEAM})),
        )
    } == {"none": {}, "adverse": {}}


def test_a_visit_that_opens_a_part_too_much_is_found():
    """The planted fault: suspects' data is laid open to who protects."""
    police = MANDATES[Role.POLICE]
    widened = replace(police, visits=((VisitPurpose.PROTECT, police.sees),))
    assert letters(visited(Role.POLICE, VisitPurpose.PROTECT, mandates={Role.POLICE: widened})) == "MFRI"


def test_a_role_without_a_mandate_or_with_one_for_nothing_has_no_purpose_to_choose():
    school = replace(MANDATES[Role.SCHOOL], purposes=frozenset())
    assert {
        name: dict(visits_open(role=Role.SCHOOL, relations={Relation.TEAM}, mandates=mandates))
        for name, mandates in (("none", {}), ("for nothing", {Role.SCHOOL: school}))
    } == {"none": {}, "for nothing": {}}
