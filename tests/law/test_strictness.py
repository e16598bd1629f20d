"""Numbers keep to the law: practice is no looser than it, and no word of it is turned into a number."""

from pathlib import Path

import pytest

from encircle.law.finding import Lack
from encircle.law.pack import load_law
from encircle.law.review import review
from encircle.law.strictness import names
from tests.law.world import SITUATION, TODAY, write

LAW_AND_PRACTICE = """
- limit: a_limit
  title: {en: "A limit"}
  amount: 15
  unit: days
  counting: plain
  sources:
    - {act: CoE-197, at: "1", SOURCE}
"""
READ = 'mark: "S:A", read: {on: 2026-11-23, where: x}'


@pytest.mark.parametrize(
    ("amount", "unit", "source", "lack"),
    [
        (14, "days", READ, None),
        (2, "weeks", READ, None),
        (360, "hours", READ, Lack.LOOSER_THAN_LAW),
        (11, "working_days", READ, Lack.LOOSER_THAN_LAW),
        (6, "working_days", READ, None),
        # over Christmas and New Year nine working days are longer than fifteen days
        (9, "working_days", READ, Lack.LOOSER_THAN_LAW),
        (16, "days", READ, Lack.LOOSER_THAN_LAW),
        (16, "days", "mark: G, read: null", Lack.LOOSER_THAN_UNREAD),
        (16, "days", READ + ", not_bound: [EE]", None),
    ],
)
def test_practice_that_is_looser_than_the_law_is_found(
    tmp_path: Path, amount: int, unit: str, source: str, lack: Lack | None
) -> None:
    counting = "hours" if unit == "hours" else "plain"
    files = {
        "ee/limits/a.yaml": LAW_AND_PRACTICE.replace("SOURCE", source),
        "ee/duties/a.yaml": '- set: D02b\n  due: {words: "within fifteen days", limit: a_limit}\n',
        "ee/sops/a.yaml": f"- set: guardian_within\n  amount: {amount}\n  unit: {unit}\n"
        f'  counting: {counting}\n  sop_source: {{en: "Practice"}}\n',
    }
    found_law = load_law(write(tmp_path, files), "ee", schema=SITUATION, on=TODAY)
    looser = [one for one in review(found_law) if "Shorten it." in one.what]
    assert [one.lack for one in looser] == ([] if lack is None else [lack])
    assert all(str(one.origin) == "packs/ee/sops/a.yaml:1" for one in looser)


@pytest.mark.parametrize(
    ("words", "found_words"),
    [
        ("within 15 days", []),
        ("at most fifteen days", []),
        (
            "without undue delay",
            ["the words 'without undue delay' name no 15 days, and the limit a_limit does."],
        ),
        ("within 150 days", ["the words 'within 150 days' name no 15 days, and the limit a_limit does."]),
    ],
)
def test_a_word_of_law_that_was_turned_into_a_number_is_a_fault(
    tmp_path: Path, words: str, found_words: list[str]
) -> None:
    files = {
        "ee/limits/a.yaml": LAW_AND_PRACTICE.replace("SOURCE", READ),
        "ee/duties/a.yaml": f'- set: D02b\n  due: {{words: "{words}", limit: a_limit}}\n',
    }
    found_law = load_law(write(tmp_path, files), "ee", schema=SITUATION, on=TODAY)
    faults = [one for one in review(found_law) if one.lack is Lack.WORD_AS_NUMBER]
    assert [one.what.partition(" Write")[0] for one in faults] == found_words


@pytest.mark.parametrize(
    ("words", "amount", "named"),
    [
        ("within a month", 1, True),
        ("within one week", 1, True),
        ("at once", 1, False),
        ("in 72 hours", 72, True),
        ("in seventy-two hours", 72, True),
        ("Ninety days", 90, True),
        ("in nineteen days", 90, False),
        ("within 120 days", 120, True),
        ("within one hundred and twenty days", 120, False),
        ("within ninety-nine days", 99, True),
        ("within twenty days", 20, True),
        ("within twenty-one days", 20, True),
        ("within twenty-one days", 21, True),
        ("within twenty-one days", 22, False),
        ("each day", 1, True),
        ("each day", 2, False),
        ("zero days", 0, True),
    ],
)
def test_an_amount_is_named_in_figures_or_in_words(words: str, amount: int, *, named: bool) -> None:
    assert names(words, amount) is named


def test_a_number_of_law_that_rests_on_no_law_is_a_fault(tmp_path: Path) -> None:
    text = LAW_AND_PRACTICE.replace("SOURCE", "mark: G, read: null").replace("CoE-197", "CRC-GC14")
    found_law = load_law(write(tmp_path, {"ee/limits/a.yaml": text}), "ee", schema=SITUATION, on=TODAY)
    what = "no source of this number is law. A number of guidance or practice belongs in sops/."
    assert [one.what for one in review(found_law) if one.lack is Lack.WORD_AS_NUMBER] == [what]
