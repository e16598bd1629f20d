"""Derive: what the situation says beyond single facts (the table is in derived.py). Knows no law of a single duty."""

from collections.abc import Iterable, Sequence
from operator import itemgetter

from encircle.core.child.axes import age_axis, location_axis, proceedings_axis, protection_axis
from encircle.core.child.derived import BEGUN_AND_ENDED, COUNTED_BY
from encircle.core.child.event import Event
from encircle.core.child.situation import Item, Situation, Value, is_true
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown


def derive(situation: Situation, statuses: Iterable[Event], *, now: Span) -> None:
    """Complete the situation in place. `statuses`: every setting of the protection status so far, in order of time."""
    for kind in BEGUN_AND_ENDED.keys() & situation.items.keys():
        for item in situation.of(kind):
            item["current"] = _is_current(situation, kind, item)
    _only_latest_placement(situation)
    for kind in COUNTED_BY.keys() & situation.items.keys():
        _number(situation, kind)
    child = situation.child
    child.update(age_axis(situation, now=now))
    child.update(protection_axis(situation, statuses))
    child.update(proceedings_axis(situation))
    child.update(location_axis(situation))
    child.update(_people(situation))
    child.update(_counters(situation))
    child["died"] = is_true(child, "died_recorded") or child["protection"] == "died"
    child["closed"] = child["protection"] == "closed"


def _is_current(situation: Situation, kind: Kind, item: Item) -> bool:
    """Begun, and not ended since."""
    begins, ends = BEGUN_AND_ENDED[kind]
    if not any(is_true(item, mark) for mark in begins):
        return False
    begun = [at for mark in begins if (at := situation.moment(item, mark)) is not None]
    ended = [situation.moment(item, mark) for mark in ends if is_true(item, mark)]
    return all(at is not None and bool(begun) and at < max(begun) for at in ended)


def _only_latest_placement(situation: Situation) -> None:
    """A child lives in one place: a new placement ends the one before, also where nobody recorded the end."""
    begun = [item for item in situation.of(Kind.PLACEMENT) if is_true(item, "started")]
    for item in _in_time(situation, begun, "started")[:-1]:
        item["current"] = False


def _number(situation: Situation, kind: Kind) -> None:
    mark = COUNTED_BY[kind]
    items = situation.of(kind)
    done = [item for item in items if is_true(item, mark)]
    for number, item in enumerate(_in_time(situation, done, mark), start=1):
        item["ordinal"] = number
    for item in items:
        if not is_true(item, mark):
            item["ordinal"] = len(done) + 1


def _in_time(situation: Situation, items: Sequence[Item], mark: str) -> list[Item]:
    """In order of that statement's time; one without a time last, equal ones as they entered the record."""
    if len(items) < 2:
        return list(items)
    timed = [(at, item) for item in items if (at := situation.moment(item, mark)) is not None]
    untimed = [item for item in items if situation.moment(item, mark) is None]
    return [item for _, item in sorted(timed, key=itemgetter(0))] + untimed


def _people(situation: Situation) -> dict[str, Value]:
    guardians = _current(situation, Kind.GUARDIAN)
    since: Value = Unknown("no guardian in office", ("guardian_appointed",))
    if guardians:
        since = _in_time(situation, guardians, "appointed")[-1]["appointed_at"]
    suspects = {item["id"] for item in situation.of(Kind.PERSON) if is_true(item, "suspected")}
    conflict = any(is_true(one, "conflict_found") or one["person"] in suspects for one in guardians)
    return {
        "guardian_current": bool(guardians),
        "guardian_since": since,
        "guardian_in_conflict": conflict,
        "lawyer_current": bool(_current(situation, Kind.LAWYER)),
        "interpreter_current": bool(_current(situation, Kind.INTERPRETER)),
        "support_person_current": bool(_current(situation, Kind.SUPPORT_PERSON)),
        "do_not_contact": bool(_current(situation, Kind.DO_NOT_CONTACT)),
        "reflection_active": bool(_current(situation, Kind.REFLECTION)),
    }


def _current(situation: Situation, kind: Kind) -> list[Item]:
    return [item for item in situation.of(kind) if is_true(item, "current")]


def _counters(situation: Situation) -> dict[str, Value]:
    held = [item for item in situation.of(Kind.INTERVIEW) if is_true(item, "held")]
    named = {item["interviewer"] for item in held if isinstance(item["interviewer"], str)}
    counted: dict[str, Value] = {"interviews_held": len(held), "interviewers": len(named)}
    for kind, mark, name in (
        (Kind.EXAMINATION, "held", "examinations_held"),
        (Kind.HEARING, "held", "hearings_held"),
        (Kind.PLACEMENT, "started", "placements_made"),
        (Kind.GUARDIAN, "appointed", "guardians_had"),
    ):
        counted[name] = sum(is_true(item, mark) for item in situation.of(kind))
    return counted
