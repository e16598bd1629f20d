"""Who acts, for which agency, in which role, to which purpose: what every action is given first."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from encircle.records.context import Context, with_context
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from encircle.vocabulary.visit_purpose import VisitPurpose


@dataclass(frozen=True, slots=True)
class Visit:
    """To what end somebody has opened one record, and the duty from which they came. None: it was not chosen yet."""

    purpose: VisitPurpose | None = None
    duty: str | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """A member of staff at work: the person (actor of journal entries), the agency and the role.

    A program of an agency is one too; `only` are the field groups to which its token holds it, None for people.
    `closed`: the groups that stay shut until a second step is shown once more. `visit`: to what end one record is visited;
    None where nobody looks at one, as in a list or a job.
    """

    person: str
    agency: AgencyId
    role: Role
    only: frozenset[FieldGroup] | None = None
    closed: frozenset[FieldGroup] = frozenset()
    visit: Visit | None = None

    @property
    def is_program(self) -> bool:
        """Whether a program acts, with a token of the agency, and no person."""
        return self.only is not None

    @property
    def held_to(self) -> frozenset[FieldGroup] | None:
        """The field groups beyond which nothing opens now, whatever the mandate says; None: the mandate alone counts."""
        if not self.closed:
            return self.only
        return (frozenset(FieldGroup) if self.only is None else self.only) - self.closed


@contextmanager
def at_work(who: Who, purpose: Purpose) -> Iterator[Context]:
    """One transaction in which the database shows what this agency may see, and no more."""
    with with_context(agency=who.agency, actor=who.person, purpose=purpose.value) as context:
        yield context
