"""Relations: how an agency, or one person of it, stands to a record. A membership has one, from when until when."""

from enum import StrEnum


class Relation(StrEnum):
    """What a membership makes of its agency. A word that is not listed here opens nothing."""

    OPENER = "opener"
    """Opened the record."""
    TEAM = "team"
    """Works with the child."""
    CASE_LEAD = "case_lead"
    """Leads the case."""
    SUPERVISOR = "supervisor"
    """Answers for the work of the case lead."""
    GUARDIAN = "guardian"
    """Guardian or representative of this child."""
    LAWYER = "lawyer"
    """Lawyer of this child."""
    OFFERED = "offered"
    """The child is referred to it, and it has not accepted: it weighs that, and sees nothing of the record. No membership
    has this word: it comes from the offer alone."""
    REFERRED = "referred"
    """The child was referred to it."""
    CONSULTED = "consulted"
    """Asked by the triage team what it knows."""
    EMERGENCY = "emergency"
    """Opened the record by itself in an emergency: one person, for some hours."""
    EXAMPLE = "example"
    """Takes part in an example of a demonstration."""
    ADVERSE = "adverse"
    """Stands against the child's interests: sees nothing, whatever else it is."""
