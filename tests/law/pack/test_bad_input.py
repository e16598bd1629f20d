"""Bad input: each kind of it is refused with file, line and mend, and never takes the place of a good pack."""

from datetime import date
from pathlib import Path

import pytest

from encircle.law.pack import BadPack, Shelf, law_from, load_law
from tests.law.pack.test_channels import CHANNEL, OVER
from tests.law.pack.test_channels import LIMIT as CHANNEL_LIMIT
from tests.law.world import BASE, LIMIT, NUMBER, SITUATION, faults, law, write

DUTY = "ee/duties/a.yaml"
GOOD = """
- duty: D03
  title: {en: "Assessment"}
  when: "child.is_child"
  from: [child.reasonable_grounds]
  due: {words: "timely"}
  owner: police
  evidence:
    - {id: record, text: {en: "Record"}, needs: "true"}
  sources:
    - {act: CoE-197, at: "10", mark: G, read: null}
"""
HEAD = BASE["ee/pack.yaml"]


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        (
            DUTY,
            GOOD.replace("  owner: police\n", "  owner: police\n  owner: court\n"),
            "packs/ee/duties/a.yaml:8: 'owner' stands twice; first on line 7. Keep one.",
        ),
        (
            DUTY,
            GOOD.replace("  owner: police", "\towner: police"),
            "packs/ee/duties/a.yaml:7: a tab at the beginning of the line. Use spaces.",
        ),
        (
            DUTY,
            GOOD.replace("owner: police", "ownr: police"),
            "packs/ee/duties/a.yaml:7: unknown field 'ownr'. Did you mean 'owner'?",
        ),
        (
            "ee/pack.yaml",
            HEAD.replace("extends: [base]", "extends: [ee]"),
            "packs/ee/pack.yaml:2: ee extends ee: a circle. Take one away.",
        ),
        (
            DUTY,
            GOOD.replace(', at: "10"', ""),
            "packs/ee/duties/a.yaml:11: 'at' is missing. Add it.",
        ),
        (
            "ee/limits/a.yaml",
            LIMIT.replace("amount: 15", "amount: 0"),
            "packs/ee/limits/a.yaml:4: amount '0': expected a whole number from 1.",
        ),
        (
            "ee/sops/a.yaml",
            NUMBER.replace("amount: 2", "amount: 0"),
            "packs/ee/sops/a.yaml:3: amount '0': expected a whole number from 1.",
        ),
    ],
    ids=["key twice", "tab", "unknown field", "circle", "no article", "limit of zero", "SOP of zero"],
)
def test_bad_input_is_refused_with_file_line_and_mend(
    tmp_path: Path, file: str, text: str, told: str
) -> None:
    files = {DUTY: GOOD, "ee/limits/a.yaml": LIMIT, "ee/sops/a.yaml": NUMBER, "ee/pack.yaml": HEAD}
    assert load_law(write(tmp_path / "good", files), "ee", schema=SITUATION).country == "EE"
    assert files[file] != text
    with pytest.raises(BadPack) as bad:
        load_law(write(tmp_path / "bad", {**files, file: text}), "ee", schema=SITUATION)
    assert told in [str(one) for one in bad.value.problems]


def test_channels_that_each_yield_to_the_other_are_refused(tmp_path: Path) -> None:
    over = OVER.replace(
        '  sop_source: {en: "Practice"}\n', '  yields_to: []\n  sop_source: {en: "Practice"}\n'
    )
    files = {"base__channels__a": CHANNEL, "ee__channels__a": over, "base__limits__a": CHANNEL_LIMIT}
    assert law(tmp_path / "good", **files).channel("report") is not None
    files["ee__channels__a"] = over.replace("yields_to: []", "yields_to: [report]")
    assert faults(tmp_path / "bad", **files) == [
        "packs/ee/channels/a.yaml:12: other yields to report yields to other: a circle. Take one away.",
        "packs/ee/channels/a.yaml:18: report yields to other yields to report: a circle. Take one away.",
    ]


def test_a_calendar_without_the_year_that_is_asked_for_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path, {"ee/pack.yaml": HEAD.replace("calendar: EE", "calendar: LK")})
    assert load_law(folder, "ee", schema=SITUATION, on=date(2026, 12, 31)).calendar.code == "LK"
    with pytest.raises(BadPack) as bad:
        load_law(folder, "ee", schema=SITUATION, on=date(2027, 1, 1))
    assert [str(one) for one in bad.value.problems] == [
        "packs/ee/pack.yaml:8: calendar LK knows no public holidays of 2027: its last year is 2026. "
        "Bring the table of holidays up to date, or write null: Saturdays and Sundays only."
    ]


def test_what_is_written_after_a_pack_was_read_does_not_change_what_stands(tmp_path: Path) -> None:
    shelf = Shelf(write(tmp_path, {DUTY: GOOD}))
    before = law_from(shelf, "ee", schema=SITUATION, on=date(2026, 12, 31))
    write(tmp_path, {DUTY: GOOD.replace("owner", "ownr"), "ee/pack.yaml": "nothing of use"})
    after = law_from(shelf, "ee", schema=SITUATION, on=date(2027, 1, 1))
    assert [rule.origins for rule in after.duties] == [rule.origins for rule in before.duties]
    with pytest.raises(BadPack):
        load_law(shelf.folder, "ee", schema=SITUATION)


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        ("    - word\n", "'sources': expected named fields in each item."),
        ('    - {act: "", at: "1", mark: G, read: null}\n', "'act' is empty. Expected a text."),
        ('    - {at: "1", mark: G, read: null}\n', "'act' is missing. Add it."),
    ],
)
def test_a_source_that_is_laid_over_a_duty_and_names_no_act_is_refused(
    tmp_path: Path, sources: str, told: str
) -> None:
    text = f"- set: D02b\n  sources:\n{sources}"
    assert faults(tmp_path, ee__duties__a=text) == [f"packs/ee/duties/a.yaml:3: {told}"]
