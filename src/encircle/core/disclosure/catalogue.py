"""The catalogue of published tables: a closed list, so that nobody asks a table of their own. Knows no counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from encircle.core.child.derived import AGE_BASIS, LOCATION, PROTECTION

UNKNOWN = "unknown"
"""Not known is a category of its own in every dimension; it is never a zero."""


class Unit(StrEnum):
    """What is counted."""

    CHILD = "child"
    REPORT = "report"


class Theme(StrEnum):
    """Under which heading a table stands."""

    CHILDREN = "children"
    DUTIES = "duties"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class Table:
    """One published table of two dimensions.

    `whole`: each one counted stands in just one row, so that rows add up. Else a child is counted once in each row that
    concerns it (each role that owes it something), and rows may not be added up.
    `guarded`: a row of many in one column would tell something about each child of the row.
    """

    code: str
    theme: Theme
    unit: Unit
    rows: str
    columns: str
    whole: bool = True
    guarded: bool = True


PARENTAL_CARE = ("present", "absent", "conflict", "suspected", UNKNOWN)
AGE_BANDS = ("0-8", "9-11", "12-14", "15-17", "18-over", UNKNOWN)
"""The age on the day of counting; the first one and the rest nest into the bands of CTDC (0-8, 9-17)."""
YES_NO = ("yes", "no", UNKNOWN)
TIMELINESS = ("overdue", "late", "running", UNKNOWN, "in_time", "nothing_due")
"""Worst first: a child counts once, by the worst of the duties counted."""
OUTCOMES = TIMELINESS[:-1]
ALARM_STATES = ("raised", "acknowledged", "cleared")

DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "protection": (*PROTECTION, UNKNOWN),
    "age_band": AGE_BANDS,
    "age_basis": AGE_BASIS,
    "parental_care": PARENTAL_CARE,
    "location": LOCATION,
    "guardian": YES_NO,
    "timeliness": TIMELINESS,
    "outcome": OUTCOMES,
    "alarm_state": ALARM_STATES,
}
"""Codes of each dimension in their order. Regions, roles, duties, prohibitions and answers are given with the counts.

A closed list, also where nobody was counted: a row that appears only when there is somebody tells of one child.
"""

CATALOGUE: tuple[Table, ...] = (
    Table("protection", Theme.CHILDREN, Unit.CHILD, "region", "protection"),
    Table("age", Theme.CHILDREN, Unit.CHILD, "region", "age_band"),
    Table("status-age", Theme.CHILDREN, Unit.CHILD, "protection", "age_band"),
    Table("age-basis", Theme.CHILDREN, Unit.CHILD, "age_basis", "age_band"),
    Table("location", Theme.CHILDREN, Unit.CHILD, "region", "location"),
    Table("parental-care", Theme.CHILDREN, Unit.CHILD, "region", "parental_care"),
    Table("guardian", Theme.CHILDREN, Unit.CHILD, "region", "guardian"),
    Table("timeliness-region", Theme.DUTIES, Unit.CHILD, "region", "timeliness", guarded=False),
    Table("timeliness-role", Theme.DUTIES, Unit.CHILD, "owner", "outcome", whole=False, guarded=False),
    Table("timeliness-duty", Theme.DUTIES, Unit.CHILD, "duty", "outcome", whole=False, guarded=False),
    Table("alarms", Theme.DUTIES, Unit.CHILD, "prohibition", "alarm_state", whole=False, guarded=False),
    Table("reports", Theme.REPORTS, Unit.REPORT, "report_region", "danger", guarded=False),
)


def table_of(code: str) -> Table | None:
    """The table of that code; None, where the catalogue has none."""
    return next((table for table in CATALOGUE if table.code == code), None)
