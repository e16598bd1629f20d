"""`encircle pack diff A B`: what differs between two packs, and which children it moves before B goes live."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from encircle.cli.options import add_json
from encircle.vocabulary.refusal import BadInput

if TYPE_CHECKING:
    from encircle.actions.pack_diff import Effect, RuleChange
    from encircle.law.law import Law

SHOWN = 120
_NOUNS = {"cases": "children", "records": "records"}


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb with its options."""
    command = verbs.add_parser(
        "diff", help="which rules differ between two packs, and which children it moves"
    )
    command.add_argument("before", metavar="A", help="country pack, or folder of a pack: the law of now")
    command.add_argument(
        "after", metavar="B", help="country pack, or folder of a pack: the law that is to come"
    )
    command.add_argument(
        "--on",
        choices=("cases",),
        help="count which children change which duty, on the cases and stories beside the packs",
    )
    command.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="with --on cases: count on the open records of this installation, too",
    )
    command.add_argument(
        "--demo", action="store_true", help="the folder of --data is that of a demonstration"
    )
    command.add_argument(
        "--numbers",
        action="store_true",
        help="name the numbers of the records that change; each is a look and is journalled",
    )
    command.add_argument("--day", metavar="DATE", help="the law of that day; default: today's")
    add_json(command)
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print what differs. Exit status 1 if something does."""
    from encircle.actions.pack_diff import effect_on_cases, law_at, rule_changes  # loaded when asked for
    from encircle.host import clock

    if asked.data is not None and asked.on is None:
        reason = "--data counts on records: it goes with --on cases."
        raise BadInput(code="data_alone", reason=reason, where="--data")
    day = clock.now().date() if asked.day is None else _day(asked.day)
    before, after = law_at(asked.before, on=day), law_at(asked.after, on=day)
    changes = rule_changes(before, after)
    effects: dict[str, Effect] = {}
    if asked.on is not None:
        effects["cases"] = effect_on_cases(before, after, numbers=asked.numbers)
    if asked.data is not None:
        effects["records"] = _on_records(asked, before, after)
    if asked.json:
        json.dump(_data(before, after, changes, effects), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print("\n".join(_lines(before, after, changes, effects, numbers=asked.numbers)))
    return 1 if changes or any(effect.moved for effect in effects.values()) else 0


def _on_records(asked: argparse.Namespace, before: "Law", after: "Law") -> "Effect":
    from encircle.cli.process import environment, with_database

    environ = environment()
    if asked.demo:
        environ["ENCIRCLE_MODE"] = "demo"
    with with_database(asked.data, environ=environ):
        from encircle.actions.pack_records import effect_on_records  # needs the settings

        return effect_on_records(before, after, numbers=asked.numbers, tell=_tell)


def _tell(compared: int) -> None:
    print(f"{compared} records are compared.", file=sys.stderr, flush=True)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        reason = f"--day: got {text!r}. Expected a day such as 2026-11-23."
        raise BadInput(code="bad_date", reason=reason, where="--day") from wrong


def _lines(
    before: "Law",
    after: "Law",
    changes: "tuple[RuleChange, ...]",
    effects: "dict[str, Effect]",
    *,
    numbers: bool,
) -> Iterator[str]:
    codes = len({change.code for change in changes})
    yield f"{_named(before)} -> {_named(after)}, the law of {before.on}: {codes} rules differ"
    for change in changes:
        yield f"  {change.code} {change.says}: {_short(change.before)} -> {_short(change.after)}"
    for name, effect in effects.items():
        noun = _NOUNS[name]
        yield f"{name}: {effect.moved} of {effect.compared} {noun} change"
        for one in sorted(effect.rows):
            turned = f"{_short(one.before)} -> {_short(one.after)}"
            rows = f"{effect.rows[one]} rows of {effect.children[one]} {noun}"
            yield f"  {one.code} {one.turn.value}: {turned}: {rows}"
            if numbers:
                yield f"    {' '.join(effect.where[one])}"


def _named(law: "Law") -> str:
    return f"{law.pack} {law.packs[-1].version}"


def _short(text: str) -> str:
    told = text or "nothing"
    return told if len(told) <= SHOWN else f"{told[: SHOWN - 3]}..."


def _data(
    before: "Law", after: "Law", changes: "tuple[RuleChange, ...]", effects: "dict[str, Effect]"
) -> dict[str, object]:
    return {
        "before": _named(before),
        "after": _named(after),
        "on": str(before.on),
        "rules": [
            {"code": one.code, "says": one.says, "before": one.before, "after": one.after} for one in changes
        ],
        "effects": {
            name: {
                "children": effect.compared,
                "changed": effect.moved,
                "moves": [
                    {
                        "code": one.code,
                        "turn": one.turn.value,
                        "before": one.before,
                        "after": one.after,
                        "count": effect.rows[one],
                        "children": effect.children[one],
                        "numbers": effect.where.get(one, []),
                    }
                    for one in sorted(effect.rows)
                ],
            }
            for name, effect in effects.items()
        },
    }
