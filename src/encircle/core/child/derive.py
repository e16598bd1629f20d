"""Derive: fills in what the situation says beyond single facts (the table is in derived.py). Knows no law of a single duty."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from encircle.core import age as ages
from encircle.core.child.situation import Item, Situation, Value, is_true
from encircle.core.status import VICTIM_STATUSES, grounds
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown

BEGUN_AND_ENDED: Mapping[Kind, tuple[str, tuple[str, ...]]] = {
    Kind.GUARDIAN: ("appointed", ("ended",)),
    Kind.LAWYER: ("appointed", ("ended",)),
    Kind.INTERPRETER: ("engaged", ("ended",)),
    Kind.SUPPORT_PERSON: ("named", ("ended",)),
    Kind.PLACEMENT: ("started", ("ended",)),
    Kind.DETENTION: ("started", ("ended",)),
    Kind.PROCEEDING: ("opened", ("closed",)),
    Kind.MISSING: ("reported", ("located", "returned")),
    Kind.REFLECTION: ("started", ("ended",)),
    Kind.ORDER: ("made", ("ended",)),
    Kind.DO_NOT_CONTACT: ("set", ("lifted",)),
}
COUNTED_BY: Mapping[Kind, str] = {
    Kind.INTERVIEW: "held",
    Kind.EXAMINATION: "held",
    Kind.HEARING: "held",
    Kind.PLACEMENT: "started",
    Kind.STEP: "taken",
}


def derive(situation: Situation, *, now: Span) -> None:
    """Complete the situation in place, each derived attribute with the facts behind it."""
    for kind, (begun, ended) in BEGUN_AND_ENDED.items():
        for item in situation.of(kind):
            current = is_true(item, begun) and not any(is_true(item, end) for end in ended)
            _put(situation, kind, item, "current", current, (begun, *ended))
    _only_latest_placement(situation)
    for kind, mark in COUNTED_BY.items():
        _order(situation, kind, mark)
    _age(situation, now)
    _protection(situation)
    _people(situation)
    _whereabouts(situation)
    _proceedings(situation)
    _counters(situation)


def _put(
    situation: Situation, kind: Kind, item: Item, name: str, value: Value, read: Iterable[str] = ()
) -> None:
    item[name] = value
    origins = situation.origins.setdefault((kind, str(item["id"])), {})
    facts = dict.fromkeys(fact for attribute in read for fact in origins.get(attribute, ()))
    origins[name] = tuple(facts)


def _child(situation: Situation, name: str, value: Value, facts: Iterable[Fact] = ()) -> None:
    situation.child[name] = value
    situation.origins.setdefault((Kind.CHILD, ""), {})[name] = tuple(dict.fromkeys(facts))


def _behind(situation: Situation, kind: Kind, item: Item, *names: str) -> tuple[Fact, ...]:
    found = [situation.facts_behind(kind, str(item["id"]), name) for name in names]
    return tuple(fact for facts in found for fact in facts)


def _start(item: Item, mark: str) -> datetime | None:
    at = item[f"{mark}_at"]
    return at.earliest if isinstance(at, Span) else None


def _only_latest_placement(situation: Situation) -> None:
    current = [item for item in situation.of(Kind.PLACEMENT) if is_true(item, "current")]
    for item in sorted(current, key=lambda item: str(_start(item, "started")))[:-1]:
        item["current"] = False


def _order(situation: Situation, kind: Kind, mark: str) -> None:
    items = situation.of(kind)
    done = [item for item in items if is_true(item, mark)]
    for number, item in enumerate(sorted(done, key=lambda item: str(_start(item, mark))), start=1):
        _put(situation, kind, item, "ordinal", number, (mark,))
    for item in items:
        if not is_true(item, mark):
            _put(situation, kind, item, "ordinal", len(done) + 1)


def _span(item: Item, name: str) -> Span | None:
    value = item[name]
    return value if isinstance(value, Span) else None


def _age_facts(child: Item) -> ages.AgeFacts:
    years, determined = child["claimed_years"], child["determined"]
    claimed = child["claimed_child"]
    return ages.AgeFacts(
        born=_span(child, "date_of_birth"),
        claimed_born=_span(child, "date_of_birth_claimed"),
        claimed_years=years if isinstance(years, int) else None,
        claimed_at=_span(child, "age_claimed_at"),
        claimed_child=claimed if isinstance(claimed, bool) else None,
        presumed=is_true(child, "presumed"),
        doubted=is_true(child, "age_doubted"),
        determined=determined if isinstance(determined, str) else None,
        final=is_true(child, "final"),
        unborn=is_true(child, "birth_expected") and not is_true(child, "date_of_birth_recorded"),
    )


_AGE_ATTRIBUTES = ("date_of_birth", "date_of_birth_claimed", "claimed_child", "presumed", "age_doubted", "determined")


def _age(situation: Situation, now: Span) -> None:
    child = situation.child
    on_record = _age_facts(child)
    running = [
        item
        for item in situation.of(Kind.AGE_ASSESSMENT)
        if is_true(item, "started") and not is_true(item, "ended")
    ]
    if running and on_record.determined is None:
        on_record = ages.AgeFacts(
            **{name: getattr(on_record, name) for name in ages.AgeFacts.__slots__} | {"under_assessment": True}
        )
    answer = ages.age(on_record, now=now)
    facts = _behind(situation, Kind.CHILD, child, *_AGE_ATTRIBUTES)
    _child(situation, "age_basis", answer.basis, facts)
    _child(situation, "is_child", answer.is_child, facts)
    _child(situation, "age_in_doubt", answer.in_doubt, facts)
    _child(situation, "turns_18", answer.turns_18, facts)
    exploited = child["exploited"]
    when = exploited if isinstance(exploited, Span | Unknown) else Unknown("no period of exploitation on record")
    was = True if answer.is_child is True and is_true(child, "exploitation_period_recorded") else ages.was_child(answer.turns_18, when=when)
    _child(situation, "was_child_when_exploited", was, (*facts, *_behind(situation, Kind.CHILD, child, "exploited")))


def _protection(situation: Situation) -> None:
    child = situation.child
    concern = bool(situation.of(Kind.CONCERN))
    status = child["status"]
    protection = status if isinstance(status, str) else "concern" if concern else "none"
    set_by = _behind(situation, Kind.CHILD, child, "status")
    at = child["status_set_at"]
    _child(situation, "protection", protection, set_by)
    _child(situation, "protection_at", at, set_by)
    indicated: dict[str, Item] = {}
    for item in situation.of(Kind.INDICATION):
        element = item["element"]
        if isinstance(element, str) and is_true(item, "recorded"):
            indicated.setdefault(element, item)
    found = grounds(act="act" in indicated, purpose="purpose" in indicated, protection=protection)
    facts = [f for i in indicated.values() for f in _behind(situation, Kind.INDICATION, i, "element")]
    facts += set_by if protection in VICTIM_STATUSES else ()
    _child(situation, "reasonable_grounds", found.reasonable, facts)
    _child(situation, "victim_track", found.victim_track, facts)
    if found.reasonable is True:
        for suffix in ("at", "known"):
            both = [_span(indicated[e], f"recorded_{suffix}") for e in ("act", "purpose") if e in indicated]
            later = max((s for s in both if s), key=lambda s: s.latest, default=None) if len(both) == 2 else None
            by_status = _span(child, f"status_set_{suffix}") if protection in VICTIM_STATUSES else None
            times = [span for span in (later, by_status) if span is not None]
            since = min(times, key=lambda s: s.latest) if times else Unknown("not yet learnt by anybody")
            _child(situation, f"reasonable_grounds_{suffix}", since, facts)


def _people(situation: Situation) -> None:
    for kind, name in (
        (Kind.GUARDIAN, "guardian_current"),
        (Kind.LAWYER, "lawyer_current"),
        (Kind.INTERPRETER, "interpreter_current"),
        (Kind.SUPPORT_PERSON, "support_person_current"),
    ):
        current = [item for item in situation.of(kind) if is_true(item, "current")]
        facts = [f for item in current for f in _behind(situation, kind, item, "current")]
        _child(situation, name, bool(current), facts)
        if kind is Kind.GUARDIAN:
            suspects = {str(p["id"]): p for p in situation.of(Kind.PERSON) if is_true(p, "suspected")}
            conflicted = [g for g in current if is_true(g, "conflict_found") or g["person"] in suspects]
            proof = [f for g in conflicted if (p := suspects.get(str(g["person"]))) for f in _behind(situation, Kind.PERSON, p, "suspected")]
            _child(situation, "guardian_in_conflict", bool(conflicted), (*facts, *proof))
            since: Value = Unknown("no guardian in office", ("guardian_appointed",))
            if current:
                since = max(current, key=lambda item: str(_start(item, "appointed")))["appointed_at"]
            _child(situation, "guardian_since", since, facts)


def _whereabouts(situation: Situation) -> None:
    def current(kind: Kind) -> list[Item]:
        return [item for item in situation.of(kind) if is_true(item, "current")]

    placements, detentions, missing = current(Kind.PLACEMENT), current(Kind.DETENTION), current(Kind.MISSING)
    _child(situation, "placed", bool(placements))
    _child(situation, "placed_with_adults", _with_adults(placements))
    _child(situation, "detained", bool(detentions))
    _child(situation, "missing_now", bool(missing))
    since: Value = Unknown("not missing")
    if missing:
        since = min(missing, key=lambda item: str(_start(item, "reported")))["reported_at"]
    _child(situation, "missing_since", since)
    abroad = [t for t in situation.of(Kind.TRANSFER) if is_true(t, "carried_out")]
    located = [m for m in situation.of(Kind.MISSING) if is_true(m, "located") and not is_true(m, "returned")]
    returned = [m for m in situation.of(Kind.MISSING) if is_true(m, "returned")]
    ranked = (
        ("missing", missing),
        ("detained", detentions),
        ("located", located),
        ("abroad", abroad),
        ("placed", placements),
        ("returned", returned),
    )
    _child(situation, "location", next((name for name, items in ranked if items), "unknown"))
    _child(situation, "do_not_contact", bool(current(Kind.DO_NOT_CONTACT)))
    _child(situation, "reflection_active", bool(current(Kind.REFLECTION)))


FOR_ADULTS = frozenset({"adult_reception_centre"})
FOR_CHILDREN = frozenset({"childrens_home", "minors_reception_centre", "orphanage"})


def _with_adults(placements: list[Item]) -> Value:
    if not placements:
        return False
    kind, adults = placements[-1]["placement_kind"], placements[-1]["adults_present"]
    if kind in FOR_ADULTS:
        return True
    return False if isinstance(adults, Unknown) and kind in FOR_CHILDREN else adults


_CRIMINAL = frozenset({"criminal_victim", "criminal_suspect"})


def _proceedings(situation: Situation) -> None:
    current = [item for item in situation.of(Kind.PROCEEDING) if is_true(item, "current")]
    kinds = {str(item["proceeding_kind"]) for item in current}
    facts = [f for item in current for f in _behind(situation, Kind.PROCEEDING, item, "current")]
    _child(situation, "open_proceedings", len(current), facts)
    _child(situation, "criminal_open", bool(kinds & _CRIMINAL), facts)
    _child(situation, "suspect_open", "criminal_suspect" in kinds, facts)
    _child(situation, "asylum_open", "asylum" in kinds, facts)
    _child(situation, "return_open", "return" in kinds, facts)


def _counters(situation: Situation) -> None:
    child = situation.child
    held = [item for item in situation.of(Kind.INTERVIEW) if is_true(item, "held")]
    _child(situation, "interviews_held", len(held))
    _child(situation, "interviewers", len({i["interviewer"] for i in held if isinstance(i["interviewer"], str)}))
    for kind, mark, name in (
        (Kind.EXAMINATION, "held", "examinations_held"),
        (Kind.HEARING, "held", "hearings_held"),
        (Kind.PLACEMENT, "started", "placements_made"),
        (Kind.GUARDIAN, "appointed", "guardians_had"),
    ):
        _child(situation, name, sum(is_true(item, mark) for item in situation.of(kind)))
    _child(situation, "died", is_true(child, "died_recorded") or child["protection"] == "died")
    _child(situation, "closed", child["protection"] == "closed")
