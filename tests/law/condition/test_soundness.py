"""An answer given while something is unknown stays the answer, whatever the unknown turns out to be.

Only `has(...)` asks about knowledge itself, so that its answer may change when something becomes known.
"""

from collections.abc import Mapping

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from encircle.law.condition import ListOf, Record, Type, Value, parse
from encircle.law.condition.syntax import Has, Node, parts
from encircle.vocabulary.moment import Precision, Span, before
from encircle.vocabulary.unknown import Unknown
from tests.law.condition.expressions import checked, conditions, values, worlds
from tests.law.condition.world import SITUATION, aino, interview, time

SLOW = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)


def asks_about_knowledge(node: Node) -> bool:
    return isinstance(node, Has) or any(asks_about_knowledge(part) for part in parts(node))


def completed(data: st.DataObject, value: Value, kind: Type) -> Value:
    """The value with everything unknown in it answered at random."""
    if isinstance(value, Unknown):
        return data.draw(values(kind, unknowns=False))
    if isinstance(kind, Record) and isinstance(value, Mapping):
        return {name: completed(data, one, kind.fields[name]) for name, one in value.items()}
    if isinstance(kind, ListOf) and isinstance(value, tuple):
        return tuple(completed(data, one, kind.element) for one in value)
    return value


@settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
@given(conditions(), worlds(unknowns=True), st.data())
def test_a_decided_answer_is_not_changed_by_learning_more(
    tree: Node, world: Mapping[str, Value], data: st.DataObject
) -> None:
    assume(not asks_about_knowledge(tree))
    holds = checked(tree).holds
    answer = holds(world)
    if not isinstance(answer, Unknown):
        later = completed(data, world, SITUATION)
        assert isinstance(later, dict)
        assert holds(later) is answer


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(conditions(), worlds(unknowns=False))
def test_in_a_known_world_there_is_always_an_answer(tree: Node, world: Mapping[str, Value]) -> None:
    assert checked(tree).holds(world) in (True, False)


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(conditions(), worlds(unknowns=True))
def test_an_unknown_answer_names_only_what_is_missing(tree: Node, world: Mapping[str, Value]) -> None:
    answer = checked(tree).holds(world)
    if isinstance(answer, Unknown):
        assert set(answer.missing) <= {"child_born", "care"}
        assert len(set(answer.missing)) == len(answer.missing) > 0


def test_a_coarse_date_is_decided_only_where_every_minute_inside_agrees() -> None:
    recent = parse("interviews.exists(i, i.held_at < child.first_seen)", schema=SITUATION)
    day = time("2026-11-01")
    assert isinstance(day, Span)
    assert isinstance(before(day, day), Unknown)
    world = aino(interview(held_at=time("2026-11-01")), first_seen=time("2026-11-01"))
    assert recent.holds(world) == Unknown("exact date", ("interviews[].held_at", "child.first_seen"))
    earlier = Span(day.earliest.replace(day=28, month=10), day.earliest, Precision.INTERVAL, "Europe/Tallinn")
    noon = time("2026-11-01T12:00")
    assert recent.holds(aino(interview(held_at=earlier), first_seen=noon)) is True
