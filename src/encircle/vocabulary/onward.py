"""Onward: what an agency may do with what another agency shared with it."""

from enum import StrEnum


class Onward(StrEnum):
    """Whether what was shared may be passed on. What a law commands to disclose stays commanded."""

    NOT = "not"
    """It is not passed on."""
    ASK = "ask"
    """Only after who shared it has agreed, each time."""
    SAME_PURPOSE = "same_purpose"
    """For the same purpose, to who has a mandate for it; who shared it is told."""
