"""pip reads the same versions and hashes as uv, and the licence is the official text."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.house.source import ROOT

_PINNED = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)")
TWO_YEARS = timedelta(days=731)
DONE = {
    "sortedcontainers": "of the tests alone (hypothesis): a finished data structure",
    "asn1crypto": "of python-pkcs11, which is an extra: names the forms of keys, and is given no text of anybody",
    "mdurl": "of the tests of the tests alone: never installed where Encircle runs",
    "colorama": "for Windows alone: never installed where Encircle runs",
    "python-dateutil": "of holidays: counts Easter and the like, and is given no text of anybody",
    "itsdangerous": "of the tests alone: the provider of sign-ins that they play with",
    "blinker": "of the tests alone: the provider of sign-ins that they play with",
}
"""Libraries without a release for two years, and why they stay."""
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


def first_uploads(lock_file: Mapping[str, Any]) -> dict[str, datetime]:
    """When the pinned release of each library came out."""
    return {
        package["name"]: min(datetime.fromisoformat(file["upload-time"]) for file in files)
        for package in lock_file["package"]
        if (files := [*package.get("wheels", []), *filter(None, [package.get("sdist")])])
    }


def too_old(uploads: Mapping[str, datetime]) -> set[str]:
    """Libraries whose pinned release came out two years before the newest one that is pinned."""
    newest = max(uploads.values())
    return {name for name, at in uploads.items() if newest - at > TWO_YEARS}


def test_a_library_without_a_release_for_two_years_is_known_to_be_done():
    assert too_old(first_uploads(tomllib.loads((ROOT / "uv.lock").read_text("utf-8")))) == set(DONE)


def test_a_planted_old_library_is_caught():
    at = datetime(2026, 11, 1, tzinfo=UTC)
    assert too_old({"new": at, "fine": at - TWO_YEARS, "left": at - TWO_YEARS - timedelta(days=1)}) == {
        "left"
    }


def test_the_licence_is_the_official_text():
    text = (ROOT / "LICENSE").read_text("utf-8")
    words = " ".join(text.split())
    assert (
        hashlib.sha256(words.encode()).hexdigest()
        == "abaec389713c36ee297014f679d85e1571a3e0d84cb6f5ffac18b640e4edecb1"
    )
