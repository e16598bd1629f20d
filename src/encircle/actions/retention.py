"""Retention: what is kept how long, legal holds, and erasures that one person asks for, a second decides and a job does.

Nothing is erased because a number has passed: people decide, two of them, on a named basis; a legal hold stops it. Erasing
destroys keys; the certificate says which parts, when, by whom decided, and when the last backup that holds them expires.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from encircle.actions.context import Who
from encircle.actions.form_token import id_of_form
from encircle.actions.heading import Heading, enter_look, heading
from encircle.actions.people import as_basis
from encircle.actions.permit import Permit, permitted
from encircle.actions.whose_law import law_for
from encircle.core.access import Doing
from encircle.core.child import AsOf
from encircle.core.child.fold import fold
from encircle.core.journal.entry import EntryKind
from encircle.core.retention import Kept, Retained, retained
from encircle.records import facts as rows
from encircle.records import journal, keeping
from encircle.records.context import with_context
from encircle.records.erasure import erase
from encircle.records.journal.signing import is_signed, signed
from encircle.records.keeping import ErasureRow as ErasureRow
from encircle.records.keeping import Hold as Hold
from encircle.vocabulary.compartment import Compartment
from encircle.vocabulary.decision import Decision
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused

ASKED_FOR = "asked_for"
"""The ground of an erasure that the person it is about asked for."""
LONGEST_HOLD = timedelta(days=3660)
MOST_WORDS = 2000
_AT_ONCE = 500


class NoSuchErasure(Refused):
    """There is no such erasure or hold on this record that one may act on."""

    def __init__(self) -> None:
        super().__init__(
            code="no_such_erasure",
            reason="There is no such erasure or legal hold on this record that still runs. Nothing was changed.",
            instead="Look at the list again.",
        )


@dataclass(frozen=True, slots=True)
class Keeping:
    """How it stands with keeping one record. `may_decide`: whether who looks may set holds, ask and decide."""

    told: Heading
    rules: tuple[Retained, ...]
    holds: tuple[Hold, ...]
    erasures: tuple[ErasureRow, ...]
    person: str
    may_decide: bool

    @property
    def is_held(self) -> bool:
        """Whether a legal hold runs."""
        return any(one.runs for one in self.holds)


@dataclass(frozen=True, slots=True)
class DueLine:
    """One rule on one record that people have to look at. `is_held`: a legal hold runs."""

    number: str
    retained: Retained
    is_held: bool


def keeping_of(who: Who, number: str) -> Keeping:
    """How long the parts of that record are kept, its holds and erasures. Refuses: NotSeen, NotAllowed."""
    with permitted(who, number, purpose=Purpose.ACCOUNT_FOR) as permit:
        permit.ask_to_decide(Decision.ERASE)
        told = heading(permit)
        enter_look(permit, "keeping", told)
        return Keeping(
            told,
            _retained(permit.root.id, permit.root.country, permit.context.now),
            keeping.holds_on(permit.root.id),
            keeping.erasures_on(permit.root.id),
            who.person,
            Decision.ERASE in permit.allowed.decides,
        )


def set_hold(who: Who, number: str, *, basis: str, until: datetime | None, reason: str, token: str) -> bool:
    """Nothing of that record is erased until then. The same form sets one. Refuses: NotSeen, NotAllowed; BadInput."""
    with permitted(who, number, purpose=Purpose.ACCOUNT_FOR, doing=Doing.DECIDE) as permit:
        permit.ask_to_decide(Decision.ERASE)
        now, kept, reason = permit.context.now, as_basis(basis), reason.strip()
        if until is None or not now < until <= now + LONGEST_HOLD:
            raise BadInput(
                code="no_until", reason="Give a day in the next ten years on which it ends.", where="until"
            )
        if not reason or len(reason) > MOST_WORDS:
            raise BadInput(
                code="no_reason", reason="Say in a sentence what needs the record.", where="reason"
            )
        made = keeping.add_hold(
            permit.root.id,
            hold=id_of_form(token, f"{permit.root.id}/hold"),
            basis=kept,
            until=until,
            reason=reason,
            ctx=permit.context,
        )
        if made:
            _journal(permit, "legal_hold_set")
        return made


def end_hold(who: Who, number: str, hold: str) -> None:
    """End it now. Refuses: NotSeen, NotAllowed; NoSuchErasure."""
    with permitted(who, number, purpose=Purpose.ACCOUNT_FOR, doing=Doing.DECIDE) as permit:
        permit.ask_to_decide(Decision.ERASE)
        if not any(one.id == hold and one.runs for one in keeping.holds_on(permit.root.id)):
            raise NoSuchErasure
        keeping.end_hold(hold, permit.root.id)
        _journal(permit, "legal_hold_ended")


def ask_erasure(who: Who, number: str, ground: str, *, basis: str, token: str) -> bool:
    """Ask that the parts of that rule are erased, or all of them. `ground`: a rule of retention, or `asked_for`.

    Refuses: NotSeen, NotAllowed; BadInput: a rule whose time has not come, no basis.
    """
    with permitted(who, number, purpose=Purpose.ACCOUNT_FOR, doing=Doing.DECIDE) as permit:
        permit.ask_to_decide(Decision.ERASE)
        parts = _parts(permit, ground)
        made = keeping.ask_erasure(
            permit.root.id,
            parts,
            erasure=id_of_form(token, f"{permit.root.id}/erasure"),
            ground=ground,
            basis=as_basis(basis),
            ctx=permit.context,
        )
        if made:
            _journal(permit, "erasure_asked")
        return made


def decide_erasure(who: Who, number: str, erasure: str) -> None:
    """The second person decides. Refuses: NotSeen, NotAllowed; NoSuchErasure; RuleBroken: who asked, or a hold runs."""
    with permitted(who, number, purpose=Purpose.ACCOUNT_FOR, doing=Doing.DECIDE) as permit:
        permit.ask_to_decide(Decision.ERASE)
        _one(permit, erasure)
        keeping.decide_erasure(erasure, permit.root.id, ctx=permit.context)
        _journal(permit, "erasure_decided")


def drop_erasure(who: Who, number: str, erasure: str) -> None:
    """Put it aside before it is done. Refuses: NotSeen, NotAllowed; NoSuchErasure."""
    with permitted(who, number, purpose=Purpose.ACCOUNT_FOR, doing=Doing.DECIDE) as permit:
        permit.ask_to_decide(Decision.ERASE)
        _one(permit, erasure)
        keeping.drop_erasure(erasure, permit.root.id)
        _journal(permit, "erasure_dropped")


def certificate(who: Who, number: str, erasure: str) -> ErasureRow:
    """That erasure, done. Refuses: NotSeen, NotAllowed; NoSuchErasure."""
    with permitted(who, number, purpose=Purpose.ACCOUNT_FOR) as permit:
        permit.ask_to_decide(Decision.ERASE)
        enter_look(permit, "certificate", heading(permit))
        found = _one(permit, erasure)
        if found.note is None:
            raise NoSuchErasure
        return found


def due_everywhere() -> Iterator[DueLine]:
    """What people have to look at in all records of children. A job: read page by page, shown as numbers and codes."""
    after = ""
    while True:
        with with_context(agency=None, actor="retention", purpose="retention") as ctx:
            page, held = keeping.roots_numbered(_AT_ONCE, after=after), keeping.held_roots()
            found = [
                DueLine(number, one, root in held)
                for root, number, country in page
                for one in _retained(root, country, ctx.now)
                if one.kept in (Kept.DUE, Kept.TO_BE_LOOKED_AT)
            ]
        yield from found
        if len(page) < _AT_ONCE:
            return
        after = page[-1][1]


def carry_out_erasures() -> tuple[ErasureRow, ...]:
    """Do what two persons have decided, each in a transaction of its own with its certificate and its journal entry."""
    with with_context(agency=None, actor="retention", purpose="retention"):
        waiting = keeping.erasures_waiting()
    for one in waiting:
        _carry_out(one)
    return waiting


def certificate_of(erasure: str) -> ErasureRow | None:
    """That erasure, for an operator: numbers, codes, times and ids alone; None, where there is none that is done."""
    with with_context(agency=None, actor="retention", purpose="retention"):
        found = keeping.erasure_of(erasure)
    return None if found is None or found.note is None else found


def is_genuine(note: str) -> bool:
    """Whether the key of this installation signed that certificate as it stands."""
    return is_signed(note.encode())


def certificate_text(row: ErasureRow, *, destroyed: int, at: datetime, backup_days: int | None) -> str:
    """What the certificate states, line by line: codes, times and ids, no name of anybody."""
    expires = "unknown" if backup_days is None else f"{at + timedelta(days=backup_days):%Y-%m-%d}"
    lines = (
        "encircle/erasure v1",
        f"erasure {row.id}",
        f"record {row.number}",
        f"parts {' '.join(part.value for part in row.parts)}",
        f"keys destroyed {destroyed}",
        f"ground {row.ground}",
        f"basis {row.basis}",
        f"asked by {row.asked_by} at {row.asked_at:%Y-%m-%dT%H:%M:%SZ}",
        f"decided by {row.decided_by} at {row.decided_at:%Y-%m-%dT%H:%M:%SZ}",
        f"erased at {at:%Y-%m-%dT%H:%M:%SZ}",
        f"last backup that can hold a wrapped key expires {expires}",
    )
    return "\n".join(lines) + "\n"


def _carry_out(row: ErasureRow) -> None:
    with with_context(agency=None, actor="retention", purpose="retention") as ctx:
        destroyed = erase(row.root, row.parts, because=row.ground)
        days = settings.BACKUP_DAYS if isinstance(settings.BACKUP_DAYS, int) else None
        text = certificate_text(row, destroyed=destroyed, at=ctx.now, backup_days=days)
        keeping.write_done(row.id, destroyed=destroyed, note=signed(text), at=ctx.now)
        act = journal.Act(kind=EntryKind.WRITE, outcome="erased", root=row.root, legal_basis=row.basis)
        journal.enter(act, ctx=ctx)


def _retained(root: RootId, country: str, now: datetime) -> tuple[Retained, ...]:
    law = law_for(country)
    situation = fold(rows.facts_of(root), AsOf(now), zone=law.zone).earliest
    return retained(situation, rules=law.retention, calendar=law.calendar, now=now)


def _parts(permit: Permit, ground: str) -> Collection[Compartment]:
    if ground == ASKED_FOR:
        return tuple(Compartment)
    for one in _retained(permit.root.id, permit.root.country, permit.context.now):
        if one.rule.code == ground and one.kept in (Kept.DUE, Kept.TO_BE_LOOKED_AT):
            return one.rule.parts
    raise BadInput(
        code="not_due",
        reason="Choose a rule whose time has come, or that the person asked for it.",
        where="ground",
    )


def _one(permit: Permit, erasure: str) -> ErasureRow:
    for one in keeping.erasures_on(permit.root.id):
        if one.id == erasure:
            return one
    raise NoSuchErasure


def _journal(permit: Permit, outcome: str) -> None:
    act = journal.Act(
        kind=EntryKind.WRITE,
        outcome=outcome,
        root=permit.root.id,
        role=permit.who.role.value,
        legal_basis=permit.allowed.basis,
    )
    journal.enter(act, ctx=permit.context)
