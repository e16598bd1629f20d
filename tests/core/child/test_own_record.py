"""A record of an agency, or of the country: no child is in it, and only the duties of such a record are asked of it."""

from dataclasses import replace

import pytest

from encircle.actions.law import law_of
from encircle.core.child import AsOf, fold
from encircle.core.child.schema import own_schema, situation_schema
from encircle.core.duty import ledger
from encircle.law.condition import parse
from encircle.law.condition.fault import ConditionError
from encircle.law.duty import Scope
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import KINDS, OWN_RECORDS, Kind
from encircle.vocabulary.moment import point
from tests.core.world import CALENDAR, ZONE, as_of, at, duty, fact
from tests.vocabulary.facts.example import least

NOW = at("2026-11-23")


@pytest.mark.parametrize("whose", sorted(OWN_RECORDS))
def test_an_own_record_holds_itself_and_the_time_and_nothing_of_a_child(whose: Kind):
    of = next(one for one in FACT_TYPES.values() if one.about is whose)
    told = fact("f", of.name, "2026-03-02", least(of), subject="whatever")
    situation = fold([told], AsOf(NOW), zone=ZONE, whose=whose).earliest
    assert set(situation.scope) == {"now", KINDS[whose].plural} == set(own_schema(whose).fields)
    assert situation.scope["now"] == point(NOW, ZONE)
    assert situation.scope[KINDS[whose].plural] is situation.own
    assert (situation.whose, situation.own[of.mark], situation.own[f"{of.mark}_at"]) == (
        whose,
        True,
        told.happened,
    )
    assert situation.facts_behind(whose, "", of.mark) == (told,)


@pytest.mark.parametrize("whose", sorted(OWN_RECORDS))
def test_a_condition_of_an_own_record_cannot_name_a_child_nor_the_other_way_round(whose: Kind):
    of = next(one for one in FACT_TYPES.values() if one.about is whose)
    own = f"{KINDS[whose].plural}.{of.mark}"
    parse(own, schema=own_schema(whose))
    with pytest.raises(ConditionError):
        parse("child.presumed", schema=own_schema(whose))
    with pytest.raises(ConditionError):
        parse(own, schema=situation_schema())


def test_of_each_record_only_its_own_duties_are_asked():
    always = {scope: replace(duty("true", code=f"D-{scope.value}"), scope=scope) for scope in Scope}
    for whose in (Kind.CHILD, *OWN_RECORDS):
        found = ledger(fold([], as_of(), zone=ZONE, whose=whose), always.values(), calendar=CALENDAR)
        expected = sorted(rule.code for scope, rule in always.items() if scope.record is whose)
        assert [row.rule.code for row in found] == expected


def test_a_country_has_duties_of_each_record():
    assert {rule.scope.record for rule in law_of("ee").duties} == {Kind.CHILD, *OWN_RECORDS}
