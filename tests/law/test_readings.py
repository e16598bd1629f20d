"""Readings: what was read and reviewed, when, and what must be read again, over the small law of these tests."""

from datetime import timedelta
from pathlib import Path

from encircle.law.finding import Lack, Severity
from encircle.law.pack import load_law
from encircle.law.readings import Readings, readings, unread
from encircle.law.review import review
from tests.law.test_review import EUROPEAN, LIMIT, law
from tests.law.world import BASE, SITUATION, TODAY, write


def test_a_text_that_was_read_long_ago_is_read_again(tmp_path: Path) -> None:
    text = EUROPEAN.replace("on: 2026-11-23", "on: 2025-11-22")
    folder = write(tmp_path, {"ee/duties/e.yaml": text, "ee/limits/e.yaml": LIMIT})
    found_law = load_law(folder, "ee", schema=SITUATION, on=TODAY)
    what = "Directive 2011/36/EU, 14(1) was read on 2025-11-22, more than 365 days ago. Do it again."
    assert [one.what for one in review(found_law) if one.lack is Lack.STALE] == [what]
    longer = review(found_law, stale_after=timedelta(days=366))
    assert [one for one in longer if one.lack is Lack.STALE] == []


def test_a_text_that_will_be_read_tomorrow_is_a_fault(tmp_path: Path) -> None:
    text = EUROPEAN.replace("2026-11-22", "2026-11-24")
    folder = write(tmp_path, {"ee/duties/e.yaml": text, "ee/limits/e.yaml": LIMIT})
    ahead = [
        one
        for one in review(load_law(folder, "ee", schema=SITUATION, on=TODAY))
        if one.lack is Lack.READ_AHEAD
    ]
    what = "was reviewed on 2026-11-24, which is still to come. Write the day it was done."
    assert [(one.what, one.severity) for one in ahead] == [
        (f"Directive 2011/36/EU, 14(1) {what}", Severity.FAULT)
    ]


def test_an_act_that_was_read_long_ago_is_read_again(tmp_path: Path) -> None:
    acts = BASE["base/acts.yaml"].replace(
        "mark: G", 'mark: "S:A"\n          read: {on: 2020-01-01, where: x}', 1
    )
    found_law = load_law(write(tmp_path, {"base/acts.yaml": acts}), "ee", schema=SITUATION, on=TODAY)
    assert [(one.code, one.what) for one in review(found_law) if one.lack is Lack.STALE] == [
        (
            "CoE-197",
            "Convention against Trafficking was read on 2020-01-01, more than 365 days ago. Do it again.",
        )
    ]


def test_the_readings_of_a_law_are_counted(tmp_path: Path) -> None:
    assert readings(law(tmp_path)) == Readings(sources=4, read=1, reviewed=1, neither=3)


def test_the_acts_that_are_still_to_be_read_are_told_with_their_provisions(tmp_path: Path) -> None:
    assert unread(law(tmp_path)) == (("Convention against Trafficking", 2), ("Directive 2011/36/EU", 1))
