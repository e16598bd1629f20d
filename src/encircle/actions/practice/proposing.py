"""Proposing: a coordinator proposes, corrects and withdraws; a second person decides. Each step is journalled."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from encircle.actions.context import Who, at_work
from encircle.actions.law import law_of
from encircle.actions.permit import NotAllowed, mandates
from encircle.actions.practice.draft import (
    LONGEST_WHY,
    Draft,
    Examined,
    Problem,
    Wrong,
    examined,
    start_of,
    with_law,
)
from encircle.core.access import Denied
from encircle.core.journal.entry import EntryKind
from encircle.law.calendar import zone_of
from encircle.records import journal
from encircle.records import practice as rows
from encircle.records.context import Context
from encircle.records.models import Person
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused


class NotTaken(Refused):
    """A step that can't be done with this proposal. `problem`: where its draft is at fault, by field."""

    def __init__(
        self, code: str, reason: str, instead: str, problems: dict[str, Problem] | None = None
    ) -> None:
        super().__init__(code=code, reason=reason, instead=instead)
        self.problems = problems or {}


def may(who: Who, decision: Decision) -> bool:
    """Whether the mandate of that role names the decision. A program of an agency decides nothing of this kind."""
    mandate = mandates().get(who.role)
    return mandate is not None and who.only is None and decision in mandate.decides


def examine(who: Who, draft: Draft, *, purpose: Purpose) -> Examined:
    """What was typed, checked, with the law before and after. Writes nothing but the look."""
    with _at_practice(who, purpose, Decision.PROPOSE_PRACTICE) as context:
        journal.enter(_act("practice_drafted", who), ctx=context)
    return examined(draft, now=context.now)


def propose(
    who: Who, draft: Draft, *, purpose: Purpose, replaces: int | None = None
) -> rows.Proposal | Examined:
    """Write the proposal; or what is wrong with it, field by field.

    `replaces`: the one of one's own whose place it takes, which must still wait.
    Refuses: NotAllowed, a role that may not propose; NotTaken, where the other one waits no longer.
    """
    with _at_practice(who, purpose, Decision.PROPOSE_PRACTICE) as context:
        rows.hold()
        found = examined(draft, now=context.now)
        if found.problems or found.amendment is None or found.valid_from is None:
            return found
        earlier = None if replaces is None else _waiting(replaces)
        if earlier is not None:
            _own(earlier, who)
        number = rows.add_proposal(
            found.amendment,
            pack=draft.pack,
            why=draft.why.strip(),
            valid_from=found.valid_from,
            replaces=None if earlier is None else earlier.id,
            person=who.person,
            agency=who.agency,
            role=who.role,
        )
        if earlier is not None:
            _step(earlier, rows.REPLACED, who, context, "")
        _enter("practice_proposed", who, context, number)
        proposal = rows.proposal(number)
    if proposal is None:
        raise NotTaken(
            "not_certain", "The proposal could not be read again.", "Look at the list of proposals."
        )
    return proposal


def withdraw(who: Who, number: int, *, purpose: Purpose, why: str) -> None:
    """Take one's own proposal back while it waits. Refuses: NotTaken, NotAllowed."""
    with _at_practice(who, purpose, Decision.PROPOSE_PRACTICE) as context:
        rows.hold()
        proposal = _waiting(number)
        _own(proposal, who)
        _step(proposal, rows.WITHDRAWN, who, context, _reasons(why))
        _enter("practice_withdrawn", who, context, number)


def decline(who: Who, number: int, *, purpose: Purpose, why: str) -> None:
    """Say no, with reasons. Refuses: NotTaken (also to who proposed it), NotAllowed."""
    with _at_practice(who, purpose, Decision.APPROVE_PRACTICE) as context:
        rows.hold()
        proposal = _waiting(number)
        _second(proposal, who)
        _step(proposal, rows.DECLINED, who, context, _reasons(why))
        _enter("practice_declined", who, context, number)


def approve(who: Who, number: int, *, purpose: Purpose, why: str) -> datetime:
    """Say yes, with reasons; from when it holds: the beginning of its day, and never before this moment.

    It is checked once more by the law as it is now. Refuses: NotTaken (also to who proposed it, and once its day has
    passed), NotAllowed.
    """
    with _at_practice(who, purpose, Decision.APPROVE_PRACTICE) as context:
        rows.hold()
        proposal = _waiting(number)
        _second(proposal, who)
        reasons = _reasons(why)
        law = law_of(proposal.pack)
        today = context.now.astimezone(zone_of(law.zone)).date()
        if proposal.valid_from < today:
            raise NotTaken(
                "its_day_has_passed",
                "The day from which this was to hold has passed, and nothing is changed backwards.",
                "Decline it, or ask who proposed it to correct its day.",
            )
        since = max(context.now, start_of(proposal.valid_from, law))
        draft = Draft(proposal.pack, proposal.amendment.part.value, proposal.amendment.code)
        found = with_law(draft, proposal.amendment, proposal.valid_from, since=since, today=today)
        if found.problems:
            raise NotTaken(
                "no_longer_fits",
                "This can no longer be set: the law has changed since it was proposed.",
                "Read what the check says, and decline it with that reason.",
                dict(found.problems),
            )
        rows.add_step(
            proposal,
            rows.APPROVED,
            at=context.now,
            person=who.person,
            role=who.role,
            why=reasons,
            since=since,
        )
        _enter("practice_approved", who, context, number)
    return since


@contextmanager
def _at_practice(who: Who, purpose: Purpose, decision: Decision) -> Iterator[Context]:
    """One transaction for who may do this. Refuses: NotAllowed."""
    if not may(who, decision):
        mandate = mandates().get(who.role)
        sources = () if mandate is None else mandate.sources
        denied = Denied(
            code="not_yours_to_decide",
            reason="This is not for your role to decide.",
            source=sources[0].cite() if sources else "",
            instead="A coordinator proposes, and a lawyer of the ministry decides.",
        )
        raise NotAllowed(denied, "")
    with at_work(who, purpose) as context:
        yield context


def _waiting(number: int) -> rows.Proposal:
    proposal = rows.proposal(number)
    if proposal is None or proposal.decided is not None:
        raise NotTaken(
            "not_waiting",
            "This proposal does not wait for a decision any more.",
            "Look at what became of it.",
        )
    return proposal


def _own(proposal: rows.Proposal, who: Who) -> None:
    if proposal.person != who.person:
        raise NotTaken(
            "not_your_own",
            "Only who proposed this can change it or take it back.",
            "Ask for it to be declined.",
        )


def _second(proposal: rows.Proposal, who: Who) -> None:
    """Refuses: who proposed it, from another post of the same account too."""
    accounts = set(
        Person.objects.filter(pk__in=(proposal.person, who.person))
        .order_by("pk")
        .values_list("account", flat=True)
    )
    if proposal.person == who.person or (len(accounts) == 1 and None not in accounts):
        raise NotTaken(
            "second_person",
            "It takes a second person: nobody decides on what they proposed themselves.",
            "Ask another lawyer to look at it.",
        )


def _reasons(why: str) -> str:
    said = why.strip()
    if not said:
        raise NotTaken("no_reasons", "Say why.", "Write one sentence.", {"why": Problem(Wrong.MISSING)})
    if len(said) > LONGEST_WHY:
        raise NotTaken(
            "too_long", "This is too long.", "Say it in fewer words.", {"why": Problem(Wrong.TOO_LONG)}
        )
    return said


def _step(proposal: rows.Proposal, kind: str, who: Who, context: Context, why: str) -> None:
    rows.add_step(proposal, kind, at=context.now, person=who.person, role=who.role, why=why)


def _enter(outcome: str, who: Who, context: Context, number: int) -> None:
    journal.enter(_act(outcome, who), ctx=context, body=json.dumps({"proposal": number}).encode())


def _act(outcome: str, who: Who) -> journal.Act:
    return journal.Act(kind=EntryKind.PACK, outcome=outcome, role=who.role.value)
