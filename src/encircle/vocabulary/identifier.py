"""Identifiers: each kind of id has a type of its own, so that one can't be passed for another."""

from typing import NewType

FactId = NewType("FactId", str)
RootId = NewType("RootId", str)
SubjectId = NewType("SubjectId", str)
AgencyId = NewType("AgencyId", str)
