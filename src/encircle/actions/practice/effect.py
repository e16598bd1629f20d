"""The effect of a proposal on the open records: counted by a job, kept in figures that tell of no child.

It is what `encircle pack diff --data` counts: each record read by both laws, as of now. Every figure goes through the
rounding of published statistics, with a draw of its own that stays the same: asking again gives nothing to average.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

from encircle.actions.law import law_of, running_laws
from encircle.actions.pack_diff import Effect, differences
from encircle.actions.pack_records import ACTOR, AT_ONCE
from encircle.actions.practice.turning import duties_of
from encircle.actions.whose_law import pack_for
from encircle.core.child import AsOf, situation_schema
from encircle.core.difference import Moved, Turn
from encircle.core.disclosure.rounding import SCALE, rounded
from encircle.core.journal.entry import EntryKind
from encircle.law.law import Law
from encircle.law.pack import law_with
from encircle.law.practice import Adopted, Amendment, Held, Part, ordered
from encircle.records import journal
from encircle.records import practice as rows
from encircle.records.adopted import practice_of
from encircle.records.context import with_context
from encircle.records.facts import facts_of
from encircle.records.open_roots import OpenRoot, open_roots
from encircle.records.seal import secret_draw
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role

COMPARED, MOVED = "compared", "moved"


def count_effects() -> None:
    """Count what each proposal that waits would move, where that is not counted yet."""
    for _ in effects_of_waiting():
        pass


def effects_of_waiting() -> Iterator[int]:
    """The same in steps, so that other jobs come in between: after each how many records were compared."""
    with with_context(agency=None, actor=ACTOR, purpose=Purpose.REBUILD.value) as context:
        waiting = rows.uncounted(at_most=AT_ONCE)
        if waiting:
            journal.enter(journal.Act(kind=EntryKind.PACK, outcome="practice_compared"), ctx=context)
        now = context.now
    for proposal in waiting:
        effect = Effect()
        before, after = laws_now(proposal.pack, proposal.amendment, now=now)
        codes = touched(proposal.amendment, after)
        last: OpenRoot | None = None
        while codes:
            with with_context(agency=None, actor=ACTOR, purpose=Purpose.REBUILD.value) as context:
                batch = open_roots(None if last is None else last.root, at_most=AT_ONCE, codes=codes)
                for one in batch:
                    if pack_for(one.country) == proposal.pack:
                        facts = facts_of(one.root)
                        found = differences(facts, before=before, after=after, as_of=AsOf(now))
                        effect.add(one.number, found)
            if not batch:
                break
            yield effect.compared
            last = batch[-1]
        with with_context(agency=None, actor=ACTOR, purpose=Purpose.REBUILD.value):
            rows.store_effect(proposal, figures(effect, draw=secret_draw()))


def laws_now(pack: str, amendment: Amendment, *, now: datetime) -> tuple[Law, Law]:
    """The law as it holds now, and as it would if the amendment held now; the same, where it doesn't fit."""
    adopted, before = practice_of(pack), law_of(pack)
    number = 1 + max((held.by.number for held in adopted), default=0)
    trial = Held(amendment, Adopted(number, now, Role.COORDINATOR, Role.MINISTRY))
    made = law_with(
        running_laws().shelf,
        pack,
        ordered((*adopted, trial)),
        at=now,
        schema=situation_schema(),
        on=before.on,
    )
    return before, made.law


def touched(amendment: Amendment, law: Law) -> tuple[str, ...]:
    """The duties of which it says something else: by when they are due, or which agency owes them. Words move none."""
    if amendment.part is Part.OWNER:
        return tuple(rule.code for rule in law.duties if rule.owner.value == amendment.code)
    return duties_of(amendment, law)


def figures(effect: Effect, *, draw: Callable[[str], int]) -> tuple[rows.Figure, ...]:
    """Its counts of children as figures that may be shown: all that were compared, all that move, and each difference."""
    total = (_figure(COMPARED, effect.compared, draw), _figure(MOVED, effect.moved, draw))
    by_turn: Counter[tuple[str, str, str, str]] = Counter()
    for one, children in effect.children.items():
        by_turn[as_codes(one)] += children
    each = (
        rows.Figure(*key, rounded(children, draw=draw(":".join(("practice", *key))) % SCALE))
        for key, children in sorted(by_turn.items())
    )
    return (*total, *each)


def _figure(code: str, count: int, draw: Callable[[str], int]) -> rows.Figure:
    return rows.Figure(code, "", "", "", rounded(count, draw=draw(f"practice:{code}") % SCALE))


def as_codes(one: Moved) -> tuple[str, str, str, str]:
    """As codes; of an owner only that it is another one, as its name stands beside it."""
    before, after = ("", "") if one.turn is Turn.OWNER else (one.before, one.after)
    return one.code, one.turn.value.replace(" ", "_"), before.replace(" ", "_"), after.replace(" ", "_")
