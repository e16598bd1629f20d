"""Words: what each published table shows, and how its codes are said. One closed list for each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from encircle.actions.statistics import Published
from encircle.core.disclosure.catalogue import Theme
from encircle.core.disclosure.group import TOGETHER
from encircle.records.statistics import TOTAL
from encircle.web.page import wording

Words = str | Promise


@dataclass(frozen=True, slots=True)
class TableWords:
    """What a table is called, and one sentence that says what is counted and what is not."""

    title: Words
    counted: Words


_EACH_CHILD = lazy(
    "Each child is counted once, on the day of the release, whatever the number of agencies involved."
)
_BY_WORST = lazy(
    "Only duties with a limit of law or of this country's procedure are counted. A child counts once, by the worst of "
    "them: overdue before done late, before still running, before not known, before done in time."
)

TABLES: dict[str, TableWords] = {
    "protection": TableWords(lazy("Children by region and protection status"), _EACH_CHILD),
    "age": TableWords(lazy("Children by region and age"), _EACH_CHILD),
    "status-age": TableWords(lazy("Children by protection status and age"), _EACH_CHILD),
    "age-basis": TableWords(lazy("Children by what their age rests on, and age"), _EACH_CHILD),
    "location": TableWords(
        lazy("Children by region and whether they are placed, missing, detained or abroad"), _EACH_CHILD
    ),
    "parental-care": TableWords(
        lazy("Children by region and whether a parent can act for them"), _EACH_CHILD
    ),
    "guardian": TableWords(lazy("Children by region and whether a guardian is in office"), _EACH_CHILD),
    "timeliness-region": TableWords(
        lazy("Children by region and whether what is due to them is done in time"), _BY_WORST
    ),
    "timeliness-role": TableWords(
        lazy("Children by who owes them a duty, and whether it is done in time"), _BY_WORST
    ),
    "timeliness-duty": TableWords(lazy("Children by duty, and whether it is done in time"), _BY_WORST),
    "alarms": TableWords(
        lazy("Children by prohibition that was crossed, and what was done about it"),
        lazy(
            "A child counts once for each prohibition: an alarm that nobody has answered before one that was."
        ),
    ),
    "reports": TableWords(
        lazy("Reports at the door by region and whether somebody is in danger now"),
        lazy("Each report is counted once. A report may be about no child, one child or several."),
    ),
}

THEMES: dict[Theme, Words] = {
    Theme.CHILDREN: lazy("Children"),
    Theme.DUTIES: lazy("Duties done in time"),
    Theme.REPORTS: lazy("Reports"),
}

DIMENSIONS: dict[str, Words] = {
    "region": lazy("Region"),
    "report_region": lazy("Region"),
    "protection": lazy("Protection status"),
    "age_band": lazy("Age on the day of the release"),
    "age_basis": lazy("What the age rests on"),
    "parental_care": lazy("Whether a parent can act for the child"),
    "location": lazy("Location"),
    "guardian": lazy("Guardian in office"),
    "timeliness": lazy("Done in time"),
    "outcome": lazy("Done in time"),
    "alarm_state": lazy("State of the alarm"),
    "owner": lazy("Who owes it"),
    "duty": lazy("Duty"),
    "prohibition": lazy("Prohibition"),
    "danger": lazy("In danger now"),
}

CODES: dict[str, Words] = {
    TOTAL: lazy("Total"),
    TOGETHER: lazy("Rows taken together"),
    "unknown": lazy("Not known"),
    "0-8": lazy("0 to 8 years"),
    "9-11": lazy("9 to 11 years"),
    "12-14": lazy("12 to 14 years"),
    "15-17": lazy("15 to 17 years"),
    "18-over": lazy("18 years and over"),
    "yes": lazy("Yes"),
    "no": lazy("No"),
    "overdue": lazy("Overdue"),
    "late": lazy("Done late"),
    "running": lazy("Still running"),
    "in_time": lazy("Done in time"),
    "nothing_due": lazy("Nothing with a limit is due"),
    "raised": lazy("Raised"),
    "acknowledged": lazy("Acknowledged"),
    "cleared": lazy("Cleared"),
    "national": lazy("Whole country"),
    "none": lazy("No status on record"),
}


def said(code: str, shown: Published) -> str:
    """A code of that table in the language of the page; a duty or a prohibition by its title."""
    if code in shown.titles:
        return f"{code} {wording.told(shown.titles[code], get_language() or 'en')}"
    return str(CODES[code]) if code in CODES else wording.titled(code)


def quarter(period: str) -> str:
    """2026-q3 as people say it."""
    year, _q, number = period.partition("-q")
    return _("quarter {number} of {year}").format(number=number, year=year)
