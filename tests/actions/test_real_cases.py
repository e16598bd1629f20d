"""The eight real cases: open to those who took part in them and to nobody else; the page says what a replay says."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from pytest_django import DjangoDbBlocker

from encircle.actions.asked import Asked
from encircle.actions.context import Who
from encircle.actions.days import ANYBODY, day_of, first_to_play, sees_most
from encircle.actions.demonstration import add_people_of
from encircle.actions.examples import Names, load_case, real_cases
from encircle.actions.law import law_of
from encircle.actions.permit import NotAllowed, NotSeen
from encircle.actions.post import demonstration_posts
from encircle.actions.record import look
from encircle.actions.replay.answer import ChildAnswer, answer
from encircle.actions.replay.case import ReplayCase
from encircle.core.child import AsOf
from encircle.host.database import DatabaseRole
from encircle.records import people
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.moment import instant_end
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.role import Role
from tests.database import TestDatabase

LEAD = Who("lead", AgencyId("5f6a2b52-6d5e-4c57-8a63-bf0a50d2b3a1"), Role.CASE_LEAD)
EVA = Who("eva", AgencyId("5f6a2b52-6d5e-4c57-8a63-bf0a50d2b3a2"), Role.CASE_LEAD)
MOMENTS = 5


@pytest.fixture(scope="module")
def cases(cloned: Callable[[], TestDatabase], django_db_blocker: DjangoDbBlocker) -> Iterator[TestDatabase]:
    """The eight cases with their people, a lead who takes part in all of them, and Eva, who takes part in none."""
    database = cloned()
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(django_settings, "DEMO", True)
        with database.used_as(DatabaseRole.JOBS):
            for who in (LEAD, EVA):
                code, role = f"a-{who.person}", Role.CHILD_PROTECTION_SERVICE.value
                people.add_agency(who.agency, code=code, name=who.person, role=role, country="EE")
            for case in real_cases():
                load_case(case, seen_by=(LEAD.agency,))
                add_people_of(case, 1)
        with database.used_as(DatabaseRole.WEB):
            yield database


@pytest.mark.parametrize("case", real_cases(), ids=lambda case: case.name)
def test_a_case_is_open_to_every_agency_that_took_part_and_to_nobody_else(
    cases: TestDatabase, case: ReplayCase
):
    numbers = _numbers(cases, case)
    posts = demonstration_posts()
    took_part = [post.who for post in posts if post.case == case.name]
    assert [post.agency for post in posts if post.case == case.name] == sorted(
        agency.name for agency in case.agencies.values()
    )
    others = [EVA, *(post.who for post in posts if post.case != case.name)]
    for number in numbers:
        assert {_answer_to(who, number) for who in took_part} <= {"shown", "not_allowed"}
        assert "shown" in {_answer_to(who, number) for who in took_part}
        assert {_answer_to(who, number) for who in others} == {"not_seen"}


@pytest.mark.parametrize("case", real_cases(), ids=lambda case: case.name)
def test_the_ledger_on_the_page_is_that_of_a_replay_at_five_moments(cases: TestDatabase, case: ReplayCase):
    numbers = dict(zip(case.children, _numbers(cases, case), strict=True))
    law = law_of(case.country)
    for child, number in numbers.items():
        ledgers = []
        for at in _moments(case):
            asked = Asked(law=case.country, as_of=at.strftime("%Y-%m-%dT%H:%MZ"))
            shown = look(LEAD, number, purpose=Purpose.PROTECT, asked=asked)
            assert shown.problems == {}
            replayed = answer(case.facts_of(child, as_of=AsOf(at)), law=law, as_of=AsOf(at), child=child)
            ledgers.append(_ledger(shown.answer))
            assert ledgers[-1] == _ledger(replayed), at
            assert [(alarm.rule.code, alarm.state) for alarm in shown.answer.alarms] == [
                (alarm.rule.code, alarm.state) for alarm in replayed.alarms
            ]
        assert any(ledger != ledgers[0] for ledger in ledgers), (
            "time changes it, so a wrong moment would be seen"
        )


@pytest.mark.parametrize("case", real_cases(), ids=lambda case: case.name)
def test_a_case_is_played_day_by_day_by_the_one_of_its_people_to_whom_most_is_open(
    cases: TestDatabase, case: ReplayCase
):
    who = sees_most(post.who for post in demonstration_posts() if post.case == case.name)
    number = first_to_play(who)
    assert number in _numbers(cases, case)
    told = day_of(who, number, purpose=Purpose.PROTECT, asked=Asked(by=ANYBODY))
    assert (told.on, told.before) == (told.days[0].on, None)
    assert told.happened.look.facts == told.known.look.facts != ()


@pytest.mark.parametrize("case", real_cases(), ids=lambda case: case.name)
def test_a_day_holds_the_ledgers_of_two_replays_one_with_hindsight_and_one_as_known_then(
    cases: TestDatabase, case: ReplayCase
):
    law, (child, number) = law_of(case.country), next(zip(case.children, _numbers(cases, case), strict=True))
    days = day_of(LEAD, number, purpose=Purpose.PROTECT, asked=Asked(by=ANYBODY)).days
    for day in (days[0], days[len(days) // 2], days[-1]):
        asked = Asked(as_of=day.on.isoformat(), by=ANYBODY, law=case.country)
        told = day_of(LEAD, number, purpose=Purpose.PROTECT, asked=asked)
        evening = instant_end(day.on.isoformat(), case.zone)
        for clock, as_of in ((told.happened, AsOf(evening)), (told.known, AsOf(evening, evening))):
            replayed = answer(case.facts_of(child, as_of=as_of), law=law, as_of=as_of, child=child)
            assert _ledger(clock.look.answer) == _ledger(replayed), day.on


def _ledger(found: ChildAnswer) -> list[tuple[object, ...]]:
    return sorted(
        (
            row.rule.code,
            row.state.value,
            None if row.due is None else (row.due.earliest, row.due.latest),
            row.missing,
        )
        for row in found.duties
    )


def _moments(case: ReplayCase) -> list[datetime]:
    """Five moments from the first fact to a year after the last."""
    first = min(fact.happened.earliest for fact in case.facts)
    last = min(max(fact.happened.latest for fact in case.facts) + timedelta(days=365), datetime.now(UTC))
    step = (last - first) / MOMENTS
    return [(first + step * number).replace(second=0, microsecond=0) for number in range(1, MOMENTS + 1)]


def _answer_to(who: Who, number: str) -> str:
    try:
        look(who, number, purpose=Purpose.PROTECT, asked=Asked())
    except NotSeen:
        return "not_seen"
    except NotAllowed:
        return "not_allowed"
    return "shown"


def _numbers(database: TestDatabase, case: ReplayCase) -> list[str]:
    roots = [Names(case).root(child) for child in case.children]
    with database.connect_as_keeper() as keeper:
        found = keeper.execute(
            "SELECT id::text, number FROM root WHERE id = ANY(%s::uuid[])", (roots,)
        ).fetchall()
    numbers = dict(found)
    return [str(numbers[root]) for root in roots]
