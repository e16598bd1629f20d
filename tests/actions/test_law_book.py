"""The book of the law: a story that cannot be read proves nothing, and takes no page of the law away."""

import shutil
from pathlib import Path

from encircle.actions.law import packs_folder
from encircle.actions.law_book import proofs_in


def test_a_story_that_cannot_be_read_is_left_out_and_the_others_stay(tmp_path: Path):
    stories = tmp_path / "base" / "tests"
    shutil.copytree(packs_folder() / "base" / "tests", stories)
    whole = proofs_in(tmp_path)
    assert {proof.story for proof in whole["D32"]}
    again = tmp_path / "again"
    shutil.copytree(tmp_path / "base", again / "base")
    (again / "base" / "tests" / "located_twelve_hours.yaml").write_text("replay: 1\n", encoding="utf-8")
    left = proofs_in(again)
    assert len(left["D32"]) < len(whole["D32"])
    assert left["D02b-asylum"] == whole["D02b-asylum"]
