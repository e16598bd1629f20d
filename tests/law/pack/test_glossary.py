"""The words of the field: each with a source, its rules and neighbours known, and a country may add to them."""

from pathlib import Path

import pytest

from encircle.law.law import Law
from encircle.law.pack import BadPack, load_law
from tests.law.world import SITUATION, TODAY, write

SOURCE = "{act: CoE-197, at: '1', mark: G, read: null}"
TERM = f"""
- term: child
  title: {{en: "Child"}}
  means: {{en: "Everybody under 18."}}
  rules: [D02b]
  see: [guardian]
  sources: [{SOURCE}]
- term: guardian
  title: {{en: "Guardian"}}
  means: {{en: "Somebody who acts for a child."}}
  sources: [{SOURCE}]
"""
ESTONIAN = """
- set: child
  title: {et: "Laps"}
"""


def loaded(tmp_path: Path, terms: str) -> Law:
    folder = write(tmp_path, {"base/glossary.yaml": terms, "ee/glossary.yaml": ESTONIAN})
    return load_law(folder, "ee", schema=SITUATION, on=TODAY)


def problems(tmp_path: Path, terms: str) -> list[str]:
    with pytest.raises(BadPack) as bad:
        loaded(tmp_path, terms)
    return [str(one) for one in bad.value.problems]


def test_a_word_has_its_meaning_its_rules_and_its_sources_and_a_country_adds_its_language(
    tmp_path: Path,
) -> None:
    child, guardian = loaded(tmp_path, TERM).terms
    assert (child.code, child.title.in_("et"), child.means.in_("en")) == (
        "child",
        "Laps",
        "Everybody under 18.",
    )
    assert (child.rules, child.see, [source.at for source in child.sources]) == (
        ("D02b",),
        ("guardian",),
        ["1"],
    )
    assert [str(origin) for origin in child.origins] == [
        "packs/base/glossary.yaml:2",
        "packs/ee/glossary.yaml:2",
    ]
    assert (guardian.rules, guardian.see) == ((), ())


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        (
            "[D02b]",
            "[D99]",
            "packs/base/glossary.yaml:5: rules: 'D99' is not known. Expected one of D02b, P3.",
        ),
        (
            "[guardian]",
            "[warden]",
            "packs/base/glossary.yaml:6: see: 'warden' is not known. Expected one of child, guardian.",
        ),
        (
            f"[{SOURCE}]",
            "[]",
            "packs/base/glossary.yaml:2: term child: no source. Say where its meaning was read.",
        ),
        (
            "act: CoE-197",
            "act: XYZ",
            (
                "packs/base/glossary.yaml:2: term child: no source. Say where its meaning was read.\n"
                "packs/base/glossary.yaml:7: act 'XYZ' is not in acts.yaml. Expected one of "
                "CRC-GC14, CoE-197, EU-2011/36."
            ),
        ),
        (
            '  means: {en: "Everybody under 18."}\n',
            "",
            "packs/base/glossary.yaml:2: child has no 'means'. Add it.",
        ),
    ],
)
def test_a_word_that_leads_nowhere_or_has_no_source_is_refused(
    tmp_path: Path, good: str, bad: str, told: str
) -> None:
    assert good in TERM
    assert problems(tmp_path, TERM.replace(good, bad, 1)) == told.splitlines()
