"""Which attributes a condition reads: what a new fact must touch to change its answer."""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings

from encircle.law.condition import Value, parse
from encircle.law.condition.syntax import Node
from tests.law.condition.expressions import checked, conditions, worlds
from tests.law.condition.world import SITUATION


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("true", ()),
        ("child.is_child", ("child.is_child",)),
        ("child.protection == 'none' && child.hearings > 1", ("child.protection", "child.hearings")),
        ("has(child.guardian.appointed) && now > child.first_seen", None),
        ("interviews.exists(i, i.held && !i.recorded)", ("interviews[].held", "interviews[].recorded")),
        ("interviews.exists(i, child.is_child)", ("interviews", "child.is_child")),
        ("size(interviews) > 1", ("interviews",)),
        ("size(interviews) > 1 && interviews.all(i, i.held)", ("interviews[].held",)),
        ("'et' in child.languages", ("child.languages",)),
        ("child.languages.exists(l, l == 'et')", ("child.languages[]",)),
        (
            "interviews.filter(i, i.held).exists(k, k.minutes > 60)",
            ("interviews[].held", "interviews[].minutes"),
        ),
        ("interviews.map(i, i.minutes).exists(m, m > 60)", ("interviews[].minutes",)),
        ("[child.country, 'EE'].exists(c, c == 'FI')", ("child.country",)),
        ("(child.is_child ? child.hearings : child.interviewers) == 1", None),
    ],
)
def test_the_paths_are_named_in_the_order_they_are_met(text: str, reads: tuple[str, ...] | None) -> None:
    both = {
        "has": ("child.guardian.appointed", "now", "child.first_seen"),
        "(chi": ("child.is_child", "child.hearings", "child.interviewers"),
    }
    expected = reads if reads is not None else next(both[start] for start in both if text.startswith(start))
    assert parse(text, schema=SITUATION).reads == expected


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(conditions(), worlds(unknowns=True), worlds(unknowns=True))
def test_nothing_but_the_paths_read_can_change_the_answer(
    tree: Node, world: Mapping[str, Value], other: Mapping[str, Value]
) -> None:
    condition = checked(tree)
    child, changed = world["child"], other["child"]
    assert isinstance(child, Mapping)
    assert isinstance(changed, Mapping)
    read = {path.split(".")[1] for path in condition.reads if path.startswith("child.")}
    mixed = {name: child[name] if name in read else changed[name] for name in child}
    interviews = "interviews" if any(path.startswith("interviews") for path in condition.reads) else None
    assert condition.holds(world) == condition.holds(
        {
            "child": mixed,
            "interviews": world["interviews"] if interviews else other["interviews"],
            "now": world["now"] if "now" in condition.reads else other["now"],
        }
    )
