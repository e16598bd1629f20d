"""A condition asked of the unsealed codes of a row has the answer of the fold, or none."""

from django.db import connection

from encircle.actions.law import law_of
from encircle.law.condition import Condition, to_sql
from encircle.law.conditions import conditions_of
from encircle.records.projection import hold
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.unknown import Unknown
from tests.records.test_projection import projected, victim, written
from tests.records.world import Actor

__all__ = ["victim"]


def of_codes(condition: Condition, root: RootId) -> bool | None:
    """What the row of that root answers: `child` stands in its codes, and nothing else does."""
    asked = to_sql(condition, document="'{}'::jsonb", names={"child": "codes"})
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked.replace('%', '%%')} FROM situation_row WHERE root_id = %s", (root,))
        ((answer,),) = cursor.fetchall()
    assert answer in (True, False, None)
    return answer


def test_every_condition_has_the_answer_of_the_fold_or_none(victim: RootId, carla: Actor) -> None:
    conditions = {
        one.condition.text: one.condition
        for one in conditions_of(law_of("ee"))
        if one.for_each is None and one.whose is Kind.CHILD
    }
    with carla.at_work():
        written(victim)
        held = hold(victim)
        assert held is not None
        scope = projected(held).situation.scope
        told = {text: of_codes(one, victim) for text, one in conditions.items()}
    folded = {text: one.holds(scope) for text, one in conditions.items()}
    known = {text: None if isinstance(one, Unknown) else one for text, one in folded.items()}
    assert {text: answer for text, answer in told.items() if answer not in (None, known[text])} == {}
    assert set(told.values()) == {True, False, None}
