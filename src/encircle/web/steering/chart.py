"""The chart: one bar for each column, or for each row where rows may not be added up. Drawn on the server, no script."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from encircle.actions.statistics import Published
from encircle.records.statistics import TOTAL
from encircle.web.steering.words import DIMENSIONS, TABLES, said

HEIGHT, BAR = 44, 16
"""Of one bar with its words above it, and of the bar itself, in pixels."""
MOST_BARS = 15
MOST_SIGNS = 36
"""Of a label: what fits on a telephone; the table has all of it."""
WORST_FIRST = 0
"""The column that is drawn of a table whose rows share children: the one that somebody has to act on."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it begins and how wide it is, in hundredths of the width."""

    label: str
    figure: str
    y: int
    text_y: int
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars that have a figure; nothing where all figures are dashes. `edge`: where the words begin."""

    title: str
    description: str
    bars: tuple[Bar, ...]
    height: int
    edge: str


def chart(shown: Published, *, mirrored: bool) -> Chart:
    """The bars of that table. `mirrored`: they begin on the right, as the language is read."""
    table, found = shown.table, shown.found
    title = str(TABLES[table.code].title)
    if table.whole:
        of = str(DIMENSIONS[table.columns])
        figures = {column: found.cells[TOTAL, column] for column in found.columns if column != TOTAL}
        description = _("All together, by: {what}.").format(what=of)
    else:
        column = found.columns[WORST_FIRST]
        figures = {row: found.cells[row, column] for row in found.rows}
        description = _("Only this: {what}.").format(what=said(column, shown))
    largest = (
        sorted(figures, key=lambda code: -figures[code])[:MOST_BARS] if len(figures) > MOST_BARS else figures
    )
    drawn = [(said(code, shown), figures[code]) for code in largest if figures[code]]
    most = max((figure for _label, figure in drawn), default=1)
    bars = tuple(
        _bar(number, label, figure, 100 * figure / most, mirrored=mirrored)
        for number, (label, figure) in enumerate(drawn)
    )
    return Chart(title, description, bars, HEIGHT * len(bars) + 4, "100%" if mirrored else "0")


def _bar(number: int, label: str, figure: int, width: float, *, mirrored: bool) -> Bar:
    y = HEIGHT * number
    return Bar(
        label=label if len(label) <= MOST_SIGNS else f"{label[: MOST_SIGNS - 1].rstrip()}…",
        figure=number_format(figure, use_l10n=True, force_grouping=True),
        y=y + 20,
        text_y=y + 14,
        x=f"{100 - width:.2f}%" if mirrored else "0",
        width=f"{width:.2f}%",
    )
