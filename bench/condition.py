"""Bench: how fast conditions are answered, traced and compiled, beside cel-python. Prints one JSON object.

    python bench/condition.py [--runs 5]

Twelve conditions of the kind that packs hold are asked of one child. The goal is 1 microsecond for a typical
condition; cel-python answers the same texts, compiled beforehand, in the same run.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import celpy
from celpy import celtypes

from encircle.law.condition import Bool, Condition, Int, ListOf, Record, Str, Time, Value, explain, parse
from encircle.vocabulary.moment import Span, parse_span

CARE = frozenset({"present", "absent", "conflict", "suspected"})
PROTECTION = frozenset({"none", "concern", "presumed_victim", "identified_victim"})
INTERVIEW = Record(
    "interview", {"held": Bool(), "recorded": Bool(), "held_at": Time(), "kind": Str(), "minutes": Int()}
)
CHILD = Record(
    "child",
    {
        "protection": Str(PROTECTION),
        "parental_care": Str(CARE),
        "is_child": Bool(),
        "victim_track": Bool(),
        "guardian_current": Bool(),
        "placed_with_adults": Bool(),
        "interviews_held": Int(),
        "reasonable_grounds_at": Time(),
        "turns_18": Time(),
    },
)
SCHEMA = Record("situation", {"child": CHILD, "interviews": ListOf(INTERVIEW), "now": Time()})
TEXTS = (
    "child.victim_track",
    "child.protection == 'presumed_victim'",
    "child.protection in ['presumed_victim', 'identified_victim'] && child.is_child",
    "child.victim_track && child.is_child && child.parental_care in ['absent', 'conflict', 'suspected']",
    "child.victim_track && !child.guardian_current",
    "!child.is_child || child.placed_with_adults",
    "child.interviews_held > 3",
    "interviews.exists(i, i.held && !i.recorded)",
    "interviews.all(i, i.kind != 'police' || i.recorded)",
    "now < child.turns_18",
    "child.guardian_current ? child.interviews_held > 5 : child.interviews_held > 0",
    "now > child.reasonable_grounds_at + duration('72h') && child.victim_track",
)


def situation() -> dict[str, Value]:
    """One child of whom all is known, with three interviews."""

    def at(text: str) -> Span:
        return parse_span(text, "UTC")

    interviews: tuple[Value, ...] = tuple(
        {
            "held": True,
            "recorded": True,
            "held_at": at(f"2026-11-0{day}T10:00"),
            "kind": "forensic",
            "minutes": 40,
        }
        for day in (3, 4, 5)
    )
    child: dict[str, Value] = {
        "protection": "presumed_victim",
        "parental_care": "absent",
        "is_child": True,
        "victim_track": True,
        "guardian_current": False,
        "placed_with_adults": False,
        "interviews_held": 3,
        "reasonable_grounds_at": at("2026-11-01T08:30"),
        "turns_18": at("2030-02-03T00:00"),
    }
    return {"child": child, "interviews": interviews, "now": at("2026-11-23T18:00")}


def to_cel(value: Value) -> Any:
    """The same value for cel-python."""
    match value:
        case bool():
            return celtypes.BoolType(value)
        case int():
            return celtypes.IntType(value)
        case str():
            return celtypes.StringType(value)
        case timedelta():
            return celtypes.DurationType(value)
        case Span():
            return celtypes.TimestampType(value.earliest)
        case tuple():
            return celtypes.ListType([to_cel(one) for one in value])
        case Mapping():
            return celtypes.MapType({celtypes.StringType(key): to_cel(one) for key, one in value.items()})
    raise ValueError(f"not a value of a known world: {value!r}")


def microseconds(asked: Callable[[], object], *, times: int, runs: int) -> float:
    """The median over the runs of what one call takes."""
    seen = []
    for _ in range(runs):
        begin = time.perf_counter()
        for _ in range(times):
            asked()
        seen.append((time.perf_counter() - begin) / times * 1e6)
    return statistics.median(seen)


def compiled_anew() -> tuple[Condition, ...]:
    """The twelve conditions, none of them from memory: a new schema has none yet."""
    schema = Record("situation", dict(SCHEMA.fields))
    return tuple(parse(text, schema=schema) for text in TEXTS)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    runs = options.parse_args().runs
    scope = situation()
    cel_scope = {name: to_cel(value) for name, value in scope.items()}
    environment = celpy.Environment()
    ours: list[float] = []
    theirs: list[float] = []
    each: dict[str, dict[str, float]] = {}
    for text in TEXTS:
        holds = parse(text, schema=SCHEMA).holds
        program = environment.program(environment.compile(text))
        if bool(program.evaluate(cel_scope)) is not holds(scope):
            raise SystemExit(f"cel-python answers otherwise: {text}")
        ours.append(microseconds(partial(holds, scope), times=20_000, runs=runs))
        theirs.append(microseconds(partial(program.evaluate, cel_scope), times=10, runs=runs))
        each[text] = {"us": round(ours[-1], 3), "cel_python_us": round(theirs[-1], 1)}
    why = partial(explain, parse(TEXTS[3], schema=SCHEMA), scope)
    why()
    figures = {
        "conditions": len(TEXTS),
        "all_us": round(sum(ours), 2),
        "median_us": round(statistics.median(ours), 3),
        "slowest_us": round(max(ours), 2),
        "cel_python_all_us": round(sum(theirs), 1),
        "times_cel_python": round(sum(theirs) / sum(ours)),
        "explain_us": round(microseconds(why, times=1000, runs=runs), 1),
        "parse_check_compile_us": round(microseconds(compiled_anew, times=3, runs=runs) / len(TEXTS), 1),
        "each": each,
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
