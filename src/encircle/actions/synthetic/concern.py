"""Open concerns that wait for triage: of a child that nobody has found yet, from whoever noticed something."""

import random
from datetime import datetime, timedelta

from encircle.actions.replay.case import ReplayCase
from encircle.actions.synthetic.arrival import CHANNELS
from encircle.actions.synthetic.country import AGENCIES, REGIONS, ZONE, agency_id
from encircle.actions.synthetic.story import Story
from encircle.law.origin import Origin
from encircle.vocabulary.identifier import RootId

CONCERN = RootId("concern")
_NOTICED = (
    "A child works in a kitchen late in the evening and does not go to school.",
    "A girl asked at the counter how to get home and was called away by an adult.",
    "A pupil has not come for two weeks; at home nobody opens.",
    "A boy sells small things at the station each day with the same adult near.",
    "A child came with an adult who answered every question.",
    "Young people arrive at a house by van in the morning and are fetched at night.",
)


def synthetic_concerns(seed: int, *, many: int, today: datetime) -> tuple[ReplayCase, ...]:
    """So many concerns of the last days, none of them triaged."""
    return tuple(_concern(seed, number, today) for number in range(1, many + 1))


def _concern(seed: int, number: int, today: datetime) -> ReplayCase:
    chance = random.Random(f"concern/{seed}/{number}")  # nosec B311  # a story, not a secret
    region = REGIONS[number % len(REGIONS)]
    by = chance.choice(("police", "social", "health", "school"))
    began = today - timedelta(hours=chance.uniform(3, 60))
    story = Story(chance, region, began, today, length=3, root=CONCERN)
    registered = {
        "channel": CHANNELS[by],
        "danger_now": story.happens(0.25),
        "raised_by": story.one_of("professional", "neighbour", "public"),
        "text": _NOTICED[number % len(_NOTICED)],
    }
    story.tell("concern_registered", registered, by=by, hours=0.2, subject=CONCERN, at_night=True)
    if story.happens(0.5):
        noted = {"indicator": story.one_of("IND-G4", "IND-G10", "IND-L3")}
        story.tell(
            "indicator_noted", noted, by=by, hours=0.5, subject=story.another("indicator"), at_night=True
        )
    if story.happens(0.6):
        story.tell("concern_acknowledged", {}, hours=0.5, subject=CONCERN, at_night=True)
    facts = tuple(story.facts)
    name = f"concern-{seed}-{number}"
    return ReplayCase(
        name=name,
        title="A concern (synthetic)",
        about="Synthetic: nobody of this kind exists.",
        country="ee",
        zone=ZONE,
        agencies={
            agency: AGENCIES[agency]
            for agency in dict.fromkeys((agency_id("social", region), *(fact.agency for fact in facts)))
        },
        children={},
        concerns={CONCERN: "A concern"},
        facts=facts,
        origins={fact.id: Origin(name, line) for line, fact in enumerate(facts, start=1)},
        expectations=(),
    )
