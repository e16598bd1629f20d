"""What bench/insiders.py measures. Needs the settings: imported once they stand."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from bench._lists import as_role
from encircle.actions.watching import count_looks
from encircle.actions.whose_law import law_for
from encircle.core.journal.pattern import Pattern
from encircle.core.linkage import KeyKind, keys_of
from encircle.host.database import DatabaseRole, EmbeddedDatabase
from encircle.records import seal
from encircle.records.context import with_context

AGENCIES, PEOPLE, CHILDREN, REGIONS, SURNAMES = 40, 1_000, 20_000, 8, 10_000
LOOKS_A_DAY = 20
MONDAY = datetime(2026, 8, 31, tzinfo=UTC)
RELATIVE = "Quillfeather"
"""A family name that one insider has and one child."""


class Look(NamedTuple):
    """One entry: who, when, at which child (nothing: at none that is there), which kind."""

    person: int
    at: datetime
    child: int | None
    kind: str = "look"
    outcome: str = "shown"


@dataclass
class World:
    """Who works where, which child is whose case. `draw`: the same numbers for the same seed."""

    draw: random.Random
    surnames: list[str] = field(default_factory=list)
    cases: dict[int, list[int]] = field(default_factory=dict)

    def id(self) -> UUID:
        return UUID(int=self.draw.getrandbits(128), version=4)

    def surnames_of(self, many: int) -> list[str]:
        """Some names are common, most are rare: the weights fall as one over the rank, the commonest has 0.4 % of all."""
        return self.draw.choices(
            self.surnames, [1 / (rank + 50) for rank in range(len(self.surnames))], k=many
        )

    def of_agency(self, agency: int) -> int:
        return self.draw.randrange(CHILDREN // AGENCIES) * AGENCIES + agency

    def of_region(self, region: int) -> int:
        return self.of_agency(self.draw.randrange(AGENCIES // REGIONS) * REGIONS + region)

    def elsewhere(self, person: int) -> int:
        return self.of_region((person + 1 + self.draw.randrange(REGIONS - 1)) % REGIONS)


def agency_of(person: int) -> int:
    """A child's number tells its agency in the same way, and the agency's number its region."""
    return person % AGENCIES


def day_of_work(world: World, person: int, day: datetime) -> Iterator[Look]:
    """The looks of one person on one working day."""
    draw, agency = world.draw, agency_of(person)
    own = world.cases.setdefault(person, [world.of_agency(agency) for _ in range(20)])
    if draw.random() < 0.2:  # a new case
        own[draw.randrange(len(own))] = world.of_agency(agency)
    for _ in range(max(0, round(draw.gauss(LOOKS_A_DAY, 6)))):
        where = draw.random()
        if where < 0.85:
            child = draw.choice(own)
        elif where < 0.95:
            child = world.of_agency(agency)
        elif where < 0.98:
            child = world.of_region(agency % REGIONS)
        else:
            child = world.elsewhere(agency % REGIONS)
        wrote = draw.random() < 0.3
        yield Look(
            person, at_work(draw, day), child, "write" if wrote else "look", "done" if wrote else "shown"
        )
    if draw.random() < 0.2:
        yield Look(person, at_work(draw, day), None, "refusal", "not_seen")
    if draw.random() < 0.004:
        yield Look(person, at_work(draw, day), world.elsewhere(agency % REGIONS), "write", "emergency_opened")


def at_work(draw: random.Random, day: datetime) -> datetime:
    """In hours mostly (05 to 13 in UTC, 8 to 16 in the country); one look of twenty is later."""
    hour = draw.uniform(5, 13) if draw.random() < 0.95 else draw.uniform(13, 18)
    return day + timedelta(hours=hour)


Script = Callable[[World, int, datetime], Iterator[Look]]


def browses_other_regions(world: World, person: int, day: datetime) -> Iterator[Look]:
    for n in range(40):
        yield Look(person, day + timedelta(hours=6, minutes=3 * n), world.elsewhere(person))


def tries_numbers(_world: World, person: int, day: datetime) -> Iterator[Look]:
    for n in range(30):
        yield Look(person, day + timedelta(hours=12, minutes=n), None, "refusal", "not_seen")


def looks_up_a_relative(_world: World, person: int, day: datetime) -> Iterator[Look]:
    yield Look(person, day + timedelta(hours=8), 0)


def copies_at_night(world: World, person: int, day: datetime) -> Iterator[Look]:
    for n in range(30):
        yield Look(person, day + timedelta(hours=23, minutes=n), world.of_agency(agency_of(person)))


def takes_emergencies_for_a_key(world: World, person: int, day: datetime) -> Iterator[Look]:
    for n in range(4):
        yield Look(
            person, day + timedelta(days=n, hours=9), world.elsewhere(person), "write", "emergency_opened"
        )


def reads_closed_files(world: World, person: int, day: datetime) -> Iterator[Look]:
    seen = 0
    while seen < 15:
        child = world.of_agency(agency_of(person))
        if is_closed(child):
            seen += 1
            yield Look(person, day + timedelta(days=seen % 3, hours=7, minutes=seen), child)


def a_few_of_other_regions_each_day(world: World, person: int, day: datetime) -> Iterator[Look]:
    for n in range(30):
        yield Look(person, day + timedelta(days=n // 6, hours=7 + n % 6), world.elsewhere(person))


def tries_a_few_each_day(_world: World, person: int, day: datetime) -> Iterator[Look]:
    for n in range(21):
        yield Look(person, day + timedelta(days=n // 4, hours=7 + n % 4), None, "refusal", "not_seen")


def takes_the_whole_list_along(world: World, person: int, day: datetime) -> Iterator[Look]:
    for n in range(150):
        yield Look(person, day + timedelta(hours=5, minutes=3 * n), world.of_agency(agency_of(person)))


def one_child_that_was_paid_for(world: World, person: int, day: datetime) -> Iterator[Look]:
    yield Look(person, day + timedelta(hours=10), world.elsewhere(person))


SCRIPTS: dict[Script, Pattern | None] = {
    browses_other_regions: Pattern.OUTSIDE,
    tries_numbers: Pattern.REFUSED,
    looks_up_a_relative: Pattern.OWN_NAME,
    copies_at_night: Pattern.NIGHT,
    takes_emergencies_for_a_key: Pattern.EMERGENCIES,
    reads_closed_files: Pattern.CLOSED,
    a_few_of_other_regions_each_day: Pattern.OUTSIDE,
    tries_a_few_each_day: Pattern.REFUSED,
    takes_the_whole_list_along: Pattern.MANY,
    one_child_that_was_paid_for: None,
}
"""Each is the work of one person of another agency, in the middle week, beside the normal work; by which pattern it would be
found. One look at one child is found by none: another alarm of that person is a false one.
"""


def is_closed(child: int) -> bool:
    """One of seven is closed."""
    return child // AGENCIES % 7 == 0


def measured(database: EmbeddedDatabase, weeks: int, seed: int) -> dict[str, object]:
    """Found and false alarms, by pattern; how long one count over a week of looks takes."""
    seal.make_installation_key()
    world = World(random.Random(seed))  # nosec B311  # synthetic people, no secret
    people, looks = _made(database, world, weeks)
    as_role(database, DatabaseRole.JOBS)
    law, counts = law_for(settings.COUNTRY), []
    for day in range(7 * weeks):
        begin = time.perf_counter()
        with with_context(agency=None, actor="watcher", purpose="watch"):
            count_looks(law, MONDAY + timedelta(days=day + 1))
        counts.append(time.perf_counter() - begin)
    with with_context(agency=None, actor="watcher", purpose="watch"), connection.cursor() as cursor:
        cursor.execute("SELECT person_id::text, pattern FROM look_alarm")
        alarms = cursor.fetchall()
    insiders = {
        (str(people[n]), pattern.value): script.__name__
        for n, (script, pattern) in enumerate(SCRIPTS.items())
        if pattern is not None
    }
    found = {insiders[alarm] for alarm in alarms if alarm in insiders}
    false = Counter(pattern for person, pattern in alarms if (person, pattern) not in insiders)
    return {
        "figure": "insiders",
        "synthetic_looks": looks,
        "people": PEOPLE,
        "weeks": weeks,
        "seed": seed,
        "found": len(found),
        "of": len(SCRIPTS),
        "not_found": [script.__name__ for script in SCRIPTS if script.__name__ not in found],
        "false_alarms": dict(sorted(false.items())),
        "false_alarms_a_working_day_per_1000": round(sum(false.values()) / (5 * weeks), 2),
        "one_count_s_median": round(sorted(counts)[len(counts) // 2], 2),
        "goal": {"found": 9, "false_alarms_a_day_per_1000": 5},
    }


def _made(database: EmbeddedDatabase, world: World, weeks: int) -> tuple[list[UUID], int]:
    """The world in the database, as its keeper writes it, without the rules of the tables; the people, and how many looks."""
    world.surnames = [
        f"Name{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in range(SURNAMES)
    ]
    agencies, people, children = ([world.id() for _ in range(n)] for n in (AGENCIES, PEOPLE, CHILDREN))
    families = [RELATIVE, *world.surnames_of(CHILDREN - 1)]
    name = str(settings.DATABASES["default"]["NAME"])
    bearers = world.surnames_of(PEOPLE)
    bearers[list(SCRIPTS).index(looks_up_a_relative)] = RELATIVE
    with psycopg.connect(make_conninfo(**database.keeper_dsn(name))) as keeper, keeper.cursor() as cursor:
        for table in ("agency", "person", "root", "situation_row", "name_key", "journal_entry"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        with cursor.copy(
            "COPY agency (id, code, name, names, role, country, region, notice_address, night_address) FROM STDIN"
        ) as rows:
            for n, agency in enumerate(agencies):
                rows.write_row(
                    (agency, f"a-{n}", f"Agency {n}", "{}", "police", "EE", f"r-{n % REGIONS}", "", "")
                )
        with cursor.copy("COPY person (id, agency_id, role, given_name, surname) FROM STDIN") as rows:
            for n, person in enumerate(people):
                rows.write_row((person, agencies[agency_of(n)], "police", "Bo", bearers[n]))
        _copy_children(cursor, agencies, children)
        _copy_names(cursor, children, families)
        looks = 0
        with cursor.copy(
            "COPY journal_entry (id, at, kind, actor, agency_id, role, purpose, field_groups, root_id, outcome, salt)"
            " FROM STDIN"
        ) as rows:
            for look in _stream(world, weeks):
                child = None if look.child is None else children[look.child]
                agency = agencies[agency_of(look.person)]
                row = (
                    world.id(),
                    look.at,
                    look.kind,
                    str(people[look.person]),
                    agency,
                    "police",
                    "protect",
                    "{M}",
                )
                rows.write_row((*row, child, look.outcome, bytes(16)))
                looks += 1
        cursor.execute("ANALYZE")
    return people, looks


def _stream(world: World, weeks: int) -> Iterator[Look]:
    """Day by day, each in the order of time, as a journal grows."""
    middle = MONDAY + timedelta(days=7 * (weeks // 2))
    waiting = [look for n, script in enumerate(SCRIPTS) for look in script(world, n, middle)]
    for day in range(7 * weeks):
        begin = MONDAY + timedelta(days=day)
        today = [look for look in waiting if begin <= look.at < begin + timedelta(days=1)]
        if day % 7 < 5:
            today += [look for person in range(PEOPLE) for look in day_of_work(world, person, begin)]
        yield from sorted(today, key=lambda look: look.at)


def _copy_children(
    cursor: psycopg.Cursor[tuple[object, ...]], agencies: list[UUID], children: list[UUID]
) -> None:
    with cursor.copy("COPY root (id, kind, number, opened_by_id, made_at) FROM STDIN") as rows:
        for n, child in enumerate(children):
            rows.write_row((child, "child", f"c-{n}", agencies[n % AGENCIES], MONDAY))
    with cursor.copy(
        "COPY situation_row (root_id, protection, region, case_lead_id, facts, codes, pack, through_seq, computed_at)"
        " FROM STDIN"
    ) as rows:
        for n, child in enumerate(children):
            status = "closed" if is_closed(n) else "identified"
            agency = n % AGENCIES
            rows.write_row(
                (child, status, f"r-{agency % REGIONS}", agencies[agency], 1, "{}", "ee", n, MONDAY)
            )


def _copy_names(
    cursor: psycopg.Cursor[tuple[object, ...]], children: list[UUID], families: list[str]
) -> None:
    parts = {
        name: [key.hashed for key in keys_of((name,)) if key.kind is KeyKind.PART] for name in set(families)
    }
    hashed = {name: seal.name_indexes(keys) for name, keys in parts.items()}
    with cursor.copy("COPY name_key (root_id, fact_id, kind, key) FROM STDIN") as rows:
        for child, name in zip(children, families, strict=True):
            for key in hashed[name]:
                rows.write_row((child, child, "part", key))
