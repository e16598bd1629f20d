"""What came in at the door and is over: how long it is kept, legal holds, and erasures that two persons decide.

Nothing goes because a number has passed: people decide, two of them, and a job carries it out. With a report go its sealed
keys and every row that names it; its code opens then what a wrong one opens. See decision 0075.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from encircle.actions.context import Who, at_work
from encircle.actions.form_token import id_of_form
from encircle.actions.people import as_basis
from encircle.actions.permit import NotAllowed, mandates
from encircle.actions.retention import LONGEST_HOLD
from encircle.actions.whose_law import law_for
from encircle.core.access import Denied
from encircle.core.access.rule import source_of
from encircle.core.journal.entry import EntryKind
from encircle.core.retention import Kept, Retained, kept_at_the_door
from encircle.law.law import Law
from encircle.law.retention import KeptOf, RetentionRule
from encircle.records import journal
from encircle.records import report_keeping as rows
from encircle.records.context import Context, with_context
from encircle.records.journal.signing import signed
from encircle.records.report_keeping import Over
from encircle.records.report_keeping import ReportErasureRow as ReportErasureRow
from encircle.vocabulary.identifier import is_random_id
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused

ON_A_PAGE: Final = 100
PURPOSES: Final[Mapping[KeptOf, Purpose]] = {
    KeptOf.REPORT: Purpose.TRIAGE,
    KeptOf.TALK: Purpose.TALK,
    KeptOf.COMPLAINT: Purpose.COMPLAINTS,
}
"""Who reads and answers them decides whether they are still needed."""
_ERASURES_SHOWN, _AT_ONCE = 20, 500
_MAY_GO = (Kept.DUE, Kept.TO_BE_LOOKED_AT)


class NoSuchReportErasure(Refused):
    """There is no such erasure or hold that one may act on."""

    def __init__(self) -> None:
        super().__init__(
            code="no_such_report_erasure",
            reason="There is no such erasure or legal hold here that still runs. Nothing was changed.",
            instead="Look at the list again.",
        )


@dataclass(frozen=True, slots=True)
class Silent:
    """One that is over, and how it stands with its time. `may_go`: it can be asked for now."""

    over: Over
    retained: Retained

    @property
    def may_go(self) -> bool:
        """Whether its time has come, or people have to look, and no hold runs."""
        return self.over.held_until is None and self.retained.kept in _MAY_GO


@dataclass(frozen=True, slots=True)
class DoorKeeping:
    """What is over at one's desk, the longest silent first. `rule`: None, where the packs have none."""

    of: KeptOf
    rule: RetentionRule | None
    silent: tuple[Silent, ...]
    more: bool
    erasures: tuple[ReportErasureRow, ...]
    person: str
    zone: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many are over, of one kind: due; to be looked at; still kept; under a hold."""

    of: KeptOf
    due: int
    to_be_looked_at: int
    kept: int
    held: int


def keeping_at_door(who: Who, of: KeptOf) -> DoorKeeping:
    """What is over of what is sealed to one's agency, and its erasures. Refuses: NotAllowed."""
    with _allowed(who, of) as context:
        law = law_for(settings.COUNTRY)
        rule = rule_of(of, law)
        found = rows.over_of(of.value, who.agency, at_most=ON_A_PAGE + 1) if rule is not None else ()
        _enter(who, EntryKind.LOOK, f"{of.value}s_kept_listed", context)
        return DoorKeeping(
            of=of,
            rule=rule,
            silent=tuple(_silent(one, rule, law, context.now) for one in found[:ON_A_PAGE] if rule),
            more=len(found) > ON_A_PAGE,
            erasures=rows.erasures_of(who.agency, of.value, at_most=_ERASURES_SHOWN),
            person=who.person,
            zone=law.zone,
        )


def hold_at_door(
    who: Who, of: KeptOf, chosen: Sequence[str], *, basis: str, until: datetime | None, token: str
) -> int:
    """Nothing of these is erased until then; how many holds were set. The same form sets each once.

    Refuses: NotAllowed; BadInput: nothing chosen, no basis, no day in the next ten years.
    """
    with _allowed(who, of) as context:
        kept = as_basis(basis)
        if until is None or not context.now < until <= context.now + LONGEST_HOLD:
            reason = "Give a day in the next ten years on which it ends."
            raise BadInput(code="no_until", reason=reason, where="until")
        found = rows.over_among(of.value, [one for one in chosen if is_random_id(one)], who.agency)
        if not found:
            raise _nothing_chosen()
        made = 0
        for one in found:
            hold = id_of_form(token, f"{who.agency}/{one.id}/hold")
            made += rows.add_hold(one.id, hold=hold, basis=kept, until=until, ctx=context)
        if made:
            _enter(who, EntryKind.WRITE, f"{of.value}_hold_set", context)
        return made


def end_hold_at_door(who: Who, of: KeptOf, hold: str) -> None:
    """End a hold of one's own agency now. Refuses: NotAllowed; NoSuchReportErasure."""
    with _allowed(who, of) as context:
        if not is_random_id(hold) or rows.end_hold(hold) is None:
            raise NoSuchReportErasure
        _enter(who, EntryKind.WRITE, f"{of.value}_hold_ended", context)


def ask_erasure_at_door(who: Who, of: KeptOf, chosen: Sequence[str], *, basis: str, token: str) -> int:
    """Ask that these are erased; how many can be: a hold, a time that runs or another erasure leaves one out.

    The same form asks once. Refuses: NotAllowed; BadInput: none whose time has come, no basis.
    """
    with _allowed(who, of) as context:
        law, kept = law_for(settings.COUNTRY), as_basis(basis)
        rule, erasure = rule_of(of, law), id_of_form(token, f"{who.agency}/{of.value}/erasure")
        if rows.erasure_of(erasure) is not None:
            return 0
        found = rows.over_among(of.value, [one for one in chosen if is_random_id(one)], who.agency)
        going = [one.id for one in found if rule and _silent(one, rule, law, context.now).may_go]
        if rule is None or not going:
            raise _nothing_chosen()
        rows.ask_erasure(going, erasure=erasure, of=of.value, ground=rule.code, basis=kept, ctx=context)
        _enter(who, EntryKind.WRITE, f"{of.value}_erasure_asked", context)
        return len(going)


def decide_erasure_at_door(who: Who, of: KeptOf, erasure: str) -> None:
    """The second person decides. Refuses: NotAllowed; NoSuchReportErasure; RuleBroken: who asked, one that stands."""
    with _allowed(who, of) as context:
        _one(of, erasure)
        rows.decide_erasure(erasure, ctx=context)
        _enter(who, EntryKind.WRITE, f"{of.value}_erasure_decided", context)


def drop_erasure_at_door(who: Who, of: KeptOf, erasure: str) -> None:
    """Put it aside before it is done. Refuses: NotAllowed; NoSuchReportErasure; RuleBroken: one that stands."""
    with _allowed(who, of) as context:
        _one(of, erasure)
        rows.drop_erasure(erasure)
        _enter(who, EntryKind.WRITE, f"{of.value}_erasure_dropped", context)


def count_at_door() -> tuple[Counted, ...]:
    """How many are over, by kind: numbers alone. A job."""
    law = law_for(settings.COUNTRY)
    return tuple(_count(of, law) for of in PURPOSES)


def carry_out_at_door() -> tuple[ReportErasureRow, ...]:
    """Do what two persons have decided, each in a transaction of its own with its certificate and its journal entry."""
    with with_context(agency=None, actor="retention", purpose="retention"):
        waiting = rows.erasures_waiting(_AT_ONCE)
    return tuple(_carry_out(one) for one in waiting)


def certificate_at_door(erasure: str) -> ReportErasureRow | None:
    """That erasure, for an operator: numbers, codes, times and ids of staff; None, where there is none that is done."""
    with with_context(agency=None, actor="retention", purpose="retention"):
        found = rows.erasure_of(erasure)
    return None if found is None or found.note is None else found


def kept_until(of: KeptOf, last_words: datetime) -> datetime | None:
    """Until when it is kept at least, if nobody writes any more; None, where no number of law or practice says it."""
    law = law_for(settings.COUNTRY)
    rule = rule_of(of, law)
    if rule is None or not rule.may_be_due:
        return None
    return kept_at_the_door(
        rule, last_words=last_words, is_closed=False, calendar=law.calendar, now=last_words
    ).until


def rule_of(of: KeptOf, law: Law) -> RetentionRule | None:
    """The rule of that country for what came in at the door; None, where its packs say that none applies."""
    return next((rule for rule in law.retention if rule.of is of), None)


def _silent(one: Over, rule: RetentionRule, law: Law, now: datetime) -> Silent:
    """A report whose record is erased has no time of its own left."""
    if one.record_gone:
        return Silent(one, Retained(rule, Kept.DUE, one.last_words))
    return Silent(
        one,
        kept_at_the_door(rule, last_words=one.last_words, is_closed=True, calendar=law.calendar, now=now),
    )


def _count(of: KeptOf, law: Law) -> Counted:
    rule, after, found = rule_of(of, law), "", []
    while rule is not None:
        with with_context(agency=None, actor="retention", purpose="retention") as context:
            page = rows.over_everywhere(of.value, at_most=_AT_ONCE, after=after)
        found += [
            Kept.UNKNOWN if one.held_until else _silent(one, rule, law, context.now).retained.kept
            for one in page
        ]
        if len(page) < _AT_ONCE:
            break
        after = page[-1].id
    due, looked, kept, held = (
        found.count(one) for one in (Kept.DUE, Kept.TO_BE_LOOKED_AT, Kept.KEPT, Kept.UNKNOWN)
    )
    return Counted(of, due, looked, kept, held)


def _carry_out(row: ReportErasureRow) -> ReportErasureRow:
    """What somebody wrote to since, and what a hold stops, is kept after all."""
    law, of = law_for(settings.COUNTRY), KeptOf(row.of)
    rule = rule_of(of, law)
    with with_context(agency=None, actor="retention", purpose="retention") as ctx:
        asked = rows.in_erasure(row.id)
        over = rows.over_among(row.of, asked, None)
        going = [one.id for one in over if rule and _silent(one, rule, law, ctx.now).may_go]
        rows.keep_after_all(row.id, [one for one in asked if one not in going])
        destroyed = rows.erase_reports(going)
        days = settings.BACKUP_DAYS if isinstance(settings.BACKUP_DAYS, int) else None
        text = certificate_text(row, reports=len(going), keys=destroyed, at=ctx.now, backup_days=days)
        rows.write_done(row.id, reports=len(going), keys=destroyed, note=signed(text), at=ctx.now)
        outcome = f"{of.value}s_erased"
        journal.enter(journal.Act(kind=EntryKind.WRITE, outcome=outcome, legal_basis=row.basis), ctx=ctx)
        return rows.erasure_of(row.id) or row


def certificate_text(
    row: ReportErasureRow, *, reports: int, keys: int, at: datetime, backup_days: int | None
) -> str:
    """What the certificate states, line by line: codes, times, numbers and ids of staff; no report."""
    expires = "unknown" if backup_days is None else f"{at + timedelta(days=backup_days):%Y-%m-%d}"
    lines = (
        "encircle/erasure-at-the-door v1",
        f"erasure {row.id}",
        f"of {row.of}",
        f"erased {reports}",
        f"keys destroyed {keys}",
        f"ground {row.ground}",
        f"basis {row.basis}",
        f"asked by {row.asked_by} at {row.asked_at:%Y-%m-%dT%H:%M:%SZ}",
        f"decided by {row.decided_by} at {row.decided_at:%Y-%m-%dT%H:%M:%SZ}",
        f"erased at {at:%Y-%m-%dT%H:%M:%SZ}",
        f"last backup that can hold a sealed key expires {expires}",
    )
    return "\n".join(lines) + "\n"


def _one(of: KeptOf, erasure: str) -> ReportErasureRow:
    found = rows.erasure_of(erasure) if is_random_id(erasure) else None
    if found is None or found.of != of.value:
        raise NoSuchReportErasure
    return found


def _nothing_chosen() -> BadInput:
    return BadInput(code="nothing_chosen", reason="Choose at least one whose time has come.", where="chosen")


def _allowed(who: Who, of: KeptOf) -> AbstractContextManager[Context]:
    """Refuses: NotAllowed, a role that does not read them; a program."""
    mandate, purpose = mandates().get(who.role), PURPOSES[of]
    if who.is_program or mandate is None or purpose not in mandate.purposes:
        source = "" if mandate is None else source_of(mandate)
        reason, instead = "This is not among the purposes of your role.", "Ask those who read them."
        raise NotAllowed(Denied("purpose", reason, source, instead), "")
    return at_work(who, purpose)


def _enter(who: Who, kind: EntryKind, outcome: str, context: Context) -> None:
    journal.enter(journal.Act(kind=kind, outcome=outcome, role=who.role.value), ctx=context)
