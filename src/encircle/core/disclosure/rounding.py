"""Controlled rounding: counts to multiples of five that still add up, by a secret draw fixed for each cell.

The published figures are themselves a possible truth: each is a multiple of the base, and they add up. So nobody
who adds and subtracts them can prove that a cell holds between one and four children. The draw of a cell is the
same in every release: asking again, or a week later, gives nothing to average, and where a figure moves by one step
nobody knows at which count it did.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

BASE = 5
SCALE = 1 << 16
"""A draw is a whole number below this."""
FURTHEST = 2 * BASE - 1
"""No figure may differ from its count by more; most differ by less than the base."""

Draw = Callable[[str], int]
Cells = Mapping[tuple[str, str], int]


def rounded(count: int, *, draw: int) -> int:
    """The count to one of the two multiples beside it, the nearer one more often; a multiple stays."""
    return BASE * _nearest(_wished(count, draw))


def shared_out(total: int, counts: Mapping[str, int], draws: Mapping[str, int]) -> dict[str, int]:
    """Each count to a multiple beside it, so that they add up to the total, itself a multiple beside their sum."""
    units = {code: count // BASE for code, count in counts.items()}
    left = total // BASE - sum(units.values())
    by_wish = sorted(
        (code for code, count in counts.items() if count % BASE),
        key=lambda code: (units[code] * SCALE - _wished(counts[code], draws[code]), code),
    )
    up = set(by_wish[:left])
    return {code: BASE * (units[code] + (code in up)) for code in counts}


def fitted(
    cells: Cells, rows: Mapping[str, int], columns: Mapping[str, int], draws: Cells
) -> dict[tuple[str, str], int]:
    """Each cell to a multiple, so that rows and columns add up to those given; as near to the counts as that allows.

    Both margins have one sum. A flow of least cost: each cell begins at the multiple that its draw wishes, then rows
    that lack and columns that have too much give to each other along the cheapest ways.
    """
    wished = {cell: _wished(cells.get(cell, 0), draws[cell]) for cell in draws}
    units = {cell: _nearest(wish) for cell, wish in wished.items()}
    while (way := _cheapest(units, wished, *_lacking(units, rows, columns))) is not None:
        for cell, change in way:
            units[cell] += change
    return {cell: BASE * value for cell, value in units.items()}


def _wished(count: int, draw: int) -> int:
    """Where the count stands between two multiples, moved by its draw: it is nearest to the one that it becomes."""
    return count * SCALE // BASE + SCALE // 2 - draw


def _nearest(wish: int) -> int:
    """In units; from half-way the lower one, so that a multiple stays whatever its draw."""
    return (wish + SCALE // 2 - 1) // SCALE


Node = tuple[str, str]
Way = list[tuple[tuple[str, str], int]]


def _lacking(
    units: Cells, rows: Mapping[str, int], columns: Mapping[str, int]
) -> tuple[dict[Node, int], dict[Node, int]]:
    """Where a way may begin, and where it may end: by how much each line is short or over."""
    short = {("row", code): total // BASE for code, total in rows.items()}
    over = {("column", code): -total // BASE for code, total in columns.items()}
    for (row, column), value in units.items():
        short["row", row] -= value
        over["column", column] += value
    both = {**short, **over}
    return {n: v for n, v in both.items() if v > 0}, {n: v for n, v in both.items() if v < 0}


def _cheapest(units: Cells, wished: Cells, begins: Iterable[Node], ends: Iterable[Node]) -> Way | None:
    """The cheapest way from a line that is short to one that is over; None, when all lines add up."""
    cost: dict[Node, int] = dict.fromkeys(begins, 0)
    came: dict[Node, tuple[Node, tuple[str, str], int]] = {}
    if not cost:
        return None
    steps = _steps(units, wished)
    moved = True
    while moved:
        moved = False
        for one, other, price, cell, change in steps:
            if one in cost and cost[one] + price < cost.get(other, 1 << 62):
                cost[other] = cost[one] + price
                came[other] = (one, cell, change)
                moved = True
    node = min((end for end in ends if end in cost), key=lambda end: (cost[end], end))
    way: Way = []
    while node in came:
        node, cell, change = came[node]
        way.append((cell, change))
    return way


def _steps(units: Cells, wished: Cells) -> Sequence[tuple[Node, Node, int, tuple[str, str], int]]:
    """One unit more in a cell leads from its row to its column, one less leads back; the price is how far from the wish."""
    steps: list[tuple[Node, Node, int, tuple[str, str], int]] = []
    for cell, value in units.items():
        off = value * SCALE - wished[cell]
        row, column = ("row", cell[0]), ("column", cell[1])
        steps.append((row, column, SCALE + 2 * off, cell, 1))
        if value > 0:
            steps.append((column, row, SCALE - 2 * off, cell, -1))
    return steps
