"""What a child wrote and nobody has answered, and decisions that nobody wrote down for it: for those who lead the case."""

from dataclasses import dataclass
from datetime import datetime

from encircle.actions.whose_law import law_for
from encircle.core.access import Allowed, Denied
from encircle.law.law import Law
from encircle.law.mandate import LedgerSeen
from encircle.records.childs_words import ChildsWord, decisions_unexplained, words_waiting
from encircle.records.seen import SeenRoot
from encircle.records.waiting import Among
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, SubjectId

MOST_OF_ONE = 20


@dataclass(frozen=True, slots=True)
class WrittenByChild:
    """A view or a complaint (`type`) that waits for an answer, or a decision without words for the child.

    `name`: what the child is called, if that is open. `adds`: the parts of the record into which one may write.
    """

    number: str
    kind: Kind
    name: str
    law: Law
    type: str
    subject: SubjectId
    at: datetime
    adds: frozenset[FieldGroup]


def is_told(opened: Allowed | Denied) -> bool:
    """Whether it is told that the child wrote: to who leads or answers for the case, where the child's views are open."""
    return (
        isinstance(opened, Allowed) and opened.ledger is LedgerSeen.ALL and FieldGroup.VIEWS in opened.groups
    )


def written(word: ChildsWord, opened: Allowed | Denied, name: str = "") -> WrittenByChild:
    """What of it is told."""
    root, adds = word.root, opened.adds if isinstance(opened, Allowed) else frozenset()
    law = law_for(root.country)
    return WrittenByChild(root.number, root.kind, name, law, word.type, word.subject, word.at, adds)


def waiting_for(agency: AgencyId, *, at_most: int, among: Among) -> tuple[ChildsWord, ...]:
    """What children wrote first, then decisions without words for the child."""
    wrote = words_waiting(agency, at_most=at_most, among=among)
    return (*wrote, *decisions_unexplained(agency, at_most=at_most, among=among))


def written_on(
    root: SeenRoot, opened: Allowed, *, agency: AgencyId, until: datetime
) -> tuple[WrittenByChild, ...]:
    """What the child of that record had written until then, as far as it waits now."""
    if not is_told(opened):
        return ()
    found = waiting_for(agency, at_most=MOST_OF_ONE, among=Among(root=root.id))
    return tuple(written(word, opened) for word in found if word.at <= until)
