"""Verifying a journal: whatever is tampered with is found, and the first bad entry is named."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encircle.core.journal.checkpoint import Checkpoint
from encircle.core.journal.entry import Entry, EntryKind, entry_bytes
from encircle.core.journal.tree import EMPTY_ROOT, Tree, leaf_hash
from encircle.core.journal.verify import Fault, FirstBad, Line, Verified, WitnessBroken, verify_entries

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def entry(number: int, actor: str = "carla") -> Entry:
    return Entry(
        id=f"e-{number}",
        at=START + timedelta(minutes=number),
        kind=EntryKind.LOOK,
        actor=actor,
        agency="lastekaitse",
        role="child_protection_service",
        purpose="assess",
        legal_basis=None,
        regime="gdpr",
        field_groups=("M",),
        root_id="aino",
        duty=None,
        outcome="allowed",
        body_digest=None,
    )


def line(position: int, what: Entry, salt: bytes | None = None) -> Line:
    """A line whose leaf belongs to its entry, as one who may write to the database could make it."""
    salt = salt or sha256(b"salt %d" % position).digest()[:16]
    return Line(position, what, salt, leaf_hash(salt, entry_bytes(what)))


@dataclass(frozen=True)
class Journal:
    """What was truly journalled: lines in the database; heads and leaves kept outside of it."""

    lines: list[Line]
    heads: list[Checkpoint]
    leaves: list[bytes]

    def check(self, found: list[Line], *, lots: bool = True, witnessed: bool = False) -> object:
        earlier = self.heads[:-1] if lots else []
        kept = self.leaves if witnessed else None
        return verify_entries(found, self.heads[-1], earlier=earlier, witnessed=kept)


def journal(size: int, *, every: int) -> Journal:
    """A journal of this size with a signed head at every `every` entries and at its end."""
    tree, lines, heads = Tree(), [], []
    for position in range(size):
        lines.append(line(position, entry(position)))
        tree.append(lines[-1].leaf)
        if tree.size % every == 0 or tree.size == size:
            heads.append(Checkpoint("encircle.example/journal", tree.size, tree.root()))
    return Journal(
        lines, heads or [Checkpoint("encircle.example/journal", 0, EMPTY_ROOT)], [each.leaf for each in lines]
    )


TEN = journal(10, every=4)  # heads at 4, 8 and 10
FOUR, EIGHT, ALL = TEN.heads


@pytest.mark.parametrize("witnessed", [False, True])
@pytest.mark.parametrize("size", [0, 1, 2, 7, 8, 33])
def test_a_whole_journal_is_verified(size: int, witnessed: bool) -> None:
    whole = journal(size, every=5)
    head = whole.heads[-1]
    assert whole.check(whole.lines, witnessed=witnessed) == Verified(size, head.root, pending=0)


@pytest.mark.parametrize("witnessed", [None, TEN.leaves])
def test_entries_after_the_last_head_are_counted_as_pending(witnessed: list[bytes] | None) -> None:
    assert verify_entries(TEN.lines, EIGHT, earlier=[FOUR], witnessed=witnessed) == Verified(
        8, EIGHT.root, pending=2
    )


def with_line(at: int, changed: Line) -> list[Line]:
    return [*TEN.lines[:at], changed, *TEN.lines[at + 1 :]]


def test_a_changed_entry_is_named_exactly() -> None:
    found = with_line(5, TEN.lines[5]._replace(entry=entry(5, "dmitri")))
    assert TEN.check(found, lots=False) == FirstBad(5, "e-5", Fault.ENTRY_CHANGED, 5, 5)


def test_a_changed_salt_is_named_as_a_changed_entry() -> None:
    found = with_line(5, TEN.lines[5]._replace(salt=bytes(16)))
    assert TEN.check(found) == FirstBad(5, "e-5", Fault.ENTRY_CHANGED, 5, 5)


def test_a_changed_leaf_is_named_exactly() -> None:
    found = with_line(5, TEN.lines[5]._replace(leaf=bytes(32)))
    assert TEN.check(found, lots=False) == FirstBad(5, "e-5", Fault.LEAF_CHANGED, 5, 5)


def test_an_entry_rewritten_with_its_leaf_is_named_as_one_of_its_lot() -> None:
    found = with_line(5, line(5, entry(5, "dmitri")))
    assert TEN.check(found) == FirstBad(4, "e-4", Fault.REWRITTEN, proven=4, through=7)
    assert TEN.check(found, lots=False) == FirstBad(0, "e-0", Fault.REWRITTEN, proven=0, through=9)


def test_with_the_leaves_kept_outside_a_rewritten_entry_is_named_exactly() -> None:
    found = with_line(5, line(5, entry(5, "dmitri")))
    assert TEN.check(found, witnessed=True) == FirstBad(5, "e-5", Fault.ENTRY_CHANGED, 5, 5)


def test_a_deleted_entry_is_named_by_its_position() -> None:
    found = [*TEN.lines[:5], *TEN.lines[6:]]
    assert TEN.check(found) == FirstBad(5, None, Fault.MISSING, proven=4, through=5)
    assert TEN.check(found, witnessed=True) == FirstBad(5, None, Fault.MISSING, 5, 5)


def test_a_deletion_hidden_by_moving_up_what_follows_is_found() -> None:
    found = [*TEN.lines[:5], *(each._replace(position=each.position - 1) for each in TEN.lines[6:])]
    assert TEN.check(found) == FirstBad(4, "e-4", Fault.REWRITTEN, proven=4, through=7)
    assert TEN.check(found, witnessed=True) == FirstBad(5, "e-6", Fault.ENTRY_CHANGED, 5, 5)


def test_a_journal_cut_at_its_end_is_found() -> None:
    assert TEN.check(TEN.lines[:9]) == FirstBad(9, None, Fault.MISSING, proven=8, through=9)
    assert TEN.check([]) == FirstBad(0, None, Fault.MISSING, 0, 0)
    assert TEN.check([], witnessed=True) == FirstBad(0, None, Fault.MISSING, 0, 0)


def test_an_inserted_entry_is_found() -> None:
    found = [
        *TEN.lines[:5],
        line(5, entry(99)),
        *(each._replace(position=each.position + 1) for each in TEN.lines[5:]),
    ]
    assert TEN.check(found) == FirstBad(4, "e-4", Fault.REWRITTEN, proven=4, through=7)
    assert TEN.check(found, witnessed=True) == FirstBad(5, "e-99", Fault.ENTRY_CHANGED, 5, 5)


def test_two_entries_that_changed_places_are_found() -> None:
    found = [*TEN.lines]
    found[5], found[6] = found[6]._replace(position=5), found[5]._replace(position=6)
    assert TEN.check(found) == FirstBad(4, "e-4", Fault.REWRITTEN, proven=4, through=7)
    assert TEN.check(found, witnessed=True) == FirstBad(5, "e-6", Fault.ENTRY_CHANGED, 5, 5)


def test_an_entry_that_stands_twice_is_named() -> None:
    found = [*TEN.lines[:6], TEN.lines[5], *TEN.lines[6:]]
    assert TEN.check(found) == FirstBad(5, "e-5", Fault.REPEATED, proven=4, through=5)
    assert TEN.check(found, witnessed=True) == FirstBad(5, "e-5", Fault.REPEATED, 5, 5)


def test_of_two_changed_entries_the_first_is_named() -> None:
    found = with_line(3, TEN.lines[3]._replace(entry=entry(3, "dmitri")))
    found[9] = found[9]._replace(entry=entry(9, "dmitri"))
    assert TEN.check(found) == FirstBad(3, "e-3", Fault.ENTRY_CHANGED, 3, 3)


def test_a_rewritten_entry_before_a_visible_fault_is_not_passed_over() -> None:
    found = with_line(5, line(5, entry(5, "dmitri")))
    found[6] = found[6]._replace(entry=entry(6, "dmitri"))
    assert TEN.check(found) == FirstBad(6, "e-6", Fault.ENTRY_OR_LEAF_CHANGED, proven=4, through=6)
    assert TEN.check(found, witnessed=True) == FirstBad(5, "e-5", Fault.ENTRY_CHANGED, 5, 5)


def test_a_visible_fault_before_a_missing_entry_is_named_first() -> None:
    found = with_line(5, TEN.lines[5]._replace(leaf=bytes(32)))
    assert TEN.check([*found[:6], *found[7:]]) == FirstBad(
        5, "e-5", Fault.ENTRY_OR_LEAF_CHANGED, proven=4, through=5
    )
    assert TEN.check(found[:7]) == FirstBad(5, "e-5", Fault.ENTRY_OR_LEAF_CHANGED, proven=4, through=5)


@pytest.mark.parametrize("witnessed", [None, TEN.leaves[:8]])
def test_a_changed_entry_that_no_head_covers_yet_is_named(witnessed: list[bytes] | None) -> None:
    found = with_line(9, TEN.lines[9]._replace(leaf=bytes(32)))
    assert verify_entries(found, EIGHT, witnessed=witnessed) == FirstBad(
        9, "e-9", Fault.ENTRY_OR_LEAF_CHANGED, proven=8, through=9
    )


def test_the_whole_journal_made_anew_does_not_fit_the_signed_head() -> None:
    forged = [line(position, entry(position, "dmitri")) for position in range(10)]
    assert TEN.check(forged) == FirstBad(0, "e-0", Fault.REWRITTEN, proven=0, through=3)


def test_two_signed_heads_of_one_size_that_differ_are_told() -> None:
    other = Checkpoint(EIGHT.origin, 8, bytes(32))
    told = FirstBad(0, None, Fault.HEADS_DIFFER, proven=0, through=7)
    assert verify_entries(TEN.lines, ALL, earlier=[FOUR, EIGHT, other]) == told


def test_a_head_that_comes_twice_is_no_fault() -> None:
    assert verify_entries(TEN.lines, ALL, earlier=[ALL, FOUR, EIGHT, EIGHT]) == Verified(
        10, ALL.root, pending=0
    )


def test_leaves_kept_outside_prove_nothing_if_they_do_not_give_the_signed_root() -> None:
    changed = [*TEN.leaves[:5], bytes(32), *TEN.leaves[6:]]
    assert verify_entries(TEN.lines, ALL, witnessed=changed) == WitnessBroken(10)
    assert verify_entries(TEN.lines, ALL, witnessed=TEN.leaves[:9]) == WitnessBroken(10)


def test_an_erased_body_leaves_the_journal_whole() -> None:
    """The entry holds the digest of the sealed body only: with key and body gone its bytes are the same."""
    body = b"sealed under the child's key"
    kept = replace(entry(0), body_digest=sha256(body).digest())
    stored = line(0, kept)
    tree = Tree()
    tree.append(stored.leaf)
    assert verify_entries([stored], Checkpoint("o", 1, tree.root())) == Verified(1, tree.root(), pending=0)


def moved(lines: list[Line], by: int) -> list[Line]:
    return [each._replace(position=each.position + by) for each in lines]


def rewritten(here: Line) -> Line:
    return line(here.position, replace(here.entry, actor="dmitri"))


def swapped(here: Line, rest: list[Line]) -> list[Line]:
    """The line and the next one in each other's place; the last line, which has no next, is dropped."""
    return [*moved(rest[:1], -1), *moved([here], 1), *rest[1:]] if rest else []


# What a superuser of the database could do to a line and those after it.
TAMPERINGS: dict[str, Callable[[Line, list[Line]], list[Line]]] = {
    "entry": lambda here, rest: [here._replace(entry=replace(here.entry, actor="dmitri")), *rest],
    "salt": lambda here, rest: [here._replace(salt=bytes(16)), *rest],
    "leaf": lambda here, rest: [here._replace(leaf=bytes(32)), *rest],
    "rewrite": lambda here, rest: [rewritten(here), *rest],
    "delete": lambda here, rest: rest,
    "cut": lambda here, rest: [],
    "insert": lambda here, rest: [line(here.position, entry(999)), *moved([here, *rest], 1)],
    "swap": swapped,
    "shift": lambda here, rest: moved(rest, -1),
    "repeat": lambda here, rest: [here, here, *rest],
}


def tampered(lines: list[Line], how: str, at: int) -> list[Line]:
    """One tampering at this position: the first bad line is there."""
    return [*lines[:at], *TAMPERINGS[how](lines[at], lines[at + 1 :])]


@given(
    size=st.integers(1, 40),
    every=st.integers(1, 12),
    first=st.integers(0, 39),
    how=st.sampled_from(sorted(TAMPERINGS)),
    later=st.lists(st.tuples(st.sampled_from(["entry", "leaf", "rewrite"]), st.integers(0, 39)), max_size=3),
)
def test_any_tampering_is_found_and_the_first_bad_one_named(
    size: int, every: int, first: int, how: str, later: list[tuple[str, int]]
) -> None:
    true, first = journal(size, every=every), first % size
    found = list(true.lines)
    for kind, at in later:
        if first < at < size:
            found = tampered(found, kind, at)
    found = tampered(found, how, first)

    exact = true.check(found, witnessed=True)
    assert isinstance(exact, FirstBad)
    assert (exact.position, exact.proven, exact.through) == (first, first, first)

    by_lot = true.check(found)
    assert isinstance(by_lot, FirstBad)
    assert by_lot.proven <= first <= by_lot.through
    assert by_lot.proven <= by_lot.position <= by_lot.through
    assert by_lot.through - by_lot.proven < every  # no more than one lot is in doubt

    by_one_head = true.check(found, lots=False)
    assert isinstance(by_one_head, FirstBad)
    assert by_one_head.proven <= first <= by_one_head.through


def test_a_check_without_heads_would_have_missed_the_rewritten_entry() -> None:
    """The planted fault: with the head made from the tampered lines themselves nothing is found."""
    found = with_line(5, line(5, entry(5, "dmitri")))
    tree = Tree()
    for each in found:
        tree.append(each.leaf)
    assert verify_entries(found, Checkpoint("o", 10, tree.root())) == Verified(10, tree.root(), pending=0)
