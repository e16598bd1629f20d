"""What a record derives, in a line each, and what it derives where nothing is on it."""

from encircle.core.child.derived import DERIVED
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.unknown import Unknown
from tests.core.world import as_of, fact, seen
from tests.vocabulary.facts.example import least

NOTHING = {
    "protection": "none",
    "protection_at": Unknown("no status_set on record", ("status_set",)),
    "reasonable_grounds": False,
    "reasonable_grounds_at": Unknown("child.reasonable_grounds_at is not known"),
    "reasonable_grounds_known": Unknown("child.reasonable_grounds_known is not known"),
    "victim_track": False,
    "age_basis": "unknown",
    "is_child": Unknown(
        "nothing on record about the age", ("date_of_birth_recorded", "age_claimed", "child_presumed")
    ),
    "age_in_doubt": False,
    "turns_18": Unknown("no date of birth on record", ("date_of_birth_recorded",)),
    "was_child_when_exploited": Unknown("no date of birth on record", ("date_of_birth_recorded",)),
    "guardian_current": False,
    "guardian_since": Unknown("no guardian in office", ("guardian_appointed",)),
    "guardian_in_conflict": False,
    "lawyer_current": False,
    "interpreter_current": False,
    "support_person_current": False,
    "placed": False,
    "placed_with_adults": False,
    "detained": False,
    "missing_now": False,
    "missing_since": Unknown("not missing"),
    "location": "unknown",
    "do_not_contact": False,
    "reflection_active": False,
    "interviews_held": 0,
    "interviewers": 0,
    "examinations_held": 0,
    "hearings_held": 0,
    "placements_made": 0,
    "guardians_had": 0,
    "open_proceedings": 0,
    "criminal_open": False,
    "suspect_open": False,
    "asylum_open": False,
    "return_open": False,
    "closed": False,
    "died": False,
}


def derived(*facts: Fact, day: str = "2026-11-23") -> dict[str, object]:
    child = seen(facts, as_of(day)).child
    return {name: child[name] for name in DERIVED[Kind.CHILD]}


def changed(*facts: Fact, day: str = "2026-11-23") -> dict[str, object]:
    """What is derived otherwise than where nothing is on record."""
    return {name: value for name, value in derived(*facts, day=day).items() if value != NOTHING[name]}


def told(
    name: str, type_name: str, day: str = "2026-03-02", subject: str | None = None, **said: object
) -> Fact:
    return fact(name, type_name, day, {**least(FACT_TYPES[type_name]), **said}, subject=subject)
