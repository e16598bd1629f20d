"""Bench: what it costs to append a fact with its journal entry, and to read a record of 60 facts and open them.

    python bench/record.py [--runs 5] [--appends 200] [--reads 200]

Prints one JSON object. The unit is milliseconds of CPU, of this process and of its database backend together, on a
database of its own that writes to disk as in service. The goals are 25 ms for an append and 3 ms for a reading.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import django
from django.db import connection, connections

from encircle.core.journal.entry import EntryKind
from encircle.host import clock
from encircle.host.database import DatabaseRole, EmbeddedDatabase, temporary_database
from encircle.records import journal
from encircle.records.context import Context, with_context
from encircle.records.facts import append, facts_of
from encircle.records.people import add_agency
from encircle.records.roots import open_root
from encircle.records.seal import make_installation_key
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.fact import Fact, Learnt
from encircle.vocabulary.facts.age import AgeClaimed
from encircle.vocabulary.facts.guardianship import GuardianAppointed
from encircle.vocabulary.facts.health import HealthNeedNoted
from encircle.vocabulary.facts.identity import NameRecorded
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.facts.placements import PlacementStarted
from encircle.vocabulary.identifier import AgencyId, FactId, RootId
from encircle.vocabulary.moment import point

FACTS = 60
APPEND_GOAL_MS = 25
READ_GOAL_MS = 3
PAYLOADS = (
    ("guardian_appointed", GuardianAppointed(capacity="guardian", name="Bo Lind", conflict_checked=True)),
    ("health_need_noted", HealthNeedNoted(need="trauma", urgent=False, note="In words. " * 40)),
    ("name_recorded", NameRecorded(name_used="Aino", family_name="Kask")),
    ("placement_started", PlacementStarted(placement_kind="foster", vetted=True)),
    ("age_claimed", AgeClaimed(claimed_child=True, claimed_years=15)),
)


class Worker:
    """Somebody at one agency who writes and reads, always knowing what was written last."""

    def __init__(self) -> None:
        """Add the agency."""
        self.agency = AgencyId(str(uuid4()))
        self._last: dict[tuple[RootId, str], FactId] = {}
        with as_operator():
            add_agency(self.agency, code="bench", name="Bench", role="police", country="EE")

    def open_record(self) -> RootId:
        """Open the record of a child."""
        with with_context(agency=self.agency, actor="bench", purpose="record") as ctx:
            return open_root(Kind.CHILD, ctx=ctx)

    def write(self, root: RootId, facts: int) -> None:
        """Append that many facts, each in a transaction of its own with its journal entry."""
        for number in range(facts):
            with with_context(agency=self.agency, actor="bench", purpose="record") as ctx:
                fact = self._fact(root, number, ctx)
                about_the_child = fact.type in ("name_recorded", "age_claimed")
                append(fact, follows=self._last.get((root, fact.type)) if about_the_child else None, ctx=ctx)
                self._last[root, fact.type] = fact.id
                act = journal.Act(kind=EntryKind.WRITE, outcome=fact.type, root=root, role="police")
                journal.enter(act, ctx=ctx, body=b'{"fact": "written"}')

    def read(self, root: RootId, times: int) -> None:
        """Read the record that often, each in a transaction of its own."""
        for _ in range(times):
            with with_context(agency=self.agency, actor="bench", purpose="protect"):
                found = facts_of(root)
            if len(found) != FACTS:
                raise LookupError(f"the record has {len(found)} facts, not {FACTS}")

    def _fact(self, root: RootId, number: int, ctx: Context) -> Fact:
        kind, payload = PAYLOADS[number % len(PAYLOADS)]
        happened = point(ctx.now, "Europe/Tallinn")
        return Fact(
            id=FactId(str(uuid4())),
            type=kind,
            root=root,
            subject=None,
            happened=happened,
            learnt=(Learnt(self.agency, ctx.now), Learnt(self.agency, happened.earliest)),
            recorded=ctx.now,
            agency=self.agency,
            said_by="child",
            certainty=Certainty.REPORTED,
            payload=payload,
        )


def main() -> None:
    """Make a database, measure, print."""
    parser = argparse.ArgumentParser(description="Measure appending and reading facts.")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--appends", type=int, default=200)
    parser.add_argument("--reads", type=int, default=200)
    asked = parser.parse_args()
    with temporary_database() as database, tempfile.TemporaryDirectory() as data:
        be_web(database, Path(data))
        make_installation_key()
        print(json.dumps(measured(asked.runs, appends=asked.appends, reads=asked.reads), indent=2))


def be_web(database: EmbeddedDatabase, data: Path) -> None:
    """Migrate as owner in a process of its own; this one then connects as web."""
    for role in (DatabaseRole.OWNER, DatabaseRole.WEB):
        given = database.dsn(role)
        os.environ[f"DATABASE_URL_{role.name}"] = (
            f"postgresql://{given['user']}@/{given['dbname']}?host={given['host']}&port={given['port']}"
        )
    os.environ |= {"ENCIRCLE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "encircle.config.settings"}
    words = [sys.executable, "-m", "django", "migrate", "--skip-checks", "--verbosity", "0"]
    subprocess.run(words, check=True, env={**os.environ, "ENCIRCLE_ROLE": "owner"})
    django.setup()


def measured(runs: int, *, appends: int, reads: int) -> dict[str, object]:
    """Both figures, each the median of the runs."""
    worker = Worker()
    record = worker.open_record()
    worker.write(record, FACTS)
    fresh = [worker.open_record() for _ in range(runs)]
    writing = [lambda at=at: worker.write(at, appends) for at in fresh]
    reading = [lambda: worker.read(record, reads)] * runs
    return {
        "figure": "record",
        "at": clock.now().isoformat(timespec="seconds"),
        "facts_in_the_record": FACTS,
        "append_with_journal_entry": cpu(writing, appends, goal_ms=APPEND_GOAL_MS),
        "read_and_open": cpu(reading, reads, goal_ms=READ_GOAL_MS),
    }


@contextmanager
def as_operator() -> Iterator[None]:
    """Django works in the role of the jobs, which alone makes agencies and people; the connection of before stays open."""
    before = connections["default"]
    beside = before.copy()
    beside.settings_dict["USER"] = DatabaseRole.JOBS.value
    connections["default"] = beside
    try:
        yield
    finally:
        beside.close()
        connections["default"] = before


def cpu(rounds: Sequence[Callable[[], None]], each: int, *, goal_ms: float) -> dict[str, object]:
    """Milliseconds of CPU for one, the median of the rounds."""
    backend = backend_number()
    seen = []
    for one in rounds:
        before = time.process_time(), on_cpu(backend), time.perf_counter()
        one()
        after = time.process_time(), on_cpu(backend), time.perf_counter()
        seen.append([(end - begin) * 1000 / each for begin, end in zip(before, after, strict=True)])
    total = statistics.median(application + database for application, database, _ in seen)
    application, database, wall = (statistics.median(values) for values in zip(*seen, strict=True))
    return {
        "cpu_ms": round(total, 3),
        "application_cpu_ms": round(application, 3),
        "database_cpu_ms": round(database, 3),
        "wall_ms": round(wall, 3),
        "goal_ms": goal_ms,
        "met": total <= goal_ms,
    }


def backend_number() -> int:
    """The process of the database that serves our connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number: int = cursor.fetchone()[0]
    return number


def on_cpu(process: int) -> float:
    """Seconds that this process has been on a CPU, to the nanosecond."""
    return int(Path(f"/proc/{process}/schedstat").read_text("ascii").split()[0]) / 1e9


if __name__ == "__main__":
    main()
