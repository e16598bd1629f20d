"""publiccode.yml follows the standard 0.4 and invents no person."""

from pathlib import Path

import pytest
import yaml

from tests.house.source import ROOT

TEXT = (ROOT / "publiccode.yml").read_text("utf-8")
FILE = yaml.safe_load(TEXT)


def test_the_mandatory_keys_are_there():
    mandatory = {"publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus"}
    mandatory |= {"softwareType", "description", "legal", "maintenance", "localisation"}
    assert mandatory - FILE.keys() == set()


def test_the_closed_lists_are_kept():
    assert FILE["publiccodeYmlVersion"] == "0.4"
    assert FILE["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert FILE["softwareType"] == "standalone/web"
    assert set(FILE["platforms"]) <= {"web", "windows", "mac", "linux", "ios", "android"}
    assert set(FILE["intendedAudience"]["scope"]) <= {"justice", "local-authorities", "society", "welfare"}
    assert FILE["legal"]["license"] == "EUPL-1.2"


@pytest.mark.parametrize("language", FILE["description"])
def test_the_description_has_its_lengths(language: str):
    description = FILE["description"][language]
    assert len(description["shortDescription"].strip()) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert 5 <= len(description["features"]) <= 20


def test_no_person_is_invented():
    """Maintenance by a community or by the owner asks for a named person: there is none yet."""
    assert FILE["maintenance"] == {"type": "none"}
    assert "@" not in TEXT


def test_the_version_is_named_only_once_released():
    assert "softwareVersion" not in FILE
    assert "## 0.1.0" not in Path(ROOT / "CHANGELOG.md").read_text("utf-8")
