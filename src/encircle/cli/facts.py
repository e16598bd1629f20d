"""`encircle facts`: the types of facts, for people and as JSON Schema."""

import argparse
import json


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its options."""
    command = commands.add_parser("facts", help="list the types of facts, or print their JSON Schema")
    command.add_argument(
        "--schema", action="store_true", help="print the JSON Schema of facts (draft 2020-12)"
    )
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print the schema, or one line for each type."""
    from encircle.vocabulary.facts import FACT_TYPES  # loaded when asked for
    from encircle.vocabulary.facts.schema import facts_schema

    if asked.schema:
        print(json.dumps(facts_schema(), ensure_ascii=False, indent=1))
        return 0
    for name, fact_type in sorted(FACT_TYPES.items(), key=lambda pair: (pair[1].about, pair[0])):
        print(f"{fact_type.about.value:16} {name:34} {fact_type.doc}")
    return 0
