"""An attacker who knows every published figure, that all of them add up, and how far rounding may go.

She narrows each count down from the lines that it stands in, over all tables at once, until nothing moves.
"""

from collections.abc import Iterable

from encircle.core.disclosure import Figures
from encircle.core.disclosure.group import TOGETHER

Bounds = dict[tuple[str, ...], tuple[int, int]]
Line = tuple[tuple[str, ...], list[tuple[str, ...]]]


def known(tables: Iterable[Figures], *, reach: int) -> Bounds:
    """The least and the most that each count can be. `reach`: a figure differs from its count by no more."""
    bounds: Bounds = {}
    lines: list[Line] = []
    for one in tables:
        _add(one, bounds, lines, reach)
    return narrowed(bounds, lines)


def narrowed(bounds: Bounds, lines: list[Line]) -> Bounds:
    """What follows from bounds of single figures and from the lines that add up."""
    moved = True
    while moved:
        moved = False
        for whole, parts in lines:
            low, high = sum(bounds[p][0] for p in parts), sum(bounds[p][1] for p in parts)
            moved |= _narrow(bounds, whole, low, high)
            for part in parts:
                rest_low, rest_high = low - bounds[part][0], high - bounds[part][1]
                moved |= _narrow(bounds, part, bounds[whole][0] - rest_high, bounds[whole][1] - rest_low)
                low, high = sum(bounds[p][0] for p in parts), sum(bounds[p][1] for p in parts)
    return bounds


def _narrow(bounds: Bounds, name: tuple[str, ...], low: int, high: int) -> bool:
    before = bounds[name]
    bounds[name] = (max(before[0], low), min(before[1], high))
    assert bounds[name][0] <= bounds[name][1], "what was published cannot be true"
    return bounds[name] != before


def _add(one: Figures, bounds: Bounds, lines: list[Line], reach: int) -> None:
    rows = [code for code in one.rows if code != TOGETHER]
    columns = sorted({column for _, column in one.cells})
    table, unit = one.table, one.table.unit.value

    def about(figure: int) -> tuple[int, int]:
        return max(0, figure - reach), figure + reach

    for cell, figure in one.cells.items():
        if cell[0] != TOGETHER:
            bounds[(table.code, *cell)] = about(figure)
    for row in rows:
        name = (unit, table.rows, row) if table.whole else (table.code, row)
        bounds.setdefault(name, about(one.rows[row]))
        lines.append((name, [(table.code, row, column) for column in columns]))
    if table.whole and TOGETHER not in one.rows:
        for column in columns:
            name = (unit, table.columns, column)
            bounds.setdefault(name, about(one.columns[column]))
            lines.append((name, [(table.code, row, column) for row in rows]))
        bounds.setdefault((unit,), about(one.total))
        lines.append(((unit,), [(unit, table.rows, row) for row in rows]))
        lines.append(((unit,), [(unit, table.columns, column) for column in columns]))
