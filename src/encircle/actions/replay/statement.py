"""One fact of a replay file: its times, source and payload, each checked in plain words."""

import re
from collections.abc import Mapping
from datetime import datetime

from encircle.actions.replay.case import CaseAgency
from encircle.actions.replay.fields import Reader
from encircle.law.pack.problem import Problems, meant
from encircle.law.pack.tree import Fields, Items, Leaf, Tree
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.fact import Fact, Learnt
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.fact_type import FactType, Payload
from encircle.vocabulary.facts.kind import Kind, stands_on
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.facts.shape import FieldShape, shape
from encircle.vocabulary.identifier import AgencyId, FactId, RootId, SubjectId
from encircle.vocabulary.moment import Span
from encircle.vocabulary.refusal import BadInput

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,12}")
_FIELDS = (
    "id",
    "child",
    "concern",
    "own",
    "type",
    "subject",
    "happened",
    "learnt",
    "source",
    "said_by",
    "certainty",
    "recorded",
    "corrects",
    "version_of",
    "withdraws",
    "payload",
    "note",
)


def read_fact(
    tree: Fields,
    *,
    zone: str,
    agencies: Mapping[AgencyId, CaseAgency],
    children: Mapping[RootId, str],
    concerns: Mapping[RootId, str],
    own: Mapping[RootId, Kind],
    problems: Problems,
) -> Fact | None:
    """The fact of that entry; None, with every problem noted, where it can't be taken."""
    before = len(problems.found)
    read = Reader(tree, problems)
    read.only(_FIELDS)
    read.words("note")
    root = _root(read, children, concerns, own)
    fact_type = _type(read)
    if root is not None and fact_type is not None and not stands_on(fact_type.about, own.get(root)):
        read.wrong("type", f"{fact_type.name} cannot be said on a record of this kind.")
    happened = read.span("happened", zone, required=True)
    source = read.choice("source", agencies, required=True)
    certainty = read.choice("certainty", [c.value for c in Certainty]) or Certainty.REPORTED.value
    payload = None if fact_type is None else _payload(tree, fact_type, problems)
    identifier = read.word("id", required=True)
    subject = read.word("subject")
    if happened is None or source is None or root is None or payload is None or fact_type is None:
        return None
    learnt = _learnt(read, agencies, AgencyId(source), happened, zone)
    recorded = read.until("recorded", zone) or max([happened.latest, *(one.at for one in learnt)])
    if happened.earliest > recorded:
        read.wrong(
            "recorded", f"lies before it happened ({happened.text()}). A fact is recorded after it happened."
        )
    if len(problems.found) > before:
        return None
    return Fact(
        id=FactId(identifier),
        type=fact_type.name,
        root=root,
        subject=SubjectId(subject) if subject else _of_concern(root, fact_type, concerns),
        happened=happened,
        learnt=learnt,
        recorded=recorded,
        agency=AgencyId(source),
        said_by=read.word("said_by") or None,
        certainty=Certainty(certainty),
        payload=payload,
        corrects=_fact_id(read, "corrects"),
        version_of=_fact_id(read, "version_of"),
        withdraws=_fact_id(read, "withdraws"),
    )


def _of_concern(root: RootId, fact_type: FactType, concerns: Mapping[RootId, str]) -> SubjectId | None:
    """What is told of a concern under its own name is about that concern, without naming it twice."""
    return SubjectId(root) if fact_type.about is Kind.CONCERN and root in concerns else None


def _fact_id(read: Reader, name: str) -> FactId | None:
    word = read.word(name)
    return FactId(word) if word else None


def _root(
    read: Reader,
    children: Mapping[RootId, str],
    concerns: Mapping[RootId, str],
    own: Mapping[RootId, Kind],
) -> RootId | None:
    child, concern = read.choice("child", children), read.choice("concern", concerns)
    of_itself = read.choice("own", own)
    named = [name for name in ("child", "concern", "own") if name in read.tree.fields]
    if len(named) != 1:
        read.wrong(
            "child", "expected one of child, concern and own, naming one of those at the top of the file."
        )
        return None
    found = child or concern or of_itself
    return RootId(found) if found else None


def _type(read: Reader) -> FactType | None:
    name = read.word("type", required=True)
    if name and name not in FACT_TYPES:
        read.wrong("type", f"no such type of fact: {name!r}. {meant(name, FACT_TYPES)}")
    return FACT_TYPES.get(name)


def _learnt(
    read: Reader, agencies: Mapping[AgencyId, CaseAgency], source: AgencyId, happened: Span, zone: str
) -> tuple[Learnt, ...]:
    part = read.tree.fields.get("learnt")
    if part is None or (isinstance(part, Leaf) and part.text is None):
        return (Learnt(source, happened.earliest),)
    if not isinstance(part, Fields):
        read.wrong("learnt", "expected agencies with times, such as {police: 2018-10-25}.")
        return ()
    inner = Reader(part, read.problems)
    learnt = []
    for name in part.fields:
        if name not in agencies:
            inner.wrong(name, f"learnt: no such agency. {meant(name, agencies)}")
            continue
        when = inner.span(name, zone, required=True)
        if when is None:
            continue
        if when.latest < happened.earliest:
            inner.wrong(
                name,
                f"learnt: lies before it happened ({happened.text()}). Nobody learns what is still to come.",
            )
            continue
        learnt.append(Learnt(AgencyId(name), _instant_of(when, happened)))
    return tuple(learnt)


def _instant_of(when: Span, happened: Span) -> datetime:
    """A coarse time of learning counts from its first moment, but not from before the event."""
    return max(when.earliest, min(happened.earliest, when.latest))


def _payload(tree: Fields, fact_type: FactType, problems: Problems) -> Payload | None:
    part = tree.fields.get("payload")
    if part is None or (isinstance(part, Leaf) and part.text is None):
        part = Fields({}, {}, tree.origin)
    if not isinstance(part, Fields):
        problems.add(
            tree.place("payload"), "payload: expected named fields, as docs/developer/facts.md lists them."
        )
        return None
    known = {field.name: field for field in shape(fact_type)}
    before = len(problems.found)
    values = {name: _value(name, one, known.get(name), problems) for name, one in part.fields.items()}
    if len(problems.found) > before:
        return None
    try:
        return read_payload(fact_type.name, values)
    except BadInput as wrong:
        problems.add(part.place(wrong.where), f"payload: {wrong.reason}")
        return None


def _value(
    name: str, part: Tree, field: FieldShape | None, problems: Problems
) -> bool | int | str | list[str] | None:
    if isinstance(part, Items):
        return [one.text or "" for one in part.items if isinstance(one, Leaf)]
    if isinstance(part, Fields):
        problems.add(part.origin, f"payload, {name}: expected one value or a list of words.")
        return None
    text = part.text
    if text is None or field is None:
        return text
    if field.value == "bool":
        if text not in ("true", "false"):
            problems.add(part.origin, f"payload, {name}: got {text[:40]!r}. Expected true or false.")
        return text == "true"
    if field.value == "int":
        if _WHOLE_NUMBER.fullmatch(text) is None:
            problems.add(part.origin, f"payload, {name}: got {text[:40]!r}. Expected a whole number.")
            return None
        return int(text)
    return text
