"""Certainty: how the source knows (LED Art. 7: facts are kept apart from assessments)."""

from enum import StrEnum


class Certainty(StrEnum):
    """Seen by the source itself, told to the source, or concluded by the source."""

    OBSERVED = "observed"
    REPORTED = "reported"
    INFERRED = "inferred"
