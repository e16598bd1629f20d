"""Hours of an agency: when a message goes to its desk by day, and when to the one by night."""

from datetime import datetime, time

from encircle.law.calendar import Calendar, zone_of


def is_night(at: datetime, *, opens: time, closes: time, calendar: Calendar) -> bool:
    """Whether nobody is at the desk by day: before it opens, from when it closes, and on days that are not worked.

    Unit: an instant; hours and days are those of the calendar's zone. One that opens when it closes never closes.
    """
    if opens == closes:
        return False
    local = at.astimezone(zone_of(calendar.zone))
    return not calendar.is_working(local.date()) or not opens <= local.time() < closes
