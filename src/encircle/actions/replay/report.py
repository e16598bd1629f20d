"""The report of a replay: the answer as plain data for programs, with every word in the language asked for."""

import re
from datetime import datetime
from typing import TypeAlias

from encircle.actions.replay.answer import Answer, ChildAnswer
from encircle.core.child.derived import DERIVED
from encircle.core.child.situation import Item, Situation, Value
from encircle.core.duty import DutyRow
from encircle.core.duty.mark import Marked
from encircle.core.prohibition import Alarm
from encircle.law.calendar import zone_of
from encircle.law.condition import explain
from encircle.law.deadline import Due
from encircle.law.law import Law
from encircle.law.source import Source
from encircle.vocabulary.facts.kind import KINDS, Kind
from encircle.vocabulary.moment import Span
from encircle.vocabulary.unknown import Unknown

Data: TypeAlias = "bool | int | str | list[Data] | dict[str, Data] | None"


def report(answer: Answer, *, language: str = "en") -> dict[str, Data]:
    """The whole answer. Times are ISO 8601 in UTC; coarse times as they were written."""
    as_of = answer.as_of
    return {
        "case": answer.case.title,
        "country": answer.law.country,
        "packs": [f"{pack.code} {pack.version}" for pack in answer.law.packs],
        "as_of": _instant(as_of.at),
        "known_as_of": _instant(as_of.known_as_of),
        "by": as_of.by,
        "recorded_as_of": _instant(as_of.recorded_as_of),
        "children": [_child(child, answer.law, language) for child in answer.children],
    }


def _child(child: ChildAnswer, law: Law, language: str) -> dict[str, Data]:
    situation = child.folded.earliest
    return {
        "child": str(child.child),
        "label": child.label,
        "situation": situation_data(situation),
        "duties": [duty_data(row, situation, law, language) for row in child.duties],
        "prohibitions": [alarm_data(alarm, law, language, situation.at) for alarm in child.alarms],
    }


def situation_data(situation: Situation) -> dict[str, Data]:
    """The derived attributes of the child, the counters, and every subject with its attributes that are on record."""
    data: dict[str, Data] = {name: value_data(situation.child[name]) for name in DERIVED[Kind.CHILD]}
    data["indicators"] = list(indicators(situation))
    for kind in Kind:
        if kind is Kind.CHILD:
            continue
        items: list[Data] = [_item(item) for item in situation.of(kind)]
        if items:
            data[f"{kind.value}_list"] = items
    return data


def indicators(situation: Situation) -> list[str]:
    """The indicators noted, each once. They are never counted or weighed."""
    return sorted(
        {str(i["indicator"]) for i in situation.of(Kind.INDICATOR) if isinstance(i["indicator"], str)}
    )


def _item(item: Item) -> dict[str, Data]:
    return {name: value_data(v) for name, v in item.items() if v is not False and not isinstance(v, Unknown)}


def value_data(value: Value) -> Data:
    """A value of the situation: unknown with its reason and what would answer."""
    if isinstance(value, Unknown):
        return {"unknown": value.reason, "missing": list(value.missing)}
    if isinstance(value, Span):
        return value.text()
    if isinstance(value, tuple):
        return [value_data(one) for one in value]
    if isinstance(value, dict):
        return _item(value)
    return value if isinstance(value, bool | int | str) else str(value)


def duty_data(row: DutyRow, situation: Situation, law: Law, language: str) -> dict[str, Data]:
    """One duty with its state, owner, deadline, evidence, basis and the reasons why it stands."""
    rule = row.rule
    owner = law.owner(rule.owner)
    return {
        "code": rule.code,
        "for": row.subject,
        "title": rule.title.in_(language),
        "state": row.state.value,
        "because": None if row.because is None else row.because.in_(language),
        "owner": rule.owner.value,
        "owner_agency": None if owner is None else owner.agency.in_(language),
        "since": None if row.started is None else row.started.at.text(),
        "known": None if row.started is None or row.started.known is None else row.started.known.text(),
        "started_by": _facts(row.started),
        "due": None if row.due is None else due_data(row.due, language),
        "words": rule.due.words.in_(language),
        "met_at": _instant(row.met_at),
        "late": row.late,
        "evidence": [
            {"id": e.id, "text": text.text.in_(language), "found": value_data(e.found)}
            for e, text in zip(row.evidence, rule.evidence, strict=False)
        ],
        "missing": list(row.missing),
        "unknown": None if row.unknown is None else value_data(row.unknown),
        "never": [text.in_(language) for text in rule.never],
        "basis": [source_data(source, law, language, situation.at) for source in rule.sources],
        "why": why_data(row, situation),
        "where": [str(origin) for origin in rule.origins],
        "next_change_at": _instant(row.next_change_at),
    }


def why_data(row: DutyRow, situation: Situation) -> list[Data]:
    """The trigger part by part: what each came to, and the facts behind each attribute that it read.

    Nothing, where the subject of the duty is not in this situation, as it is closed to who asks.
    """
    scope = dict(situation.scope)
    kind = row.rule.for_each
    if kind is not None:
        item = next((item for item in situation.of(kind) if item["id"] == row.subject), None)
        if item is None:
            return []
        scope[kind.value] = item
    return [
        {
            "depth": reading.depth,
            "text": reading.text,
            "path": reading.path,
            "value": _traced(reading.value),
            "facts": [] if reading.path is None else _behind(reading.path, row, situation),
        }
        for reading in explain(row.rule.when, scope)
    ]


def _traced(value: object) -> Data:
    if isinstance(value, Unknown):
        return {"unknown": value.reason, "missing": list(value.missing)}
    if isinstance(value, Span):
        return value.text()
    return value if isinstance(value, bool | int | str) else None


_ELEMENT = re.compile(r"(?P<plural>[a-z_]+)\[(?P<number>[0-9]+)\]")
_KIND_OF = {doc.plural: kind for kind, doc in KINDS.items()}


def _behind(path: str, row: DutyRow, situation: Situation) -> list[Data]:
    """Ids of the facts behind an attribute such as child.placed, interview.held or interviews[1].held."""
    owner, _, attribute = path.partition(".")
    element = _ELEMENT.fullmatch(owner)
    if element is not None and element["plural"] in _KIND_OF:
        kind = _KIND_OF[element["plural"]]
        subject = str(situation.of(kind)[int(element["number"])]["id"])
    elif owner == situation.whose.value:
        kind, subject = situation.whose, ""
    elif row.rule.for_each is not None and owner == row.rule.for_each.value:
        kind, subject = row.rule.for_each, row.subject or ""
    else:
        return []
    return [str(fact.id) for fact in situation.facts_behind(kind, subject, attribute)]


def alarm_data(alarm: Alarm, law: Law, language: str, at: datetime) -> dict[str, Data]:
    """One prohibition crossed: when, by which fact, what to do instead, who may override."""
    rule = alarm.rule
    return {
        "code": rule.code,
        "for": alarm.subject,
        "title": rule.title.in_(language),
        "state": alarm.state.value,
        "at": None if alarm.at is None else alarm.at.at.text(),
        "by_fact": alarm.by_fact,
        "facts": _facts(alarm.at),
        "override": rule.override.value,
        "instead": rule.instead.in_(language),
        "basis": [source_data(source, law, language, at) for source in rule.sources],
        "where": [str(origin) for origin in rule.origins],
    }


def due_data(due: Due, language: str) -> dict[str, Data]:
    """A deadline: what sets it (law, sop, unverified, words), and its range in UTC."""
    return {
        "kind": due.kind.value,
        "words": due.words.in_(language),
        "earliest": _instant(due.earliest),
        "latest": _instant(due.latest),
        "set_by": None if due.set_by is None else due.set_by.in_(language),
    }


def source_data(source: Source, law: Law, language: str, at: datetime) -> dict[str, Data]:
    """A provision: whether it binds this country today, was in force on the day asked for, and was read by one of us."""
    return {
        "act": source.act.code,
        "at": source.at,
        "cite": source.cite(language),
        "binds": source.reaches(law.country),
        "in_force_then": source.in_force(at.astimezone(zone_of(law.zone)).date()),
        "verified": source.is_read,
        "read_where": None if source.read is None else source.read.where,
    }


def _facts(marked: Marked | None) -> list[Data]:
    return [] if marked is None else [str(fact.id) for fact in marked.facts]


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ")
