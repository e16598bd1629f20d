"""Synthetic children: the same ones for the same seed, plausible, in four scripts, with something due about today."""

import unicodedata
from collections import Counter
from datetime import timedelta
from functools import lru_cache
from itertools import islice

import msgspec

from encircle.actions.law import law_of
from encircle.actions.replay.answer import answer
from encircle.actions.replay.case import ReplayCase
from encircle.actions.synthetic import LAST_DAY, synthetic_cases, synthetic_child, synthetic_concerns
from encircle.core.child import AsOf
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.actions import ActionAgreed
from encircle.vocabulary.facts.age import AgeClaimed
from encircle.vocabulary.facts.hearings import HearingScheduled
from encircle.vocabulary.facts.identity import NameRecorded
from encircle.vocabulary.facts.meetings import MeetingCalled
from encircle.vocabulary.facts.participants import ParticipantInvited
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.facts.shape import shape
from encircle.vocabulary.moment import parse_span

CHILDREN = 300


@lru_cache(maxsize=1)
def country() -> tuple[ReplayCase, ...]:
    return tuple(islice(synthetic_cases(1), CHILDREN))


def test_the_same_seed_and_day_make_the_same_country_and_another_seed_another():
    again = [synthetic_child(1, number) for number in range(1, 41)]
    assert again == list(country()[:40])
    assert [case.facts for case in again] != [synthetic_child(2, number).facts for number in range(1, 41)]


def test_a_later_day_moves_each_history_by_whole_days_and_changes_nothing_else():
    for number in range(1, 41):
        now = synthetic_child(1, number)
        later = synthetic_child(1, number, today=LAST_DAY + timedelta(days=100))
        assert [(fact.id, fact.type, fact.agency) for fact in later.facts] == [
            (fact.id, fact.type, fact.agency) for fact in now.facts
        ]
        moved = {after.recorded - fact.recorded for fact, after in zip(now.facts, later.facts, strict=True)}
        assert moved == {timedelta(days=100)}


def test_histories_have_3_to_60_facts_and_some_have_either():
    lengths = Counter(len(case.facts) for case in country())
    assert (min(lengths), max(lengths)) == (3, 60)
    assert lengths[3] >= 5
    assert lengths[60] >= 5


def test_children_after_the_first_three_hundred_have_a_mean_of_twelve_facts():
    lengths = [len(synthetic_child(1, number).facts) for number in range(301, 701)]
    assert 11 < sum(lengths) / len(lengths) < 13


def test_every_fact_passes_the_checks_of_its_type():
    for fact in _facts():
        written = msgspec.to_builtins(fact.payload)
        assert read_payload(fact.type, written) == fact.payload
        for field in shape(FACT_TYPES[fact.type]):
            value = getattr(fact.payload, field.name)
            if field.value == "when" and value is not msgspec.UNSET:
                parse_span(value, zone=fact.happened.zone)


def test_every_fact_happened_before_it_was_learnt_and_recorded_and_all_before_today():
    for fact in _facts():
        assert fact.happened.latest <= fact.recorded < LAST_DAY
        assert all(fact.happened.earliest <= learnt.at < LAST_DAY for learnt in fact.learnt)


def test_facts_speak_only_of_things_that_were_told_before():
    for case in country():
        known = set()
        for fact in case.facts:
            known.add(fact.subject)
            named = {
                getattr(fact.payload, field.name)
                for field in shape(FACT_TYPES[fact.type])
                if field.value == "ref"
            }
            assert named - {msgspec.UNSET} <= known, (case.name, fact.id)


def test_every_child_is_said_to_be_a_child_of_school_age_and_has_a_name():
    for case in country():
        ages = [fact.payload.claimed_years for fact in case.facts if isinstance(fact.payload, AgeClaimed)]
        assert all(10 < years < 18 for years in ages if isinstance(years, int))
        assert any(isinstance(fact.payload, NameRecorded) for fact in case.facts)


def test_names_are_written_in_four_scripts_and_also_in_latin_letters():
    scripts = Counter[str]()
    for fact in _facts():
        if isinstance(fact.payload, NameRecorded):
            letters = f"{fact.payload.given_names}{fact.payload.family_name}".replace("-", "")
            found = {unicodedata.name(letter).split()[0] for letter in letters if letter.isalpha()}
            scripts.update(found)
            if found != {"LATIN"}:
                other = str(fact.payload.other_names)
                assert {unicodedata.name(one).split()[0] for one in other if one.isalpha()} == {"LATIN"}
    assert set(scripts) == {"LATIN", "CYRILLIC", "ARABIC", "ETHIOPIC"}
    written = "".join(case.children["child"] for case in country())
    assert {"Ž", "ū", "Ł"} <= set(written), "Baltic and Polish letters"


def test_something_is_late_something_due_today_and_an_alarm_raised():
    law = law_of("ee")
    days, alarms = Counter[int](), 0
    for case in country()[:60]:
        found = answer(case.facts, law=law, as_of=AsOf(LAST_DAY), child=case.facts[0].root)
        for row in found.duties:
            if row.due is not None and row.due.latest is not None and row.state.value != "met":
                days[(row.due.latest - LAST_DAY) // timedelta(days=1)] += 1
        alarms += sum(alarm.state.value == "raised" for alarm in found.alarms)
    assert sum(many for day, many in days.items() if day < 0), "late"
    assert days[0], "due within a day"
    assert alarms


def test_hearings_lie_ahead_in_the_coming_weeks_for_several_children():
    ahead = [
        fact.root
        for fact in _facts()
        if isinstance(fact.payload, HearingScheduled)
        and LAST_DAY
        < parse_span(fact.payload.at, zone=fact.happened.zone).earliest
        < LAST_DAY + timedelta(days=50)
    ]
    assert len(ahead) > 30


def test_agencies_meet_and_who_is_invited_takes_part_in_the_record():
    told = Counter(fact.type for fact in _facts())
    for fact_type in ("participant_answered", "participant_shared", "meeting_minuted", "action_agreed"):
        assert told[fact_type] > 10, fact_type
    for case in country():
        named = {
            fact.payload.agency
            for fact in case.facts
            if isinstance(fact.payload, ParticipantInvited | ActionAgreed)
        }
        assert named <= set(case.agencies)


def test_meetings_are_called_for_the_coming_weeks_and_some_actions_wait():
    ahead = [
        fact.root
        for fact in _facts()
        if isinstance(fact.payload, MeetingCalled)
        and parse_span(fact.payload.at, zone=fact.happened.zone).earliest > LAST_DAY
    ]
    assert len(ahead) > 20
    told = Counter(fact.type for fact in _facts())
    assert told["action_agreed"] > told["action_ended"] > 0


def test_open_concerns_wait_in_every_region_and_none_is_triaged():
    concerns = synthetic_concerns(1, many=9, today=LAST_DAY)
    assert concerns == synthetic_concerns(1, many=9, today=LAST_DAY)
    assert all(fact.type != "concern_triaged" for case in concerns for fact in case.facts)
    assert all(fact.recorded < LAST_DAY for case in concerns for fact in case.facts)
    opened_by = Counter(next(iter(case.agencies)).rpartition("-")[2] for case in concerns)
    assert opened_by == {"north": 3, "east": 3, "west": 3}


def _facts() -> list[Fact]:
    return [fact for case in country() for fact in case.facts]
