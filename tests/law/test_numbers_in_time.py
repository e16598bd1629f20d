"""The number of practice that held at an instant, what it is then, and packs and practice that are refused."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from encircle.law.counting import Counting, Period, Unit
from encircle.law.duty import DueRule, Standing
from encircle.law.pack import BadPack, Shelf, law_with
from encircle.law.pack.practice import period_of
from encircle.law.practice import Adopted, Amendment, Held, Part, ordered
from encircle.law.sop import SetNumber, SopRule
from encircle.law.texts import Texts
from encircle.vocabulary.role import Role
from tests.law.world import HERE, SITUATION, TODAY, faults, write

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
SOON, FIVE, TWO = (
    Texts.english("soon"),
    Period(5, Unit.DAYS, Counting.PLAIN),
    Period(2, Unit.DAYS, Counting.PLAIN),
)
FIRST, SECOND = (
    Adopted(number, NOW + timedelta(days=number), Role.COORDINATOR, Role.MINISTRY) for number in (1, 2)
)
BEFORE, AFTER, LAST = (
    SetNumber(FIVE, None, ()),
    SetNumber(TWO, SOON, (), FIRST),
    SetNumber(None, None, (), SECOND),
)
REGION = """
    pack: harju
    kind: sop
    title: {en: "Harju county"}
    version: "1"
    extends: [ee]
    """


def rule(*numbers: SetNumber) -> SopRule:
    return SopRule("a_number", SOON, None, (), None, (HERE,), SECOND if numbers else None, numbers)


@pytest.mark.parametrize(
    ("after", "period", "by"),
    [
        (timedelta(0), FIVE, None),
        (timedelta(days=1) - timedelta(seconds=1), FIVE, None),
        (timedelta(days=1), TWO, FIRST),
        (timedelta(days=2), None, SECOND),
    ],
)
def test_a_number_is_that_which_held_at_the_instant(
    after: timedelta, period: Period | None, by: Adopted | None
) -> None:
    found = rule(BEFORE, AFTER, LAST).at(NOW + after)
    assert (found.period, found.by, found.set_by) == (period, by, SOON if by is FIRST else None)
    assert rule().at(NOW + after) == rule()


@pytest.mark.parametrize(
    ("standing", "then"),
    [
        (Standing.LAW, (Standing.LAW, Standing.LAW)),
        (Standing.SOP, (Standing.SOP, Standing.UNVERIFIED)),
        (Standing.WORDS, (Standing.SOP, Standing.UNVERIFIED)),
    ],
)
def test_a_time_is_law_or_else_the_practice_of_that_instant_or_what_is_left_without(
    standing: Standing, then: tuple[Standing, Standing]
) -> None:
    due = DueRule(SOON, None, rule(BEFORE, AFTER, LAST), standing, Standing.UNVERIFIED)
    early, late = due.at(NOW), due.at(NOW + timedelta(days=9))
    assert (early.standing, late.standing) == then
    assert [one.sop.period for one in (early, late) if one.sop is not None] == [FIVE, None]
    for unmoved in (DueRule(SOON, None, None, standing), DueRule(SOON, None, rule(), standing)):
        assert unmoved.at(NOW) is unmoved


def amendment(amount: int | None, unit: Unit | None, counting: Counting | None) -> Amendment:
    return Amendment(Part.NUMBER, "guardian_within", amount, unit, counting, basis=(("en", "Order 12"),))


def test_an_adopted_number_has_a_unit_and_a_way_of_counting() -> None:
    assert period_of(amendment(2, Unit.DAYS, Counting.PLAIN)) == TWO
    assert period_of(amendment(None, None, None)) is None
    for unit, counting in ((None, Counting.PLAIN), (Unit.DAYS, None)):
        with pytest.raises(ValueError, match=r"^A number has a unit and a way in which it is counted\.$"):
            period_of(amendment(2, unit, counting))


def test_practice_over_packs_that_are_bad_themselves_is_refused_with_the_problem_of_the_pack(
    tmp_path: Path,
) -> None:
    practice = ordered((Held(amendment(2, Unit.DAYS, Counting.PLAIN), FIRST),))
    folder = write(tmp_path, {"ee/duties/a.yaml": "- set: D02b\n  owner: polise\n"})
    with pytest.raises(BadPack) as bad:
        law_with(Shelf(folder), "ee", practice, at=NOW + timedelta(days=9), schema=SITUATION, on=TODAY)
    assert [str(problem) for problem in bad.value.problems] == [
        "packs/ee/duties/a.yaml:2: owner 'polise' is not known. Did you mean 'police'?"
    ]


def test_a_duty_of_a_report_says_for_each_of_what_it_is_asked(tmp_path: Path) -> None:
    text = "- set: D02b\n  scope: report\n"
    assert faults(tmp_path, ee__duties__a=text) == [
        "packs/ee/duties/a.yaml:2: scope report: no situation serves it. "
        "Say for_each: concern or consultation, of which it is one."
    ]


def test_a_prohibition_is_asked_of_a_record_of_a_child(tmp_path: Path) -> None:
    assert faults(tmp_path, ee__prohibitions__a="- set: P3\n  scope: agency\n") == [
        "packs/ee/prohibitions/a.yaml:2: scope: a prohibition is asked of a child's record alone."
    ]


def test_a_pack_of_practice_says_rules_in_other_words_and_adds_none(tmp_path: Path) -> None:
    text = (
        '- text: D02b\n  professional: {en: "A."}\n  "6-9": {en: "B."}\n'
        '  "10-13": {en: "C."}\n  "14-17": {en: "D."}\n'
    )
    assert faults(tmp_path, "harju", harju__pack=REGION, harju__texts__a=text) == [
        "packs/harju/texts/a.yaml:1: D02b: "
        "a pack of kind sop can say in other words what a rule asks (set), and no more."
    ]
