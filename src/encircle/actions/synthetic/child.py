"""Synthetic children: for each number a history that ends shortly before the last day of the demonstration.

Short histories end early: the first facts of what could have been told. Nothing is told that had not happened by then.
"""

import random
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Protocol

from encircle.actions.replay.case import CaseAgency, ReplayCase
from encircle.actions.synthetic import arrival, care, interests, meetings, pressing, proceedings
from encircle.actions.synthetic.country import AGENCIES, NATIONAL, REGIONS, ZONE, agency_id
from encircle.actions.synthetic.names import SyntheticName, synthetic_name
from encircle.actions.synthetic.story import CHILD, Story
from encircle.law.origin import Origin
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.placements import PlacementStarted
from encircle.vocabulary.identifier import AgencyId

LAST_DAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The day on which the histories end, where nobody names another one."""
IN_FULL = 300
"""Children whose histories are of all lengths; those after them have a mean of 12 facts."""
SHORTEST, LONGEST = 3, 60
_LENGTHS = (3, 6, 10, 14, 18, 22, 26, 30, 34, 38, 42, 46, 50, 54, 60, 60)
_FEW = range(3, 22)
_ASYLUM_COMMUNITIES = ("SY", "ER", "ET", "NG", "VN")


def synthetic_cases(seed: int, *, today: datetime = LAST_DAY) -> Iterator[ReplayCase]:
    """Children without end, the same ones for the same seed and day."""
    for number in count(1):
        yield synthetic_child(seed, number, today=today)


def synthetic_child(seed: int, number: int, *, today: datetime = LAST_DAY) -> ReplayCase:
    """One child of the synthetic country: a name, a region, a history of 3 to 60 facts."""
    chance = random.Random(f"{seed}/{number}")  # nosec B311  # a story that can be told again, not a secret
    name, region = synthetic_name(chance), chance.choice(REGIONS)
    kind = pressing.pressing(number) if number <= IN_FULL else None
    length = _length(chance, number) if kind is None else LONGEST
    ends = today - (_quiet(chance) if kind is None else pressing.quiet(kind, chance))

    def story(begins: datetime, *, timed: bool) -> Story:
        told = random.Random(f"story/{seed}/{number}")  # nosec B311  # as above
        story = Story(told, region, begins, today, length, timed=timed)
        _tell(story, name) if kind is None else pressing.tell(kind, story, name)
        return story

    facts = _history(story, ends)
    case_name = f"country-{seed}-{number}"
    return ReplayCase(
        name=case_name,
        title=f"{name.given} (synthetic)",
        about="Synthetic: no such child exists.",
        country="ee",
        zone=ZONE,
        agencies=_taking_part(facts, region),
        children={CHILD: name.given},
        concerns={},
        facts=facts,
        origins={fact.id: Origin(case_name, line) for line, fact in enumerate(facts, start=1)},
        expectations=(),
    )


def _length(chance: random.Random, number: int) -> int:
    if number <= 2:
        return (LONGEST, SHORTEST)[number - 1]
    return chance.choice(_LENGTHS if number <= IN_FULL else _FEW)


def _quiet(chance: random.Random) -> timedelta:
    """How long ago the last fact was recorded: hours for a third, days for most, months for a few."""
    hours = chance.choice((chance.uniform(2, 30), chance.uniform(30, 400), chance.uniform(30, 2000)))
    return timedelta(hours=hours)


class _Teller(Protocol):
    def __call__(self, begins: datetime, *, timed: bool) -> Story:
        """The whole story, begun then; or only how long it takes."""


def _history(story: _Teller, ends: datetime) -> tuple[Fact, ...]:
    """Told twice: once to see how long it takes, then so many whole days earlier that it ends in time."""
    late = story(ends, timed=True).now + timedelta(hours=1) - ends
    return tuple(story(ends - timedelta(days=late // timedelta(days=1) + 1), timed=False).facts)


def _tell(story: Story, name: SyntheticName) -> None:
    arrival.found(story, name)
    arrival.believed(story)
    care.placed(story)
    care.accompanied(story)
    care.assessed(story)
    _further(story, name)


def _further(story: Story, name: SyntheticName) -> None:
    """What comes after the first weeks; not all of it comes to every child."""
    seeks_asylum = name.nationality in _ASYLUM_COMMUNITIES
    if story.happens(0.2):
        proceedings.hearings_ahead(story)
    if story.happens(0.2):
        meetings.ahead(story)
    if story.happens(0.25):
        care.missing(story)
    if story.happens(0.7):
        proceedings.heard(story)
    if seeks_asylum and story.happens(0.8):
        proceedings.asylum_sought(story)
    if story.happens(0.4):
        proceedings.asked_abroad(story)
    if "criminal_case" in story.last:
        proceedings.hearings_ahead(story)
    interests.decided(story)
    if story.happens(0.6):
        interests.identified(story)
    if "criminal_case" in story.last and story.happens(0.5):
        proceedings.compensation_claimed(story)
        proceedings.hearing_held(story)
    meetings.reviewed_together(story)
    interests.placement_reviewed(story)
    interests.solution_found(story)
    interests.decided(story)
    meetings.reviewed_together(story)
    proceedings.hearings_ahead(story)


def _taking_part(facts: tuple[Fact, ...], region: str) -> Mapping[AgencyId, CaseAgency]:
    """Who works on this child: the child protection service first, who said something, whom it concerns."""
    taking = {agency_id("social", region): None}
    taking |= {fact.agency: None for fact in facts}
    told = {fact.type for fact in facts}
    kinds = {fact.payload.placement_kind for fact in facts if isinstance(fact.payload, PlacementStarted)}
    concerned = {
        "prosecutor": "proceeding_opened" in told,
        "guardianship": "guardian_requested" in told,
        "asylum": "asylum_wish_expressed" in told,
        "shelter": "shelter" in kinds,
    }
    taking |= {NATIONAL[kind]: None for kind, takes_part in concerned.items() if takes_part}
    return {agency: AGENCIES[agency] for agency in taking}
