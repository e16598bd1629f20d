"""The law that a program runs by: made anew for each day, and kept where what would come after is bad."""

import logging
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from encircle.actions.law import Running, packs_folder
from encircle.law.pack import BadPack
from encircle.vocabulary.refusal import BadInput

LAST_DAY, FIRST_DAY = datetime(2026, 12, 31, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def packs(folder: Path, *, calendar: str) -> Path:
    """The packs that come with the program; the public holidays of Estonia are those of another calendar."""
    copied = folder / "packs"
    shutil.copytree(packs_folder(), copied)
    head = copied / "ee" / "pack.yaml"
    head.write_text(head.read_text("utf-8").replace("calendar: EE", f"calendar: {calendar}"), "utf-8")
    return copied


def test_the_law_is_made_anew_for_each_day(tmp_path: Path) -> None:
    running = Running(packs(tmp_path, calendar="EE"))
    assert running.law_of("ee", now=LAST_DAY) is running.law_of("ee", now=LAST_DAY)
    assert running.law_of("ee", now=FIRST_DAY).on == FIRST_DAY.date()


def test_a_bad_pack_never_replaces_a_good_one_that_runs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    running = Running(packs(tmp_path, calendar="LK"))
    good = running.law_of("ee", now=LAST_DAY)
    with caplog.at_level(logging.ERROR):
        assert running.law_of("ee", now=FIRST_DAY) is good
        assert running.law_of("ee", now=FIRST_DAY) is good
    assert [record.message for record in caplog.records] == ["law.kept"]


def test_where_no_law_stands_yet_a_bad_pack_is_refused(tmp_path: Path) -> None:
    running = Running(packs(tmp_path, calendar="LK"))
    with pytest.raises(BadPack):
        running.law_of("ee", now=FIRST_DAY)
    with pytest.raises(BadInput, match="no pack 'atlantis'"):
        running.law_of("atlantis", now=FIRST_DAY)


def test_a_pack_that_is_broken_while_the_program_runs_changes_nothing(tmp_path: Path) -> None:
    folder = packs(tmp_path, calendar="EE")
    running = Running(folder)
    good = running.law_of("ee", now=LAST_DAY)
    (folder / "base" / "acts.yaml").write_text("- act: nothing\n", "utf-8")
    after = running.law_of("ee", now=FIRST_DAY)
    assert [rule.code for rule in after.limits] == [rule.code for rule in good.limits]
    with pytest.raises(BadPack):
        Running(folder).law_of("ee", now=FIRST_DAY)
