"""Derived attributes: what the situation says beyond single facts. One table: name, type, meaning. No law of a single duty."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from encircle.vocabulary.facts.kind import Kind


@dataclass(frozen=True, slots=True)
class Derived:
    """`type`: bool, int, time, text or code (then `choices`)."""

    type: str
    doc: str
    choices: tuple[str, ...] = ()


PROTECTION = (
    "none",
    "concern",
    "at_risk",
    "presumed_victim",
    "identified_victim",
    "negative_decision",
    "in_review",
    "declined_identification",
    "recovered",
    "closed",
    "died",
    "transferred",
)
AGE_BASIS = (
    "unknown",
    "claimed",
    "documented",
    "presumed",
    "under_assessment",
    "determined_child",
    "determined_adult",
    "not_yet_born",
)
LOCATION = ("unknown", "placed", "missing", "located", "abroad", "returned", "detained")

_CHILD = {
    "protection": Derived("code", "protection status as persons have set it; never set by the system", PROTECTION),
    "protection_at": Derived("time", "when that status was set"),
    "reasonable_grounds": Derived(
        "bool",
        "an act and a purpose of trafficking are indicated (means are irrelevant for a child), or a status says so",
    ),
    "reasonable_grounds_at": Derived("time", "when the later of the two indications, or the status, happened"),
    "reasonable_grounds_known": Derived("time", "when that was first learnt"),
    "victim_track": Derived("bool", "the duties towards a presumed victim apply: reasonable grounds, no negative decision"),
    "age_basis": Derived("code", "what the age rests on", AGE_BASIS),
    "is_child": Derived("bool", "under 18; a claim or presumption counts until a final decision or the birthday"),
    "age_in_doubt": Derived("bool", "the age is neither documented without doubt nor finally decided"),
    "turns_18": Derived("time", "the 18th birthday"),
    "was_child_when_exploited": Derived("bool", "the exploitation on record began before the 18th birthday"),
    "guardian_current": Derived("bool", "a guardian or representative is in office"),
    "guardian_since": Derived("time", "since when the present guardian is in office"),
    "guardian_in_conflict": Derived("bool", "a conflict of interest of the present guardian is on record"),
    "lawyer_current": Derived("bool", "a lawyer is appointed"),
    "interpreter_current": Derived("bool", "an interpreter or cultural mediator is engaged"),
    "support_person_current": Derived("bool", "the one support person is named"),
    "placed": Derived("bool", "a placement is on record that has not ended"),
    "placed_with_adults": Derived("bool", "the present placement has adults who are strangers to the child, or is made for adults"),
    "detained": Derived("bool", "a deprivation of liberty is on record that has not ended"),
    "missing_now": Derived("bool", "reported missing and neither located nor returned"),
    "missing_since": Derived("time", "since when the child is missing"),
    "location": Derived("code", "location and safety, the fourth axis", LOCATION),
    "do_not_contact": Derived("bool", "a do-not-contact flag stands"),
    "reflection_active": Derived("bool", "a recovery and reflection period runs"),
    "interviews_held": Derived("int", "interviews held so far"),
    "interviewers": Derived("int", "different interviewers so far, as far as named"),
    "examinations_held": Derived("int", "forensic examinations so far"),
    "hearings_held": Derived("int", "hearings so far"),
    "placements_made": Derived("int", "placements so far"),
    "guardians_had": Derived("int", "guardians and representatives so far"),
    "open_proceedings": Derived("int", "proceedings opened and not closed"),
    "criminal_open": Derived("bool", "a criminal proceeding is open, as victim or as suspect"),
    "suspect_open": Derived("bool", "a criminal proceeding against the child is open"),
    "asylum_open": Derived("bool", "an asylum proceeding is open"),
    "return_open": Derived("bool", "a return or migration proceeding is open"),
    "closed": Derived("bool", "the record is closed"),
    "died": Derived("bool", "the child has died"),
}
_CURRENT = Derived("bool", "begun and not ended")
_ORDINAL = Derived("int", "the how-manieth of its kind for this child, in order of time; a planned one counts after those held")

DERIVED: Mapping[Kind, Mapping[str, Derived]] = MappingProxyType(
    {
        Kind.CHILD: _CHILD,
        Kind.GUARDIAN: {"current": _CURRENT},
        Kind.LAWYER: {"current": _CURRENT},
        Kind.INTERPRETER: {"current": _CURRENT},
        Kind.SUPPORT_PERSON: {"current": _CURRENT},
        Kind.PLACEMENT: {"current": _CURRENT, "ordinal": _ORDINAL},
        Kind.DETENTION: {"current": _CURRENT},
        Kind.PROCEEDING: {"current": _CURRENT},
        Kind.MISSING: {"current": _CURRENT},
        Kind.REFLECTION: {"current": _CURRENT},
        Kind.ORDER: {"current": _CURRENT},
        Kind.DO_NOT_CONTACT: {"current": _CURRENT},
        Kind.INTERVIEW: {"ordinal": _ORDINAL},
        Kind.EXAMINATION: {"ordinal": _ORDINAL},
        Kind.HEARING: {"ordinal": _ORDINAL},
        Kind.STEP: {"ordinal": _ORDINAL},
    }
)
