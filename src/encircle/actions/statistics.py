"""Statistics: make the release of a quarter, once, and show what was released. No page ever sees a count.

Counting is a job: as all records are counted, the role of the pages may not do it.
"""

from dataclasses import dataclass
from datetime import datetime

from encircle.actions.context import Who, at_work
from encircle.actions.law import law_of
from encircle.actions.whose_law import law_for, laws_to_choose
from encircle.core.disclosure import protect, table_of
from encircle.core.disclosure.audit import faults
from encircle.core.disclosure.catalogue import Table
from encircle.core.disclosure.rounding import BASE
from encircle.core.journal.entry import EntryKind
from encircle.records import journal
from encircle.records import statistics as rows
from encircle.records.context import with_context
from encircle.records.seal import secret_draw
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import Refused

METHOD = f"rounding:{BASE}"
ANSWERS = ("yes", "no", "unknown")
"""What somebody at the door may answer to the question of danger."""


@dataclass(frozen=True, slots=True)
class Published:
    """One table of a release, all releases to choose from, and the one that is shown."""

    table: Table
    found: rows.PublishedTable
    releases: tuple[rows.Release, ...]


def quarter_ended(now: datetime) -> str:
    """The last quarter that has ended: 2026-q3."""
    year, quarter = (now.year, (now.month - 1) // 3) if now.month > 3 else (now.year - 1, 4)
    return f"{year}-q{quarter}"


def release_statistics() -> rows.Release | None:
    """Make the release of the quarter that has ended; None, where it is made already.

    A quarter has one release, so that no two of them differ by the one child who came in between.
    Refuses: `not_safe`, naming tables and rules, if its audit finds a fault; nothing is then stored.
    """
    with with_context(agency=None, actor="statistician", purpose=Purpose.STATISTICS.value) as context:
        period = quarter_ended(context.now)
        if rows.is_released(period):
            return None
        rows.hold_releases()
        if rows.is_released(period):
            return None
        counts = rows.count(_closed_lists(), now=context.now)
        figures = protect(counts, draw=secret_draw())
        wrong = faults(figures, counts=counts)
        if wrong:
            raise Refused(code="not_safe", reason=f"These figures may not be published: {'; '.join(wrong)}.")
        released = rows.store(figures, period=period, method=METHOD, pack=_pack())
        journal.enter(journal.Act(kind=EntryKind.EXPORT, outcome="statistics_released"), ctx=context)
    return released


def released(who: Who, *, purpose: Purpose) -> tuple[rows.Release, ...]:
    """All releases, the newest first; for everybody on staff, as they are published."""
    with at_work(who, purpose) as context:
        journal.enter(_look(who, "releases_listed"), ctx=context)
        return rows.releases()


def published(who: Who, code: str, *, purpose: Purpose, period: str = "") -> Published | None:
    """One table of the release of that quarter, or of the newest. None: there is no such table, or no release of it."""
    table = table_of(code)
    if table is None:
        return None
    with at_work(who, purpose) as context:
        journal.enter(_look(who, "statistics_shown"), ctx=context)
        releases = rows.releases()
        asked = period or (releases[0].period if releases else "")
        found = rows.published(code, asked)
    return None if found is None else Published(table, found, releases)


def _look(who: Who, outcome: str) -> journal.Act:
    return journal.Act(kind=EntryKind.LOOK, outcome=outcome, role=who.role.value)


def _closed_lists() -> dict[str, tuple[str, ...]]:
    """The duties, prohibitions and owners of the law here; in a demonstration, of all laws that there are."""
    laws = [law_of(code) for code in laws_to_choose()]
    duties = {rule.code for law in laws for rule in law.duties}
    owners = {rule.owner.value for law in laws for rule in law.duties}
    prohibitions = {rule.code for law in laws for rule in law.prohibitions}
    return {
        "duty": tuple(sorted(duties)),
        "owner": tuple(sorted(owners)),
        "prohibition": tuple(sorted(prohibitions)),
        "danger": ANSWERS,
    }


def _pack() -> str:
    law = law_for("", asked=laws_to_choose()[0])
    (version,) = (pack.version for pack in law.packs if pack.code == law.pack)
    return f"{law.pack}@{version}"
