"""What a pack that is to come moves on open records: counted, journalled, and nothing written into the records."""

from dataclasses import replace

import pytest
from pytest_django import Settings

from encircle.actions.examples import Names, load_case
from encircle.actions.law import law_of
from encircle.actions.pack_diff import Effect
from encircle.actions.pack_records import effect_on_records
from encircle.core.difference import Turn
from encircle.law.law import Law
from encircle.law.texts import Texts
from tests.actions.kept import as_jobs, cases, kept
from tests.database import TestDatabase
from tests.records.world import Actor


@pytest.fixture
def loaded(own_database: TestDatabase, settings: Settings) -> TestDatabase:
    settings.COUNTRY = "gb"
    with as_jobs(own_database):
        for case in cases()[:3]:
            load_case(case, seen_by=())
    return own_database


def other_agencies(law: Law) -> Law:
    """The same law; every role belongs to another agency."""
    owners = tuple(replace(owner, agency=Texts.english("Another agency")) for owner in law.owners)
    return replace(law, owners=owners)


def entries(database: TestDatabase) -> list[tuple[str, str, str, bool]]:
    with database.connect_as_keeper() as keeper:
        return keeper.execute(
            "SELECT kind, actor, outcome, root_id IS NULL FROM journal_entry WHERE actor = 'comparer' ORDER BY kind"
        ).fetchall()


def effect(database: TestDatabase, before: Law, after: Law, *, numbers: bool = False) -> Effect:
    with as_jobs(database):
        return effect_on_records(before, after, numbers=numbers)


def test_the_same_law_moves_nothing_and_all_open_records_were_looked_through(loaded: TestDatabase) -> None:
    found = effect(loaded, law_of("gb"), law_of("gb"))
    assert (found.compared, found.moved) == (3, 0)
    assert entries(loaded) == [("pack", "comparer", "packs_compared", True)]


def test_each_record_that_changes_is_counted_by_its_number(loaded: TestDatabase) -> None:
    found = effect(loaded, law_of("gb"), other_agencies(law_of("gb")), numbers=True)
    with loaded.connect_as_keeper() as keeper:
        numbers = {number for (number,) in keeper.execute("SELECT number FROM root WHERE kind = 'child'")}
    told = {number for several in found.where.values() for number in several}
    assert (told <= numbers, len(told)) == (True, found.moved)
    assert found.children == {one: len(several) for one, several in found.where.items()}
    assert {one.turn for one in found.rows} == {Turn.OWNER}


def test_no_number_is_kept_that_was_not_asked_for(loaded: TestDatabase) -> None:
    found = effect(loaded, law_of("gb"), other_agencies(law_of("gb")))
    assert (found.moved > 0, found.where) == (True, {})


def test_showing_the_numbers_is_a_look_at_each_record_that_changes(loaded: TestDatabase) -> None:
    found = effect(loaded, law_of("gb"), other_agencies(law_of("gb")), numbers=True)
    looks = [("look", "comparer", "pack_effect_shown", False)] * found.moved
    assert entries(loaded) == [*looks, ("pack", "comparer", "packs_compared", True)]


def test_a_record_that_is_closed_or_under_another_law_is_not_counted(
    loaded: TestDatabase, settings: Settings
) -> None:
    with loaded.connect_as_keeper() as keeper:
        keeper.execute(
            "UPDATE situation_row SET protection = 'closed'"
            " WHERE root_id = (SELECT root_id FROM situation_row ORDER BY root_id LIMIT 1)"
        )
    assert effect(loaded, law_of("gb"), law_of("gb")).compared == 2
    settings.COUNTRY = "ee"
    assert effect(loaded, law_of("gb"), law_of("gb")).compared == 0


def test_comparing_writes_nothing_into_a_record(loaded: TestDatabase) -> None:
    case = cases()[0]
    carla = Actor("carla", Names(case).agency(next(iter(case.agencies))))
    root = Names(case).root(next(iter(case.children)))
    before = kept(root, carla)
    effect(loaded, law_of("gb"), other_agencies(law_of("gb")), numbers=True)
    assert kept(root, carla) == before
