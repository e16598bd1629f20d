"""`encircle pack lint`: all packs in one run, by severity, for people and for programs."""

import json
import shutil
from pathlib import Path

import pytest

from encircle.actions.law import packs_folder
from encircle.cli import main
from encircle.law.pack.shelf import states_law
from tests.law.world import write


def lint(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> list[str]:
    assert main(["pack", "lint", *words]) == status
    return capsys.readouterr().out.splitlines()


def data(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> dict[str, object]:
    found = json.loads("\n".join(lint(capsys, "--json", *words, status=status)))
    assert isinstance(found, dict)
    return found


def test_all_packs_are_checked_in_one_run_and_have_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys)
    packs = {path.parent.name for path in packs_folder().glob("[a-z]*/pack.yaml")} - {"base"}
    assert found["packs"] == sorted(packs)
    assert isinstance(found["counts"], dict)
    assert found["counts"]["fault"] == 0
    assert isinstance(found["sources"], dict)
    assert set(found["sources"]) == {pack for pack in packs if states_law(packs_folder(), pack)}


def test_notes_are_counted_and_printed_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    short, long = lint(capsys, "ee"), lint(capsys, "ee", "--notes")
    assert "note: unverified" in long
    assert "note: unverified" not in short
    (counted,) = [line for line in short if line.startswith("notes: ")]
    assert counted in long
    assert short[-1].startswith("ee: ")


def test_a_bad_pack_is_a_fault_with_file_line_and_mend(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "packs"
    shutil.copytree(packs_folder(), folder)
    text = "- set: D02b\n  ownr: police\n"
    (folder / "ee" / "duties" / "more.yaml").write_text(text, "utf-8")
    found = lint(capsys, "--packs", str(folder), status=1)
    assert found[:2] == [
        "fault: not loaded",
        "  packs/ee/duties/more.yaml:2: ee: unknown field 'ownr'. Did you mean 'owner'?  [ee]",
    ]
    assert [line for line in found if line.startswith("fi: ")]
    assert not [line for line in found if line.startswith("ee: ")]
    assert lint(capsys, "fi", "--packs", str(folder))


def test_what_is_found_in_every_pack_is_told_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = write(tmp_path, {"base/acts.yaml": "- act: 1\n"})
    remarks = data(capsys, "--packs", str(folder), status=1)["remarks"]
    assert isinstance(remarks, list)
    assert [(one["line"], one["packs"]) for one in remarks if one["file"] == "packs/base/acts.yaml"] == [
        (1, ["dk", "ee"])
    ]


def test_a_story_that_cannot_be_read_is_a_fault(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    shutil.copytree(packs_folder(), folder)
    (folder / "ee" / "tests").mkdir(exist_ok=True)
    (folder / "ee" / "tests" / "broken.yaml").write_text("replay: 1\nfacts: {}\n", "utf-8")
    found = lint(capsys, "ee", "--packs", str(folder), status=1)
    assert any(line.startswith("  packs/ee/tests/broken.yaml:") for line in found)


def test_a_rule_without_a_test_is_a_warning_and_one_tested_one_way_a_note(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "packs"
    shutil.copytree(packs_folder(), folder)
    entry = (
        '- add: D90\n  title: {en: "A duty"}\n  when: "true"\n  due: {words: "soon"}\n  owner: police\n'
        '  evidence: [{id: done, text: {en: "Done"}, needs: "true"}]\n  sop_source: {en: "Practice"}\n'
    )
    (folder / "ee" / "duties" / "more.yaml").write_text(entry, "utf-8")
    found = lint(capsys, "ee", "--packs", str(folder))
    what = "no case and no story expects it. Write one in tests/ that does."
    assert f"  packs/ee/duties/more.yaml:1: D90: {what}" in found


def test_a_pack_with_help_alone_is_one_warning_among_all_and_tells_the_rest_by_its_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    remarks = data(capsys)["remarks"]
    assert isinstance(remarks, list)
    alone = {one["code"] for one in remarks if one["lack"] == "no law of its own"}
    assert alone == {"de", "is", "lt", "lv", "no", "pl", "se"}
    assert [one for one in remarks if one["lack"] == "owner missing" and set(one["packs"]) & alone] == []
    named = lint(capsys, "lv")
    assert "warning: no law of its own" in named
    assert "warning: owner missing" in named
    assert "warning: no law of its own" not in lint(capsys, "ee")


def test_a_pack_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "lint", "atlantis"]) == 2
    assert capsys.readouterr().err.startswith("encircle: There is no pack 'atlantis' in packs/.")


def test_an_older_reading_is_warned_of_when_the_time_is_short(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "ee", "--stale-after", "-1")
    assert isinstance(found["remarks"], list)
    assert "stale reading" in {one["lack"] for one in found["remarks"]}


def test_every_duty_and_prohibition_is_tested_both_ways(capsys: pytest.CaptureFixture[str]) -> None:
    remarks = data(capsys)["remarks"]
    assert isinstance(remarks, list)
    assert [one["code"] for one in remarks if one["lack"] in {"untested", "tested one way"}] == []


def test_a_name_without_a_word_is_a_note_and_a_bad_file_of_words_is_a_fault(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "packs"
    shutil.copytree(packs_folder(), folder)
    file = folder / "ee" / "words" / "et.yaml"
    good = file.read_text("utf-8")
    file.write_text(good.replace("  barnahus: lastemaja\n", ""), "utf-8")
    told = [line for line in lint(capsys, "ee", "--notes", "--packs", str(folder)) if "no word for" in line]
    (said,) = told
    assert said.endswith("there is no word for 'barnahus' in words/et.yaml. Add one.")
    file.write_text(good.replace("codes:", "kodes:"), "utf-8")
    faults = lint(capsys, "ee", "--packs", str(folder), status=1)
    assert faults[0] == "fault: not loaded"
    assert "unknown field 'kodes'. Did you mean 'codes'?" in "\n".join(faults)
