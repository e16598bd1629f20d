"""The files of what practice has set: no fault in them, and beside the packs the same law as the one that runs."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from pytest_django import Settings

from encircle.actions.law import law_of, packs_folder
from encircle.actions.lint import lint
from encircle.actions.pack_diff import rule_changes
from encircle.actions.practice.reading import files_of
from encircle.core.child import situation_schema
from encircle.host import clock
from encircle.law.finding import Severity
from encircle.law.law import Law
from encircle.law.pack import Shelf, law_from
from encircle.records.context import with_context
from encircle.vocabulary.purpose import Purpose
from tests.actions.practice_world import ASSESSMENT, Two, a_number, an_agency, plain_words, two_of
from tests.database import TestDatabase


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def beside(own_database: TestDatabase, tmp_path: Path) -> Path:
    """A folder of the packs with the exported one beside them: a number, an agency and plain words."""
    two: Two = two_of(own_database)
    for draft in (a_number(), an_agency(), plain_words()):
        two.adopt(draft)
    found = files_of(two.lawyer.who, "ee", None, purpose=Purpose.LAW)
    assert found is not None
    assert found[0] == "ee-practice"
    shutil.copytree(packs_folder(), tmp_path / "packs")
    with zipfile.ZipFile(io.BytesIO(found[1])) as archive:
        archive.extractall(tmp_path)
    return tmp_path / "packs"


def said(law: Law) -> dict[str, object]:
    return {
        "numbers": [(one.code, one.period, one.set_by) for one in law.sops],
        "agencies": [(one.role, one.agency, one.set_by) for one in law.owners],
        "words": [(one.code, one.professional, one.child) for one in law.sayings],
        "duties": [(one.code, one.due.standing, one.owner) for one in law.duties],
    }


def test_the_files_have_no_fault_and_one_that_is_planted_is_found(beside: Path) -> None:
    def faults() -> list[str]:
        found = lint(beside, ["ee-practice"], on=clock.now().date())
        return [one.finding.what for one in found.of(Severity.FAULT)]

    assert faults() == []
    numbers = beside / "ee-practice" / "sops" / "practice.yaml"
    numbers.write_text(numbers.read_text("utf-8").replace(ASSESSMENT, "of_nothing"), "utf-8")
    assert faults() != []


def test_beside_the_packs_they_give_the_law_that_runs(beside: Path) -> None:
    with with_context(agency=None, actor="anybody", purpose="law"):
        running = law_of("ee")
    loaded = law_from(Shelf(beside), "ee-practice", schema=situation_schema(), on=running.on)
    assert said(loaded) == said(running)
    assert rule_changes(running, loaded) == ()
    without = law_from(Shelf(packs_folder()), "ee", schema=situation_schema(), on=running.on)
    assert said(without) != said(running), "What was adopted could be seen."
