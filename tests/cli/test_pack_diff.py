"""`encircle pack diff`: which rules differ, and which children of the cases it moves, in counts and numbers alone."""

import json
import shutil
from pathlib import Path

import pytest

from encircle.actions.law import packs_folder
from encircle.actions.replay.file import read_replay
from encircle.cli import main

DAY = ("--day", "2026-11-28")
SOP = """
- set: guardian_appointed_within
  amount: 2
  unit: working_days
  sop_source: {en: "Proposed"}
"""
LONGER = SOP.replace("amount: 2", "amount: 5")


def diff(capsys: pytest.CaptureFixture[str], *words: str, status: int) -> list[str]:
    assert main(["pack", "diff", *words, *DAY]) == status
    return capsys.readouterr().out.splitlines()


def draft(folder: Path, *, sops: str = "", changed: tuple[str, str] = ("", "")) -> str:
    """A draft of the Estonian pack, beside the packs that it rests on."""
    for name in ("base", "eu", "ee"):
        leave = shutil.ignore_patterns("cases", "tests")
        shutil.copytree(packs_folder() / name, folder / "packs" / name, ignore=leave)
    pack = folder / "packs" / "ee"
    if sops:
        (pack / "sops" / "sops.yaml").write_text(sops, "utf-8")
    owners = pack / "owners" / "owners.yaml"
    owners.write_text(owners.read_text("utf-8").replace(*changed), "utf-8")
    return str(pack)


def test_a_pack_and_a_draft_that_say_the_same_do_not_differ(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (line,) = diff(capsys, "ee", draft(tmp_path), status=0)
    assert line == "ee 2026.11 -> ee 2026.11, the law of 2026-11-28: 0 rules differ"


def test_a_number_that_is_set_gives_a_time_to_the_children_who_have_the_duty(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lines = diff(capsys, "ee", draft(tmp_path, sops=SOP), "--on", "cases", status=1)
    assert lines[:2] == [
        "ee 2026.11 -> ee 2026.11, the law of 2026-11-28: 1 rules differ",
        "  D02b due in numbers: nothing -> 2 working days (SOP, not law; guardian_appointed_within)",
    ]
    assert lines[2].startswith("cases: ")
    assert {line.split()[0] for line in lines[3:]} == {"D02b"}
    turns = {line.split(": ")[0].partition(" ")[2].strip().partition(" ")[2] for line in lines[3:]}
    assert turns >= {"time", "kind of time", "state"}
    assert "  D02b state: open -> overdue: " in "\n".join(lines)


def test_a_longer_number_is_later_and_an_agency_that_changes_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    before = draft(tmp_path / "a", sops=SOP)
    after = draft(tmp_path / "b", sops=LONGER, changed=("Chancellor of Justice", "Ombudsman"))
    found = json.loads("\n".join(diff(capsys, before, after, "--on", "cases", "--json", status=1)))
    moves = {(one["code"], one["turn"]): one for one in found["effects"]["cases"]["moves"]}
    later, owner = moves["D02b", "time"], moves["D35", "owner"]
    assert (later["before"], later["after"]) == ("a time", "later")
    assert (owner["before"], owner["after"]) == (
        "ombudsperson (Chancellor of Justice)",
        "ombudsperson (Ombudsman)",
    )
    assert later["count"] >= later["children"] > 0


def test_no_name_of_a_child_and_no_text_of_a_case_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    lines = diff(capsys, "dk", "ee", "--on", "cases", "--numbers", status=1)
    said = "\n".join(lines[next(n for n, line in enumerate(lines) if line.startswith("cases: ")) :])
    assert "8.1/1" in said
    for path in sorted(packs_folder().glob("base/*/*.yaml")):
        if path.parent.name in ("cases", "tests"):
            labels = read_replay(path).children.values()
            assert [label for label in labels if len(label) > 3 and label in said] == []


def test_the_same_cases_rest_on_other_law_in_denmark(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads("\n".join(diff(capsys, "dk", "ee", "--on", "cases", "--json", status=1)))
    bases = {one["code"]: one for one in found["effects"]["cases"]["moves"] if one["turn"] == "basis"}
    assert "EU-2011/36" not in bases["D42"]["before"]
    assert "EU-2011/36" in bases["D42"]["after"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ee", "atlantis"), "There is no pack 'atlantis' in packs/."),
        (
            ("ee", "no/such/folder"),
            "There is no pack in 'no/such/folder'. Expected a folder with a pack.yaml",
        ),
        (("ee", "fi", "--day", "soon"), "--day: got 'soon'. Expected a day such as 2026-11-23."),
        (("ee", "fi", "--data", "var"), "--data counts on records: it goes with --on cases."),
    ],
)
def test_what_cannot_be_compared_is_refused(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert main(["pack", "diff", *words]) == 2
    assert capsys.readouterr().err.startswith(f"encircle: {said}")
