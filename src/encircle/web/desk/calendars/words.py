"""Words for what stands in calendars: sorts of entries, and lanes by proceeding. Decides nothing."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encircle.core.calendar import OTHER
from encircle.web.page import wording

Words = str | Promise

DEADLINES, ANOTHER = "deadlines", "another"
"""Lanes of our own: deadlines of duties; a proceeding whose kind is not on record or not open to who looks."""
WHAT: Mapping[str, Words] = {
    "hearing": _("Hearing"),
    "interview": _("Interview"),
    "examination": _("Examination"),
    "meeting": _("Meeting of the agencies"),
    "action_due": _("Agreed action due"),
    "answer_due": _("Answer due"),
    "reflection_ends": _("Time to reflect ends"),
    "decision_due": _("Decision due"),
    "remedy_ends": _("Last day for an appeal"),
    "review_due": _("Review due"),
    "order_ends": _("Order ends"),
    "permit_ends": _("Permit ends"),
    "transfer": _("Transfer to another country"),
    "limitation": _("Limitation date"),
    "turns_18": _("Turns 18"),
    "duty_due": _("Duty due"),
}
LANES: Mapping[str, Words] = {
    "criminal_victim": _("Criminal case, child as victim"),
    "criminal_suspect": _("Criminal case, child as suspect"),
    "child_protection": _("Child protection"),
    "guardianship": _("Guardianship"),
    "family": _("Family"),
    "asylum": _("Asylum"),
    "responsibility_transfer": _("Which State is responsible for asylum"),
    "residence": _("Residence"),
    "return": _("Return"),
    "compensation": _("Compensation"),
    "missing": _("Missing child"),
    ANOTHER: _("A proceeding whose kind is not known to you"),
    OTHER: _("Care, cooperation and other dates"),
    DEADLINES: _("Deadlines of duties"),
}
"""In the order in which they are drawn; kinds that are not here come before the last three."""


def what(code: str) -> Words:
    """A sort of entry."""
    return WHAT.get(code, wording.titled(code))


def lane(code: str) -> Words:
    """A proceeding by its kind."""
    return LANES.get(code, wording.titled(code))


def place_of(code: str) -> int:
    """Where that lane stands among the others."""
    order = [*LANES]
    return order.index(code) if code in LANES else len(order) - 4
