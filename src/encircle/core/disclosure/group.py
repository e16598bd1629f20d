"""Groups: a row of many children who all stand in one column tells that column of each of them. Knows no counts."""

from encircle.core.disclosure.rounding import BASE, Cells

TOGETHER = "taken_together"
"""The row in which such rows are added up with others. It follows from published figures alone, so it tells no more."""
FROM = 2 * BASE
"""A row of five may stand for one to nine children, spread over columns that show a dash: it tells nothing of each."""


def taken_together(cells: Cells) -> dict[tuple[str, str], int]:
    """The table with every telling row added to others, the smallest first, until none is telling.

    Where nothing helps, all rows become one, which tells what the totals of the columns tell.
    """
    rows = _rows(cells)
    joined = {code for code, row in rows.items() if is_telling(row)}
    if not joined:
        return dict(cells)
    waiting = sorted(
        (code for code in rows if code not in joined), key=lambda code: (sum(rows[code].values()), code)
    )
    while waiting and (is_telling(_sum(rows, joined)) or len(joined) < 2):
        joined.add(waiting.pop(0))
    kept = {(code, column): value for (code, column), value in cells.items() if code not in joined}
    return {**kept, **{(TOGETHER, column): value for column, value in _sum(rows, joined).items()}}


def is_telling(row: dict[str, int]) -> bool:
    """Whether all of a larger row stand in one column."""
    filled = [value for value in row.values() if value]
    return len(filled) == 1 and filled[0] >= FROM


def _rows(cells: Cells) -> dict[str, dict[str, int]]:
    rows: dict[str, dict[str, int]] = {}
    for (code, column), value in cells.items():
        rows.setdefault(code, {})[column] = value
    return rows


def _sum(rows: dict[str, dict[str, int]], codes: set[str]) -> dict[str, int]:
    total: dict[str, int] = {}
    for code in sorted(codes):
        for column, value in rows[code].items():
            total[column] = total.get(column, 0) + value
    return total
