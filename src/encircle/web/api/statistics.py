"""Published statistics by the API: which releases there are, and one table of one of them. Shows nothing of a child."""

from datetime import datetime
from typing import Annotated

from ninja import Path, Query

from encircle.actions.statistics import Published, published, released
from encircle.core.disclosure.catalogue import CATALOGUE
from encircle.records.statistics import Release
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused
from encircle.web.api.caller import Asking, Stopped
from encircle.web.api.failing import not_there
from encircle.web.api.operation import reading
from encircle.web.api.shape import CODE_SHAPE, Answer


class ReleaseTold(Answer):
    """The figures of one quarter. `digest`: SHA-256 of all of them."""

    period: str
    made_at: datetime
    method: str
    pack: str
    digest: str


class TableNamed(Answer):
    """A table that is published. `whole`: rows add up."""

    code: str
    theme: str
    unit: str
    rows: str
    columns: str
    whole: bool


class StatisticsTold(Answer):
    """All tables, and all releases, the newest first."""

    tables: list[TableNamed]
    releases: list[ReleaseTold]


class TableTold(Answer):
    """One table. `figures`: row by row, each rounded to five; 0 means none or few. `total` is the code of a sum."""

    table: TableNamed
    release: ReleaseTold
    rows: list[str]
    columns: list[str]
    figures: list[list[int]]


@reading(
    "/statistics", Purpose.STATISTICS, StatisticsTold, title="Published tables and releases", tag="statistics"
)
def statistics(request: Asking) -> StatisticsTold:
    """Which tables are published, and of which quarters."""
    found = released(request.auth.who, purpose=Purpose.STATISTICS)
    return StatisticsTold(
        tables=[_named(table.code) for table in CATALOGUE],
        releases=[_release(one) for one in found.releases],
    )


@reading("/statistics/{table}", Purpose.STATISTICS, TableTold, title="One published table", tag="statistics")
def statistic(
    request: Asking,
    table: Annotated[str, Path(pattern=CODE_SHAPE)],
    period: Annotated[
        str, Query(pattern=r"^$|^[0-9]{4}-q[1-4]$", description="A quarter: 2026-q3. Left out: the newest.")
    ] = "",
) -> TableTold:
    """One table of the release of that quarter, or of the newest."""
    found = published(request.auth.who, table, purpose=Purpose.STATISTICS, period=period)
    if found is None:
        raise Stopped(not_there(_no_such_table()))
    return _told(found)


def _told(shown: Published) -> TableTold:
    found = shown.found
    return TableTold(
        table=_named(shown.table.code),
        release=_release(found.release),
        rows=list(found.rows),
        columns=list(found.columns),
        figures=[[found.cells[row, column] for column in found.columns] for row in found.rows],
    )


def _named(code: str) -> TableNamed:
    table = next(one for one in CATALOGUE if one.code == code)
    return TableNamed(
        code=table.code,
        theme=table.theme.value,
        unit=table.unit.value,
        rows=table.rows,
        columns=table.columns,
        whole=table.whole,
    )


def _release(one: Release) -> ReleaseTold:
    return ReleaseTold(
        period=one.period, made_at=one.made_at, method=one.method, pack=one.pack, digest=one.digest
    )


def _no_such_table() -> Refused:
    return Refused(
        code="no_such_table",
        reason="There is no such table, or no release of it in that quarter.",
        instead="Look at the list of tables and releases.",
    )
