"""The checklist of a meeting: whose seat must not stay empty, and the points that such a meeting goes through.

Source: Barnahus Quality Standards (PROMISE, 2017), standard 5, interagency planning and case management.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encircle.vocabulary.role import Role

Words = str | Promise
SOURCE = "Barnahus Quality Standards (2017), 5.2"


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat at the table, and the roles of which any can take it."""

    words: Words
    roles: frozenset[Role]


SEATS: Mapping[str, tuple[Seat, ...]] = {
    "before_interview": (
        Seat(_("Police"), frozenset({Role.POLICE, Role.GENERAL_POLICE})),
        Seat(_("Prosecutor"), frozenset({Role.PROSECUTOR})),
        Seat(
            _("Social service"), frozenset({Role.CHILD_PROTECTION_SERVICE, Role.CASE_LEAD, Role.MUNICIPALITY})
        ),
        Seat(_("Medical service"), frozenset({Role.HEALTH_SERVICE})),
        Seat(_("Child psychiatry or therapy"), frozenset({Role.THERAPIST})),
        Seat(_("Barnahus, or who coordinates in its place"), frozenset({Role.BARNAHUS, Role.COORDINATOR})),
    )
}
"""By the purpose of the meeting."""

AGENDA: Mapping[str, tuple[Words, ...]] = {
    "before_interview": (
        _("What each agency has to share"),
        _("Interview: who asks, who is with the child, interpreter, place, questions of all agencies"),
        _("Medical examination"),
        _("Protection and safety"),
        _("Therapy and crisis support"),
        _("Who does what, and when"),
    ),
    "case_review": (
        _("What the child says"),
        _("What has changed since the last meeting"),
        _("What was agreed and is not done"),
        _("Dates of all proceedings in one calendar"),
        _("Who does what, and when"),
    ),
}
"""Points to begin with; whoever calls the meeting changes them."""
