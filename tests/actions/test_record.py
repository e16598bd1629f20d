"""Looking at records: only one's own, answered as from the file, and each look written down with what it showed."""

from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from encircle.actions.asked import Asked, question
from encircle.actions.law import law_of, packs_folder
from encircle.actions.record import NotSeen, look, records_of, refuse
from encircle.actions.replay.answer import answer
from encircle.actions.replay.file import read_replay
from encircle.actions.whose_law import law_for, laws_to_choose
from encircle.core.child import AsOf
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.database import TestDatabase
from tests.web.world import Staff, journal_of, load, make_staff, numbers_seen

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAYS = ("2016-12-31", "2018-10-25", "2018-10-26", "2018-11-30", "2019-02-01")


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def carla(database: TestDatabase) -> Staff:
    return make_staff("carla", Role.CHILD_PROTECTION_SERVICE)


@pytest.fixture
def eva(database: TestDatabase) -> Staff:
    return make_staff("eva", Role.NGO)


def test_a_record_is_answered_as_its_file_is_at_five_dates(
    database: TestDatabase, carla: Staff, settings: Settings
):
    settings.DEMO = True
    case = read_replay(packs_folder() / "base" / "cases" / "8.3.yaml")
    (child,) = case.children
    number = load(database, "8.3", seen_by=carla)
    for day in DAYS:
        seen = look(carla.who, number, purpose=Purpose.PROTECT, asked=Asked(as_of=day))
        law = law_of("gb")
        expected = answer(case.facts_of(child), law=law, as_of=AsOf(seen.as_of.at))
        assert seen.law.pack == "gb"
        assert [(row.rule.code, row.state, row.due) for row in seen.answer.duties] == [
            (row.rule.code, row.state, row.due) for row in expected.duties
        ]
        assert sorted((one.rule.code, one.state) for one in seen.answer.alarms) == sorted(
            (one.rule.code, one.state) for one in expected.alarms
        )


def test_a_look_is_journalled_with_the_field_groups_that_it_showed(database: TestDatabase, carla: Staff):
    number = load(database, "8.8", seen_by=carla)
    seen = look(carla.who, number, purpose=Purpose.PROTECT, asked=Asked())
    ((kind, outcome, purpose, groups, names_record),) = journal_of(carla)
    assert (kind, outcome, purpose, names_record) == ("look", "shown", "protect", True)
    assert "M" in str(groups)
    assert len(seen.facts) > 0


def test_what_others_work_on_is_refused_like_what_is_not_there(
    database: TestDatabase, carla: Staff, eva: Staff
):
    number = load(database, "8.8", seen_by=carla)
    told = []
    for asked in (number, "zzzz-zzzz"):
        with pytest.raises(NotSeen) as refused:
            look(eva.who, asked, purpose=Purpose.PROTECT, asked=Asked())
        told.append(str(refused.value))
    assert told[0] == told[1]
    assert number not in told[0]
    assert journal_of(eva) == []


def test_a_refusal_is_written_down_by_itself(eva: Staff):
    refuse(eva.who, NotSeen("zzzz-zzzz"), purpose=Purpose.PROTECT)
    assert journal_of(eva) == [("refusal", "not_seen", "protect", "", False)]


def test_the_list_holds_the_records_of_the_agency_in_pages(
    database: TestDatabase, carla: Staff, eva: Staff, monkeypatch: pytest.MonkeyPatch
):
    for case in ("8.8", "8.1"):
        load(database, case, seen_by=carla)
    monkeypatch.setattr("encircle.actions.record.ON_A_PAGE", 2)
    first, second = (
        records_of(carla.who, purpose=Purpose.WORK_LIST),
        records_of(carla.who, purpose=Purpose.WORK_LIST, page=2),
    )
    assert sorted(card.number for card in (*first.cards, *second.cards)) == sorted(numbers_seen(carla))
    assert (len(first.cards), first.more, len(second.cards), second.more) == (2, True, 1, False)
    assert records_of(eva.who, purpose=Purpose.WORK_LIST).cards == ()


@pytest.mark.parametrize(
    ("asked", "expected", "problems"),
    [
        (Asked(), AsOf(NOW), []),
        (Asked(as_of="2018-10-25"), AsOf(datetime(2018, 10, 25, 20, 59, 59, tzinfo=UTC)), []),
        (Asked(as_of="2018-10-25T14:30"), AsOf(datetime(2018, 10, 25, 11, 30, tzinfo=UTC)), []),
        (Asked(as_of="soon"), AsOf(NOW), ["as_of"]),
        (Asked(as_of="soon", known_as_of="later"), AsOf(NOW), ["as_of", "known_as_of"]),
        (Asked(by="police"), AsOf(NOW, None, AgencyId("police")), []),
        (Asked(by="nobody"), AsOf(NOW), ["by"]),
    ],
)
def test_a_question_is_read_field_by_field(asked: Asked, expected: AsOf, problems: list[str]):
    understood = question(asked, now=NOW, zone="Europe/Tallinn", agencies={AgencyId("police")})
    assert (understood.as_of, list(understood.problems)) == (expected, problems)


def test_an_installation_has_the_law_of_its_country_and_no_other(settings: Settings):
    assert laws_to_choose() == (settings.COUNTRY,)
    assert law_for("GB", asked="gb").pack == settings.COUNTRY


@pytest.mark.parametrize(
    ("country", "pack"), [("GB", "gb"), ("EE", "ee"), ("FR", "eu"), ("TR", "coe"), ("XX", "coe")]
)
def test_a_demonstration_reads_each_record_by_the_law_of_its_country(
    country: str, pack: str, settings: Settings
):
    settings.DEMO = True
    assert law_for(country).pack == pack
    assert law_for(country, asked="ee").pack == "ee"
    assert law_for(country, asked="nowhere").pack == pack
