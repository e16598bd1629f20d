"""The page of statistics: which tables there are, and one of them as figures and as bars. Decides nothing."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.emergency import may_count
from encircle.actions.statistics import Published, published, released
from encircle.core.disclosure.catalogue import CATALOGUE, Theme
from encircle.records.statistics import TOTAL
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose, purpose_of
from encircle.web.page import errors, when
from encircle.web.page.staff import for_staff
from encircle.web.steering.chart import Chart, chart
from encircle.web.steering.words import DIMENSIONS, TABLES, THEMES, quarter, said


@dataclass(frozen=True, slots=True)
class Link:
    """A way to a table or to a release."""

    text: str
    way: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `none`: it is shown as a dash."""

    text: str
    none: bool
    total: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table."""

    label: str
    figures: tuple[Figure, ...]
    total: bool


@dataclass(frozen=True, slots=True)
class TablePage:
    """One table as it is shown. `silent`: rows in which every figure is a dash."""

    title: str
    counted: str
    corner: str
    across: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    silent: tuple[str, ...]
    whole: bool
    quarter: str
    made: str
    digest: str
    releases: tuple[Link, ...]
    csv: str
    json: str
    chart: Chart


@purpose(Purpose.STATISTICS)
@require_safe
@for_staff
def statistics(request: HttpRequest, who: Who) -> HttpResponse:
    """All tables by theme, and of when the newest figures are."""
    found = released(who, purpose=purpose_of(request))
    newest = found.releases[0] if found.releases else None
    themes = [
        (str(THEMES[theme]), [_link(table.code) for table in CATALOGUE if table.theme is theme])
        for theme in Theme
    ]
    context = {
        "themes": themes if newest else [],
        "quarter": quarter(newest.period) if newest else "",
        "made": when.day(newest.made_at, found.zone) if newest else "",
        "counts_emergencies": may_count(who.role),
    }
    return render(request, "steering/statistics.html", context)


@purpose(Purpose.STATISTICS)
@require_safe
@for_staff
def statistic(request: HttpRequest, who: Who, code: str) -> HttpResponse:
    """One table of one release."""
    shown = published(who, code, purpose=purpose_of(request), period=request.GET.get("release", ""))
    if shown is None:
        return errors.not_found(request)
    return render(request, "steering/statistic.html", {"page": table_page(shown)})


def table_page(shown: Published) -> TablePage:
    """The page of that table."""
    table, found = shown.table, shown.found
    lines = [_line(row, shown) for row in found.rows]
    kept = {"release": found.release.period}
    return TablePage(
        title=str(TABLES[table.code].title),
        counted=str(TABLES[table.code].counted),
        corner=str(DIMENSIONS[table.rows]),
        across=str(DIMENSIONS[table.columns]),
        columns=tuple(said(column, shown) for column in found.columns),
        lines=tuple(line for line in lines if line.total or not all(figure.none for figure in line.figures)),
        silent=tuple(
            line.label for line in lines if not line.total and all(figure.none for figure in line.figures)
        ),
        whole=table.whole,
        quarter=quarter(found.release.period),
        made=when.day(found.release.made_at, shown.zone),
        digest=found.release.digest,
        releases=tuple(
            Link(quarter(one.period), one.period, one.period == found.release.period)
            for one in shown.releases
        ),
        csv=f"{reverse('statistic_csv', args=[table.code])}?{urlencode(kept)}",
        json=f"{reverse('statistic_json', args=[table.code])}?{urlencode(kept)}",
        chart=chart(shown, mirrored=get_language_bidi()),
    )


def _line(row: str, shown: Published) -> Line:
    figures = tuple(
        Figure(number_format(figure, use_l10n=True, force_grouping=True), figure == 0, TOTAL in (row, column))
        for column in shown.found.columns
        for figure in (shown.found.cells[row, column],)
    )
    return Line(said(row, shown), figures, row == TOTAL)


def _link(code: str) -> Link:
    return Link(str(TABLES[code].title), reverse("statistic", args=[code]))
