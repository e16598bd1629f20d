"""What a pack that is to come would move on the open records of an installation. Writes nothing but the journal."""

from collections.abc import Callable

from encircle.actions.pack_diff import Effect, differences
from encircle.actions.whose_law import law_for
from encircle.core.child import AsOf
from encircle.core.journal.entry import EntryKind
from encircle.law.law import Law
from encircle.records import journal
from encircle.records.context import Context, with_context
from encircle.records.facts import facts_of
from encircle.records.open_roots import OpenRoot, open_roots
from encircle.vocabulary.purpose import Purpose

AT_ONCE = 200
ACTOR = "comparer"


def effect_on_records(
    before: Law, after: Law, *, numbers: bool = False, tell: Callable[[int], None] | None = None
) -> Effect:
    """What moves on each open record that is read by the law of `before`, as of now; tells how many are compared.

    The comparing is journalled; `numbers`: they are to be shown, so that each record that changes is a look.
    """
    effect = Effect(numbers)
    last: OpenRoot | None = None
    with with_context(agency=None, actor=ACTOR, purpose=Purpose.REBUILD.value) as context:
        journal.enter(journal.Act(kind=EntryKind.PACK, outcome="packs_compared"), ctx=context)
    while True:
        with with_context(agency=None, actor=ACTOR, purpose=Purpose.REBUILD.value) as context:
            batch = open_roots(None if last is None else last.root, at_most=AT_ONCE)
            for one in batch:
                if law_for(one.country).pack == before.pack:
                    _add(one, effect, before, after, context)
        if not batch:
            return effect
        if tell is not None:
            tell(effect.compared)
        last = batch[-1]


def _add(one: OpenRoot, effect: Effect, before: Law, after: Law, context: Context) -> None:
    found = differences(facts_of(one.root), before=before, after=after, as_of=AsOf(context.now))
    effect.add(one.number, found)
    if found and effect.numbers:
        look = journal.Act(kind=EntryKind.LOOK, outcome="pack_effect_shown", root=one.root)
        journal.enter(look, ctx=context)
