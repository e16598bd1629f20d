"""What is published tells of no child: whatever was counted, whoever adds and subtracts, and however often one asks."""

import hashlib
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encircle.core.disclosure import CATALOGUE, Counts, Figures, Unit, protect
from encircle.core.disclosure.audit import faults
from encircle.core.disclosure.catalogue import Table, Theme, table_of
from encircle.core.disclosure.group import TOGETHER, is_telling, taken_together
from encircle.core.disclosure.rounding import BASE, FURTHEST, SCALE, fitted, rounded, shared_out
from tests.core.disclosure.attacker import known, narrowed

REGIONS, STATUSES, BANDS, ROLES = (
    ("east", "north", "west"),
    ("at_risk", "presumed", "unknown"),
    ("9-11", "12-14"),
    ("police", "school"),
)
CODES = {"region": REGIONS, "protection": STATUSES, "age_band": BANDS, "owner": ROLES}
TABLES = (
    Table("protection", Theme.CHILDREN, Unit.CHILD, "region", "protection"),
    Table("age", Theme.CHILDREN, Unit.CHILD, "region", "age_band"),
    Table("status-age", Theme.CHILDREN, Unit.CHILD, "protection", "age_band"),
    Table("roles", Theme.DUTIES, Unit.CHILD, "owner", "protection", whole=False, guarded=False),
)
CHILD = st.tuples(
    st.sampled_from(REGIONS),
    st.sampled_from(STATUSES),
    st.sampled_from(BANDS),
    st.sets(st.sampled_from(ROLES)),
)
CHILDREN = st.lists(CHILD, max_size=70)
Child = tuple[str, str, str, set[str]]


def draw(name: str, key: bytes = b"secret") -> int:
    return int.from_bytes(hashlib.blake2s(name.encode(), key=key).digest()[:2], "big")


def counted(children: list[Child]) -> Counts:
    cells = {
        "protection": Counter((region, status) for region, status, _, _ in children),
        "age": Counter((region, band) for region, _, band, _ in children),
        "status-age": Counter((status, band) for _, status, band, _ in children),
        "roles": Counter((role, status) for _, status, _, roles in children for role in sorted(roles)),
    }
    return Counts(cells, CODES)


def published(children: list[Child]) -> tuple[Figures, ...]:
    return protect(counted(children), draw=draw, catalogue=TABLES)


@given(CHILDREN)
def test_every_release_passes_its_audit(children: list[Child]):
    assert faults(published(children), counts=counted(children)) == ()


@given(CHILDREN)
def test_who_knows_all_figures_cannot_prove_that_a_cell_holds_one_to_four(children: list[Child]):
    counts = counted(children)
    for name, (low, high) in known(published(children), reach=FURTHEST).items():
        assert low == 0 or high >= BASE, name
        if len(name) == 3 and name[0] in counts.cells:
            count = counts.cells[name[0]].get((name[1], name[2]), 0)
            assert low <= count <= high
            if 0 < count < BASE:
                assert low < high


def test_the_attacker_finds_what_is_only_hidden():
    """Suppression of the small cell alone: she subtracts it back. So she would find a fault, if there were one."""
    bounds = {("row",): (14, 14), ("north",): (12, 12), ("hidden",): (0, 4)}
    assert narrowed(bounds, [(("row",), [("north",), ("hidden",)])])["hidden",] == (2, 2)


@given(CHILDREN, CHILD)
def test_one_child_more_moves_no_figure_by_more_than_the_method_allows(children: list[Child], one: Child):
    for release, counts in ((published([*children, one]), counted([*children, one])),):
        for table in release:
            for cell, figure in table.cells.items():
                if cell[0] != TOGETHER:
                    assert abs(figure - counts.cells[table.table.code].get(cell, 0)) <= FURTHEST


@given(CHILDREN)
def test_asking_again_gives_the_same_figures(children: list[Child]):
    assert published(children) == published(list(reversed(children)))


def test_a_figure_moves_at_a_count_that_only_the_secret_tells():
    turns = set()
    for key in range(64):
        at = draw("child/region/north", key=bytes([key]))
        turns.add(next(count for count in range(BASE + 1) if rounded(count, draw=at)))
    assert turns == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("count", range(26))
def test_a_rounded_count_is_a_multiple_beside_it_and_right_on_average(count: int):
    found = [rounded(count, draw=number) for number in range(0, SCALE, 64)]
    assert set(found) <= {count // BASE * BASE, -(-count // BASE) * BASE}
    assert abs(sum(found) / len(found) - count) < 0.02


def test_shares_add_up_to_the_total_and_stay_beside_their_counts():
    counts = {"a": 1, "b": 7, "c": 10, "d": 4}
    draws = dict.fromkeys(counts, SCALE // 2)
    assert shared_out(20, counts, draws) == {"a": 0, "b": 5, "c": 10, "d": 5}
    assert shared_out(25, counts, draws) == {"a": 0, "b": 10, "c": 10, "d": 5}


def test_cells_fit_margins_that_no_neighbours_could_fit():
    """A lone child in each of two rows, but the figures stand elsewhere: a true zero may show five."""
    found = fitted(
        {("a", "x"): 1, ("b", "y"): 1},
        {"a": 5, "b": 0},
        {"x": 0, "y": 5},
        dict.fromkeys([(r, c) for r in "ab" for c in "xy"], 0),
    )
    assert found == {("a", "x"): 0, ("a", "y"): 5, ("b", "x"): 0, ("b", "y"): 0}


def test_a_row_of_many_in_one_column_is_taken_together_with_others():
    cells = {("east", "missing"): 40, ("east", "placed"): 0, ("north", "missing"): 5, ("north", "placed"): 10}
    cells |= {("west", "missing"): 0, ("west", "placed"): 100}
    assert is_telling({"missing": 40, "placed": 0})
    assert taken_together(cells) == {
        (TOGETHER, "missing"): 40,
        (TOGETHER, "placed"): 100,
        ("north", "missing"): 5,
        ("north", "placed"): 10,
    }
    lone = {("east", "missing"): 40, ("east", "placed"): 0, ("north", "missing"): 5, ("north", "placed"): 10}
    assert taken_together(lone) == {(TOGETHER, "missing"): 45, (TOGETHER, "placed"): 10}


def test_the_audit_catches_what_is_planted():
    children: list[Child] = [
        (region, status, band, {"police"})
        for region in REGIONS
        for status in STATUSES
        for band in BANDS
        for _ in range(4)
    ]
    release, counts = published(children), counted(children)
    first, *others = release
    odd = replace(first, cells={**first.cells, ("east", "at_risk"): 7})
    assert faults((odd, *others), counts=counts) == (
        "protection: a figure is not a multiple of the base",
        "protection: a row does not add up",
        "protection: a column does not add up",
    )
    far = {
        cell: value + 10 * (cell == ("east", "at_risk")) - 10 * (cell == ("east", "presumed"))
        for cell, value in first.cells.items()
    }
    assert "protection: a figure is too far from its count" in faults(
        (replace(first, cells=far), *others), counts=counts
    )
    apart = replace(first, rows={**first.rows, "east": first.rows["east"] + 5})
    assert "age: it tells region otherwise than another table" in faults((apart, *others), counts=counts)
    telling = {
        ("east", "at_risk"): 25,
        ("east", "presumed"): 0,
        ("north", "at_risk"): 5,
        ("north", "presumed"): 5,
    }
    alone = Figures(TABLES[0], telling, {"east": 25, "north": 10}, {"at_risk": 30, "presumed": 5})
    assert "protection: a row of many stands in one column" in faults(
        (alone,), counts=Counts({"protection": telling}, CODES)
    )


def test_two_tables_of_one_unit_have_one_total():
    release, counts = published([]), counted([])
    more = {code: total + BASE * (code == "9-11") for code, total in release[1].columns.items()}
    cells = {cell: value + BASE * (cell == ("east", "9-11")) for cell, value in release[1].cells.items()}
    rows = {**release[1].rows, "east": BASE}
    odd = replace(release[1], columns=more, cells=cells, rows=rows)
    assert faults((release[0], odd), counts=counts) == (
        "age: it tells region otherwise than another table",
        "two tables of one unit have different totals",
    )


def test_a_table_that_is_not_guarded_keeps_a_row_that_stands_in_one_column():
    counts = Counts({"protection": {("east", "at_risk"): 40, ("north", "at_risk"): 10}}, CODES)
    open_table = replace(TABLES[0], guarded=False)
    (kept,) = protect(counts, draw=draw, catalogue=(open_table,))
    (joined,) = protect(counts, draw=draw, catalogue=TABLES[:1])
    assert dict(kept.rows) == {"east": 40, "north": 10, "west": 0}
    assert dict(joined.rows) == {TOGETHER: 50}


def test_a_table_is_found_by_its_code():
    assert table_of("guardian") in CATALOGUE
    assert table_of("guardian") == Table("guardian", Theme.CHILDREN, Unit.CHILD, "region", "guardian")
    assert table_of("of-one-child") is None


def test_each_table_of_the_catalogue_has_its_own_code_and_guarded_ones_count_each_child_once():
    assert len({table.code for table in CATALOGUE}) == len(CATALOGUE)
    assert all(table.whole for table in CATALOGUE if table.guarded)
