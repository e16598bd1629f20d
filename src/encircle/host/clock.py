"""The clock of this machine: the one place that asks what time it is. All other code is given an instant."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(tz=UTC)
