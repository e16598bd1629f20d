"""The policies in Cedar answer as the same rule said in plain Python, over the mandates of each country and random ones."""

from collections.abc import Mapping
from dataclasses import replace

import cedarpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encircle.actions.law import law_of
from encircle.core.access import Allowed, Denied, Doing, decide
from encircle.core.access.decision import NOTHING, Opened
from encircle.core.access.kernel import Kernel
from encircle.core.access.policies import POLICIES, SCHEMA, WIDENING, Policy, text_of
from encircle.law.mandate import LedgerSeen, Mandate
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from encircle.vocabulary.visit_purpose import VisitPurpose
from tests.core.access import plainly

MANDATES = law_of("ee").mandates_by_role
GROUPS = st.frozensets(st.sampled_from(FieldGroup))


@st.composite
def mandates(draw: st.DrawFn) -> Mapping[Role, Mandate]:
    """The roles of a country that gives some of them other mandates, and some none."""
    drawn = dict(MANDATES)
    for role in draw(st.sets(st.sampled_from(Role), max_size=6)):
        if draw(st.booleans()):
            del drawn[role]
            continue
        sees = draw(GROUPS)
        drawn[role] = replace(
            MANDATES[role],
            sees=sees,
            summary=sees & draw(GROUPS),
            adds=draw(GROUPS),
            purposes=draw(st.frozensets(st.sampled_from(Purpose))),
            decides=draw(st.frozensets(st.sampled_from(Decision))),
            ledger=draw(st.sampled_from(LedgerSeen)),
            widened_by=draw(st.frozensets(st.sampled_from(Relation))),
            emergency=draw(GROUPS),
            visits=tuple(
                (visit, draw(GROUPS)) for visit in draw(st.sets(st.sampled_from(VisitPurpose), max_size=3))
            ),
        )
    return drawn


def both(
    role: Role,
    purpose: Purpose,
    relations: frozenset[Relation],
    held: Mapping[Role, Mandate],
    opened: Opened = NOTHING,
    visit: VisitPurpose | None = None,
) -> None:
    for doing in Doing:
        asked = {
            "role": role,
            "purpose": purpose,
            "relations": relations,
            "mandates": held,
            "opened": opened,
            "visit": visit,
        }
        answer = decide(doing, **asked)
        assert (answer.code if isinstance(answer, Denied) else answer) == plainly.decide(doing, **asked)


STANDING = (frozenset[Relation](), *(frozenset({one}) for one in Relation), frozenset(Relation))


@pytest.mark.parametrize("role", Role)
def test_each_role_is_answered_as_in_plain_words(role: Role):
    for relations in STANDING:
        both(role, Purpose.PROTECT, relations, MANDATES)


@pytest.mark.parametrize("role", Role)
def test_each_role_is_answered_so_for_each_purpose_of_a_visit(role: Role):
    for visit in VisitPurpose:
        for relations in STANDING:
            both(role, Purpose.PROTECT, relations, MANDATES, visit=visit)


@pytest.mark.full
@pytest.mark.parametrize("country", ["dk", "ee", "fi", "gb"])
@pytest.mark.parametrize("role", Role)
def test_each_role_is_answered_so_for_each_purpose_in_each_country(role: Role, country: str):
    held = law_of(country).mandates_by_role
    for purpose in Purpose:
        for relations in STANDING:
            both(role, purpose, relations, held)


@settings(max_examples=100, deadline=None)
@given(
    held=mandates(),
    role=st.sampled_from(Role),
    purpose=st.sampled_from(Purpose),
    relations=st.frozensets(st.sampled_from(Relation)),
    opened=st.builds(Opened, GROUPS, GROUPS),
    visit=st.none() | st.sampled_from(VisitPurpose),
)
def test_random_mandates_are_read_as_in_plain_words(
    held: Mapping[Role, Mandate],
    role: Role,
    purpose: Purpose,
    relations: frozenset[Relation],
    opened: Opened,
    visit: VisitPurpose | None,
):
    both(role, purpose, relations, held, opened, visit)


def test_the_policies_speak_only_of_what_the_schema_knows():
    found = cedarpy.validate_policies(text_of(), SCHEMA)
    assert [str(error) for error in found.errors] == []


def test_a_policy_that_speaks_of_something_unknown_is_found():
    planted = Policy(
        "planted",
        "Whoever is important sees all.",
        (),
        "permit (principal, action, resource)\nwhen { principal.important };",
    )
    assert not cedarpy.validate_policies(text_of((*POLICIES, planted)), SCHEMA).validation_passed


def test_each_policy_has_its_own_name_says_what_it_means_and_what_it_rests_on():
    assert len({policy.id for policy in POLICIES}) == len(POLICIES)
    assert [policy.id for policy in POLICIES if not (policy.words.endswith(".") and policy.rests_on)] == []


def test_what_shuts_a_record_stands_before_what_opens_it():
    kinds = [policy.text.split(" ")[0] for policy in POLICIES]
    assert kinds == sorted(kinds)


def test_a_relation_that_widens_is_a_role_too():
    assert [Relation(code).value for code in WIDENING] == [Role(code).value for code in WIDENING]


def test_what_the_engine_cannot_work_out_is_refused():
    """An unknown relation of a context, say: Cedar answers with an error, and nothing opens."""
    question = Kernel(MANDATES).asked(Role.POLICE, Purpose.PROTECT, frozenset({Relation.TEAM}))
    assert question.forbidden_by() is None
    question._context = {"relations": ["team"]}
    assert (question.forbidden_by(), question.parts("look")) == ("no_mandate", frozenset())


def test_mandates_that_change_are_asked_anew():
    closed = {**MANDATES, Role.POLICE: replace(MANDATES[Role.POLICE], sees=frozenset())}
    asked = {"role": Role.POLICE, "purpose": Purpose.PROTECT, "relations": frozenset({Relation.TEAM})}
    answers = [decide(Doing.LOOK, mandates=held, **asked) for held in (MANDATES, closed, MANDATES)]
    assert [one.groups if isinstance(one, Allowed) else None for one in answers] == [
        MANDATES[Role.POLICE].sees,
        frozenset(),
        MANDATES[Role.POLICE].sees,
    ]


def test_what_a_policy_rests_on_is_an_act_that_the_packs_know():
    known = {act.code for act in law_of("ee").acts}
    assert [basis for policy in POLICIES for basis in policy.rests_on if basis.act not in known] == []
