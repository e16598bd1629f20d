"""A release: all tables of one day protected together, as one system of lines that add up. Knows no clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from encircle.core.disclosure.catalogue import CATALOGUE, Table
from encircle.core.disclosure.group import taken_together
from encircle.core.disclosure.rounding import SCALE, Cells, fitted, rounded, shared_out

Draw = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted for each table, and the closed lists of codes of its two dimensions. Never stored, never shown."""

    cells: Mapping[str, Cells] = field(repr=False)
    codes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Figures:
    """One table as it is published. `rows`, `columns`: their totals; no columns where rows may not be added up."""

    table: Table
    cells: Cells
    rows: Mapping[str, int]
    columns: Mapping[str, int]

    @property
    def total(self) -> int:
        """All that were counted; only of a table whose rows add up."""
        return sum(self.columns.values())


def protect(counts: Counts, *, draw: Draw, catalogue: tuple[Table, ...] = CATALOGUE) -> tuple[Figures, ...]:
    """The tables as they may be published. `draw`: a secret number for each name of a cell, the same one every time.

    A total, or the distribution by one dimension, is rounded once and stands the same in every table.
    """
    margins = _Margins(counts, draw)
    return tuple(
        _whole(table, counts, margins, draw) if table.whole else _each(table, counts, draw)
        for table in catalogue
    )


class _Margins:
    """The distribution of each unit by each dimension, rounded once; two tables never differ in it."""

    def __init__(self, counts: Counts, draw: Draw) -> None:
        self._counts, self._draw = counts, draw
        self._known: dict[tuple[str, str], dict[str, int]] = {}

    def of(self, table: Table, dimension: str, side: int) -> dict[str, int]:
        """The totals by this dimension; of all tables of one unit the cells tell the same ones."""
        key = (table.unit.value, dimension)
        if key not in self._known:
            found = dict.fromkeys(self._counts.codes[dimension], 0)
            for cell, count in self._counts.cells[table.code].items():
                found[cell[side]] += count
            total = rounded(sum(found.values()), draw=_drawn(self._draw, table.unit.value))
            draws = {code: _drawn(self._draw, *key, code) for code in found}
            self._known[key] = shared_out(total, found, draws)
        return self._known[key]


def _whole(table: Table, counts: Counts, margins: _Margins, draw: Draw) -> Figures:
    rows = margins.of(table, table.rows, 0)
    columns = margins.of(table, table.columns, 1)
    draws = {
        (row, column): _drawn(draw, table.unit.value, table.rows, row, table.columns, column)
        for row in rows
        for column in columns
    }
    cells = fitted(counts.cells[table.code], rows, columns, draws)
    if table.guarded:
        cells = taken_together(cells)
    return Figures(table, cells, _row_totals(cells), columns)


def _each(table: Table, counts: Counts, draw: Draw) -> Figures:
    """Rows that share children: each one is a table by itself."""
    counted = counts.cells[table.code]
    cells: dict[tuple[str, str], int] = {}
    for row in counts.codes[table.rows]:
        of_row = {column: counted.get((row, column), 0) for column in counts.codes[table.columns]}
        total = rounded(sum(of_row.values()), draw=_drawn(draw, table.code, row))
        draws = {column: _drawn(draw, table.code, row, column) for column in of_row}
        cells.update({(row, column): value for column, value in shared_out(total, of_row, draws).items()})
    return Figures(table, cells, _row_totals(cells), {})


def _row_totals(cells: Cells) -> dict[str, int]:
    totals: dict[str, int] = {}
    for (row, _), value in cells.items():
        totals[row] = totals.get(row, 0) + value
    return totals


def _drawn(draw: Draw, *names: str) -> int:
    return draw("/".join(names)) % SCALE
