"""The days between which the law is the same: from the days of sources, and where a source says none, of its act."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from encircle.law.counting import Counting, Period, Unit
from encircle.law.era import Era, era_of, turns
from encircle.law.law import Law
from encircle.law.limit import LimitRule, Sense
from encircle.law.source import ActKind, Source
from encircle.law.texts import Texts
from tests.law import world
from tests.law.world import HERE, act, source

A, B, C = date(2009, 12, 1), date(2018, 5, 25), date(2022, 7, 31)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Law:
    """A law without any rule."""
    made = world.law(tmp_path_factory.mktemp("bare"))
    return replace(made, duties=(), prohibitions=(), limits=(), mandates=(), channels=(), set_aside=())


def with_sources(bare: Law, *sources: Source) -> Law:
    period = Period(3, Unit.DAYS, Counting.PLAIN)
    limit = LimitRule("a_limit", Texts.english("A limit"), period, Sense.AT_MOST, sources, (HERE,))
    return replace(bare, limits=(limit,))


def test_another_law_begins_when_a_source_begins_and_the_day_after_it_has_ended(bare: Law) -> None:
    made = with_sources(bare, source(from_=A), source(from_=B, until=C), source(act=act(from_=A)))
    assert turns(made) == (A, B, date(2022, 8, 1))


def test_the_days_of_a_source_go_before_those_of_its_act(bare: Law) -> None:
    assert turns(with_sources(bare, source(act=act(from_=A, until=C), from_=B))) == (B, date(2022, 8, 1))


def test_what_is_no_law_yet_and_what_never_ends_turns_nothing(bare: Law) -> None:
    pending = source(from_=A, pending=True)
    proposal = source(act=act(kind=ActKind.PROPOSAL, from_=A))
    assert turns(with_sources(bare, pending, proposal, source(until=date.max), source())) == ()


@pytest.mark.parametrize(
    ("on", "era"),
    [
        (date(1990, 1, 1), Era(None, date(2009, 11, 30))),
        (A, Era(A, date(2018, 5, 24))),
        (date(2018, 5, 24), Era(A, date(2018, 5, 24))),
        (B, Era(B, date(2022, 7, 31))),
        (date(2030, 1, 1), Era(date(2022, 8, 1), None)),
    ],
)
def test_each_day_is_in_one_era(bare: Law, on: date, era: Era) -> None:
    made = with_sources(bare, source(from_=A), source(from_=B, until=C))
    found = era_of(made, on)
    assert found == era
    assert found.holds(on)
    assert [found.holds(day) for day in (date.min, date.max)] == [era.first is None, era.last is None]


def test_all_days_of_an_era_are_made_by_one_day(bare: Law) -> None:
    on = date(2020, 2, 2)
    assert Era(A, B).day(on) == A
    assert Era(None, B).day(on) == B
    assert Era(None, None).day(on) == on
    assert era_of(with_sources(bare, source()), on) == Era(None, None)


def test_a_rule_that_rests_turns_the_law_when_its_source_begins(tmp_path: Path) -> None:
    """It is set aside with its source, so that the law of an early day knows of the later one."""
    sources = {
        "ee__duties__guardian": """
        - set: D02b
          sources: [{act: CoE-197, at: "10(4)(a)", from: 2018-05-25, mark: G, read: null}]
        """
    }
    early, late = (
        world.law(tmp_path / str(on.year), on=on, **sources) for on in (date(2010, 1, 1), date(2026, 1, 1))
    )
    assert ([rule.code for rule in early.duties], [rule.code for rule in late.duties]) == ([], ["D02b"])
    assert turns(early) == turns(late) == (B,)
