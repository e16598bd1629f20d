"""Identifiers: each kind of id has a type of its own, so that one can't be passed for another."""

from typing import NewType
from uuid import UUID

FactId = NewType("FactId", str)
RootId = NewType("RootId", str)
SubjectId = NewType("SubjectId", str)
AgencyId = NewType("AgencyId", str)


def is_random_id(text: str) -> bool:
    """Whether the text is an id as they are made before a row is stored: a UUID in its one spelling."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
