"""The permit: asked first by everything that looks at a record or writes to it, in the transaction of the act."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from encircle.actions.context import Who, at_work
from encircle.core.access import Allowed, Doing
from encircle.records import facts as rows
from encircle.records.context import Context
from encircle.records.seen import SeenRoot, root_numbered
from encircle.vocabulary.field_group import MEANING, FieldGroup
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused


class NotSeen(Refused):
    """There is no such record, or none that one may see: which of the two is not told."""

    def __init__(self, number: str) -> None:
        super().__init__(
            code="not_seen",
            reason="There is no record of that number that you can open.",
            instead="Look at the number again, or go back to the list of records.",
        )
        self.number = number


@dataclass(frozen=True, slots=True)
class Permit:
    """Somebody may do this to this record, in the open transaction. `allowed`: the parts that it opens."""

    who: Who
    purpose: Purpose
    root: SeenRoot
    allowed: Allowed
    context: Context

    def read(self) -> rows.Reading:
        """The facts of the parts that are open to this person, and what is erased."""
        return rows.read(self.root.id)

    def ask_to_add(self, groups: Collection[FieldGroup]) -> None:
        """Asked before anything is written into these parts. Refuses: a part that is not open to add to."""
        closed = [
            MEANING[group] for group in FieldGroup if group in groups and group not in self.allowed.groups
        ]
        if closed:
            raise Refused(
                code="not_allowed",
                reason=f"You cannot write into this part of the record: {'; '.join(closed)}.",
                source=self.allowed.source,
                instead="Tell the case lead, who can write it down or say who may.",
            )


@contextmanager
def permitted(who: Who, number: str, *, purpose: Purpose, doing: Doing = Doing.LOOK) -> Iterator[Permit]:
    """One transaction with the record of that number.

    Refuses: NotSeen, alike for a record that is not there and one of others; the edge journals it.
    """
    with at_work(who, purpose) as context:
        root = root_numbered(number)
        if root is None:
            raise NotSeen(number)
        allowed = Allowed(frozenset(FieldGroup), "membership of the agency")
        yield Permit(who, purpose, root, allowed, context)
