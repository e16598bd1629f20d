"""The commands `encircle pack`, `explain`, `facts` and `bench`: one line for each thing, and a status for programs."""

import json

import pytest

from encircle.cli import main


def printed(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> list[str]:
    assert main(list(words)) == status
    return capsys.readouterr().out.splitlines()


def test_the_packs_are_listed_with_what_they_rest_on(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "pack", "list")
    assert {line.split()[0]: line.partition("(rests on ")[2].rstrip(")") for line in lines} == {
        "base": "",
        "coe": "base",
        "de": "eu",
        "dk": "base",
        "ee": "eu",
        "eu": "base",
        "fi": "eu",
        "gb": "base",
        "is": "coe",
        "lt": "eu",
        "lv": "eu",
        "no": "coe",
        "pl": "eu",
        "se": "eu",
    }
    alone = {line.split()[0] for line in lines if "help at the door alone, no law of its own" in line}
    assert alone == {"de", "is", "lt", "lv", "no", "pl", "se"}


def test_a_pack_without_law_of_its_own_says_so_before_it_shows_a_rule(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = "No law of LT itself is in the pack lt: no duty, no time and no agency. It rests on the law of base, eu."
    assert printed(capsys, "pack", "show", "lt")[0] == said
    assert printed(capsys, "pack", "show", "lt", "D06")[0] == said
    assert not any(line.startswith("No law of") for line in printed(capsys, "pack", "show", "ee"))


def test_a_pack_shows_each_rule_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    shown = {line.split()[0]: line for line in printed(capsys, "pack", "show", "ee")}
    assert shown["D02b"].endswith(")")
    assert "packs/base/duties/" in shown["D02b"]


def test_a_rule_that_is_named_is_said_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "pack", "show", "ee", "P1", "D06")
    assert [line.split()[0] for line in lines if not line.startswith(" ")] == ["P1", "D06"]
    assert "    the child has died" in lines
    assert [line for line in lines if "interviews.exists" in line] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("et", "    laps on surnud"),
        ("fi", "    lapsi on kuollut"),
        ("da", "    barnet er død"),
        ("xx", "    the child has died"),
    ],
)
def test_a_rule_is_said_in_the_language_asked_for_else_in_english(
    capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    assert said in printed(capsys, "pack", "show", "ee", "D06", "--language", language)


def test_the_test_of_a_pack_counts_each_case_then_the_listed_rules_then_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = printed(capsys, "pack", "test", "base", "--codes", "P9")
    assert [line.partition(":")[0] for line in lines[:1]] == ["8.1"]
    assert lines[-2].startswith("listed rules: ")
    total = lines[-1].removeprefix("all: ")
    held = sum(int(line.partition(": ")[2].split()[0]) for line in lines[:-2])
    assert total == f"{held} hold, 0 fail, 0 wait for a rule"
    assert lines[-2] == f"listed rules: {held} of {held} hold"


def test_the_stories_of_all_packs_are_run_when_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "pack", "test", "--codes", "P9") == printed(
        capsys, "pack", "test", "base", "--codes", "P9"
    )
    assert (
        printed(capsys, "pack", "test", "ee", "--codes", "P9")[-1] == "all: 0 hold, 0 fail, 0 wait for a rule"
    )


def test_a_pack_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "test", "atlantis"]) == 2
    assert capsys.readouterr().err.startswith("encircle: There is no pack 'atlantis'. There are: base, ")


def test_a_code_is_explained_from_its_source_to_its_test(capsys: pytest.CaptureFixture[str]) -> None:
    said = "\n".join(printed(capsys, "explain", "D02b", "--country", "ee", "--on", "2026-11-23"))
    assert "packs/base/duties/" in said
    assert "evaluated by: encircle/core/duty/ledger.py" in said


@pytest.mark.parametrize("words", [("explain", "D00"), ("explain", "D02b", "--on", "soon")])
def test_what_cannot_be_explained_is_refused(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert main(list(words)) == 2
    assert capsys.readouterr().err.startswith("encircle: ")


def test_facts_are_listed_and_printed_as_json_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert any("guardian_appointed" in line for line in printed(capsys, "facts"))
    schema = json.loads("\n".join(printed(capsys, "facts", "--schema")))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_measurements_are_listed_and_an_unknown_one_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "duties" in printed(capsys, "bench")
    assert main(["bench", "divination"]) == 2
    assert capsys.readouterr().err.startswith("encircle: There is no measurement 'divination'. There are: ")
