"""Desks of a demonstration that receive reports, so that its door is open. Their passphrase is no secret."""

from collections.abc import Iterable
from typing import Final

from encircle.actions.context import Who
from encircle.actions.reports.desk import new_key
from encircle.crypto.people import CHEAP
from encircle.records import reports as rows
from encircle.records.context import with_context
from encircle.vocabulary.purpose import Purpose

PASSPHRASE: Final = "demonstration"  # nosec B105  # of synthetic desks, told to everybody


def enrol_trial_desks(desks: Iterable[Who]) -> int:
    """Enrol the agencies of these; how many were not enrolled yet. The caller makes sure that it is a demonstration."""
    added = 0
    with with_context(agency=None, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value) as context:
        for who in desks:
            public, locked = new_key(who, PASSPHRASE, cost=CHEAP, cheap_is_allowed=True)
            added += rows.add_recipient(public, locked, agency=who.agency, ctx=context)
    return added
