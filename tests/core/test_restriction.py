"""Restriction of use: the last word counts, it ends by its day, and it opens only for what it names."""

import pytest

from encircle.core.restriction import Restriction, is_open_under, restriction
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.visit_purpose import VisitPurpose
from tests.web.desk.looks import NOW, a_fact

SET = a_fact("a", "use_restricted", "2026-03-01", use_restriction="restricted", still_used_for=["judge"])
ENDED = a_fact("b", "use_restricted", "2026-04-01", use_restriction="ended")
SHORT = a_fact(
    "c", "use_restricted", "2026-03-01", use_restriction="restricted", restricted_until="2026-03-15"
)
JUDGE = Restriction(frozenset({VisitPurpose.JUDGE}), None)


@pytest.mark.parametrize(
    ("facts", "found"),
    [((), None), ((SET,), JUDGE), ((SET, ENDED), None), ((ENDED, SET), None), ((SHORT,), None)],
)
def test_the_last_word_counts_and_it_ends_by_its_day(facts: tuple[Fact, ...], found: Restriction | None):
    assert restriction(facts, now=NOW) == found


def test_it_opens_for_what_it_names_and_to_who_answers_for_it_and_in_an_emergency():
    def opens(
        visit: VisitPurpose | None, purpose: Purpose = Purpose.PROTECT, relation: Relation = Relation.TEAM
    ) -> bool:
        return is_open_under(JUDGE, purpose=purpose, visit=visit, relations=(relation,))

    assert opens(VisitPurpose.JUDGE)
    assert not opens(VisitPurpose.PROTECT)
    assert not opens(None)
    assert opens(None, Purpose.ACCOUNT_FOR)
    assert opens(None, relation=Relation.EMERGENCY)
    assert is_open_under(None, purpose=Purpose.PROTECT, visit=None, relations=())
