"""Bench: what was due to one child, from 60 facts in memory with the full European and Estonian law. Prints one JSON object.

    python bench/duties.py [--runs 9] [--times 40] [--json]

Times are of the processor, in milliseconds, so that a busy machine does not speak for us or against us. `one_child_ms`
is the median over the runs of the mean of one answer: fold, ledger and alarms. Between two answers the
cyclic collector is left on, as in service. `one_child_new_ms` is the same with facts that were never seen before, so
that no time of theirs is remembered. `one_child_both_readings_ms` is the same at an instant that lies inside a coarse
time, so that the record is read both ways. The goal is 1 ms.

The peer is cel-python: the same conditions of the same law, compiled beforehand, asked of the same situation, each as
often as our ledger asks it. It is given the situation ready made and neither folds facts nor counts deadlines; the
ratio is that of its time to the time of our conditions alone, and to our whole answer.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import celpy
from celpy import celtypes
from celpy.evaluation import CELEvalError

sys.path.insert(0, str(Path(__file__).parents[1]))

from encircle.actions.law import law_of, packs_folder
from encircle.actions.replay.answer import answer
from encircle.actions.replay.file import read_replay
from encircle.core.child import AsOf, Situation, fold
from encircle.core.child.situation import Value
from encircle.core.duty import ledger
from encircle.core.prohibition import alarms
from encircle.law.condition import Condition
from encircle.law.law import Law
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown

FACTS = 60
COUNTRY = "ee"
GOAL_MS = 1.0


def record() -> tuple[Fact, ...]:
    """The first 60 facts of the story in which every duty is met: most kinds of subjects, nearly every rule awake."""
    case = read_replay(packs_folder() / "base" / "tests" / "everything_done.yaml")
    facts = case.facts_of(next(iter(case.children)))
    return facts[:FACTS]


def shifted(facts: tuple[Fact, ...], minutes: int) -> tuple[Fact, ...]:
    """The same record so many minutes later: facts of which nothing is remembered."""
    later = timedelta(minutes=minutes)

    def moved(fact: Fact) -> Fact:
        span = fact.happened
        return replace(
            fact,
            happened=Span(span.earliest + later, span.latest + later, span.precision, span.zone),
            learnt=tuple(replace(one, at=one.at + later) for one in fact.learnt),
            recorded=fact.recorded + later,
        )

    return tuple(moved(fact) for fact in facts)


def milliseconds(asked: Callable[[], object], *, times: int, runs: int) -> list[float]:
    """What one call takes, the mean of each run, the fastest run first."""
    asked()
    seen = []
    for _ in range(runs):
        begin = time.process_time()
        for _ in range(times):
            asked()
        seen.append((time.process_time() - begin) / times * 1e3)
    return sorted(seen)


def asked_of(situation: Situation, law: Law) -> Iterator[tuple[Condition, dict[str, Value]]]:
    """Each condition that the ledger and the alarms ask, with what it reads: triggers, then evidence and grounds."""
    for rule in (one for one in law.duties if one.scope.record is Kind.CHILD):
        for _, scope in situation.scopes(rule.for_each):
            seen = dict(scope)
            yield rule.when, seen
            if rule.when.holds(seen) is not False:
                inner = (*rule.lifted_by, *rule.breached_by, *rule.suspended_by)
                yield from ((evidence.needs, seen) for evidence in rule.evidence)
                yield from ((ground.when, seen) for ground in inner)
    for prohibition in law.prohibitions:
        for _, scope in situation.scopes(prohibition.for_each):
            yield prohibition.when, dict(scope)


def to_cel(value: Value) -> Any:
    """The same value for cel-python; what is not known is an error, which its `&&` and `||` absorb."""
    match value:
        case Unknown(reason=reason):
            return CELEvalError(reason)
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
        case dict():
            return celtypes.MapType({celtypes.StringType(key): to_cel(one) for key, one in value.items()})
    raise ValueError(f"not a value of a situation: {value!r}")


def by_peer(questions: list[tuple[Condition, dict[str, Value]]]) -> tuple[Callable[[], None], int]:
    """A function that puts all questions to cel-python, and how many it answers as we do where it can answer."""
    environment = celpy.Environment()
    programs = {
        condition.text: environment.program(environment.compile(condition.text)) for condition, _ in questions
    }
    shared: dict[int, Any] = {}

    def given(value: Value) -> Any:
        if id(value) not in shared:
            shared[id(value)] = to_cel(value)
        return shared[id(value)]

    ready = [
        (condition, programs[condition.text], scope, {name: given(value) for name, value in scope.items()})
        for condition, scope in questions
    ]

    def told(program: Any, scope: dict[str, Any]) -> bool | None:
        try:
            return bool(program.evaluate(scope))
        except CELEvalError:
            return None

    def ask_all() -> None:
        for _, program, _, scope in ready:
            told(program, scope)

    alike = 0
    for condition, program, scope, theirs in ready:
        ours = condition.holds(scope)
        alike += told(program, theirs) == (None if isinstance(ours, Unknown) else ours)
    return ask_all, alike


def our_figures(law: Law, facts: tuple[Fact, ...], *, times: int, runs: int) -> dict[str, float]:
    """What an answer and its parts take, in milliseconds."""
    last = max(fact.happened.latest for fact in facts)
    as_of = AsOf(last + timedelta(days=1))
    folded = fold(facts, as_of, zone=law.zone)
    measured = {
        "one_child": lambda: answer(facts, law=law, as_of=as_of),
        "both_readings": lambda: answer(facts, law=law, as_of=AsOf(last - timedelta(minutes=1))),
        "fold": lambda: fold(facts, as_of, zone=law.zone),
        "ledger": lambda: ledger(folded, law.duties, calendar=law.calendar),
        "alarms": lambda: alarms(folded, law.prohibitions),
    }
    seen = {name: milliseconds(one, times=times, runs=runs) for name, one in measured.items()}
    new = [shifted(facts, number + 1) for number in range(times * runs)]
    begun = time.process_time()
    for one in new:
        answer(one, law=law, as_of=as_of)
    new_ms = (time.process_time() - begun) / len(new) * 1e3
    middle = {name: statistics.median(found) for name, found in seen.items()}
    return {
        "one_child_ms": middle["one_child"],
        "one_child_fastest_ms": seen["one_child"][0],
        "one_child_new_ms": new_ms,
        "one_child_both_readings_ms": middle["both_readings"],
        **{f"{name}_ms": middle[name] for name in ("fold", "ledger", "alarms")},
    }


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=9)
    options.add_argument("--times", type=int, default=40)
    options.add_argument(
        "--json", action="store_true", help="one JSON object, which is what is always printed"
    )
    chosen = options.parse_args()
    law, facts = law_of(COUNTRY), record()
    figures = our_figures(law, facts, times=chosen.times, runs=chosen.runs)
    given = answer(
        facts, law=law, as_of=AsOf(max(fact.happened.latest for fact in facts) + timedelta(days=1))
    )
    questions = list(asked_of(given.folded.earliest, law))

    def ask_ours() -> None:
        for condition, scope in questions:
            condition.holds(scope)

    ours = statistics.median(milliseconds(ask_ours, times=chosen.times, runs=chosen.runs))
    ask_peer, alike = by_peer(questions)
    theirs = statistics.median(milliseconds(ask_peer, times=1, runs=3))
    shown = {
        "bench": "duties",
        **{name: round(figure, 3) for name, figure in figures.items()},
        "facts": len(facts),
        "law": [f"{pack.code} {pack.version}" for pack in law.packs],
        "rules": len(law.duties) + len(law.prohibitions),
        "duties": len(given.duties),
        "alarms_raised": len(given.alarms),
        "conditions_asked": len(questions),
        "conditions_ms": round(ours, 3),
        "peers": {"cel_python_conditions_ms": round(theirs, 2), "cel_python_answers_alike": alike},
        "ratios": {
            "cel_python_to_our_conditions": round(theirs / ours, 1),
            "cel_python_to_our_whole_answer": round(theirs / figures["one_child_ms"], 1),
        },
        "goal": {"one_child_ms": GOAL_MS},
    }
    print(json.dumps(shown, indent=2))


if __name__ == "__main__":
    main()
