"""cel-python's side of bench/peers.py: the conditions of the packs as they stand, compiled beforehand."""

from datetime import date, datetime, timedelta
from typing import Any

import celpy
from _peer import Answers, months_after, serve, working_days_after
from celpy import celtypes
from celpy.evaluation import CELEvalError

DUE = {
    "D02b-asylum": "working_days_after(started, 15)",
    "D26-asylum": "months_after(started, 2)",
    "D32": "started + 12 * 60",
}


class Cel:
    """The compiled conditions, and the children's situations as its own types."""

    def __init__(self, told: dict[str, Any]) -> None:
        holidays = frozenset(date.fromisoformat(one) for one in told["holidays"])

        def working_days(day: Any, amount: Any) -> celtypes.StringType:
            end = working_days_after(date.fromisoformat(day), int(amount), holidays)
            return celtypes.StringType(end.isoformat())

        def months(day: Any, amount: Any) -> celtypes.StringType:
            return celtypes.StringType(months_after(date.fromisoformat(day), int(amount)).isoformat())

        functions = {"working_days_after": working_days, "months_after": months}
        environment = celpy.Environment()

        def compiled(text: str) -> Any:
            return environment.program(environment.compile(text), functions=functions)

        self.rules = {
            rule["code"]: (
                rule["for_each"],
                compiled(rule["when"]),
                rule["unknown_opens"],
                [compiled(text) for text in rule["needs"]],
                [compiled(text) for text in rule["ended_by"]],
                compiled(DUE[rule["code"]]) if rule["code"] in DUE else None,
            )
            for rule in told["rules"]
        }
        self.children = [
            ({name: _value(part) for name, part in child["scope"].items()}, _started(child["starts"]))
            for child in told["children"]
        ]

    def each(self) -> Answers:
        """Every condition that has to be asked, for one child after the other."""
        return [
            {code: self._answer(code, scope, started) for code in self.rules}
            for scope, started in self.children
        ]

    def at_once(self) -> None:
        """It is asked of one at a time."""

    def _answer(self, code: str, scope: dict[str, Any], started: dict[str, Any]) -> Any:
        for_each, when, unknown_opens, needs, ended_by, due = self.rules[code]
        if for_each is not None and for_each not in scope:
            return False
        opens = _told(when, scope)
        if opens is False or (opens is None and not unknown_opens):
            return False
        if any(_told(ground, scope) for ground in ended_by):
            return False
        if all(_told(proof, scope) for proof in needs):
            return False
        if due is None:
            return True
        end = due.evaluate({"started": started[code]})
        return int(end) if isinstance(end, int) else str(end)


def _told(program: Any, scope: dict[str, Any]) -> bool | None:
    try:
        return bool(program.evaluate(scope))
    except CELEvalError:
        return None


def _started(starts: dict[str, Any]) -> dict[str, Any]:
    return {code: _value(start) for code, start in starts.items()}


def _value(plain: Any) -> Any:
    match plain:
        case bool():
            return celtypes.BoolType(plain)
        case int():
            return celtypes.IntType(plain)
        case str():
            return celtypes.StringType(plain)
        case list():
            return celtypes.ListType([_value(one) for one in plain])
        case {"unknown": reason}:
            return CELEvalError(reason)
        case {"at": at}:
            return celtypes.TimestampType(datetime.fromisoformat(at))
        case {"seconds": seconds}:
            return celtypes.DurationType(timedelta(seconds=seconds))
        case {"of": parts}:
            return celtypes.MapType({celtypes.StringType(name): _value(part) for name, part in parts.items()})
    raise ValueError(f"not a value of a situation: {plain!r}")


if __name__ == "__main__":
    serve(Cel)
