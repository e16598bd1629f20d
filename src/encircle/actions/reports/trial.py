"""Desks of a demonstration that receive reports, so that its door is open. Their passphrase is no secret."""

from collections.abc import Iterable
from typing import Final

from encircle.actions.context import Who
from encircle.actions.own_key import held_by_visit
from encircle.actions.people_keys import (
    give_agency_key,
    keys_of,
    set_passphrase,
    with_unlocked,
)
from encircle.records import reports as rows
from encircle.records.context import with_context
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose

PASSPHRASE: Final = "the key of a demonstration"  # nosec B105  # of synthetic desks, told to everybody
_VISIT: Final = "trial"


def enrol_trial_desks(agencies: Iterable[AgencyId]) -> int:
    """Let these receive reports; how many did not yet. The first is there at night as well, until somebody says otherwise.

    The caller makes sure that it is a demonstration.
    """
    with with_context(agency=None, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value):
        new = [agency for agency in agencies if rows.add_recipient(agency, by="loader")]
    with with_context(agency=None, actor="loader", purpose=Purpose.OPERATE.value):
        for agency in new[:1]:
            rows.set_out_of_hours(agency, is_there=True)
    return len(new)


def give_trial_keys(first: Who, others: Iterable[Who]) -> int:
    """Give the key of an agency to people of it, all under one passphrase; how many had none. In the role of the pages."""
    if keys_of(first).has_passphrase:
        return 0
    held = set_passphrase(first, PASSPHRASE, again=PASSPHRASE, session=_VISIT)
    given = 1
    for one in others:
        set_passphrase(one, PASSPHRASE, again=PASSPHRASE, session=_VISIT)
        given += 1
    with with_unlocked(held_by_visit(held, session=_VISIT, person=first.person)):
        for waiting in keys_of(first).waiting:
            give_agency_key(first, waiting.id)
    return given
