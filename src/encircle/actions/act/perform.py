"""Perform an act: permit, facts, prohibitions, then fact rows, journal and what follows, in one transaction.

All of it or nothing. The same form sent twice is done once; a stale write is told, not lost.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from encircle.actions.act.crossing import Crossed, crossed
from encircle.actions.act.facts import fact_ids, facts_of_act
from encircle.actions.act.lifting import NotLifted, ask_to_lift
from encircle.actions.act.override import OWN, answer, asking, set_aside
from encircle.actions.act.statement import (
    AlreadySaved,
    Last,
    NotTaken,
    Problem,
    Prohibited,
    ReadUntil,
    Statement,
)
from encircle.actions.context import Who
from encircle.actions.permit import Permit, permitted
from encircle.actions.projection import project
from encircle.actions.sealed_to import recipients
from encircle.actions.whose_law import law_for
from encircle.core.access import Doing, groups_of, opened_rows
from encircle.core.child import AsOf
from encircle.core.duty import DutyRow, DutyState
from encircle.core.duty.row import STANDING
from encircle.core.journal.entry import EntryKind
from encircle.core.prohibition import Alarm, AlarmState
from encircle.law.law import Law
from encircle.records import facts as rows
from encircle.records import journal
from encircle.records.projection import Projection, hold, states
from encircle.records.refusal import RuleBroken
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import OWN_RECORDS
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import FactId
from encircle.vocabulary.purpose import Purpose

MOST = 64
"""Facts of one act that are looked for when it comes again."""
TAKEN = "fact_pkey"
"""The rule of the database that a fact of an id is there once."""


@dataclass(frozen=True, slots=True)
class Performed:
    """What is on record now. `again`: it was there already, saved by the same form.

    `met`, `raised`, `alarms`: codes of duties that became met or newly stand, and of prohibitions newly raised;
    none that is closed to the writer.
    """

    number: str
    facts: tuple[Fact, ...]
    again: bool = False
    met: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()


def perform(
    who: Who,
    number: str,
    statements: Sequence[Statement],
    *,
    token: str,
    purpose: Purpose = Purpose.RECORD,
    doing: Doing = Doing.ADD,
) -> Performed:
    """State all of this about the record of that number, in one transaction. `token`: a random UUID of the form.

    Refuses: NotSeen, NotAllowed; NotTaken, with all problems; Prohibited, for plans; NotLifted, for a flag that stays;
    Conflict, if somebody wrote since; AlreadySaved, if the form was saved with other answers.
    """
    _only_by_two(statements)
    try:
        with permitted(who, number, purpose=purpose, doing=doing) as permit:
            return perform_in(permit, statements, token=token)
    except RuleBroken as broken:
        if broken.code != TAKEN:
            raise
        with permitted(who, number, purpose=purpose, doing=doing) as permit:
            return perform_in(permit, statements, token=token)
    except (Prohibited, NotLifted) as refused:
        with permitted(who, number, purpose=purpose, doing=doing) as permit:
            _journal_refusal(permit, refused)
        raise


def ask_override(
    who: Who, number: str, statements: Sequence[Statement], *, basis: str, token: str
) -> Performed:
    """Write down that this person asks a second one to set aside what these plans would cross.

    Refuses as `perform`, and a prohibition that nobody overrides; NotTaken, where nothing is crossed or no basis named.
    """
    found = foresee(who, number, statements, token=token).planned
    if not found:
        raise NotTaken((Problem(0, "basis", "nothing_crossed", "Nothing prohibits this: it can be saved."),))
    planned = next(one.type for one in statements if FACT_TYPES[one.type].plan)
    with permitted(who, number, purpose=Purpose.RECORD, doing=Doing.ADD) as permit:
        return perform_in(permit, asking(found, planned, basis=basis, role=who.role), token=_second(token))


def answer_override(
    who: Who, number: str, asked: FactId, *, agrees: bool, why: str = "", token: str
) -> Performed:
    """The second person agrees to set the prohibition aside for that one act, or does not.

    Refuses as `perform`; NotAlone, to whoever asked; an asking that is not there or has its answer.
    """
    with permitted(who, number, purpose=Purpose.RECORD, doing=Doing.ADD) as permit:
        facts = rows.facts_of(permit.root.id)
        said = answer(facts, asked, agrees=agrees, why=why, person=who.person, role=who.role)
        return perform_in(permit, [said], token=token)


def performed_before(
    who: Who, number: str, *, token: str, purpose: Purpose = Purpose.RECORD
) -> Performed | None:
    """What was saved under that token, whatever has changed since; None where nothing was. Refuses: NotSeen, NotAllowed.

    For acts that are no longer open once they are done: the same request sent again is answered, not refused.
    """
    with permitted(who, number, purpose=purpose, doing=Doing.ADD) as permit:
        on_record = {fact.id: fact for fact in rows.facts_of(permit.root.id)}
        saved = [on_record[one] for one in fact_ids(permit, token, MOST) if one in on_record]
        return Performed(permit.root.number, tuple(saved), again=True) if saved else None


def perform_in(permit: Permit, statements: Sequence[Statement], *, token: str) -> Performed:
    """The same inside a transaction that an action has opened for more than facts.

    Acts on one record wait for each other, so that two plans cannot together cross what each alone does not.
    """
    hold(permit.root.id)
    law = law_for(permit.root.country)
    on_record = rows.facts_of(permit.root.id)
    before = _saved_before(permit, statements, token=token, on_record=on_record, law=law)
    if before is not None:
        return before
    proposed = facts_of_act(permit, statements, token=token, on_record=on_record, law=law)
    permit.ask_to_add(_asked(permit, proposed, on_record))
    ask_to_lift(on_record, proposed, law=law, as_of=AsOf(permit.context.now))
    used = _refuse_the_prohibited(permit, on_record, proposed, law=law)
    if used:
        statements = (*statements, *used)
        proposed = facts_of_act(permit, statements, token=token, on_record=on_record, law=law)
    then = states(permit.root.id)
    recorded = _append(permit, statements, proposed, on_record)
    _journal(permit, recorded, on_record)
    now = max(permit.context.now, *(fact.recorded for fact in recorded))
    follows = project(permit.root.id, ctx=permit.context, now=now)
    done = Performed(permit.root.number, recorded)
    facts = (*on_record, *recorded)
    if follows is None or permit.root.kind in OWN_RECORDS:
        return done
    return _with_changes(done, permit, facts, follows, then, law=law)


def foresee(
    who: Who,
    number: str,
    statements: Sequence[Statement],
    *,
    token: str,
    purpose: Purpose = Purpose.RECORD,
    doing: Doing = Doing.ADD,
) -> Crossed:
    """What would be refused or alarmed if this were performed; nothing is saved but the journal entry of the question.

    Refuses as `perform`, but for prohibitions and stale writes.
    """
    with permitted(who, number, purpose=purpose, doing=doing) as permit:
        law = law_for(permit.root.country)
        on_record = rows.facts_of(permit.root.id)
        proposed = facts_of_act(permit, statements, token=token, on_record=on_record, law=law)
        permit.ask_to_add(_asked(permit, proposed, on_record))
        act = journal.Act(
            kind=EntryKind.LOOK,
            outcome="act_foreseen",
            root=permit.root.id,
            role=who.role.value,
            legal_basis=permit.allowed.basis,
            regime=permit.allowed.regime,
            field_groups=_groups(proposed, on_record),
        )
        journal.enter(act, ctx=permit.context)
        return crossed(on_record, proposed, law=law, as_of=AsOf(permit.context.now))


def _with_changes(
    done: Performed,
    permit: Permit,
    facts: Iterable[Fact],
    follows: Projection,
    before: Mapping[tuple[str, str], str],
    *,
    law: Law,
) -> Performed:
    """What changed by the act, as far as the writer would be shown it: a writer may add to what is closed to them."""
    duties, alarms = opened_rows(
        facts, follows.duties, follows.alarms, law=law, allowed=permit.allowed, agency=permit.who.agency
    )
    return replace(
        done,
        met=_codes(row for row in duties if row.state is DutyState.MET and before.get(row.key) != row.state),
        raised=_codes(row for row in duties if row.state in STANDING and row.key not in before),
        alarms=_codes(
            one for one in alarms if one.state is AlarmState.RAISED and before.get(one.key) != one.state
        ),
    )


def _codes(changed: Iterable[DutyRow | Alarm]) -> tuple[str, ...]:
    return tuple(sorted({row.rule.code for row in changed}))


def _saved_before(
    permit: Permit, statements: Sequence[Statement], *, token: str, on_record: Sequence[Fact], law: Law
) -> Performed | None:
    """What the same form has saved; None where it was not sent before. Refuses: AlreadySaved, NotTaken."""
    ids = fact_ids(permit, token, len(statements))
    saved = {fact.id: fact for fact in on_record if fact.id in ids}
    if not saved:
        return None
    others = [fact for fact in on_record if fact.id not in saved]
    meant = facts_of_act(permit, statements, token=token, on_record=others, law=law)
    stands = [saved[one] for one in ids if one in saved]
    if len(meant) != len(stands) or any(map(_differ, meant, stands)):
        raise AlreadySaved
    return Performed(permit.root.number, tuple(saved[one] for one in ids), again=True)


def _differ(meant: Fact, saved: Fact) -> bool:
    """Whether another thing is meant than was saved; of one that is shut, what it says is not asked."""
    if saved.is_shut:
        meant = replace(meant, payload=saved.payload)
    return _said(meant) != _said(saved)


def _said(fact: Fact) -> tuple[object, ...]:
    return fact.type, fact.subject, fact.payload, fact.corrects, fact.version_of, fact.withdraws


def _refuse_the_prohibited(
    permit: Permit, on_record: Sequence[Fact], proposed: Sequence[Fact], *, law: Law
) -> tuple[Statement, ...]:
    """What marks overrides as used up, where two persons have set the prohibitions aside. Refuses: Prohibited."""
    plans = [fact for fact in proposed if FACT_TYPES[fact.type].plan]
    if not plans:
        return ()
    found = crossed(on_record, proposed, law=law, as_of=AsOf(permit.context.now))
    if not found.planned:
        return ()
    used = set_aside(on_record, found.planned, plans)
    if used is None:
        raise Prohibited(found.planned)
    return used


def _append(
    permit: Permit, statements: Sequence[Statement], proposed: Sequence[Fact], on_record: Sequence[Fact]
) -> tuple[Fact, ...]:
    """Who may write into a part without reading it has read nothing that could be stale."""
    last: dict[str, FactId] = {}
    group_of = groups_of((*on_record, *proposed))
    recorded = []
    for statement, fact in zip(statements, proposed, strict=True):
        matter = rows.matter_of(fact, rows.subject_of(fact, FACT_TYPES[fact.type]))
        follows = statement.follows
        if matter in last:
            follows = last[matter]
        elif isinstance(follows, Last) or group_of[fact.id] not in permit.allowed.groups:
            follows = rows.last_of(matter)
        elif isinstance(follows, ReadUntil):
            follows = rows.last_of(matter, until=follows.fact) if follows.fact else None
        to = recipients(fact.root, fact.type)
        recorded.append(rows.append(fact, follows=follows, ctx=permit.context, to=to))
        last[matter] = fact.id
    return tuple(recorded)


def _journal(permit: Permit, recorded: Sequence[Fact], on_record: Sequence[Fact]) -> None:
    """One entry for the act; its sealed body names each fact."""
    act = journal.Act(
        kind=EntryKind.WRITE,
        outcome=recorded[0].type,
        root=permit.root.id,
        role=permit.who.role.value,
        regime=FACT_TYPES[recorded[0].type].regime,
        legal_basis=permit.allowed.basis,
        field_groups=_groups(recorded, on_record),
    )
    said = [
        {
            "fact": fact.id,
            "type": fact.type,
            **{
                name: getattr(fact, name)
                for name in ("corrects", "version_of", "withdraws")
                if getattr(fact, name)
            },
        }
        for fact in recorded
    ]
    journal.enter(act, ctx=permit.context, body=json.dumps({"stated": said}, sort_keys=True).encode())


def _only_by_two(statements: Sequence[Statement]) -> None:
    """Refuses what would let one person write the agreement of a second."""
    if any(one.type in OWN for one in statements):
        reason = "An override is asked for and answered by two persons, each on their own page."
        raise NotTaken((Problem(0, "type", "by_two_persons", reason),))


def _second(token: str) -> str:
    """The token of the asking that belongs to a form, whose own token is left to the act itself."""
    try:
        return str(uuid5(UUID(token), "override"))
    except ValueError:
        return token


def _journal_refusal(permit: Permit, refused: Prohibited | NotLifted) -> None:
    alarms = refused.alarms if isinstance(refused, Prohibited) else ()
    codes = sorted({alarm.rule.code for alarm in alarms})
    act = journal.Act(
        kind=EntryKind.REFUSAL, outcome=refused.code, root=permit.root.id, role=permit.who.role.value
    )
    journal.enter(act, ctx=permit.context, body=json.dumps({"crossed": codes}).encode())


def _asked(permit: Permit, proposed: Sequence[Fact], on_record: Sequence[Fact]) -> frozenset[FieldGroup]:
    """The parts that have to be open to add to. A plan is asked of the whole record.

    What has happened goes where its writer takes it to go: no refusal tells that a flag which is closed to them moves it.
    """
    group_of = groups_of(on_record)
    seen = [fact for fact in on_record if group_of[fact.id] in permit.allowed.groups]
    plans = [fact for fact in proposed if FACT_TYPES[fact.type].plan]
    happened = [fact for fact in proposed if not FACT_TYPES[fact.type].plan]
    return frozenset((*_groups(plans, on_record), *_groups(happened, [*seen, *plans])))


def _groups(facts: Sequence[Fact], on_record: Sequence[Fact]) -> tuple[FieldGroup, ...]:
    """The parts of the record into which these facts are written: a withdrawal into that of what it takes back."""
    group_of = groups_of((*on_record, *facts))
    groups = {group_of[fact.id] for fact in facts}
    return tuple(group for group in FieldGroup if group in groups)
