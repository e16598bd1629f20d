"""Look at records: the list of those that an agency takes part in, and one of them as of a day that is chosen.

Every look leaves a journal entry in its own transaction. Nothing here is written about a child.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from encircle.actions.asked import Asked, Question, question
from encircle.actions.context import Who, at_work
from encircle.actions.naming import called, name_in
from encircle.actions.permit import NotSeen, permitted
from encircle.actions.replay.answer import UNNAMED, ChildAnswer, answer
from encircle.actions.whose_law import law_for, laws_to_choose
from encircle.core.child import AsOf, Fold
from encircle.core.duty import DutyState
from encircle.core.journal.entry import EntryKind
from encircle.core.prohibition import AlarmState
from encircle.law.law import Law
from encircle.records import facts as rows
from encircle.records import journal
from encircle.records.context import Context
from encircle.records.models import Agency
from encircle.records.reading import ErasedFact
from encircle.records.seen import SeenRoot
from encircle.records.waiting import WaitingRoot, roots_waiting
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.unknown import Unknown

ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class RecordCard:
    """One record in a list: what it is called, where it stands, and how much is waiting, as last computed.

    `protection`: the status that persons have set; None where it is not known. `counts`: duties by state.
    """

    number: str
    kind: Kind
    name: str
    protection: str | None
    counts: Mapping[str, int]
    raised: int
    named: Fold = field(repr=False, compare=False)

    def count(self, state: DutyState) -> int:
        """How many duties are in that state."""
        return self.counts.get(state.value, 0)

    @property
    def answer(self) -> ChildAnswer:
        """Name and protection as a situation, for pages that read them from one; it holds nothing else."""
        unknown = Unknown("the protection status is not known", ("status_set",))
        self.named.earliest.child["protection"] = self.protection or unknown
        return ChildAnswer(UNNAMED, self.name, self.named, (), ())


@dataclass(frozen=True, slots=True)
class RecordList:
    """One page of records, and whether another one follows."""

    cards: tuple[RecordCard, ...]
    page: int
    more: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class AgencyName:
    """An agency as people call it. `country`: ISO 3166-1 alpha-2; XX where it is not told."""

    id: AgencyId
    name: str
    role: str
    country: str


@dataclass(frozen=True, slots=True)
class Look:
    """One record as of an instant: its facts, what follows from them, and the question as it was understood.

    `problems`: what of the question could not be read, by field; the rest was answered.
    """

    number: str
    kind: Kind
    law: Law
    laws: tuple[str, ...]
    now: datetime
    as_of: AsOf
    asked: Asked
    problems: Mapping[str, str]
    facts: tuple[Fact, ...]
    erased: tuple[ErasedFact, ...]
    answer: ChildAnswer
    agencies: Mapping[AgencyId, AgencyName]


def records_of(who: Who, *, purpose: Purpose, page: int = 1) -> RecordList:
    """The records in which the agency takes part: those with something late first, then by what is due soonest."""
    with at_work(who, purpose) as context:
        found = roots_waiting(who.agency, skip=(page - 1) * ON_A_PAGE, at_most=ON_A_PAGE + 1)
        shown = found[:ON_A_PAGE]
        names = called([waiting.root.id for waiting in shown], now=context.now)
        cards = tuple(_card(waiting, names[waiting.root.id]) for waiting in shown)
        act = journal.Act(
            kind=EntryKind.LOOK,
            outcome="listed",
            role=who.role.value,
            field_groups=(FieldGroup.MINIMUM,),
        )
        journal.enter(act, ctx=context, body=_body({"numbers": [card.number for card in cards]}))
    return RecordList(cards, page, len(found) > ON_A_PAGE, context.now)


def look(who: Who, number: str, *, purpose: Purpose, asked: Asked) -> Look:
    """One record. Refuses: NotSeen, alike for a record that is not there and one of others."""
    with permitted(who, number, purpose=purpose) as permit:
        root, context = permit.root, permit.context
        reading = permit.read()
        act = journal.Act(
            kind=EntryKind.LOOK,
            outcome="shown",
            root=root.id,
            role=who.role.value,
            field_groups=_groups(reading.facts),
        )
        journal.enter(act, ctx=context)
        agencies = _agencies(reading.facts)
    law = law_for(root.country, asked=asked.law)
    understood = question(asked, now=context.now, zone=law.zone, agencies=agencies)
    return _look(root, reading, law, context, asked, understood, agencies)


def refuse(who: Who, refused: NotSeen, *, purpose: Purpose) -> None:
    """Write down, in a transaction of its own, that a look was refused, before the answer is given."""
    with at_work(who, purpose) as context:
        act = journal.Act(kind=EntryKind.REFUSAL, outcome=refused.code, role=who.role.value)
        journal.enter(act, ctx=context, body=_body({"number": refused.number}))


def _card(waiting: WaitingRoot, named: Fold) -> RecordCard:
    return RecordCard(
        number=waiting.root.number,
        kind=waiting.root.kind,
        name=name_in(named),
        protection=waiting.protection,
        counts=waiting.duties,
        raised=waiting.alarms.get(AlarmState.RAISED.value, 0),
        named=named,
    )


def _look(
    root: SeenRoot,
    reading: rows.Reading,
    law: Law,
    context: Context,
    asked: Asked,
    understood: Question,
    agencies: Mapping[AgencyId, AgencyName],
) -> Look:
    return Look(
        number=root.number,
        kind=root.kind,
        law=law,
        laws=laws_to_choose(),
        now=context.now,
        as_of=understood.as_of,
        asked=asked,
        problems=understood.problems,
        facts=reading.facts,
        erased=reading.erased,
        answer=answer(reading.facts, law=law, as_of=understood.as_of, child=root.id),
        agencies=agencies,
    )


def _groups(facts: Iterable[Fact]) -> tuple[FieldGroup, ...]:
    groups = {FACT_TYPES[fact.type].group for fact in facts} | {FieldGroup.MINIMUM}
    return tuple(group for group in FieldGroup if group in groups)


def _agencies(facts: Iterable[Fact]) -> Mapping[AgencyId, AgencyName]:
    """The agencies that said or learnt something on this record."""
    ids = {agency for fact in facts for agency in (fact.agency, *(learnt.agency for learnt in fact.learnt))}
    found = (
        Agency.objects.filter(pk__in=ids).order_by("name", "pk").values_list("pk", "name", "role", "country")
    )
    return {
        AgencyId(str(pk)): AgencyName(AgencyId(str(pk)), name, role, country)
        for pk, name, role, country in found
    }


def _body(words: Mapping[str, object]) -> bytes:
    return json.dumps(words, ensure_ascii=False, sort_keys=True).encode()
