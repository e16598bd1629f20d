"""The import contracts of pyproject.toml hold, have no excuses, and catch a planted violation each."""

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.plant import planted
from tests.house.source import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
CONTRACTS = {contract["id"]: contract for contract in SETTINGS["contracts"]}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the linter said."""

    held: bool
    words: str


def lint(tree: Path, contract: str | None = None) -> Answer:
    """Check the package in `tree/src` against the contracts in `tree/pyproject.toml`."""
    limit = ["--contract", contract] if contract else []
    command = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-cache", "--no-logo", *limit],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return Answer(done.returncode == 0, done.stdout + done.stderr)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package that may be spoilt."""
    tree = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "src", tree / "src", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    shutil.copy(ROOT / "pyproject.toml", tree)
    return tree


def test_there_are_seven_contracts_and_one_for_files():
    assert list(CONTRACTS) == [
        *("floors", "pure", "pure-of-files", "rooms", "tables", "keys", "decoders", "cycles")
    ]


def test_the_list_of_excuses_is_empty():
    excuses = {
        "ignore_imports",
        "exhaustive_ignores",
        "skip_descendants",
        "unmatched_ignore_imports_alerting",
    }
    assert [(name, key) for name, contract in CONTRACTS.items() for key in contract if key in excuses] == []
    assert SETTINGS.keys() == {"root_package", "include_external_packages", "contracts"}


def test_all_contracts_hold():
    answer = lint(ROOT)
    assert answer.held, answer.words


@pytest.mark.parametrize(
    ("contract", "where", "line"),
    [
        pytest.param("floors", "law/__init__.py", "import encircle.core", id="law imports core"),
        pytest.param("floors", "web/__init__.py", "import encircle.cli", id="web imports cli beside it"),
        pytest.param("floors", "helpers/__init__.py", "", id="a new room has no floor"),
        pytest.param("pure", "law/__init__.py", "import django", id="law knows the framework"),
        pytest.param("pure", "core/__init__.py", "import random", id="core throws dice"),
        pytest.param("pure", "core/planted.py", "from time import time", id="core looks at a clock"),
        pytest.param("pure", "vocabulary/planted.py", "import urllib.request", id="vocabulary calls out"),
        pytest.param("pure-of-files", "core/planted.py", "from pathlib import Path", id="core reads a file"),
        pytest.param("rooms", "web/desk/__init__.py", "import encircle.web.door", id="desk imports door"),
        pytest.param("rooms", "web/planted.py", "", id="a new room of web is not declared"),
        pytest.param("tables", "web/__init__.py", "import encircle.records.models", id="web imports a table"),
        pytest.param("tables", "cli/planted.py", "from encircle.records import models", id="so does cli"),
        pytest.param("keys", "actions/planted.py", "import encircle.crypto.keyring", id="actions open keys"),
        pytest.param("keys", "web/planted.py", "from encircle import crypto", id="web opens keys"),
        pytest.param("decoders", "web/planted.py", "from PIL import Image", id="web decodes a picture"),
        pytest.param("decoders", "actions/planted.py", "import encircle.host.file.sound", id="actions do"),
    ],
)
def test_a_planted_violation_is_caught(copy: Path, contract: str, where: str, line: str):
    with planted(copy, (where, line), ("web/door/__init__.py", "")):
        answer = lint(copy, contract)
    assert not answer.held, f"{contract} did not notice: {line or where}"
    assert "BROKEN" in answer.words, answer.words


@pytest.mark.parametrize("floor", ["law", "core"])
def test_a_planted_cycle_is_caught_at_depth(copy: Path, floor: str):
    there = (f"{floor}/planted/deep/there.py", f"import encircle.{floor}.planted.deep.back")
    back = (f"{floor}/planted/deep/back.py", f"import encircle.{floor}.planted.deep.there")
    packages = [(f"{floor}/planted/__init__.py", ""), (f"{floor}/planted/deep/__init__.py", "")]
    with planted(copy, *packages, there, back):
        answer = lint(copy, "cycles")
    assert not answer.held
    assert "BROKEN" in answer.words, answer.words


def test_the_copy_without_a_plant_holds(copy: Path):
    answer = lint(copy)
    assert answer.held, answer.words
