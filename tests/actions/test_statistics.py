"""Statistics: counted by a job from all records, published once for a quarter, and never raw."""

from collections import Counter
from datetime import UTC, datetime
from itertools import islice

import pytest
from django.db import ProgrammingError, connection, transaction

from encircle.actions.context import Who
from encircle.actions.examples import load_case
from encircle.actions.statistics import published, quarter_ended, release_statistics, released
from encircle.actions.synthetic import synthetic_cases
from encircle.core.disclosure import CATALOGUE
from encircle.records import statistics as rows
from encircle.records.context import with_context
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.actions.kept import as_jobs
from tests.database import TestDatabase
from tests.records.world import make_actor

CHILDREN = 8


@pytest.fixture
def country(own_database: TestDatabase) -> TestDatabase:
    """A country of 8 children."""
    with as_jobs(own_database):
        for case in islice(synthetic_cases(3), CHILDREN):
            load_case(case, seen_by=())
    return own_database


@pytest.fixture
def eva(country: TestDatabase) -> Who:
    """She works at a school and takes part in no record."""
    actor = make_actor("school")
    return Who(actor.id, actor.agency, Role.SCHOOL)


def counts(country: TestDatabase) -> rows.Counts:
    with as_jobs(country), with_context(agency=None, actor="test", purpose="statistics") as context:
        lists = {"duty": (), "owner": ("police",), "prohibition": (), "danger": ()}
        return rows.count(lists, now=context.now)


def test_every_child_is_counted_once_in_each_table_whose_rows_add_up(country: TestDatabase):
    counted = counts(country)
    for table in CATALOGUE:
        if table.whole and table.unit.value == "child":
            assert sum(counted.cells[table.code].values()) == CHILDREN, table.code


def test_a_child_on_two_linked_records_is_counted_once(country: TestDatabase):
    with country.connect_as_keeper() as keeper:
        keeper.execute(
            "INSERT INTO link (fact_id, root_id, other_id) SELECT (SELECT id FROM fact ORDER BY seq LIMIT 1), a, b"
            " FROM (SELECT min(id::text)::uuid AS a, max(id::text)::uuid AS b FROM root) AS two"
        )
    assert sum(counts(country).cells["protection"].values()) == CHILDREN - 1


def test_a_release_is_made_once_for_the_quarter_that_has_ended(country: TestDatabase, eva: Who):
    with as_jobs(country):
        first = release_statistics()
        assert first is not None
        assert (first.period, first.method) == (quarter_ended(first.made_at), "rounding:5")
        load_case(next(islice(synthetic_cases(9), 1, None)), seen_by=())
        assert release_statistics() is None
    assert released(eva, purpose=Purpose.STATISTICS).releases == (first,)


def test_a_school_reads_published_figures_and_they_add_up(country: TestDatabase, eva: Who):
    with as_jobs(country):
        release_statistics()
    for table in CATALOGUE:
        shown = published(eva, table.code, purpose=Purpose.STATISTICS)
        assert shown is not None
        cells = shown.found.cells
        assert all(figure % 5 == 0 for figure in cells.values())
        for row in shown.found.rows:
            inside = sum(
                figure for (of, column), figure in cells.items() if of == row and column != rows.TOTAL
            )
            assert inside == cells[row, rows.TOTAL]
    whole = published(eva, "protection", purpose=Purpose.STATISTICS)
    assert whole is not None
    assert whole.found.cells[rows.TOTAL, rows.TOTAL] in (5, 10)


def test_a_row_stands_there_also_where_nobody_was_counted(country: TestDatabase, eva: Who):
    counted = counts(country)
    assert ("unknown", "died") not in counted.cells["protection"]
    with as_jobs(country):
        release_statistics()
    shown = published(eva, "status-age", purpose=Purpose.STATISTICS)
    assert shown is not None
    assert shown.found.cells["died", "0-8"] == 0


def test_the_pages_cannot_count_and_the_jobs_only_under_their_purpose(country: TestDatabase, eva: Who):
    with with_context(agency=eva.agency, actor=eva.person, purpose="statistics") as context:
        lists = {"duty": (), "owner": (), "prohibition": (), "danger": ()}
        assert sum(rows.count(lists, now=context.now).cells["protection"].values()) == 0
    with as_jobs(country), with_context(agency=None, actor="test", purpose="curiosity") as context:
        assert sum(rows.count(lists, now=context.now).cells["protection"].values()) == 0
    assert sum(counts(country).cells["protection"].values()) == CHILDREN


def test_no_figure_can_be_added_or_changed_by_the_pages(country: TestDatabase, eva: Who):
    with as_jobs(country):
        release_statistics()
    for words in ("UPDATE statistic_cell SET figure = 7", "DELETE FROM statistic_release"):
        with (
            pytest.raises(ProgrammingError),
            with_context(agency=eva.agency, actor=eva.person, purpose="statistics"),
            connection.cursor() as cursor,
        ):
            cursor.execute(words)
    with country.connect_as_keeper() as keeper, pytest.raises(Exception, match="only ever added"):
        keeper.execute("UPDATE statistic_cell SET figure = 7")


def test_nobody_reads_them_without_a_context(country: TestDatabase, eva: Who):
    with as_jobs(country):
        release_statistics()
    with transaction.atomic():
        assert rows.releases() == ()
    assert len(released(eva, purpose=Purpose.STATISTICS).releases) == 1


def test_a_table_or_a_quarter_that_is_not_there_is_told_so(country: TestDatabase, eva: Who):
    assert published(eva, "protection", purpose=Purpose.STATISTICS) is None
    with as_jobs(country):
        release_statistics()
    assert published(eva, "names", purpose=Purpose.STATISTICS) is None
    assert published(eva, "protection", purpose=Purpose.STATISTICS, period="1999-q1") is None


def test_a_release_and_a_look_at_it_are_journalled(country: TestDatabase, eva: Who):
    with as_jobs(country):
        release_statistics()
    published(eva, "protection", purpose=Purpose.STATISTICS)
    with country.connect_as_keeper() as keeper:
        found = keeper.execute(
            "SELECT kind, actor, outcome, purpose FROM journal_entry WHERE purpose = 'statistics'"
        ).fetchall()
    assert Counter(found) == Counter(
        [
            ("export", "statistician", "statistics_released", "statistics"),
            ("look", eva.person, "statistics_shown", "statistics"),
        ]
    )


@pytest.mark.parametrize(
    ("month", "quarter"), [(1, "2025-q4"), (3, "2025-q4"), (4, "2026-q1"), (11, "2026-q3"), (12, "2026-q3")]
)
def test_the_quarter_that_has_ended(month: int, quarter: str):
    assert quarter_ended(datetime(2026, month, 2, tzinfo=UTC)) == quarter
