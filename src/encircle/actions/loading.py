"""Loading the children of the synthetic country: in batches, each whole or not at all, by two processes where there are many.

The first ones are told each for themselves; of those beyond them some hundred histories are told, and each stands for
many children, under another name. Interrupted, it goes on where it stopped; what a power cut takes of the last
moment is loaded again.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from random import Random
from uuid import UUID, uuid5

import django

from encircle.actions.examples import NAME, Names, relations_in
from encircle.actions.projection import projected
from encircle.actions.replay.case import ReplayCase
from encircle.actions.synthetic import synthetic_child
from encircle.actions.synthetic.names import recorded, synthetic_name
from encircle.actions.whose_law import law_for
from encircle.core.journal.entry import EntryKind
from encircle.records import journal, loading, turning
from encircle.records import payload as payloads
from encircle.records import projection as rows
from encircle.records.context import with_context
from encircle.records.roots import has_roots
from encircle.vocabulary.fact import Fact
from encircle.vocabulary.facts import FACT_TYPES
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.payload import read_payload
from encircle.vocabulary.identifier import AgencyId, FactId, RootId, SubjectId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.relation import Relation
from encircle.vocabulary.role import Role

EACH_TOLD = 600
"""Children that have a history of their own; those after them have one of the last half of these."""
AT_ONCE = 50
MANY = 2_000
"""From so many children on, two processes load."""
PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Country:
    """Which children: of which seed, as of which day; `seen_by`: as of `prepared`."""

    seed: int
    today: datetime
    seen_by: AgencyId | None = None


def load_children(country: Country, *, many: int, tell: Callable[[int, int], None]) -> int:
    """Load the first so many children, telling how many of how many are there; how many were added now."""
    batches = [range(first, min(first + AT_ONCE, many + 1)) for first in range(1, many + 1, AT_ONCE)]
    added = done = 0
    for batch, new in zip(batches, _loaded(country, batches, many), strict=True):
        added, done = added + new, done + len(batch)
        tell(done, many)
    return added


def load_case_at_once(case: ReplayCase, *, seen_by: AgencyId | None = None) -> int:
    """Load one synthetic child or concern; how many records were added."""
    with with_context(agency=None, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value) as context:
        added = loading.add_records([prepared(case, seen_by=seen_by, now=context.now)], at=context.now)
        if added:
            journal.enter(journal.Act(kind=EntryKind.WRITE, outcome="loaded"), ctx=context)
    return added


def prepared(case: ReplayCase, *, seen_by: AgencyId | None, now: datetime) -> loading.LoadedRecord:
    """A case of one record with everything that follows from its facts, ready to be added.

    `seen_by`: an agency of the role supervisor that takes part too, so that duties of others keep their one owner.
    """
    names = Names(case)
    kind, named = (Kind.CHILD, case.children) if case.children else (Kind.CONCERN, case.concerns)
    root = names.root(next(iter(named)))
    told = [
        names.fact(fact) for fact in sorted(case.facts, key=lambda fact: (fact.recorded, int(fact.id[1:])))
    ]
    made = min(fact.recorded for fact in told)
    agencies = [(names.agency(agency.id), agency) for agency in case.agencies.values()]
    members = [loading.Member(agency, Relation.TEAM.value, made) for agency, _ in agencies[1:]]
    if seen_by is not None:
        members.append(loading.Member(seen_by, Relation.TEAM.value, made))
    led = [
        loading.Member(agency, relation, since) for _, agency, relation, since in relations_in(case, names)
    ]
    roles = {agency: of.role for agency, of in agencies}
    opener, first = agencies[0]
    taking_part = [(opener, roles[opener].value, Relation.OPENER.value)]
    taking_part += [
        (one.agency, roles.get(one.agency, Role.SUPERVISOR).value, one.relation) for one in (*members, *led)
    ]
    owners = rows.owners(taking_part)
    held = rows.Held(
        root=root,
        whose=kind,
        country=first.country or "XX",
        region=first.id.rpartition("-")[2],
        linked=False,
        through_seq=0,
        agencies=frozenset(agency for agency, _, _ in taking_part),
        owners=owners,
        case_lead=owners.get("case_lead"),
        members_change_at=None,
    )
    law = law_for(held.country)
    return loading.LoadedRecord(
        root=root,
        kind=kind,
        opened_by=opener,
        made=made,
        members=(*members, *led),
        facts=tuple(_loaded_facts(told)),
        rows=rows.rows_of(held, projected(tuple(told), root=root, law=law, now=now)),
    )


def _loaded_facts(told: list[Fact]) -> Iterator[loading.LoadedFact]:
    last: dict[tuple[str, str], FactId] = {}
    for fact in told:
        about_the_child = FACT_TYPES[fact.type].about is Kind.CHILD
        subject = fact.subject or SubjectId(fact.root if about_the_child else fact.id)
        follows = last.get((fact.type, subject))
        last[fact.type, subject] = fact.id
        yield loading.LoadedFact(fact, subject, follows, payloads.to_bytes(fact.payload))


def _loaded(country: Country, batches: list[range], many: int) -> Iterator[int]:
    if many < MANY:
        yield from (_load_batch(country, batch) for batch in batches)
        return
    begin = multiprocessing.get_context("spawn")
    # Django's own function: one of ours would be looked up in this module before the tables are known.
    with ProcessPoolExecutor(PROCESSES, mp_context=begin, initializer=django.setup) as pool:
        waiting = [pool.submit(_load_batch, country, batch) for batch in batches]
        try:
            for done in as_completed(waiting):
                yield done.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _load_batch(country: Country, numbers: range) -> int:
    ids = [root_of(country, number) for number in numbers]
    with with_context(agency=None, actor="loader", purpose=Purpose.LOAD_EXAMPLES.value) as context:
        if has_roots(ids):
            return 0
        turning.wait_for_no_disk()
        records = [_record(country, number, context.now) for number in numbers]
        added = loading.add_records(records, at=context.now)
        journal.enter(journal.Act(kind=EntryKind.WRITE, outcome="loaded"), ctx=context)
    return added


def root_of(country: Country, number: int) -> RootId:
    """The record of that child, whether or not it is loaded."""
    if number <= EACH_TOLD:
        return Names(_child(country, number)).root("child")
    return RootId(str(uuid5(_SPACE, f"{country.seed}/{number}")))


def _record(country: Country, number: int, now: datetime) -> loading.LoadedRecord:
    if number <= EACH_TOLD:
        return prepared(_child(country, number), seen_by=country.seen_by, now=now)
    half = EACH_TOLD // 2
    pattern = _pattern(country, half + 1 + number % half, now.replace(minute=0, second=0, microsecond=0))
    root = root_of(country, number)
    space = UUID(root)
    return pattern.again(root, lambda old: str(uuid5(space, old)), _named(country, number))


def _named(country: Country, number: int) -> Mapping[str, bytes]:
    name = synthetic_name(Random(f"{country.seed}/{number}"))  # nosec B311  # a name that can be told again
    return {NAME: payloads.to_bytes(read_payload(NAME, recorded(name)))}


@lru_cache(maxsize=EACH_TOLD)
def _pattern(country: Country, number: int, now: datetime) -> loading.LoadedRecord:
    return prepared(_child(country, number), seen_by=country.seen_by, now=now)


@lru_cache(maxsize=EACH_TOLD)
def _child(country: Country, number: int) -> ReplayCase:
    return synthetic_child(country.seed, number, today=country.today)


_SPACE = UUID("c4a7f5d2-6a5e-5b0c-8a3f-2f0f6f4c1e77")
