"""An act as people say it: a question, the types of facts that answer it, and which fields are asked first."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encircle.vocabulary.role import Role

Words = str | Promise


class Group(Enum):
    """Where an act stands on the page."""

    SAFETY = "safety"
    PEOPLE = "people"
    VOICE = "voice"
    JUSTICE = "justice"
    CARE = "care"
    STATUS = "status"
    AGE = "age"
    WORK = "work"
    OTHER = "other"


GROUPS: Mapping[Group, Words] = {
    Group.SAFETY: _("Safety and place"),
    Group.PEOPLE: _("People at the child's side"),
    Group.VOICE: _("The child's voice and interests"),
    Group.JUSTICE: _("Interviews, examinations and proceedings"),
    Group.CARE: _("Care, health and school"),
    Group.STATUS: _("Signs, status and decisions"),
    Group.AGE: _("Who the child is"),
    Group.WORK: _("Working together"),
    Group.OTHER: _("Something else"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One fact of an act. `first`: the fields asked at once; all others are folded away.

    `new`: whether it mostly makes a new thing. `label`: what later steps call it; `of`: the label it is about;
    `given`: fields answered by a label. `optional`: stated only where one of its fields is answered.
    """

    type: str
    first: tuple[str, ...] = ()
    new: bool = False
    label: str = ""
    of: str = ""
    given: tuple[tuple[str, str], ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that people do or see. `role`: who mostly records it."""

    slug: str
    title: Words
    question: Words
    group: Group
    steps: tuple[Step, ...]
    role: Role | None = None

    @property
    def types(self) -> tuple[str, ...]:
        """The types of facts that it states."""
        return tuple(step.type for step in self.steps)


def new(
    type_name: str,
    *first: str,
    label: str = "",
    given: tuple[tuple[str, str], ...] = (),
    optional: bool = False,
) -> Step:
    """A step that mostly makes a new thing, with the fields that are asked first."""
    return Step(type_name, first, new=True, label=label, given=given, optional=optional)
