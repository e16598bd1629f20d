"""A rule of keeping: which number counts, and when that makes erasure due. And what a pack gets wrong about it."""

from dataclasses import replace
from pathlib import Path

import pytest

from encircle.law.counting import Counting, Period, Unit
from encircle.law.duty import Standing
from encircle.law.finding import Lack
from encircle.law.pack import load_law
from encircle.law.review import review
from tests.law.world import SITUATION, TODAY, faults, write

NUMBER = """
- sop: kept_for
  title: {en: "Time of keeping"}
  amount: 5
  unit: years
  counting: plain
  sop_source: {en: "Practice of the test country"}
- sop: kept_so_long
  title: {en: "Time of keeping"}
  no_number: {en: "Nobody has set one."}
  sop_source: {en: "Practice of the test country"}
"""
LIMIT = """
- limit: kept_at_most
  title: {en: "Most"}
  amount: 10
  unit: years
  counting: plain
  sources:
    - {act: CoE-197, at: "11", mark: G, read: null}
"""
RULE = """
- retention: health
  title: {en: "Health"}
  parts: [health]
  from: [closed]
  keep: {words: "no longer than needed", sop: kept_for}
  sop_source: {en: "Practice of the test country"}
"""
TEN, FIVE = (Period(years, Unit.YEARS, Counting.PLAIN) for years in (10, 5))


@pytest.mark.parametrize(
    ("keep", "standing", "period", "is_due"),
    [
        ("sop: kept_for", Standing.SOP, FIVE, True),
        ("sop: kept_so_long", Standing.WORDS, None, False),
        ("limit: kept_at_most", Standing.UNVERIFIED, TEN, False),
    ],
)
def test_only_a_number_of_law_that_was_read_or_of_practice_makes_erasure_due(
    tmp_path: Path, keep: str, standing: Standing, period: Period | None, is_due: bool
) -> None:
    files = {
        "ee/sops/a.yaml": NUMBER,
        "ee/limits/a.yaml": LIMIT,
        "ee/retention/a.yaml": RULE.replace("sop: kept_for", keep),
    }
    (rule,) = load_law(write(tmp_path, files), "ee", schema=SITUATION, on=TODAY).retention
    assert (rule.keep.standing, rule.period, rule.may_be_due) == (standing, period, is_due)
    read = replace(rule, keep=replace(rule.keep, standing=Standing.LAW))
    assert read.may_be_due is (period is not None)
    words = replace(rule, keep=replace(rule.keep, limit=None, sop=None, standing=Standing.WORDS))
    assert (words.period, words.may_be_due) == (None, False)


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("parts: [health]", "parts: []", "4: no parts. Say which parts of a record it is about."),
        ("from: [closed]", "from: []", "5: no 'from'. Say from which event it is counted."),
    ],
)
def test_a_rule_without_parts_or_an_event_is_refused_with_its_line(
    tmp_path: Path, good: str, bad: str, said: str
) -> None:
    told = faults(tmp_path, "ee", ee__sops__a=NUMBER, ee__retention__a=RULE.replace(good, bad))
    assert told == [f"packs/ee/retention/a.yaml:{said}"]


WORD = """
- term: guardian
  title: {en: "Guardian"}
  means: {en: "Who stands by the child."}
  sources:
    - {act: CoE-197, at: "10", mark: G, read: null}
"""


@pytest.mark.parametrize(
    ("word", "lacks"),
    [
        (WORD, {Lack.LANGUAGE_MISSING}),
        (WORD.replace('child."', 'child.", et: "Kes on lapse kõrval."'), {Lack.LANGUAGE_MISSING}),
        (
            WORD.replace('child."', 'child.", et: "Kes on lapse kõrval."').replace(
                'Guardian"', 'Guardian", et: "Eestkostja"'
            ),
            set(),
        ),
    ],
)
def test_a_word_of_the_field_without_the_language_of_the_country_is_told(
    tmp_path: Path, word: str, lacks: set[Lack]
) -> None:
    law = load_law(write(tmp_path, {"ee/glossary.yaml": word}), "ee", schema=SITUATION, on=TODAY)
    its = {one.lack for one in review(law) if one.code == "guardian"}
    assert its & {Lack.LANGUAGE_MISSING} == lacks


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("of: report\n  parts: [health]\n  from: [last_words]", "kept whole"),
        ("of: report\n  from: [closed]", "counted from [last_words] alone"),
        ("parts: [health]\n  from: [last_words]", "counts only what came in at the door"),
        ("from: [closed]", "no parts"),
    ],
)
def test_a_rule_of_the_door_names_no_parts_and_one_of_records_no_last_words(
    tmp_path: Path, wrong: str, said: str
) -> None:
    rule = RULE.replace("parts: [health]\n  from: [closed]", wrong)
    assert rule != RULE
    told = faults(tmp_path, "ee", ee__sops__a=NUMBER, ee__retention__a=rule)
    assert any(said in fault for fault in told)
