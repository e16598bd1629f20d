"""The held part of a desk's list: what came in a suspected flood, looked through page by page; what is real is taken out."""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings

from encircle.actions.context import Who, at_work
from encircle.actions.reports.desk import Listed, NoReport, NotUnlocked, ask_desk, listed_of
from encircle.actions.whose_law import law_for
from encircle.core.journal.entry import EntryKind
from encircle.crypto import report as sealing
from encircle.crypto.people import KeyPair
from encircle.crypto.sealed import SealBroken
from encircle.records import held_reports as rows
from encircle.records import journal
from encircle.records import reports as all_reports
from encircle.records.context import Context
from encircle.records.people_keys import agency_keys_open
from encircle.vocabulary.purpose import Purpose

ON_A_PAGE: Final = 30
SIGNS_SHOWN: Final = 240


@dataclass(frozen=True, slots=True)
class Held:
    """A held report. `begins`: how its first words begin; empty, where it has none or one's key does not open it."""

    listed: Listed
    begins: str


@dataclass(frozen=True, slots=True)
class HeldPage:
    """One page of the held part. `waiting`: how many nobody has looked through; `at`: when it was looked at."""

    reports: tuple[Held, ...]
    waiting: int
    is_unlocked: bool
    page: int
    more: bool
    at: datetime
    zone: str


def held_reports(who: Who, *, page: int = 1) -> HeldPage:
    """What is held, with how it begins where one's key is open. Who reported is not told of that. Refuses: NotAllowed."""
    ask_desk(who)
    with at_work(who, Purpose.TRIAGE) as context:
        found = rows.held_of(who.agency, skip=(page - 1) * ON_A_PAGE, at_most=ON_A_PAGE + 1)
        shown, law, pairs = found[:ON_A_PAGE], law_for(settings.COUNTRY), agency_keys_open(who.agency)
        begins = _beginnings([one.id for one in shown], who, pairs) if pairs else {}
        _enter(who, EntryKind.LOOK, "held_reports_listed", sorted(begins), context)
        return HeldPage(
            reports=tuple(Held(one, begins.get(one.open.id, "")) for one in listed_of(shown, who, law)),
            waiting=rows.waiting_of(who.agency),
            is_unlocked=bool(pairs),
            page=page,
            more=len(found) > ON_A_PAGE,
            at=context.now,
            zone=law.zone,
        )


def waiting(who: Who) -> int:
    """How many held reports nobody at a desk has looked through. Refuses: NotAllowed."""
    ask_desk(who)
    with at_work(who, Purpose.TRIAGE):
        return rows.waiting_of(who.agency)


def look_through(who: Who, shown: Sequence[str], *, real: Sequence[str]) -> tuple[int, int]:
    """Take those that are real out of the held part, and say of the others that were shown that somebody saw them.

    How many were taken out, and how many looked through. Sent twice it is done once. Refuses: NotAllowed, NotUnlocked.
    """
    ask_desk(who)
    with at_work(who, Purpose.TRIAGE) as context:
        if not agency_keys_open(who.agency):
            raise NotUnlocked
        out = rows.take_out([one for one in shown if one in real], ctx=context)
        seen = rows.looked_through([one for one in shown if one not in real])
        if out:
            _enter(who, EntryKind.WRITE, "reports_taken_out", out, context)
        if seen:
            _enter(who, EntryKind.WRITE, "held_reports_looked_through", seen, context)
        return len(out), len(seen)


def take_out(who: Who, report: str) -> None:
    """Let a held report stand among those that wait; one that is not held stays. Refuses: NotAllowed, NoReport."""
    ask_desk(who)
    with at_work(who, Purpose.TRIAGE) as context:
        _is_there(report)
        if out := rows.take_out([report], ctx=context):
            _enter(who, EntryKind.WRITE, "reports_taken_out", out, context)


def hold_again(who: Who, report: str) -> None:
    """Put a report back into the held part; one that tells of danger stays where it is. Refuses as `take_out`."""
    ask_desk(who)
    with at_work(who, Purpose.TRIAGE) as context:
        _is_there(report)
        if held := rows.hold_again([report]):
            _enter(who, EntryKind.WRITE, "reports_held_again", held, context)


def _is_there(report: str) -> None:
    if all_reports.report_numbered(report) is None:
        raise NoReport


def _beginnings(reports: Sequence[str], who: Who, pairs: Iterable[KeyPair]) -> dict[str, str]:
    """How each begins, as far as one's key opens it."""
    by_name = {sealing.name_of_key(pair.public): pair for pair in pairs}
    begins = {}
    for report, first in rows.first_words(reports, who.agency).items():
        for name, sealed in first.keys.items():
            pair = by_name.get(name)
            if pair is not None:
                with suppress(SealBroken):  # one that does not open is left to its own page, which says so
                    begins[report] = _beginning(
                        report, first, sealing.open_report_key(pair, sealed, report=report)
                    )
    return begins


def _beginning(report: str, first: rows.FirstWords, key: bytes) -> str:
    plain = sealing.open_part(first.sealed, key=key, report=report, part=first.part, kind=first.kind)
    text = str(json.loads(plain).get("text", ""))
    return text if len(text) <= SIGNS_SHOWN else text[:SIGNS_SHOWN] + "…"


def _enter(who: Who, kind: EntryKind, outcome: str, reports: Sequence[str], context: Context) -> None:
    body = json.dumps({"reports": list(reports)}).encode() if reports else None
    journal.enter(journal.Act(kind=kind, outcome=outcome, role=who.role.value), ctx=context, body=body)
