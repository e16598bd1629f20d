"""The words of a language as a pack has them: read whole, and every fault named with its line and the mend."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from encircle.law.condition.words import FORMS, Noun, Words
from encircle.law.pack import BadPack
from encircle.law.pack.language import languages_in, words_in

FORM_LINES = "".join(f"  {form}: {{a: ignored}}\n" for form in FORMS).replace(
    "{a: ignored}", '"{a} of {the}"'
)
WHOLE = f"""forms:
{FORM_LINES}kinds:
  interview: [küsitlus, küsitlus, küsitluse]
attributes:
  held: "{{it}} on peetud"
codes:
  absent: puudub
"""
AFTER = len(FORMS) + 2
"""The line of `kinds:`."""
NAMED = "forms, kinds, attributes, codes"


def write(root: Path, text: str) -> Path:
    folder = root / "packs"
    (folder / "ee" / "words").mkdir(parents=True)
    (folder / "ee" / "words" / "et.yaml").write_text(text, "utf-8")
    return folder


def faults(root: Path, text: str) -> list[str]:
    with pytest.raises(BadPack) as bad:
        words_in(write(root, text), "et")
    return [str(problem) for problem in bad.value.problems]


def plain(
    words: Words,
) -> tuple[str, Mapping[str, str], Mapping[str, Noun], Mapping[str, str], Mapping[str, str]]:
    mappings = dict(words.forms), dict(words.kinds), dict(words.attributes), dict(words.codes)
    return (words.language, *mappings)


def test_the_words_of_a_language_are_read_whole(tmp_path: Path) -> None:
    found = words_in(write(tmp_path, WHOLE), "et")
    assert found is not None
    assert plain(found) == (
        "et",
        dict.fromkeys(FORMS, "{a} of {the}"),
        {"interview": Noun("küsitlus", "küsitlus", "küsitluse")},
        {"held": "{it} on peetud"},
        {"absent": "puudub"},
    )


def test_the_languages_of_a_folder_are_those_of_all_its_packs_and_others_have_no_words(
    tmp_path: Path,
) -> None:
    folder = write(tmp_path, WHOLE)
    (folder / "base" / "words").mkdir(parents=True)
    (folder / "base" / "words" / "en.yaml").write_text(WHOLE, "utf-8")
    (folder / "base" / "words" / "en.txt").write_text(WHOLE, "utf-8")
    assert languages_in(folder) == ("en", "et")
    assert words_in(folder, "fi") is None


@pytest.mark.parametrize(
    ("was", "put", "told"),
    [
        ("held:", "held: [no]\n  other:", [(AFTER + 3, "'held' should be a single text.")]),
        ('"{it} on peetud"', "null", [(AFTER + 3, "'held' should be a single text.")]),
        (
            "{it}",
            "{the}{it}",
            [(AFTER + 3, "'held': {the} can't be filled. Expected one of it, its.")],
        ),
        (
            "absent: puudub",
            'absent: "{a}"',
            [(AFTER + 5, "'absent': {a} can't be filled. There are none.")],
        ),
        (
            "[küsitlus, küsitlus, küsitluse]",
            "[küsitlus, küsitluse]",
            [
                (
                    AFTER + 1,
                    "'interview': expected three, such as [interview, the interview, the interview's].",
                )
            ],
        ),
        (
            "[küsitlus, küsitlus, küsitluse]",
            '[küsitlus, "", küsitluse]',
            [
                (
                    AFTER + 1,
                    "'interview': expected three, such as [interview, the interview, the interview's].",
                )
            ],
        ),
        (
            "[küsitlus, küsitlus, küsitluse]",
            "küsitlus",
            [
                (
                    AFTER + 1,
                    "'interview': expected three, such as [interview, the interview, the interview's].",
                )
            ],
        ),
        ("codes:\n  absent: puudub\n", "", [(1, "'codes': expected a word or phrase by name.")]),
        (
            "codes:\n  absent: puudub\n",
            "codes: [puudub]\n",
            [(AFTER + 4, "'codes': expected a word or phrase by name.")],
        ),
        (
            "  comma:",
            "  coma:",
            [
                (1, "the form 'comma' is missing. Add it."),
                (1, "there is no form 'coma'. Did you mean 'comma'?"),
            ],
        ),
        (
            "codes:",
            "more: {}\ncodes:",
            [(AFTER + 4, "unknown field 'more'. Expected one of attributes, codes, forms, kinds.")],
        ),
    ],
)
def test_a_fault_in_the_words_is_named_with_its_line_and_the_mend(
    tmp_path: Path, was: str, put: str, told: list[tuple[int, str]]
) -> None:
    assert WHOLE.count(was) == 1
    found = faults(tmp_path, WHOLE.replace(was, put))
    assert found == [f"packs/ee/words/et.yaml:{line}: {said}" for line, said in told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[a, b]\n", f"1: expected named fields: {NAMED}."),
        (
            "forms: {\n",
            "2: not readable as YAML: did not find expected node content. A text with ': ' or '#' in it goes in quotes.",
        ),
    ],
)
def test_a_file_that_is_not_named_fields_is_refused(tmp_path: Path, text: str, told: str) -> None:
    assert faults(tmp_path, text) == [f"packs/ee/words/et.yaml:{told}"]
