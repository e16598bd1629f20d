"""No pack lets a prohibition be overridden more easily than decision 0012 says."""

import re

import pytest
import yaml

from tests.house.source import ROOT, text_files

RECORD = (ROOT / "docs" / "decisions" / "0012-prohibition-overrides.md").read_text("utf-8")
STRENGTH = {"two_persons": 0, "never": 1, "by_construction": 2}
WORDS = {"two persons": "two_persons", "no override": "never", "cannot be expressed": "by_construction"}


def decided() -> dict[str, str]:
    """What the record's table says of each prohibition."""
    kinds = {}
    for line in RECORD.splitlines():
        for words, kind in WORDS.items():
            if line.startswith(f"| {words}"):
                kinds |= dict.fromkeys(re.findall(r"\bP\d+\b", line), kind)
    return kinds


def laxer(entries: list[dict[str, object]]) -> list[str]:
    """Prohibitions that may be overridden more easily than was decided; P1-interview follows P1."""
    found = []
    for entry in entries:
        code = str(entry.get("prohibition") or entry.get("set") or entry.get("add"))
        least = decided().get(code.split("-")[0], "two_persons")
        kind = str(entry.get("override", least))
        if STRENGTH.get(kind, -1) < STRENGTH[least]:
            found.append(f"{code}: {kind}, at least {least}")
    return found


def test_the_record_speaks_of_the_first_seventeen():
    assert sorted(decided(), key=lambda code: int(code[1:])) == [f"P{n}" for n in range(1, 18)]


def test_no_pack_is_laxer_than_the_record():
    files = list(text_files("packs/*/prohibitions/*.yaml"))
    assert files
    assert [(path, wrong) for path, text in files for wrong in laxer(yaml.safe_load(text))] == []


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ({"prohibition": "P2", "override": "never"}, []),
        ({"prohibition": "P3", "override": "never"}, []),
        ({"set": "P2", "override": "two_persons"}, ["P2: two_persons, at least never"]),
        ({"prohibition": "P4-plan", "override": "two_persons"}, ["P4-plan: two_persons, at least never"]),
        ({"add": "P99", "override": "one_person"}, ["P99: one_person, at least two_persons"]),
        ({"set": "P2", "sources": []}, []),
    ],
)
def test_a_planted_laxer_entry_is_caught(entry: dict[str, object], found: list[str]):
    assert laxer([entry]) == found
