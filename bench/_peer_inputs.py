"""What the peers are given of each child: what the twelve duties read, ready made. They fold no facts.

`FLAT` are the columns for peers that know no lists of things (OpenFisca, decision tables): each in the condition
language of the packs, so that what a peer is given is what the law asks. cel-python reads the situation itself.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from encircle.core.child import Situation
from encircle.core.child.schema import situation_schema
from encircle.core.child.situation import Value
from encircle.core.duty.clock import clock_start, started_by
from encircle.core.duty.mark import Marks
from encircle.law.condition import Condition, parse
from encircle.law.duty import DutyRule
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown

CODES = (
    "D01",
    "D02a",
    "D02b",
    "D02b-asylum",
    "D03",
    "D10",
    "D18",
    "D24",
    "D26-asylum",
    "D28",
    "D32",
    "D45",
)
BY_DAY, BY_MINUTE = ("D02b-asylum", "D26-asylum"), ("D32",)
"""Duties with a number: those that end with a day, and those that end with a minute."""

_AGAINST_CHILD = "steps.exists(s, s.taken && has(s.against) && s.against == 'child')"
_WITH_ADULTS = "p.placement_kind != 'adult_reception_centre'"
_ALERTED = "alerts.exists(a, a.entered && a.missing_episode == m.id)"
FLAT: Mapping[str, str] = {
    "died": "child.died",
    "claimed_child": "child.age_claimed && child.claimed_child",
    "age_doubted": "child.age_doubted",
    "presumed": "child.presumed",
    "age_final": "child.age_determined && child.final",
    "age_documented": "child.age_basis == 'documented'",
    "childrens_services": f"services.exists(s, s.started) || placements.exists(p, p.started && {_WITH_ADULTS})",
    "concerned": "child.protection != 'none' || size(interviews) > 0",
    "asylum_wish": "child.asylum_wish_expressed",
    "asylum_made": "proceedings.exists(p, p.asylum_application_made)",
    "asylum_lodged": "proceedings.exists(p, p.asylum_application_lodged)",
    "victim_track": "child.victim_track",
    "step_against_child": _AGAINST_CHILD,
    "informed": "informations.exists(i, i.given)",
    "informed_of_asylum": "informations.exists(i, i.given && 'asylum' in i.topics)",
    "is_child": "child.is_child",
    "care_failed": "child.parental_care_recorded && child.parental_care in ['absent', 'conflict', 'suspected']",
    "care_suspected": "child.parental_care_recorded && child.parental_care == 'suspected'",
    "care_present": "child.parental_care_recorded && child.parental_care == 'present'",
    "unaccompanied": "child.separation_recorded && child.unaccompanied",
    "guardian": "guardians.exists(g, g.current)",
    "guardian_in_conflict": "child.guardian_in_conflict",
    "guardian_checked": "guardians.exists(g, g.current && g.conflict_checked)",
    "guardian_met": "guardians.exists(g, g.current && g.met)",
    "assessed": "assessments.exists(a, a.made && a.assessment_kind == 'individual')",
    "assessed_again_due": "assessments.exists(a, a.made && a.assessment_kind == 'individual' && has(a.review_due))",
    "asylum_not_sought": "child.asylum_not_sought && child.guardian_agrees",
    "from_abroad": "child.origin_recorded || child.arrived || child.asylum_open || child.return_open",
    "estonian": "has(child.nationality) && child.nationality == 'EE'",
    "permit": "permits.exists(p, p.issued)",
    "placed": f"placements.exists(p, p.current && {_WITH_ADULTS} && !p.adults_present)",
    "place_assessed": "placements.exists(p, p.current && p.risk_assessed)",
    "place_vetted": "placements.exists(p, p.current && p.vetted)",
    "at_school": "schoolings.exists(s, s.enrolled && (!s.stopped || s.enrolled_at > s.stopped_at))",
    "contact_asked": "family_contacts.exists(f, f.child_wishes in ['wanted', 'not_wanted'])",
    "contact_assessed": "family_contacts.exists(f, f.assessed)",
    "contact_made": "family_contacts.exists(f, f.tracing_ended || f.held)",
    "place_revealed": "family_contacts.exists(f, f.held && has(f.location_revealed) && f.location_revealed)",
    "contact_unwanted": "family_contacts.exists(f, has(f.child_wishes) && f.child_wishes == 'not_wanted')",
    "do_not_contact": "do_not_contacts.exists(d, d.current)",
    "found_by_alert": f"missing_episodes.exists(m, m.located && (m.alert_hit || {_ALERTED}))",
    "measures_decided": "missing_episodes.exists(m, m.measures_decided)",
    "transition_planned": "child.transition_planned",
}


def flat(situation: Situation) -> dict[str, bool | int]:
    """The columns, and two times in minutes. What is not known is not there: no rule of the twelve minds it."""
    columns: dict[str, bool | int] = {
        name: condition.holds(situation.scope) is True for name, condition in _conditions()
    }
    turns_18 = situation.child["turns_18"]
    assert isinstance(turns_18, Span)
    return {**columns, "now": minute(situation.at), "turns_18": minute(turns_18.earliest)}


@lru_cache(maxsize=1)
def _conditions() -> tuple[tuple[str, Condition], ...]:
    return tuple((name, parse(text, schema=situation_schema())) for name, text in FLAT.items())


def start_of(rule: DutyRule, situation: Situation) -> Span | None:
    """From when the time of this duty runs; None where it does not."""
    marks = Marks(situation)
    for item, _ in situation.scopes(rule.for_each):
        started = started_by(rule.from_, marks, item, clock=rule.clock)
        return None if started is None else clock_start(started, rule.clock, at=situation.at)
    return None


def scope_for_cel(situation: Situation, names: frozenset[str]) -> dict[str, Any]:
    """Those parts of the situation that the conditions name, as JSON that cel-python's side reads."""
    scope = {name: _plain(value) for name, value in situation.scope.items() if name in names}
    for item in situation.of(Kind.MISSING):
        scope["missing"] = _plain(item)
    return scope


def _plain(value: Value) -> Any:
    match value:
        case Unknown(reason=reason):
            return {"unknown": reason}
        case Span():
            return {"at": value.earliest.isoformat()}
        case timedelta():
            return {"seconds": value.total_seconds()}
        case tuple():
            return [_plain(one) for one in value]
        case dict():
            return {"of": {key: _plain(one) for key, one in value.items()}}
    return value


def minute(at: datetime) -> int:
    """Minutes since 1970."""
    return int(at.timestamp()) // 60


def day(at: datetime, zone: str) -> str:
    """The day there."""
    return at.astimezone(ZoneInfo(zone)).date().isoformat()
