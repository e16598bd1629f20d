"""What follows from the facts of a record, kept in rows: at each writing, when time passes, and all of it at once.

Lists, work lists and statistics read these rows and fold nothing. A look at one record does not read them.
"""

import gc
import logging
import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import django

from encircle.actions.practice.turning import turn_practice
from encircle.actions.replay.answer import answer
from encircle.actions.whose_law import law_for
from encircle.core.access import groups_of
from encircle.core.calendar import NO_CALENDAR, calendar
from encircle.core.child import AsOf
from encircle.core.duty.turning import next_turning
from encircle.law.law import Law
from encircle.law.pack.practice import SUFFIX
from encircle.records import names, rebuilding, syncing, turning
from encircle.records import projection as rows
from encircle.records.context import Context, with_context
from encircle.records.facts import facts_of, facts_of_each
from encircle.records.unlocked import with_unlocked
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import OWN_RECORDS, Kind
from encircle.vocabulary.identifier import RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused

logger = logging.getLogger(__name__)

AT_ONCE = 200
"""Roots that a sweep looks up together; each is computed in a transaction of its own."""
MANY = 2_000
"""From so many records on, everything is computed by several processes."""
PROCESSES = 2
PUT_OFF = timedelta(hours=1)
"""A root that cannot be computed is tried again then."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How many roots were computed anew, and how many could not be."""

    done: int
    failed: int


def project(root: RootId, *, ctx: Context, now: datetime) -> rows.Projection | None:
    """Compute the rows of this root as of now, in the open transaction. None: not seen, or left to the next sweep.

    What is answered is all that follows: whoever shows of it asks `core.access` first.

    A root that is linked to others as the same child is left to the sweep, which sees the facts of all of them.
    """
    held = rows.hold(root)
    if held is None:
        return None
    if held.linked and ctx.agency is not None:
        rows.compute_soon(root)
        return None
    law = law_for(held.country)
    with with_unlocked(None):  # rows in tables never follow from what is sealed to people
        facts = facts_of(root)
    follows = projected(facts, root=root, law=law, now=now, whose=held.whose)
    syncing.sync(held, follows)
    return follows


def projected(
    facts: tuple[Fact, ...], *, root: RootId, law: Law, now: datetime, whose: Kind = Kind.CHILD
) -> rows.Projection:
    """What follows from these facts of a root at an instant, before it is written. `whose`: what the record is of."""
    of_itself = whose in OWN_RECORDS
    found = answer(facts, law=law, as_of=AsOf(now), child=root, whose=whose if of_itself else Kind.CHILD)
    return rows.Projection(
        duties=found.duties,
        alarms=found.alarms,
        situation=found.folded.earliest,
        calendar=NO_CALENDAR if of_itself else calendar(found.folded.earliest, (), zone=law.zone),
        groups=groups_of(facts),
        facts=len(facts),
        pack=_pack(law),
        at=now,
        next_change_at=next_turning(facts, found.folded, found.duties, law=law, now=now),
    )


def sweep_ledger(*, at_most: int = AT_ONCE) -> Swept:
    """Compute anew what time alone has changed since the last sweep; those that wait longest first.

    What practice has adopted for this day comes into force with it.
    """
    with with_context(agency=None, actor="sweeper", purpose=Purpose.SWEEP.value) as context:
        turn_practice(context)
        due = turning.due(context.now, at_most=at_most)
    return _computed(due, Purpose.SWEEP)


def rebuild_ledger(*, tell: Callable[[int, int], None], processes: int | None = None) -> Swept:
    """Compute everything anew from the facts, telling how many of how many are done.

    `processes`: how many work at it; None: one, and two where there are many records.
    Interrupted, it goes on where it stopped: what is still to be done stands in a table of its own.
    """
    total = _begun()
    swept = Swept(0, 0)
    tell(0, total)
    for now in _rebuilt(processes or (PROCESSES if total >= MANY else 1)):
        swept = Swept(swept.done + now.done, swept.failed + now.failed)
        tell(swept.done + swept.failed, max(total, swept.done + swept.failed))
    return Swept(max(swept.done, total - swept.failed), swept.failed)


def _begun() -> int:
    """How many records wait: those that an interrupted computing left, or all."""
    with with_context(agency=None, actor="rebuilder", purpose=Purpose.REBUILD.value):
        return rebuilding.waiting() or rebuilding.begin()


def _rebuilt(processes: int) -> Iterator[Swept]:
    """Compute what waits, part by part; many records by several processes, of which none waits for another.

    A part is one transaction. One in which a record cannot be computed is gone through record by record, as are
    those that are linked to others; what cannot be computed is put off, and holds up no other.
    """
    if processes > 1:
        yield from _by_several(processes)
    while (done := _next_part()) is not None:
        yield Swept(done, 0)
    while True:
        with with_context(agency=None, actor="rebuilder", purpose=Purpose.REBUILD.value):
            part = rebuilding.apart()
            due = () if part is None else turning.with_linked(part.roots)
        if part is None:
            return
        swept = _computed(due, Purpose.REBUILD)
        with with_context(agency=None, actor="rebuilder", purpose=Purpose.REBUILD.value):
            rebuilding.done(part)
        yield swept


def _by_several(processes: int) -> Iterator[Swept]:
    begin = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=begin, initializer=django.setup) as pool:
        waiting = {pool.submit(_next_part) for _ in range(processes)}
        try:
            while waiting:
                ended, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for one in ended:
                    done = one.result()
                    if done is not None:
                        waiting.add(pool.submit(_next_part))
                        yield Swept(done, 0)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _next_part() -> int | None:
    """How many were computed together, none where one of them cannot be; None, where no part is left to claim."""
    part = None
    try:
        with (
            _collector_at_rest(),
            with_context(agency=None, actor="rebuilder", purpose=Purpose.REBUILD.value) as context,
        ):
            turning.wait_for_no_disk()
            part = rebuilding.claim()
            return None if part is None else _compute_part(part, now=context.now)
    except Refused:
        if part is None:
            raise
        with with_context(agency=None, actor="rebuilder", purpose=Purpose.REBUILD.value):
            rebuilding.set_apart(part, part.roots)
        return 0


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """What a batch makes points in no circle and goes when the batch ends: Python's collector would look through it,
    again and again, in vain, which was a quarter of the time. Between two batches it works as always.
    """
    worked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if worked:
            gc.enable()


def _compute_part(part: rebuilding.Part, *, now: datetime) -> int:
    """Compute the roots of a part that are linked to no other; how many. Refuses, if one cannot be."""
    roots, linked = rebuilding.hold(part)
    facts = facts_of_each(roots)
    names.index_each(facts)
    told = rows.told_of(roots)
    law_of = {country: law_for(country) for country in {held.country for held in told}}
    found = [
        (
            held,
            projected(facts[held.root], root=held.root, law=law_of[held.country], now=now, whose=held.whose),
        )
        for held in told
    ]
    if found:
        syncing.sync_many(found)
    if linked:
        rebuilding.set_apart(part, linked)
    else:
        rebuilding.done(part)
    return len(found)


def _computed(due: tuple[turning.Due, ...], purpose: Purpose) -> Swept:
    done = sum(_compute(one, purpose) for one in due)
    return Swept(done, len(due) - done)


def _compute(due: turning.Due, purpose: Purpose) -> bool:
    """Whether the root could be computed; it comes after those linked to it, so that its mark goes last."""
    try:
        for root in (*due.linked, due.root):
            with with_context(agency=None, actor="sweeper", purpose=purpose.value) as context:
                turning.wait_for_no_disk()
                if purpose is Purpose.REBUILD:
                    names.index(root)
                project(root, ctx=context, now=context.now)
    except Refused as refused:
        logger.warning("ledger.not_computed", extra={"root": due.root, "refused": refused.code})
        with with_context(agency=None, actor="sweeper", purpose=purpose.value) as context:
            turning.put_off(due.root, until=context.now + PUT_OFF)
        return False
    return True


def _pack(law: Law) -> str:
    """The pack of a law with its version, as rows name it; then the last proposal that is part of it."""
    (version,) = (pack.version for pack in law.packs if pack.code == law.pack)
    practice = "".join(f"-p{pack.version}" for pack in law.packs if pack.code == f"{law.pack}{SUFFIX}")
    return f"{law.pack}@{version}{practice}"
