"""Calendars to take along (iCalendar, RFC 5545): times, sorts and case numbers, and nothing else of a child."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST = 75
"""Octets of one line; longer ones are folded (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry. `begins`: a moment, or a day for what is known to the day only. `uid`: the same each time."""

    uid: str
    summary: str
    begins: datetime | date


def calendar_file(events: Iterable[Event], *, name: str, made: datetime) -> str:
    """The file. Every entry is private and takes no time; a client shows it to nobody else."""
    stamp = _instant(made)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Encircle//Calendar//EN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for event in events:
        lines += ["BEGIN:VEVENT", f"UID:{event.uid}@encircle", f"DTSTAMP:{stamp}", *_when(event.begins)]
        lines += [f"SUMMARY:{_text(event.summary)}", "CLASS:CONFIDENTIAL", "TRANSP:OPAQUE", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _when(begins: datetime | date) -> Iterator[str]:
    if isinstance(begins, datetime):
        yield f"DTSTART:{_instant(begins)}"
    else:
        yield f"DTSTART;VALUE=DATE:{begins:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{begins + timedelta(days=1):%Y%m%d}"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(escaped.split())


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, none of which breaks a letter; each later one begins with a blank."""
    piece = ""
    for sign in line:
        if len((piece + sign).encode()) > _LONGEST:
            yield piece
            piece = " "
        piece += sign
    yield piece
