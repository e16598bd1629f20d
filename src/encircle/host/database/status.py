"""How the database is: what a page, `doctor` or a log line can say about it. Knows no processes."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Condition(Enum):
    """The states of a database as seen from this process."""

    STARTING = "starting"
    READY = "ready"
    RECOVERING = "recovering"
    """It was lost and is being started again; connections fail until it is ready."""
    STOPPED = "stopped"
    FAILED = "failed"
    """It was lost and could not be brought back; a person has to look."""


@dataclass(frozen=True, slots=True)
class Status:
    """The condition, since when, how often the server was started again, and why it was lost last."""

    condition: Condition
    since: datetime
    restarts: int = 0
    reason: str | None = None
