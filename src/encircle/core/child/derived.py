"""Derived attributes: what the situation says beyond single facts. One table: name, type, meaning. Knows no law."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from encircle.vocabulary.facts.kind import Kind

Reads: TypeAlias = tuple[tuple[Kind, str], ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """`type`: bool, int, time or code (then `choices`). `reads`: the attributes that it rests on."""

    type: str
    doc: str
    reads: Reads = ()
    choices: tuple[str, ...] = ()


def _from(*paths: str) -> Reads:
    """Attributes by kind and name: `guardian.appointed` means that of every guardian, or of the one it is derived for."""
    return tuple((Kind(kind), name) for kind, _, name in (path.partition(".") for path in paths))


BEGUN_AND_ENDED: Mapping[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        Kind.GUARDIAN: (("appointed",), ("ended",)),
        Kind.LAWYER: (("appointed",), ("ended",)),
        Kind.INTERPRETER: (("engaged",), ("ended",)),
        Kind.SUPPORT_PERSON: (("named",), ("ended",)),
        Kind.PLACEMENT: (("started",), ("ended",)),
        Kind.DETENTION: (("started",), ("ended",)),
        Kind.PROCEEDING: (("opened",), ("closed",)),
        Kind.MISSING: (("noticed", "reported", "police_reported"), ("located", "returned")),
        Kind.REFLECTION: (("started",), ("ended",)),
        Kind.ORDER: (("made",), ("ended",)),
        Kind.DO_NOT_CONTACT: (("set",), ("lifted",)),
    }
)
"""Statements that begin the time of a subject, and those that end it; begun again after an end, it is current again."""

COUNTED_BY: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.INTERVIEW: "held",
        Kind.EXAMINATION: "held",
        Kind.HEARING: "held",
        Kind.PLACEMENT: "started",
        Kind.STEP: "taken",
    }
)
"""Kinds whose subjects have a number in time, and the statement that counts."""


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

_CRITERIA = _from("indication.element", "child.status")
_AGE = _from(
    "child.date_of_birth",
    "child.date_of_birth_claimed",
    "child.claimed_child",
    "child.claimed_years",
    "child.presumed",
    "child.age_doubted",
    "child.determined",
    "child.birth_expected",
    "age_assessment.started",
    "age_assessment.ended",
)
_OPEN = _from("proceeding.opened", "proceeding.closed")
_PLACED = _from("placement.started", "placement.ended")
_DETAINED = _from("detention.started", "detention.ended")
_MISSING = _from(
    "missing.noticed", "missing.reported", "missing.police_reported", "missing.located", "missing.returned"
)
_GUARDIANS = _from("guardian.appointed", "guardian.ended")

_CHILD = {
    "protection": Derived(
        "code",
        "protection status as persons have set it; never set by the system",
        _from("child.status", "concern.registered"),
        PROTECTION,
    ),
    "protection_at": Derived("time", "when that status was set", _from("child.status")),
    "reasonable_grounds": Derived(
        "bool",
        "an act and a purpose of trafficking are indicated (means are irrelevant for a child), or a status says so",
        _CRITERIA,
    ),
    "reasonable_grounds_at": Derived(
        "time", "when the later of the two indications, or the status, happened", _CRITERIA
    ),
    "reasonable_grounds_known": Derived("time", "when that was first learnt", _CRITERIA),
    "victim_track": Derived(
        "bool",
        "the duties towards a presumed victim apply: reasonable grounds, no negative decision",
        _CRITERIA,
    ),
    "age_basis": Derived("code", "what the age rests on", _AGE, AGE_BASIS),
    "is_child": Derived(
        "bool", "under 18; a claim or presumption counts until a final decision or the birthday", _AGE
    ),
    "age_in_doubt": Derived("bool", "the age is neither documented without doubt nor finally decided", _AGE),
    "turns_18": Derived("time", "the 18th birthday", _AGE),
    "was_child_when_exploited": Derived(
        "bool",
        "the exploitation on record began before the 18th birthday",
        (*_AGE, *_from("child.exploited")),
    ),
    "guardian_current": Derived("bool", "a guardian or representative is in office", _GUARDIANS),
    "guardian_since": Derived("time", "since when the present guardian is in office", _GUARDIANS),
    "guardian_in_conflict": Derived(
        "bool",
        "a conflict of interest of the present guardian is on record",
        (*_GUARDIANS, *_from("guardian.conflict_found", "person.suspected")),
    ),
    "lawyer_current": Derived("bool", "a lawyer is appointed", _from("lawyer.appointed", "lawyer.ended")),
    "interpreter_current": Derived(
        "bool",
        "an interpreter or cultural mediator is engaged",
        _from("interpreter.engaged", "interpreter.ended"),
    ),
    "support_person_current": Derived(
        "bool", "the one support person is named", _from("support_person.named", "support_person.ended")
    ),
    "placed": Derived("bool", "a placement is on record that has not ended", _PLACED),
    "placed_with_adults": Derived(
        "bool",
        "the present placement has adults who are strangers to the child, or is made for adults",
        (*_PLACED, *_from("placement.adults_present")),
    ),
    "detained": Derived("bool", "a deprivation of liberty is on record that has not ended", _DETAINED),
    "missing_now": Derived("bool", "noticed or reported missing, and neither located nor returned", _MISSING),
    "missing_since": Derived("time", "since when the child is missing", _MISSING),
    "location": Derived(
        "code",
        "location and safety, the fourth axis",
        (*_MISSING, *_DETAINED, *_PLACED, *_from("transfer.carried_out")),
        LOCATION,
    ),
    "do_not_contact": Derived(
        "bool", "a do-not-contact flag stands", _from("do_not_contact.set", "do_not_contact.lifted")
    ),
    "reflection_active": Derived(
        "bool", "a recovery and reflection period runs", _from("reflection.started", "reflection.ended")
    ),
    "interviews_held": Derived("int", "interviews held so far", _from("interview.held")),
    "interviewers": Derived(
        "int", "different interviewers so far, as far as named", _from("interview.interviewer")
    ),
    "examinations_held": Derived("int", "forensic examinations so far", _from("examination.held")),
    "hearings_held": Derived("int", "hearings so far", _from("hearing.held")),
    "placements_made": Derived("int", "placements so far", _from("placement.started")),
    "guardians_had": Derived("int", "guardians and representatives so far", _from("guardian.appointed")),
    "open_proceedings": Derived("int", "proceedings opened and not closed", _OPEN),
    "criminal_open": Derived("bool", "a criminal proceeding is open, as victim or as suspect", _OPEN),
    "suspect_open": Derived("bool", "a criminal proceeding against the child is open", _OPEN),
    "asylum_open": Derived("bool", "an asylum proceeding is open", _OPEN),
    "return_open": Derived("bool", "a return or migration proceeding is open", _OPEN),
    "closed": Derived("bool", "the record is closed", _from("child.status")),
    "died": Derived("bool", "the child has died", _from("child.died_recorded", "child.status")),
}


def _of(kind: Kind) -> dict[str, Derived]:
    derived = {}
    if kind in BEGUN_AND_ENDED:
        begun, ended = BEGUN_AND_ENDED[kind]
        reads = tuple((kind, name) for name in (*begun, *ended))
        derived["current"] = Derived("bool", "begun and not ended", reads)
    if kind in COUNTED_BY:
        doc = "the how-manieth of its kind for this child, in order of time; a planned one counts after those held"
        derived["ordinal"] = Derived("int", doc, ((kind, COUNTED_BY[kind]),))
    return derived


DERIVED: Mapping[Kind, Mapping[str, Derived]] = MappingProxyType(
    {kind: _CHILD if kind is Kind.CHILD else _of(kind) for kind in Kind}
)
