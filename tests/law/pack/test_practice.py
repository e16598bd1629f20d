"""Practice laid over the packs of a country: dated, read back from its own files, and never in the place of what is good."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from encircle.actions.law import packs_folder
from encircle.core.child import situation_schema
from encircle.law.counting import Counting, Period, Unit
from encircle.law.duty import Standing
from encircle.law.law import Law
from encircle.law.pack import Shelf, law_from, law_with
from encircle.law.pack.load import WithPractice
from encircle.law.practice import Adopted, Amendment, Held, Part, Practice, in_force, ordered
from encircle.law.sop import SopRule
from encircle.vocabulary.role import Role

ON, NOW = date(2026, 12, 1), datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SHELF = Shelf(packs_folder())
GUARDIAN = "guardian_appointed_within"
BASIS = (("en", "Order 12 of the ministry"), ("et", "Ministeeriumi käskkiri 12"))


def days(amount: int | None) -> Amendment:
    if amount is None:
        return Amendment(Part.NUMBER, GUARDIAN, basis=BASIS)
    return Amendment(Part.NUMBER, GUARDIAN, amount, Unit.WORKING_DAYS, Counting.PLAIN, basis=BASIS)


def held(amendment: Amendment, *, number: int, since: datetime = NOW) -> Held:
    return Held(amendment, Adopted(number, since, Role.COORDINATOR, Role.MINISTRY))


def law_by(*practice: Held, at: datetime = NOW) -> WithPractice:
    return law_with(SHELF, "ee", ordered(practice), at=at, schema=situation_schema(), on=ON)


def sop(law: Law) -> SopRule:
    return next(rule for rule in law.sops if rule.code == GUARDIAN)


def period(amount: int) -> Period:
    return Period(amount, Unit.WORKING_DAYS, Counting.PLAIN)


def test_without_practice_the_law_is_that_of_the_packs() -> None:
    law = law_by().law
    assert (sop(law).period, sop(law).numbers, [pack.code for pack in law.packs]) == (
        None,
        (),
        ["base", "eu", "ee"],
    )


def test_a_number_holds_from_its_instant_on_and_the_earlier_one_before() -> None:
    law = law_by(held(days(5), number=1), held(days(2), number=2, since=NOW + 3 * DAY)).law
    rule = sop(law)
    told = {day: rule.at(NOW + day * DAY).period for day in (-1, 0, 2, 3, 9)}
    assert told == {-1: None, 0: period(5), 2: period(5), 3: period(2), 9: period(2)}
    assert rule.turns() == (NOW, NOW + 3 * DAY)
    assert (rule.period, rule.by) == (period(5), Adopted(1, NOW, Role.COORDINATOR, Role.MINISTRY))


def test_the_time_of_a_duty_is_the_words_before_and_the_number_after() -> None:
    due = law_by(held(days(5), number=1)).law.duty("D02b").due
    assert (due.standing, due.at(NOW - DAY).standing, due.at(NOW).standing) == (
        Standing.SOP,
        Standing.WORDS,
        Standing.SOP,
    )


def test_a_number_can_be_taken_back_and_the_words_of_the_law_stand_alone() -> None:
    law = law_by(held(days(5), number=1), held(days(None), number=2, since=NOW + DAY), at=NOW + DAY).law
    assert (sop(law).period, law.duty("D02b").due.standing) == (None, Standing.WORDS)


def test_what_holds_names_its_place_in_the_files_that_are_handed_out() -> None:
    found = law_by(held(days(5), number=1))
    assert found.made is not None
    place = sop(found.law).origins[-1]
    text = found.made.files["ee-practice/sops/practice.yaml"].splitlines()
    assert (place.file, text[place.line - 1]) == (
        "packs/ee-practice/sops/practice.yaml",
        "- set: guardian_appointed_within",
    )
    assert text[place.line - 2] == (
        "# proposal 1, proposed as coordinator, approved as ministry, in force since 2026-12-01 12:00 UTC"
    )


def everything(law: Law) -> tuple[object, ...]:
    """All of a law that practice can touch, without when and by whom."""
    sops = tuple(replace(rule, by=None, numbers=()) for rule in law.sops)
    return sops, law.owners, law.sayings, law.limits


ALL: Practice = (
    held(days(5), number=1),
    held(
        Amendment(Part.OWNER, "police", texts=(("en", "Police"), ("et", "Politsei")), basis=BASIS), number=2
    ),
    held(
        Amendment(Part.OWNER, "guardianship_authority", texts=(("en", 'The "Board": #1'),), basis=BASIS),
        number=3,
    ),
    held(
        Amendment(Part.TEXT, "D02b", field="6-9", texts=(("en", "Another adult must help you."),)), number=4
    ),
    held(Amendment(Part.TEXT, "D02b", field="professional", texts=(("et", "Leia eestkostja."),)), number=5),
)


def test_the_files_of_practice_give_the_same_law_beside_the_packs(tmp_path: Path) -> None:
    found = law_by(*ALL)
    assert found.made is not None
    for code in ("base", "eu", "ee"):
        (tmp_path / "packs").mkdir(exist_ok=True)
        (tmp_path / "packs" / code).symlink_to(packs_folder() / code)
    for path, text in found.made.files.items():
        file = tmp_path / "packs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    read = law_from(Shelf(tmp_path / "packs"), "ee-practice", schema=situation_schema(), on=ON)
    assert everything(read) == everything(found.law)
    assert everything(read) != everything(law_by().law)


def test_an_agency_that_is_set_in_english_goes_on_under_no_earlier_name() -> None:
    law = law_by(held(Amendment(Part.OWNER, "police", texts=(("en", "Police"),), basis=BASIS), number=1)).law
    owner = law.owner(Role.POLICE)
    assert owner is not None
    assert [owner.agency.in_(language) for language in ("en", "et")] == ["Police", "Police"]


def test_plain_words_are_set_language_by_language() -> None:
    before = law_by().law.saying("D02b")
    after = law_by(*ALL).law.saying("D02b")
    assert before is not None
    assert after is not None
    assert after.professional.in_("et") == "Leia eestkostja."
    assert after.professional.in_("en") == before.professional.in_("en")


def test_what_no_longer_fits_the_packs_is_left_out_and_named_and_all_else_holds() -> None:
    gone = Amendment(Part.NUMBER, "gone_within", 3, Unit.DAYS, Counting.PLAIN, basis=BASIS)
    found = law_by(held(gone, number=7), *ALL)
    assert (found.left_out, sop(found.law).period) == ((7,), period(5))


def test_of_one_thing_only_the_latest_holds() -> None:
    two = (*ALL, held(days(2), number=9))
    assert [one.by.number for one in in_force(ordered(two), NOW)] == [2, 3, 4, 5, 9]
    assert in_force(ordered(two), NOW - DAY) == ()
