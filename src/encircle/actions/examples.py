"""Example cases in the database of a demonstration: real cases and a synthetic country, the same ones every time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID, uuid5

import msgspec

from encircle.actions.law import packs_folder
from encircle.actions.projection import project
from encircle.actions.replay.case import ReplayCase
from encircle.actions.replay.file import read_replay
from encircle.core.journal.entry import EntryKind
from encircle.law.origin import Origin
from encircle.records import facts as rows
from encircle.records import journal, people, roots
from encircle.records.context import Context, with_context
from encircle.vocabulary.fact import Fact, Learnt
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.care import CaseLeadNamed
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.facts.shape import shape
from encircle.vocabulary.identifier import AgencyId, FactId, RootId, SubjectId
from encircle.vocabulary.purpose import Purpose

_SPACE = UUID("6f2b6c1e-6f5a-5c58-9a0e-3f0f5d8a2b11")
NAME = "name_recorded"
SHARED = "country:"
"""Agencies that all synthetic children share begin with this."""
CASE = "case-"
"""Agencies that took part in a replayed case begin with this, then its name."""


def shared_agency(agency: AgencyId) -> AgencyId:
    """The id in the database of an agency that all synthetic children share."""
    return AgencyId(str(uuid5(_SPACE, agency)))


@lru_cache(maxsize=1)
def real_cases() -> tuple[ReplayCase, ...]:
    """The eight real cases, as they are told in the packs."""
    return tuple(read_replay(path) for path in sorted((packs_folder() / "base" / "cases").glob("*.yaml")))


def agency_of_case(case: ReplayCase, agency: AgencyId) -> AgencyId:
    """The id in the database of an agency that took part in that case."""
    return Names(case).agency(agency)


def load_case(case: ReplayCase, *, seen_by: Iterable[AgencyId]) -> int:
    """Put the case into the database, visible to its own agencies and to those named; how many facts were added.

    Loading again adds nothing. Only the role jobs of a demonstration may load.
    """
    case = _named(case)
    names = Names(case)
    with with_context(agency=None, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value) as context:
        if people.has_root(names.root(next(iter({**case.children, **case.concerns})))):
            return 0
        for agency in case.agencies.values():
            country = agency.country or "XX"
            people.add_agency(
                names.agency(agency.id),
                code=agency.id if agency.id.startswith(SHARED) else f"{CASE}{case.name}:{agency.id}".lower(),
                name=agency.name,
                role=agency.role.value,
                country=country,
            )
        agencies = (*map(names.agency, case.agencies), *seen_by)
        for kind, named in ((Kind.CHILD, case.children), (Kind.CONCERN, case.concerns)):
            for root in named:
                _open(names.root(root), kind, agencies, case, context)
        for root, leading, relation, since in relations_in(case, names):
            roots.add_member(root, leading, relation=relation, since=since)
        added = _load_facts(case, names, context)
        for root in (*case.children, *case.concerns):
            project(names.root(root), ctx=context, now=context.now)
        return added


def relations_in(case: ReplayCase, names: "Names") -> Iterator[tuple[RootId, AgencyId, str, datetime]]:
    """Which agency leads the case, as its facts tell: root, agency, relation and since when."""
    for fact in case.facts:
        if isinstance(fact.payload, CaseLeadNamed):
            yield (
                names.root(fact.root),
                names.agency(AgencyId(fact.payload.case_lead)),
                "case_lead",
                fact.recorded,
            )


def _named(case: ReplayCase) -> ReplayCase:
    """The case with a name used for each child that has none: the label of the file, such as initials."""
    added = []
    for child, label in case.children.items():
        own = [fact for fact in case.facts if fact.root == child]
        if own and all(fact.type != NAME for fact in own):
            first = min(own, key=lambda fact: (fact.recorded, fact.id))
            payload = read_payload(NAME, {"name_used": label})
            added.append(
                replace(first, id=FactId(f"label-of-{child}"), type=NAME, subject=None, payload=payload)
            )
    origins = {**case.origins, **{fact.id: Origin(case.name, 0) for fact in added}}
    return replace(case, facts=(*added, *case.facts), origins=origins)


def _open(
    root: RootId, kind: Kind, agencies: tuple[AgencyId, ...], case: ReplayCase, context: Context
) -> None:
    made = min((fact.recorded for fact in case.facts), default=context.now)
    opener = replace(context, agency=agencies[0])
    roots.open_root(kind, ctx=opener, root_id=root, made=made)
    for agency in agencies[1:]:
        roots.add_member(root, agency, relation="team", since=made)
    journal.enter(journal.Act(kind=EntryKind.WRITE, outcome="loaded", root=root), ctx=context)


def _load_facts(case: ReplayCase, names: "Names", context: Context) -> int:
    last: dict[tuple[RootId, str, str], FactId] = {}
    matters: dict[FactId, tuple[RootId, str, str]] = {}
    for fact in sorted(case.facts, key=lambda fact: (fact.recorded, case.origins[fact.id].line)):
        renamed = names.fact(fact)
        matter = (renamed.root, renamed.type, str(renamed.subject or renamed.id))
        if FACT_TYPES[fact.type].about is Kind.CHILD:
            matter = (renamed.root, renamed.type, "")
        if renamed.withdraws is not None:
            matter = matters[renamed.withdraws]
        matters[renamed.id] = matter
        known = tuple(learnt for learnt in renamed.learnt if learnt.at <= renamed.recorded)
        rows.append(replace(renamed, learnt=known), follows=last.get(matter), ctx=context)
        for learnt in renamed.learnt:
            if learnt.at > renamed.recorded:
                rows.add_learnt(renamed.id, learnt, recorded=learnt.at)
        last[matter] = renamed.id
    return len(case.facts)


class Names:
    """The names of a file as random-looking ids, the same at every loading."""

    def __init__(self, case: ReplayCase) -> None:
        self._case = case.name
        self._unnamed = {
            (FACT_TYPES[fact.type].about, str(fact.id)) for fact in case.facts if fact.subject is None
        }

    def _id(self, *parts: str) -> str:
        return str(uuid5(_SPACE, "/".join((self._case, *parts))))

    def root(self, root: RootId | str) -> RootId:
        """The record of that child or concern."""
        return RootId(self._id("root", root))

    def agency(self, agency: AgencyId) -> AgencyId:
        """That agency; those of the synthetic country are shared by all its children."""
        if agency.startswith(SHARED):
            return shared_agency(agency)
        return AgencyId(self._id("agency", agency))

    def fact_id(self, fact: FactId) -> FactId:
        """That fact."""
        return FactId(self._id("fact", fact))

    def subject(self, kind: Kind, name: str, root: RootId) -> str:
        """That thing on that record."""
        if kind in (Kind.CHILD, Kind.CONCERN) and (kind, name) not in self._unnamed:
            return self.root(name)
        if (kind, name) in self._unnamed:
            return self.fact_id(FactId(name))
        return self._id(kind.value, root, name)

    def fact(self, fact: Fact) -> Fact:
        """The fact with all its ids."""
        about = FACT_TYPES[fact.type].about
        return replace(
            fact,
            id=self.fact_id(fact.id),
            root=self.root(fact.root),
            subject=None if fact.subject is None else SubjectId(self.subject(about, fact.subject, fact.root)),
            learnt=tuple(Learnt(self.agency(one.agency), one.at) for one in fact.learnt),
            agency=self.agency(fact.agency),
            payload=msgspec.structs.replace(fact.payload, **self._renamed_fields(fact)),
            corrects=self._maybe(fact.corrects),
            version_of=self._maybe(fact.version_of),
            withdraws=self._maybe(fact.withdraws),
        )

    def _renamed_fields(self, fact: Fact) -> Mapping[str, str]:
        renamed = {}
        for field in shape(FACT_TYPES[fact.type]):
            value = getattr(fact.payload, field.name)
            if field.value == "agency" and value is not msgspec.UNSET:
                renamed[field.name] = str(self.agency(AgencyId(value)))
            elif field.value == "ref" and field.ref_kind is not None and value is not msgspec.UNSET:
                renamed[field.name] = self.subject(Kind(field.ref_kind), value, fact.root)
        return renamed

    def _maybe(self, fact: FactId | None) -> FactId | None:
        return None if fact is None else self.fact_id(fact)
