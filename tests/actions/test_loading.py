"""Loading many children at once gives what loading each by itself gives, and goes on where it was stopped."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytest_django import Settings

from encircle.actions.context import Who
from encircle.actions.demonstration import add_country
from encircle.actions.examples import Names, load_case
from encircle.actions.loading import (
    AT_ONCE,
    EACH_TOLD,
    Country,
    _load_batch,
    load_case_at_once,
    load_children,
    root_of,
)
from encircle.actions.search import Answer, search
from encircle.actions.synthetic import LAST_DAY, synthetic_child, synthetic_concerns
from encircle.host.database import DatabaseRole
from encircle.records import people
from encircle.records.context import with_context
from encircle.records.facts import facts_of
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.identity import NameRecorded
from encircle.vocabulary.identifier import AgencyId, RootId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.actions.kept import kept
from tests.database import TestDatabase
from tests.records.world import Actor

CARLA = Actor("carla", AgencyId("5f6a2b52-6d5e-4c57-8a63-bf0a50d2b3c1"))
COUNTRY = Country(1, LAST_DAY, CARLA.agency)
"""Carla's agency, which supervises, takes part in every record, so that one look tells how many there are."""


@pytest.fixture(autouse=True)
def loader(own_database: TestDatabase, settings: Settings) -> Iterator[None]:
    settings.DEMO = True
    with own_database.used_as(DatabaseRole.JOBS):
        add_country(1)
        with with_context(agency=None, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value):
            role = Role.SUPERVISOR.value
            people.add_agency(CARLA.agency, code="carla", name="Supervision", role=role, country="EE")
        yield


@pytest.mark.parametrize("number", [3, 4, 9])
def test_a_child_is_the_same_whether_loaded_fact_by_fact_or_all_at_once(
    own_database: TestDatabase, number: int
):
    case = synthetic_child(3, number)
    other = replace(case, name="told-again")
    assert load_case(case, seen_by=(CARLA.agency,)) == len(case.facts)
    assert load_case_at_once(other, seen_by=CARLA.agency) == 1
    assert load_case_at_once(other, seen_by=CARLA.agency) == 0
    one, at_once = (_seen(own_database, Names(each).root("child")) for each in (case, other))
    assert one == at_once


def test_a_load_that_was_stopped_goes_on_and_adds_each_child_once():
    many = AT_ONCE + 7

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_children(COUNTRY, many=many, tell=stop)
    told: list[tuple[int, int]] = []
    assert load_children(COUNTRY, many=many, tell=lambda *done: told.append(done)) == 7
    assert told == [(AT_ONCE, many), (many, many)]
    assert load_children(COUNTRY, many=many + 1, tell=lambda *done: None) == 1


def test_children_beyond_those_told_have_a_history_of_another_and_a_name_of_their_own(
    own_database: TestDatabase,
):
    numbers = range(EACH_TOLD + 1, EACH_TOLD + 9)
    assert (_load_batch(COUNTRY, numbers), _load_batch(COUNTRY, numbers)) == (8, 0)
    with own_database.used_as(DatabaseRole.WEB), CARLA.at_work():
        found = [facts_of(root_of(COUNTRY, number)) for number in numbers]
    assert all(3 <= len(facts) <= 21 for facts in found)
    assert len({fact.id for facts in found for fact in facts}) == sum(map(len, found))
    assert len({_name(facts) for facts in found}) > 4
    assert len({root_of(COUNTRY, number) for number in numbers}) == 8


@pytest.mark.parametrize("numbers", [range(1, 21), range(EACH_TOLD + 1, EACH_TOLD + 21)])
def test_children_who_are_loaded_at_once_are_found_by_their_names_in_their_script_and_in_latin_letters(
    own_database: TestDatabase, numbers: range
):
    _load_batch(COUNTRY, numbers)
    with own_database.used_as(DatabaseRole.WEB):
        with CARLA.at_work():
            names = [_names(facts_of(root_of(COUNTRY, number))) for number in numbers]
        other = [name for name in names if isinstance(name.other_names, str)]
        assert other, "some are written in another script"
        for name in names:
            assert _found(f"{name.given_names} {name.family_name}")
        for name in other:
            assert _found(str(name.other_names))
        assert not _found("Quetzalcoatl Xochitl")


def test_a_loaded_name_has_the_keys_of_one_that_is_stated(own_database: TestDatabase):
    case = synthetic_child(3, 3)
    other = replace(case, name="told-again")
    load_case(case, seen_by=())
    load_case_at_once(other)
    one, at_once = (_keys(own_database, Names(each).root("child")) for each in (case, other))
    assert one == at_once
    assert len(one) > 5


def test_a_duty_of_a_loaded_child_is_owed_by_the_one_agency_of_its_role(own_database: TestDatabase):
    _load_batch(COUNTRY, range(1, 5))
    with own_database.connect_as_keeper() as keeper:
        rows = keeper.execute(
            "SELECT count(*) FILTER (WHERE agency_id IS NULL), count(*) FROM duty_row WHERE owner = %s",
            (Role.CHILD_PROTECTION_SERVICE.value,),
        ).fetchall()
    ((unowned, every),) = rows
    assert (unowned, every > 0) == (0, True)


def test_no_name_and_no_word_of_a_child_is_written_to_a_log(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
):
    caplog.set_level(logging.DEBUG)
    cases = [synthetic_child(1, number) for number in range(1, 6)]
    words = {name for case in cases for name in case.children.values()}
    load_children(COUNTRY, many=5, tell=lambda *done: None)
    for case in synthetic_concerns(1, many=2, today=LAST_DAY):
        load_case_at_once(case, seen_by=CARLA.agency)
    logging.getLogger("encircle").info("ledger.computed")
    seen = caplog.text + "".join(capsys.readouterr())
    assert "ledger.computed" in seen, "a word that is logged would be found"
    assert [word for word in words if word in seen] == []


def _seen(database: TestDatabase, root: RootId) -> object:
    """What is on record and what follows from it, but for the ids."""
    with database.used_as(DatabaseRole.WEB):
        rows = kept(root, CARLA)
        with CARLA.at_work():
            facts = facts_of(root)
    return (
        [(fact.type, fact.happened, fact.recorded, fact.agency, len(fact.learnt)) for fact in facts],
        sorted(
            (row[0], bool(row[1]), *row[2:12], row[13], row[14], len(row[15]))
            for row in _of(rows, "duty_row")
        ),
        [(row[0], *row[2:5], *row[6:]) for row in _of(rows, "alarm_row")],
        [row[:11] for row in _of(rows, "situation_row")],
    )


def _of(rows: dict[str, list[tuple[object, ...]]], table: str) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in rows[table]]


def _name(facts: tuple[Fact, ...]) -> str:
    name = _names(facts)
    return f"{name.given_names} {name.family_name}"


def _names(facts: tuple[Fact, ...]) -> NameRecorded:
    (name,) = (fact.payload for fact in facts if isinstance(fact.payload, NameRecorded))
    return name


def _found(text: str) -> bool:
    who = Who(CARLA.id, CARLA.agency, Role.SUPERVISOR)
    return search(who, text, purpose=Purpose.SEARCH).answer is Answer.FOUND


def _keys(database: TestDatabase, root: RootId) -> list[tuple[object, ...]]:
    with database.connect_as_keeper() as keeper:
        return keeper.execute(
            "SELECT kind, key FROM name_key WHERE root_id = %s ORDER BY kind, key", (root,)
        ).fetchall()
