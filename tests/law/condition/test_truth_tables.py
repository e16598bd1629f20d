"""What each operator answers, with Unknown as a value of its own: T, F and U for true, false, unknown."""

from datetime import timedelta

import pytest

from encircle.law.condition import Int, ListOf, Record, Str, Time, Value, parse, parse_value
from encircle.vocabulary.moment import parse_span
from encircle.vocabulary.unknown import Unknown
from tests.law.condition.world import SITUATION, UNKNOWN_AGE, UNKNOWN_CARE, aino, interview, time

T, F, U = True, False, UNKNOWN_AGE
SAID: dict[str, Value] = {"T": True, "F": False, "U": UNKNOWN_AGE}


def ask(text: str, world: dict[str, Value]) -> bool | Unknown:
    return parse(text, schema=SITUATION).holds(world)


@pytest.mark.parametrize("table", ["TT:T", "TF:F", "FT:F", "FF:F", "TU:U", "UT:U", "FU:F", "UF:F", "UU:U"])
def test_and(table: str) -> None:
    world = aino(is_child=SAID[table[0]], victim_track=SAID[table[1]])
    assert ask("child.is_child && child.victim_track", world) == SAID[table[3]]


@pytest.mark.parametrize("table", ["TT:T", "TF:T", "FT:T", "FF:F", "TU:T", "UT:T", "FU:U", "UF:U", "UU:U"])
def test_or(table: str) -> None:
    world = aino(is_child=SAID[table[0]], victim_track=SAID[table[1]])
    assert ask("child.is_child || child.victim_track", world) == SAID[table[3]]


@pytest.mark.parametrize("table", ["T:F", "F:T", "U:U"])
def test_not(table: str) -> None:
    assert ask("!child.is_child", aino(is_child=SAID[table[0]])) == SAID[table[2]]
    assert ask("!!child.is_child", aino(is_child=SAID[table[0]])) == SAID[table[0]]


@pytest.mark.parametrize("table", [":F", "T:T", "F:F", "U:U", "TF:T", "FU:U", "UF:U", "UT:T", "TU:T", "FF:F"])
def test_exists(table: str) -> None:
    answers, expected = table.split(":")
    world = aino(*(interview(held=SAID[one]) for one in answers))
    assert ask("interviews.exists(i, i.held)", world) == SAID[expected]


@pytest.mark.parametrize("table", [":T", "T:T", "F:F", "U:U", "TF:F", "FU:F", "UF:F", "UT:U", "TU:U", "TT:T"])
def test_all(table: str) -> None:
    answers, expected = table.split(":")
    world = aino(*(interview(held=SAID[one]) for one in answers))
    assert ask("interviews.all(i, i.held)", world) == SAID[expected]


@pytest.mark.parametrize(
    "table", [":F", "T:T", "F:F", "U:U", "TF:T", "TT:F", "TU:U", "UT:U", "TTU:F", "UTT:F", "FF:F", "TUT:F"]
)
def test_exists_one_is_decided_by_two_that_surely_fit(table: str) -> None:
    answers, expected = table.split(":")
    world = aino(*(interview(held=SAID[one]) for one in answers))
    assert ask("interviews.exists_one(i, i.held)", world) == SAID[expected]


@pytest.mark.parametrize(
    "how", ["exists(i, i.held)", "all(i, i.held)", "exists_one(i, i.held)", "size() > 0"]
)
def test_of_a_list_that_is_not_known_nothing_is_known(how: str) -> None:
    world = {**aino(), "interviews": UNKNOWN_AGE}
    assert ask(f"interviews.{how}", world) == UNKNOWN_AGE
    assert ask(f"interviews.filter(k, k.recorded).{how}", world) == UNKNOWN_AGE


def test_an_element_that_is_not_known_has_unknown_attributes() -> None:
    assert ask("interviews.exists(i, i.held)", aino(interview(held=False), UNKNOWN_AGE)) == UNKNOWN_AGE
    assert ask("interviews.exists(i, i.held)", aino(UNKNOWN_AGE, interview())) is True


def test_filter_keeps_what_fits_and_is_unknown_if_one_may_fit() -> None:
    short = "size(interviews.filter(i, i.minutes < 30)) == 1"
    assert ask(short, aino(interview(minutes=20), interview(minutes=30))) is True
    assert ask(short, aino(interview(minutes=20), interview(minutes=UNKNOWN_AGE))) == UNKNOWN_AGE


def test_map_keeps_an_unknown_element_in_its_place() -> None:
    kinds = "'police' in interviews.map(i, i.kind)"
    assert ask(kinds, aino(interview(kind="social"), interview(kind="police"))) is True
    assert ask(kinds, aino(interview(kind=UNKNOWN_AGE), interview(kind="police"))) is True
    assert ask(kinds, aino(interview(kind=UNKNOWN_AGE), interview(kind="social"))) == UNKNOWN_AGE
    assert (
        ask("interviews.map(i, i.kind).size() == 2", aino(interview(kind=UNKNOWN_AGE), interview())) is True
    )


@pytest.mark.parametrize(
    ("operator", "smaller", "equal", "larger"),
    [("==", F, T, F), ("!=", T, F, T), ("<", T, F, F), ("<=", T, T, F), (">", F, F, T), (">=", F, T, T)],
)
def test_numbers_times_and_durations_are_compared(
    operator: str, smaller: bool, equal: bool, larger: bool
) -> None:
    cases: dict[str, dict[str, tuple[Value, ...]]] = {
        f"child.hearings {operator} 2": {"hearings": (1, 2, 3)},
        f"child.grace {operator} duration('2d')": {"grace": tuple(timedelta(days=n) for n in (1, 2, 3))},
        f"child.first_seen {operator} timestamp('2026-11-02T00:00:00+02:00')": {
            "first_seen": tuple(time(f"2026-11-0{day}T00:00") for day in (1, 2, 3))
        },
    }
    for text, values in cases.items():
        [(name, several)] = values.items()
        answers = tuple(ask(text, aino(**{name: value})) for value in several)
        assert answers == (smaller, equal, larger)
        assert ask(text, aino(**{name: UNKNOWN_AGE})) == UNKNOWN_AGE


@pytest.mark.parametrize(
    ("operator", "at_once", "inside", "after"),
    [("==", F, U, F), ("!=", T, U, T), ("<", T, U, F), ("<=", T, U, F), (">", F, U, T), (">=", F, U, T)],
)
def test_a_coarse_time_is_unknown_inside_itself(
    operator: str, at_once: object, inside: object, after: object
) -> None:
    text = f"child.first_seen {operator} now"
    month = {"first_seen": time("2026-11")}
    answers = [ask(text, aino(now=time(day), **month)) for day in ("2026-12-01", "2026-11-15", "2026-10-31")]
    unknown = Unknown("exact date", ("child.first_seen", "now"))
    assert answers == [unknown if one is U else one for one in (at_once, inside, after)]


def test_words_and_truths_are_equal_or_not() -> None:
    assert ask("child.protection == 'presumed_victim'", aino()) is True
    assert ask("child.protection != 'presumed_victim'", aino()) is False
    assert ask("child.protection != 'none'", aino(protection=UNKNOWN_AGE)) == UNKNOWN_AGE
    assert ask("child.is_child == child.victim_track", aino(victim_track=False)) is False
    assert ask(
        "child.is_child != child.victim_track", aino(is_child=U, victim_track=UNKNOWN_CARE)
    ) == Unknown("not recorded; sources differ", ("child_born", "parental_care_recorded"))


def test_in_a_list_written_out() -> None:
    text = "child.parental_care in ['absent', 'conflict']"
    assert [ask(text, aino(parental_care=care)) for care in ("absent", "present", U)] == [T, F, U]


def test_in_a_list_of_the_child() -> None:
    text = "child.country in child.languages"
    assert ask(text, aino(country="et")) is True
    assert ask(text, aino(country="EE")) is False
    assert ask(text, aino(country=U)) == U
    assert ask(text, aino(languages=U)) == U
    assert ask(text, aino(country=U, languages=UNKNOWN_CARE)).missing == (  # type: ignore[union-attr]  # the answer is Unknown
        "parental_care_recorded",
        "child_born",
    )
    assert ask(text, aino(country="et", languages=("et", U))) is True
    assert ask(text, aino(country="EE", languages=("et", U))) == U
    assert ask(text, aino(country=U, languages=())) is False
    assert ask("child.country in [child.country == 'EE' ? 'EE' : 'FI', 'FI']", aino()) is True


def test_a_time_in_a_list_is_compared_as_times_are() -> None:
    text = "now in interviews.map(i, i.held_at)"
    noon = time("2026-11-03T12:00")
    assert ask(text, aino(interview(held_at=noon), interview(held_at=U), now=noon)) is True
    assert ask(text, aino(interview(), now=noon)) is False
    assert ask(text, aino(interview(), interview(held_at=U), now=noon)) == U
    coarse = ask(text, aino(interview(held_at=time("2026-11-03")), now=noon))
    assert coarse == Unknown("exact date", ("now", "interviews[].held_at"))
    assert ask(text, {**aino(), "interviews": U}) == U


def test_sums_of_numbers_and_times() -> None:
    assert ask("child.hearings + 1 - 3 == -1", aino()) is True
    assert ask("child.hearings + child.interviewers > 2", aino(hearings=U)) == U
    assert ask("now > child.first_seen + child.grace", aino()) is True
    assert ask("now - duration('22d9h31m') < child.first_seen", aino()) is True
    assert ask("now > child.first_seen + child.grace", aino(grace=U, first_seen=UNKNOWN_CARE)) == Unknown(
        "sources differ; not recorded", ("parental_care_recorded", "child_born")
    )


def test_a_time_moved_beyond_the_calendar_is_unknown() -> None:
    far = aino(grace=timedelta.max // 60 // 10**6 * 60 * 10**6)
    assert ask("now + child.grace > now", far) == Unknown("a time beyond the calendar")


def test_the_choice_follows_its_condition_and_is_unknown_with_it() -> None:
    text = "(child.is_child ? child.hearings : child.interviewers) == 1"
    assert [ask(text, aino(is_child=one)) for one in (T, F, U)] == [T, F, U]
    assert ask(text, aino(is_child=True, interviewers=U)) is True


def test_has_asks_whether_an_attribute_is_known() -> None:
    assert ask("has(child.parental_care)", aino()) is True
    assert ask("has(child.parental_care)", aino(parental_care=U)) is False
    assert ask("has(child.guardian.name_known)", aino(guardian=U)) is False
    assert ask("child.guardian.name_known", aino(guardian=U)) == U
    assert ask("has(child.first_seen)", aino(first_seen=time("2026"))) is True


def test_size_counts_unknown_elements_too() -> None:
    assert ask("size(child.languages) == 2", aino()) is True
    assert ask("child.languages.size() == 2", aino(languages=("et", U))) is True
    assert ask("size(child.languages) == 2", aino(languages=U)) == U


def test_a_word_starts_with_another() -> None:
    assert ask("child.country.startsWith('E')", aino()) is True
    assert ask("child.country.startsWith('F')", aino()) is False
    assert ask("child.country.startsWith('F')", aino(country=U)) == U


def test_always_is_written_true() -> None:
    assert ask("true", aino()) is True


def test_values_are_worked_out_too() -> None:
    def value(text: str, expect: Int | Time | Str | ListOf, **changes: Value) -> Value:
        return parse_value(text, schema=SITUATION, expect=expect).value(aino(interview(), **changes))

    assert value("child.hearings + 1", Int()) == 2
    assert value("child.first_seen + duration('72h')", Time()) == parse_span(
        "2026-11-04T08:30", "Europe/Tallinn"
    )
    assert value("child.is_child ? 'yes' : child.country", Str()) == "yes"
    assert value("interviews.map(i, i.minutes)", ListOf(Int())) == (40,)
    assert value("child.hearings + 1", Int(), hearings=UNKNOWN_AGE) == UNKNOWN_AGE
    assert value("7", Int()) == 7


def test_the_same_text_is_compiled_once_per_schema() -> None:
    other = Record("situation", dict(SITUATION.fields))
    text = "child.is_child && child.victim_track"
    assert parse(text, schema=SITUATION) is parse(text, schema=SITUATION, origin="packs/eu/duties/a.yaml:3")
    assert parse(text, schema=SITUATION) is not parse(text, schema=other)


@pytest.mark.parametrize(("hearings", "answer"), [(2, False), (3, False), (4, True)])
def test_a_sum_of_written_numbers_is_worked_out(hearings: int, *, answer: bool) -> None:
    assert ask("child.hearings > 1 + 2", aino(hearings=hearings)) is answer
    assert ask("child.hearings > 4 - 1", aino(hearings=hearings)) is answer


@pytest.mark.parametrize(("kind", "answer"), [("police", True), ("social", False)])
def test_a_list_may_name_what_belongs_to_the_thing_that_is_looked_at(kind: str, *, answer: bool) -> None:
    assert ask("interviews.exists(i, 'police' in [i.kind, 'forensic'])", aino(interview(kind=kind))) is answer
