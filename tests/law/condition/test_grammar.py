"""What the language lets be written, and where and how plainly it refuses the rest."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from encircle.law.condition import ConditionError, parse, write
from encircle.law.condition.grammar import read
from encircle.law.condition.syntax import And, Attribute, Choice, Literal, Name, Node, Not, Or
from tests.law.condition.expressions import conditions
from tests.law.condition.world import SITUATION, aino, interview


def refused(text: str) -> tuple[int, int, str]:
    with pytest.raises(ConditionError) as fault:
        parse(text, schema=SITUATION)
    return fault.value.line, fault.value.column, fault.value.sentence


A, B, C = (Name(name) for name in "abc")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a || b && c", Or((A, And((B, C))))),
        ("(a || b) && c", And((Or((A, B)), C))),
        ("a && b && c", And((A, B, C))),
        ("!a && b", And((Not(A), B))),
        ("a ? b : c ? a : b", Choice(A, B, Choice(C, A, B))),
        ("a.b.c", Attribute(Attribute(A, "b"), "c")),
        ("-5", Literal(-5)),
        ("9223372036854775807", Literal(2**63 - 1)),
        ('"it\'s"', Literal("it's")),
        (r"'it\'s \\ \"so\"'", Literal('it\'s \\ "so"')),
        ("'Õnne, 孩子, ребёнок'", Literal("Õnne, 孩子, ребёнок")),
        ("duration('1d12h30m')", Literal(timedelta(days=1, hours=12, minutes=30))),
        ("duration('90m')", Literal(timedelta(minutes=90))),
        ("  a\n  && b", And((A, B))),
    ],
)
def test_texts_are_read_as_cel_reads_them(text: str, tree: Node) -> None:
    assert read(text) == tree


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(conditions())
def test_a_tree_written_out_reads_back_the_same(tree: Node) -> None:
    assert read(write(tree)) == tree


@pytest.mark.parametrize(
    "text",
    [
        "a - (b - c)",
        "(a ? b : c) == a",
        "!(a == b)",
        "(a || b) in c",
        "duration('36h') == duration('61m')",
        "duration('0h') == duration('100d')",
        "timestamp('2026-07-15T00:00:00Z') < now",
        "a.exists(x, x.b || x.c).startsWith('it\\'s')",
        "(a + 1).size() == size([1, -2])",
        "a == 1 - -2",
    ],
)
def test_brackets_are_kept_where_they_are_needed(text: str) -> None:
    assert read(write(read(text))) == read(text)


def test_a_condition_over_several_lines_names_line_and_column() -> None:
    assert refused("child.is_child\n  && child.victim_trak") == (
        2,
        12,
        "'child' has no attribute 'victim_trak'. Did you mean 'victim_track'?",
    )


@pytest.mark.parametrize(
    ("text", "column", "sentence"),
    [
        ("", 1, "Expected a name here, but found the end of the condition."),
        ("child.", 7, "Expected a name after the dot, but found the end of the condition."),
        ("(child.is_child", 16, "Expected ')' to close the bracket, but found the end of the condition."),
        ("child.is_child child", 16, "Did not expect 'child' here."),
        ("child.is_child)", 15, "Did not expect ')' here."),
        ("1 < child.hearings < 3", 20, "Two comparisons in a row: put '&&' between them."),
        ("child.hearings in [1] in [2]", 23, "Two comparisons in a row: put '&&' between them."),
        ("child.is_child and now", 16, "Did not expect 'and' here."),
        ("child.is_child & now", 16, "'&' has no meaning here. Write '&&' for 'and'."),
        ("child.is_child | now", 16, "'|' has no meaning here. Write '||' for 'or'."),
        ("child.hearings = 1", 16, "'=' has no meaning here. Write '==' to compare."),
        ("child.hearings * 2 == 1", 16, "'*' has no meaning here. Only + and - are understood."),
        ("child.protection == 'none", 21, '"\'" has no meaning here. The quote is never closed.'),
        ("child.hearings == 1.5", 19, "'1.5' is not a whole number up to 9223372036854775807."),
        ("child.hearings == 0x10", 19, "'0x10' is not a whole number up to 9223372036854775807."),
        ("child.hearings == 9223372036854775808", 19, "'9223372036854775808' is not a whole number up to"),
        (
            "child.hearings == - child.hearings",
            21,
            "A minus sign stands before a number or between two values.",
        ),
        (
            "child.parental_care == null",
            24,
            "There is no 'null': ask whether an attribute is known with has(...).",
        ),
        ("child.while", 7, "'while' is a word of the language and cannot be a name."),
        ("child.hearings in []", 20, "A list needs at least one element."),
        ("child.hearings in [1, ]", 23, "Expected a name here, but found ']'."),
        ("hass(child.is_child)", 1, "There is no function 'hass'. Did you mean 'has'?"),
        ("exists(interviews, i)", 1, "'exists' is used otherwise. A list or word comes first."),
        ("child.has(is_child)", 7, "'has' is used otherwise. It stands alone."),
        ("interviews.exist(i, i.held)", 12, "There is no function 'exist'. Did you mean 'exists'?"),
        ("interviews.exists(i.held, i)", 12, "exists(...) begins with a plain name for the element."),
        ("interviews.exists(i)", 20, "Expected ',' after the name in exists(name, ...), but found ')'."),
        ("has(child)", 1, "has(...) takes an attribute, as in has(child.age)."),
        ("has(child.is_child, now)", 19, "Expected ')' after the one value in has(...), but found ','."),
        ("child.grace < duration(3)", 15, "duration(...) takes a string."),
        (
            "child.grace < duration('3 days')",
            15,
            "'3 days' is not a duration. Expected days, hours and minutes",
        ),
        ("child.grace < duration('')", 15, "'' is not a duration."),
        ("child.grace < duration('99999d')", 15, "'99999d' is longer than 36525 days."),
        ("now < timestamp('2026-07-15')", 7, "'2026-07-15' is not an instant. Expected one with its offset"),
        ("now < timestamp('2026-13-15T00:00:00Z')", 7, "month must be in 1..12"),
        (r"child.country == 'a\n'", 20, r"'\n' has no meaning: only \\, \' and \" do."),
        (
            "child.is_child ? child.hearings",
            32,
            "Expected ':' between the two values of '?', but found the end",
        ),
    ],
)
def test_what_is_not_in_the_language_is_refused_at_its_place(text: str, column: int, sentence: str) -> None:
    line, found, said = refused(text)
    assert (line, found) == (1, column)
    assert sentence in said


@pytest.mark.parametrize(
    ("character", "named"),
    [
        ("\t", "U+0009"),
        ("\r", "U+000D"),
        ("\0", "U+0000"),
        ("\x85", "U+0085"),
        ("\u202e", "U+202E"),
        ("\u200b", "U+200B"),
        ("\u2028", "U+2028"),
        ("\ud800", "U+D800"),
        ("\ufdd0", "U+FDD0"),
    ],
)
def test_characters_that_cannot_be_seen_are_refused(character: str, named: str) -> None:
    sentence = f"The character {named} cannot be seen and is not allowed in a condition."
    assert refused(f"child.is_child {character}") == (1, 16, sentence)
    assert refused(f"child.country == 'a{character}'") == (1, 20, sentence)


def test_a_string_stays_on_its_line() -> None:
    assert refused("child.country == 'a\n'") == (
        1,
        18,
        '"\'" has no meaning here. The quote is never closed.',
    )


def test_the_text_may_have_4000_characters_and_no_more() -> None:
    text = "child.is_child" + " " * (4000 - len("child.is_child"))
    assert parse(text, schema=SITUATION).holds(aino()) is True
    assert refused(text + " ") == (1, 1, "The condition has 4,001 characters; at most 4,000 are allowed.")


@pytest.mark.parametrize(
    ("start", "middle", "end", "most"),
    [
        ("(", "child.is_child", ")", 49),
        ("!", "child.is_child", "", 48),
        ("true == (", "child.is_child", ")", 48),
        ("child.is_child ? true : ", "child.is_child", "", 48),
    ],
)
def test_nesting_may_be_50_deep_and_no_more(start: str, middle: str, end: str, most: int) -> None:
    parse(start * most + middle + end * most, schema=SITUATION)
    for times in (most + 1, 3000 // len(start + end)):
        assert (
            refused(start * times + middle + end * times)[2]
            == "The condition is nested deeper than 50 levels."
        )


def test_long_chains_are_not_deep_unless_they_add_up() -> None:
    longest = " || ".join(f"child.hearings == {number}" for number in range(150))
    assert parse(longest, schema=SITUATION).holds(aino()) is True
    assert (
        refused("child.hearings" + " + 1" * 60 + " == 3")[2]
        == "The condition is nested deeper than 50 levels."
    )
    assert refused("child" + ".child" * 60)[2] == "The condition is nested deeper than 50 levels."


def test_quantifiers_may_stand_six_deep_and_no_more() -> None:
    def nested(depth: int) -> str:
        starts = "".join(f"interviews.exists(i{number}, " for number in range(depth))
        return starts + "i0.held" + ")" * depth

    assert parse(nested(6), schema=SITUATION).holds(aino(interview())) is True
    assert refused(nested(7))[2] == "More than 6 quantifiers inside one another."


@pytest.mark.parametrize(
    "text",
    [
        "child.__class__ == 'x'",
        "child.is_child.__class__.__mro__",
        "__import__('os')",
        "_x",
        "child._is_child",
        "child.is__child",
        "child.Is_child",
        "lambda: 1",
        "child['is_child']",
        "interviews[0].held",
        "child.is_child; now",
        "f'{now}' == ''",
        "child.items() == 1",
        "type(child) == 1",
        "s == 1",
        "v1 == 1",
        "child.is_child if now else now",
        "child.country == 'a' 'b'",
        "(x := child)",
        "@child",
        "child.country.format(child) == ''",
        "U == 1",
        "child.country == '''a'''",
    ],
)
def test_nothing_of_python_can_be_reached(text: str) -> None:
    assert refused(text)[2]


@given(st.text(st.sampled_from(list("'\"\\{}%()[];:=#abc \u00e9")), max_size=12))
def test_no_word_escapes_from_its_quotes(word: str) -> None:
    text = f"child.country == {write(Literal(word))}"
    assert parse(text, schema=SITUATION).holds(aino(country=word)) is True
    assert parse(text, schema=SITUATION).holds(aino(country=word + "x")) is False


PIECES = ["child", ".", "is_child", "(", ")", "&&", "!", "'a'", "in", "[", "]", "?", ":", "1", "-", "has"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    try:
        parse(text, schema=SITUATION)
    except ConditionError as fault:
        assert fault.sentence.endswith((".", "?"))  # noqa: PT017  # either outcome is right
