"""Reviews of a caseload: the closed list of what can be answered for a child. No points, and nothing is added up."""

from enum import StrEnum


class CaseloadOutcome(StrEnum):
    """What somebody answered after looking."""

    NOTHING_SEEN = "nothing_seen"
    """No sign was seen. It does not say that nothing is there."""
    LOOK_AGAIN = "look_again"
    """Not clear: somebody looks again, on a day."""
    TRIAGE = "triage"
    """A concern was opened with what was marked; others decide together what follows."""
    TAKEN_BACK = "taken_back"
    """The answer before was a mistake: the child has not been looked at."""
