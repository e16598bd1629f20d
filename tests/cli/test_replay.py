"""The command `encircle replay`, and those around it: what is printed, and what is said of bad input."""

import json
from pathlib import Path

import pytest

from encircle.cli import main
from tests.actions.replay.world import GIRL, entry, line_of, with_facts, written

DUTY_KEYS = {
    *("code", "for", "title", "state", "because", "owner", "owner_agency", "since", "known", "started_by"),
    *("due", "words", "met_at", "late", "evidence", "missing", "unknown", "never", "basis", "why", "where"),
    "next_change_at",
}
ALARM_KEYS = {
    *("code", "for", "title", "state", "at", "by_fact", "facts", "override", "instead", "basis", "where")
}
PLACED = entry(
    "placement_started",
    "payload: {placement_kind: adult_reception_centre, adults_present: true}",
    id_="placed",
    happened="2026-03-04",
)


@pytest.fixture
def girl(tmp_path: Path) -> Path:
    return written(tmp_path, with_facts(PLACED))


def answer(capsys: pytest.CaptureFixture[str], *words: object) -> dict:
    assert main(["replay", *map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_document_has_the_documented_shape(girl: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(capsys, girl, "--as-of", "2026-03-05")
    assert {name: data[name] for name in data if name not in ("children", "packs")} == {
        "case": "A girl found alone at a harbour",
        "country": "EE",
        "as_of": "2026-03-05T21:59:59Z",
        "known_as_of": None,
        "by": None,
        "recorded_as_of": None,
        "law_of": "today",
    }
    assert [pack.split()[0] for pack in data["packs"]] == ["base", "eu", "ee"]
    aino, sister = data["children"]
    assert set(aino) == set(sister) == {"child", "label", "situation", "duties", "prohibitions"}
    assert {frozenset(duty) for duty in aino["duties"]} == {frozenset(DUTY_KEYS)}
    assert {frozenset(alarm) for alarm in aino["prohibitions"]} == {frozenset(ALARM_KEYS)}
    (basis,) = {frozenset(source) for duty in aino["duties"] for source in duty["basis"]}
    assert basis == {"act", "at", "cite", "binds", "in_force_then", "verified", "read_where"}
    (due,) = {frozenset(duty["due"]) for duty in aino["duties"] if duty["due"]}
    assert due == {"kind", "words", "earliest", "latest", "set_by"}


def test_the_situation_has_the_four_axes_and_every_subject_with_what_is_on_record(
    girl: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    situation = answer(capsys, girl, "--as-of", "2026-03-05")["children"][0]["situation"]
    axes = ("protection", "open_proceedings", "age_basis", "is_child", "location")
    assert {name: situation[name] for name in axes} == {
        "protection": "none",
        "open_proceedings": 0,
        "age_basis": "claimed",
        "is_child": True,
        "location": "placed",
    }
    assert situation["guardian_list"] == [
        {
            "id": "guardian-1",
            "appointed": True,
            "appointed_at": "2026-03",
            "appointed_known": "2026-03-01T00:00",
            "appointed_by": "carla",
            "capacity": "guardian",
            "current": True,
        }
    ]
    assert situation["was_child_when_exploited"] == {
        "unknown": "child.exploited is not on record",
        "missing": ["exploitation_period_recorded"],
    }


def test_left_out_the_instant_is_that_of_the_last_fact(
    girl: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(capsys, girl)["as_of"] == "2026-03-31T20:59:00Z"


def test_the_questions_of_time_reach_the_answer(girl: Path, capsys: pytest.CaptureFixture[str]) -> None:
    limits = ("--known-as-of", "2026-03-03", "--by", "dmitri", "--recorded-as-of", "2026-03-04")
    data = answer(capsys, girl, *limits, "--country", "eu")
    assert {name: data[name] for name in ("country", "known_as_of", "by", "recorded_as_of")} == {
        "country": "EU",
        "known_as_of": "2026-03-03T21:59:59Z",
        "by": "dmitri",
        "recorded_as_of": "2026-03-04T21:59:59Z",
    }
    assert data["children"][0]["prohibitions"] == []


def test_for_people_it_says_what_is_due_by_whom_and_from_where(
    girl: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", str(girl), "--as-of", "2026-03-05"]) == 0
    said = capsys.readouterr().out
    lines = said.splitlines()
    assert lines[0].startswith("A girl found alone at a harbour  (EE; base ")
    assert "== Aino" in lines
    assert any(line.startswith("   ! P7 [placed] raised 2026-03-04 by placed:") for line in lines)
    assert any(line.startswith("   - D01 OPEN  ") for line in lines)
    assert "       missing: " in said
    assert "       basis: " in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--by", "eva"), "encircle: --by: no agency 'eva' in the file. There are: carla, dmitri."),
        (("--as-of", "soon"), "encircle: --as-of: Got 'soon', which is not a time."),
        (("--known-as-of", "2026/2027"), "encircle: --known-as-of: Got '2026/2027': an interval."),
        (("--country", "xx"), "encircle: There is no pack 'xx' in packs/."),
    ],
)
def test_a_bad_option_is_refused_with_status_2(
    girl: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert main(["replay", str(girl), *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(told)


def test_a_bad_file_is_refused_with_status_2_and_every_problem_in_one_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = GIRL.replace("2026-03-02T23:10", "2026-13-02").replace("guardian_appointed", "guardian_apointed")
    assert main(["replay", str(written(tmp_path, text)), "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == [
        "encircle: 2 problems in girl.yaml",
        f"girl.yaml:{line_of(text, 'happened: 2026-13-02')}: happened: Got '2026-13-02': month must be in 1..12. "
        "Expected a date and time that exist.",
        f"girl.yaml:{line_of(text, 'type: guardian_ap')}: type: no such type of fact: 'guardian_apointed'. "
        "Did you mean 'guardian_appointed'?",
    ]


def test_a_file_without_facts_needs_an_instant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, GIRL.partition("facts:")[0])
    assert main(["replay", str(path)]) == 2
    assert capsys.readouterr().err == "encircle: The file has no facts and no --as-of was given.\n"
    assert answer(capsys, path, "--as-of", "2026-03-05")["children"][0]["duties"] == []


def codes(data: dict) -> set[str]:
    return {duty["code"] for child in data["children"] for duty in child["duties"]}


def test_old_facts_are_asked_of_todays_law_or_of_the_law_of_their_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = entry("asylum_made", "payload: {}", id_="made", happened="2026-03-03")
    file = written(tmp_path, with_facts(made))
    today = answer(capsys, file, "--as-of", "2026-03-05")
    then = answer(capsys, file, "--as-of", "2026-03-05", "--law-of", "then")
    assert (today["law_of"], then["law_of"]) == ("today", "2026-03-05")
    assert {"D02b", "D02b-asylum"} <= codes(today)  # Regulation 2024/1348 applies from 12 June 2026
    assert "D02b" in codes(then)
    assert "D02b-asylum" not in codes(then)
    later = answer(capsys, file, "--as-of", "2026-06-12", "--law-of", "then")
    assert "D02b-asylum" in codes(later)
    assert main(["replay", str(file), "--as-of", "2026-03-05", "--law-of", "then"]) == 0
    assert "By the law that was in force on 2026-03-05" in capsys.readouterr().out
    assert main(["replay", str(file), "--as-of", "2026-03-05"]) == 0
    assert "By the law that was in force" not in capsys.readouterr().out
