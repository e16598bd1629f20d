"""The test world of conditions: what is known of Aino, and a way to change it."""

from datetime import timedelta

from encircle.law.condition import Bool, Duration, Int, ListOf, Record, Str, Time, Value
from encircle.vocabulary.moment import parse_span
from encircle.vocabulary.unknown import Unknown

PROTECTION = frozenset({"none", "concern", "presumed_victim", "identified_victim"})
CARE = frozenset({"present", "absent", "conflict", "suspected"})
KIND = frozenset({"police", "forensic", "social"})

INTERVIEW = Record(
    "interview",
    {"held": Bool(), "recorded": Bool(), "kind": Str(KIND), "minutes": Int(), "held_at": Time()},
    doc="One interview with the child.",
)
GUARDIAN = Record("guardian", {"appointed": Bool(), "name_known": Bool()})
CHILD = Record(
    "child",
    {
        "protection": Str(PROTECTION),
        "parental_care": Str(CARE),
        "is_child": Bool(),
        "victim_track": Bool(),
        "country": Str(),
        "hearings": Int(),
        "interviewers": Int(),
        "first_seen": Time(),
        "turns_18": Time(),
        "grace": Duration(),
        "languages": ListOf(Str()),
        "guardian": GUARDIAN,
    },
)
SITUATION = Record("situation", {"child": CHILD, "interviews": ListOf(INTERVIEW), "now": Time()})

UNKNOWN_AGE = Unknown("not recorded", ("child_born",))
UNKNOWN_CARE = Unknown("sources differ", ("parental_care_recorded",))

Plain = dict[str, Value]


def time(text: str) -> Value:
    return parse_span(text, "Europe/Tallinn")


def interview(**changes: Value) -> Plain:
    known: Plain = {
        "held": True,
        "recorded": True,
        "kind": "forensic",
        "minutes": 40,
        "held_at": time("2026-11-03T10:00"),
    }
    return {**known, **changes}


def aino(*interviews: Value, **changes: Value) -> Plain:
    """A situation of Aino: presumed victim, no parent who cares, two languages, a guardian."""
    child: Plain = {
        "protection": "presumed_victim",
        "parental_care": "absent",
        "is_child": True,
        "victim_track": True,
        "country": "EE",
        "hearings": 1,
        "interviewers": 2,
        "first_seen": time("2026-11-01T08:30"),
        "turns_18": time("2030-02"),
        "grace": timedelta(hours=72),
        "languages": ("et", "ru"),
        "guardian": {"appointed": True, "name_known": True},
    }
    now = changes.pop("now", time("2026-11-23T18:00"))
    return {"child": {**child, **changes}, "interviews": interviews, "now": now}
