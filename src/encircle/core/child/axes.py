"""Axes: protection, proceedings, age, and location and safety: four answers, never one status. Knows no law."""

from collections.abc import Iterable
from datetime import datetime

from encircle.core import age as ages
from encircle.core.child.event import Event
from encircle.core.child.situation import Item, Situation, Value, is_true
from encircle.core.status import VICTIM_STATUSES, grounds
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.moment import Precision, Span, point
from encircle.vocabulary.unknown import Unknown


def protection_axis(situation: Situation, statuses: Iterable[Event]) -> dict[str, Value]:
    """The status as persons set it, and since when and by whose knowledge there are reasonable grounds."""
    child = situation.child
    status = child["status"]
    protection: str | Unknown = "concern" if situation.of(Kind.CONCERN) else "none"
    if is_true(child, "status_set") and isinstance(status, str | Unknown):
        protection = status
    indicated = _indicated(situation)
    found = grounds(act=bool(indicated["act"]), purpose=bool(indicated["purpose"]), protection=protection)
    axis: dict[str, Value] = {
        "protection": protection,
        "protection_at": child["status_set_at"],
        "reasonable_grounds": found.reasonable,
        "victim_track": found.victim_track,
    }
    if found.reasonable is True:
        begun = _track_begun(statuses) if protection in VICTIM_STATUSES else None
        axis["reasonable_grounds_at"] = _first(
            indicated, "recorded_at", None if begun is None else _span(begun)
        )
        axis["reasonable_grounds_known"] = _first(indicated, "recorded_known", _known(begun))
    return axis


def _indicated(situation: Situation) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {"act": [], "purpose": []}
    for item in situation.of(Kind.INDICATION):
        if item["element"] in ("act", "purpose") and is_true(item, "recorded"):
            found[str(item["element"])].append(item)
    return found


def _first(indicated: dict[str, list[Item]], name: str, by_status: Span | None) -> Value:
    """When there was first both an act and a purpose, or the status, whichever came first."""
    times = [] if by_status is None else [by_status]
    of_each = [[at for item in items if isinstance(at := item[name], Span)] for items in indicated.values()]
    if all(of_each):
        times.append(max((min(spans, key=_earliest) for spans in of_each), key=_earliest))
    return min(times, key=_earliest, default=Unknown("nobody had learnt it"))


def _earliest(span: Span) -> datetime:
    return span.earliest


def _track_begun(statuses: Iterable[Event]) -> Event | None:
    """The first of the unbroken row of victim statuses up to now: a later one of them starts no clock anew."""
    begun = None
    for event in statuses:
        is_victim = any(getattr(fact.payload, "status", None) in VICTIM_STATUSES for fact in event.facts)
        begun = (begun or event) if is_victim else None
    return begun


def _span(event: Event) -> Span:
    span = event.facts[0].happened
    if len(event.facts) == 1:
        return span
    return Span(event.earliest, event.latest, Precision.INTERVAL, span.zone)


def _known(event: Event | None) -> Span | None:
    if event is None or event.known is None:
        return None
    return point(event.known, event.facts[0].happened.zone)


def age_axis(situation: Situation, *, now: Span) -> dict[str, Value]:
    """What the age rests on, whether a child now, and whether one when exploited."""
    child = situation.child
    answer = ages.age(_age_facts(situation), now=now)
    exploited = child["exploited"]
    when = (
        exploited if isinstance(exploited, Span | Unknown) else Unknown("no period of exploitation on record")
    )
    was: Value = ages.was_child(answer.turns_18, when=when)
    if answer.is_child is True and is_true(child, "exploitation_period_recorded"):
        was = True
    return {
        "age_basis": answer.basis,
        "is_child": answer.is_child,
        "age_in_doubt": answer.in_doubt,
        "turns_18": answer.turns_18,
        "was_child_when_exploited": was,
    }


def _age_facts(situation: Situation) -> ages.AgeFacts:
    child = situation.child
    years, determined, claimed = child["claimed_years"], child["determined"], child["claimed_child"]
    decided = determined if isinstance(determined, str) else None
    running = any(
        is_true(item, "started") and not is_true(item, "ended") for item in situation.of(Kind.AGE_ASSESSMENT)
    )
    return ages.AgeFacts(
        born=_time(child, "date_of_birth"),
        claimed_born=_time(child, "date_of_birth_claimed"),
        claimed_years=years if isinstance(years, int) else None,
        claimed_at=_time(child, "age_claimed_at"),
        claimed_child=claimed if isinstance(claimed, bool) else None,
        presumed=is_true(child, "presumed"),
        doubted=is_true(child, "age_doubted"),
        under_assessment=running and decided is None,
        determined=decided,
        final=is_true(child, "final"),
        unborn=is_true(child, "birth_expected") and not is_true(child, "date_of_birth_recorded"),
    )


def _time(item: Item, name: str) -> Span | None:
    value = item[name]
    return value if isinstance(value, Span) else None


_CRIMINAL = frozenset({"criminal_victim", "criminal_suspect"})


def proceedings_axis(situation: Situation) -> dict[str, Value]:
    """How many proceedings are open, and of which kinds."""
    current = [item for item in situation.of(Kind.PROCEEDING) if is_true(item, "current")]
    kinds = {item["proceeding_kind"] for item in current}
    return {
        "open_proceedings": len(current),
        "criminal_open": bool(kinds & _CRIMINAL),
        "suspect_open": "criminal_suspect" in kinds,
        "asylum_open": "asylum" in kinds,
        "return_open": "return" in kinds,
    }


def location_axis(situation: Situation) -> dict[str, Value]:
    """Where the child is, as far as on record: missing before all, then detained, then what was last told."""
    placements, detentions, missing = (
        [item for item in situation.of(kind) if is_true(item, "current")]
        for kind in (Kind.PLACEMENT, Kind.DETENTION, Kind.MISSING)
    )
    since = [at for item in missing if (at := _missing_since(item)) is not None]
    location = "missing" if missing else "detained" if detentions else _last_told(situation, placements)
    return {
        "placed": bool(placements),
        "placed_with_adults": _with_adults(placements),
        "detained": bool(detentions),
        "missing_now": bool(missing),
        "missing_since": min(since, key=_earliest, default=Unknown("not missing")),
        "location": location,
    }


def _missing_since(item: Item) -> Span | None:
    times = [_time(item, f"{mark}_at") for mark in ("noticed", "reported", "police_reported")]
    return min((at for at in times if at is not None), key=_earliest, default=None)


_OF_ONE_TIME = ("abroad", "located", "returned", "placed")
"""Of two that were told for the same time the one further on in this list counts."""


def _last_told(situation: Situation, placements: list[Item]) -> str:
    told = [("placed", situation.moment(item, "started")) for item in placements]
    told += [("abroad", situation.moment(item, "carried_out")) for item in situation.of(Kind.TRANSFER)]
    for item in situation.of(Kind.MISSING):
        name = "returned" if is_true(item, "returned") else "located"
        if name == "located" or not placements:
            told.append((name, situation.moment(item, name)))
    timed = [(at, _OF_ONE_TIME.index(name)) for name, at in told if at is not None]
    return _OF_ONE_TIME[max(timed)[1]] if timed else "unknown"


FOR_ADULTS = frozenset({"adult_reception_centre"})
FOR_CHILDREN = frozenset({"childrens_home", "minors_reception_centre", "orphanage"})


def _with_adults(placements: list[Item]) -> Value:
    if not placements:
        return False
    kind, adults = placements[-1]["placement_kind"], placements[-1]["adults_present"]
    if kind in FOR_ADULTS:
        return True
    return False if isinstance(adults, Unknown) and kind in FOR_CHILDREN else adults
