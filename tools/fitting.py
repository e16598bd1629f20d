"""The page of what must fit together: facts that need a living child, plans, each rule of the database with its reason."""

import inspect

from encircle.records.refusal import REASONS
from encircle.vocabulary.facts import FACT_TYPES


def fitting_page() -> str:
    """What one statement says is held against another, and what is answered where they do not fit."""
    living = sorted(name for name, one in FACT_TYPES.items() if one.living_child)
    plans = sorted(name for name, one in FACT_TYPES.items() if one.plan)
    return "\n".join(
        (
            "# What must fit together",
            "",
            "Made of the code by `make docs`; a test fails when it is stale. Forms and the API answer in words at the field;",
            "behind them the database holds the rules below, whoever writes.",
            "",
            "## Said of a living child only",
            "",
            "Refused before the earliest birth that is claimed.",
            "",
            "| fact | what it says |",
            "|---|---|",
            *(f"| `{name}` | {_said(name)} |" for name in living),
            "",
            "## Plans",
            "",
            "These say what is to come. They happened when they were made: no fact, and no plan, happened in the future.",
            "",
            "| fact | what it says |",
            "|---|---|",
            *(f"| `{name}` | {_said(name)} |" for name in plans),
            "",
            "## Rules of the database",
            "",
            "| rule | what is answered |",
            "|---|---|",
            *(f"| `{rule}` | {reason} |" for rule, reason in sorted(REASONS.items())),
            "",
            "Which fields a fact takes, and which other thing each names: [facts](facts.md). How much fits in:"
            " [limits](../operator/limits.md).",
            "",
        )
    )


def _said(name: str) -> str:
    told = inspect.getdoc(FACT_TYPES[name].payload) or ""
    return " ".join(told.split("\n\n")[0].split()).replace("|", "\\|")
