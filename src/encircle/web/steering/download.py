"""Downloads: one published table as CSV (RFC 4180) or as JSON-stat 2.0. The same release gives the same bytes."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from encircle.actions.context import Who
from encircle.actions.statistics import Published, published
from encircle.vocabulary.purpose import Purpose
from encircle.web.gate import purpose, purpose_of
from encircle.web.page import errors, spreadsheet
from encircle.web.page.spreadsheet import attached, harmless
from encircle.web.page.staff import for_staff
from encircle.web.steering.words import DIMENSIONS, TABLES, quarter, said

FEW = "none_or_few"
"""The mark of a figure that is shown as a dash."""
_HEAD = ("release", "table", "unit", "row", "row_label", "column", "column_label", "figure", "mark")


@purpose(Purpose.STATISTICS)
@require_safe
@for_staff
def as_csv(request: HttpRequest, who: Who, code: str) -> HttpResponse:
    """The table as CSV: one line for each figure."""
    shown = _shown(request, who, code)
    if shown is None:
        return errors.not_found(request)
    return _attached(csv_text(shown), "text/csv; charset=utf-8", shown, "csv")


@purpose(Purpose.STATISTICS)
@require_safe
@for_staff
def as_json(request: HttpRequest, who: Who, code: str) -> HttpResponse:
    """The table as a dataset of JSON-stat 2.0."""
    shown = _shown(request, who, code)
    if shown is None:
        return errors.not_found(request)
    return _attached(json_text(shown), "application/json", shown, "json")


def csv_text(shown: Published) -> str:
    """The lines: codes, their words in the language of the page, the figure, and the mark of a dash."""
    about = (shown.found.release.period, shown.table.code, shown.table.unit.value)
    rows: list[tuple[object, ...]] = [_HEAD]
    for (row, column), figure in shown.found.cells.items():
        words = (row, said(row, shown), column, said(column, shown))
        rows.append((*about, *(harmless(word) for word in words), figure, "" if figure else FEW))
    return spreadsheet.as_csv(rows)


def json_text(shown: Published) -> str:
    """The dataset (https://json-stat.org/full/), its figures row by row."""
    table, found = shown.table, shown.found
    figures = [found.cells[row, column] for row in found.rows for column in found.columns]
    dataset = {
        "version": "2.0",
        "class": "dataset",
        "label": str(TABLES[table.code].title),
        "note": [str(TABLES[table.code].counted), note()],
        "source": f"Encircle, {quarter(found.release.period)}",
        "updated": found.release.made_at.isoformat(timespec="seconds"),
        "id": [table.rows, table.columns],
        "size": [len(found.rows), len(found.columns)],
        "dimension": {
            table.rows: _dimension(table.rows, found.rows, shown),
            table.columns: _dimension(table.columns, found.columns, shown),
        },
        "value": figures,
        "status": {str(place): FEW for place, figure in enumerate(figures) if not figure},
        "extension": {
            "release": found.release.period,
            "unit": table.unit.value,
            "method": found.release.method,
            "law": found.release.pack,
            "sha256_of_all_figures": found.release.digest,
            "language": get_language() or "en",
        },
    }
    return json.dumps(dataset, ensure_ascii=False, indent=1) + "\n"


def note() -> str:
    """How small numbers are protected, in one sentence."""
    return _(
        "Every figure is rounded to a multiple of five, up or down, so that no child can be found out; "
        "zero means none or only a few."
    )


def _shown(request: HttpRequest, who: Who, code: str) -> Published | None:
    return published(who, code, purpose=purpose_of(request), period=request.GET.get("release", ""))


def _dimension(name: str, codes: tuple[str, ...], shown: Published) -> dict[str, object]:
    words = {code: said(code, shown) for code in codes}
    return {"label": str(DIMENSIONS[name]), "category": {"index": list(codes), "label": words}}


def _attached(text: str, kind: str, shown: Published, end: str) -> HttpResponse:
    return attached(text, name=f"{shown.table.code}-{shown.found.release.period}.{end}", kind=kind)
