"""Could this be the same child? Asked of records that are open to who looks, answered by people, with reasons. No score.

A concern or a report is compared by the name and day of birth that somebody at triage has written down for that, never by
the words of a report. A record that one may not see is not there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID, uuid5

from encircle.actions.act import Statement, perform_in
from encircle.actions.case import told_again
from encircle.actions.context import Who
from encircle.actions.naming import name_in
from encircle.actions.permit import Permit, opened_of_each, opens, permit_in, permitted
from encircle.core.access import Doing
from encircle.core.child import AsOf, fold
from encircle.core.child.as_of import standing
from encircle.core.linkage import Heard, keys_to_search, parts_of
from encircle.core.same_child import Alike, Known, alike, births_in
from encircle.core.triage import Triage, triage_of
from encircle.records import names
from encircle.records.concerns import facts_of_each
from encircle.records.context import Context
from encircle.records.links import NOT_TOLD as NOT_TOLD
from encircle.records.names import Candidate
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.concern import SameChildAnswered
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput

MOST_COMPARED = 40
"""Records whose names are opened and compared."""
MOST_ASKED = 5
"""So many questions stand on a page at once; the next ones follow when these are answered."""
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Question:
    """Could it be the child of that record? `why`: how name and day of birth are alike, in words."""

    number: str
    kind: Kind
    name: str
    why: Alike


@dataclass(frozen=True, slots=True)
class KnownChild:
    """By what a child is known at triage, what is asked, and what was answered. Empty, where its names are closed."""

    names: tuple[str, ...] = ()
    births: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    answers: tuple[Fact, ...] = ()


def known_child(permit: Permit, triage: Triage) -> KnownChild:
    """The child of a concern, for who looks at it; in the transaction of that look."""
    if FieldGroup.MINIMUM not in permit.allowed.groups:
        return KnownChild(answers=triage.same)
    own = _known(triage.named)
    return KnownChild(
        names=tuple(dict.fromkeys(name for stated in own.names for name in stated)),
        births=tuple(
            str(getattr(fact.payload, "date_of_birth", ""))
            for fact in triage.named
            if not names.names_in(fact)
        ),
        questions=_questions(permit, own, without=_answered(triage)) if own.names else (),
        answers=triage.same,
    )


def name_child(who: Who, number: str, *, name: str, born: str, token: str) -> None:
    """Write down by what the child of a concern is known, to look whether it is known already. Refuses as `perform`."""
    with permitted(who, number, purpose=Purpose.TRIAGE, doing=Doing.ADD) as permit:
        permit.ask_to_decide(Decision.TRIAGE)
        said = [
            Statement(
                type="name_recorded", values={"name_used": name[:LONGEST_NAME]}, certainty=Certainty.REPORTED
            )
        ]
        if born:
            values = {"date_of_birth": born, "evidence": "statement"}
            said.append(Statement(type="date_of_birth_recorded", values=values, certainty=Certainty.REPORTED))
        perform_in(permit, said, token=token)


def answer_same_child(who: Who, number: str, *, other: str, is_same: bool, reasons: str, token: str) -> None:
    """Say whether the child of a concern is that of another record, and why. Not asked again until the answer is withdrawn.

    Yes, of the record of a child: the concern is linked to it, and what it says stands there too, told once. Yes or no, of
    another concern: the answer stands on both. Refuses as `perform`; BadInput, a record of which it was not asked.
    """
    with permitted(who, number, purpose=Purpose.TRIAGE, doing=Doing.ADD) as permit:
        permit.ask_to_decide(Decision.TRIAGE)
        triage = triage_of(permit.open_facts(), at=AsOf(permit.context.now), asked=False)
        if _saved(triage, other, is_same=is_same):
            return
        asked = next((one for one in known_child(permit, triage).questions if one.number == other), None)
        if asked is None:
            raise BadInput(
                code="not_asked", reason="This is not asked any more. Look at the page again.", where="same"
            )
        said = [_answer(triage, other, is_same=is_same, reasons=reasons)]
        if asked.kind is Kind.CONCERN or is_same:
            there = permit_in(permit.context, who, other, purpose=Purpose.TRIAGE, doing=Doing.ADD)
            if asked.kind is Kind.CONCERN:
                theirs = triage_of(there.open_facts(), at=AsOf(permit.context.now), asked=False)
                told: tuple[Statement, ...] = (_answer(theirs, number, is_same=is_same, reasons=reasons),)
            else:
                linked = {"other_record": other}
                said.append(Statement(type="concern_linked", subject=triage.concern, values=linked))
                told = told_again(triage)
            perform_in(there, told, token=_other(token, "there"))
        perform_in(permit, said, token=token)


def _questions(permit: Permit, own: Known, *, without: frozenset[str]) -> tuple[Question, ...]:
    found = may_be(permit.who, own, without=without | {permit.root.number}, context=permit.context)
    return tuple(islice(found, MOST_ASKED))


def may_be(who: Who, own: Known, *, without: frozenset[str], context: Context) -> Iterator[Question]:
    """The records that are open to who looks and may be of the same child, the surest first. `without`: these are not asked.

    In the transaction of a look, which journals what was asked.
    """
    heard: Heard = {}
    found: dict[RootId, Candidate] = {}
    for spelled in own.names:
        parts = [part for name in spelled for part in parts_of(name, heard)]
        found |= {one.root.id: one for one in names.candidates(keys_to_search(parts), at_most=MOST_COMPARED)}
    opened = opened_of_each(who, list(found), context=context)
    seen = [
        root
        for root in found
        if opens(opened[root], FieldGroup.MINIMUM) and found[root].root.number not in without
    ]
    facts = facts_of_each(seen) if seen else {}
    at = AsOf(context.now)
    stated = {root: [fact for event in standing(facts[root], at) for fact in event.facts] for root in seen}
    alikes = ((root, alike(own, _known(stated[root]), heard)) for root in seen)
    asked = sorted(
        ((why.name, found[root].root.number, root, why) for root, why in alikes if why is not None),
        key=lambda one: one[:2],
    )
    for _name, number, root, why in asked:
        yield Question(number, found[root].root.kind, name_in(fold(facts[root], at, zone="UTC")), why)


def _known(facts: Sequence[Fact]) -> Known:
    return Known(tuple(stated for fact in facts if (stated := names.names_in(fact))), births_in(facts))


def _answer(triage: Triage, other: str, *, is_same: bool, reasons: str) -> Statement:
    values = {"asked_of": other, "is_same_child": is_same, "same_child_reasons": reasons}
    return Statement(type="same_child_answered", subject=triage.concern, values=values)


def _answered(triage: Triage) -> frozenset[str]:
    """The records that need no question: answered, or linked already."""
    answers = (fact.payload.asked_of for fact in triage.same if isinstance(fact.payload, SameChildAnswered))
    return frozenset((*answers, *triage.linked))


def _saved(triage: Triage, other: str, *, is_same: bool) -> bool:
    return any(
        isinstance(fact.payload, SameChildAnswered)
        and (fact.payload.asked_of, fact.payload.is_same_child) == (other, is_same)
        for fact in triage.same
    )


def _other(token: str, what: str) -> str:
    """The token of another act of the same form."""
    return str(uuid5(UUID(token), what))
