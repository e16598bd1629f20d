"""An installation runs by a copy of the last good packs: bad ones are told and never take their place."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from encircle.actions.kept_packs import check_packs, keep_packs, kept_packs
from encircle.actions.law import packs_folder
from encircle.host.packs import OPTION
from encircle.law.pack import BadPack

TODAY = date(2026, 11, 28)


def packs(folder: Path, *, broken: bool = False) -> Path:
    """The packs of the Council of Europe alone, with a pack that is broken, or not."""
    for name in ("base", "coe"):
        shutil.copytree(packs_folder() / name, folder / "packs" / name)
    if broken:
        (folder / "packs" / "coe" / "duties").mkdir()
        (folder / "packs" / "coe" / "duties" / "a.yaml").write_text("- set: D02b\n  ownr: police\n", "utf-8")
    return folder / "packs"


def files(folder: Path) -> Mapping[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_good_packs_are_copied_into_the_installation(tmp_path: Path) -> None:
    source, data = packs(tmp_path / "new"), tmp_path / "var"
    assert kept_packs(data) is None
    kept = keep_packs(data, source=source, on=TODAY)
    assert (kept.folder, kept.refused) == (data / "packs", None)
    assert files(kept.folder) == files(source)
    assert kept_packs(data) == kept.folder
    assert keep_packs(data, source=kept.folder, on=TODAY) == kept


def test_good_packs_take_the_place_of_those_that_ran_before(tmp_path: Path) -> None:
    source, data = packs(tmp_path / "new"), tmp_path / "var"
    keep_packs(data, source=source, on=TODAY)
    (source / "coe" / "README.md").write_text("More.", "utf-8")
    for leftover in (".packs-coming", ".packs-going"):
        (data / leftover).mkdir()
    keep_packs(data, source=source, on=TODAY)
    assert files(data / "packs") == files(source)
    assert [path.name for path in data.iterdir()] == ["packs"]


def test_bad_packs_never_take_the_place_of_good_ones(tmp_path: Path) -> None:
    data = tmp_path / "var"
    good = files(keep_packs(data, source=packs(tmp_path / "good"), on=TODAY).folder)
    kept = keep_packs(data, source=packs(tmp_path / "bad", broken=True), on=TODAY)
    assert kept.refused is not None
    assert [str(problem) for problem in kept.refused.problems] == [
        "packs/coe/duties/a.yaml:2: unknown field 'ownr'. Did you mean 'owner'?"
    ]
    assert files(kept.folder) == good


def test_where_nothing_ran_before_bad_packs_are_refused_and_not_copied(tmp_path: Path) -> None:
    with pytest.raises(BadPack, match="unknown field 'ownr'"):
        keep_packs(tmp_path / "var", source=packs(tmp_path / "bad", broken=True), on=TODAY)
    assert kept_packs(tmp_path / "var") is None


def test_what_ran_before_is_refused_too_where_this_program_cannot_use_it(tmp_path: Path) -> None:
    bad = packs(tmp_path / "bad", broken=True)
    shutil.copytree(bad, tmp_path / "var" / "packs")
    with pytest.raises(BadPack):
        keep_packs(tmp_path / "var", source=bad, on=TODAY)


def test_the_problems_of_all_packs_are_told_at_once(tmp_path: Path) -> None:
    folder = packs(tmp_path, broken=True)
    (folder / "base" / "acts.yaml").write_text("- act: 1\n", "utf-8")
    with pytest.raises(BadPack) as bad:
        check_packs(folder, on=TODAY)
    assert {problem.origin.file for problem in bad.value.problems} == {
        "packs/base/acts.yaml",
        "packs/coe/duties/a.yaml",
    }


def test_a_process_reads_the_packs_that_it_was_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = packs_folder()
    monkeypatch.setenv(OPTION, str(tmp_path))
    assert packs_folder() == tmp_path
    monkeypatch.setenv(OPTION, " ")
    assert packs_folder() == own
