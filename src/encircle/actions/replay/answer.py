"""The answer to a replay: situation, duties and alarms of each child of a case, as of an instant and a knowledge."""

from collections.abc import Iterable
from dataclasses import dataclass

from encircle.actions.replay.case import ReplayCase
from encircle.core.child import AsOf, Fold, fold
from encircle.core.duty import DutyRow, ledger
from encircle.core.prohibition import Alarm, alarms
from encircle.law.law import Law
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import RootId

UNNAMED = RootId("")


@dataclass(frozen=True, slots=True)
class ChildAnswer:
    """What is known of one child and what follows from it."""

    child: RootId
    label: str
    folded: Fold
    duties: tuple[DutyRow, ...]
    alarms: tuple[Alarm, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer, with the question and the law it was asked of."""

    case: ReplayCase
    as_of: AsOf
    law: Law
    children: tuple[ChildAnswer, ...]


def answer(
    facts: Iterable[Fact],
    *,
    law: Law,
    as_of: AsOf,
    child: RootId = UNNAMED,
    label: str = "",
    whose: Kind = Kind.CHILD,
) -> ChildAnswer:
    """Situation, duties and alarms of one child; of an agency or the installation (`whose`) its duties, and no alarms."""
    folded = fold(facts, as_of, zone=law.zone, whose=whose)
    return ChildAnswer(
        child=child,
        label=label,
        folded=folded,
        duties=ledger(folded, law.duties, calendar=law.calendar),
        alarms=alarms(folded, law.prohibitions) if whose is Kind.CHILD else (),
    )


def replay(case: ReplayCase, *, law: Law, as_of: AsOf) -> Answer:
    """The answer for every child of the case."""
    children = tuple(
        answer(case.facts_of(child, as_of=as_of), law=law, as_of=as_of, child=child, label=label)
        for child, label in case.children.items()
    )
    return Answer(case, as_of, law, children)
