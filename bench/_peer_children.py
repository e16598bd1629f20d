"""Two hundred children with random facts, the same ones for the same seed, for whom we and our peers answer twelve duties.

Each fact of the menu comes to a share of the children, so that of every duty there are children for whom it is open,
met, or not theirs. What the twelve duties ask is on record or certainly not: the peers have no third truth value.
"""

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from encircle.actions.synthetic import LAST_DAY, REGIONS
from encircle.actions.synthetic.story import Story
from encircle.vocabulary.fact import Fact

Told = tuple[str, Mapping[str, object], str | None]
"""A type of fact, what it says, and of which subject."""

FIRST_DAY = datetime(2026, 8, 3, 8, 0, tzinfo=UTC)
AT = LAST_DAY
"""The instant at which all is asked."""


def children(many: int, *, seed: int = 4) -> tuple[tuple[Fact, ...], ...]:
    """The facts of each child."""
    return tuple(_child(random.Random(f"peers/{seed}/{number}")) for number in range(many))


def _child(chance: random.Random) -> tuple[Fact, ...]:
    begins = FIRST_DAY + timedelta(days=chance.uniform(0, 90))
    story = Story(chance, chance.choice(REGIONS), begins, AT, length=60)
    for share, told in _menu(chance):
        if story.happens(share):
            for fact_type, says, subject in told:
                story.tell(fact_type, says, subject=subject, hours=chance.uniform(0.5, 12))
    return tuple(fact for fact in story.facts if fact.recorded < AT)


def _menu(chance: random.Random) -> tuple[tuple[float, tuple[Told, ...]], ...]:
    """What can be told of a child, and how often, in the order of time."""
    born = f"{chance.randint(2007, 2018)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}T00:00"
    return (*_who(chance, born), *_care(chance), *_asylum(chance), *_later(chance))


def _who(chance: random.Random, born: str) -> tuple[tuple[float, tuple[Told, ...]], ...]:
    status = chance.choice(("presumed_victim", "identified_victim", "at_risk", "negative_decision"))
    came_from = chance.choice(("EE", "SY", "UA", "VN"))
    decided = {"determined": "child", "final": chance.random() < 0.5}
    return (
        (1.0, (("date_of_birth_recorded", {"date_of_birth": born, "evidence": "document"}, None),)),
        (0.8, (("origin_recorded", {"nationality": came_from}, None),)),
        (0.4, (("age_claimed", {"claimed_child": chance.random() < 0.7}, None),)),
        (0.3 if born >= "2009" else 0.0, (("age_doubted", {"doubted_because": ["no_document"]}, None),)),
        (0.3, (("child_presumed", {"presumed_on": ["claim"]}, None),)),
        (0.15, (("age_determined", decided, None),)),
        (0.7, (("status_set", {"status": status}, None),)),
    )


def _care(chance: random.Random) -> tuple[tuple[float, tuple[Told, ...]], ...]:
    care = chance.choice(("present", "absent", "conflict", "suspected"))
    home = chance.choice(("foster", "childrens_home", "adult_reception_centre", "shelter"))
    checked, vetted, adults = (chance.random() < 0.8 for _ in range(3))
    place = {"placement_kind": home, "vetted": vetted, "adults_present": not adults}
    looked_at = {"considered": ["contacts"], "safe": "safe"}
    guardian = {"capacity": "guardian", "conflict_checked": checked}
    return (
        (0.6, (("separation_recorded", {"unaccompanied": chance.random() < 0.8}, None),)),
        (0.6, (("parental_care_recorded", {"parental_care": care}, None),)),
        (0.5, (("information_given", {"topics": ["rights", "asylum"]}, "information-1"),)),
        (0.6, (("guardian_appointed", guardian, "guardian-1"), ("guardian_met_child", {}, "guardian-1"))),
        (0.1, (("guardian_conflict_found", {"conflict": "own_interest"}, "guardian-1"),)),
        (0.6, (("placement_started", place, "placement-1"),)),
        (0.4, (("placement_risk_assessed", looked_at, "placement-1"),)),
        (0.2, (("service_started", {"service_kind": "therapy"}, "service-1"),)),
    )


def _asylum(chance: random.Random) -> tuple[tuple[float, tuple[Told, ...]], ...]:
    made: Told = ("asylum_made", {}, "proceeding-1")
    lodged: Told = ("asylum_lodged", {}, "proceeding-1")
    wishes = chance.choice(("wanted", "not_wanted", "not_asked"))
    revealed = chance.random() < 0.5
    opened: Told = ("proceeding_opened", {"proceeding_kind": "asylum"}, "proceeding-1")
    return (
        (0.2, (("asylum_wish_expressed", {}, None),)),
        (0.5, (opened, made) if chance.random() < 0.4 else (opened, made, lodged)),
        (0.05, (("asylum_not_sought", {"guardian_agrees": True}, None),)),
        (0.4, (("tracing_started", {"child_wishes": wishes}, "family_contact-1"),)),
        (0.5, (("family_contact_assessed", {"in_best_interests": True}, "family_contact-1"),)),
        (0.3, (("tracing_ended", {"found": True}, "family_contact-1"),)),
        (0.1, (("family_contact_held", {"location_revealed": revealed}, "family_contact-1"),)),
        (0.1, (("do_not_contact_set", {"scope": ["family"], "because": "asylum"}, "do_not_contact-1"),)),
    )


def _later(chance: random.Random) -> tuple[tuple[float, tuple[Told, ...]], ...]:
    made = {"assessment_kind": "individual"}
    reviewed = {**made, "review_due": "2027-01-15"}
    measures = {"measures": ["safe_placement"]}
    located = {"alert_hit": chance.random() < 0.8}
    return (
        (0.5, (("assessment_made", chance.choice((made, reviewed)), "assessment-1"),)),
        (0.3, (("permit_issued", {"ground": "victim"}, "permit-1"),)),
        (0.4, (("schooling_enrolled", {}, "schooling-1"),)),
        (0.1, (("schooling_stopped", {"reason": "missing"}, "schooling-1"),)),
        (0.3, (("transition_planned", {"transition_covers": ["accommodation"]}, None),)),
        (0.4, (("missing_noticed", {}, "missing-1"), ("missing_located", located, "missing-1"))),
        (0.2, (("missing_measures_decided", measures, "missing-1"),)),
        (0.03, (("died", {}, None),)),
    )
