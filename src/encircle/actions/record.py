"""Look at records: the list of those that an agency takes part in, and one of them as of a day that is chosen.

Every look leaves a journal entry in its own transaction. Nothing here is written about a child.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from encircle.actions.asked import Asked, Question, question
from encircle.actions.childs_words import WrittenByChild, written_on
from encircle.actions.context import Who, at_work
from encircle.actions.emergency import InEmergency, in_emergency
from encircle.actions.law_day import ByLaw, Read, compared, law_to_read
from encircle.actions.naming import called, name_in
from encircle.actions.permit import (
    NotAllowed,
    NotSeen,
    Permit,
    look_at_many,
    mandates,
    opened_of_each,
    opens,
    opens_status,
    pages_open,
    permitted,
)
from encircle.actions.replay.answer import ChildAnswer, answer
from encircle.actions.whose_law import law_for, law_for_then, laws_to_choose
from encircle.core.access import Allowed, Denied, Shown, groups_of, needed_for_status, shown
from encircle.core.child import AsOf, Fold
from encircle.core.child.derived import PROTECTION
from encircle.core.duty import DutyState
from encircle.core.journal.entry import EntryKind
from encircle.core.prohibition import AlarmState
from encircle.core.two_laws import LawOf
from encircle.law.law import Law
from encircle.law.mandate import LedgerSeen
from encircle.records import facts as rows
from encircle.records import journal
from encircle.records.models import Agency
from encircle.records.reading import ErasedFact
from encircle.records.relations import kept_from
from encircle.records.waiting import WaitingRoot, Which, has_few, own_duties_of, regions_of, roots_waiting
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.shape import shape
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, is_random_id
from encircle.vocabulary.purpose import Purpose

ON_A_PAGE = 20

ALL_OPEN = Allowed(frozenset(FieldGroup), "", ledger=LedgerSeen.ALL)
"""Nothing is closed."""


@dataclass(frozen=True, slots=True)
class RecordCard:
    """One record in a list: what it is called, where it stands, and how much is waiting, as last computed.

    `name`: nothing where none is on record, or (`is_named` false) it is not open. `protection`: the status that persons
    have set; None where it is not known, or (`status_is_open` false) not open. `counts`: duties by state. `is_open`: whether
    who looks may open its page. `restricted`: the use of the record is restricted now.
    """

    number: str
    kind: Kind
    name: str
    is_named: bool
    protection: str | None
    status_is_open: bool
    counts: Mapping[str, int]
    raised: int
    is_open: bool = True
    restricted: bool = False

    def count(self, state: DutyState) -> int:
        """How many duties are in that state."""
        return self.counts.get(state.value, 0)


@dataclass(frozen=True, slots=True)
class Sifted:
    """Which records are asked for, and in which order. A status or alarms that the mandate closes are not asked for."""

    protection: str = ""
    alarms: bool = False
    region: str = ""
    newest: bool = False


UNSIFTED = Sifted()


@dataclass(frozen=True, slots=True)
class RecordList:
    """One page of records, and whether another one follows. `sifted`: by what it was sifted; `regions`: of the country.

    `statuses`, `by_alarms`: what the mandate lets one sift by. `by_urgency`: whether the most urgent can come first.
    """

    cards: tuple[RecordCard, ...]
    page: int
    more: bool
    at: datetime
    sifted: Sifted = UNSIFTED
    regions: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    by_alarms: bool = False
    by_urgency: bool = True


@dataclass(frozen=True, slots=True)
class AgencyName:
    """An agency as people call it. `country`: ISO 3166-1 alpha-2; XX where it is not told."""

    id: AgencyId
    name: str
    role: str
    country: str


@dataclass(frozen=True, slots=True)
class Look:
    """One record as of an instant: what is open of its facts and of what follows, and the question as it was understood.

    `problems`: what of the question could not be read, by field; the rest was answered. `allowed`: what is open.
    `partly`: code and subject of the duties and alarms that rest on more than is open. `figures`: how many duties there
    are in each state, of those that count them; `alarms_raised`: the same of alarms. `own`: the agency of who looks.
    `words`: what the child wrote and nobody has answered. `emergency`: whether it was opened in one. `by_law`: of which day
    `law` is, and what differs.
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
    by_law: ByLaw
    allowed: Allowed = ALL_OPEN
    partly: frozenset[tuple[str, str]] = frozenset()
    figures: Mapping[DutyState, int] = field(default_factory=dict)
    alarms_raised: int = 0
    own: AgencyId | None = None
    words: tuple[WrittenByChild, ...] = ()
    emergency: InEmergency = field(default_factory=InEmergency)
    held_back: bool = False
    """What stands on a linked record is not used here: its use is restricted."""

    @property
    def is_named(self) -> bool:
        """Whether who looks may know whose record it is."""
        return FieldGroup.MINIMUM in self.allowed.groups


def records_of(who: Who, *, purpose: Purpose, page: int = 1, sifted: Sifted = UNSIFTED) -> RecordList:
    """The records in which the agency takes part: those with something late first, then by what is due soonest.

    Sifted by what is closed on a record, it is left out. To who is shown own duties alone, these say what is urgent.
    """
    mandate = mandates().get(who.role)
    sees = frozenset[FieldGroup]() if mandate is None else mandate.sees
    statuses = tuple(status for status in PROTECTION if needed_for_status(status) <= sees)
    by_alarms = mandate is not None and mandate.ledger is not LedgerSeen.OWN
    with at_work(who, purpose) as context:
        by_urgency = by_alarms or has_few(who.agency)
        regions = regions_of(who.agency)
        sifted = Sifted(
            sifted.protection if sifted.protection in statuses else "",
            sifted.alarms and by_alarms,
            sifted.region if sifted.region in regions else "",
            sifted.newest or not by_urgency,
        )
        by = None if by_alarms else who.role
        asked = Which(sifted.protection or None, sifted.alarms, sifted.region or None, sifted.newest, by)
        which = replace(asked, without=kept_from(who.agency))
        found = roots_waiting(who.agency, skip=(page - 1) * ON_A_PAGE, at_most=ON_A_PAGE + 1, which=which)
        listed = found[:ON_A_PAGE]
        opened = opened_of_each(who, [waiting.root.id for waiting in listed], context=context)
        listed = tuple(one for one in listed if _is_listed(sifted, opened[one.root.id]))
        named = [root for root in (one.root.id for one in listed) if opens(opened[root], FieldGroup.MINIMUM)]
        names = called(named, now=context.now)
        own = own_duties_of(list(opened), who.agency, who.role)
        pages = pages_open(who, list(opened), context=context)
        cards = tuple(
            replace(
                _card(one, opened[one.root.id], names.get(one.root.id), own[one.root.id]),
                is_open=one.root.id in pages,
            )
            for one in listed
        )
        act = look_at_many(who, "listed", {FieldGroup.MINIMUM} if named else ())
        journal.enter(act, ctx=context, body=_body({"numbers": [card.number for card in cards]}))
    more = len(found) > ON_A_PAGE
    return RecordList(cards, page, more, context.now, sifted, regions, statuses, by_alarms, by_urgency)


@dataclass(frozen=True, slots=True)
class Sight:
    """One record in the open transaction, read once, to be seen as of any time by who looks."""

    permit: Permit
    whole: rows.Reading
    law: Law
    opened: rows.Reading
    agencies: Mapping[AgencyId, AgencyName]

    def look(
        self, asked: Asked, understood: Question, *, compare: bool = False
    ) -> tuple[Look, tuple[FieldGroup, ...]]:
        """What is open of it as of then, and the field groups that this shows."""
        permit, read = self.permit, law_to_read(self.law, understood)
        told, what = self._seen(read.law, understood)
        by, groups = read.by, what.groups
        if by.law_of is LawOf.THEN and compare:
            today = law_for_then(self.law, understood.as_of.at)
            _told, other = self._seen(today, understood)
            by = compared(what, other, read=read, law_today=today, law_now=self.law)
            groups = (*groups, *other.groups)
        seen = _look(permit, what, self.opened.erased, read, asked, understood.as_of, told, self.agencies)
        return replace(seen, by_law=by), _groups(groups, permit.allowed)

    def _seen(self, law: Law, understood: Question) -> tuple[ChildAnswer, Shown]:
        """What follows by that law, and what of it is open."""
        permit = self.permit
        told = answer(self.whole.facts, law=law, as_of=understood.as_of, child=permit.root.id)
        what = shown(
            self.whole.facts,
            told.folded.earliest,
            told.duties,
            told.alarms,
            law=law,
            allowed=permit.allowed,
            agency=permit.who.agency,
        )
        return told, what


def sight(permit: Permit, *, law: str = "") -> Sight:
    """That record, by the law of its country or the one asked for."""
    whole = permit.whole()
    opened = rows_open(whole, permit.allowed)
    return Sight(permit, whole, law_for(permit.root.country, asked=law), opened, _agencies(opened.facts))


def look(who: Who, number: str, *, purpose: Purpose, asked: Asked) -> Look:
    """One record. Refuses: NotSeen, alike for a record that is not there and one of others."""
    with permitted(who, number, purpose=purpose) as permit:
        root, context = permit.root, permit.context
        on = sight(permit, law=asked.law)
        understood = question(asked, now=context.now, zone=on.law.zone, agencies=on.agencies)
        seen, groups = on.look(asked, understood, compare=True)
        enter_page(permit, "shown", groups)
        words = written_on(root, permit.allowed, agency=who.agency, until=understood.as_of.at)
        emergency = in_emergency(permit)
        held_back = on.whole.held_back
    return replace(seen, words=words, emergency=emergency, held_back=held_back)


def enter_page(permit: Permit, page: str, groups: tuple[FieldGroup, ...]) -> None:
    """Write down that this page of the record was shown, with those field groups. `page`: a code."""
    act = journal.Act(
        kind=EntryKind.LOOK,
        outcome=page,
        root=permit.root.id,
        role=permit.who.role.value,
        legal_basis=permit.allowed.basis,
        regime=permit.allowed.regime,
        field_groups=groups,
    )
    journal.enter(act, ctx=permit.context)


def refuse(who: Who, refused: NotSeen | NotAllowed, *, purpose: Purpose) -> None:
    """Write down, in a transaction of its own, that a look was refused, before the answer is given."""
    with at_work(who, purpose) as context:
        act = journal.Act(kind=EntryKind.REFUSAL, outcome=refused.code, role=who.role.value)
        journal.enter(act, ctx=context, body=_body({"number": refused.number}))


def _is_listed(sifted: Sifted, opened: Allowed | Denied) -> bool:
    """Whether a record in which the agency takes part is there for this person of it, sifted so.

    Where what the list was sifted by is closed on this record, that it is listed would tell it.
    """
    if isinstance(opened, Denied):
        return not opened.hidden and not sifted.protection and not sifted.alarms
    if sifted.protection and not opens_status(opened, sifted.protection):
        return False
    return not sifted.alarms or opened.ledger is not LedgerSeen.OWN


def _card(
    waiting: WaitingRoot, opened: Allowed | Denied, named: Fold | None, own: Mapping[str, int]
) -> RecordCard:
    """What of the row is open: the name with group M, the status with F (and I), own duties or, as the mandate says, all."""
    status = opens_status(opened, waiting.protection)
    counts = isinstance(opened, Allowed) and opened.ledger is not LedgerSeen.OWN
    return RecordCard(
        number=waiting.root.number,
        kind=waiting.root.kind,
        name="" if named is None else name_in(named),
        is_named=named is not None,
        protection=waiting.protection if status else None,
        status_is_open=status,
        counts=waiting.duties if counts else own,
        raised=waiting.alarms.get(AlarmState.RAISED.value, 0) if counts else 0,
        restricted=isinstance(opened, Allowed) and opened.restricted,
    )


def _look(
    permit: Permit,
    what: Shown,
    erased: tuple[ErasedFact, ...],
    read: Read,
    asked: Asked,
    as_of: AsOf,
    told: ChildAnswer,
    agencies: Mapping[AgencyId, AgencyName],
) -> Look:
    counts = permit.allowed.ledger is not LedgerSeen.OWN
    return Look(
        number=permit.root.number,
        kind=permit.root.kind,
        law=read.law,
        laws=laws_to_choose(),
        now=permit.context.now,
        as_of=as_of,
        asked=asked,
        problems=read.problems,
        facts=what.facts,
        erased=erased,
        answer=replace(told, folded=Fold(what.situation, None), duties=what.duties, alarms=what.alarms),
        agencies=agencies,
        by_law=read.by,
        allowed=permit.allowed,
        partly=what.partly,
        figures=Counter(row.state for row in told.duties) if counts else {},
        alarms_raised=sum(alarm.state is AlarmState.RAISED for alarm in told.alarms) if counts else 0,
        own=permit.who.agency,
    )


def rows_open(whole: rows.Reading, allowed: Allowed) -> rows.Reading:
    """What of the whole record is open."""
    if allowed.groups == ALL_OPEN.groups:
        return whole
    group_of = groups_of(whole.facts)
    return rows.Reading(
        tuple(fact for fact in whole.facts if group_of[fact.id] in allowed.groups),
        tuple(fact for fact in whole.erased if fact.group in allowed.groups),
    )


def _groups(shown_of: Iterable[FieldGroup], allowed: Allowed) -> tuple[FieldGroup, ...]:
    """The field groups really shown; the minimum set heads each page where it is open."""
    minimum = {FieldGroup.MINIMUM} & allowed.groups
    return tuple(group for group in FieldGroup if group in {*shown_of, *minimum})


def _agencies(facts: Iterable[Fact]) -> Mapping[AgencyId, AgencyName]:
    """The agencies that said or learnt something on this record, or are named in what was said."""
    ids = {
        agency
        for fact in facts
        for agency in (fact.agency, *(learnt.agency for learnt in fact.learnt), *_named(fact))
    }
    found = (
        Agency.objects.filter(pk__in=[one for one in ids if is_random_id(one)])
        .order_by("name", "pk")
        .values_list("pk", "name", "role", "country")
    )
    return {
        AgencyId(str(pk)): AgencyName(AgencyId(str(pk)), name, role, country)
        for pk, name, role, country in found
    }


def _named(fact: Fact) -> Iterator[AgencyId]:
    """The agencies that the payload of a fact names."""
    for one in shape(FACT_TYPES[fact.type]):
        value = getattr(fact.payload, one.name) if one.value == "agency" else None
        if isinstance(value, str):
            yield AgencyId(value)


def _body(words: Mapping[str, object]) -> bytes:
    return json.dumps(words, ensure_ascii=False, sort_keys=True).encode()
