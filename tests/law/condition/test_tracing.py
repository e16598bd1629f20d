"""Why a condition holds: each part with its answer, each attribute with the value that was read."""

from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings

from encircle.law.condition import Int, Reading, Value, explain, parse, parse_value
from encircle.law.condition.syntax import Node
from encircle.vocabulary.unknown import Unknown
from tests.law.condition.expressions import checked, conditions, worlds
from tests.law.condition.world import SITUATION, UNKNOWN_AGE, UNKNOWN_CARE, aino, interview, time


def why(text: str, world: dict[str, Value]) -> list[Reading]:
    return list(explain(parse(text, schema=SITUATION), world))


def test_every_part_is_shown_also_where_the_answer_was_already_decided() -> None:
    text = "child.is_child && child.parental_care in ['absent', 'conflict']"
    assert why(text, aino(is_child=False, parental_care=UNKNOWN_CARE)) == [
        Reading(0, text, False),
        Reading(1, "child.is_child", False, "child.is_child"),
        Reading(1, "child.parental_care in ['absent', 'conflict']", UNKNOWN_CARE),
        Reading(2, "child.parental_care", UNKNOWN_CARE, "child.parental_care"),
    ]


def test_elements_of_a_list_are_numbered_from_nought() -> None:
    text = "interviews.exists(i, i.held && !i.recorded)"
    assert why(text, aino(interview(), interview(held=UNKNOWN_AGE, recorded=False))) == [
        Reading(0, text, UNKNOWN_AGE),
        Reading(1, "i.held && !i.recorded", False),
        Reading(2, "i.held", True, "interviews[0].held"),
        Reading(2, "!i.recorded", False),
        Reading(3, "i.recorded", True, "interviews[0].recorded"),
        Reading(1, "i.held && !i.recorded", UNKNOWN_AGE),
        Reading(2, "i.held", UNKNOWN_AGE, "interviews[1].held"),
        Reading(2, "!i.recorded", True),
        Reading(3, "i.recorded", False, "interviews[1].recorded"),
    ]


def test_a_filtered_list_keeps_the_numbers_of_the_whole() -> None:
    text = "interviews.filter(i, i.held).map(i, i.minutes).exists(m, m > 60)"
    assert why(text, aino(interview(held=False), interview(minutes=90))) == [
        Reading(0, text, True),
        Reading(1, "i.held", False, "interviews[0].held"),
        Reading(1, "i.held", True, "interviews[1].held"),
        Reading(1, "i.minutes", 90, "interviews[1].minutes"),
        Reading(1, "m > 60", True),
        Reading(2, "m", 90, "interviews[1].minutes"),
    ]


def test_a_list_that_is_not_known_is_shown_as_such() -> None:
    text = "interviews.exists(i, i.held) || size(interviews) > 2"
    assert why(text, {**aino(), "interviews": UNKNOWN_AGE}) == [
        Reading(0, text, UNKNOWN_AGE),
        Reading(1, "interviews.exists(i, i.held)", UNKNOWN_AGE),
        Reading(2, "interviews", UNKNOWN_AGE, "interviews"),
        Reading(1, "size(interviews) > 2", UNKNOWN_AGE),
        Reading(2, "size(interviews)", UNKNOWN_AGE),
    ]


def test_a_coarse_time_shows_both_times_and_what_is_missing() -> None:
    text = "now < child.turns_18 - duration('30d')"
    assert why(text, aino(now=time("2030-01-10T12:00"))) == [
        Reading(0, text, Unknown("exact date", ("now", "child.turns_18"))),
        Reading(1, "now", time("2030-01-10T12:00"), "now"),
        Reading(1, "child.turns_18", time("2030-02"), "child.turns_18"),
    ]


def test_a_list_written_out_shows_what_its_elements_read() -> None:
    text = "[child.country, 'FI'].exists(c, c == 'EE')"
    assert why(text, aino()) == [
        Reading(0, text, True),
        Reading(1, "child.country", "EE", "child.country"),
        Reading(1, "c == 'EE'", True),
        Reading(2, "c", "EE"),
        Reading(1, "c == 'EE'", False),
        Reading(2, "c", "FI"),
    ]


def test_a_value_is_explained_too() -> None:
    asked = parse_value("child.hearings + size(interviews)", schema=SITUATION, expect=Int())
    assert explain(asked, aino(interview())) == (
        Reading(0, "child.hearings + size(interviews)", 2),
        Reading(1, "child.hearings", 1, "child.hearings"),
        Reading(1, "size(interviews)", 1),
    )
    always = parse("true", schema=SITUATION)
    assert explain(always, aino()) == (Reading(0, "true", True),)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(conditions(), worlds(unknowns=True))
def test_the_first_line_is_the_answer_itself(tree: Node, world: Mapping[str, Value]) -> None:
    condition = checked(tree)
    first = explain(condition, world)[0]
    assert (first.depth, first.text, first.value) == (0, condition.text, condition.holds(world))
