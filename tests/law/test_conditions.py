"""All conditions of a law, with rule, what they decide and line; and the names that no language has words for."""

from pathlib import Path

from encircle.law.condition.words import Words
from encircle.law.conditions import Placed, conditions_of, conditions_of_rule
from encircle.law.finding import Finding, Lack
from encircle.law.law import Law
from encircle.law.origin import Origin
from encircle.law.pack.language import words_in
from encircle.law.unsaid import unsaid
from encircle.vocabulary.facts.kind import Kind
from tests.law.pack.test_channels import CHANNEL
from tests.law.world import law

PACKS = Path(__file__).parents[2] / "packs"
DUTY = """
- duty: D06
  title: {en: "Interview"}
  for_each: interview
  when: "!interview.held"
  due: {words: "without unjustified delay"}
  owner: police
  evidence:
    - {id: held, text: {en: "Held"}, needs: "interview.held", at: interview.held_at}
  suspended_by:
    - {when: "!child.is_child", because: {en: "Why it rests."}}
  lifted_by:
    - {when: "interview.recorded", because: {en: "Why it goes."}}
  breached_by:
    - {when: "interview.ordinal > 3", because: {en: "Why it is too late."}}
  sop_source: {en: "Barnahus practice"}
"""
CLEARED = """
- set: P3
  clears: "interview.recorded"
"""


def loaded(folder: Path) -> Law:
    return law(folder, ee__duties__a=DUTY, ee__prohibitions__a=CLEARED, ee__channels__a=CHANNEL)


def told(placed: Placed) -> tuple[str, str, str, Kind | None, str]:
    of, text = placed.deciding.value, placed.condition.text
    return placed.code, of, text, placed.for_each, str(placed.origin)


def test_every_condition_of_a_law_is_there_with_its_rule_and_what_it_decides(tmp_path: Path) -> None:
    duties, each, channels = "packs/ee/duties/a.yaml", Kind.INTERVIEW, "packs/ee/channels/a.yaml"
    guardian, interviews = "packs/base/duties/guardian.yaml", "packs/base/prohibitions/interviews.yaml"
    opens = "child.reasonable_grounds && child.parental_care in ['absent', 'conflict']"
    appointed = "guardians.exists(g, g.appointed)"
    assert [told(placed) for placed in conditions_of(loaded(tmp_path))] == [
        ("D02b", "when", opens, None, f"{guardian}:2"),
        ("D02b", "evidence", appointed, None, f"{guardian}:10"),
        ("D02b", "lifted_by", "child.parental_care == 'present'", None, f"{guardian}:15"),
        ("D06", "when", "!interview.held", each, f"{duties}:2"),
        ("D06", "evidence", "interview.held", each, f"{duties}:9"),
        ("D06", "suspended_by", "!child.is_child", each, f"{duties}:11"),
        ("D06", "lifted_by", "interview.recorded", each, f"{duties}:13"),
        ("D06", "breached_by", "interview.ordinal > 3", each, f"{duties}:15"),
        ("P3", "when", "interview.held && interview.ordinal > 1", each, f"{interviews}:2"),
        ("P3", "clears", "interview.recorded", each, f"{interviews}:2"),
        ("report", "first", appointed, None, f"{channels}:12"),
        ("report", "stopped_by", "child.reasonable_grounds", None, f"{channels}:15"),
    ]


def test_a_prohibition_that_is_only_acknowledged_has_one_condition(tmp_path: Path) -> None:
    assert [placed.deciding.value for placed in conditions_of_rule(law(tmp_path), "P3")] == ["when"]


def test_the_conditions_of_one_rule_are_found_by_its_code_and_none_by_another(tmp_path: Path) -> None:
    found = loaded(tmp_path)
    assert [placed.deciding.value for placed in conditions_of_rule(found, "P3")] == ["when", "clears"]
    assert conditions_of_rule(found, "D99") == ()


def test_a_name_without_a_word_is_found_once_in_each_language_at_the_first_rule_that_uses_it(
    tmp_path: Path,
) -> None:
    known = {language: words_in(PACKS, language) for language in ("en", "et", "ar")}
    words = {language: found for language, found in known.items() if found is not None}
    assert list(words) == ["en", "et", "ar"]
    law_of_tests = loaded(tmp_path)
    assert [one for one in unsaid(law_of_tests, words) if "'recorded'" in one.what] == []
    poor = {language: without(found, "recorded", "ordinal") for language, found in words.items()}
    found = [one for one in unsaid(law_of_tests, poor) if "'recorded'" in one.what or "'ordinal'" in one.what]
    sentence = "there is no word for {!r} in words/{}.yaml. Add one."
    lifted, breached = Origin("packs/ee/duties/a.yaml", 13), Origin("packs/ee/duties/a.yaml", 15)
    assert found == [
        Finding(lifted, "D06", Lack.UNSAID, sentence.format("recorded", "et")),
        Finding(lifted, "D06", Lack.UNSAID, sentence.format("recorded", "en")),
        Finding(breached, "D06", Lack.UNSAID, sentence.format("ordinal", "et")),
        Finding(breached, "D06", Lack.UNSAID, sentence.format("ordinal", "en")),
    ]
    assert list(unsaid(law_of_tests, {})) == []


def without(words: Words, *names: str) -> Words:
    """The same language with fewer words."""
    left = {name: text for name, text in words.attributes.items() if name.rpartition(".")[2] not in names}
    return Words(words.language, words.forms, words.kinds, left, words.codes)
