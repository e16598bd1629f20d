"""Planted faults: each is told with its file and line, and all at once."""

from pathlib import Path

import pytest

from encircle.law.pack import BadPack, load_law
from encircle.vocabulary.role import Role
from tests.law.world import GUARDIAN, LIMIT, NUMBER, SITUATION, faults, law, write

REGION = """
    pack: harju
    kind: sop
    title: {en: "Harju county"}
    version: "1"
    extends: [ee]
    """


def test_local_practice_can_not_change_law(tmp_path: Path) -> None:
    assert faults(tmp_path, "harju", harju__pack=REGION, harju__duties__a=GUARDIAN) == [
        "packs/harju/duties/a.yaml:2: a pack of kind sop can't hold duties: practice can't change law."
    ]


DUTY = """
- duty: D03
  title: {en: "Assessment"}
  when: "child.is_child"
  from: [child.reasonable_grounds]
  due: {words: "timely", sop: guardian_within}
  owner: police
  evidence:
    - {id: record, text: {en: "Record"}, needs: "true", at: child.reasonable_grounds}
  sources:
    - {act: CoE-197, at: "10", mark: G, read: null}
"""


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("owner: police", "owner: polise", "7: owner 'polise' is not known. Did you mean 'police'?"),
        ("owner: police", "owner: {en: x}", "7: 'owner' should be a single text."),
        ("owner: police", "owner:", "7: 'owner' is empty. Expected a text."),
        (
            "is_child",
            "is_chidl",
            "4: when, character 7: 'child' has no attribute 'is_chidl'. Did you mean 'is_child'?",
        ),
        ('"child.is_child"', "", "4: 'when' is missing. Expected a condition; \"true\" for always."),
        (
            "from: [child.reasonable_grounds]",
            "from: [child.ground]",
            (
                "5: child.ground: child has no 'ground' with a time. Expected one of "
                "reasonable_grounds, turns_18."
            ),
        ),
        (
            "from: [child.reasonable_grounds]",
            "from: [child.is_child]",
            (
                "5: child.is_child: child has no 'is_child' with a time. Expected one of "
                "reasonable_grounds, turns_18."
            ),
        ),
        (
            "from: [child.reasonable_grounds]",
            "from: [interview.held]",
            "5: interview.held: there is no 'interview'. Did you mean 'interviews'?",
        ),
        (
            "from: [child.reasonable_grounds]",
            "from: [child]",
            "5: Got 'child'. Expected two words with a dot, such as child.placed.",
        ),
        (
            "from: [child.reasonable_grounds]",
            "from: []",
            "6: D03 has a number and no 'from'. Say when its clock starts.",
        ),
        (
            "sop: guardian_within",
            "sop: guardian_in",
            "6: sop 'guardian_in' is not in sops/. Did you mean 'guardian_within'?",
        ),
        ("sop: guardian_within", "limit: any", "6: limit 'any' is not in limits/. There are none."),
        ("sop: guardian_within", "sopp: x", "6: unknown field 'sopp'. Did you mean 'sop'?"),
        (
            "due: {words",
            "due: {word",
            "6: 'words' is missing. Add it.\n6: unknown field 'word'. Did you mean 'words'?",
        ),
        (
            '{words: "timely", sop: guardian_within}',
            "timely",
            "6: 'due': expected {words: \"...\", limit: CODE, sop: CODE}.",
        ),
        (
            "when:",
            "for_each: intervieu\n  when:",
            "4: for_each 'intervieu' is not known. Did you mean 'interview'?",
        ),
        ("when:", "for_each: hearing\n  when:", "4: for_each hearing: the situation has no list of these."),
        (
            "when:",
            "scope: house\n  when:",
            "4: scope 'house' is not known. Expected one of child, report, person, agency, installation.",
        ),
        ("when:", "clock: sun\n  when:", "4: clock 'sun' is not known. Expected one of known, happened."),
        (
            "when:",
            "under: D99\n  when:",
            "2: under 'D99': no such duty, or one that is under another. Expected one of D02b.",
        ),
        ("when:", "unknown_opens: yes\n  when:", "4: unknown_opens 'yes': expected true or false."),
        (
            '{en: "Assessment"}',
            "Assessment",
            "3: 'title': expected a text by language, such as {en: \"...\"}.",
        ),
        ('{en: "Assessment"}', '{et: "Hindamine"}', "3: 'title' has no English text (en). Add it."),
        ('{en: "Assessment"}', '{en: ""}', "3: title: the text in 'en' is empty."),
        (
            '{en: "Assessment"}',
            '{en: "A", Estonian: "H"}',
            "3: title: 'Estonian' is no language. Expected en, et, ru ...",
        ),
        (
            "  evidence:\n",
            "  never: words\n  evidence:\n",
            "8: 'never': expected a list, each item on a line with '- '.",
        ),
        (
            "from: [child.reasonable_grounds]",
            "from: [now.x]",
            "5: now.x: there is no 'now'. Expected one of child, guardians, interviews.",
        ),
        ("id: record, ", "", "9: 'id' is missing. Add it."),
        ("id: record, ", "id: record, nedes: x, ", "9: unknown field 'nedes'. Did you mean 'needs'?"),
        (
            "  sources:",
            '    - {id: record, text: {en: x}, needs: "true"}\n  sources:',
            "10: evidence 'record' stands twice. Give each its own id.",
        ),
        ("act: CoE-197", "act: CoE-179", "11: act 'CoE-179' is not in acts.yaml. Did you mean 'CoE-197'?"),
        ('at: "10", ', "", "11: 'at' is missing. Add it."),
        ('at: "10"', 'at: ""', "11: 'at' is empty. Expected a text."),
        ("mark: G, ", "", "11: 'mark' is missing. Add it."),
        ("mark: G", "mark: X", "11: mark 'X': expected G, or S: and the key of where it was seen."),
        (
            "mark: G",
            'mark: "S:AT14"',
            "11: mark S:AT14 says that it was seen: add 'read' with day and place.",
        ),
        ("read: null", "read: yes", "11: 'read': expected null or {on: DATE, where: \"...\"}."),
        (
            "read: null",
            "read: {on: 2026-11-23, where: x}",
            "11: mark G goes with 'read: null'; a text that was read has the mark S:KEY.",
        ),
        (
            "mark: G, read: null",
            'mark: "S:A", read: {on: 23.11.2026, where: x}',
            "11: on '23.11.2026': expected a date such as 2026-11-23.",
        ),
        (
            "mark: G, read: null",
            'mark: "S:A", read: {where: x}',
            "11: 'on' is missing. Expected a date such as 2026-11-23.",
        ),
        ("read: null", "read: null, reviewed: {on: 2026-11-23}", "11: 'role' is missing. Add it."),
        (
            "read: null",
            "read: null, not_bound: DK",
            "11: 'not_bound': expected a list of countries, such as [DK, IE].",
        ),
        (
            "read: null",
            "read: null, not_bound: [Denmark]",
            (
                "11: not_bound: 'Denmark' is no country. Expected a code such as DK, a group, or "
                "all.\n"
                "11: not_bound: 'Denmark' is not in groups.yaml. Expected one of COE, EU."
            ),
        ),
        (
            "read: null",
            "read: null, countries: [EEA]",
            "11: countries: 'EEA' is not in groups.yaml. Expected one of COE, EU.",
        ),
        (
            "read: null",
            "read: null, from: 2026-02-30",
            "11: from '2026-02-30': expected a date such as 2026-11-23.",
        ),
        (
            "read: null",
            "read: null, from: 2026-02-02, until: 2025-02-02",
            "11: until 2025-02-02 lies before from 2026-02-02.",
        ),
        ("read: null", "read: null, art: 2", "11: unknown field 'art'. Did you mean 'at'?"),
        ("read: null}", "read: null}\n  never: [words]", "12: 'never': expected named fields in each item."),
        (
            '  sources:\n    - {act: CoE-197, at: "10", mark: G, read: null}\n',
            "",
            "2: D03 has neither sources nor sop_source. Say what it rests on.",
        ),
        (
            '    - {id: record, text: {en: "Record"}, needs: "true", at: child.reasonable_grounds}\n',
            "",
            (
                "8: 'evidence': expected a list, each item on a line with '- '.\n"
                "8: no evidence. Say what proves that the duty is met."
            ),
        ),
    ],
)
def test_a_planted_fault_is_told_with_its_line(tmp_path: Path, good: str, bad: str, said: str) -> None:
    assert law(tmp_path / "good", ee__duties__a=DUTY).duty("D03").code == "D03"
    assert good in DUTY
    text = DUTY.replace(good, bad, 1)
    found = faults(tmp_path / "bad", ee__duties__a=text)
    assert found == [f"packs/ee/duties/a.yaml:{one}" for one in said.splitlines()]


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("amount: 15", "amount: 0", "4: amount '0': expected a whole number from 1."),
        ("amount: 15", "amount: -1", "4: amount '-1': expected a whole number from 1."),
        ("amount: 15", "amount: fifteen", "4: amount 'fifteen': expected a whole number from 1."),
        (
            "unit: working_days",
            "unit: workdays",
            (
                "5: unit 'workdays' is not known. Expected one of hours, days, working_days, weeks, "
                "months, years."
            ),
        ),
        ("  counting: reg_1182_71\n", "", "2: a_limit has no 'counting'. Add it."),
        (
            "counting: reg_1182_71",
            "counting: hours",
            "6: Got counting 'hours' for working_days. Expected reg_1182_71 or plain.",
        ),
        (
            "unit: working_days",
            "unit: working_days\n  sense: about",
            "6: sense 'about' is not known. Expected one of at_most, at_least.",
        ),
        ("sources:\n", "sources: []\n#", "2: a_limit has no source. A number of law names its article."),
    ],
)
def test_a_fault_in_a_number_of_law_is_told_with_its_line(
    tmp_path: Path, good: str, bad: str, said: str
) -> None:
    assert good in LIMIT
    found = faults(tmp_path, ee__limits__a=LIMIT.replace(good, bad, 1))
    assert found == [f"packs/ee/limits/a.yaml:{one}" for one in said.splitlines()]


def test_a_minimum_can_not_be_a_deadline(tmp_path: Path) -> None:
    minimum = LIMIT.replace("amount: 15", "amount: 15\n  sense: at_least")
    assert faults(tmp_path, ee__duties__a=GUARDIAN, ee__limits__a=minimum) == [
        "packs/ee/duties/a.yaml:4: a_limit is a minimum (at_least): it can't be a deadline."
    ]


def test_a_number_of_practice_needs_somebody_who_set_it(tmp_path: Path) -> None:
    text = NUMBER.replace('  sop_source: {en: "Practice"}\n', "")
    assert faults(tmp_path, ee__sops__a=text) == [
        "packs/ee/sops/a.yaml:3: guardian_within has a number and no source. Add sources or sop_source."
    ]


def test_an_owner_is_a_role(tmp_path: Path) -> None:
    text = '- owner: {}\n  agency: {{en: "Board"}}\n  sop_source: {{en: "x"}}\n'
    found = law(tmp_path / "good", ee__owners__a=text.format("guardianship_authority"))
    owner = found.owner(Role.GUARDIANSHIP_AUTHORITY)
    assert owner is not None
    assert str(owner.agency) == "Board"
    assert found.owner(Role.POLICE) is None
    assert faults(tmp_path / "bad", ee__owners__a=text.format("guardian_authority")) == [
        "packs/ee/owners/a.yaml:1: 'guardian_authority' is no role. Did you mean 'guardianship_authority'?"
    ]


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        ee__duties__a=DUTY.replace("police", "polise").replace("CoE-197", "CoE-179"),
        ee__limits__a=LIMIT.replace("15", "0"),
    )
    assert found == [
        "packs/ee/duties/a.yaml:7: owner 'polise' is not known. Did you mean 'police'?",
        "packs/ee/duties/a.yaml:11: act 'CoE-179' is not in acts.yaml. Did you mean 'CoE-197'?",
        "packs/ee/limits/a.yaml:4: amount '0': expected a whole number from 1.",
    ]


def test_an_unknown_folder_or_file_is_told(tmp_path: Path) -> None:
    folder = write(
        tmp_path, {"ee/duty/a.yaml": DUTY, "ee/duties/a.yml": DUTY, "ee/cases/a.yaml": "x: 1", "ee/a.md": "x"}
    )
    with pytest.raises(BadPack) as bad:
        load_law(folder, "ee", schema=SITUATION)
    assert [str(one) for one in bad.value.problems] == [
        "packs/ee/duties/a.yml:1: not a .yaml file. Expected files that end in .yaml here.",
        "packs/ee/duty:1: unknown file or folder. Did you mean 'duties'?",
    ]


def test_a_file_that_is_broken_is_told_with_its_line(tmp_path: Path) -> None:
    assert faults(tmp_path, ee__duties__a="- duty: D03\n  title: {en: x\n  when: y\n")[0].startswith(
        "packs/ee/duties/a.yaml:3: not readable as YAML:"
    )
