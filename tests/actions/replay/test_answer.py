"""The answer to a replay, from the file to the rows: corrections, versions, knowledge, and the report as plain data."""

import json
from pathlib import Path

import pytest

from encircle.actions.law import law_of
from encircle.actions.replay.answer import Answer, replay
from encircle.actions.replay.file import read_replay
from encircle.actions.replay.report import report
from encircle.actions.replay.verdict import verdicts
from encircle.core.child import AsOf
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.moment import instant_end
from tests.actions.replay.world import GIRL, entry, with_facts, written

LAW = law_of("ee")
ZONE = "Europe/Tallinn"


@pytest.fixture
def answered(tmp_path: Path):
    def ask(text: str, day: str = "2026-11-23", *, known: str | None = None, by: str | None = None) -> Answer:
        as_of = AsOf(
            instant_end(day, ZONE), instant_end(known, ZONE) if known else None, AgencyId(by) if by else None
        )
        return replay(read_replay(written(tmp_path, text)), law=LAW, as_of=as_of)

    return ask


def care(answer: Answer) -> object:
    value = answer.children[0].folded.earliest.child["parental_care"]
    return getattr(value, "reason", value)


RIGHT = entry(
    "parental_care_recorded", "corrects: alone, payload: {parental_care: present}", happened="2026-03-09"
)
OTHER = entry(
    "parental_care_recorded", "version_of: alone, payload: {parental_care: present}", happened="2026-03-09"
)


def test_a_correction_changes_the_answer_and_not_what_was_known_before(answered) -> None:
    assert care(answered(GIRL)) == "absent"
    assert care(answered(with_facts(RIGHT))) == "present"
    assert care(answered(with_facts(RIGHT), known="2026-03-08")) == "absent"
    assert care(answered(with_facts(RIGHT), by="dmitri")) == "absent"


def test_two_versions_stand_side_by_side(answered) -> None:
    assert care(answered(with_facts(OTHER))) == "the sources differ"
    assert care(answered(with_facts(OTHER), by="dmitri")) == "absent"


def test_each_child_of_the_file_has_an_answer_of_its_own(answered) -> None:
    answer = answered(GIRL)
    assert [(one.child, one.label) for one in answer.children] == [("aino", "Aino"), ("sister", "The sister")]
    assert [bool(one.duties) for one in answer.children] == [True, False]


def test_the_report_is_plain_data_and_names_the_facts_behind_each_reason(answered) -> None:
    data = report(answered(GIRL, "2026-03-05"))
    assert json.loads(json.dumps(data)) == data
    (duty,) = [one for one in data["children"][0]["duties"] if one["code"] == "D01"]
    read = {line["text"]: line["facts"] for line in duty["why"]}
    assert {name: read[name] for name in ("child.claimed_child", "child.presumed")} == {
        "child.claimed_child": ["claim"],
        "child.presumed": [],
    }


def test_an_expectation_that_does_not_hold_says_what_is_there_instead(tmp_path: Path) -> None:
    text = f"""{GIRL}expect:
  - {{id: E-1, child: aino, as_of: 2026-03-03, axis: is_child, value: true}}
  - {{id: E-2, child: aino, as_of: 2026-03-03, axis: is_child, value: false}}
  - {{id: E-3, child: aino, as_of: 2026-03-03, code: D01, state: met}}
  - {{id: E-4, child: aino, as_of: 2026-03-03, never: D01}}
  - {{id: E-5, child: aino, as_of: 2026-03-03, code: D99, state: open}}
  - {{id: E-6, child: sister, as_of: 2026-03-03, never: D01}}
"""
    found = verdicts(read_replay(written(tmp_path, text)), law=LAW)
    assert {v.expectation.id: (v.failure, v.code_known) for v in found} == {
        "E-1": (None, True),
        "E-2": ("is_child is true", True),
        "E-3": ("D01 is open", True),
        "E-4": ("D01 is reported", True),
        "E-5": ("no row of D99", False),
        "E-6": (None, True),
    }
