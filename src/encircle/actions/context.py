"""Who acts, for which agency, in which role, to which purpose: what every action is given first."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from encircle.records.context import Context, with_context
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role


@dataclass(frozen=True, slots=True)
class Who:
    """A member of staff at work: the person (actor of journal entries), the agency and the role.

    A program of an agency is one too; `only` are the field groups to which its token holds it, None for people.
    """

    person: str
    agency: AgencyId
    role: Role
    only: frozenset[FieldGroup] | None = None


@contextmanager
def at_work(who: Who, purpose: Purpose) -> Iterator[Context]:
    """One transaction in which the database shows what this agency may see, and no more."""
    with with_context(agency=who.agency, actor=who.person, purpose=purpose.value) as context:
        yield context
