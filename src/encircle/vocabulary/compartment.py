"""Compartments: each has a data key of its own for each child, so that opening one opens no other."""

from enum import StrEnum


class Compartment(StrEnum):
    """What is sealed together under one key."""

    GENERAL = "general"
    """Care, duties, proceedings: what the ledger reads."""
    IDENTITY = "identity"
    """Names, documents, dates of birth as written on papers."""
    ACCOUNT = "account"
    """What the child told and what was done to the child."""
    LOCATION = "location"
    """Addresses, telephone numbers, directions."""
    HEALTH = "health"
    """Health of body and mind."""
    CRIMINAL = "criminal"
    """Suspects and intelligence."""
    ASYLUM = "asylum"
    """Asylum and residence file."""
    VIEWS = "views"
    """The child's views and the best-interests record."""
    PRIVILEGED = "privileged"
    """Talks with lawyer, therapist, helpline."""


SEALED_TO_PEOPLE = frozenset({Compartment.LOCATION, Compartment.PRIVILEGED})
"""Sealed to the keys of the agencies that may read it, where they have keys. No rule of law reads what is in them."""
