"""Asking the owner: a name, a day of birth and a purpose are answered by whom to ask, or not at all.

Who may ask is said by the mandates of a country (the purpose `ask_owner`); whose records are told of, by theirs: owners who
let others take part. Each question is journalled, told to the owner, and counted: so many a day for each person.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.conf import settings

from encircle.actions.context import Who, at_work
from encircle.actions.form_token import id_of_form
from encircle.actions.heading import Heading, enter_look, heading
from encircle.actions.people import let_take_part
from encircle.actions.permit import NotAllowed, Permit, mandates, permitted
from encircle.actions.whose_law import law_for
from encircle.core.access import Denied, Doing
from encircle.core.journal.entry import EntryKind
from encircle.core.linkage import parts_of
from encircle.records import journal
from encircle.records.context import Context
from encircle.records.owner import Owner, ask_for_owner, questions_of, questions_on
from encircle.records.owner import OwnerQuestion as OwnerQuestion
from encircle.records.owner import answer_question as write_answer
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role
from encircle.vocabulary.visit_purpose import VisitPurpose

A_DAY = 5
"""Questions of one person in 24 hours; the database holds to twenty at most."""
MOST_PARTS = 3
"""Parts of a name: a longer one would ask for many children at once."""
LISTED = 30
LONGEST = 200


class Answer(StrEnum):
    """What an owner answers."""

    LET_IN = "let_in"
    """The agency takes part from now on."""
    CALL_US = "call_us"
    """Let us talk first."""
    IN_HANDS = "in_hands"
    """What is needed is being done by others."""
    NO_BASIS = "no_basis"
    """The purpose gives no basis to be told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one may ask for, and what one has asked."""

    visits: tuple[VisitPurpose, ...]
    items: tuple[OwnerQuestion, ...]
    left: int
    zone: str


@dataclass(frozen=True, slots=True)
class Questions:
    """Who has asked about a record. `may_answer`: whether the mandate lets one let others take part."""

    told: Heading
    items: tuple[OwnerQuestion, ...]
    may_answer: bool


class NoSuchQuestion(Refused):
    """There is no such question on this record that still waits."""

    def __init__(self) -> None:
        super().__init__(
            code="no_such_question",
            reason="There is no such question that still waits for an answer. Nothing was changed.",
            instead="Look at the list again.",
        )


def may_ask(role: Role) -> bool:
    """Whether somebody in that role may ask whose child it is, by the mandates of the country."""
    own = mandates().get(role)
    return own is not None and Purpose.ASK_OWNER in own.purposes


def asked_by(who: Who) -> Asked:
    """What who asks has asked so far. Refuses: NotAllowed, a role that may not ask."""
    visits = _visits(who)
    with at_work(who, Purpose.ASK_OWNER) as context:
        items = questions_of(who.person, at_most=LISTED)
        act = journal.Act(kind=EntryKind.LOOK, outcome="owner_questions_listed", role=who.role.value)
        journal.enter(act, ctx=context)
        today = sum((context.now - one.asked_at).total_seconds() < 24 * 3600 for one in items)
    return Asked(visits, items, max(0, A_DAY - today), law_for(settings.COUNTRY).zone)


def ask_owner(who: Who, name: str, born: date, *, visit: VisitPurpose, token: str) -> str | None:
    """The agency to ask about the child of that name and day of birth; None: nothing can be told, for whatever reason.

    The same form sent again asks nothing more. Refuses: NotAllowed; BadInput, with the field; RuleBroken, too many a day.
    """
    if visit not in _visits(who):
        raise BadInput(code="no_such_visit", reason="Choose what you need it for.", where="visit")
    name = name.replace("\0", "").strip()[:LONGEST]
    parts = dict.fromkeys(part.spelling for part in parts_of(name) if not part.is_particle)
    if not 2 <= len(parts) <= MOST_PARTS:
        raise BadInput(
            code="not_a_whole_name",
            reason="Write the given name and the family name, two or three words.",
            where="name",
        )
    with at_work(who, Purpose.ASK_OWNER) as context:
        found = _found(who, list(parts), born, visit, id_of_form(token, f"{who.person}/owner"))
        _journal(who, context, found, {"asked": name, "born": born.isoformat(), "visit": visit.value})
    return None if found is None else found.name


def questions_about(who: Who, number: str) -> Questions:
    """Who has asked about that record. Refuses: NotSeen, NotAllowed."""
    with permitted(who, number, purpose=Purpose.PROTECT) as permit:
        told = heading(permit)
        enter_look(permit, "owner_questions", told)
        may = Decision.LET_TAKE_PART in permit.allowed.decides
        return Questions(told, questions_on(permit.root.id, at_most=LISTED) if may else (), may)


def let_in_who_asked(who: Who, number: str, question: str, *, relation: Relation, basis: str) -> None:
    """Answer by letting the agency take part. Refuses as `let_take_part`; NoSuchQuestion; RuleBroken, a second answer."""
    with permitted(who, number, purpose=Purpose.PROTECT, doing=Doing.DECIDE) as permit:
        asked = _waiting(permit, question)
    let_take_part(who, number, asked.agency, relation=relation, basis=basis, token=question)
    _answer(who, number, question, Answer.LET_IN)


def decline_who_asked(who: Who, number: str, question: str, answer: Answer) -> None:
    """Answer that they do not take part, and why. Refuses: NotSeen, NotAllowed; NoSuchQuestion; RuleBroken."""
    if answer is Answer.LET_IN:
        raise BadInput(code="no_such_answer", reason="Choose an answer.", where="answer")
    _answer(who, number, question, answer)


def _answer(who: Who, number: str, question: str, answer: Answer) -> None:
    with permitted(who, number, purpose=Purpose.PROTECT, doing=Doing.DECIDE) as permit:
        _waiting(permit, question)
        write_answer(question, permit.root.id, answer.value)
        act = journal.Act(
            kind=EntryKind.WRITE,
            outcome=f"owner_answered:{answer.value}",
            root=permit.root.id,
            role=who.role.value,
            legal_basis=permit.allowed.basis,
        )
        journal.enter(act, ctx=permit.context)


def _waiting(permit: Permit, question: str) -> OwnerQuestion:
    permit.ask_to_decide(Decision.LET_TAKE_PART)
    for one in questions_on(permit.root.id, at_most=LISTED):
        if one.id == question and one.answer is None:
            return one
    raise NoSuchQuestion


def _found(who: Who, parts: Sequence[str], born: date, visit: VisitPurpose, question: str) -> Owner | None:
    """Owners who are told of: those whose mandate lets others take part."""
    owners = [role.value for role, held in mandates().items() if Decision.LET_TAKE_PART in held.decides]
    return ask_for_owner(
        question,
        parts,
        born,
        visit=visit.value,
        role=who.role.value,
        owners=owners,
        a_day=A_DAY,
    )


def _visits(who: Who) -> tuple[VisitPurpose, ...]:
    own = mandates().get(who.role)
    if own is None or not may_ask(who.role) or who.is_program:
        denied = Denied(
            code="no_asking",
            reason="Your role does not ask whose child it is.",
            source=f"The mandate of the role {who.role.value} does not name it.",
            instead="Ask the child protection service. If a child may be in danger, register a concern.",
        )
        raise NotAllowed(denied, "")
    return tuple(own.opened_for())


def _journal(who: Who, context: Context, found: Owner | None, said: dict[str, str]) -> None:
    """The question, sealed to the agency of who asks; and, where an owner was named, a disclosure on the record."""
    own = mandates()[who.role]
    act = journal.Act(
        kind=EntryKind.LOOK,
        outcome="owner_asked",
        role=who.role.value,
        legal_basis=own.basis,
        regime=own.regime,
    )
    body = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
    journal.enter(act, ctx=context, body=body)
    if found is not None:
        told = journal.Act(
            kind=EntryKind.DISCLOSURE,
            outcome="owner_told",
            root=found.root,
            role=who.role.value,
            legal_basis=own.basis,
            regime=own.regime,
        )
        journal.enter(told, ctx=context)
