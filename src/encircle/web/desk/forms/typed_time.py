"""Times as people type them: 28.11.2026, today, November 2026. Turned into the one way in which facts write them."""

import re
from datetime import datetime, timedelta

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import override

_CLOCK = re.compile(r"^(?P<rest>.*?)[\sT,]+(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})$")
_DAY_FIRST = re.compile(r"^(?P<day>[0-9]{1,2})[./\s-](?P<month>[0-9]{1,2})[./\s-](?P<year>[0-9]{4})$")
_MONTH_FIRST = re.compile(r"^(?P<month>[0-9]{1,2})[./](?P<year>[0-9]{4})$")
_NAMED = re.compile(r"^(?:(?P<day>[0-9]{1,2})\.?\s+)?(?P<name>[^\W\d]+)\.?\s+(?P<year>[0-9]{4})$")


def written(typed: str, *, now: datetime) -> str:
    """The time as facts write it; what cannot be understood is given back as it was typed.

    `now`: on the wall clock of the zone in which the time is meant; "today" is its day.
    """
    text = " ".join(typed.split())
    clock = _CLOCK.match(text)
    at, rest = ("", text) if clock is None else (f"T{int(clock['hour']):02}:{clock['minute']}", clock["rest"])
    day = _day(rest.strip(" ,").lower(), now)
    if day is None:
        return text
    if day == "now":
        return now.strftime("%Y-%m-%dT%H:%M")
    return f"{day}{at}"


def _day(text: str, now: datetime) -> str | None:
    words = {"now": "now", _("now").lower(): "now"}
    for word, back in (("today", 0), ("yesterday", 1)):
        said = (now.date() - timedelta(days=back)).isoformat()
        words |= {word: said, _day_word(word): said}
    if text in words:
        return words[text]
    if found := _DAY_FIRST.match(text):
        return f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
    if found := _MONTH_FIRST.match(text):
        return f"{found['year']}-{int(found['month']):02}"
    if (found := _NAMED.match(text)) and (month := _months().get(found["name"])):
        end = f"-{int(found['day']):02}" if found["day"] else ""
        return f"{found['year']}-{month:02}{end}"
    return text if re.match(r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", text) else None


def _day_word(word: str) -> str:
    return (_("today") if word == "today" else _("yesterday")).lower()


def _months() -> dict[str, int]:
    """The months by their names in the language of the page and in English."""
    names = {str(name).lower(): number for number, name in MONTHS.items()}
    with override("en"):
        names |= {str(name).lower(): number for number, name in MONTHS.items()}
    return names
