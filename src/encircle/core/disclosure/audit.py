"""The audit of a release, before it is stored: each rule of protection asked again of the figures themselves."""

from collections.abc import Iterable

from encircle.core.disclosure.group import is_telling
from encircle.core.disclosure.release import Counts, Figures
from encircle.core.disclosure.rounding import BASE, FURTHEST


def faults(release: Iterable[Figures], *, counts: Counts) -> tuple[str, ...]:
    """What is unsafe or wrong in these tables, in words without a figure; nothing, where they may be published."""
    tables = tuple(release)
    found = [f"{one.table.code}: {fault}" for one in tables for fault in _of_one(one, counts)]
    return (*found, *_between(tables))


def _of_one(one: Figures, counts: Counts) -> list[str]:
    found = []
    figures = (*one.cells.values(), *one.rows.values(), *one.columns.values())
    if any(value < 0 or value % BASE for value in figures):
        found.append("a figure is not a multiple of the base")
    if any(_line(one, 0, code) != total for code, total in one.rows.items()):
        found.append("a row does not add up")
    if any(_line(one, 1, code) != total for code, total in one.columns.items()):
        found.append("a column does not add up")
    if one.table.guarded and len(one.rows) > 1 and any(is_telling(_row(one, code)) for code in one.rows):
        found.append("a row of many stands in one column")
    counted = counts.cells[one.table.code]
    if any(
        abs(value - counted.get(cell, 0)) > FURTHEST
        for cell, value in one.cells.items()
        if _listed(cell, one, counts)
    ):
        found.append("a figure is too far from its count")
    return found


def _between(tables: tuple[Figures, ...]) -> list[str]:
    """Two tables that tell one distribution differently narrow it down together."""
    told: dict[tuple[str, str], dict[str, int]] = {}
    found = []
    for one in tables:
        if not one.table.whole:
            continue
        for dimension, totals in ((one.table.rows, one.rows), (one.table.columns, one.columns)):
            before = told.setdefault((one.table.unit.value, dimension), {})
            if any(
                before.setdefault(code, total) != total
                for code, total in totals.items()
                if code != "taken_together"
            ):
                found.append(f"{one.table.code}: it tells {dimension} otherwise than another table")
    totals_of_unit = {(one.table.unit, one.total) for one in tables if one.table.whole}
    if len(totals_of_unit) != len({unit for unit, _ in totals_of_unit}):
        found.append("two tables of one unit have different totals")
    return found


def _listed(cell: tuple[str, str], one: Figures, counts: Counts) -> bool:
    return cell[0] in counts.codes[one.table.rows]


def _line(one: Figures, side: int, code: str) -> int:
    return sum(value for cell, value in one.cells.items() if cell[side] == code)


def _row(one: Figures, code: str) -> dict[str, int]:
    return {column: value for (row, column), value in one.cells.items() if row == code}
