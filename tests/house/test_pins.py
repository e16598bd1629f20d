"""pip reads the same versions and hashes as uv, and the licence is the official text."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from tests.house.source import ROOT

_PINNED = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)")
_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")


def pins(path: Path) -> dict[tuple[str, str], set[str]]:
    """Name and version of each requirement, with the hashes that it may have."""
    found: dict[tuple[str, str], set[str]] = {}
    for entry in path.read_text("utf-8").replace("\\\n", " ").splitlines():
        if match := _PINNED.match(entry):
            found[match.group(1), match.group(2)] = set(_HASH.findall(entry))
    return found


def lock() -> dict[tuple[str, str], set[str]]:
    packages = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    return {
        (package["name"], package["version"]): {
            file["hash"] for file in [*package.get("wheels", []), *filter(None, [package.get("sdist")])]
        }
        for package in packages
        if package["name"] != "encircle"
    }


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_pip_reads_what_uv_locked(name: str):
    locked = lock()
    wrong = [pin for pin, hashes in pins(ROOT / name).items() if locked.get(pin) != hashes or not hashes]
    assert wrong == [], "run `make lock`"


def test_the_tests_install_everything_that_is_locked():
    assert pins(ROOT / "requirements-dev.txt").keys() == lock().keys(), "run `make lock`"


def test_the_lock_knows_each_dependency_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"].values()
    wanted = [
        *project["project"]["dependencies"],
        *(d for group in groups for d in group if isinstance(d, str)),
    ]
    names = {re.split(r"[\[<>=~! ]", requirement)[0].lower() for requirement in wanted}
    assert names - {name for name, _ in lock()} == set(), "run `make lock`"


def test_the_licence_is_the_official_text():
    text = (ROOT / "LICENSE").read_text("utf-8")
    words = " ".join(text.split())
    assert (
        hashlib.sha256(words.encode()).hexdigest()
        == "abaec389713c36ee297014f679d85e1571a3e0d84cb6f5ffac18b640e4edecb1"
    )
