"""The plain words of rules: laid over one another by language, of a variant or of its rule, and of no unknown rule."""

from pathlib import Path

import pytest

from encircle.law.law import Law
from encircle.law.pack import BadPack, load_law
from encircle.law.saying import Band
from tests.law.world import SITUATION, TODAY, write

TEXT = """
- text: D02b
  professional: {en: "Appoint a guardian."}
  "6-9": {en: "Somebody must help you."}
  "10-13": {en: "You must get a guardian."}
  "14-17": {en: "You must get a guardian without a tie to suspects."}
"""
ESTONIAN = """
- set: D02b
  "6-9": {et: "Keegi peab sind aitama."}
"""
KEPT = TEXT.replace("D02b", "P5") + '  kept_by: {en: "No field can hold it."}\n'


def loaded(tmp_path: Path, texts: str, upper: str = ESTONIAN) -> Law:
    folder = write(tmp_path, {"base/texts/a.yaml": texts, "ee/texts/a.yaml": upper})
    return load_law(folder, "ee", schema=SITUATION, on=TODAY)


def problems(tmp_path: Path, texts: str, upper: str = ESTONIAN) -> list[str]:
    with pytest.raises(BadPack) as bad:
        loaded(tmp_path, texts, upper)
    return [str(one) for one in bad.value.problems]


def test_a_rule_is_said_for_professionals_and_for_each_age_and_a_country_adds_its_language(
    tmp_path: Path,
) -> None:
    saying = loaded(tmp_path, TEXT).saying("D02b")
    assert saying is not None
    assert [text.in_("et") for text in (saying.professional, *saying.child.values())] == [
        "Appoint a guardian.",
        "Keegi peab sind aitama.",
        "You must get a guardian.",
        "You must get a guardian without a tie to suspects.",
    ]
    assert saying.child[Band.YOUNG].in_("en") == "Somebody must help you."
    assert [str(one) for one in saying.origins] == ["packs/base/texts/a.yaml:2", "packs/ee/texts/a.yaml:2"]


def test_a_variant_is_said_in_the_words_of_its_rule_and_an_unknown_code_in_none(tmp_path: Path) -> None:
    law = loaded(tmp_path, TEXT)
    assert law.saying("D02b-asylum") is law.saying("D02b") is not None
    assert law.saying("D03") is None


def test_a_text_of_no_rule_is_refused_with_the_nearest_code(tmp_path: Path) -> None:
    assert problems(tmp_path, TEXT.replace("D02b", "D02x"), ESTONIAN.replace("D02b", "D02x")) == [
        "packs/base/texts/a.yaml:2: text: there is no rule D02x. Did you mean 'D02b'?"
    ]


def test_what_is_kept_by_construction_is_said_without_a_rule(tmp_path: Path) -> None:
    saying = loaded(tmp_path, TEXT + KEPT).saying("P5")
    assert saying is not None
    assert str(saying.kept_by) == "No field can hold it."
    assert loaded(tmp_path, TEXT + KEPT).explain("P5").lines()[:3] == (
        "P5  No field can hold it.",
        "  override: by_construction",
        "  in plain words: Appoint a guardian.",
    )


def test_a_text_without_one_of_the_ages_is_refused(tmp_path: Path) -> None:
    lines = [line for line in TEXT.splitlines(keepends=True) if "10-13" not in line]
    assert problems(tmp_path, "".join(lines)) == ["packs/base/texts/a.yaml:2: '10-13' is missing. Add it."]


def test_an_age_that_is_no_band_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, TEXT + '  "7-9": {en: "x"}\n') == [
        "packs/base/texts/a.yaml:7: unknown field '7-9'. Did you mean '6-9'?"
    ]


def test_the_text_of_a_rule_that_is_set_aside_goes_with_it(tmp_path: Path) -> None:
    aside = (
        '- not_applicable: D02b\n  because: {en: "None."}\n'
        '  sources: [{act: CoE-197, at: "1", mark: G, read: null}]\n'
    )
    assert loaded(tmp_path, TEXT).saying("D02b") is not None
    assert loaded(tmp_path, TEXT, aside).saying("D02b") is None
