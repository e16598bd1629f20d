"""A stranger's file: written from the documentation alone, it is read, answered, and right to the minute."""

from datetime import UTC, datetime
from pathlib import Path

from encircle.actions.law import law_of
from encircle.actions.replay.answer import answer
from encircle.actions.replay.case import ReplayCase
from encircle.actions.replay.file import read_replay
from encircle.actions.replay.verdict import verdicts
from encircle.core.child import AsOf
from encircle.vocabulary.identifier import AgencyId, RootId

FILE = Path(__file__).with_name("girl_at_the_harbour.yaml")
LAW = law_of("ee")


def case() -> ReplayCase:
    return read_replay(FILE)


def test_everything_that_the_stranger_expects_holds_where_there_is_a_rule() -> None:
    found = verdicts(case(), law=LAW)
    assert [(v.expectation.id, v.failure) for v in found if v.code_known and not v.holds] == []


def test_only_the_report_to_another_country_waits_for_its_rule() -> None:
    known = {rule.code for rule in LAW.duties}
    waiting = {v.expectation.code for v in verdicts(case(), law=LAW) if not v.code_known}
    assert waiting == {"D43"} - known


def due(code: str, *, by: str | None = None) -> str | None:
    told = case()
    aino = RootId("aino")
    as_of = AsOf(datetime(2027, 4, 1, tzinfo=UTC), by=AgencyId(by) if by else None)
    given = answer(told.facts_of(aino, as_of=as_of), law=LAW, as_of=as_of)
    (row,) = [row for row in given.duties if row.rule.code == code]
    assert row.due is not None
    assert row.due.earliest == row.due.latest
    return None if row.due.latest is None else row.due.latest.isoformat()


def test_fifteen_working_days_run_from_the_making_and_leave_out_the_holidays() -> None:
    assert due("D02b-asylum") == "2027-01-07T21:59:59+00:00"


def test_the_asylum_office_has_its_own_clock_from_when_it_learnt() -> None:
    assert due("D02b-asylum", by="asylum") == "2027-01-11T21:59:59+00:00"


def test_twelve_hours_run_over_midnight_and_the_change_of_clocks() -> None:
    assert due("D32") == "2027-03-28T06:30:00+00:00"
