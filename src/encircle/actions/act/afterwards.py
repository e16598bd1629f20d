"""What is done to a fact afterwards: corrected, taken back, learnt by one more agency. The fact itself stays on record."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from encircle.actions.act.perform import Performed, perform
from encircle.actions.act.statement import NotTaken, Problem, ReadUntil, Statement
from encircle.actions.context import Who
from encircle.actions.permit import permitted
from encircle.actions.projection import project
from encircle.actions.whose_law import law_for
from encircle.core.access import Doing, groups_of
from encircle.core.journal.entry import EntryKind
from encircle.records import facts as rows
from encircle.records import journal
from encircle.records.refusal import RuleBroken
from encircle.vocabulary.fact import Learnt
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.moment import instant_end, parse_span
from encircle.vocabulary.purpose import Purpose

LEARNT_ONCE = "fact_learnt_once"


def withdraw(
    who: Who,
    number: str,
    fact: FactId,
    *,
    reasons: str,
    token: str,
    follows: FactId | ReadUntil | None,
    purpose: Purpose = Purpose.RECORD,
) -> Performed:
    """Take a fact back, with the reasons: it counts in no later answer. `follows`: as in a statement.

    Refuses as `perform`.
    """
    values: Mapping[str, object] = {"withdrawal_reasons": reasons}
    statement = Statement(type="withdrawal", values=values, withdraws=fact, follows=follows)
    return perform(who, number, [statement], token=token, purpose=purpose)


def add_learnt(
    who: Who,
    number: str,
    fact: FactId,
    *,
    at: str | datetime | None = None,
    purpose: Purpose = Purpose.RECORD,
) -> Performed:
    """Write down that this person's agency has learnt that fact, now or at that time. Who knows it already learns it once.

    `at`: as text as `moment.parse_span` reads it, in the zone of the law. Refuses: NotSeen, NotAllowed; NotTaken, if the
    fact is not on this record or the time cannot be; RuleBroken, if it had not happened then.
    """
    try:
        with permitted(who, number, purpose=purpose, doing=Doing.ADD) as permit:
            known = {one.id: one for one in permit.open_facts()}
            if fact not in known:
                raise NotTaken((Problem(0, "fact", "not_on_record", "This fact is not on this record."),))
            group = groups_of(known.values())[fact]
            permit.ask_to_add((group,))
            learnt = _time(at, now=permit.context.now, zone=law_for(permit.root.country).zone)
            done = Performed(permit.root.number, (known[fact],))
            if any(one.agency == who.agency and one.at <= learnt for one in known[fact].learnt):
                return replace(done, again=True)
            rows.add_learnt(fact, Learnt(who.agency, learnt))
            of = FACT_TYPES[known[fact].type]
            act = journal.Act(
                kind=EntryKind.WRITE,
                outcome="learnt",
                root=permit.root.id,
                role=who.role.value,
                regime=of.regime,
                legal_basis=permit.allowed.basis,
                field_groups=(group,),
            )
            journal.enter(act, ctx=permit.context, body=f'{{"learnt": "{fact}"}}'.encode())
            project(permit.root.id, ctx=permit.context, now=permit.context.now)
            return done
    except RuleBroken as broken:
        if broken.code != LEARNT_ONCE:
            raise
        return Performed(number, (), again=True)


def _time(at: str | datetime | None, *, now: datetime, zone: str) -> datetime:
    """The instant that is meant: now, or the end of the day that was named. Refuses: NotTaken."""
    if at is None or isinstance(at, datetime):
        return at or now
    try:
        ahead, end = parse_span(at, zone).earliest > now, instant_end(at, zone)
    except ValueError as wrong:
        raise NotTaken((Problem(0, "learnt_at", "not_a_time", str(wrong)),)) from wrong
    if ahead:
        words = "The time at which it was learnt lies in the future."
        raise NotTaken((Problem(0, "learnt_at", "in_the_future", words),))
    return min(end, now)
