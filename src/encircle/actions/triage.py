"""Triage: the board of concerns, and what people do there: ask, answer, decide, look at it as a second person."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Case, When

from encircle.actions.act import Performed, Statement, perform_in
from encircle.actions.context import Who, at_work
from encircle.actions.heading import Heading, heading
from encircle.actions.permit import NotAllowed, Permit, look_at_many, mandates, opened_of_each, permitted
from encircle.actions.record import AgencyName
from encircle.actions.reports.desk import due_of, sits_at_desk
from encircle.actions.reports.receiving import nobody_at_night, receivers
from encircle.actions.same_child import KnownChild, known_child
from encircle.actions.whose_law import law_for
from encircle.core.access import Allowed, Denied, Doing
from encircle.core.access.rule import source_of
from encircle.core.child import AsOf
from encircle.core.journal.entry import EntryKind
from encircle.core.triage import Stage, Triage, triage_of
from encircle.records import facts as rows
from encircle.records import journal
from encircle.records.concerns import OpenConcern, concerns_of, facts_of_each, unseen_of
from encircle.records.context import Context
from encircle.records.models import Agency
from encircle.records.roots import add_member, members
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.concern import ConcernRegistered, ConcernTriaged
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.vocabulary.relation import Relation

ON_A_PAGE = 100
"""Concerns that are looked at for one page of the board."""
MOST_AGENCIES = 1_000
"""So many are offered to choose from."""


class NotTheSame(Refused):
    """Who decided that nothing follows cannot be the second person too."""

    def __init__(self) -> None:
        super().__init__(
            code="not_the_same",
            reason="You, or somebody in your role at your agency, took this decision. A second person has to look at it.",
            instead="Ask somebody of another agency, or of another role, to look at it.",
        )


@dataclass(frozen=True, slots=True)
class ConcernCard:
    """One concern on the board, without its words. `look_by`: when somebody has to have asked or decided; None, once one has.

    It is counted from its arrival by the practice of the country: of danger, of what is not known, and of none.
    """

    number: str
    triage: Triage
    came: datetime
    due: datetime | None
    asked: int
    look_by: datetime | None
    in_danger: bool

    def is_late(self, at: datetime) -> bool:
        """Whether nobody has looked at it, or what has to be done by now is not done."""
        return any(one is not None and one < at for one in (self.due, self.look_by))


@dataclass(frozen=True, slots=True)
class Board:
    """The concerns that wait among those of one page, and whether older ones follow: late ones stand first, then danger.

    `nobody_at_night`: whether there are hours in which no desk is there.
    """

    cards: tuple[ConcernCard, ...]
    at: datetime
    page: int = 1
    more: bool = False
    nobody_at_night: bool = False


@dataclass(frozen=True, slots=True)
class ConcernSeen:
    """One concern with all that is open of it. `asked`: agencies that were asked; `agencies`: who can be named.

    `may_decide`: whether the mandate lets one decide what follows; `is_second`: whether one could be the second person.
    `known`: by what the child is known, and of which records one may ask whether they are about the same child.
    `told`: what follows from the record, as far as it is open: the duties that hang on the concern are among it.
    """

    number: str
    triage: Triage
    facts: tuple[Fact, ...]
    asked: tuple[AgencyId, ...]
    agencies: Mapping[AgencyId, AgencyName]
    own: AgencyId
    may_decide: bool
    is_second: bool
    allowed: Allowed
    now: datetime
    told: Heading
    known: KnownChild


def board(who: Who, *, page: int = 1) -> Board:
    """The concerns that have not left the board; on its first page all at which nobody has looked in time, however old.

    Refuses: NotAllowed, a role that does not sit at it.
    """
    mandate = mandates().get(who.role)
    if mandate is None or Purpose.TRIAGE not in mandate.purposes:
        source = "" if mandate is None else source_of(mandate)
        reason, instead = "This is not among the purposes of your role.", "Ask the triage team."
        raise NotAllowed(Denied("purpose", reason, source, instead), "")
    with at_work(who, Purpose.TRIAGE) as context:
        listed = concerns_of(who.agency, skip=(page - 1) * ON_A_PAGE, at_most=ON_A_PAGE + 1)
        found = listed[:ON_A_PAGE]
        unseen = unseen_of(who.agency, at_most=ON_A_PAGE) if page == 1 else ()
        older = _shown(who, [one for one in unseen if one not in found], context)
        shown = (*_shown(who, found, context), *(card for card in older if card.is_late(context.now)))
        cards = tuple(sorted(shown, key=lambda card: (not card.is_late(context.now), not card.in_danger)))
        body = json.dumps({"numbers": [card.number for card in cards]}).encode()
        act = look_at_many(who, "concerns_listed", {FieldGroup.INDICATORS} if cards else ())
        journal.enter(act, ctx=context, body=body)
        closed = nobody_at_night(receivers(Purpose.TRIAGE), context.now)
    return Board(cards, context.now, page, len(listed) > ON_A_PAGE, closed)


def late_concerns(who: Who) -> int:
    """At how many concerns of who sits at the board nobody has looked in time; for others none."""
    if not sits_at_desk(who):
        return 0
    with at_work(who, Purpose.TRIAGE) as context:
        law = law_for(settings.COUNTRY)
        unseen = unseen_of(who.agency, at_most=ON_A_PAGE)
        old = [one for one in unseen if (by := due_of("yes", one.came, law)) is None or by < context.now]
        return sum(card.is_late(context.now) for card in _shown(who, old, context)) if old else 0


def concern_seen(who: Who, number: str) -> ConcernSeen:
    """One concern. Refuses: NotSeen, NotAllowed."""
    with permitted(who, number, purpose=Purpose.TRIAGE) as permit:
        asked = _asked(permit)
        told = heading(permit)
        facts = told.shown.facts
        triage = triage_of(facts, at=AsOf(permit.context.now), asked=bool(asked))
        act = journal.Act(
            kind=EntryKind.LOOK,
            outcome="concern",
            root=permit.root.id,
            role=who.role.value,
            legal_basis=permit.allowed.basis,
            regime=permit.allowed.regime,
            field_groups=tuple(group for group in FieldGroup if group in permit.allowed.groups),
        )
        journal.enter(act, ctx=permit.context)
        known = known_child(permit, triage)
        if known.questions:
            body = json.dumps({"numbers": [one.number for one in known.questions]}).encode()
            asked_of = look_at_many(who, "same_child_asked", {FieldGroup.MINIMUM})
            journal.enter(asked_of, ctx=permit.context, body=body)
        return ConcernSeen(
            number=permit.root.number,
            triage=triage,
            facts=facts,
            asked=asked,
            agencies=_agencies(who, asked),
            own=who.agency,
            may_decide=Decision.TRIAGE in permit.allowed.decides,
            is_second=triage.decision is not None and not _is_first(who, triage.decision),
            allowed=permit.allowed,
            now=permit.context.now,
            told=told,
            known=known,
        )


def ask_agency(who: Who, number: str, agency: AgencyId) -> None:
    """Let an agency take part in the concern, so that it can say what it knows. Twice is once.

    Refuses: NotSeen, NotAllowed; an agency that is not there.
    """
    with permitted(who, number, purpose=Purpose.TRIAGE, doing=Doing.DECIDE) as permit:
        permit.ask_to_decide(Decision.TRIAGE)
        if not Agency.objects.filter(pk=agency, ended_at=None).exists():
            raise Refused(
                code="no_such_agency",
                reason="There is no such agency. Nothing was saved.",
                instead="Choose one of the list.",
            )
        if agency in {one for one, _relation in members(permit.root.id)}:
            return
        add_member(permit.root.id, agency, relation=Relation.CONSULTED)
        act = journal.Act(
            kind=EntryKind.WRITE,
            outcome="agency_asked",
            root=permit.root.id,
            role=who.role.value,
            legal_basis=permit.allowed.basis,
            regime=permit.allowed.regime,
        )
        journal.enter(act, ctx=permit.context, body=json.dumps({"agency": agency}).encode())


def answer_for_agency(
    who: Who, number: str, *, answer: str, legal_basis: str, information: str, token: str
) -> Performed:
    """Say what one's own agency knows, on its own legal basis. Refuses as `perform`."""
    with permitted(who, number, purpose=Purpose.RECORD, doing=Doing.ADD) as permit:
        concern = _triage(permit, ()).concern
        values = {
            "asked": who.agency,
            "answer": answer,
            **({"concern": concern} if concern else {}),
            **({"legal_basis": legal_basis} if legal_basis else {}),
            **({"information": information} if information else {}),
        }
        return perform_in(permit, [Statement(type="agency_consulted", values=values)], token=token)


def decide_concern(
    who: Who, number: str, *, outcome: str, priority: str, reasons: str, token: str
) -> Performed:
    """Say what follows from the concern, and why. Refuses as `perform`, and one whose mandate does not name it."""
    with _deciding(who, number) as (permit, triage):
        permit.ask_to_decide(Decision.TRIAGE)
        answers = {fact.agency for fact in triage.consultations}
        values = {
            "outcome": outcome,
            "reasons": reasons,
            "decided_by": who.role.value,
            "agencies_consulted": len(answers),
            "by_machine": False,
            **({"priority": priority} if priority else {}),
        }
        statement = Statement(type="concern_triaged", subject=triage.concern, values=values)
        return perform_in(permit, [statement], token=token)


def review_concern(who: Who, number: str, *, outcome: str, reasons: str, token: str) -> Performed:
    """As a second person, confirm that nothing follows, or bring the concern back. Refuses as `perform`; NotTheSame."""
    with _deciding(who, number) as (permit, triage):
        if triage.decision is None or _is_first(who, triage.decision):
            raise NotTheSame
        values = {"second_person": True, "review_outcome": outcome, "review_reasons": reasons}
        statement = Statement(type="concern_reviewed", subject=triage.concern, values=values)
        return perform_in(permit, [statement], token=token)


def tell_back(who: Who, number: str, *, token: str) -> Performed:
    """Write down that the reporter was told what followed. Refuses as `perform`."""
    with _deciding(who, number) as (permit, triage):
        statement = Statement(type="concern_feedback_given", subject=triage.concern)
        return perform_in(permit, [statement], token=token)


@contextmanager
def _deciding(who: Who, number: str) -> Iterator[tuple[Permit, Triage]]:
    with permitted(who, number, purpose=Purpose.TRIAGE, doing=Doing.ADD) as permit:
        yield permit, _triage(permit, ())


def _triage(permit: Permit, asked: tuple[AgencyId, ...]) -> Triage:
    facts = rows.facts_of(permit.root.id)
    return triage_of(facts, at=AsOf(permit.context.now), asked=bool(asked))


def _asked(permit: Permit) -> tuple[AgencyId, ...]:
    return tuple(agency for agency, relation in members(permit.root.id) if relation == Relation.CONSULTED)


def _is_first(who: Who, decision: Fact) -> bool:
    """Whether this person, or one in the same role at the same agency, took that decision."""
    if rows.recorded_by(decision.id) == who.person:
        return True
    said = decision.payload
    same_role = isinstance(said, ConcernTriaged) and said.decided_by == who.role.value
    return decision.agency == who.agency and same_role


def _shown(who: Who, found: Collection[OpenConcern], context: Context) -> Iterator[ConcernCard]:
    """Those that wait, as far as they are open to who looks."""
    opened = opened_of_each(who, [one.root.id for one in found], context=context)
    facts = facts_of_each([root for root, answer in opened.items() if isinstance(answer, Allowed)])
    return _cards(found, facts, opened, AsOf(context.now))


def _cards(
    found: Iterable[OpenConcern],
    facts: Mapping[RootId, tuple[Fact, ...]],
    opened: Mapping[RootId, Allowed | Denied],
    at: AsOf,
) -> Iterator[ConcernCard]:
    law = law_for(settings.COUNTRY)
    for one in found:
        answer = opened[one.root.id]
        if isinstance(answer, Denied) or FieldGroup.INDICATORS not in answer.groups:
            continue
        triage = triage_of(facts[one.root.id], at=at, asked=bool(one.asked))
        if triage.stage is not Stage.DONE:
            danger = danger_of(triage)
            look_by = due_of(danger, one.came, law) if triage.stage is Stage.WAITING else None
            yield ConcernCard(
                one.root.number, triage, one.came, one.due_at, len(one.asked), look_by, danger == "yes"
            )


def danger_of(triage: Triage) -> str:
    """Whether a child is in danger now, as the door asks it: yes, no or unknown."""
    said = triage.registered.payload if triage.registered else None
    answers = {True: "yes", False: "no"}
    danger = said.danger_now if isinstance(said, ConcernRegistered) else None
    return answers.get(danger, "unknown") if isinstance(danger, bool) else "unknown"


def _agencies(who: Who, asked: Collection[AgencyId]) -> Mapping[AgencyId, AgencyName]:
    """The agencies of one's country, by name: those first that were asked."""
    country = Agency.objects.filter(pk=who.agency).values("country")
    order = Case(When(pk__in=asked, then=0), default=1)
    found = Agency.objects.filter(ended_at=None, country__in=country).order_by(order, "name", "pk")
    return {
        AgencyId(str(pk)): AgencyName(AgencyId(str(pk)), name, role, land)
        for pk, name, role, land in found.values_list("pk", "name", "role", "country")[:MOST_AGENCIES]
    }
