"""What an agency owes as an agency, and the country, has a record of its own; and what a decision opens for a time."""

import pytest

from encircle.actions.law import law_of
from encircle.core.access import Allowed, Denied, Doing, Opened, decide, decide_own
from encircle.law.mandate import LedgerSeen
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role

MANDATES = law_of("ee").mandates_by_role
MINIMUM = frozenset({FieldGroup.MINIMUM})
HEALTH = frozenset({FieldGroup.HEALTH})


@pytest.mark.parametrize(
    ("whose", "purpose", "hidden"),
    [(Kind.AGENCY, Purpose.OWN_DUTIES, False), (Kind.INSTALLATION, Purpose.COUNTRYS_DUTIES, True)],
)
@pytest.mark.parametrize("role", Role)
def test_an_own_record_is_open_in_whole_to_whom_the_mandate_names_for_it(
    role: Role, whose: Kind, purpose: Purpose, hidden: bool
):
    answer = decide_own(whose, role=role, mandates=MANDATES)
    mandate = MANDATES[role]
    if purpose in mandate.purposes:
        assert isinstance(answer, Allowed)
        assert (answer.groups, answer.summary, answer.adds) == (MINIMUM, frozenset(), MINIMUM)
        assert (answer.decides, answer.ledger) == (frozenset(), LedgerSeen.ALL)
        assert (answer.basis, answer.roles) == (mandate.basis, {role})
    else:
        assert isinstance(answer, Denied)
        assert (answer.code, answer.hidden) == ("purpose", hidden)


def test_both_own_records_are_open_to_somebody_and_closed_to_somebody():
    for whose in (Kind.AGENCY, Kind.INSTALLATION):
        found = {isinstance(decide_own(whose, role=role, mandates=MANDATES), Allowed) for role in Role}
        assert found == {True, False}


def school(opened: Opened, *relations: Relation, doing: Doing = Doing.LOOK) -> Allowed | Denied:
    return decide(
        doing,
        role=Role.SCHOOL,
        purpose=Purpose.PROTECT,
        relations=relations or (Relation.TEAM,),
        mandates=MANDATES,
        opened=opened,
    )


@pytest.mark.parametrize(
    ("opened", "groups", "summary"),
    [
        (Opened(), MINIMUM, frozenset()),
        (Opened(groups=HEALTH), MINIMUM | HEALTH, HEALTH),
        (Opened(groups=HEALTH, words=HEALTH), MINIMUM | HEALTH, frozenset()),
        (Opened(words=HEALTH), MINIMUM, frozenset()),
    ],
)
def test_a_decision_opens_a_part_and_its_words_only_where_those_were_open_too(
    opened: Opened, groups: frozenset[FieldGroup], summary: frozenset[FieldGroup]
):
    answer, before = school(opened), school(Opened())
    assert isinstance(answer, Allowed)
    assert isinstance(before, Allowed)
    assert (answer.groups, answer.summary) == (groups, summary)
    assert (answer.adds, answer.decides, answer.roles) == (before.adds, before.decides, before.roles)


def test_what_a_decision_opens_stays_closed_to_who_is_adverse():
    answer = school(Opened(groups=HEALTH, words=HEALTH), Relation.TEAM, Relation.ADVERSE)
    assert isinstance(answer, Denied)
    assert (answer.code, answer.hidden) == ("adverse", True)
