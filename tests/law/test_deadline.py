"""Deadlines: the truth table of deadlines.yaml, and what a due time says of itself."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from encircle.law.calendar import Calendar
from encircle.law.counting import Counting, Period, Step, Unit
from encircle.law.deadline import Due, due, due_by_sop
from encircle.law.duty import DueRule, Standing
from encircle.law.sop import SopRule
from encircle.law.texts import Texts
from encircle.vocabulary.moment import parse_span
from tests.law.world import HERE, limit_due, source

TABLE: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("deadlines.yaml").read_text("utf-8"))
TALLINN = Calendar("EE", "Europe/Tallinn")
SET_BY = Texts.english("Practice of the test country")


def local(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["says"])
def test_deadline_is_what_a_lawyer_counts_by_hand(row: dict[str, Any]) -> None:
    found = due(
        limit_due(row["amount"], row["unit"], row["counting"]),
        start=parse_span(row["start"], row["zone"]),
        calendar=Calendar(row["calendar"], row["zone"]),
    )
    ends = row["ends"] if isinstance(row["ends"], list) else [row["ends"]] * 2
    assert [found.earliest, found.latest] == [local(end, row["zone"]) for end in ends]


def test_the_table_can_fail() -> None:
    row = next(row for row in TABLE if row["calendar"] == "EE" and row["says"].startswith("fifteen working"))
    start = parse_span(row["start"], row["zone"])
    elsewhere = due(
        limit_due(15, "working_days", "reg_1182_71"), start=start, calendar=Calendar("FI", row["zone"])
    )
    assert elsewhere.latest != local(row["ends"], row["zone"])


def with_sop(rule: DueRule, standing: Standing) -> DueRule:
    period = Period(2, Unit.WORKING_DAYS, Counting.PLAIN)
    sop = SopRule("a_sop", Texts.english("An SOP"), period, (), SET_BY, (HERE,))
    return replace(rule, sop=sop, standing=standing)


def test_a_limit_of_law_names_its_sources_and_how_it_was_counted() -> None:
    found = due(
        limit_due(2, "days", "reg_1182_71"),
        start=parse_span("2026-09-11", "Europe/Tallinn"),
        calendar=TALLINN,
    )
    end = local("2026-09-15T23:59:59", "Europe/Tallinn")
    steps = (Step.DAY_NOT_COUNTED, Step.MOVED, Step.TWO_WORKING_DAYS)
    assert found == Due(Standing.LAW, Texts.english("in time"), end, end, (source(),), None, steps)


def test_words_alone_give_no_time() -> None:
    rule = DueRule(Texts.english("without delay"), None, None, Standing.WORDS)
    found = due(rule, start=parse_span("2026-09-11", "Europe/Tallinn"), calendar=TALLINN)
    assert found == Due(Standing.WORDS, Texts.english("without delay"), None, None, ())


def test_a_number_of_practice_that_was_never_set_leaves_the_words() -> None:
    rule = DueRule(Texts.english("early"), None, None, Standing.SOP)
    found = due(rule, start=parse_span("2026-09-11", "Europe/Tallinn"), calendar=TALLINN)
    assert found == Due(Standing.WORDS, Texts.english("early"), None, None, ())


def test_a_number_of_practice_says_whose_practice_and_never_law() -> None:
    rule = with_sop(limit_due(15, "days", "plain"), Standing.SOP)
    found = due(rule, start=parse_span("2026-09-11", "Europe/Tallinn"), calendar=TALLINN)
    end = local("2026-09-15T23:59:59", "Europe/Tallinn")
    assert found == Due(Standing.SOP, rule.words, end, end, (), SET_BY, (Step.DAYS_RUN,))


def test_a_number_that_nobody_has_read_is_unverified() -> None:
    rule = limit_due(15, "days", "plain", Standing.UNVERIFIED)
    found = due(rule, start=parse_span("2026-09-11", "Europe/Tallinn"), calendar=TALLINN)
    assert (found.kind, found.latest) == (Standing.UNVERIFIED, local("2026-09-26T23:59:59", "Europe/Tallinn"))


def test_practice_can_ask_for_less_time_than_the_law_beside_it() -> None:
    rule = with_sop(limit_due(15, "working_days", "reg_1182_71"), Standing.LAW)
    start = parse_span("2026-09-11", "Europe/Tallinn")
    by_law, by_sop = due(rule, start=start, calendar=TALLINN), due_by_sop(rule, start=start, calendar=TALLINN)
    assert by_law.kind is Standing.LAW
    assert by_sop is not None
    assert by_sop.latest == local("2026-09-15T23:59:59", "Europe/Tallinn")


def test_without_a_number_of_practice_there_is_none() -> None:
    rule = limit_due(15, "days", "plain")
    assert due_by_sop(rule, start=parse_span("2026", "Europe/Tallinn"), calendar=TALLINN) is None


def test_a_calendar_without_holidays_says_so_beside_every_time() -> None:
    coe = Calendar(None, "Europe/Paris")
    rule = limit_due(15, "working_days", "reg_1182_71")
    found = due(rule, start=parse_span("2026-06-15", "Europe/Paris"), calendar=coe)
    assert Step.NO_HOLIDAYS in found.steps
    assert coe.says is not None
    assert "Saturdays and Sundays only" in str(coe.says)
