"""A line of the log: one JSON object with its time in UTC, so that no text in it can begin a line of its own."""

import json
import logging
import traceback
from datetime import UTC, datetime

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

MOST_KINDS = 8
"""Of a fault and what caused it."""


class LogLine(logging.Formatter):
    """When, how grave, from where, what; with a fault its kind and where it arose, never what it says.

    What a fault says can hold what somebody typed about a child; where it arose cannot.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": record.getMessage(),
        }
        more = {name: value for name, value in vars(record).items() if name not in _OWN}
        told |= {name: value for name, value in more.items() if isinstance(value, str | int | float | bool)}
        if record.exc_info and record.exc_info[1] is not None:
            told |= _fault(record.exc_info[1])
        return json.dumps(told, ensure_ascii=True)


def _fault(fault: BaseException) -> dict[str, object]:
    """Its kind, that of what caused it, and the places it came through, the innermost last."""
    kinds: list[str] = []
    cause: BaseException | None = fault
    while cause is not None and len(kinds) < MOST_KINDS:
        kinds.append(type(cause).__qualname__)
        cause = cause.__cause__ or cause.__context__
    places = traceback.extract_tb(fault.__traceback__)
    return {"fault": kinds, "through": [f"{one.filename}:{one.lineno} {one.name}" for one in places]}
