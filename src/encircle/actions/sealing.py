"""Sealing what stood before: the keys of places and confidential talks that lie here go to people, and no copy is kept."""

from typing import Final

from encircle.actions.sealed_to import sealed_to
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records.context import with_context
from encircle.records.people_keys import roots_to_seal
from encircle.records.seal import give_to_people
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.identifier import RootId

_REWRAP: Final = "rewrap"


def seal_what_stands() -> tuple[int, int]:
    """How many parts of records were sealed, and how many wait for an agency that has no key in use."""
    with with_context(agency=None, actor=_REWRAP, purpose=_REWRAP):
        standing = roots_to_seal()
    done = sum(_seal(root, compartment) for root, compartment in standing)
    return done, len(standing) - done


def _seal(root: RootId, compartment: Compartment) -> bool:
    with with_context(agency=None, actor=_REWRAP, purpose=_REWRAP) as context:
        to = sealed_to(root, compartment)
        if to is None:
            return False
        give_to_people(root, compartment, to)
        act = journal.Act(kind=EntryKind.WRITE, outcome="sealed_to_people", root=root)
        journal.enter(act, ctx=context)
    return True
