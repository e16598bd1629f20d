"""Spreadsheets: rows as CSV (RFC 4180) that every program reads, and no program takes for formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

_BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets read Arabic and Estonian letters rightly only with it."""


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """The rows, the first of them the head."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows(rows)
    return _BYTE_ORDER_MARK + written.getvalue()


def harmless(word: str) -> str:
    """A word that no spreadsheet takes for a formula."""
    return f"'{word}" if word[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else word


def attached(text: str, *, name: str, kind: str = "text/csv; charset=utf-8") -> HttpResponse:
    """The answer that a browser keeps as a file of that name."""
    answer = HttpResponse(text.encode(), content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
