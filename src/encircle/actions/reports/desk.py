"""Reports at the desk: listed without their words, opened with one's key, answered, taken over, set aside by two desks."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid5

from django.conf import settings

from encircle.actions.act import Statement, perform_in
from encircle.actions.context import Who, at_work
from encircle.actions.form_token import id_of_form, space_of_form
from encircle.actions.opening import opening
from encircle.actions.permit import NotAllowed, mandates
from encircle.actions.reports import professional
from encircle.actions.reports.door import LONGEST, Said, said_in
from encircle.actions.reports.files import File, plain_bytes
from encircle.actions.reports.receiving import nobody_at_night, receivers
from encircle.actions.whose_law import law_for
from encircle.core.access import Denied
from encircle.core.access.rule import source_of
from encircle.core.journal.entry import EntryKind
from encircle.crypto import report as sealing
from encircle.host.file.cleaning import Copy, NotCleaned, cleaned
from encircle.host.file.scanner import Scanned, scanned
from encircle.law.counting import end_of
from encircle.law.law import Law
from encircle.law.sop import REPORTS_OPENED
from encircle.records import journal
from encircle.records import reports as rows
from encircle.records.context import Context
from encircle.records.models import Agency
from encircle.records.people_keys import agency_keys_open
from encircle.records.reports import Open
from encircle.vocabulary.certainty import Certainty
from encircle.vocabulary.facts.kind import Kind
from encircle.vocabulary.identifier import AgencyId
from encircle.vocabulary.purpose import Purpose
from encircle.vocabulary.refusal import BadInput, Refused

ON_A_PAGE: Final = 50
REASONS: Final = ("advice_given", "other_service", "known_already", "nobody_in_need")
"""Why nothing more follows from a report."""
_DONE: Final = ("concern", "closed")


class NoReport(Refused):
    """No such report, or none that is sealed to this agency: it looks the same."""

    def __init__(self) -> None:
        super().__init__(
            code="no_report", reason="There is no such report.", instead="Go back to the list of reports."
        )


class NotUnlocked(Refused):
    """Nothing is unlocked that opens this report."""

    def __init__(self) -> None:
        super().__init__(
            code="report_shut",
            reason="Reports are sealed. Your key has to be open to read them.",
            instead="Unlock your key, then come back.",
        )


class NotTheSameDesk(Refused):
    """One desk has set it aside; another one has to look at it."""

    def __init__(self) -> None:
        super().__init__(
            code="not_the_same_desk",
            reason="Your agency set this report aside. Another agency has to look at it as well.",
            instead="Ask another agency that receives reports.",
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """A report as lists show it. `open_by`: when a desk has to have opened it; None, once one has."""

    open: Open
    owner: str
    is_ours: bool
    open_by: datetime | None


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits at one's desk, or what is done.

    `receives`: whether anything is sealed to this agency; `is_unlocked`: whether the one who looks could open it now.
    `at`: when it was looked at. `nobody_at_night`: whether there are hours in which no desk is there.
    """

    reports: tuple[Listed, ...]
    receives: bool
    is_unlocked: bool
    page: int
    more: bool
    at: datetime
    zone: str
    nobody_at_night: bool


@dataclass(frozen=True, slots=True)
class Read:
    """A report that is open: what stands beside it, and all that was said, as it came."""

    listed: Listed
    said: tuple[Said, ...]
    zone: str
    set_aside_by_us: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """A file as readers see it: the cleaned copy, or why there is none; and whether it was looked through for harm."""

    file: File
    copy: Copy | NotCleaned
    scan: Scanned


def reports(who: Who, *, done: bool = False, page: int = 1) -> Desk:
    """What is open of the reports that are sealed to one's agency. Refuses: NotAllowed."""
    _ask(who)
    with at_work(who, Purpose.TRIAGE) as context:
        found = rows.reports_of(who.agency, done=done, skip=(page - 1) * ON_A_PAGE, at_most=ON_A_PAGE + 1)
        names, law = _names(found), law_for(settings.COUNTRY)
        enter_look(who, EntryKind.LOOK, "reports_listed", context)
        return Desk(
            reports=tuple(_listed(one, who, names, law) for one in found[:ON_A_PAGE]),
            receives=rows.is_recipient(who.agency),
            is_unlocked=bool(agency_keys_open(who.agency)),
            page=page,
            more=len(found) > ON_A_PAGE,
            at=context.now,
            zone=law.zone,
            nobody_at_night=nobody_at_night(receivers(Purpose.TRIAGE), context.now),
        )


def unread(who: Who) -> tuple[int, int]:
    """How many reports wait for who sits at this desk, and in how many somebody is in danger now; for others none."""
    if not sits_at_desk(who):
        return 0, 0
    with at_work(who, Purpose.TRIAGE):
        return rows.unread_of(who.agency)


def sits_at_desk(who: Who) -> bool:
    """Whether the mandate of the role lets one read reports; a program never does."""
    mandate = mandates().get(who.role)
    return not who.is_program and mandate is not None and Purpose.TRIAGE in mandate.purposes


def read_report(who: Who, report: str) -> Read:
    """Open a report; from now on who reported sees that a person has read it. Refuses: NotAllowed, NoReport, NotUnlocked."""
    with opened_report(who, report) as (found, key, context):
        said = tuple(said_in(found.id, key, notes=True))
        rows.mark_read(found.id)
        enter_look(who, EntryKind.LOOK, "report_read", context, report=found.id)
        now = rows.report_numbered(report) or found
        law = law_for(settings.COUNTRY)
        listed = _listed(now, who, _names((now,)), law)
        return Read(listed, said, law.zone, now.set_aside_by == who.agency)


def answer_report(who: Who, report: str, words: str, *, token: str) -> None:
    """Write to who reported; it opens with their code alone. The same form writes once.

    Refuses as `read_report`; BadInput, no words or too many.
    """
    if not words.strip():
        raise BadInput(code="no_words", reason="Write something to send.", where="words")
    if len(words) > LONGEST:
        raise BadInput(code="too_long", reason="This is too long to be sent at once.", where="words")
    part = id_of_form(token, f"{who.agency}/{report}/answer")
    with opened_report(who, report) as (found, key, context):
        plain = json.dumps({"text": words}).encode("utf-8")
        sealed = sealing.seal_part(plain, key=key, report=found.id, part=part, kind="answer")
        rows.add_part(found.id, part, "answer", sealed, ctx=context)
        rows.mark_read(found.id)
        enter_look(who, EntryKind.WRITE, "report_answered", context, report=found.id)


def original_of(who: Who, report: str, file: str) -> tuple[File, bytes]:
    """A file as it came, with all that is hidden in it. Refuses as `read_report`; NoReport, no such file in it."""
    with opened_report(who, report) as (found, key, context):
        named = file_of(found.id, key, file)
        enter_look(who, EntryKind.LOOK, "report_original_taken", context, report=found.id)
        return named, plain_bytes(named)


def look_at_file(who: Who, report: str, file: str, *, veiled: bool = False) -> Looked:
    """A file without what is hidden in it. Refuses as `original_of`."""
    with opened_report(who, report) as (found, key, context):
        named = file_of(found.id, key, file)
        enter_look(who, EntryKind.LOOK, "report_file_seen", context, report=found.id)
        plain = plain_bytes(named)
    return looked(named, plain, veiled=veiled)


def looked(file: File, plain: bytes, *, veiled: bool) -> Looked:
    """That file as readers see it, made anew."""
    copy = cleaned(plain, file.sort, veiled=veiled)
    return Looked(file, copy, scanned(plain, at=settings.CLAMD))


def take_report(who: Who, report: str) -> None:
    """Let one's own desk answer for it from now on. Refuses: NotAllowed, NoReport."""
    _ask(who)
    with at_work(who, Purpose.TRIAGE) as context:
        found = _numbered(report)
        rows.set_owner(found.id, who.agency)
        enter_look(who, EntryKind.WRITE, "report_taken", context, report=found.id)


def set_report_aside(who: Who, report: str, because: str) -> None:
    """Say that nothing more follows; another desk has to agree. Refuses as `read_report`; BadInput, no such reason."""
    if because not in REASONS:
        raise BadInput(code="no_reason", reason="Choose why nothing more follows.", where="because")
    with opened_report(who, report) as (found, _key, context):
        if found.state in _DONE:
            return
        rows.set_aside(found.id, by=who.agency, because=because, state="set_aside")
        enter_look(who, EntryKind.WRITE, "report_set_aside", context, report=found.id)


def review_report(who: Who, report: str, *, agrees: bool) -> None:
    """As another desk, agree that nothing more follows, or bring it back. Refuses as `read_report`; NotTheSameDesk.

    The desk that has set it aside may bring it back itself.
    """
    with opened_report(who, report) as (found, _key, context):
        if found.state != "set_aside":
            return
        if agrees and found.set_aside_by == who.agency:
            raise NotTheSameDesk
        if agrees:
            rows.set_aside(found.id, by=found.set_aside_by, because=found.because, state="closed")
        else:
            rows.set_aside(found.id, by=None, because=None, state="read")
        outcome = "report_closed" if agrees else "report_brought_back"
        enter_look(who, EntryKind.WRITE, outcome, context, report=found.id)


def take_over(who: Who, report: str) -> str:
    """Open a concern with what the report says, nothing typed again; its number. Twice is once. Refuses as `read_report`."""
    _ask(who)
    token = str(uuid5(space_of_form(report), "taken over"))
    with opening(who, Kind.CONCERN, token=token, purpose=Purpose.RECORD) as permit:
        found, key = _found(who, report)
        if found.concern:
            return found.concern
        said = tuple(said_in(found.id, key))
        told = "\n\n".join(one.text for one in said if one.text and not one.theirs)
        values = {**_registered(found, told), **professional.concern(said, found.language)}
        statement = Statement(type="concern_registered", values=values, certainty=Certainty.REPORTED)
        perform_in(permit, [statement], token=token)
        rows.mark_read(found.id)
        rows.set_owner(found.id, who.agency)
        rows.set_state(found.id, "concern", concern=permit.root.id)
        return permit.root.number


def open_by(report: Open, law: Law) -> datetime | None:
    """When a desk has to have opened it; None, once one has, or where the practice of the country sets no number."""
    return (
        None
        if report.unread_since is None
        else due_of("held" if report.held else report.danger, report.unread_since, law)
    )


def due_of(danger: str, since: datetime, law: Law) -> datetime | None:
    """When what waits since then has to be opened; None, where the practice of the country sets no number."""
    code = REPORTS_OPENED.get(danger, REPORTS_OPENED["unknown"])
    period = next((rule.period for rule in law.sops if rule.code == code), None)
    return None if period is None else end_of(period, start=since, calendar=law.calendar).at


def ask_desk(who: Who) -> None:
    """Refuses: NotAllowed, a role that does not sit at triage."""
    _ask(who)


def listed_of(found: tuple[Open, ...], who: Who, law: Law) -> tuple[Listed, ...]:
    """These reports as lists show them."""
    names = _names(found)
    return tuple(_listed(one, who, names, law) for one in found)


def _listed(one: Open, who: Who, names: Mapping[AgencyId, str], law: Law) -> Listed:
    owner = "" if one.owner is None else names.get(one.owner, "")
    return Listed(one, owner, one.owner == who.agency, open_by(one, law))


def _names(found: tuple[Open, ...]) -> dict[AgencyId, str]:
    owners = {one.owner for one in found if one.owner is not None}
    named = Agency.objects.filter(pk__in=owners).values_list("pk", "name") if owners else ()
    return {AgencyId(str(pk)): name for pk, name in named}


def _registered(found: Open, told: str) -> dict[str, object]:
    danger = {"yes": {"danger_now": True}, "no": {"danger_now": False}}.get(found.danger, {})
    words = {"text": told} if told else {}
    given = {"anonymous": True, "way_back_given": True, "language": found.language}
    return {"channel": "web_form", "raised_by": "anonymous", **danger, **words, **given}


def file_of(report: str, key: bytes, file: str) -> File:
    """The file with that id among what was said in the report. Refuses: NoReport, none such in it."""
    found = next((one.file for one in said_in(report, key) if one.file and one.file.id == file), None)
    if found is None:
        raise NoReport
    return found


@contextmanager
def opened_report(who: Who, report: str) -> Iterator[tuple[Open, bytes, Context]]:
    """A report with its key, in one transaction. Refuses: NotAllowed, NoReport, NotUnlocked."""
    _ask(who)
    with at_work(who, Purpose.TRIAGE) as context:
        found, key = _found(who, report)
        yield found, key, context


def _found(who: Who, report: str) -> tuple[Open, bytes]:
    found = _numbered(report)
    return found, key_at_desk(found.id, who)


def key_at_desk(report: str, who: Who) -> bytes:
    """The key of a report that is sealed to one's agency. Refuses: NotUnlocked."""
    seals = rows.seals_of(report, who.agency)
    for pair in agency_keys_open(who.agency):
        sealed = seals.get(sealing.name_of_key(pair.public))
        if sealed is not None:
            return sealing.open_report_key(pair, sealed, report=report)
    raise NotUnlocked


def _numbered(report: str) -> Open:
    found = rows.report_numbered(report)
    if found is None or found.state == rows.TALK:
        raise NoReport
    return found


def _ask(who: Who) -> None:
    """Refuses: NotAllowed, a role that does not sit at triage."""
    if not sits_at_desk(who):
        mandate = mandates().get(who.role)
        source = "" if mandate is None else source_of(mandate)
        reason, instead = "This is not among the purposes of your role.", "Ask the triage team."
        raise NotAllowed(Denied("purpose", reason, source, instead), "")


def enter_look(who: Who, kind: EntryKind, outcome: str, context: Context, *, report: str = "") -> None:
    """Write into the journal what was done at the desk, with which report."""
    body = json.dumps({"report": report}).encode() if report else None
    journal.enter(journal.Act(kind=kind, outcome=outcome, role=who.role.value), ctx=context, body=body)
