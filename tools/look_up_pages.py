"""Look-up pages made from the code itself, so that they cannot say something else: `make docs`."""

import argparse
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from encircle.cli import parser
from encircle.config.options import documentation as settings
from encircle.vocabulary.facts.page import facts_page
from tools.asvs import asvs_page
from tools.door_goals import door_goals_page
from tools.fitting import fitting_page
from tools.translation_states import reviews_page

ROOT = Path(__file__).parents[1]
_TARGET = re.compile(r"^([a-z-]+):.*?## (.+)$", re.MULTILINE)


def commands() -> str:
    """Every command and option of `encircle`, and every target of `make`."""
    lines = [
        "# Commands",
        "",
        "Made from the program by `make docs`; a test fails when it is stale.",
        "",
        "## make",
        "",
        "| target | what it does |",
        "|---|---|",
        *(f"| `make {name}` | {_cell(meaning)} |" for name, meaning in make_targets()),
    ]
    for path, meaning, command in walk(parser()):
        lines += ["", f"## {path}", "", meaning]
        rows = [_row(action) for action in command._actions if _is_option(action)]
        if rows:
            lines += ["", "| argument | meaning | default |", "|---|---|---|", *rows]
    return "\n".join(lines) + "\n"


def make_targets() -> list[tuple[str, str]]:
    """Name and meaning of each target of the Makefile."""
    return _TARGET.findall((ROOT / "Makefile").read_text("utf-8"))


def walk(
    command: argparse.ArgumentParser, path: str = "encircle", meaning: str = ""
) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """The command and all commands under it: full name, what it is for, its parser."""
    yield path, (command.description or meaning).strip(), command
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, below in action.choices.items():
                yield from walk(below, f"{path} {name}", helps.get(name, ""))


def _is_option(action: argparse.Action) -> bool:
    return not isinstance(action, argparse._SubParsersAction | argparse._HelpAction)


def _row(action: argparse.Action) -> str:
    value = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if action.option_strings:
        names = ", ".join(action.option_strings) + (f" {value}" if action.nargs != 0 else "")
    else:
        names = value
    shown = {"default": action.default, "prog": "encircle", "dest": action.dest, "metavar": value}
    meaning = (action.help or "") % shown
    if action.choices is not None:
        meaning += f" One of: {', '.join(str(choice) for choice in action.choices)}."
    default = "" if action.default in (None, False, argparse.SUPPRESS) else f"`{action.default}`"
    return f"| `{names}` | {_cell(meaning)} | {default} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


PAGES: Mapping[str, Callable[[], str]] = {
    "docs/developer/asvs.md": asvs_page,
    "docs/developer/door-goals.md": door_goals_page,
    "docs/developer/facts.md": facts_page,
    "docs/developer/fitting.md": fitting_page,
    "docs/developer/reviews.md": reviews_page,
    "docs/operator/commands.md": commands,
    "docs/operator/settings.md": settings,
}

if __name__ == "__main__":
    for page, make in PAGES.items():
        (ROOT / page).write_text(make(), "utf-8")
        print(page)
