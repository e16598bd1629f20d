"""Erasure: keys are destroyed, and what was made of the facts they sealed goes with them."""

from collections.abc import Collection

from django.db import connection

from encircle.records.projection import compute_soon
from encircle.records.seal import destroy_key
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.identifier import RootId

_OF_FACTS = ("name_key", "open_field")
_OF_THE_ROOT = (
    *("notice", "referral_offer", "caseload_answer", "caseload_child"),
    *("duty_row", "alarm_row", "calendar_row", "situation_row"),
)


def erase(root: RootId, compartments: Collection[Compartment] = tuple(Compartment), *, because: str) -> int:
    """Erase these compartments of this root; how many keys were destroyed. `because` is a code ("retention").

    Name keys and open fields of their facts are deleted; if all is erased, so are notices and the rows of duties, alarms
    and the situation, which are otherwise computed anew by the next sweep. The journal stays whole. Wrapped keys stay in
    backups until those expire.
    """
    destroyed = sum(destroy_key(root, compartment, because=because) for compartment in compartments)
    erased = [compartment.value for compartment in compartments]
    with connection.cursor() as cursor:
        for table in _OF_FACTS:
            cursor.execute(
                f"DELETE FROM {table} USING fact WHERE fact.id = {table}.fact_id"  # nosec B608  # two table names
                f" AND {table}.root_id = %s AND fact.compartment = ANY(%s)",
                (root, erased),
            )
        if set(compartments) == set(Compartment):
            for table in _OF_THE_ROOT:
                cursor.execute(f"DELETE FROM {table} WHERE root_id = %s", (root,))  # nosec B608  # eight table names
        else:
            compute_soon(root)
    return destroyed
