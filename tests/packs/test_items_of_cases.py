"""The page that lists what the real cases ask for names each expectation, and counts right."""

import re
from pathlib import Path

import pytest

from encircle.actions.law import packs_folder
from encircle.actions.replay.file import read_replay

ROOT = packs_folder().parent
PAGE = (ROOT / "docs" / "developer" / "replays.md").read_text("utf-8")
EXPECTATION = r"[ET][A-Z.0-9-]*-\d+"
NAMED = re.compile(rf"({EXPECTATION})(?: to ({EXPECTATION}))?")
ROW = re.compile(r"^\| (?P<item>[^|]+) \| (?P<by>[^|]+) \| (?P<state>held|narrowed: [^|]+) \|$", re.MULTILINE)
COUNTS = re.compile(r"^\| (?P<of>8\.\d [^|]+|all) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)


def expectations(folder: str) -> set[str]:
    paths = sorted((packs_folder() / "base" / folder).glob("*.yaml"))
    return {expectation.id for path in paths for expectation in read_replay(path).expectations}


def named(text: str, known: set[str]) -> set[str]:
    """The expectations that a text names; a range stands for those of its numbers that there are."""
    found = set()
    for first, last in NAMED.findall(text):
        stem, _, start = first.rpartition("-")
        end = (last or first).rpartition("-")[2]
        wide = {f"{stem}-{number:0{len(start)}}" for number in range(int(start), int(end) + 1)}
        found |= wide & known if last else wide
        found |= {first, *([last] if last else [])}
    return found


def parts() -> dict[str, str]:
    """The text about each case, by its heading."""
    return {part.partition("\n")[0]: part for part in PAGE.split("\n## ")[1:]}


def test_each_expectation_of_the_cases_is_named_and_each_that_is_named_is_there() -> None:
    cases, stories = expectations("cases"), expectations("tests")
    told = named(PAGE, cases | stories)
    assert cases - told == set()
    assert told - cases - stories == set()


def test_the_counts_are_those_of_the_tables() -> None:
    told = {row[0]: tuple(map(int, row[1:])) for row in COUNTS.findall(PAGE)}
    counted = {}
    for heading, part in parts().items():
        rows = ROW.findall(part)
        held = sum(state == "held" for _item, _by, state in rows)
        counted[heading] = (len(rows), sum(by != "–" for _item, by, _state in rows), held, len(rows) - held)
    counted["all"] = tuple(map(sum, zip(*counted.values(), strict=True)))
    assert told == counted
    assert len(told) == 10


@pytest.mark.parametrize("row", ROW.findall(PAGE), ids=lambda row: row[0])
def test_what_is_held_is_asked_for_and_each_file_that_is_named_is_there(row: tuple[str, str, str]) -> None:
    _item, by, state = row
    assert state != "held" or by != "–"
    files = re.findall(r"(?:tests|packs)/[\w./]+", by)
    assert [file for file in files if not Path(ROOT / file).is_file()] == []
    assert files or by == "–" or NAMED.search(by)


def test_an_expectation_that_the_page_forgets_would_be_seen() -> None:
    assert named("E8.1-01 to E8.1-03", {"E8.1-01", "E8.1-02", "E8.1-03"}) == {"E8.1-01", "E8.1-02", "E8.1-03"}
    assert named("E8.1-01, T-T.Q.-2", set()) == {"E8.1-01", "T-T.Q.-2"}
