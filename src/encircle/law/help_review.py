"""What of the help at a door has not been read, or was looked at too long ago. Reads no file, and knows no clock."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from encircle.law.finding import Finding, Lack
from encircle.law.help import Help, Seen
from encircle.law.origin import Origin
from encircle.law.texts import Texts

CHECK_AFTER = timedelta(days=180)
"""Numbers and hours move: from then on somebody has to look again."""
NEVER_AFTER = timedelta(days=365)
"""From then on the pack is not good any more: a child who calls a dead number does not call again."""


def review_help(help_: Help, *, on: date, languages: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Everything at that door that somebody has still to read, look at again or translate into these languages."""
    spoken = tuple(languages)
    found = {*_unread(help_), *_old(help_, on), *_untranslated(help_, spoken)}
    return tuple(sorted(found))


def _pages(help_: Help) -> Iterator[tuple[str, Seen]]:
    """Every page that something at the door rests on, with the code of what rests on it."""
    for code, pages in (("emergency", help_.emergency.seen), ("duty", help_.duty.seen)):
        for seen in pages:
            yield code, seen
    for service in help_.services:
        for seen in service.seen:
            yield service.code, seen
    for seen in {rest.seen for told in help_.told for rest in told.rests}:
        yield "told", seen


def _unread(help_: Help) -> Iterator[Finding]:
    for code, seen in _pages(help_):
        if seen.read is None:
            yield Finding(seen.origin, code, Lack.UNVERIFIED, f"{seen.page} has not been read.")


def _old(help_: Help, on: date) -> Iterator[Finding]:
    for code, seen in _pages(help_):
        days = [day for day in (seen.read, seen.checked) if day is not None]
        if any(day > on for day in days):
            what = f"{seen.page} was looked at on {max(days)}, which is still to come. Write the day it was done."
            yield Finding(seen.origin, code, Lack.READ_AHEAD, what)
        elif seen.checked is not None and on - seen.checked > CHECK_AFTER:
            late = on - seen.checked > NEVER_AFTER
            after = (NEVER_AFTER if late else CHECK_AFTER).days
            what = f"{seen.page} was looked at on {seen.checked}, more than {after} days ago. Look again."
            yield Finding(seen.origin, code, Lack.HELP_TOO_OLD if late else Lack.HELP_OLD, what)


def _untranslated(help_: Help, languages: tuple[str, ...]) -> Iterator[Finding]:
    for origin, code, texts in _texts(help_):
        missing = [language for language in languages if language not in texts.languages]
        if missing:
            what = f"{texts} is not said in {', '.join(missing)}."
            yield Finding(origin, code, Lack.PART_UNTRANSLATED, what)


def _texts(help_: Help) -> Iterator[tuple[Origin, str, Texts]]:
    duty = help_.duty
    for texts in (duty.child, duty.adult, duty.act):
        yield duty.origin, "duty", texts
    for service in help_.services:
        for one in (service.name, service.says, service.hours, service.tells):
            if one is not None:
                yield service.origin, service.code, one
    for told in help_.told:
        for texts in told.words.values():
            yield told.origin, told.code, texts
