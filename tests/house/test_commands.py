"""Every command, option, argument and make target says what it is for, and stands in the look-up page."""

import argparse
import re

import pytest

from encircle.cli import parser
from encircle.config.options import OPTIONS
from tests.house.source import ROOT, text_files
from tools.look_up_pages import make_targets, walk

COMMANDS = {path: (meaning, command) for path, meaning, command in walk(parser())}
LEAVES = {path for path in COMMANDS if not any(other.startswith(f"{path} ") for other in COMMANDS)}
TARGETS = {"help", "demo", "serve", "test", "test-full", "check", "bench"}


def silent_arguments(command: argparse.ArgumentParser) -> list[str]:
    """Arguments of this command that do not say what they are for."""
    actions = (action for action in command._actions if not isinstance(action, argparse._SubParsersAction))
    return [action.dest for action in actions if not (action.help or "").strip()]


@pytest.mark.parametrize("path", COMMANDS)
def test_a_command_says_what_it_is_for(path: str):
    meaning, command = COMMANDS[path]
    assert meaning, f"{path} does not say what it is for"
    assert silent_arguments(command) == []


@pytest.mark.parametrize("path", COMMANDS)
def test_a_command_and_its_options_stand_in_the_look_up_page(path: str):
    page = (ROOT / "docs" / "operator" / "commands.md").read_text("utf-8")
    _, heading, rest = page.partition(f"\n## {path}\n")
    assert heading, f"{path} is not in the page: run `make docs`"
    section = rest.partition("\n## ")[0]
    options = [name for action in COMMANDS[path][1]._actions for name in action.option_strings]
    assert [name for name in options if name not in {"-h", "--help"} and name not in section] == []


def unknown_commands(text: str) -> list[str]:
    """Commands that the text tells a reader to type and that do not exist."""
    typed = re.findall(r"(?:^|`)(?:\$ )?(?:\.venv/bin/)?(encircle [a-z]+(?: [a-z]+)?)", text, re.MULTILINE)
    return [words for words in typed if words not in COMMANDS and words.rpartition(" ")[0] not in LEAVES]


def test_the_docs_name_no_command_that_does_not_exist():
    files = text_files("*.md", "docs/**/*.md", "packs/**/*.md")
    assert [(path, words) for path, text in files for words in unknown_commands(text)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Run `encircle replay FILE.yaml`.", []),
        ("Run `encircle pack lint ee`.", []),
        ("Run `encircle explain D02b`.", []),
        ("```\n.venv/bin/encircle replay case.yaml\n```", []),
        ("Run `encircle divine`.", ["encircle divine"]),
        ("Run `encircle pack divine`.", ["encircle pack divine"]),
        ("This encircle is a program.", []),
    ],
)
def test_a_planted_command_that_does_not_exist_is_caught(text: str, found: list[str]):
    assert unknown_commands(text) == found


def test_a_silent_argument_is_caught():
    command = argparse.ArgumentParser(description="Planted.")
    command.add_argument("--silent")
    command.add_argument("--said", help="What it is for.")
    assert silent_arguments(command) == ["silent"]


def test_every_setting_stands_in_the_look_up_page():
    page = (ROOT / "docs" / "operator" / "settings.md").read_text("utf-8")
    assert [option.name for option in OPTIONS if f"`{option.name}`" not in page] == []


def test_the_makefile_has_its_targets_and_each_says_what_it_does():
    text = (ROOT / "Makefile").read_text("utf-8")
    phony = set(re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE)[0].split())
    said = {name for name, _ in make_targets()}
    assert TARGETS - said == set()
    assert phony == said


def test_the_readme_leads_with_its_two_commands():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert readme.index("make demo") < readme.index("make test")


def test_what_is_run_on_each_submission_is_what_a_user_runs():
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == [
        "set -euo pipefail",
        'cd "$(dirname "$0")/.."',
        "make test",
    ]
