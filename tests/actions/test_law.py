"""The law that a program runs by: made anew for each day, and kept where what would come after is bad."""

import logging
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from encircle.actions.law import MOST_EARLIER, Running, packs_folder
from encircle.core.child import situation_schema
from encircle.law.counting import Counting, Period, Unit
from encircle.law.duty import Standing
from encircle.law.era import era_of, turns
from encircle.law.law import Law
from encircle.law.pack import BadPack, law_from
from encircle.law.practice import Adopted, Amendment, Held, Part, Practice
from encircle.vocabulary.refusal import BadInput
from encircle.vocabulary.role import Role

LAST_DAY, FIRST_DAY = datetime(2026, 12, 31, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def packs(folder: Path, *, calendar: str) -> Path:
    """The packs that come with the program; the public holidays of Estonia are those of another calendar."""
    copied = folder / "packs"
    shutil.copytree(packs_folder(), copied)
    head = copied / "ee" / "pack.yaml"
    head.write_text(head.read_text("utf-8").replace("calendar: EE", f"calendar: {calendar}"), "utf-8")
    return copied


def test_the_law_is_made_anew_for_each_day(tmp_path: Path) -> None:
    running = Running(packs(tmp_path, calendar="EE"))
    assert running.law_of("ee", now=LAST_DAY) is running.law_of("ee", now=LAST_DAY)
    assert running.law_of("ee", now=FIRST_DAY).on == FIRST_DAY.date()


def test_many_who_ask_at_once_wait_for_one_law(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four threads that each made their own took four times as long, and the memory for it."""
    running, made, all_ask = Running(packs_folder()), [], Barrier(4)
    own = Running._made

    def counted(self: Running, *given: Any, **named: Any) -> Law:
        made.append(given)
        return own(self, *given, **named)

    def asked(_: int) -> Law:
        all_ask.wait(10)
        return running.law_of("eu", now=LAST_DAY)

    monkeypatch.setattr(Running, "_made", counted)
    with ThreadPoolExecutor(4) as pool:
        laws = list(pool.map(asked, range(4)))
    assert (len(made), {id(law) for law in laws}) == (1, {id(laws[0])})


def test_a_bad_pack_never_replaces_a_good_one_that_runs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    running = Running(packs(tmp_path, calendar="LK"))
    good = running.law_of("ee", now=LAST_DAY)
    with caplog.at_level(logging.ERROR):
        assert running.law_of("ee", now=FIRST_DAY) is good
        assert running.law_of("ee", now=FIRST_DAY) is good
    assert [record.message for record in caplog.records] == ["law.kept"]


def test_where_no_law_stands_yet_a_bad_pack_is_refused(tmp_path: Path) -> None:
    running = Running(packs(tmp_path, calendar="LK"))
    with pytest.raises(BadPack):
        running.law_of("ee", now=FIRST_DAY)
    with pytest.raises(BadInput, match="no pack 'atlantis'"):
        running.law_of("atlantis", now=FIRST_DAY)


def test_a_pack_that_is_broken_while_the_program_runs_changes_nothing(tmp_path: Path) -> None:
    folder = packs(tmp_path, calendar="EE")
    running = Running(folder)
    good = running.law_of("ee", now=LAST_DAY)
    (folder / "base" / "acts.yaml").write_text("- act: nothing\n", "utf-8")
    after = running.law_of("ee", now=FIRST_DAY)
    assert [rule.code for rule in after.limits] == [rule.code for rule in good.limits]
    with pytest.raises(BadPack):
        Running(folder).law_of("ee", now=FIRST_DAY)


NOW, NOON = datetime(2026, 12, 1, 12, tzinfo=UTC), timedelta(hours=12)


@pytest.fixture(scope="module")
def running() -> Running:
    return Running(packs_folder())


def of_day(running: Running, day: date, practice: Practice = ()) -> Law:
    then = datetime(day.year, day.month, day.day, tzinfo=UTC) + NOON
    return running.law_of_day("ee", day=day, then=then, now=NOW, practice=practice)


def said(law: Law) -> list[tuple[str, Standing | None]]:
    return [
        *((rule.code, rule.due.standing) for rule in law.duties),
        *((rule.code, None) for rule in law.prohibitions),
    ]


def test_the_days_of_one_era_have_one_law_and_the_next_day_has_another(running: Running) -> None:
    on = date(2018, 5, 25)
    assert on in turns(running.law_of("ee", now=NOW))
    first, last, before = (of_day(running, day) for day in (on, date(2022, 7, 31), date(2018, 5, 24)))
    assert first is last
    assert before is not first


def test_today_and_all_days_of_its_era_have_the_law_of_today(running: Running) -> None:
    law = running.law_of("ee", now=NOW)
    assert law.on is not None
    era = era_of(law, law.on)
    assert era.first is not None
    assert of_day(running, NOW.date()) is of_day(running, era.first) is law


@pytest.mark.parametrize("day", [date(1985, 6, 1), date(2012, 3, 4), date(2026, 6, 20)])
def test_the_law_of_an_era_says_what_the_law_of_each_of_its_days_says(running: Running, day: date) -> None:
    alone = law_from(running.shelf, "ee", schema=situation_schema(), on=day)
    assert said(of_day(running, day)) == said(alone)


def test_a_rule_of_which_no_source_was_in_force_yet_is_not_of_that_days_law(running: Running) -> None:
    """Regulation 2024/1348 applies from 12 June 2026."""
    before, from_then = (of_day(running, date(2026, 6, day)) for day in (11, 12))
    code = "D02b-asylum"
    assert code not in [rule.code for rule in before.duties]
    assert code in [aside.code for aside in before.set_aside]
    assert code in [rule.code for rule in from_then.duties]


def test_a_number_of_practice_is_that_of_the_day(running: Running) -> None:
    code, since = "assessment_completed_within", datetime(2020, 3, 1, tzinfo=UTC)
    five = Amendment(Part.NUMBER, code, 5, Unit.DAYS, Counting.PLAIN, basis=(("en", "Order 12"),))
    held = Held(five, Adopted(1, since, Role.COORDINATOR, Role.MINISTRY))

    def period(day: date, practice: Practice) -> Period | None:
        law = of_day(running, day, practice)
        return next(rule.period for rule in law.sops if rule.code == code)

    none = period(date(2020, 2, 29), ())
    assert none != Period(5, Unit.DAYS, Counting.PLAIN)
    assert [period(date(2020, month, 15), (held,)) for month in (2, 3)] == [
        none,
        Period(5, Unit.DAYS, Counting.PLAIN),
    ]
    longer = replace(held, amendment=replace(five, amount=7))
    assert period(date(2020, 3, 15), (longer,)) == Period(7, Unit.DAYS, Counting.PLAIN)


def test_only_a_few_laws_of_other_days_are_remembered_those_asked_for_last(running: Running) -> None:
    days = turns(running.law_of("ee", now=NOW))[: MOST_EARLIER + 1]
    first = of_day(running, days[0])
    for day in days[1:-1]:
        of_day(running, day)
    assert of_day(running, days[0]) is first, "Asked for again, it stays."
    second = of_day(running, days[1])
    of_day(running, days[-1])
    assert of_day(running, days[0]) is first
    for day in days[2:]:
        of_day(running, day)
    assert of_day(running, days[1]) is not second
    assert len(running._earlier) == MOST_EARLIER


def test_a_new_day_and_new_packs_forget_them(running: Running) -> None:
    of_day(running, date(2018, 5, 25))
    assert running._earlier
    running.law_of("ee", now=NOW + timedelta(days=1))
    assert running._earlier == {}
    assert Running(packs_folder()).law_of("ee", now=NOW) is not running.law_of("ee", now=NOW)
