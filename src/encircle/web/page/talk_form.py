"""What goes to who asks at the door in their own language: the fields of a plan for safety, and what they are told first."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
PLAN: tuple[tuple[str, Words], ...] = (
    ("plan_person", _("Somebody who is safe for me")),
    ("plan_place", _("A place that is safe for me")),
    ("plan_word", _("A word that means: I need help")),
    ("plan_steps", _("What I do when it becomes dangerous")),
)


def plan_in_words(typed: Mapping[str, str]) -> str:
    """A plan as text, in the language of now: one line for each answer; empty, where there is none."""
    return "\n".join(f"{label}: {typed[name].strip()}" for name, label in PLAN if typed[name].strip())


TOLD: Mapping[str, Words] = {
    "wanted": _(
        "I now pass on what you wrote to people who protect children. You need not write it again."
        " You read their answer here."
    ),
    "danger": _(
        "I must act now, because a child is in danger. I pass on what you wrote to people who protect children. They still do"
        " not know who you are. You need not write it again."
    ),
}
"""Before a talk becomes a report."""
