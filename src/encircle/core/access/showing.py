"""Showing: what of a record and of what follows from it may be shown. One function for all screens.

Situation, duties and alarms are computed from all facts; here the closed ones are taken out again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import msgspec

from encircle.core.access.decision import Allowed
from encircle.core.access.flagged import flagged
from encircle.core.access.groups import groups_of
from encircle.core.access.needed import closed_attributes, needed_by_rules, needed_for
from encircle.core.child.derived import DERIVED
from encircle.core.child.situation import Item, Situation, Told, is_true
from encircle.core.child.template import EMPTY
from encircle.core.duty import DutyRow
from encircle.core.duty.mark import Marked
from encircle.core.prohibition import Alarm
from encircle.law.law import Law
from encircle.law.mandate import LedgerSeen
from encircle.law.texts import Texts
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import KINDS, Kind
from encircle.vocabulary.field_group import FieldGroup
from encircle.vocabulary.identifier import AgencyId, FactId, SubjectId
from encircle.vocabulary.unknown import Unknown

CLOSED = Unknown("not open to your role")
"""Stands where a value may not be shown, whether or not anything is on record."""

EVERY = frozenset(FieldGroup)


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown. `partly`: code and subject of the duties and alarms that rest, or could rest, on closed facts."""

    facts: tuple[Fact, ...]
    situation: Situation
    duties: tuple[DutyRow, ...]
    alarms: tuple[Alarm, ...]
    partly: frozenset[tuple[str, str]]
    groups: tuple[FieldGroup, ...]
    """The field groups of which any fact is shown."""


def shown(
    facts: Iterable[Fact],
    situation: Situation,
    duties: Iterable[DutyRow],
    alarms: Iterable[Alarm],
    *,
    law: Law,
    allowed: Allowed,
    agency: AgencyId,
) -> Shown:
    """Of these facts, and of what follows from them, that which is open to `allowed`.

    A fact: where its group is open. A value: where everything that could tell it is, or it is of the minimum set. A
    duty or an alarm: where everything that it reads is open; or to who leads the case; or a duty to its owner and an
    alarm to the agency that acted: these without what is closed.
    """
    facts = tuple(facts)
    if allowed.groups == EVERY and allowed.ledger is LedgerSeen.ALL:
        every = groups_of(facts).values()
        return Shown(facts, situation, tuple(duties), tuple(alarms), frozenset(), _in_order(every))
    group_of = groups_of(facts)
    opened = opened_situation(situation, group_of, allowed.groups)
    whole = _open_as_a_whole(law, allowed)
    rows, raised = opened_rows(facts, duties, alarms, law=law, allowed=allowed, agency=agency)
    kept = _kept_from(facts, allowed)
    every_one: tuple[DutyRow | Alarm, ...] = (*rows, *raised)
    partly = frozenset(
        one.key for one in every_one if one.rule.code not in whole or SubjectId(one.subject or "") in kept
    )
    return Shown(
        facts=tuple(fact for fact in facts if group_of[fact.id] in allowed.groups),
        situation=opened,
        duties=tuple(_without_closed(row, opened, allowed) if row.key in partly else row for row in rows),
        alarms=tuple(
            replace(alarm, at=_behind(alarm.at, opened)) if alarm.key in partly else alarm for alarm in raised
        ),
        partly=partly,
        groups=_in_order(group for group in group_of.values() if group in allowed.groups),
    )


def opened_rows(
    facts: Iterable[Fact],
    duties: Iterable[DutyRow],
    alarms: Iterable[Alarm],
    *,
    law: Law,
    allowed: Allowed,
    agency: AgencyId,
) -> tuple[tuple[DutyRow, ...], tuple[Alarm, ...]]:
    """The duties and alarms that are open to `allowed` in whole or in part; what is closed in them is still there."""
    whole, kept = _open_as_a_whole(law, allowed), _kept_from(facts, allowed)

    def is_open(row: DutyRow | Alarm) -> bool:
        return row.rule.code in whole and SubjectId(row.subject or "") not in kept

    return (
        tuple(row for row in duties if is_open(row) or _is_steered(row, allowed)),
        tuple(one for one in alarms if is_open(one) or _is_alarmed(one, allowed, agency)),
    )


def opened_situation(
    situation: Situation, group_of: Mapping[FactId, FieldGroup], groups: frozenset[FieldGroup]
) -> Situation:
    """The situation with `CLOSED` in place of each value that may not be shown, without subjects that are closed."""
    if groups == EVERY:
        return situation
    items: dict[Kind, tuple[Item, ...]] = {}
    told: dict[tuple[Kind, str], list[Told]] = {}
    for kind, subjects in situation.items.items():
        kept = []
        for item in subjects:
            key = (kind, "" if kind is Kind.CHILD else str(item["id"]))
            said = situation.told.get(key, [])
            open_ones = [one for one in said if all(group_of[fact.id] in groups for fact in one.facts)]
            if open_ones or kind is Kind.CHILD:
                told[key] = open_ones
                kept.append(_opened_item(kind, item, said, open_ones, groups))
        items[kind] = tuple(kept)
    scope = {**EMPTY, "now": situation.scope["now"], "child": items[Kind.CHILD][0]}
    scope.update((KINDS[kind].plural, kept) for kind, kept in items.items() if kind is not Kind.CHILD)
    return Situation(situation.at, situation.reading, scope, items, told)


def _opened_item(
    kind: Kind, item: Item, said: list[Told], open_ones: list[Told], groups: frozenset[FieldGroup]
) -> Item:
    closed = closed_attributes(kind, groups)
    if not closed and len(said) == len(open_ones):
        return item
    is_open: dict[str, bool] = {}
    for one in said:
        is_open.update(dict.fromkeys(one.values, any(one is other for other in open_ones)))
    opened = dict(item)
    for name in (*closed, *(name for name, seen in is_open.items() if not seen)):
        if not is_open.get(name, False) and not _is_its_own(kind, name, is_open):
            opened[name] = CLOSED
    if kind is Kind.CHILD and _tells_of_concerns(item, groups):
        opened["protection"] = CLOSED
    return opened


def _tells_of_concerns(child: Item, groups: frozenset[FieldGroup]) -> bool:
    """Whether the status of that child says only whether a concern was registered, to one to whom that is closed."""
    return FieldGroup.INDICATORS not in groups and not is_true(child, "status_set")


def _is_its_own(kind: Kind, name: str, is_open: Mapping[str, bool]) -> bool:
    """Whether this is said of the one subject alone, by facts that are open: that a proceeding has not ended."""
    derived = DERIVED.get(kind, {}).get(name) if name == "current" else None
    return derived is not None and all(is_open.get(read, True) for _, read in derived.reads)


def _kept_from(facts: Iterable[Fact], allowed: Allowed) -> frozenset[SubjectId]:
    """The flagged requests, for one who sees requests and not the plans of the case."""
    return frozenset() if FieldGroup.VIEWS in allowed.groups else flagged(facts)


def _open_as_a_whole(law: Law, allowed: Allowed) -> frozenset[str]:
    """The codes of duties and alarms of which everything that they read is open."""
    return frozenset(code for code, needed in needed_by_rules(law).items() if needed <= allowed.groups)


def _is_steered(row: DutyRow, allowed: Allowed) -> bool:
    """Whether one sees the duty whatever it rests on: to lead the case, or because it is one's own."""
    return allowed.ledger is LedgerSeen.ALL or row.rule.owner in allowed.roles


def _is_alarmed(alarm: Alarm, allowed: Allowed, agency: AgencyId) -> bool:
    """Whether one sees the alarm whatever it rests on: to lead the case, or because one's agency acted."""
    if allowed.ledger is LedgerSeen.ALL:
        return True
    return alarm.at is not None and any(fact.agency == agency for fact in alarm.at.facts)


def _without_closed(row: DutyRow, opened: Situation, allowed: Allowed) -> DutyRow:
    unknown = row.unknown
    if unknown is not None:
        told = tuple(name for name in unknown.missing if _may_name(name, allowed))
        unknown = Unknown(CLOSED.reason, told)
    because = row.because if _because_is_open(row, row.because, allowed) else None
    return msgspec.structs.replace(
        row, started=_behind(row.started, opened), unknown=unknown, because=because
    )


def _behind(mark: Marked | None, opened: Situation) -> Marked | None:
    """The same time, with none but open facts behind it."""
    return None if mark is None else Marked(mark.found, opened)


def _may_name(name: str, allowed: Allowed) -> bool:
    return name in FACT_TYPES and FACT_TYPES[name].groups <= allowed.groups


def _because_is_open(row: DutyRow, because: Texts | None, allowed: Allowed) -> bool:
    grounds = (*row.rule.suspended_by, *row.rule.lifted_by, *row.rule.breached_by)
    return all(needed_for(one.when) <= allowed.groups for one in grounds if one.because == because)


def _in_order(groups: Iterable[FieldGroup]) -> tuple[FieldGroup, ...]:
    found = set(groups)
    return tuple(group for group in FieldGroup if group in found)
