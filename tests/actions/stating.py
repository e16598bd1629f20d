"""A fact put on record with what follows from it, as it is: for tests of what follows, where no form is filled in."""

from encircle.actions.context import Who, at_work
from encircle.actions.projection import project
from encircle.records import facts
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.records.world import Actor


def who(actor: Actor) -> Who:
    """The same person as actions know it."""
    return Who(actor.id, actor.agency, Role.CHILD_PROTECTION_SERVICE)


def state(fact: Fact, *, who: Who, follows: FactId | None) -> Fact:
    """The fact as recorded. `follows`: the last fact of the same matter that the writer had read."""
    with at_work(who, Purpose.RECORD) as context:
        recorded = facts.append(fact, follows=follows, ctx=context)
        project(fact.root, ctx=context, now=max(context.now, recorded.recorded))
    return recorded
