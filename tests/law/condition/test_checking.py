"""A condition that makes no sense for its schema is refused at load, with file, place and the mend."""

import pytest

from encircle.law.condition import (
    Bool,
    Condition,
    ConditionError,
    Duration,
    Int,
    ListOf,
    Record,
    Str,
    Time,
    Type,
    parse,
    parse_value,
)
from tests.law.condition.world import CARE, SITUATION


def refused(text: str) -> tuple[int, str]:
    with pytest.raises(ConditionError) as fault:
        parse(text, schema=SITUATION)
    return fault.value.column, fault.value.sentence


def test_a_fault_names_the_file_the_place_and_the_nearest_name() -> None:
    with pytest.raises(ConditionError) as fault:
        parse(
            "child.is_child && child.protecton == 'none'",
            schema=SITUATION,
            origin="packs/eu/duties/d.yaml:12",
        )
    assert (fault.value.origin, fault.value.line, fault.value.column) == ("packs/eu/duties/d.yaml:12", 1, 25)
    assert str(fault.value) == (
        "packs/eu/duties/d.yaml:12: line 1, column 25 of the condition: "
        "'child' has no attribute 'protecton'. Did you mean 'protection'?"
    )


def test_a_fault_without_a_file_names_the_place_alone() -> None:
    with pytest.raises(
        ConditionError, match=r"^line 1, column 1 of the condition: There is no 'chidl' here\."
    ):
        parse("chidl.is_child", schema=SITUATION)


@pytest.mark.parametrize(
    ("text", "column", "sentence"),
    [
        ("chidl.is_child", 1, "There is no 'chidl' here. Did you mean 'child'?"),
        ("zzz", 1, "There is no 'zzz' here. There are: 'child', 'interviews', 'now'."),
        (
            "child.zzz",
            7,
            "'child' has no attribute 'zzz'. There are: 'country', 'first_seen', 'grace', 'guardian', ",
        ),
        (
            "child.guardian.apointed",
            16,
            "'child.guardian' has no attribute 'apointed'. Did you mean 'appointed'?",
        ),
        (
            "interviews.held",
            12,
            "'interviews' is a list whose elements are each a record (interview) and has no ",
        ),
        ("child.is_child.held", 16, "'child.is_child' is a yes or no and has no attributes."),
        ("child.hearings", 7, "This gives a whole number, but a yes or no is needed."),
        (
            "child.hearings && child.is_child",
            7,
            "'child.hearings' is a whole number, but a yes or no is needed here.",
        ),
        ("!child.country", 8, "'child.country' is a word, but a yes or no is needed here."),
        ("child.hearings == 'two'", 16, "'==' compares a whole number with a word."),
        ("child.first_seen < child.grace", 18, "'<' compares a time with a duration."),
        ("child.country < 'EE'", 15, "'<' orders numbers, times and durations, not a word."),
        ("child.is_child > true", 16, "'>' orders numbers, times and durations, not a yes or no."),
        ("child == child.guardian", 1, "'child' is a record (child), but a single value is needed here."),
        (
            "child.languages == ['et']",
            7,
            "'child.languages' is a list whose elements are each a word, but a single",
        ),
        (
            "child.is_child == child.is_child",
            16,
            "'child.is_child == child.is_child' compares a value with itself.",
        ),
        (
            "child.protection == 'victm'",
            21,
            "'victm' is not a value of 'child.protection'. There are: 'concern', ",
        ),
        (
            "'absnt' == child.parental_care",
            1,
            "'absnt' is not a value of 'child.parental_care'. Did you mean 'absent'?",
        ),
        (
            "child.parental_care in ['absent', 'sad']",
            35,
            "'sad' is not a value of 'child.parental_care'. There are:",
        ),
        (
            "child.protection == child.parental_care",
            27,
            "'child.protection' and 'child.parental_care' have no value",
        ),
        (
            "'et' in interviews.map(i, i.kind)",
            1,
            "'et' is not a value of 'interviews.map(i, i.kind)'. There are:",
        ),
        ("(child.is_child ? 'a' : 'b') == child.parental_care", 39, "have no value in common."),
        ("child.hearings in ['a']", 16, "'in' looks for a whole number in a list of which each is a word."),
        ("child.hearings in child", 19, "'child' is a record (child), but a list is needed here."),
        ("child in [1]", 1, "'child' is a record (child), but a single value is needed here."),
        ("child.hearings in [1, 'a']", 23, "The list begins with a whole number, but this is a word."),
        (
            "now + now < now",
            5,
            "Cannot work out a time '+' a time: only number and number, or time and duration.",
        ),
        ("child.hearings - 'a' == 1", 16, "Cannot work out a whole number '-' a word"),
        ("child.is_child ? 1 : 'a'", 16, "'?' gives a whole number or a word: both must be alike."),
        (
            "child.hearings ? now : now",
            7,
            "'child.hearings' is a whole number, but a yes or no is needed here.",
        ),
        ("size(child) == 1", 6, "'child' is a record (child), but a list is needed here."),
        ("child.grace.startsWith('a')", 7, "'child.grace' is a duration, but startsWith(...) needs a word."),
        ("child.country.startsWith(1)", 26, "'1' is a whole number, but startsWith(...) needs a word."),
        ("child.exists(i, i.held)", 1, "'child' is a record (child), but a list is needed here."),
        (
            "interviews.exists(i, i.minutes)",
            24,
            "'i.minutes' is a whole number, but a yes or no is needed here.",
        ),
        (
            "interviews.map(i, i).size() == 1",
            19,
            "'i' is a record (interview), but a single value is needed here.",
        ),
        (
            "interviews.exists(child, child.held)",
            12,
            "The name 'child' already means something here. Choose another.",
        ),
        (
            "interviews.exists(i, interviews.exists(i, i.held))",
            33,
            "The name 'i' already means something here.",
        ),
        ("interviews.exists(i, i.held) && i.held", 33, "There is no 'i' here. There are:"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_place(text: str, column: int, sentence: str) -> None:
    found, said = refused(text)
    assert found == column
    assert sentence in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1 == 2", "'1 == 2' is the same whatever the facts are."),
        ("false", "'false' is the same whatever the facts are."),
        ("child.is_child || true", "'true' is the same whatever the facts are."),
        ("child.is_child && size(['a']) == 1", "'size(['a']) == 1' is the same whatever the facts are."),
        ("!true", "'true' is the same whatever the facts are."),
        ("interviews.exists(i, true)", "'true' is the same whatever the facts are."),
        ("true ? child.is_child : child.victim_track", "'true' is the same whatever the facts are."),
        ("child.is_child && child.is_child", "'child.is_child' is said twice."),
        ("child.is_child || child.victim_track || child.is_child", "'child.is_child' is said twice."),
        (
            "child.protection == 'none' && child.protection == 'concern'",
            "This can never be true: no value of 'child.protection' fits all of it.",
        ),
        (
            "child.country in ['EE', 'FI'] && child.country == 'DK'",
            "This can never be true: no value of 'child.country' fits all of it.",
        ),
        (
            "child.country == 'EE' && child.is_child && !(child.country in ['EE', 'FI'])",
            "This can never be true: no value of 'child.country' fits all of it.",
        ),
        (
            "child.country != 'EE' || child.country != 'FI'",
            "This is true for every value of 'child.country'. "
            "To ask whether it is known, write has(child.country).",
        ),
        (
            "child.parental_care in ['absent', 'conflict', 'suspected'] || child.parental_care == 'present'",
            "This is true for every value of 'child.parental_care'. "
            "To ask whether it is known, write has(child.parental_care).",
        ),
        (
            "interviews.exists(i, i.kind == 'police' && i.kind == 'social')",
            "This can never be true: no value of 'i.kind' fits all of it.",
        ),
    ],
)
def test_what_no_fact_could_change_is_refused(text: str, sentence: str) -> None:
    assert refused(text)[1] == sentence


@pytest.mark.parametrize(
    "text",
    [
        "true",
        "child.is_child == true",
        "child.country == 'EE' || child.country == 'FI'",
        "child.country != 'EE' && child.country != 'FI'",
        "child.parental_care in ['absent', 'conflict'] && child.parental_care != 'conflict'",
        "child.country == 'EE' && child.protection == 'none'",
        "interviews.exists(i, i.held) && interviews.exists(i, i.kind == 'police')",
        "interviews.exists(i, i.kind == 'police') && interviews.exists(i, i.kind == 'social')",
        "child.country in child.languages || 'EE' in [child.country, 'FI']",
        "(child.is_child ? 'absent' : child.country) == child.parental_care",
    ],
)
def test_what_a_fact_could_change_is_accepted(text: str) -> None:
    assert isinstance(parse(text, schema=SITUATION), Condition)


@pytest.mark.parametrize(
    ("text", "expect", "sentence"),
    [
        ("child.hearings", Time(), "This gives a whole number, but a time is needed."),
        ("child.grace", Bool(), "This gives a duration, but a yes or no is needed."),
        (
            "interviews.map(i, i.kind)",
            ListOf(Int()),
            (
                "This gives a list whose elements are each a word, but a list whose elements are "
                "each a whole number is needed."
            ),
        ),
        ("child", Record("child", {}), "This gives a record (child), but a record (child) is needed."),
        (
            "'sad'",
            Str(CARE),
            (
                "This never gives one of the words needed. There are: 'absent', 'conflict', "
                "'present', 'suspected'."
            ),
        ),
        ("'EE' == child.country", Duration(), "This gives a yes or no, but a duration is needed."),
    ],
)
def test_a_value_of_another_type_is_refused(text: str, expect: Type, sentence: str) -> None:
    with pytest.raises(ConditionError) as fault:
        parse_value(text, schema=SITUATION, expect=expect, origin="packs/ee/sops/s.yaml:4")
    assert (fault.value.sentence, fault.value.origin) == (sentence, "packs/ee/sops/s.yaml:4")


@pytest.mark.parametrize(
    "name", ["", "Held", "held__at", "_held", "held at", "null", "in", "1st", "held_", "hélas"]
)
def test_a_schema_has_only_names_that_can_be_written(name: str) -> None:
    with pytest.raises(ValueError, match="No condition could name the attribute"):
        Record("interview", {name: Bool()})


def test_the_fields_of_a_schema_stay_as_they_were() -> None:
    fields: dict[str, Type] = {"held": Bool()}
    record = Record("interview", fields)
    fields["planned"] = Bool()
    assert dict(record.fields) == {"held": Bool()}
