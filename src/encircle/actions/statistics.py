"""Statistics: make the release of a quarter, once, and show what was released. No page ever sees a count.

Counting is a job: as all records are counted, the role of the pages may not do it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from encircle.actions.context import Who, at_work
from encircle.actions.law import law_of
from encircle.actions.whose_law import laws_to_choose
from encircle.core.disclosure import protect, table_of
from encircle.core.disclosure.audit import faults
from encircle.core.disclosure.catalogue import Table
from encircle.core.disclosure.rounding import BASE
from encircle.core.journal.entry import EntryKind
from encircle.law.law import Law
from encircle.law.texts import Texts
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
    """One table of a release, and all releases to choose from.

    `titles`: of the duties and prohibitions that have a row. `zone`: of the law of the country.
    """

    table: Table
    found: rows.PublishedTable
    releases: tuple[rows.Release, ...]
    titles: Mapping[str, Texts]
    zone: str


@dataclass(frozen=True, slots=True)
class Releases:
    """All releases, the newest first. `zone`: of the law of the country."""

    releases: tuple[rows.Release, ...]
    zone: str


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


def released(who: Who, *, purpose: Purpose) -> Releases:
    """All releases; for everybody on staff, as they are published."""
    with at_work(who, purpose) as context:
        journal.enter(_look(who, "releases_listed"), ctx=context)
        return Releases(rows.releases(), _laws()[0].zone)


def published(who: Who, code: str, *, purpose: Purpose, period: str = "") -> Published | None:
    """One table of the release of that quarter, or of the newest. None: there is no such table, or no release of it."""
    table = table_of(code)
    if table is None:
        return None
    with at_work(who, purpose) as context:
        journal.enter(_look(who, "statistics_shown"), ctx=context)
        releases = rows.releases()
        asked = next((one.period for one in releases if period in ("", one.period)), None)
        found = None if asked is None else rows.published(code, asked)
    return None if found is None else Published(table, found, releases, _titles(found.rows), _laws()[0].zone)


def _look(who: Who, outcome: str) -> journal.Act:
    return journal.Act(kind=EntryKind.LOOK, outcome=outcome, role=who.role.value)


def _closed_lists() -> dict[str, tuple[str, ...]]:
    """The duties, prohibitions and owners of the law here; in a demonstration, of all laws that there are."""
    laws = _laws()
    duties = {rule.code for law in laws for rule in law.duties}
    owners = {rule.owner.value for law in laws for rule in law.duties}
    prohibitions = {rule.code for law in laws for rule in law.prohibitions}
    return {
        "duty": tuple(sorted(duties)),
        "owner": tuple(sorted(owners)),
        "prohibition": tuple(sorted(prohibitions)),
        "danger": ANSWERS,
    }


def _laws() -> tuple[Law, ...]:
    """The law of the country; in a demonstration then all others that its records are read by."""
    others = [code for code in laws_to_choose() if code != settings.COUNTRY]
    return tuple(law_of(code) for code in (settings.COUNTRY, *others))


def _titles(codes: tuple[str, ...]) -> dict[str, Texts]:
    titles: dict[str, Texts] = {}
    for law in reversed(_laws()):
        titles.update({rule.code: rule.title for rule in law.duties})
        titles.update({rule.code: rule.title for rule in law.prohibitions})
    return {code: titles[code] for code in codes if code in titles}


def _pack() -> str:
    law = _laws()[0]
    (version,) = (pack.version for pack in law.packs if pack.code == law.pack)
    return f"{law.pack}@{version}"
