"""A file from the desk to who reported: cleaned before it is kept, sealed as the report is, opened with the code alone."""

import json
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from encircle.actions.context import Who
from encircle.actions.reports.desk import enter_look, opened_report
from encircle.actions.reports.door import FILE, add_part, said_in, with_code
from encircle.actions.reports.files import File, Taking, kept_at_once, plain_bytes, plain_of_taken
from encircle.core.journal.entry import EntryKind
from encircle.host.file.cleaning import Copy, cleaned
from encircle.host.file.scanner import Scan, scanned
from encircle.host.file.sort import SORTS
from encircle.records import reports as rows
from encircle.records.context import Context
from encircle.records.reports import Open
from encircle.vocabulary.refusal import BadInput

MOST_BYTES: Final = 5 * 1024 * 1024
"""So long a cleaned copy may be: it goes over the line of an old telephone."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that a desk sent, for who has the code. `veiled`: of a picture what can be guessed of it; else None."""

    file: File
    content: bytes
    veiled: Copy | None = None


def send_file(who: Who, report: str, taken: tuple[Taking, ...]) -> None:
    """Send the first of these, cleaned: what was hidden in it is not kept. The same file is sent once.

    Refuses as `read_report`; BadInput, no file, too long, one that a scanner warns of, or that cannot be cleaned.
    """
    with opened_report(who, report):
        pass
    copy = _clean(taken)
    with opened_report(who, report) as (found, key, context):
        made = kept_at_once(copy.content, key, context)
        plain = json.dumps({"text": "", "file": made.told}).encode()
        add_part(found.id, made.id, FILE, plain, key, context)
        rows.mark_read(found.id)
        enter_look(who, EntryKind.WRITE, "report_file_sent", context, report=found.id)


def look_at_sent(typed: str, file: str, *, veiled: bool) -> Sent | None:
    """The file with that id which a desk sent into the report of that code; None, where nothing is opened by it."""

    def look(report: Open, key: bytes, _context: Context) -> Sent | None:
        sent = (one.file for one in said_in(report.id, key) if one.theirs and one.file is not None)
        found = next((one for one in sent if one.id == file), None)
        return None if found is None else Sent(found, plain_bytes(found))

    sent = with_code(typed, look)
    if sent is None or not veiled or sent.file.sort.family != "picture":
        return sent
    copy = cleaned(sent.content, sent.file.sort, veiled=True)
    return Sent(sent.file, sent.content, copy if isinstance(copy, Copy) else None)


def _clean(taken: tuple[Taking, ...]) -> Copy:
    if not taken or not taken[0].size:
        raise BadInput(code="no_file", reason="Choose a file to send.", where="file")
    if taken[0].is_too_long:
        raise BadInput(
            code="too_long", reason="This file is too big. Send one of at most 5 MB.", where="file"
        )
    plain, sort = plain_of_taken(taken[0])
    if scanned(plain, at=settings.CLAMD).result is Scan.FOUND:
        raise BadInput(
            code="harmful",
            reason="A scanner has found something harmful in this file. It was not sent.",
            where="file",
        )
    copy = cleaned(plain, sort)
    if not isinstance(copy, Copy) or copy.sort.code not in SORTS:
        raise BadInput(
            code="not_cleaned",
            reason="Of this file no cleaned copy can be made here, so it was not sent. Send a picture, a PDF or a sound.",
            where="file",
        )
    if len(copy.content) > MOST_BYTES:
        raise BadInput(
            code="too_long", reason="This file is too big. Send one of at most 5 MB.", where="file"
        )
    return copy
