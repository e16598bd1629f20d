"""Purposes: why somebody looks or writes. Each look has one; a view without one stops the start."""

from enum import StrEnum


class Purpose(StrEnum):
    """Purposes of looks and writes; mandates say which role may have which."""

    SIGN_IN = "sign_in"
    """Prove who one is; shows nothing of a child."""
    WORK_LIST = "work_list"
    """See which records one's agency takes part in."""
    PROTECT = "protect"
    """Look at a record to protect the child."""
    RECORD = "record"
    """State a fact about the child."""
    LOAD_EXAMPLES = "load"
    """Load example cases into a demonstration."""
    OPERATE = "operate"
    """Keep the installation running; shows nothing of a child."""
    SWEEP = "sweep"
    """Compute anew what time alone has changed; a job, shown to nobody."""
    REBUILD = "rebuild"
    """Compute everything anew from the facts; a job, shown to nobody."""
    STATISTICS = "statistics"
    """Count for published tables; a job. And look at what is published, which shows nothing of a child."""
