"""Complaints in words: of whom, by whom, what was found. The same on the door, on the child's page and at the body."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
ABOUT: Mapping[str, Words] = {
    "child_protection_service": _("Social workers"),
    "guardian": _("Guardian"),
    "lawyer": _("Lawyer"),
    "carer": _("Carers"),
    "police": _("Police"),
    "border_guard": _("Border guards"),
    "asylum_authority": _("Asylum staff"),
    "court": _("Court"),
    "health_service": _("Doctors"),
    "school": _("School"),
    "interpreter": _("Who translates"),
    "ombudsperson": _("Who checks the others"),
}
NOT_SAID: Words = _("Somebody else")
BY: Mapping[str, Words] = {
    "child": _("I am the child"),
    "guardian": _("I am the guardian"),
    "other": _("I am somebody else"),
}
FOUND: Mapping[str, Words] = {
    "right": _("They say: you are right."),
    "partly_right": _("They say: you are right in a part of it."),
    "not_right": _("They say: nothing was done wrong. They must tell you why."),
    "not_ours": _("They say: another office answers for this. They must tell you which one."),
}

HANDED_ON: Words = _(
    "Another office that checks others has your complaint now. It has your words. You get the answer from there."
)
"""What who complained is told when a body gives the complaint to another one."""


def state(*, is_read: bool, outcome: str | None, promised: str) -> Words:
    """How far it has come, for who complained. `promised`: the day of the answer in words, if one was promised."""
    if outcome is not None and outcome in FOUND:
        return FOUND[outcome]
    if promised:
        return _("It has arrived. You get an answer by this day: %(day)s.") % {"day": promised}
    return _("A person has read this.") if is_read else _("Nobody has read this yet.")
