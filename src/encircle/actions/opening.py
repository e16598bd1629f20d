"""Opening: a new record with its first member, in the transaction of the act that opens it. The same form opens one."""

from collections.abc import Iterator
from contextlib import contextmanager

from encircle.actions.context import Who, at_work
from encircle.actions.form_token import id_of_form
from encircle.actions.permit import NotAllowed, Permit, mandates
from encircle.core.access import Denied, Doing, decide
from encircle.records.relations import standing_to
from encircle.records.roots import open_root
from encircle.records.seen import root_of
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation


@contextmanager
def opening(
    who: Who, kind: Kind, *, token: str, purpose: Purpose, doing: Doing = Doing.ADD
) -> Iterator[Permit]:
    """One transaction with the record that this form opens; the one it has opened, if it is sent again.

    Refuses: NotAllowed, where the mandate of the role does not say so; a token that no form of ours carries.
    """
    with at_work(who, purpose) as context:
        root_id = RootId(id_of_form(token, f"{who.agency}/{kind}"))
        root = root_of(root_id)
        if root is None:
            may_open(who, purpose=purpose, doing=doing)
            open_root(kind, ctx=context, root_id=root_id)
            root = root_of(root_id)
        assert root is not None, "Who opens a record is its first member."
        relations = standing_to((root.id,), ctx=context)[root.id].relations
        answer = decide(doing, role=who.role, purpose=purpose, relations=relations, mandates=mandates())
        if isinstance(answer, Denied):
            raise NotAllowed(answer, root.number)
        yield Permit(who, purpose, root, answer.narrowed(who.held_to), context)


def may_open(who: Who, *, purpose: Purpose, doing: Doing = Doing.ADD) -> None:
    """Asked before a form to open a record is shown. Refuses: NotAllowed, what the mandate of the role does not say."""
    answer = decide(doing, role=who.role, purpose=purpose, relations={Relation.OPENER}, mandates=mandates())
    if isinstance(answer, Denied):
        raise NotAllowed(answer, "")


def can_open(who: Who, *, purpose: Purpose, doing: Doing = Doing.ADD) -> bool:
    """Whether the mandate of the role says so, for pages that lead to such a form."""
    answer = decide(doing, role=who.role, purpose=purpose, relations={Relation.OPENER}, mandates=mandates())
    return not isinstance(answer, Denied)
