"""Own records: what an agency owes as an agency, and the country as a country; seen, recorded and taken back.

Each has a record like that of a child, with facts, ledger and journal, in which nothing of a child stands. It is opened by
the first look of somebody who may. That of the country is kept by the agency of its coordinator.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid5

from encircle.actions.act import Performed, Statement, perform_in
from encircle.actions.asked import Asked
from encircle.actions.context import Who, at_work
from encircle.actions.law_day import todays
from encircle.actions.permit import NotAllowed, NotSeen, Permit, mandates
from encircle.actions.projection import project
from encircle.actions.record import AgencyName, Look, enter_page
from encircle.actions.replay.answer import answer
from encircle.actions.whose_law import law_for
from encircle.core.access import PURPOSE_OF, Denied, decide_own
from encircle.core.child import AsOf
from encircle.records.models import Agency
from encircle.records.roots import open_own
from encircle.records.seen import root_of
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, FactId, RootId

_SPACE = UUID("c1ad1f04-6a56-4a51-8f2c-8a2a6a7a4e55")


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """An own record as it is shown: the look at it, and whose it is, as people call it."""

    whose: Kind
    name: str
    look: Look


def types_of(whose: Kind) -> tuple[str, ...]:
    """The types of facts that can be stated on such a record."""
    return tuple(name for name, of in FACT_TYPES.items() if of.about is whose)


def own_record(who: Who, whose: Kind) -> OwnRecord:
    """The record of one's own agency, or that of the country, now. Refuses: NotAllowed; NotSeen, for the country's."""
    with _permitted(who, whose) as permit:
        seen = _look(permit, whose)
        enter_page(permit, "own_duties", (FieldGroup.MINIMUM,))
        name = "" if whose is Kind.INSTALLATION else seen.agencies[who.agency].name
    return OwnRecord(whose, name, seen)


def state(who: Who, whose: Kind, statement: Statement, *, token: str) -> Performed:
    """Record what the agency or the country did. Refuses as `own_record` and as `perform`."""
    with _permitted(who, whose) as permit:
        return perform_in(permit, [statement], token=token)


def take_back(who: Who, whose: Kind, fact: FactId, *, reasons: str, token: str) -> Performed:
    """Take an entry back: it stays to be read and counts no more. Refuses as `state`."""
    withdrawal = Statement(type="withdrawal", values={"withdrawal_reasons": reasons}, withdraws=fact)
    return state(who, whose, withdrawal, token=token)


@contextmanager
def _permitted(who: Who, whose: Kind) -> Iterator[Permit]:
    """One transaction with that record, which is opened where it is not there yet."""
    purpose = PURPOSE_OF[whose]
    with at_work(who, purpose) as context:
        allowed = decide_own(whose, role=who.role, mandates=mandates())
        if isinstance(allowed, Denied):
            raise NotSeen("") if allowed.hidden else NotAllowed(allowed, "")
        root = RootId(str(uuid5(_SPACE, f"{whose.value}/{who.agency}")))
        opened = root_of(root) is None and open_own(whose, root, ctx=context)
        seen = root_of(root)
        if seen is None:
            raise NotSeen("")
        if opened:
            project(root, ctx=context, now=context.now)
        yield Permit(who, purpose, seen, allowed.narrowed(who.held_to), context)


def _look(permit: Permit, whose: Kind) -> Look:
    law, now = law_for(permit.root.country), permit.context.now
    whole = permit.whole()
    as_of = AsOf(now)
    return Look(
        number=permit.root.number,
        kind=permit.root.kind,
        law=law,
        laws=(),
        now=now,
        as_of=as_of,
        asked=Asked(),
        problems={},
        facts=whole.facts,
        erased=whole.erased,
        answer=answer(whole.facts, law=law, as_of=as_of, child=permit.root.id, whose=whose),
        agencies=_agencies(permit.who.agency, whole.facts),
        by_law=todays(law, now),
        allowed=permit.allowed,
        partly=frozenset(),
        figures={},
        alarms_raised=0,
        own=permit.who.agency,
    )


def _agencies(own: AgencyId, facts: tuple[Fact, ...]) -> dict[AgencyId, AgencyName]:
    ids = {own, *(fact.agency for fact in facts)}
    found = Agency.objects.filter(pk__in=ids).values_list("pk", "name", "role", "country")
    return {AgencyId(str(pk)): AgencyName(AgencyId(str(pk)), name, role, at) for pk, name, role, at in found}
